"""All that is said and sent by itself is the same, however much it has hurt."""

from datetime import UTC, datetime, timedelta
import re
from typing import Any, Final

from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import (
    CONF_NOTIFY,
    CONF_QUESTION_AT,
    CONF_SPEAKERS,
    CONF_SUMMARY_AT,
    CONF_SUMMARY_DAY,
    CONF_SUMMARY_SINCE,
)
from custom_components.back_exercise.engine.diary import (
    Context,
    ExerciseDone,
    Measure,
    Outcome,
    Prescribed,
    Rating,
    SessionEnded,
    SessionKind,
    SessionStarted,
)

from .conftest import SCREENED, SPOKEN, PassTime, Past, Then
from .fakes import FakeVoice
from .pasts import EVENING
from .reminding import PHONE, Phone, build_reminder
from .room import RoomPlayer

pytestmark = pytest.mark.usefixtures("berlin")

DAY: Final = timedelta(days=1)
HOUR: Final = timedelta(hours=1)
MINUTE: Final = timedelta(minutes=1)
SECOND: Final = timedelta(seconds=1)
OF_PAIN: Final = re.compile(
    r"\b(pain|hurt|sore|ache|aching|symptom|worse|tingl|numb\b|flare)", re.IGNORECASE
)


def rated(*, pain: int) -> Past:
    """Return a screen and sessions of two weeks, always with the same pain."""
    first = datetime(2026, 11, 9, 17, tzinfo=UTC)
    found: Past = [Then(first, each) for each in SCREENED]
    for at in (EVENING - 10 * DAY, EVENING - 3 * DAY, EVENING):
        exercise = Prescribed(exercise="bridges", index=0, planned=10)
        started = SessionStarted(
            routine="beginner",
            kind=SessionKind.NORMAL,
            pain_before=pain,
            prescriptions=(exercise,),
        )
        done = ExerciseDone(
            exercise="bridges", planned=10, done=10, stopped_for_pain=pain > 3
        )
        ended = SessionEnded(outcome=Outcome.COMPLETED, pain_after=pain)
        during = Rating(
            value=pain,
            measure=Measure.PAIN,
            context=Context.DURING,
            exercise="bridges",
        )
        after = Rating(value=pain, measure=Measure.PAIN, context=Context.AFTER)
        found += [
            *(Then(at, each) for each in (started, during, done)),
            *(Then(at + HOUR / 4, each) for each in (after, ended)),
        ]
    large = Rating(value=pain, measure=Measure.PAIN, context=Context.AT_LARGE)
    return [*found, Then(EVENING + 2 * HOUR, large)]


REMIND: Final = "It is time for your exercises, whenever you are ready."
START: Final = "Your session is about to start by itself."
SENT: Final = [
    REMIND,
    (
        "One short question: how is it, on the day after your session? "
        "A range counts as its highest number; a number of your own is exact."
    ),
    "That could not be recorded. Choose a range, or write a whole number from 0 to 10.",
    (
        "Week from November 16: 2 of 3 sessions, 30 minutes in all. "
        "Active minutes: 0 of 30."
    ),
    START,
    START,
    (
        "Your session could not be started. "
        "Home Assistant shows why when you press start there."
    ),
]
SAID: Final = [
    REMIND,
    (
        "One short question, about the day after your session. "
        "You can answer it on your phone or on the screen."
    ),
    (
        "Your session is about to begin. "
        "Press stop or snooze if now is not a good time. It begins in fifteen seconds."
    ),
    *("Five.", "Four.", "Three.", "Two.", "One."),
]


@pytest.fixture
def options() -> dict[str, Any]:
    """Have Alex told all there is to tell, aloud and on the phone."""
    return {
        **SPOKEN,
        CONF_NOTIFY: [PHONE],
        CONF_QUESTION_AT: "09:01:00",
        CONF_SUMMARY_DAY: "mon",
        CONF_SUMMARY_AT: "09:05:00",
        CONF_SUMMARY_SINCE: "2026-11-20T08:00:00+00:00",
    }


@pytest.fixture
def reminders() -> list[ConfigSubentryDataWithId]:
    """Return a reminder, and a session that starts by itself later."""
    return [
        build_reminder(),
        build_reminder("10:00:00", "01STARTS", what="start"),
    ]


@pytest.mark.parametrize("past", [rated(pain=0), rated(pain=2), rated(pain=6)])
async def test_nothing_that_is_told_by_itself_depends_on_pain_or_names_it(
    hass: HomeAssistant,
    voice: FakeVoice,
    player: RoomPlayer,
    phone: Phone,
    set_up: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    await pass_time(HOUR + 3 * MINUTE)
    phone.press("Write a number", "rather good")
    await pass_time(57 * MINUTE + 20 * SECOND)
    # in its last second, when all of the countdown has been heard
    phone.press("In 15 minutes")
    said = list(player.texts)
    gone = {**set_up.options, CONF_SPEAKERS: ["media_player.gone"]}
    hass.config_entries.async_update_entry(set_up, options=gone)
    await pass_time(16 * MINUTE)

    assert phone.messages == SENT
    assert said == SAID
    titles = {each.get("title") for each in phone.received} - {None}
    assert titles == {"Back Exercise, Alex"}
    buttons = [
        action["title"]
        for each in phone.received
        for action in each["data"].get("actions", ())
    ]
    told = [*phone.messages, *said, *titles, *buttons]
    assert [text for text in told if OF_PAIN.search(text)] == []
