"""What a number that somebody gives is a rating of."""

from datetime import datetime

from .engine.context import ContextRefused, check_context, context_at
from .engine.diary import Context, Measure, Rating
from .engine.programme import Programme
from .engine.session import Session
from .refusal import refusal

_OF_SESSION = (Context.BEFORE, Context.DURING, Context.AFTER)


def ratings_of(  # noqa: PLR0913  # all that may be said of a rating
    programme: Programme,
    session: Session | None,
    *,
    pain: int | None,
    effort: int | None,
    exercise: str | None,
    context: Context | None,
    at: datetime,
    now: datetime,
    zone: str,
) -> tuple[Rating, ...]:
    """Return the ratings that are to be recorded of pain and effort, 0 to 10.

    What they are of follows from the moment, where it is not said: `session` is
    the one that is going on then; at its gate, what is of the next day of the one
    before is recalled. Raises ServiceValidationError, translated, where nothing is
    rated, or where it is said to be of what it can't be of.
    """
    if pain is None and effort is None:
        raise refusal("nothing_rated")
    given = {
        measure: value
        for measure, value in ((Measure.PAIN, pain), (Measure.EFFORT, effort))
        if value is not None
    }
    recalled = False
    if session and context in (None, *_OF_SESSION):
        context, exercise = _in_session(session, context, exercise)
        if effort is not None and context in (Context.BEFORE, Context.NEXT_DAY):
            raise refusal("rating_effort")
        recalled = context is Context.NEXT_DAY
    elif exercise is not None:
        raise refusal("rating_exercise")
    else:
        try:
            context = context or context_at(programme, at, zone, next(iter(given)))
            for measure, value in given.items():
                recalled = check_context(
                    programme,
                    context,
                    at,
                    now=now,
                    value=value,
                    measure=measure,
                    at_gate=session is not None,
                )
        except ContextRefused as err:
            raise refusal(f"rating_{err.reason}") from err
    return tuple(
        Rating(
            value=value,
            context=context,
            measure=measure,
            exercise=exercise,
            recalled=recalled,
        )
        for measure, value in given.items()
    )


def _in_session(
    session: Session, context: Context | None, exercise: str | None
) -> tuple[Context, str | None]:
    """Return what a rating is of while a session is going on."""
    now, present = session.rating_of
    if exercise is not None:
        met = [each.exercise.id for each in session.plan.prescriptions]
        if exercise not in met:
            raise refusal("rating_exercise")
        return Context.DURING, exercise
    if context in (None, now):
        return now, present
    return context or now, None
