"""The figures of a run as a Markdown table, each against its budget."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from custom_components.back_exercise.engine.timeline import stretches
from demo import setup
from tests.e2e.score import plan_of

from .cost import Cost
from .diary import DiaryCost
from .heard import Score, Spread
from .reaction import Floor, Reaction
from .set_up import SetUp

OURS = "Back Exercise"
DISTURBED_S = 0.15
"""A stall from which on a run is not fit to be compared."""
DISTURBED_STEAL = 0.03
SMALL_S = 0.01
"""Shown with a decimal."""

# The budgets of docs/architecture.md
ON_TIME_S = 0.02
FIRST_WORD_S = 0.15
"""Beyond what the speaker itself needs; the next one too."""
SILENT_S = 0.3
SHOWN_S = 0.05
LOOP_S_PER_MINUTE = 0.015
STEP_S = 0.005
ROWS = 120
SET_UP_S = 0.06
MEMORY = 6e6
APPEND_S = 0.005
START_S = 0.3
PLAN_S = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Everything that was measured."""

    runs: Mapping[str, tuple[Score, Cost]]
    idle: Cost
    reactions: Sequence[Reaction]
    floors: Sequence[Floor]
    set_ups: Sequence[SetUp]
    traced: SetUp
    steps: int
    """Of the session that was played."""
    own: frozenset[str]
    """The entities of the integration."""
    diary: DiaryCost


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a figure keeps to its budget."""

    budget: str
    ok: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure, of the integration and then of the scripts."""

    name: str
    values: Sequence[str]
    verdict: Verdict | None = None


def render(figures: Figures) -> str:
    """Return the table, and under it what it was measured under."""
    names = [*figures.runs]
    rows = [
        *heard_rows(figures),
        *reaction_rows(figures),
        *cost_rows(figures),
        *set_up_rows(figures.set_ups, figures.traced),
        *diary_rows(figures.diary),
    ]
    return "\n".join([*table(names, rows), "", *conditions(figures)])


def render_diary(cost: DiaryCost) -> str:
    """Return the table of a diary alone."""
    return "\n".join(table([OURS], diary_rows(cost)))


def render_set_up(set_ups: Sequence[SetUp], traced: SetUp) -> str:
    """Return the table of set-ups alone."""
    return "\n".join(table([OURS], set_up_rows(set_ups, traced)))


