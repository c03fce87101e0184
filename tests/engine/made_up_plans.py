"""Plans that hypothesis makes up, and what may be pressed meanwhile."""

from hypothesis import strategies as st

from custom_components.back_exercise.engine.catalogue import Routine
from custom_components.back_exercise.engine.plan import (
    CheckIn,
    Detail,
    Plan,
    Prescription,
    Side,
    build_plan,
    prescribe,
)
from custom_components.back_exercise.engine.session import Command
from custom_components.back_exercise.engine.settings import (
    REST_RANGE,
    TEMPO_RANGE,
    Timing,
)

from .builders import CATALOGUE, seconds

TIMINGS = st.builds(
    Timing,
    tempo=st.sampled_from([TEMPO_RANGE[0], 1.1, 1.25, TEMPO_RANGE[1]]),
    rest=st.sampled_from([REST_RANGE[0], seconds(15), REST_RANGE[1]]),
    set_rest=st.sampled_from([REST_RANGE[0], seconds(30), REST_RANGE[1]]),
)

COMMANDS = sorted(set(Command) - {Command.START, Command.STOP, Command.SHARP_PAIN})
"""What may be pressed in any number without an end to the session."""


@st.composite
def doses(draw: st.DrawFn, id_: str, highest: int) -> Prescription:
    """Draw a dose of an exercise."""
    exercise = CATALOGUE.exercises[id_]
    ladder = exercise.ladder
    index = draw(st.integers(ladder.lowest, min(highest, ladder.highest)))
    return prescribe(exercise, index, draw(st.sampled_from(Detail)))


@st.composite
def plans(draw: st.DrawFn, fewest: int = 1, highest: int = 11) -> Plan:
    """Draw a session of up to five exercises."""
    ids = draw(
        st.lists(
            st.sampled_from(sorted(CATALOGUE.exercises)),
            min_size=fewest,
            max_size=5,
            unique=True,
        )
    )
    return build_plan(
        draw(st.sampled_from(Routine)),
        [draw(doses(id_, highest)) for id_ in ids],
        timing=draw(TIMINGS),
        check_in=draw(st.sampled_from(CheckIn)),
        first_side=draw(st.sampled_from([Side.RIGHT, Side.LEFT])),
        ask_before=draw(st.booleans()),
        ask_next_day=draw(st.booleans()),
    )
