"""What a session does when told something, and when a speaker fails or is taken."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
import time
from typing import Any

import pytest

from custom_components.back_exercise.engine.cues import Cue, CueKind, count_in
from custom_components.back_exercise.engine.plan import CheckIn, Side

from .hearing import Heard
from .parts import Parts
from .person import Person, Watch, log_of, watching
from .score import cut, overlapping, phrases_of, timetables

type Say = Callable[[Cue], str]

FIRST, SECOND = "pelvic_tilts", "simplified_piriformis_stretch"

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


@pytest.fixture(scope="module")
def say(component: Path) -> Say:
    """Return what gives the words of a cue."""
    return phrases_of(component).text


async def begin_first_exercise(person: Person, watch: Watch) -> float:
    """Start a session, skip the welcome, and wait for the first repetition."""
    begin = await person.begin()
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


def work_words(say: Say) -> list[str]:
    """Return what is said in the repetitions of the first exercise."""
    hold = say(Cue(kind=CueKind.HOLD, exercise=FIRST))
    release = say(Cue(kind=CueKind.RELEASE, exercise=FIRST))
    one, two, three = (
        say(Cue(kind=CueKind.COUNT, number=number)) for number in (1, 2, 3)
    )
    one_more = say(Cue(kind=CueKind.ONE_MORE))
    return [
        *(one, hold, release),
        *(two, hold, release, one_more),
        *(three, hold, release),
    ]


def going_on(say: Say, number: int) -> list[str]:
    """Return what is said before it goes on with a repetition."""
    resumed = Cue(kind=CueKind.RESUMED, exercise=FIRST, side=Side.BOTH, number=number)
    return [say(cue) for cue in (resumed, *count_in())]


def texts(heard: list[Heard]) -> list[str]:
    """Return what was said."""
    return [each.text for each in heard]


async def test_it_pauses_goes_on_skips_and_stops(
    parts: Parts, dora: Person, watch: Watch, say: Say
) -> None:
    exercise = dora.entities["exercise"]
    work = await begin_first_exercise(dora, watch)

    # in the hold of the second repetition
    await asyncio.sleep(REPETITION_S + 3.0)
    paused_at = await dora.press("pause")
    await dora.until_session(watch, "paused", paused_at)
    await asyncio.sleep(REPETITION_S)
    assert (await parts.home.state(exercise))["attributes"]["repetition"] == 2

    resumed_at = await dora.press("resume")
    await dora.until_session(watch, "running", resumed_at)
    await dora.until_at(watch, "work", FIRST, resumed_at)
    await asyncio.sleep(REPETITION_S + 3.0)

    skipped_at = await dora.press("next")
    await dora.until_at(watch, "prepare", SECOND, skipped_at)
    await asyncio.sleep(8.0)

    stopped_at = await dora.press("stop")
    await dora.until_session(watch, "idle", stopped_at)
    await parts.until_quiet("mpd")

    words = work_words(say)
    before = await parts.heard("mpd", work - 1, paused_at)
    assert texts(before)[-5:] == words[:5]
    paused = await parts.heard("mpd", paused_at, resumed_at)
    assert texts(paused) == [say(Cue(kind=CueKind.PAUSED))]
    resumed = await parts.heard("mpd", resumed_at, skipped_at)
    assert texts(resumed) == [*going_on(say, 2), *words[3:9]]
    assert cut(resumed) == []
    *skipped, interrupted, last = await parts.heard("mpd", skipped_at)
    assert texts(skipped)[:2] == [
        say(Cue(kind=CueKind.SKIPPED)),
        say(Cue(kind=CueKind.EXERCISE, exercise=SECOND)),
    ]
    assert cut(skipped) == []
    assert interrupted.share < 1
    assert interrupted.off <= stopped_at + SILENT_WITHIN_S
    assert last.text == say(Cue(kind=CueKind.STOPPED))
    assert cut([last]) == []


async def test_stopping_playback_on_the_speaker_pauses_the_session(
    parts: Parts, dora: Person, watch: Watch, say: Say
) -> None:
    await begin_first_exercise(dora, watch)

    await asyncio.sleep(3.0)
    taken_at = time.monotonic()
    await parts.home.act("media_player.media_stop", {}, {"entity_id": parts.mpd})
    await dora.until_session(watch, "paused", taken_at)
    await asyncio.sleep(REPETITION_S)
    resumed_at = await dora.press("resume")
    await dora.until_session(watch, "running", resumed_at)
    await dora.until_at(watch, "work", FIRST, resumed_at)
    await asyncio.sleep(3.0)

    # as the app of the speaker does, which Home Assistant notices when it next looks
    paused_at = time.monotonic()
    await parts.ask_player("pause 1")
    await dora.until_session(watch, "paused", paused_at, within=POLL)
    await stop(dora, watch)

    assert texts(await parts.heard("mpd", taken_at + 0.5, resumed_at)) == []
    resumed = await parts.heard("mpd", resumed_at, paused_at)
    assert texts(resumed)[:5] == [*going_on(say, 1), work_words(say)[0]]
    silent = await parts.heard("mpd", paused_at + 0.5)
    assert texts(silent) == [say(Cue(kind=CueKind.STOPPED))]
    reasons = [
        change.attributes.get("reason")
        for change in watch.of(dora.entities["session_events"])
        if change.attributes.get("event_type") == "session_paused"
    ]
    assert reasons == ["speaker", "speaker"]


async def test_a_satellite_is_given_it_piece_by_piece(
    parts: Parts, cleo: Person, watch: Watch, component: Path, say: Say
) -> None:
    begin = await cleo.begin()
    await cleo.until_at(watch, "work", FIRST, begin)
    await asyncio.sleep(1.0)
    stopped_at = await cleo.press("stop")
    await cleo.until_session(watch, "idle", stopped_at)
    await asyncio.sleep(LONGEST_PIECE_S)
    await parts.until_quiet("satellite")

    welcome, first, *_ = timetables(component, parts, CheckIn.EACH_EXERCISE)
    words = work_words(say)
    instructions = first.texts[: len(first.texts) - len(words)]
    heard = await parts.heard("satellite", begin)
    assert texts(heard) == [
        *welcome.texts,
        *instructions,
        *words[:3],  # the announcement of the first repetition, which can't be cut
        say(Cue(kind=CueKind.STOPPED)),
    ]
    assert cut(heard) == []
    assert overlapping(heard) == []
    assert heard[-2].off <= stopped_at + LONGEST_PIECE_S


async def test_a_speaker_that_dies_takes_neither_the_session_nor_the_others_along(
    parts: Parts, ben: Person, watch: Watch, component: Path, say: Say
) -> None:
    config = parts.house.config
    effort = say(Cue(kind=CueKind.EFFORT_EXERCISE))
    log = len(log_of(config))
    begin = await ben.begin()
    await ben.until_at(watch, "work", FIRST, begin)
    await asyncio.sleep(3.0)

    await parts.player.kill()
    died_at = time.monotonic()
    try:
        await watch.until(
            parts.mpd, lambda change: change.state == "unavailable", within=POLL
        )
        assert await issues(parts, ben) == {"speaker_unreachable"}
        asking = await ben.until_session(watch, "asking", begin, PATIENCE)
        await parts.until_said("satellite", effort, asking.at)
        for key, value in (("pain_now", 1), ("effort", 4)):
            await ben.rate(key, value)
        await ben.until_at(watch, "prepare", SECOND, begin)
    finally:
        await parts.player.start()
    await stop(ben, watch)

    tables = timetables(component, parts, CheckIn.EACH_EXERCISE)
    welcome, first, asked, second, *_ = tables
    due = [*welcome.texts, *first.texts, *asked.texts, second.texts[0]]
    heard = await parts.heard("satellite", begin)
    assert texts(heard)[: len(due)] == due
    assert cut(heard) == []
    assert overlapping(heard) == []
    on_player = texts(await parts.heard("mpd", begin, died_at))
    assert on_player[: len(on_player) - 1] == due[: len(on_player) - 1]
    warnings = own_warnings(log_of(config)[log:])
    assert len(warnings) == 1, warnings
    assert parts.mpd in warnings[0]


async def test_a_speaker_that_is_back_is_used_again(
    parts: Parts, ben: Person, watch: Watch, component: Path
) -> None:
    await parts.home.until(parts.mpd, "off", "idle", within=POLL)
    log = len(log_of(parts.house.config))

    begin = await ben.begin()
    await ben.until_session(watch, "running", begin)
    await asyncio.sleep(7.0)
    assert await issues(parts, ben) == set()
    await stop(ben, watch)

    welcome = timetables(component, parts, CheckIn.EACH_EXERCISE)[0]
    for speaker in ("mpd", "satellite"):
        [first, *_] = await parts.heard(speaker, begin)
        assert first.text == welcome.texts[0]
        assert cut([first]) == []
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
