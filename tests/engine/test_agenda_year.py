"""Whatever happens in a year, nobody is asked too often, and no day is lost.

Many more years: script/test tests/engine/test_agenda_year.py --timeout=0
--hypothesis-profile=long
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import Enum, auto
from typing import Final, override

from hypothesis import given, settings, strategies as st

from custom_components.back_exercise.engine.agenda import Agenda
from custom_components.back_exercise.engine.course import day_of
from custom_components.back_exercise.engine.diary import (
    Entry,
    Outcome,
    Reminded,
    ReminderOutcome,
    ReminderReason,
)
from custom_components.back_exercise.engine.occasions import (
    QuietHours,
    Reminder,
    ReminderMode,
    Wishes,
    planned,
)
from custom_components.back_exercise.engine.reminded import ENDINGS, NEXT_DAY, Key
from custom_components.back_exercise.engine.situation import Unanswered
from custom_components.back_exercise.engine.verdict import SNOOZES

from .reminding import DAY, HOUR, MINUTE, MONDAY, Household, weekly

SETTLES: Final = 8 * HOUR
"""So long after its time every reminder is over, snoozes and a session included."""


class What(Enum):
    """What can happen."""

    NOTHING = auto()
    DOWN = auto()
    """Nobody looks for the time before it."""
    SNOOZE = auto()
    REFUSE = auto()
    LEAVE = auto()
    """The person leaves while a session is about to start by itself."""
    SKIP = auto()
    START = auto()
    """A session in answer to a reminder."""
    BY_HAND = auto()
    """A session at any time."""
    ANSWER = auto()
    HOME = auto()
    """Comes home, or leaves it."""
    LOCK = auto()
    PAIN = auto()
    CHANGE = auto()
    TRAVEL = auto()
    STEP = auto()


@dataclass(frozen=True)
class Happening:
    """Something that happens some time after what was before."""

    what: What
    after: timedelta
    number: int
    """Decides what is left open."""


class Witness(Household):
    """Looks, and sees that nobody is ever asked who must not be."""

    def __init__(self, wishes: Wishes, zone: str) -> None:
        """Begin on a Monday with nothing recorded."""
        super().__init__(zone=zone)
        self.wishes = wishes
        self.completed: list[tuple[datetime, str]] = []
        self.ended: list[datetime] = []
        self.asks: Counter[tuple[str, Key, datetime]] = Counter()
        self.zones = {zone}
        self.forms = {each.id: [each] for each in wishes.reminders}
        self.has_stepped = False

    @override
    def look(self) -> Agenda:
        agenda = super().look()
        quiet = self.wishes.quiet
        is_quiet = quiet is not None and quiet.cover(self.now, self.zone)
        due, question = agenda.due, agenda.question
        if due is not None:
            assert not is_quiet
            assert not self.running
            assert self.barred is None
            assert due.occasion.reminder in self.wishes.reminders
            assert due.occasion.reminder.enabled
            assert due.at <= self.now < due.until
            assert not self.is_done_today
        if due is not None and due.is_new:
            reminder = due.occasion.reminder
            assert self.home or not reminder.must_be_home
            key = (reminder.id, due.occasion.day)
            self.asks[reminder.id, key, reminder.since] += 1
            snoozes = SNOOZES - due.snoozes_left
            assert self.asks[reminder.id, key, reminder.since] <= 1 + snoozes
            assert snoozes <= SNOOZES
        if question is not None:
            assert not is_quiet
            assert not self.running
            assert self.barred is not ReminderReason.LOCKED
            assert self.unanswered is not None
        if question is not None and question.is_new and not self.has_stepped:
            assert self.unanswered is not None
            hours = (self.now - self.unanswered.ended) / HOUR
            assert 12 <= hours < 36
        assert agenda.next_at is None or agenda.next_at > self.now
        if agenda.next_session is not None:
            assert agenda.next_session > self.now
        return agenda

    @property
    def is_done_today(self) -> bool:
        """Whether a session was completed today."""
        today = day_of(self.now, self.zone)
        return any(
            day_of(ended, where) == today
            for ended, zone in self.completed
            for where in (zone, self.zone)
            if ended <= self.now
        )

    def wait_for_due(self) -> Agenda:
        """Let two days pass, at most, until somebody is asked."""
        end = self.now + 2 * DAY
        agenda = self.look()
        while not agenda.due and agenda.next_at and agenda.next_at <= end:
            self.now = agenda.next_at
            agenda = self.look()
        return agenda

    def happen(self, happening: Happening) -> None:
        """Let something happen."""
        after, number = happening.after, happening.number
        if happening.what is What.DOWN:
            self.now += after
            self.look()
        else:
            self.until(self.now + after)
        match happening.what:
            case What.NOTHING | What.DOWN:
                pass
            case What.HOME:
                self.home = not self.home
            case What.LOCK:
                self.barred = None if self.barred else ReminderReason.LOCKED
            case What.PAIN:
                self.barred = self.barred or ReminderReason.NOT_TODAY
                self.until(self.now + HOUR * (number % 12))
                self.barred = None
            case What.BY_HAND:
                self.session(number)
            case What.TRAVEL | What.STEP | What.CHANGE:
                self.turn_things_over(happening)
            case _:
                self.react(happening)
        self.look()

    def turn_things_over(self, happening: Happening) -> None:
        """Change the time zone, the clock or a reminder."""
        number = happening.number
        match happening.what:
            case What.TRAVEL:
                self.zone = ZONES[number % len(ZONES)]
                self.zones.add(self.zone)
            case What.STEP:
                self.now += STEPS[number % len(STEPS)]
                self.has_stepped = True
            case _:
                self.change(number)

    def react(self, happening: Happening) -> None:
        """Answer the next reminder some minutes after it is asked."""
        if happening.what is What.ANSWER:
            self.answer()
            return
        agenda = self.wait_for_due()
        if agenda.due and self.now + happening.number % 50 * MINUTE < agenda.due.until:
            agenda = self.until(self.now + happening.number % 50 * MINUTE)
        if happening.what is What.SKIP:
            self.skip()
        if not agenda.due:
            return
        match happening.what:
            case What.SNOOZE:
                self.snooze_often(happening.number)
            case What.START:
                self.session(happening.number)
            case What.REFUSE:
                self.refuse()
            case What.LEAVE:
                self.home = False
                self.refuse(is_absent=True)
            case _:
                pass

    def snooze_often(self, number: int) -> None:
        """Snooze up to four times."""
        for _ in range(number % 5):
            if self.look().due:
                self.snooze()
                self.until(self.now + number % 40 * MINUTE)

    def session(self, number: int) -> None:
        """Do a session, if nothing bars it."""
        if self.barred:
            return
        self.unanswered = None
        begun = day_of(self.now, self.zone)
        self.start()
        end = self.now + (number % 40) * MINUTE
        self.until(end)
        outcome = list(Outcome)[number % len(Outcome)]
        if outcome is Outcome.COMPLETED:
            self.completed.append((end, self.zone))
        self.end(outcome, after=timedelta())
        self.unanswered = Unanswered(day=begun, ended=self.now)

    def change(self, number: int) -> None:
        """Change a reminder: its time, or whether it is on."""
        reminders = list(self.wishes.reminders)
        if not reminders:
            return
        index = number % len(reminders)
        at = time(number % 24, number % 60)
        new = replace(
            reminders[index],
            times=weekly(at),
            enabled=number % 3 > 0,
            since=self.now,
        )
        self.forms[new.id].append(new)
        reminders[index] = new
        self.wishes = replace(self.wishes, reminders=tuple(reminders))


ZONES: Final = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Tokyo",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Australia/Lord_Howe",
    "America/Nuuk",
    "Africa/Cairo",
)
STEPS: Final = tuple(
    timedelta(minutes=number) for number in (-1440, -181, -61, -7, 3, 59, 181, 1500)
)

TIMES: Final = st.sampled_from(
    [time(hour, minute) for hour in range(24) for minute in (0, 30)]
)


@st.composite
def all_wishes(draw: st.DrawFn) -> Wishes:
    """Draw what somebody wants to be reminded of."""
    reminders = [
        Reminder(
            id=f"r{number}",
            times=weekly(
                draw(TIMES), sorted(draw(st.sets(st.integers(0, 6), min_size=1)))
            ),
            since=MONDAY,
            mode=draw(st.sampled_from(ReminderMode)),
            must_be_home=draw(st.booleans()),
        )
        for number in range(draw(st.integers(1, 3)))
    ]
    quiet = draw(st.none() | st.builds(QuietHours, start=TIMES, end=TIMES))
    return Wishes(
        reminders=tuple(reminders),
        quiet=quiet,
        question_at=draw(st.none() | TIMES),
    )


GAPS: Final = st.one_of(
    st.integers(0, 90).map(lambda minutes: timedelta(minutes=minutes)),
    st.integers(0, 6 * 24).map(lambda hours: timedelta(hours=hours)),
)


def happenings(
    *but: What, least: int = 0, most: int = 40
) -> st.SearchStrategy[list[Happening]]:
    """Return what happens in some months, but nothing of some kinds."""
    kinds = [what for what in What if what not in but]
    each = st.builds(
        Happening,
        what=st.sampled_from(kinds),
        after=GAPS,
        number=st.integers(0, 1000),
    )
    return st.lists(each, min_size=least, max_size=most)


def lived(wishes: Wishes, zone: str, life: list[Happening]) -> Witness:
    """Return somebody to whom all of it has happened, and then some quiet days."""
    person = Witness(wishes, zone)
    person.look()
    for happening in life:
        person.happen(happening)
    person.until(person.now + 3 * DAY)
    return person


def endings(person: Witness) -> dict[Key, list[tuple[datetime, Reminded]]]:
    """Return what was recorded of each reminder and day, in order."""
    found: dict[Key, list[tuple[datetime, Reminded]]] = {}
    for entry in person.entries:
        match entry:
            case Entry(payload=Reminded() as told):
                found.setdefault((told.reminder, told.day), []).append((entry.at, told))
            case _:
                pass
    return found


def nothing_is_left_open(person: Witness) -> None:
    """See that all that was begun, and is over by now, came to an end."""
    for key, told in endings(person).items():
        last = told[-1][1]
        is_young = last.planned > person.now - SETTLES
        is_question = key[0] == NEXT_DAY and last.planned > person.now - 2 * DAY
        assert is_young or is_question or last.outcome in ENDINGS, key


def due_by(person: Witness) -> set[Key]:
    """Return the reminders and days that were planned and are over.

    With several time zones, those of which the time has come in each of them.
    """
    keys: list[set[Key]] = []
    for zone in person.zones:
        found: set[Key] = set()
        for forms in person.forms.values():
            ends = [*(each.since for each in forms[1:]), person.now - SETTLES]
            for form, end in zip(forms, ends, strict=True):
                begin = max(form.since, MONDAY + DAY)
                found |= {
                    (each.reminder.id, each.day)
                    for each in planned([form], zone, begin, end)
                }
        keys.append(found)
    return set.intersection(*keys)


def finals(person: Witness) -> Counter[Key]:
    """Return how many endings were recorded of each reminder and day."""
    return Counter(
        key
        for key, told in endings(person).items()
        for _, each in told
        if each.outcome in ENDINGS
    )


LIVES: Final = settings(max_examples=settings().max_examples // 2)
"""Each is some months, so there are fewer of them than elsewhere."""

YEARS: Final = settings(max_examples=settings().max_examples // 30)


@LIVES
@given(all_wishes(), st.sampled_from(ZONES), happenings(What.STEP, What.CHANGE))
def test_every_planned_day_ends_once_wherever_the_person_is(
    wishes: Wishes, zone: str, life: list[Happening]
) -> None:
    person = lived(wishes, zone, life)

    counted = finals(person)
    nothing_is_left_open(person)
    assert due_by(person) <= counted.keys()
    assert max(counted.values(), default=1) == 1


@LIVES
@given(all_wishes(), st.sampled_from(ZONES), happenings(What.STEP, What.TRAVEL))
def test_every_planned_day_ends_whatever_is_changed_about_it(
    wishes: Wishes, zone: str, life: list[Happening]
) -> None:
    person = lived(wishes, zone, life)

    nothing_is_left_open(person)
    assert due_by(person) <= finals(person).keys()


@LIVES
@given(all_wishes(), st.sampled_from(ZONES), happenings(What.CHANGE))
def test_every_planned_day_ends_whatever_the_clock_does(
    wishes: Wishes, zone: str, life: list[Happening]
) -> None:
    person = lived(wishes, zone, life)

    nothing_is_left_open(person)
    assert due_by(person) <= finals(person).keys()


@LIVES
@given(all_wishes(), st.sampled_from(ZONES), happenings())
def test_nobody_is_asked_who_must_not_be_whatever_happens(
    wishes: Wishes, zone: str, life: list[Happening]
) -> None:
    nothing_is_left_open(lived(wishes, zone, life))


@YEARS
@given(
    all_wishes(),
    st.sampled_from(ZONES),
    happenings(What.STEP, What.CHANGE, least=120, most=150),
)
def test_in_a_full_year_every_planned_day_ends_once(
    wishes: Wishes, zone: str, life: list[Happening]
) -> None:
    person = lived(wishes, zone, life)

    counted = finals(person)
    nothing_is_left_open(person)
    assert due_by(person) <= counted.keys()
    assert max(counted.values(), default=1) == 1


@YEARS
@given(all_wishes(), st.sampled_from(ZONES))
def test_a_year_without_anything_is_missed_day_by_day(
    wishes: Wishes, zone: str
) -> None:
    person = Witness(wishes, zone)
    person.until(MONDAY + 365 * DAY)

    counted = finals(person)
    assert due_by(person) <= counted.keys()
    assert max(counted.values(), default=1) == 1
    assert {
        told.outcome
        for told in (each[-1][1] for each in endings(person).values())
        if told.planned < person.now - SETTLES
    } <= {ReminderOutcome.MISSED, ReminderOutcome.NOT_PLANNED}
