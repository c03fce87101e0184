"""Tells as repair issues what stands in the way of a person's sessions."""

from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er, issue_registry as ir

from .address import CERTAIN, AddressFault, address_of, is_of_this_computer
from .const import DOMAIN, ENTRY_VERSION
from .engine.decision import Decision, Rule

_OF_SPEAKERS: Final = {
    "not_fetched": "speaker_no_fetch",
    "not_fetched_from_itself": "speaker_looks_at_itself",
    "missing": "speaker_missing",
}
"""Faults of speakers with an issue of their own; the others share one."""
_UNREACHABLE: Final = "speaker_unreachable"

_SCREEN_DUE: Final = "screen_due"
_SCREEN_NEW: Final = "screen_new"
_LOCKED: Final = "locked"

_DIARY: Final = "diary"
_OF_DIARY: Final = ("full", "read_only", "gone", "busy", "broken")
"""Why a diary can't be written."""
_DAMAGED: Final = ("diary_recovered", "diary_unreadable")

_NOTIFIER_MISSING: Final = "notifier_missing"

_ENTRY: Final = "entry"
_NEWER: Final = "entry_newer"

_ADDRESS: Final = "address"
_OF_ADDRESS: Final = {each: f"{_ADDRESS}_{each.value}" for each in sorted(CERTAIN)}
"""What is wrong with the address before anything is played."""

_FIXABLE: Final = {
    *("speaker_missing", "engine_missing", "diary_gone", _NOTIFIER_MISSING),
    *_DAMAGED,
    *_OF_ADDRESS.values(),
    _OF_SPEAKERS["not_fetched_from_itself"],
}
_LASTING: Final = _DAMAGED
"""Told until somebody has read it: the next start finds nothing wrong any more."""


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
        if error == "not_fetched" and is_of_this_computer(address_of(self._hass)):
            error = "not_fetched_from_itself"
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
    def of_address(self, fault: AddressFault | None) -> None:
        """Tell what is wrong with the address that speakers fetch from, if anything."""
        for each, key in _OF_ADDRESS.items():
            if each is fault:
                self._tell(key, _ADDRESS, url=self._address())
            else:
                self._settle(key, _ADDRESS)

    @callback
    def of_notifier(self, target: str, *, is_missing: bool) -> None:
        """Tell whether what was chosen for notifications is there."""
        if is_missing:
            self._tell(_NOTIFIER_MISSING, target, target=target)
        else:
            self._settle(_NOTIFIER_MISSING, target)

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

    @callback
    def of_lock(self, lock: Decision | None) -> None:
        """Tell what stands before every session; nothing, where the lock is None.

        Neither title nor key says what was marked.
        """
        kind = None
        if lock:
            kind = _SCREEN_DUE if lock.rule is Rule.SCREEN else _LOCKED
        is_new = lock is not None and lock.key == f"{Rule.SCREEN}.new"
        for each in (_SCREEN_DUE, _LOCKED):
            issue_id = f"{each}_{self._entry.entry_id}"
            if each != kind:
                ir.async_delete_issue(self._hass, DOMAIN, issue_id)
                continue
            ir.async_create_issue(
                self._hass,
                DOMAIN,
                issue_id,
                data={"entry_id": self._entry.entry_id},
                is_fixable=True,
                severity=ir.IssueSeverity.WARNING,
                translation_key=_SCREEN_NEW if is_new else each,
                translation_placeholders={"name": self._entry.title},
            )

    @callback
    def of_diary(self, reason: str | None) -> None:
        """Tell why the diary can't be written; nothing, where it can."""
        for each in _OF_DIARY:
            if each == reason:
                self._tell(f"diary_{each}", _DIARY)
            else:
                self._settle(f"diary_{each}", _DIARY)

    @callback
    def of_version(self) -> None:
        """Tell whether a newer version of the integration has set the person up."""
        if self._entry.version > ENTRY_VERSION:
            self._tell(_NEWER, _ENTRY)
        else:
            self._settle(_NEWER, _ENTRY)

    @callback
    def of_recovery(self, *, entries: int, file: str) -> None:
        """Tell that the diary was damaged, what was saved, and where the rest is."""
        self._tell("diary_recovered", _DIARY, entries=str(entries), file=file)

    @callback
    def of_unreadable(self, *, entries: int) -> None:
        """Tell that some entries of the diary were left out."""
        self._tell("diary_unreadable", _DIARY, entries=str(entries))

    @callback
    def forget(self) -> None:
        """Tell nothing any more of somebody who was removed."""
        issues = ir.async_get(self._hass).issues.values()
        for issue_id in [
            each.issue_id
            for each in issues
            if each.domain == DOMAIN and self._entry.entry_id in each.issue_id
        ]:
            ir.async_delete_issue(self._hass, DOMAIN, issue_id)

    def _tell(self, key: str, what: str, **placeholders: str) -> None:
        ir.async_create_issue(
            self._hass,
            DOMAIN,
            self._id(key, what),
            data={"entry_id": self._entry.entry_id, "entity_id": what},
            is_fixable=key in _FIXABLE,
            is_persistent=key in _LASTING,
            severity=ir.IssueSeverity.WARNING,
            translation_key=key,
            translation_placeholders={"name": self._entry.title, **placeholders},
        )

    def _settle(self, key: str, what: str) -> None:
        ir.async_delete_issue(self._hass, DOMAIN, self._id(key, what))

    def _id(self, key: str, what: str) -> str:
        return f"{key}_{self._entry.entry_id}_{what}"

    def _address(self) -> str:
        return address_of(self._hass) or "-"
