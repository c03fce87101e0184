"""What a session does when it is told something, or when a speaker fails or is taken."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
import time
from typing import Any

import pytest

from .hearing import Heard
from .parts import Parts
from .person import Person, Watch, log_of, watching
from .score import cut, match, overlapping

FIRST, SECOND = "pelvic_tilts", "simplified_piriformis_stretch"

INSTRUCTIONS = [
    "Pelvic tilts.",
    "Lie on your back, knees bent, feet flat."
    " If you can, slide a hand under the small of your back.",
    "Gently draw your belly in, until your back presses on your hand."
    " Hold, then let go slowly.",
    "Keep breathing all the time.",
    "Three times.",
]
COUNT_IN = ["In three.", "Two.", "One."]
WORK = [
    *("One.", "Hold.", "Let go slowly."),
    *("Two.", "Hold.", "Let go slowly.", "One more."),
    *("Three.", "Hold.", "Let go slowly."),
]
WELCOME_BEGINS = "Welcome."
STOPPED = "We stop here. Rest as long as you like."
REPETITION_S = 9.0
"""Of the first exercise; its hold begins after two seconds."""

SILENT_WITHIN_S = 1.0
"""How soon speech is cut on a speaker that can stop."""
LONGEST_PIECE_S = 11.0
"""How long an announcement may go on that can't be cut."""
PATIENCE = timedelta(seconds=90)
POLL = timedelta(seconds=25)
"""Home Assistant looks after MPD every ten seconds."""


@pytest.fixture
async def watch(parts: Parts) -> AsyncIterator[Watch]:
    """Note every change of a state, and see that nothing broke meanwhile."""
    before = len(log_of(parts.house.config))
    async with watching(parts.home) as noted:
        yield noted
    assert "Traceback" not in log_of(parts.house.config)[before:]


async def begin_first_exercise(person: Person, watch: Watch) -> float:
    """Start a session, skip the welcome, and wait for the first repetition."""
    begin = await person.press("start")
    await person.until_session(watch, "running", begin)
    await person.press("next")
    await person.until_at(watch, "work", FIRST, begin)
    return time.monotonic()


async def stop(person: Person, watch: Watch) -> None:
    """Stop the session, and wait until the last words were said."""
    at = await person.press("stop")
    await person.until_session(watch, "idle", at)
    for speaker in ("mpd", "satellite"):
        await person.parts.until_quiet(speaker)


def texts(heard: list[Heard]) -> list[str]:
    """Return what was said."""
    return [each.text for each in heard]


async def test_it_pauses_goes_on_skips_and_stops(
    parts: Parts, anna: Person, watch: Watch
) -> None:
    exercise = anna.entities["exercise"]
    work = await begin_first_exercise(anna, watch)

    # in the hold of the second repetition
    await asyncio.sleep(REPETITION_S + 3.0)
    paused_at = await anna.press("pause")
    await anna.until_session(watch, "paused", paused_at)
    await asyncio.sleep(REPETITION_S)
    assert (await parts.home.state(exercise))["attributes"]["repetition"] == 2

    resumed_at = await anna.press("resume")
    await anna.until_session(watch, "running", resumed_at)
    await anna.until_at(watch, "work", FIRST, resumed_at)
    await asyncio.sleep(REPETITION_S + 3.0)

    skipped_at = await anna.press("next")
    await anna.until_at(watch, "prepare", SECOND, skipped_at)
    await asyncio.sleep(8.0)

    stopped_at = await anna.press("stop")
    await anna.until_session(watch, "idle", stopped_at)
    await parts.until_quiet("mpd")

    before = await parts.heard("mpd", work - 1, paused_at)
    assert texts(before)[-5:] == ["One.", "Hold.", "Let go slowly.", "Two.", "Hold."]
    assert texts(await parts.heard("mpd", paused_at, resumed_at)) == ["Paused."]
    resumed = await parts.heard("mpd", resumed_at, skipped_at)
    assert texts(resumed) == [
        "We go on with Pelvic tilts. Number two is next.",
        *COUNT_IN,
        *WORK[3:9],
    ]
    assert cut(resumed) == []
    skipped = await parts.heard("mpd", skipped_at, stopped_at + SILENT_WITHIN_S)
    assert texts(skipped)[:2] == [
        "All right, we leave that one out.",
        "Simplified piriformis stretch.",
    ]
    interrupted = skipped[-1]
    assert interrupted.share < 1
    assert interrupted.off <= stopped_at + SILENT_WITHIN_S
    last = await parts.heard("mpd", interrupted.off + 0.01)
    assert texts(last) == [STOPPED]
    assert cut(last) == []


