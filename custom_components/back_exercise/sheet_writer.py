"""Writes a therapist's sheet of the last weeks from what is in the diary.

It is imported when the first sheet is asked for: many homes never see one.
"""

from datetime import time
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations
from homeassistant.loader import async_get_integration
from homeassistant.util import dt as dt_util

from .const import DOMAIN
from .coordinator import Coordinator
from .engine.course import day_of
from .engine.occasions import moment_from
from .engine.sheet import TOLD_BY, begins_on, sheet
from .phrases import async_load_phrases
from .sheet_page import Imprint, Wording, render

_OF_SHEET: Final = f"component.{DOMAIN}.common.sheet_"
_OF_ACTIVITY: Final = f"component.{DOMAIN}.selector.activity.options."


async def async_write(coordinator: Coordinator, language: str, weeks: int) -> str:
    """Return the page of the last weeks of a person. Raises DiaryError."""
    hass, diary = coordinator.hass, coordinator.diary
    wording = await _async_wording(hass, language)
    integration = await async_get_integration(hass, DOMAIN)
    now, zone = dt_util.utcnow(), hass.config.time_zone
    first = begins_on(diary.at(now), day_of(now, zone), weeks)
    entries = await diary.async_read(
        start=moment_from(first, time(0), zone), kinds=TOLD_BY
    )
    programme, catalogue = diary.at(now), coordinator.catalogue
    going_on = coordinator.is_active
    imprint = Imprint(
        name=coordinator.name,
        made_at=dt_util.as_local(now),
        zone=zone,
        version=str(integration.version),
    )

    def write() -> str:
        told = sheet(
            catalogue,
            programme,
            entries,
            first=first,
            now=now,
            zone=zone,
            going_on=going_on,
        )
        return render(told, catalogue, wording, imprint)

    return await hass.async_add_executor_job(write)


async def _async_wording(hass: HomeAssistant, language: str) -> Wording:
    """Return the words of a language, English where there are none of ours."""
    phrases = await async_load_phrases(hass, language)
    common, selector = [
        await async_get_translations(hass, phrases.language, category, [DOMAIN])
        for category in ("common", "selector")
    ]
    return Wording(
        language=phrases.language,
        sentences=phrases.words,
        texts=_below(common, _OF_SHEET),
        activities=_below(selector, _OF_ACTIVITY),
    )


def _below(texts: dict[str, str], start: str) -> dict[str, str]:
    return {
        key.removeprefix(start): text
        for key, text in texts.items()
        if key.startswith(start)
    }
