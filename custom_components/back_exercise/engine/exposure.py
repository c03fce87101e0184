"""What one session's turn at an exercise came to (4.1)."""

from datetime import timedelta
from typing import Final

from .diary import ExerciseDone, SessionKind
from .programme import Exposure, Record, Standing
from .settings import Settings

MOST: Final = 0.8
"""From this share of what was planned on, an exercise was done."""

HARD: Final = 8
"""From this effort on, an exercise was too hard (D-3)."""

START_AND_END: Final = "start_and_end"


def merged(first: ExerciseDone, second: ExerciseDone) -> ExerciseDone:
    """Return two turns at an exercise in one session as one: the worse of both."""
    return ExerciseDone(
        exercise=second.exercise,
        form=second.form,
        index=min(first.index, second.index),
        planned=max(first.planned, second.planned),
        done=max(first.done, second.done),
        sharp=first.sharp or second.sharp,
        stopped_for_pain=first.stopped_for_pain or second.stopped_for_pain,
        too_hard=first.too_hard or second.too_hard,
        skipped=first.skipped and second.skipped,
        pain_peak=highest(first.pain_peak, second.pain_peak),
        effort=highest(first.effort, second.effort),
        hold_achieved=second.hold_achieved,
        modified=first.modified or second.modified,
    )


def highest(*ratings: int | None) -> int | None:
    """Return the highest of those that were given; None if none was."""
    return max((each for each in ratings if each is not None), default=None)


def was_tried(done: ExerciseDone) -> bool:
    """Return whether there was an exposure: skipping before beginning is none."""
    return bool(
        done.done
        or done.sharp
        or done.stopped_for_pain
        or done.too_hard
        or done.pain_peak is not None
    )


def rise_of(done: ExerciseDone, pain_before: int | None) -> int | None:
    """Return the rise against the session's first rating; None if one is unknown."""
    if done.pain_peak is None or pain_before is None:
        return None
    return done.pain_peak - pain_before


def was_stopped(done: ExerciseDone, record: Record) -> bool:
    """Return whether an exercise was, or had to be, stopped for pain (I-1, I-3)."""
    settings = record.settings
    rise = rise_of(done, record.pain_before)
    return (
        done.sharp
        or done.stopped_for_pain
        or (rise is not None and rise >= settings.rise_stop)
        or (done.pain_peak is not None and done.pain_peak >= settings.pain_stop)
    )


def expose(  # noqa: PLR0913, PLR0917  # the facts of 4.1
    name: str,
    done: ExerciseDone,
    record: Record,
    standing: Standing,
    settings: Settings,
    nd_rise: int | None,
) -> Exposure:
    """Return what a turn came to, the next day's answer included.

    `nd_rise` is None where the next day is unknown: then nothing is clean. Where
    an exercise has no rating of its own and the session asks only at its ends, the
    closing rating stands for it: it can ease and deny clean, but makes no mark for
    S-2 and P-2 (product.md 13).
    """
    stands_in = record.check_in == START_AND_END
    peak, effort = done.pain_peak, done.effort
    before = record.pain_before
    if stands_in and effort is None:
        effort = record.effort
    stood_in = stands_in and peak is None and record.pain_after is not None
    if stood_in:
        peak = highest(before, record.pain_after)
    rise = None if peak is None or before is None else peak - before
    amber = nd_rise is not None and nd_rise >= settings.nd_rise
    settled = nd_rise is not None and nd_rise <= 1 and not amber
    worse = (
        done.sharp
        or done.stopped_for_pain
        or (rise is not None and rise >= settings.rise_stop)
        or (peak is not None and peak >= settings.pain_stop)
        or (amber and rise is not None and rise >= 1)
    )
    marked = worse and not (stood_in and not done.sharp and not done.stopped_for_pain)
    prescribed = record.planned.get(name, (done.index, done.planned))
    planned = max(done.planned, prescribed[1])
    enough = done.done >= MOST * planned
    at_dose = min(done.index, prescribed[0]) >= standing.index
    known = rise is not None and effort is not None and nd_rise is not None
    return Exposure(
        worsening=marked,
        eases=worse,
        clean=(
            known
            and record.kind is SessionKind.NORMAL
            and done.done >= planned
            and at_dose
            and not done.sharp
            and not worse
            and not done.too_hard
            and not done.modified
            and rise is not None
            and rise <= 0
            and peak is not None
            and peak <= settings.clean_pain
            and effort is not None
            and effort <= settings.easy_effort
            and settled
        ),
        acceptable=(
            enough
            and at_dose
            and not done.sharp
            and not done.too_hard
            and rise is not None
            and rise <= 1
            and peak is not None
            and peak <= 5  # noqa: PLR2004  # 4.1
            and settled
        ),
        hard=(not enough and not worse) or (effort is not None and effort >= HARD),
        struggle=(
            not enough
            or worse
            or (effort is not None and effort >= settings.hard_effort)
        ),
        known=known,
    )


def counts(record: Record) -> bool:
    """Return whether at least half of the exercises reached half their dose (4.1)."""
    if not record.planned:
        return False
    reached = 0
    for name, (_, planned) in record.planned.items():
        done = record.done.get(name)
        reached += done is not None and 2 * done.done >= planned
    return 2 * reached >= len(record.planned)


CLOSES_AFTER: Final = timedelta(hours=72)
"""So long after its end a session waits for the next day's answer."""

ASKED_FROM: Final = timedelta(hours=12)
"""So long after its end the next day's answer is meant, not how it feels after."""
