"""Measures sessions on real parts, beside the scripts that people write today.

Everything plays on the same Home Assistant, voice and speaker (MPD), one after the
other, with all phrases in the cache. Best on a machine that has nothing else to do.
"""

import argparse
import asyncio
from collections.abc import Mapping, Sequence
import compileall
from dataclasses import asdict, dataclass, field
from datetime import timedelta
import importlib.util
import json
from pathlib import Path
import shutil
import sys
import tempfile
import time
import wave

import yaml

from demo import setup
from tests.e2e.parts import Parts, assemble, missing_tools
from tests.e2e.person import Person, add_person
from tests.e2e.routine import EXERCISES, shorten
from tests.e2e.score import Timetable, plan_of, timetables

from . import diary, reaction, set_up
from .cost import Cost, Meter
from .diary import DiaryCost
from .heard import Score, global_cues, judge
from .programs import PROGRAMS, Setting
from .reaction import Floor, Reaction
from .set_up import SetUp
from .table import Figures, render, render_diary, render_set_up

LOOP_WATCH = Path(__file__).resolve().parent / "custom_components" / "loop_watch"
SCRIPT = "bench_session"
WARM_UP_S = 5.0
"""The voice has made all phrases of an exercise by then."""
ANSWER_S = 3.0
"""So long after the last question it is answered."""
LIMIT = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is measured."""

    exercises: dict[str, int]
    """Repetitions; those of the beginner routine where there are none."""
    programs: Sequence[str] = tuple(PROGRAMS)
    reactions: int
    set_ups: int
    idle_s: float


FULL = Size(exercises=EXERCISES, reactions=5, set_ups=3, idle_s=60)
SHORT = Size(exercises={"pelvic_tilts": 2}, reactions=2, set_ups=1, idle_s=15)
WHOLE = Size(exercises={}, programs=(), reactions=5, set_ups=3, idle_s=60)


@dataclass(kw_only=True)
class Bench:
    """The real parts, and what is known of the session."""

    parts: Parts
    component: Path
    person: Person
    tables: list[Timetable] = field(default_factory=list)

    async def warm(self) -> None:
        """Have every phrase spoken: skip through a session.

        It is stopped before its end: who has completed one has had it for the day.
        """
        await self.person.begin()
        await asyncio.sleep(WARM_UP_S)
        exercises = plan_of(self.component).prescriptions
        for command in (*["next"] * len(exercises), "stop"):
            await self.person.press(command)
            await asyncio.sleep(WARM_UP_S)
        await self._until_idle()
        self.tables = timetables(self.component, self.parts)
        for text in {text for table in self.tables for text in table.texts}:
            body = {"engine_id": self.parts.tts, "message": text, "cache": True}
            url = await self.parts.home.rest("POST", "/api/tts_get_url", body)
            async with self.parts.home.session.get(url["path"]) as answer:
                await answer.read()

    async def session(self) -> tuple[Score, Cost]:
        """Play the session by the integration."""
        meter = await Meter.begin(self.parts)
        begin = await self.person.begin()
        # nothing is asked meanwhile: that would cost something too
        *_, last = self.tables
        waiting = last.length - last.dues[-1].at - last.dues[-1].length
        length = sum(table.length for table in self.tables) - waiting
        await asyncio.sleep(length + ANSWER_S)
        for key in ("pain_now", "effort"):
            await self.person.rate(key, 1)
        await self._until_idle()
        return await self._judge(meter, begin)

    async def script(self, program: str) -> tuple[Score, Cost]:
        """Play the same session by a script."""
        home = self.parts.home
        lengths = {}
        for line in self.parts.requests():
            clip = self.parts.folder / "clips" / f"{line['clip']}.wav"
            with wave.open(str(clip)) as sound:
                lengths[str(line["text"])] = sound.getnframes() / sound.getframerate()
        voice = Setting(voice=self.parts.tts, player=self.parts.mpd, lengths=lengths)
        sequence = PROGRAMS[program](global_cues(self.tables), voice)
        scripts = {SCRIPT: {"alias": program, "sequence": sequence}}
        (self.parts.house.config / "scripts.yaml").write_text(
            yaml.safe_dump(scripts, sort_keys=False)
        )
        await home.act("script.reload")
        await asyncio.sleep(6)
        meter = await Meter.begin(self.parts)
        begin = time.monotonic()
        async with asyncio.timeout(LIMIT.total_seconds()):
            await home.act(f"script.{SCRIPT}")
        await self.parts.until_quiet("mpd")
        return await self._judge(meter, begin)

    async def idle(self, seconds: float) -> Cost:
        """Do nothing."""
        meter = await Meter.begin(self.parts)
        await asyncio.sleep(seconds)
        return await meter.end()

    async def _judge(self, meter: Meter, begin: float) -> tuple[Score, Cost]:
        await self.parts.until_quiet("mpd")
        end = time.monotonic()
        cost = await meter.end()
        heard = await self.parts.heard("mpd", begin, end)
        return judge(self.tables, heard, begin), cost

    async def _until_idle(self) -> None:
        await self.parts.home.until(
            self.person.entities["session"], "idle", within=timedelta(minutes=2)
        )
        await self.parts.until_quiet("mpd", timedelta(seconds=3))


async def measure(size: Size, folder: Path) -> Figures:
    """Measure everything."""
    component, *_ = components = prepare(folder, size.exercises)
    (folder / "parts").mkdir()
    say("Starting Home Assistant, voice and speaker …")
    async with assemble(folder / "parts", components, {"loop_watch": None}) as parts:
        person = await add_person(parts, "Bench", [parts.mpd], volume=80)
        bench = Bench(parts=parts, component=component, person=person)
        say("Filling the cache with all phrases …")
        await bench.warm()
        say(f"Doing nothing, {size.idle_s:.0f} s …")
        idle = await bench.idle(size.idle_s)
        say("Starting and pausing …")
        reactions, floors = await measure_reactions(bench, size.reactions)
        length = sum(table.length for table in bench.tables)
        runs: dict[str, tuple[Score, Cost]] = {}
        say(f"Playing the session, {length:.0f} s …")
        runs["Back Exercise"] = await bench.session()
        for program in size.programs:
            say(f"Playing it as a script, {program} …")
            runs[program] = await bench.script(program)
        steps = sum(len(table.timeline.steps) for table in bench.tables)
        own = frozenset(person.entities.values())
    set_ups, traced = await measure_set_ups(folder, components, size.set_ups)
    cost = await measure_diary(folder)
    return Figures(
        runs=runs,
        idle=idle,
        reactions=reactions,
        floors=floors,
        set_ups=set_ups,
        traced=traced,
        steps=steps,
        own=own,
        diary=cost,
    )


def prepare(folder: Path, exercises: Mapping[str, int]) -> list[Path]:
    """Copy what is loaded, with the bytecode of a home that was started before."""
    component = (
        shorten(setup.BACK_EXERCISE, folder, exercises)
        if exercises
        else shutil.copytree(setup.BACK_EXERCISE, folder / setup.BACK_EXERCISE.name)
    )
    components = [component, LOOP_WATCH]
    for each in components:
        compileall.compile_dir(each, quiet=1)
    return components


async def measure_set_ups(
    folder: Path, components: Sequence[Path], count: int
) -> tuple[list[SetUp], SetUp]:
    """Measure the time of set-ups, and the memory of one more."""
    say("Setting up an entry …")
    set_ups = [
        await set_up.measure(folder / f"set-up-{number}", components, trace=False)
        for number in range(count)
    ]
    return set_ups, await set_up.measure(folder / "traced", components, trace=True)


async def measure_set_ups_alone(folder: Path, count: int) -> str:
    """Return the table of set-ups of the integration as it is."""
    return render_set_up(*await measure_set_ups(folder, prepare(folder, {}), count))


async def measure_diary(folder: Path) -> DiaryCost:
    """Measure a diary of many years."""
    say(f"Living through {diary.SESSIONS} sessions …")
    return await diary.measure(folder / "diary")


async def measure_reactions(
    bench: Bench, count: int
) -> tuple[list[Reaction], list[Floor]]:
    """Start and pause sessions, and the speaker alone."""
    welcome = bench.tables[0].texts[0]
    [phrase] = [each for each in bench.parts.phrases() if each.text == welcome]
    reactions, floors = [], []
    for _ in range(count):
        reactions.append(await reaction.react(bench.person))
        floors.append(await reaction.floor(bench.parts, phrase))
    return reactions, floors


def say(text: str) -> None:
    """Tell the person who waits how far it is."""
    print(f"{time.strftime('%H:%M:%S')}  {text}", file=sys.stderr, flush=True)


def missing() -> Sequence[str]:
    """Return why it can't be measured here."""
    reasons = [
        f"{tool} is not on the PATH (Debian: sudo apt-get install {tool})"
        for tool in missing_tools()
    ]
    if importlib.util.find_spec("mpd") is None:
        reasons.append("the packages of the group e2e are missing: uv run bench/run")
    return reasons


