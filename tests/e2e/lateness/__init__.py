"""Notes in the Home Assistant that it is loaded in how late sessions are told the time.

One line for each moment that a session had asked for, in seconds; and the names of the
rooms of its speakers. For tests only.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.discovery import async_load_platform
from homeassistant.helpers.typing import ConfigType
from homeassistant.util import dt as dt_util

from custom_components.back_exercise.driver import Driver

DOMAIN = "lateness"
FILE = "lateness.txt"


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Begin to note, and add speakers."""
    path = Path(hass.config.path(FILE))
    noted: list[float] = []
    tell = Driver._tick  # noqa: SLF001 - there is no other way

    @callback
    def tick(driver: Driver, now: datetime) -> None:
        due = driver.session.next_at if driver.session else None
        if due:
            noted.append((dt_util.utcnow() - due).total_seconds())
        tell(driver, now)

    def write() -> None:
        with path.open("a", encoding="utf-8") as file:
            file.writelines(f"{each}\n" for each in noted)
        noted.clear()

    async def flush(_: Any) -> None:
        await hass.async_add_executor_job(write)

    setattr(Driver, "_tick", tick)  # noqa: B010 - as above
    hass.services.async_register(DOMAIN, "flush", flush)
    names = config[DOMAIN]
    await async_load_platform(hass, "media_player", DOMAIN, names, config)
    return True
