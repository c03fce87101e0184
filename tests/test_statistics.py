"""Pain and active minutes are kept for good by Home Assistant's statistics."""

from datetime import datetime, timedelta
from typing import Any, Final

from homeassistant.components.recorder import get_instance
from homeassistant.components.recorder.statistics import statistics_during_period
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
    do_adhoc_statistics,
)

from .conftest import Ask, PassTime

pytestmark = pytest.mark.usefixtures("recorder_mock")

PAIN: Final = "sensor.alex_pain"
MINUTES: Final = "sensor.alex_active_minutes_this_week"

AT_ONCE: Final = timedelta(minutes=5)
"""So often statistics are made."""


async def compile_hour(hass: HomeAssistant, begin: datetime) -> None:
    """Make the statistics of an hour that is over."""
    await async_wait_recording_done(hass)
    for number in range(12):
        do_adhoc_statistics(hass, start=begin + number * AT_ONCE)
    await async_wait_recording_done(hass)


async def statistics(
    hass: HomeAssistant, begin: datetime, kind: str
) -> dict[str, list[Any]]:
    """Return the statistics of each hour since a moment."""
    found: Any = await get_instance(hass).async_add_executor_job(
        statistics_during_period,
        hass,
        begin,
        None,
        {PAIN, MINUTES},
        "hour",
        None,
        {kind},
    )
    return {name: [row[kind] for row in rows] for name, rows in found.items()}


async def test_pain_and_minutes_outlast_a_purge(
    hass: HomeAssistant, ask: Ask, pass_time: PassTime
) -> None:
    begin = dt_util.utcnow()
    await ask("rate", pain=4)
    await ask("log_activity", activity="walking", minutes=25)
    await pass_time(timedelta(hours=1))
    await compile_hour(hass, begin)
    await ask("rate", pain=6)
    # a new week has begun
    await ask("log_activity", activity="walking", minutes=10)
    await pass_time(timedelta(hours=1))
    await compile_hour(hass, begin + timedelta(hours=1))
    await hass.services.async_call("recorder", "purge", {"keep_days": 0}, blocking=True)
    await async_wait_recording_done(hass)

    means = await statistics(hass, begin, "mean")
    sums = await statistics(hass, begin, "sum")
    assert means[PAIN] == pytest.approx([4, 6])
    assert sums[MINUTES] == [25, 35]
