"""A reminder is spoken at its minute, can wait, starts a session, and is remembered.

Two persons, each with a speaker of their own: Fred is reminded, and answers by the
action and by his phone; Gina's sessions start by themselves.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
import re
import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from custom_components.back_exercise.engine.cues import Cue, CueKind
from demo.home import Home, Json

from .conftest import SNOOZE
from .hearing import Heard
from .parts import Parts
from .person import Change, Person, Watch, add_person, watching
from .phone import Phone, Sent, connected
from .score import cut, overlapping, phrases_of

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
AHEAD = timedelta(seconds=20)
"""A reminder is set so far ahead at least, and at most a minute further."""
COUNTDOWN_S = 15.0
SPOKEN_WITHIN_S = 3.0
"""From its moment to the first word of a reminder: the phrase is made anew."""
TAKEN_WITHIN_S = 1.0
"""From an answer until it is seen."""
BUTTONS = {"Start", "In 15 minutes", "Skip today"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was heard and seen of a reminder, and what the diary tells of it."""

    person: Person
    watch: Watch
    phone: Phone
    due_at: float
    """When it was to be, by the monotonic clock, as every moment here."""
    heard: list[Heard]
    notifications: list[Sent]
    diary: list[Json]
    """From the first entry to the last."""

    @property
    def texts(self) -> list[str]:
        """What was said, in order."""
        return [each.text for each in self.heard]

    @property
    def outcomes(self) -> list[tuple[str, str | None, str]]:
        """What became of the reminder, why, and by which way, in order."""
        return [
            (each["data"]["outcome"], each["data"]["reason"], each["source"])
            for each in self.diary
            if each["kind"] == "reminder"
        ]

    @property
    def of_reminder(self) -> list[Sent]:
        """The notifications about the reminder; a session asks by others."""
        return [
            each for each in self.notifications if each.tag == self.notifications[0].tag
        ]

    def changes(self, key: str) -> list[Change]:
        """Return what an entity was, from the moment of the reminder on."""
        return self.watch.of(self.person.entities[key], self.due_at - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snoozed(Told):
    """A reminder that was snoozed, and then started from a phone."""

    answer: Json
    """What the action to snooze answered."""
    snoozed_at: float
    again_at: float
    """When it is due for the second time."""
    pressed_old_at: float
    state_after_old: str
    pressed_at: float
    asking_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Started(Told):
    """A session that started by itself."""

    begun_at: float


@pytest.fixture(scope="module")
async def phones(parts: Parts) -> AsyncIterator[tuple[Phone, Phone]]:
    """Have the phones of Fred and Gina connected."""
    async with (
        connected(parts.home, "fred") as fred,
        connected(parts.home, "gina") as gina,
    ):
        yield fred, gina


async def person_with(parts: Parts, name: str, speaker: str, phone: Phone) -> Person:
    """Set up a person who is reminded on a phone too."""
    person = await add_person(parts, name, [speaker])
    await parts.home.set_options(
        person.entry_id,
        {
            "init": {"next_step_id": "reminders"},
            "reminders": {"notify": [phone.target]},
        },
    )
    return person


async def soon(home: Home) -> datetime:
    """Return the next full minute that is far enough ahead, where the home is."""
    zone = ZoneInfo((await home.ask("get_config"))["time_zone"])
    earliest = datetime.now(zone) + AHEAD + timedelta(minutes=1)
    return earliest.replace(second=0, microsecond=0)


def moment_of(at: datetime) -> float:
    """Return a moment by the monotonic clock."""
    return at.timestamp() - time.time() + time.monotonic()


async def wait_until(at: float) -> None:
    """Wait until a moment of the monotonic clock."""
    await asyncio.sleep(max(0.0, at - time.monotonic()))


async def add_reminder(parts: Parts, person: Person, at: datetime, what: str) -> None:
    """Add a reminder by its flow; return once its entities are there."""
    known = await parts.home.entities("back_exercise")
    await parts.home.add_subentry(
        person.entry_id,
        "reminder",
        {
            "user": {
                "name": "Daily",
                "days": DAYS,
                "time": f"{at:%H:%M:%S}",
                "what": what,
                "routine": "programme",
                "at_home": True,
            }
        },
    )
    async with asyncio.timeout(15):
        while len(now := await parts.home.entities("back_exercise")) <= len(known):
            await asyncio.sleep(0.1)
    for unique_id in now.keys() - known.keys():
        person.entities[unique_id.rpartition("_")[2]] = now[unique_id]
    await parts.home.until(person.entities["session"], "idle")


async def diary_of(person: Person) -> list[Json]:
    """Return all of a person's diary, from the first entry on."""
    answer = await person.perform("get_diary", {"limit": 1000})
    return [*reversed(answer["entries"])]


@pytest.fixture(scope="module")
async def both(
    parts: Parts, phones: tuple[Phone, Phone], said: Any
) -> tuple[Snoozed, Started]:
    """Have both reminded at the same time."""
    fred = await person_with(parts, "Fred", parts.mpd, phones[0])
    gina = await person_with(parts, "Gina", parts.kitchen, phones[1])
    far = await soon(parts.home) + timedelta(hours=2)
    await add_reminder(parts, gina, far, "start")
    at = await soon(parts.home)
    await add_reminder(parts, fred, at, "remind")
    return await asyncio.gather(
        snooze_and_start(parts, fred, phones[0], at, said),
        be_started(parts, gina, phones[1], said),
    )


@pytest.fixture(scope="module")
def snoozed(both: tuple[Snoozed, Started]) -> Snoozed:
    """Return what became of Fred's reminder."""
    return both[0]


@pytest.fixture(scope="module")
def started(both: tuple[Snoozed, Started]) -> Started:
    """Return what became of Gina's."""
    return both[1]


async def snooze_and_start(
    parts: Parts, fred: Person, phone: Phone, at: datetime, said: Any
) -> Snoozed:
    """Be reminded, snooze, be reminded again, start from the phone and finish."""
    due_at = moment_of(at)
    async with watching(parts.home) as watch:
        await wait_until(due_at - 1)
        first = await phone.until_sent(due_at - 1)
        await parts.until_quiet("mpd", timedelta(seconds=3))

        snoozed_at = time.monotonic()
        answer = await fred.perform("snooze")
        await phone.until_cleared(snoozed_at)
        again_at = moment_of(datetime.fromisoformat(answer["snoozed_until"]))
        # of a notification that may still be seen somewhere
        pressed_old_at = await phone.press(first.buttons["Start"])

        second = await phone.until_sent(again_at - 1, within_s=60)
        state = (await parts.home.state(fred.entities["session"]))["state"]
        await parts.until_quiet("mpd", timedelta(seconds=3))

        pressed_at = await phone.press(second.buttons["Start"])
        asking = await fred.until_session(watch, "asking", pressed_at)
        await parts.until_said("mpd", said(CueKind.PAIN_BEFORE), pressed_at)
        answered_at = await fred.rate("pain_now", 1)
        closing = await fred.until_session(
            watch, "asking", answered_at + 1, within=timedelta(minutes=5)
        )
        await parts.until_said("mpd", said(CueKind.EFFORT_AFTER), closing.at)
        await fred.rate("pain_now", 1)
        over_at = await fred.rate("effort", 4)
        await fred.until_session(watch, "idle", over_at)
        await parts.until_quiet("mpd", timedelta(seconds=4))
    return Snoozed(
        person=fred,
        watch=watch,
        phone=phone,
        due_at=due_at,
        heard=await parts.heard("mpd", due_at - 5),
        notifications=[*phone.sent],
        diary=await diary_of(fred),
        answer=answer,
        snoozed_at=snoozed_at,
        again_at=again_at,
        pressed_old_at=pressed_old_at,
        state_after_old=state,
        pressed_at=pressed_at,
        asking_at=asking.at,
    )


async def be_started(parts: Parts, gina: Person, phone: Phone, said: Any) -> Started:
    """Let a session start by itself at a time that is set by its entity."""
    at = await soon(parts.home)
    await parts.home.act(
        "time.set_value",
        {"time": f"{at:%H:%M:%S}"},
        {"entity_id": gina.entities["time"]},
    )
    due_at = moment_of(at)
    async with watching(parts.home) as watch:
        await wait_until(due_at - 1)
        begun = await watch.until(
            gina.entities["session"],
            lambda change: change.state != "idle",
            since=due_at - 1,
            within=timedelta(seconds=40),
        )
        await gina.until_session(watch, "asking", begun.at)
        await parts.until_said("kitchen", said(CueKind.PAIN_BEFORE), begun.at)
        answered_at = await gina.rate("pain_now", 1)
        await gina.until_session(watch, "running", answered_at)
        stopped_at = await gina.press("stop")
        await gina.until_session(watch, "idle", stopped_at)
        await parts.until_quiet("kitchen", timedelta(seconds=3))
    return Started(
        person=gina,
        watch=watch,
        phone=phone,
        due_at=due_at,
        heard=await parts.heard("kitchen", due_at - 5),
        notifications=[*phone.sent],
        diary=await diary_of(gina),
        begun_at=begun.at,
    )


@pytest.fixture(scope="module")
def said(component: Path) -> Any:
    """Return what gives the words of a cue."""
    phrases = phrases_of(component)
    return lambda kind, **more: phrases.text(Cue(kind=kind, **more))


async def test_a_reminder_is_spoken_at_its_minute(
    parts: Parts, snoozed: Snoozed, said: Any
) -> None:
    first = snoozed.heard[0]

    assert first.text == said(CueKind.REMINDER)
    assert first.whole
    late = first.on - snoozed.due_at
    stalls = sum(parts.stalls_s(snoozed.due_at, first.off))
    assert 0 <= late <= SPOKEN_WITHIN_S + stalls


async def test_a_snoozed_reminder_is_spoken_again_when_it_said_it_would_be(
    parts: Parts, snoozed: Snoozed, said: Any
) -> None:
    _, second, *rest = snoozed.heard

    assert snoozed.answer["due"] is False
    assert SNOOZE.total_seconds() == pytest.approx(
        snoozed.again_at - snoozed.snoozed_at, abs=TAKEN_WITHIN_S
    )
    assert second.text == said(CueKind.REMINDER)
    assert second.whole
    late = second.on - snoozed.again_at
    stalls = sum(parts.stalls_s(snoozed.again_at, second.off))
    assert 0 <= late <= SPOKEN_WITHIN_S + stalls
    assert said(CueKind.REMINDER) not in [each.text for each in rest]


async def test_its_notification_is_replaced_and_gone_once_it_is_answered(
    snoozed: Snoozed,
) -> None:
    kinds = [each.is_clearing for each in snoozed.of_reminder]
    first, taken_back, second, *cleared = snoozed.of_reminder

    assert kinds[:3] == [False, True, False]
    assert cleared
    assert all(each.is_clearing for each in cleared)
    assert first.message == second.message
    assert set(first.buttons) == set(second.buttons) == BUTTONS
    assert not set(first.buttons.values()) & set(second.buttons.values())
    assert taken_back.at - snoozed.snoozed_at <= TAKEN_WITHIN_S
    assert snoozed.phone.shown == {}


async def test_a_button_of_a_notification_that_was_answered_does_nothing(
    snoozed: Snoozed,
) -> None:
    states = [
        each.state
        for each in snoozed.changes("session")
        if snoozed.pressed_old_at <= each.at < snoozed.pressed_at
    ]

    assert set(states) <= {"idle"}
    assert snoozed.state_after_old == "idle"


async def test_the_button_to_start_starts_a_session_that_asks_and_plays(
    snoozed: Snoozed, said: Any
) -> None:
    _, _, question, *session = snoozed.heard

    assert question.text == said(CueKind.PAIN_BEFORE)
    assert question.on >= snoozed.pressed_at
    assert session[0].text.startswith("Welcome.")
    assert said(CueKind.CLOSING) in snoozed.texts
    assert snoozed.texts[-1] == said(CueKind.FAREWELL_TOMORROW)
    assert cut(snoozed.heard) == []
    assert overlapping(snoozed.heard) == []


async def test_the_diary_tells_the_story_of_a_reminder(snoozed: Snoozed) -> None:
    assert snoozed.outcomes == [
        ("due", None, "reminder"),
        ("snoozed", None, "action"),
        ("due", None, "reminder"),
        ("done", None, "reminder"),
    ]
    told = [each["kind"] for each in snoozed.diary]
    assert told.index("session_started") > told.index("reminder")
    begun = next(each for each in snoozed.diary if each["kind"] == "session_started")
    assert begun["source"] == "notification"
    ended = [each for each in snoozed.diary if each["kind"] == "session_ended"]
    assert [each["data"]["outcome"] for each in ended] == ["completed"]


async def test_it_is_shown_as_due_only_while_it_is(snoozed: Snoozed) -> None:
    states = [each.state for each in snoozed.changes("due")]
    once = [
        state
        for before, state in zip(["", *states], states, strict=False)
        if state != before
    ]

    assert once == ["on", "off", "on", "off"]


async def test_a_session_starts_by_itself_after_the_spoken_countdown(
    parts: Parts, started: Started, said: Any
) -> None:
    announced, *counts = started.heard[:6]

    assert announced.text == said(CueKind.COUNTDOWN, seconds=15)
    assert [each.text for each in counts] == [
        said(CueKind.COUNT_IN, number=number, turn=1) for number in range(5, 0, -1)
    ]
    assert cut(started.heard[:6]) == []
    late = announced.on - started.due_at
    stalls = sum(parts.stalls_s(started.due_at, started.begun_at))
    assert 0 <= late <= SPOKEN_WITHIN_S + stalls
    # the number is the last thing that is said, so it is true as it is heard
    begun = started.begun_at - announced.off
    assert begun == pytest.approx(COUNTDOWN_S, abs=TAKEN_WITHIN_S + stalls)


async def test_the_last_second_is_counted_before_the_session_begins(
    started: Started, said: Any
) -> None:
    *_, last, question = started.heard[:7]

    assert question.text == said(CueKind.PAIN_BEFORE)
    assert last.off <= question.on
    assert last.off <= started.begun_at + TAKEN_WITHIN_S


async def test_the_notification_of_a_start_is_gone_once_it_has_begun(
    started: Started,
) -> None:
    first, *cleared = started.of_reminder

    assert set(first.buttons) == BUTTONS
    assert cleared
    assert all(each.is_clearing for each in cleared)
    assert started.phone.shown == {}


async def test_the_diary_tells_of_the_session_that_started_by_itself(
    started: Started,
) -> None:
    assert started.outcomes == [
        ("due", None, "reminder"),
        ("done", "partly", "reminder"),
    ]
    begun = next(each for each in started.diary if each["kind"] == "session_started")
    assert begun["source"] == "reminder"


async def test_no_notification_says_a_number_of_pain_or_a_symptom(
    snoozed: Snoozed, started: Started
) -> None:
    texts = [
        text
        for each in (*snoozed.notifications, *started.notifications)
        for text in (each.title or "", each.message)
    ]

    assert [each for each in texts if re.search(r"\d|pain|hurt|sore", each)] == []
