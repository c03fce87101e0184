"""Tells as repair issues what is wrong with a person's speakers and voice."""

from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.helpers.network import NoURLAvailableError, get_url

from .const import DOMAIN

_OF_SPEAKERS: Final = {
    "not_fetched": "speaker_no_fetch",
    "missing": "speaker_missing",
}
"""Faults of speakers with an issue of their own; the others share one."""
_UNREACHABLE: Final = "speaker_unreachable"

_FIXABLE: Final = {"speaker_missing", "engine_missing"}


def is_missing(hass: HomeAssistant, entity_id: str) -> bool:
    """Return whether Home Assistant does not know an entity (any more)."""
    registry = er.async_get(hass)
    return hass.states.get(entity_id) is None and registry.async_get(entity_id) is None


class Faults:
    """The repair issues of one person's entry."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Tell of the faults of an entry."""
        self._hass = hass
        self._entry = entry

    @callback
    def of_speaker(self, entity_id: str, error: str | None) -> None:
        """Tell what is wrong with a speaker; nothing, where the error is None."""
        if error == "unreachable" and is_missing(self._hass, entity_id):
            error = "missing"
        present = _OF_SPEAKERS.get(error, _UNREACHABLE) if error else None
        for key in (_UNREACHABLE, *_OF_SPEAKERS.values()):
            if key == present:
                state = self._hass.states.get(entity_id)
                speaker = state.name if state else entity_id
                self._tell(key, entity_id, speaker=speaker, url=self._address())
            else:
                self._settle(key, entity_id)

    @callback
    def found(self, entity_id: str) -> None:
        """Tell no longer that a speaker is missing; it may still not work."""
        self._settle(_OF_SPEAKERS["missing"], entity_id)

    @callback
    def of_voice(self, engine: str, *, has_failed: bool) -> None:
        """Tell whether phrases could be spoken."""
        if has_failed:
            self._tell("synthesis_failed", engine, engine=engine)
        else:
            self._settle("synthesis_failed", engine)

    @callback
    def of_engine(self, engine: str, *, is_missing: bool) -> None:
        """Tell whether the text-to-speech engine is there."""
        if is_missing:
            self._tell("engine_missing", engine, engine=engine)
        else:
            self._settle("engine_missing", engine)

    def _tell(self, key: str, what: str, **placeholders: str) -> None:
        ir.async_create_issue(
            self._hass,
            DOMAIN,
            self._id(key, what),
            data={"entry_id": self._entry.entry_id, "entity_id": what},
            is_fixable=key in _FIXABLE,
            severity=ir.IssueSeverity.WARNING,
            translation_key=key,
            translation_placeholders={"name": self._entry.title, **placeholders},
        )

    def _settle(self, key: str, what: str) -> None:
        ir.async_delete_issue(self._hass, DOMAIN, self._id(key, what))

    def _id(self, key: str, what: str) -> str:
        return f"{key}_{self._entry.entry_id}_{what}"

    def _address(self) -> str:
        try:
            return get_url(self._hass)
        except NoURLAvailableError:
            return "-"
