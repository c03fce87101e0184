"""Knows what hurt in a session, and what the rules make of it."""

from collections.abc import Iterable, Mapping

from .decision import Decision, Outcome
from .rules.in_session import MomentFacts, judge
from .settings import Settings


class Pains:
    """The pain of one session, 0 to 10, and the exercises that were stopped for it."""

    def __init__(
        self,
        settings: Settings,
        before: int | None,
        worst: Mapping[str, int] | None = None,
        stopped: Iterable[str] = (),
    ) -> None:
        """Judge by some settings, against the pain before the session."""
        self.settings = settings
        self.before = before
        self.worst = dict(worst or {})
        """The worst of each exercise that was rated."""
        self.stopped = list(stopped)
        """In the order in which they were stopped; they are not met again."""

    def rate(self, exercise: str, pain: int) -> tuple[Decision, ...]:
        """Take a rating of an exercise; return what it leads to, the gravest first."""
        self.worst[exercise] = max(pain, self.worst.get(exercise, pain))
        return self._judge(exercise)

    def rate_closing(self, pain: int) -> tuple[Decision, ...]:
        """Return what the last rating leads to: nothing, or the words of I-4."""
        decisions = judge(
            MomentFacts(settings=self.settings, pain_before=self.before, pain=pain)
        )
        return tuple(d for d in decisions if d.outcome is Outcome.END_SESSION)

    def take_sharp(self, exercise: str | None) -> tuple[Decision, ...]:
        """Return what sharp pain leads to, the gravest first."""
        return self._judge(exercise, sharp=True)

    def stop(self, exercise: str) -> None:
        """Remember that an exercise was stopped for pain."""
        if exercise not in self.stopped:
            self.stopped.append(exercise)

    def _judge(
        self, exercise: str | None, *, sharp: bool = False
    ) -> tuple[Decision, ...]:
        return judge(
            MomentFacts(
                settings=self.settings,
                exercise=exercise,
                pain_before=self.before,
                pain=self.worst.get(exercise) if exercise else None,
                sharp=sharp,
                stopped=len({*self.stopped} - {exercise}),
            )
        )
