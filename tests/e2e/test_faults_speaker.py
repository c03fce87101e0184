"""What becomes of sessions whose speaker or voice fails, each in its own way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
import copy
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
import sys
import time
from typing import Final

import pytest

from demo.home import Json
from demo.part import Part, free_port

from .hearing import Heard
from .parts import VOICE, Parts, assemble, local
from .person import Person, Watch, add_person, log_of, watching
from .score import timetables

SECTION: Final = "Speakers and voices"
ODD: Final = Path(__file__).resolve().parent / "odd_speaker"
PLAYED: Final = timedelta(seconds=35)
BEGINS_WITHIN: Final = timedelta(seconds=75)
WELL: Final = "well"
UNREACHABLE: Final = "speaker_unreachable"
FAILED: Final = "synthesis_failed"
WHOLE: Final = 0.95
LEAST: Final = 4
"""So many phrases are heard at least in that time."""
SILENT_WITHIN_S: Final = 1.0
"""Of a pause."""


@dataclass(frozen=True, slots=True)
class Case:
    """A fault, and what is to come of it."""

    name: str
    key: str
    """Names the speaker and the files of the case."""
    mood: str = WELL
    fault: str = ""
    """What goes wrong with the voice, and with every so many requests."""
    delay_s: float = 0.0
    state: str = "running"
    """Of the session, while nobody does anything."""
    issue: str | None = None
    """What stands under Repairs."""
    heard: tuple[str, ...] = ("whole",)
    """All of each phrase, part of some, or nothing; any of these may be."""
    is_short: bool = False
    """Whether it is tried in every run, and not by script/faults alone."""


CASES: Final = (
    Case(
        "the speaker is gone before the start",
        "gone",
        "gone",
        issue=UNREACHABLE,
        heard=("nothing",),
    ),
    Case("the speaker is slow: 2.5 s for every command", "slow", "slow"),
    Case(
        "the speaker hangs: no command returns",
        "hangs",
        "hangs",
        issue=UNREACHABLE,
        heard=("nothing",),
        is_short=True,
    ),
    Case(
        "the speaker refuses the file",
        "refuses",
        "refuses",
        issue=UNREACHABLE,
        heard=("nothing",),
        is_short=True,
    ),
    Case(
        "the speaker fails as nobody expects",
        "breaks",
        "breaks",
        issue=UNREACHABLE,
        heard=("nothing",),
    ),
    Case(
        "the speaker fetches the file and is idle",
        "chokes",
        "chokes",
        heard=("nothing",),
    ),
    Case(
        "the speaker plays and nothing is heard", "silent", "silent", heard=("nothing",)
    ),
    Case(
        "the speaker plays and says that it is idle",
        "never",
        "never_plays",
        heard=("whole", "part"),
    ),
    Case("the speaker says for ever that it plays", "ever", "plays_for_ever"),
    Case(
        "the speaker says in mid-track that it is idle",
        "idle",
        "says_idle",
        state="paused",
        is_short=True,
    ),
    Case(
        "the speaker is idle for a moment in mid-track",
        "flickers",
        "flickers",
        is_short=True,
    ),
    Case("the voice is slow: 3 s for every sentence", "late", delay_s=3.0),
    Case(
        "the voice fails with every third sentence",
        "thirds",
        fault="fail 3",
        is_short=True,
    ),
    Case(
        "the voice always fails",
        "fails",
        fault="fail 1",
        issue=FAILED,
        heard=("nothing",),
        is_short=True,
    ),
    Case(
        "the voice gives empty sound",
        "empty",
        fault="empty 1",
        issue=FAILED,
        heard=("nothing",),
    ),
    Case(
        "the voice gives what is no sound",
        "garbage",
        fault="garbage 1",
        issue=FAILED,
        heard=("nothing",),
    ),
    Case(
        "the voice gives the first half of each sound",
        "cut",
        fault="cut 1",
        heard=("part",),
    ),
    Case("the voice changes its sample rate", "rates", fault="rates 1"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a case."""

    state: str
    """Of the session, after some time."""
    paused_at: float | None
    """When it was paused, where it was, until stopped."""
    issues: set[str]
    heard: list[Heard]
    diary: list[Json]
    end: str
    """State of the session once stopped."""

    @property
    def texts(self) -> list[str]:
        """What was heard, in order, but for the last, which the end may have cut."""
        return [each.text for each in self.heard[:-1]]

    def kept(self, kind: str) -> list[Json]:
        """Return what the diary tells of one kind of thing."""
        return [each["data"] for each in self.diary if each["kind"] == kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """What came of all cases, and what was logged."""

    of: dict[str, Outcome]
    due: list[str]
    """What a session is to say, in order."""
    log: str


async def issues_of(parts: Parts, person: Person) -> set[str]:
    """Return what stands under Repairs about a person."""
    listed = await parts.home.ask("repairs/list_issues")
    return {
        each["translation_key"]
        for each in listed["issues"]
        if person.entry_id in each["issue_id"]
    }


async def add_voice(parts: Parts, case: Case, stack: AsyncExitStack) -> Parts:
    """Add a voice with a fault; return the parts with that one."""
    files = {name: parts.folder / f"{case.key}.{name}" for name in ("delay", "fault")}
    if case.delay_s:
        files["delay"].write_text(str(case.delay_s))
    if case.fault:
        files["fault"].write_text(case.fault)
    port = free_port()
    voice = Part(
        f"voice-{case.key}",
        [
            *(sys.executable, str(VOICE), "--port", str(port)),
            *("--log", str(parts.folder / "voice.jsonl")),
            *("--clips", str(parts.folder / "clips")),
            *("--delay-file", str(files["delay"])),
            *("--fault-file", str(files["fault"])),
        ],
        parts.folder,
    )
    await stack.enter_async_context(voice)
    await voice.answers(port)
    known = await parts.home.entities("wyoming")
    await parts.home.add_entry("wyoming", local(port))
    changed = copy.copy(parts)
    [changed.tts] = [
        entity
        for unique_id, entity in (await parts.home.entities("wyoming")).items()
        if unique_id not in known and entity.startswith("tts.")
    ]
    return changed


async def play(parts: Parts, case: Case, person: Person, watch: Watch) -> Outcome:
    """Play a session for some time, then stop it."""
    session = person.entities["session"]
    begun = await person.begin()
    await watch.until(
        session,
        lambda change: change.state in ("running", "paused"),
        since=begun,
        within=BEGINS_WITHIN,
    )
    await asyncio.sleep(PLAYED.total_seconds())
    state: Json = await parts.home.state(session)
    issues = await issues_of(parts, person)
    stopped = time.monotonic()
    await person.press("stop")
    ended = await person.until_session(watch, "idle", stopped, timedelta(seconds=30))
    diary = await person.perform("get_diary", {"limit": 1000})
    return Outcome(
        state=state["state"],
        paused_at=next(
            (
                each.at
                for each in watch.of(session, begun)
                if each.state == "paused" and each.at < stopped
            ),
            None,
        ),
        issues=issues,
        heard=await parts.heard(case.key, begun, stopped),
        diary=diary["entries"],
        end=ended.state,
    )


@pytest.fixture(scope="session")
async def outcomes(
    component: Path,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> AsyncIterator[Outcomes]:
    """Play the sessions that are looked at, all at once, in one house."""
    cases = [case for case in CASES if case in looked_at(request.session.items)]
    folder = tmp_path_factory.mktemp("odd")
    (folder / "ear").mkdir()
    speakers: Json = {
        "platform": "odd_speaker",
        "folder": str(folder / "ear"),
        "names": [case.key for case in cases],
    }
    settings = {"media_player": [speakers]}
    async with AsyncExitStack() as stack:
        parts = await stack.enter_async_context(
            assemble(folder, [component, ODD], settings)
        )
        people: dict[str, Person] = {}
        for case in cases:
            has_own = case.fault or case.delay_s
            own = await add_voice(parts, case, stack) if has_own else parts
            speaker = f"media_player.odd_{case.key}"
            people[case.key] = await add_person(own, case.key.title(), [speaker])
            (folder / "ear" / f"{case.key}.mood").write_text(case.mood)
        speakers_of = [f"media_player.odd_{case.key}" for case in cases]
        target = {"entity_id": speakers_of}
        await parts.home.act("homeassistant.update_entity", {}, target)
        async with watching(parts.home) as watch:
            found = await asyncio.gather(
                *(play(parts, case, people[case.key], watch) for case in cases)
            )
        yield Outcomes(
            of={case.key: each for case, each in zip(cases, found, strict=True)},
            due=[text for each in timetables(component, parts) for text in each.texts],
            log=log_of(parts.house.config),
        )


def looked_at(items: list[pytest.Item]) -> list[Case]:
    """Return the cases that tests of a run are about."""
    ours = (item for item in items if isinstance(item, pytest.Function))
    return [
        each
        for item in ours
        if item.path == Path(__file__) and hasattr(item, "callspec")
        for each in item.callspec.params.values()
        if isinstance(each, Case)
    ]


def how_much(heard: list[Heard]) -> str:
    """Return whether all of each phrase was heard, part of some, or nothing."""
    if not heard:
        return "nothing"
    # the last one may be cut by the end of the session
    before = heard[:-1]
    return "whole" if all(each.share >= WHOLE for each in before) else "part"


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case.key, marks=() if case.is_short else pytest.mark.long)
        for case in CASES
    ],
)
async def test_a_fault_does_not_end_a_session(case: Case, outcomes: Outcomes) -> None:
    outcome = outcomes.of[case.key]

    assert outcome.state == case.state, outcome
    assert outcome.issues == ({case.issue} if case.issue else set()), outcome
    assert how_much(outcome.heard) in case.heard, outcome
    assert outcome.end == "idle"
    assert len(outcome.kept("session_started")) == 1
    assert [each["outcome"] for each in outcome.kept("session_ended")] == ["stopped"]
    if case.heard == ("whole",):
        # what was due, in order and nothing else
        assert outcome.texts == outcomes.due[: len(outcome.texts)]
    if outcome.paused_at:
        assert outcome.heard[-1].off < outcome.paused_at + SILENT_WITHIN_S
    elif "nothing" not in case.heard:
        assert len(outcome.texts) >= LEAST


async def test_no_fault_is_answered_with_an_error_of_the_program(
    outcomes: Outcomes,
) -> None:
    # what the speaker and the voice raise is logged, but not as a fault of ours
    assert outcomes.log
    assert "custom_components/back_exercise" not in outcomes.log
    assert "Task exception was never retrieved" not in outcomes.log