def table(names: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """Return the lines of a table: names of columns, and rows with their verdicts."""
    lines = [
        line(["figure", *names, "budget", ""]),
        line(["---"] * (len(names) + 3)),
    ]
    for row in rows:
        values = [*row.values, *[""] * (len(names) - len(row.values))]
        held = row.verdict
        verdict = [held.budget, "ok" if held.ok else "**over**"] if held else ["", ""]
        lines.append(line([row.name, *values, *verdict]))
    return lines


def line(cells: Sequence[str]) -> str:
    """Return a line of the table."""
    return f"| {' | '.join(cells)} |"


def heard_rows(figures: Figures) -> list[Row]:
    """Compare what was heard."""
    scores = [score for score, _ in figures.runs.values()]
    ours = scores[0]
    wrong = [
        (score.lost, score.cut, score.overlapping, score.unbidden) for score in scores
    ]
    return [
        Row(
            name="cue error within an exercise: median / p95 / max",
            values=[of_spread(score.within) for score in scores],
            verdict=at_most(ours.within.max, ON_TIME_S),
        ),
        Row(
            name="drift within an exercise",
            values=[ms(score.drift) for score in scores],
            verdict=at_most(abs(ours.drift), ON_TIME_S),
        ),
        Row(
            name="cue error from the first word on: median / p95 / max",
            values=[of_spread(score.overall) for score in scores],
        ),
        Row(
            name="drift over the session",
            values=[ms(score.overall_drift) for score in scores],
        ),
        Row(
            name=f"lost / cut / overlapping / unbidden of {ours.cues} phrases",
            values=[" / ".join(map(str, each)) for each in wrong],
            verdict=Verdict(budget="0", ok=not any(wrong[0])),
        ),
        Row(
            name=f"length (intended {ours.intended:.1f} s)",
            values=[f"{score.length:.1f} s" for score in scores],
        ),
        Row(name="dead air", values=[f"{score.dead_air:.2f} s" for score in scores]),
    ]


def reaction_rows(figures: Figures) -> list[Row]:
    """Compare how soon something happens with what the speaker needs by itself."""
    others = [score.first_word for score, _ in figures.runs.values()][1:]
    first = median(each.first_word for each in figures.reactions)
    first_floor = median(each.first_word for each in figures.floors)
    silent = median(each.silent for each in figures.reactions)
    silent_floor = median(each.silent for each in figures.floors)
    paused = max(each.paused for each in figures.reactions)
    started = max(each.started for each in figures.reactions)
    return [
        Row(
            name=f"start → first word (the speaker alone: {ms(first_floor)})",
            values=[ms(each) for each in (first, *others)],
            verdict=at_most(first, first_floor + FIRST_WORD_S),
        ),
        Row(
            name=f"pause → speech stops (the speaker alone: {ms(silent_floor)})",
            values=[ms(silent)],
            verdict=at_most(silent, silent_floor + SILENT_S),
        ),
        Row(
            name="pause → state shown, at most",
            values=[ms(paused)],
            verdict=at_most(paused, SHOWN_S),
        ),
        Row(
            name="start → state shown, at most",
            values=[ms(started)],
            verdict=at_most(started, SHOWN_S),
        ),
    ]


def cost_rows(figures: Figures) -> list[Row]:
    """Compare what it costs."""
    costs = [cost for _, cost in figures.runs.values()]
    ours, idle = costs[0], figures.idle
    own = sum(count for entity, count in ours.rows.items() if entity in figures.own)
    plan = plan_of(setup.BACK_EXERCISE)
    steps = sum(len(stretch.steps) for stretch in stretches(plan))
    # only what the sensors show changes with each step
    shown = sum(
        count
        for entity, count in ours.rows.items()
        if entity in figures.own and entity.startswith("sensor.")
    )
    expected = own - shown + shown * steps / figures.steps
    # a short session begins and ends, and goes on to the next step, far more often
    is_whole = figures.steps == steps
    loop = ours.per_minute(ours.ours_s)
    loops = [
        cost.per_minute(cost.loop_s) - idle.per_minute(idle.loop_s) for cost in costs
    ]
    cpus = [cost.per_minute(cost.cpu_s) - idle.per_minute(idle.cpu_s) for cost in costs]
    return [
        Row(
            name="recorder rows of the session, player and voice included",
            values=[str(sum(cost.rows.values())) for cost in costs],
        ),
        Row(name="recorder rows of the integration’s own entities", values=[str(own)]),
        Row(
            name=f"the same of the beginner routine in full, by its {steps} steps",
            values=[f"{expected:.0f}"],
            verdict=at_most(expected, ROWS, "{:.0f}".format),
        ),
        Row(
            name="event loop per minute, from where our code begins in a step"
            + ("" if is_whole else " (of a session so short; bench/run --whole)"),
            values=[ms(loop)],
            verdict=at_most(loop, LOOP_S_PER_MINUTE) if is_whole else None,
        ),
        Row(
            name="event loop per minute, beyond idle",
            values=[ms(each) for each in loops],
        ),
        Row(
            name="longest step of the event loop in which our code ran",
            values=[ms(ours.longest_s)],
            verdict=at_most(ours.longest_s, STEP_S),
        ),
        Row(
            name="processor of Home Assistant per minute, beyond idle",
            values=[ms(each) for each in cpus],
        ),
    ]


def set_up_rows(set_ups: Sequence[SetUp], traced: SetUp) -> list[Row]:
    """Tell what a set-up costs."""
    first = median(each.cpu_s for each in set_ups)
    clock = median(each.imports.s + each.entry.s for each in set_ups)
    imports = median(each.imports.cpu_s for each in set_ups)
    entry = median(each.entry.cpu_s for each in set_ups)
    loop = median(each.imports.loop_s + each.entry.loop_s for each in set_ups)
    another = median(each.another.cpu_s for each in set_ups)
    parts = traced.imports.traced_bytes, traced.entry.traced_bytes
    resident = median(
        each.imports.resident_bytes + each.entry.resident_bytes for each in set_ups
    )
    return [
        Row(
            name="set-up of the first entry, imports included: processor"
            f" ({ms(clock)} by the clock)",
            values=[ms(first)],
            verdict=at_most(first, SET_UP_S),
        ),
        Row(
            name="of that: to import it, in a thread of its own; to set it up",
            values=[f"{ms(imports)}; {ms(entry)}"],
        ),
        Row(name="of that: in the event loop", values=[ms(loop)]),
        Row(name="set-up of a second person’s entry: processor", values=[ms(another)]),
        Row(
            name="memory allocated by the first entry, imports included"
            f" (the process grew by {mb(resident)})",
            values=[mb(traced.traced_bytes)],
            verdict=at_most(traced.traced_bytes, MEMORY, mb),
        ),
        Row(
            name="of that: by imports; by the entry",
            values=["; ".join(map(mb, parts))],
        ),
        Row(
            name="memory allocated by a second person’s entry",
            values=[mb(traced.another.traced_bytes)],
        ),
    ]


def diary_rows(cost: DiaryCost) -> list[Row]:
    """Tell what a diary of many years costs."""
    append, start, plan = map(median, (cost.append_s, cost.start_s, cost.plan_s))
    size = f"{cost.sessions} sessions, {cost.entries} entries, {mb(cost.bytes)}"
    return [
        Row(
            name=f"diary of {size}: rating → committed (p99: {ms(cost.append_p99_s)})",
            values=[ms(append)],
            verdict=at_most(append, APPEND_S),
        ),
        Row(
            name="start with it, off the event loop"
            f" (the loop stood still for {ms(cost.start_blocked_s)})",
            values=[ms(start)],
            verdict=at_most(start, START_S),
        ),
        Row(
            name=f"today’s plan (at most: {ms(max(cost.plan_s))})",
            values=[ms(plan)],
            verdict=at_most(plan, PLAN_S),
        ),
        Row(
            name="start after an update: everything read and folded"
            f" (the loop stood still for {ms(cost.anew_blocked_s)})",
            values=[ms(cost.anew_s)],
        ),
        Row(name="an entry of the first year is edited", values=[ms(cost.edit_s)]),
    ]


def conditions(figures: Figures) -> list[str]:
    """Say what the figures were measured under."""
    lines = []
    for name, (_, cost) in figures.runs.items():
        stall = max(cost.stalls_s, default=0.0)
        is_disturbed = stall > DISTURBED_S or cost.steal > DISTURBED_STEAL
        lines.append(
            f"- {name}: longest stall of the machine {ms(stall)}, "
            f"{cost.steal:.1%} of its time withheld by the host"
            + (" (disturbed: not to be compared)." if is_disturbed else ".")
        )
    _, ours = figures.runs[OURS]
    blocks = [block for block in ours.blocks if block["ours"]][:3]
    lines += [f"- Step of {ms(block['s'])}: {block['name']}" for block in blocks]
    others = [block["s"] for block in ours.blocks if not block["ours"]]
    lines.append(
        "- Longest step meanwhile in which none of our code ran:"
        f" {ms(max(others, default=0.0))} (0 where none took 2 ms)."
    )
    if figures.traced.others:
        lines.append(f"- Counted with the set-up: {', '.join(figures.traced.others)}")
    return lines


def at_most(
    value: float, most: float, show: Callable[[float], str] | None = None
) -> Verdict:
    """Hold a figure, in seconds if nothing else is said, against its budget."""
    return Verdict(budget=f"≤ {(show or ms)(most)}", ok=value <= most)


def of_spread(spread: Spread) -> str:
    """Return a spread as text."""
    return " / ".join(ms(each) for each in (spread.median, spread.p95, spread.max))


def ms(seconds: float) -> str:
    """Return a duration as text."""
    milliseconds = 1000 * seconds
    digits = 1 if abs(seconds) < SMALL_S else 0
    return f"{milliseconds:.{digits}f} ms"


def mb(size: float) -> str:
    """Return a size as text."""
    return f"{size / 1e6:.1f} MB"
