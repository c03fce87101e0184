"""Backups hold whole diaries, and nobody waits for a backup to record something.

A diary's file stays as it is while it is copied; what is recorded meanwhile goes to the
log beside it, which is copied too.
"""

from homeassistant.core import HomeAssistant

from .const import DOMAIN, LOGGER
from .coordinator import BackExerciseConfigEntry
from .diary import IN_BACKUP, DiaryError


async def async_pre_backup(hass: HomeAssistant) -> None:
    """Leave the diaries' files as they are.

    Where one can't be prepared it is copied as it is: better than no backup at all.
    """
    hass.data[IN_BACKUP] = True
    for entry in _entries(hass):
        try:
            await entry.runtime_data.diary.async_hold()
        except DiaryError as err:
            LOGGER.warning(
                "The diary of %s is in the backup as it is: %s", entry.title, err.reason
            )


async def async_post_backup(hass: HomeAssistant) -> None:
    """Let the diaries' files change again."""
    hass.data[IN_BACKUP] = False
    for entry in _entries(hass):
        try:
            await entry.runtime_data.diary.async_release()
        except DiaryError as err:
            LOGGER.warning(
                "The diary of %s after the backup: %s", entry.title, err.reason
            )


def _entries(hass: HomeAssistant) -> list[BackExerciseConfigEntry]:
    return hass.config_entries.async_loaded_entries(DOMAIN)
