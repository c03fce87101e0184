"""Who did not tell how the day after a session was is asked when the next starts."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
import time

from custom_components.back_exercise.engine.cues import Cue, CueKind
from custom_components.back_exercise.engine.decision import Rule

from .parts import Parts
from .person import Person, add_person, watching
from .routine import EXERCISES
from .score import cut, overlapping, phrases_of

AGO = timedelta(hours=30)
"""So long ago the last session ended: on another day, wherever the home is."""
WORSE, NOW = 6, 1


async def has_exercised(person: Person, ended: datetime) -> None:
    """Let a person have completed a session that did nothing bad."""
    done = [
        {"exercise": id_, "planned": number, "done": number}
        for id_, number in EXERCISES.items()
    ]
    story = [
        ("rating", {"value": NOW, "context": "before"}),
        (
            "session_started",
            {
                "routine": "beginner",
                "kind": "normal",
                "pain_before": NOW,
                "prescriptions": [
                    {"exercise": id_, "index": 0, "planned": number}
                    for id_, number in EXERCISES.items()
                ],
            },
        ),
        *(("exercise_done", data) for data in done),
        ("session_ended", {"outcome": "completed", "pain_after": NOW, "effort": 4}),
    ]
    entries = [
        {
            "id": f"e{number}",
            "kind": kind,
            "at": (ended + timedelta(seconds=number - len(story))).isoformat(),
            "zone": "UTC",
            "schema": 1,
            "data": data,
        }
        for number, (kind, data) in enumerate(story)
    ]
    await person.perform("import", {"diary": {"schema": 1, "entries": entries}})


async def test_it_is_asked_aloud_first_and_what_follows_is_told(
    parts: Parts, component: Path
) -> None:
    phrases = phrases_of(component)
    next_day = phrases.text(Cue(kind=CueKind.PAIN_NEXT_DAY))
    before = phrases.text(Cue(kind=CueKind.PAIN_BEFORE))
    eased = phrases.text(Cue(kind=CueKind.DECISION, key=f"{Rule.P_2}.hold"))
    ida = await add_person(parts, "Ida", [parts.mpd])
    await has_exercised(ida, datetime.now(UTC) - AGO)
    async with watching(parts.home) as watch:
        begin = await ida.press("start")
        await ida.until_session(watch, "asking", begin)
        await parts.until_said("mpd", next_day, begin)
        told_at = await ida.rate("pain_now", WORSE)
        await parts.until_said("mpd", before, told_at)
        await ida.rate("pain_now", NOW)
        await ida.until_session(watch, "running", told_at)
        # what follows from it is in this session already
        await parts.until_said("mpd", eased, told_at)
        stopped = time.monotonic()
        await ida.press("stop")
        await ida.until_session(watch, "idle", stopped)
        await parts.until_quiet("mpd")

    heard = await parts.heard("mpd", begin, stopped)
    assert [each.text for each in heard[:2]] == [next_day, before]
    assert cut(heard[:-1]) == []
    assert overlapping(heard) == []
    diary = await ida.perform("get_diary", {"limit": 1000})
    told = [
        (data["context"], data["value"], data["recalled"])
        for data in (
            each["data"] for each in diary["entries"] if each["kind"] == "rating"
        )
    ]
    assert told[:2] == [("before", NOW, False), ("next_day", WORSE, True)]