def main() -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(
        prog="bench/run", description="Measures sessions on real parts."
    )
    parser.add_argument(
        "--short", action="store_true", help="one exercise, fewer repetitions"
    )
    parser.add_argument(
        "--whole", action="store_true", help="all of the beginner routine, no scripts"
    )
    parser.add_argument("--json", type=Path, help="write all figures to a file")
    parser.add_argument(
        "--diary", action="store_true", help="only what a diary of many years costs"
    )
    parser.add_argument(
        "--set-up", action="store_true", help="only what the set-up of an entry costs"
    )
    parser.add_argument(
        "--card", action="store_true", help="only what the card costs a browser"
    )
    options = parser.parse_args()
    if options.card:
        from . import card  # noqa: PLC0415  # only this wants a browser

        print(card.render(asyncio.run(card.measure())))
        return
    if options.set_up:
        with tempfile.TemporaryDirectory(prefix="back-exercise-bench-") as folder:
            count = (SHORT if options.short else FULL).set_ups
            print(asyncio.run(measure_set_ups_alone(Path(folder), count)))
        return
    if options.diary:
        with tempfile.TemporaryDirectory(prefix="back-exercise-bench-") as folder:
            print(render_diary(asyncio.run(measure_diary(Path(folder)))))
        return
    if reasons := missing():
        sys.exit("It can't be measured here:\n  " + "\n  ".join(reasons))
    with tempfile.TemporaryDirectory(prefix="back-exercise-bench-") as folder:
        size = SHORT if options.short else WHOLE if options.whole else FULL
        figures = asyncio.run(measure(size, Path(folder)))
    if options.json:
        data = asdict(figures) | {"own": sorted(figures.own)}
        options.json.write_text(json.dumps(data, indent=2))
    print(render(figures))


if __name__ == "__main__":
    main()
