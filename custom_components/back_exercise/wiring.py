"""Where and how one person's sessions are spoken, as chosen in the set-up."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from .const import (
    CONF_ENGINE,
    CONF_LANGUAGE,
    CONF_MODE,
    CONF_SPEAKERS,
    CONF_VOICE,
    CONF_VOLUME,
)


class Mode(StrEnum):
    """How media players are given what they are to say."""

    TRACK = "track"
    """One file for each exercise: exact, and it can be cut."""
    PHRASES = "phrases"
    """Announcements, for players that keep the music going beneath them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """Speakers and voice. A change of these needs a reload of the entry."""

    speakers: tuple[str, ...]
    """Entity ids of media players, Assist satellites and notify entities."""
    engine: str | None
    """Entity id of a text-to-speech engine; None where nothing is spoken."""
    language: str
    """As the engine names it."""
    voice: str | None = None
    """As the engine names it; None is its own choice."""
    mode: Mode = Mode.TRACK

    @classmethod
    def from_options(cls, options: Mapping[str, Any]) -> Self:
        """Read it from the options of a config entry."""
        return cls(
            speakers=tuple(options.get(CONF_SPEAKERS, ())),
            engine=options.get(CONF_ENGINE),
            language=options.get(CONF_LANGUAGE, "en"),
            voice=options.get(CONF_VOICE),
            mode=Mode(options.get(CONF_MODE, Mode.TRACK)),
        )


def volume_of(options: Mapping[str, Any]) -> float | None:
    """Return the volume of sessions, 0 to 1; None leaves that of the speaker."""
    volume = options.get(CONF_VOLUME)
    return None if volume is None else float(volume)