async def test_stopping_playback_on_the_speaker_pauses_the_session(
    parts: Parts, anna: Person, watch: Watch
) -> None:
    await begin_first_exercise(anna, watch)

    await asyncio.sleep(3.0)
    taken_at = time.monotonic()
    await parts.home.act("media_player.media_stop", {}, {"entity_id": parts.mpd})
    await anna.until_session(watch, "paused", taken_at)
    await asyncio.sleep(REPETITION_S)
    resumed_at = await anna.press("resume")
    await anna.until_session(watch, "running", resumed_at)
    await anna.until_at(watch, "work", FIRST, resumed_at)
    await asyncio.sleep(3.0)

    # as the app of the speaker does, which Home Assistant notices when it next looks
    paused_at = time.monotonic()
    await parts.ask_player("pause 1")
    await anna.until_session(watch, "paused", paused_at, within=POLL)
    await stop(anna, watch)

    assert texts(await parts.heard("mpd", taken_at + 0.5, resumed_at)) == []
    resumed = await parts.heard("mpd", resumed_at, paused_at)
    assert texts(resumed)[:4] == [
        "We go on with Pelvic tilts. Number one is next.",
        *COUNT_IN,
    ]
    assert texts(await parts.heard("mpd", paused_at + 0.5)) == [STOPPED]
    reasons = [
        change.attributes.get("reason")
        for change in watch.of(anna.entities["session_events"])
        if change.attributes.get("event_type") == "session_paused"
    ]
    assert reasons == ["speaker", "speaker"]


async def test_a_satellite_is_given_it_piece_by_piece(
    parts: Parts, cleo: Person, watch: Watch
) -> None:
    begin = await cleo.press("start")
    await cleo.until_at(watch, "work", FIRST, begin)
    await cleo.until_at(watch, "rest", SECOND, begin)
    await asyncio.sleep(2.0)
    stopped_at = await cleo.press("stop")
    await cleo.until_session(watch, "idle", stopped_at)
    await asyncio.sleep(LONGEST_PIECE_S)
    await parts.until_quiet("satellite")

    heard = await parts.heard("satellite", begin)
    assert texts(heard)[0].startswith(WELCOME_BEGINS)
    assert texts(heard)[3:] == [
        *INSTRUCTIONS,
        *COUNT_IN,
        *WORK,
        "Well done. Rest for a moment. Next: Simplified piriformis stretch.",
        STOPPED,
    ]
    assert cut(heard) == []
    assert overlapping(heard) == []
    [piece] = [each for each in heard if each.text.startswith("Well done.")]
    assert piece.off <= stopped_at + LONGEST_PIECE_S


async def test_a_speaker_that_dies_takes_neither_the_session_nor_the_others_along(
    parts: Parts, ben: Person, watch: Watch
) -> None:
    config = parts.house.config
    log = len(log_of(config))
    begin = await ben.press("start")
    work = await ben.until_at(watch, "work", FIRST, begin)
    await asyncio.sleep(3.0)

    await parts.player.kill()
    died_at = time.monotonic()
    try:
        await watch.until(
            parts.mpd, lambda change: change.state == "unavailable", within=POLL
        )
        assert await issues(parts, ben) == {"speaker_unreachable"}
        await ben.until_at(watch, "prepare", SECOND, begin)
    finally:
        await parts.player.start()
    await stop(ben, watch)

    heard = await parts.heard("satellite", begin)
    assert texts(heard)[3:22] == [
        *INSTRUCTIONS,
        *COUNT_IN,
        *WORK,
        "Well done. Rest for a moment. Next: Simplified piriformis stretch.",
    ]
    assert cut(heard) == []
    assert overlapping(heard) == []
    assert match(WORK[:2], await parts.heard("mpd", work.at - 1, died_at))[0]
    warnings = own_warnings(log_of(config)[log:])
    assert len(warnings) == 1, warnings
    assert parts.mpd in warnings[0]


async def test_a_speaker_that_is_back_is_used_again(
    parts: Parts, ben: Person, watch: Watch
) -> None:
    await parts.home.until(parts.mpd, "off", "idle", within=POLL)
    log = len(log_of(parts.house.config))

    begin = await ben.press("start")
    await ben.until_session(watch, "running", begin)
    await asyncio.sleep(7.0)
    assert await issues(parts, ben) == set()
    await stop(ben, watch)

    for speaker in ("mpd", "satellite"):
        [welcome, *_] = await parts.heard(speaker, begin)
        assert welcome.text.startswith(WELCOME_BEGINS)
        assert cut([welcome]) == []
    warnings = own_warnings(log_of(parts.house.config)[log:])
    assert len(warnings) == 1, warnings


async def issues(parts: Parts, person: Person) -> set[str]:
    """Return what the repairs tell of a person's speakers and voice."""
    known: dict[str, Any] = await parts.home.ask("repairs/list_issues")
    return {
        issue["translation_key"]
        for issue in known["issues"]
        if issue["domain"] == "back_exercise" and person.entry_id in issue["issue_id"]
    }


def own_warnings(log: str) -> list[str]:
    """Return what the integration itself has warned of."""
    return [
        line
        for line in log.splitlines()
        if "[custom_components.back_exercise" in line and "INFO" not in line
    ]
