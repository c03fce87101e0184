"""What a person chooses by entities, and keeps until it is chosen anew."""

from typing import TYPE_CHECKING

from homeassistant.core import callback
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonValueType

from .conductor import Conductor
from .const import (
    CONF_REMINDERS,
    CONF_REMINDERS_SINCE,
    CONF_ROUTINE,
    CONF_SPEECH,
    CONF_VOLUME,
)
from .engine.catalogue import Routine
from .refusal import refusal

if TYPE_CHECKING:
    from .coordinator import Coordinator


class Preferences:
    """Takes the choices of one person, from now on and at once."""

    def __init__(self, person: Coordinator, conductor: Conductor) -> None:
        """Keep them in the options of the person's entry."""
        self._person = person
        self._conductor = conductor

    @callback
    def set_routine(self, routine: Routine) -> None:
        """Choose what is started when nothing else is said.

        The programme's own routine is no choice that lasts: it follows the programme.
        Raises ServiceValidationError, translated, for one that the rules don't allow.
        """
        routines = self._person.data.outlook.routines
        if routine not in routines:
            raise refusal("routine_not_allowed")
        self._set(CONF_ROUTINE, None if routine == routines[-1] else routine)

    async def async_set_speech(self, *, on: bool) -> None:
        """Speak, or be silent and leave it to the screen."""
        self._set(CONF_SPEECH, on)
        await self._conductor.set_speech(on=on)

    async def async_set_volume(self, volume: float) -> None:
        """Set how loud sessions are, 0 to 1; at once where one is going on."""
        self._set(CONF_VOLUME, volume)
        await self._conductor.set_volume(volume)

    @callback
    def set_reminders(self, *, on: bool) -> None:
        """Ask and remind of things by itself, or not."""
        if on != self._person.config_entry.options.get(CONF_REMINDERS, True):
            since = dt_util.utcnow().isoformat()
            self._set(CONF_REMINDERS_SINCE, since)
            self._set(CONF_REMINDERS, on)
            self._person.scheduler.wishes_changed()

    @callback
    def _set(self, key: str, value: JsonValueType) -> None:
        entry = self._person.config_entry
        self._person.hass.config_entries.async_update_entry(
            entry, options={**entry.options, key: value}
        )
        self._person.async_refresh_state()
