"""The same session as people write it today: a script of tts.speak and delays."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from demo.home import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a script speaks with, and what its author knows."""

    voice: str
    player: str
    lengths: Mapping[str, float]
    """Seconds of each phrase as it is played, its silences included."""


type Cues = Sequence[tuple[float, str]]
"""Seconds from the beginning, and what is to be heard then."""


def fixed(cues: Cues, setting: Setting) -> list[Json]:
    """Speak, then wait until the next cue is due."""
    return [
        step
        for (_, text), gap in zip(cues, gaps(cues), strict=True)
        for step in (speak(text, setting), delay(gap))
    ]


def wait(cues: Cues, setting: Setting) -> list[Json]:
    """Speak, wait until the player plays and no longer does, then what is left."""
    playing = f"{{{{ is_state('{setting.player}', 'playing') }}}}"
    silent = f"{{{{ not is_state('{setting.player}', 'playing') }}}}"
    go_on = {"continue_on_timeout": True}
    return [
        step
        for (_, text), gap in zip(cues, gaps(cues), strict=True)
        for step in (
            speak(text, setting),
            {"wait_template": playing, "timeout": 2} | go_on,
            {"wait_template": silent, "timeout": 20} | go_on,
            delay(max(0.0, gap - setting.lengths[text])),
        )
    ]


def speak(text: str, setting: Setting) -> Json:
    """Say a phrase."""
    return {
        "action": "tts.speak",
        "target": {"entity_id": setting.voice},
        "data": {
            "media_player_entity_id": setting.player,
            "message": text,
            "cache": True,
        },
        "continue_on_error": True,  # a player may refuse a clip
    }


def delay(seconds: float) -> Json:
    """Do nothing for some time."""
    return {"delay": {"milliseconds": round(1000 * seconds)}}


def gaps(cues: Cues) -> list[float]:
    """Return the time from each cue to the next; none after the last."""
    return [after - before for (before, _), (after, _) in pairwise(cues)] + [0.0]


PROGRAMS: Mapping[str, Callable[[Cues, Setting], list[Json]]] = {
    "fixed": fixed,
    "wait": wait,
}
