"""A whole session on a media player: what it says, shows, serves and leaves behind."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
import time

import pytest

from custom_components.back_exercise.engine.cues import Cue, CueKind

from .hearing import Heard
from .parts import Parts
from .person import COMMIT_S, Change, Person, Watch, state_rows, watching
from .routine import EXERCISES
from .score import (
    Timetable,
    cut,
    errors_s,
    match,
    overlapping,
    phrases_of,
    timetables,
)

VOLUME, VOLUME_BEFORE = 80, 30
ON_TIME_S = 0.02
"""What a cue may be off within its track."""
SHOWN_S = 0.25
"""What may be between what is heard and what is shown."""
BETWEEN_TRACKS_S = 0.6
"""What the beginning of a track may take."""
ROWS = 120
"""What a session of 20 minutes may write."""

WAV_HEADER = 44
RATE = 22050
LEAD_IN_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What Home Assistant answered a request for a part of a track."""

    status: int
    length: int
    range: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A session that was played to its end, and all that was noted of it."""

    watch: Watch
    begin: float
    over: float
    timetables: list[Timetable]
    heard: list[Heard]
    urls: list[str]
    """Addresses of the tracks, in order."""
    answers: list[Answer]
    volumes: tuple[int, int]
    """In percent, while it played and afterwards."""
    rows: dict[str, int]

    @property
    def texts(self) -> list[str]:
        """What was to be said, in order."""
        return [text for timetable in self.timetables for text in timetable.texts]

    @property
    def tracks(self) -> list[list[Heard | None]]:
        """What was heard of each track, a place for each phrase due."""
        found = iter(match(self.texts, self.heard))
        return [[next(found) for _ in timetable.dues] for timetable in self.timetables]


@pytest.fixture(scope="module")
async def played(parts: Parts, anna: Person, component: Path) -> Played:
    """Play the session, ask for parts of a track meanwhile, and listen."""
    home, config = parts.home, parts.house.config
    quiet = {"volume_level": VOLUME_BEFORE / 100}
    await home.act("media_player.volume_set", quiet, {"entity_id": parts.mpd})
    await asyncio.sleep(COMMIT_S)
    before = state_rows(config)
    async with watching(home) as watch:
        await anna.rate("pain_now", 1)
        begin = await anna.press("start")
        welcome = await anna.until_track(watch, begin)
        url = await anna.until_track(watch, begin, after=welcome)
        answers = [
            await ask(parts, url, part)
            for part in (None, "bytes=0-99", "bytes=100000-", "bytes=-1000")
        ]
        during = await parts.ask_player("status")
        asking = await anna.until_session(
            watch, "asking", begin, within=timedelta(minutes=5)
        )
        effort = phrases_of(component).text(Cue(kind=CueKind.EFFORT_AFTER))
        await parts.until_said("mpd", effort, asking.at)
        await anna.rate("pain_now", 1)
        await anna.rate("effort", 4)
        idle = await anna.until_session(watch, "idle", asking.at)
        await asyncio.sleep(COMMIT_S)
    after = await parts.ask_player("status")
    over = time.monotonic()
    urls = [
        each.attributes.get("media_content_id", "")
        for each in watch.of(parts.mpd, begin)
    ]
    rows = state_rows(config)
    return Played(
        watch=watch,
        begin=begin,
        over=idle.at,
        timetables=timetables(component, parts),
        heard=await parts.heard("mpd", begin, over),
        urls=[*dict.fromkeys(url for url in urls if "/track/" in url)],
        answers=answers,
        volumes=(int(during["volume"]), int(after["volume"])),
        rows={
            entity: count - before.get(entity, 0)
            for entity, count in rows.items()
            if count > before.get(entity, 0)
        },
    )


async def ask(parts: Parts, url: str, part: str | None = None) -> Answer:
    """Ask for a track, or a part of it, as a speaker does: without logging in."""
    headers = {"Authorization": ""} | ({"Range": part} if part else {})
    async with parts.home.session.get(url, headers=headers) as answer:
        return Answer(
            status=answer.status,
            length=len(await answer.read()),
            range=answer.headers.get("Content-Range", ""),
        )


async def test_every_phrase_is_heard_once_and_in_order(
    played: Played, component: Path
) -> None:
    farewell = phrases_of(component).text(Cue(kind=CueKind.FAREWELL))

    assert [each.text for each in played.heard] == [*played.texts, farewell]


async def test_every_phrase_is_heard_whole(played: Played) -> None:
    assert cut(played.heard) == []


async def test_no_phrase_begins_before_the_one_before_is_over(played: Played) -> None:
    assert overlapping(played.heard) == []


async def test_every_phrase_is_heard_when_it_is_due_within_its_track(
    parts: Parts, played: Played
) -> None:
    late = {
        f"{due.text} at {due.at:.1f} s": error
        for timetable, heard in zip(played.timetables, played.tracks, strict=True)
        for due, error in zip(
            timetable.dues, errors_s(timetable.dues, heard), strict=True
        )
        if abs(error) > ON_TIME_S + stalled(parts, heard)
    }

    assert late == {}


async def test_tracks_follow_each_other_without_a_gap(
    parts: Parts, played: Played
) -> None:
    gaps = []
    for number, (before, after) in enumerate(
        zip(played.tracks, played.tracks[1:], strict=False)
    ):
        timetable, following = played.timetables[number : number + 2]
        first, second = before[0], after[0]
        assert first
        assert second
        over = first.on - timetable.dues[0].at + timetable.length
        gaps.append(second.on - following.dues[0].at - over)

    allowed = BETWEEN_TRACKS_S + sum(parts.stalls_s(played.begin, played.over))
    assert [gap for gap in gaps if not 0 <= gap <= allowed] == []


async def test_the_session_is_shown_from_its_start_to_its_end(
    anna: Person, played: Played
) -> None:
    states = shown(played, anna.entities["session"])

    assert states[0] == "preparing"
    assert states[-2:] == ["asking", "idle"]
    assert set(states) == {"preparing", "running", "asking", "idle"}


async def test_each_exercise_is_shown_in_its_turn(anna: Person, played: Played) -> None:
    exercises = shown(played, anna.entities["exercise"])

    told = [each for each in exercises if each != "unknown"]
    assert [*dict.fromkeys(told)] == [*EXERCISES]
    assert exercises[-1] == "unknown"


async def test_the_progress_only_grows(anna: Person, played: Played) -> None:
    states = shown(played, anna.entities["progress"])

    numbers = [int(state) for state in states if state != "unknown"]
    assert numbers == sorted(numbers)
    assert numbers[0] == 0
    assert numbers[-1] >= 90
    assert states[-1] == "unknown"


async def test_what_is_shown_is_what_is_heard(
    anna: Person, parts: Parts, played: Played
) -> None:
    """The end of each step is told as the moment at which the next one is heard."""
    ends = [
        datetime.fromisoformat(each.state).timestamp() - each.clock + each.at
        for each in played.watch.of(anna.entities["step_ends"], played.begin)
        if each.state not in ("unknown", "unavailable")
    ]
    allowed = SHOWN_S + sum(parts.stalls_s(played.begin, played.over))
    off = {}
    for timetable, heard in zip(played.timetables, played.tracks, strict=True):
        assert heard[0]
        zero = heard[0].on - timetable.dues[0].at
        for step in timetable.timeline.steps[:-1]:
            end = zero + step.end.total_seconds()
            # the state has whole seconds
            errors = sorted((told - end for told in ends), key=abs)
            off[f"{step.step.exercise} {step.step.kind}"] = errors[0]

    assert {
        step: error
        for step, error in off.items()
        if not -1 - allowed <= error <= allowed
    } == {}


async def test_the_volume_is_set_for_the_session_and_put_back(
    played: Played,
) -> None:
    assert played.volumes == (VOLUME, VOLUME_BEFORE)


async def test_the_recorder_writes_few_rows(anna: Person, played: Played) -> None:
    own = {
        entity: count
        for entity, count in played.rows.items()
        if entity in anna.entities.values()
    }
    steps = sum(len(each.timeline.steps) for each in played.timetables)

    assert sum(own.values()) <= ROWS, played.rows
    assert max(own.values()) <= 2 * steps, played.rows


async def test_a_speaker_may_fetch_any_part_of_a_track(played: Played) -> None:
    timetable = played.timetables[1]
    size = WAV_HEADER + 2 * (round(LEAD_IN_S * RATE) + round(timetable.length * RATE))

    assert played.answers == [
        Answer(status=200, length=size, range=""),
        Answer(status=206, length=100, range=f"bytes 0-99/{size}"),
        Answer(
            status=206,
            length=size - 100000,
            range=f"bytes 100000-{size - 1}/{size}",
        ),
        Answer(status=206, length=1000, range=f"bytes {size - 1000}-{size - 1}/{size}"),
    ]


async def test_nothing_of_the_tracks_is_left(parts: Parts, played: Played) -> None:
    folder = parts.house.config / ".cache" / "back_exercise"
    # the last words come after the last question
    assert len(played.urls) == len(played.timetables) + 1

    assert [*folder.glob("*")] == []
    assert [(await ask(parts, url)).status for url in played.urls] == [404] * len(
        played.urls
    )


def shown(played: Played, entity: str) -> list[str]:
    """Return what an entity was from the start on, each change of it once."""
    changes: list[Change] = played.watch.of(entity, played.begin)
    states: list[str] = []
    for change in changes:
        if states[-1:] != [change.state]:
            states.append(change.state)
    return states


def stalled(parts: Parts, heard: list[Heard | None]) -> float:
    """Return for how long the machine stood still while a track was heard."""
    hits = [each for each in heard if each]
    return sum(parts.stalls_s(hits[0].on, hits[-1].off)) if hits else 0.0
