"""Somebody with reminders: looks at the agenda and records what comes of it."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from custom_components.back_exercise.engine.agenda import (
    Agenda,
    look,
    refused,
    skipped,
    snoozed,
)
from custom_components.back_exercise.engine.diary import (
    KINDS,
    Context,
    Entry,
    Kind,
    Outcome,
    Payload,
    Rating,
    Reminded,
    ReminderReason,
    SessionEnded,
    SessionKind,
    SessionStarted,
)
from custom_components.back_exercise.engine.occasions import Reminder, Weekly, Wishes
from custom_components.back_exercise.engine.reminded import NEEDED, horizon
from custom_components.back_exercise.engine.situation import Situation, Unanswered

MONDAY: Final = datetime(2027, 6, 7, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


def moment(clock: str, day: int = 0) -> datetime:
    """Return a time of a day (UTC), counted from the Monday."""
    at = time.fromisoformat(clock)
    return datetime.combine((MONDAY + day * DAY).date(), at, tzinfo=UTC)


def weekly(at: time, days: Sequence[int] = range(7)) -> tuple[Weekly, ...]:
    """Return a time on some days of the week."""
    return tuple(Weekly(day=day, at=at) for day in days)


def reminder(at: str = "18:00", **more: Any) -> Reminder:
    """Return a daily reminder."""
    times = weekly(time.fromisoformat(at), more.pop("days", range(7)))
    usual: dict[str, Any] = {"id": "a", "times": times, "since": MONDAY}
    return Reminder(**usual | more)


class Household:
    """A person, their wishes and their diary; time only moves as it is told to."""

    def __init__(self, *reminders: Reminder, zone: str = "UTC", **wishes: Any) -> None:
        """Begin on a Monday at midnight, with nothing recorded."""
        wishes.setdefault("question_at", None)
        self.wishes = Wishes(reminders=reminders, **wishes)
        self.zone = zone
        self.now = MONDAY
        self.entries: list[Entry] = []
        self.home = True
        self.running = False
        self.barred: ReminderReason | None = None
        self.unanswered: Unanswered | None = None
        self.asked: list[tuple[str, datetime]] = []

    def add(self, *payloads: Payload) -> None:
        """Record something now."""
        for payload in payloads:
            self.entries.append(
                Entry(
                    id=f"e{len(self.entries)}",
                    kind=KINDS[type(payload)],
                    at=self.now,
                    zone=self.zone,
                    payload=payload,
                )
            )

    @property
    def situation(self) -> Situation:
        """How things are, with as many entries as are needed and no more."""
        reminded = [
            entry.at
            for entry in self.entries
            if entry.kind is Kind.REMINDER and entry.at <= self.now
        ]
        start = horizon(self.wishes, self.now, max(reminded, default=None))
        return Situation(
            now=self.now,
            zone=self.zone,
            entries=[
                each
                for each in self.entries
                if each.kind in NEEDED and each.at >= start
            ],
            unanswered=self.unanswered,
            home=self.home,
            running=self.running,
            barred=self.barred,
        )

    def look(self) -> Agenda:
        """Look at the agenda, record what is to be recorded, and ask what is new."""
        agenda = look(self.wishes, self.situation)
        self.add(*agenda.record)
        again = look(self.wishes, self.situation)
        assert again.record == ()
        assert (again.due is None) == (agenda.due is None)
        assert (again.question is None) == (agenda.question is None)
        assert again.next_at == agenda.next_at
        assert (again.day, again.open) == (agenda.day, agenda.open)
        if agenda.due and agenda.due.is_new:
            self.asked.append((agenda.due.occasion.reminder.id, self.now))
        return agenda

    def at(self, clock: str, day: int = 0) -> Agenda:
        """Look at a time of a day, UTC, counted from the Monday."""
        self.now = datetime.combine(
            (MONDAY + day * DAY).date(), time.fromisoformat(clock), tzinfo=UTC
        )
        return self.look()

    def until(self, end: datetime) -> Agenda:
        """Let time pass: look whenever the agenda wants it."""
        agenda = self.look()
        while agenda.next_at and agenda.next_at <= end:
            self.now = agenda.next_at
            agenda = self.look()
        self.now = end
        return agenda

    def snooze(self) -> Agenda:
        """Ask for it in 15 minutes."""
        due = self.look().due
        assert due is not None
        self.add(snoozed(due, self.now))
        return self.look()

    def refuse(self, *, is_absent: bool = False) -> Agenda:
        """Refuse that a session starts by itself."""
        due = self.look().due
        assert due is not None
        self.add(refused(due, is_absent=is_absent))
        return self.look()

    def skip(self) -> Agenda:
        """Skip the day."""
        self.add(*skipped(self.look()))
        return self.look()

    def start(self) -> Agenda:
        """Start a session."""
        self.running = True
        self.add(
            SessionStarted(
                routine="beginner",
                kind=SessionKind.NORMAL,
                pain_before=1,
                prescriptions=(),
            )
        )
        return self.look()

    def end(
        self, outcome: Outcome = Outcome.COMPLETED, after: timedelta = 15 * MINUTE
    ) -> Agenda:
        """End it some time later."""
        self.now += after
        self.running = False
        self.add(SessionEnded(outcome=outcome))
        return self.look()

    def answer(self) -> None:
        """Answer the question of the day after."""
        self.add(Rating(value=1, context=Context.NEXT_DAY))
        self.unanswered = None

    @property
    def told(self) -> list[tuple[str, ...]]:
        """What is recorded of reminders: id, day, time (UTC), outcome, reason."""
        return [
            (
                entry.payload.reminder,
                entry.payload.day.strftime("%a"),
                entry.at.strftime("%H:%M"),
                entry.payload.outcome.value,
                *([entry.payload.reason.value] if entry.payload.reason else []),
            )
            for entry in self.entries
            if isinstance(entry.payload, Reminded)
        ]

    @property
    def story(self) -> list[tuple[str, ...]]:
        """What is recorded, without whose and of which day it is."""
        return [each[2:] for each in self.told]
