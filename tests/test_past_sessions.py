"""The pages of a person's history."""

from datetime import UTC, datetime, timedelta

from homeassistant.const import Platform
import pytest

from custom_components.back_exercise.const import DOMAIN
from custom_components.back_exercise.engine.diary import (
    Outcome,
    Payload,
    SessionEnded,
    SessionKind,
    SessionStarted,
)

from .conftest import (
    IN_REPETITION,
    SESSION,
    Ask,
    PassTime,
    Then,
    build_past,
)
from .watching import Card


@pytest.fixture
def platforms() -> list[Platform]:
    """Load these platforms alone."""
    return [Platform.BINARY_SENSOR, Platform.SENSOR]


def sessions_on(*days: int) -> list[Payload | Then]:
    """Return the past of somebody who has done a session on some days of a year."""
    first = datetime(2026, 1, 1, 7, tzinfo=UTC)
    entries: list[Payload | Then] = []
    for day in days:
        at = first + timedelta(days=day)
        entries += [
            Then(at, begun(pain_before=day % 4)),
            Then(at + timedelta(minutes=12), SessionEnded(outcome=Outcome.COMPLETED)),
        ]
    return entries


def begun(pain_before: int) -> SessionStarted:
    """Return that a session began."""
    return SessionStarted(
        routine="beginner",
        kind=SessionKind.NORMAL,
        pain_before=pain_before,
        prescriptions=(),
    )


@pytest.mark.parametrize("past", [[*sessions_on(*range(0, 130, 2)), *build_past()]])
async def test_the_history_comes_in_pages_each_session_once(card: Card) -> None:
    pages = [await card.history()]
    for _ in range(2):
        pages.append(await card.history(before=pages[-1]["before"]))
    moments = [each["at"] for page in pages for each in page["sessions"]]

    assert [len(page["sessions"]) for page in pages] == [30, 30, 5]
    assert moments == sorted(set(moments), reverse=True)
    assert pages[-1]["before"] is None


async def test_nobody_has_a_history_at_first(card: Card) -> None:
    assert await card.history() == {"sessions": [], "before": None}


async def test_a_session_is_in_the_history_once_it_is_over(
    card: Card, ask: Ask, pass_time: PassTime
) -> None:
    await card.subscribe()
    await ask("start")
    await pass_time(IN_REPETITION)
    before = card.view["history_changed"]
    assert (await card.history())["sessions"] == []
    await ask("stop")
    await pass_time(timedelta(seconds=10))

    assert card.view["history_changed"] != before
    assert len((await card.history())["sessions"]) == 1


async def test_what_is_changed_in_the_diary_changes_the_history(
    card: Card, ask: Ask, pass_time: PassTime
) -> None:
    await ask("start")
    await pass_time(IN_REPETITION)
    await ask("stop")
    await pass_time(timedelta(seconds=10))
    await card.subscribe()
    before = card.view["history_changed"]
    [session] = (await card.history())["sessions"]
    await ask("delete_entry", entry_id=session["id"])

    assert card.view["history_changed"] != before
    assert (await card.history())["sessions"] == []


@pytest.mark.parametrize("before", ["nonsense", 3])
async def test_a_page_that_there_is_not_is_refused(card: Card, before: object) -> None:
    card.send(f"{DOMAIN}/history", entity_id=SESSION, language="en", before=before)

    error = card.messages[-1]["error"]
    assert error["translation_domain"] == DOMAIN
    assert error["translation_placeholders"]["field"] == "before"
