"""How somebody is asked aloud, and what comes of what they say."""

from datetime import timedelta
from typing import Any, Final
from unittest.mock import patch

from homeassistant.components.assist_satellite.entity import AssistSatelliteState
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import CONF_NOTIFY
from custom_components.back_exercise.diary_file import Reason, StoreError
from custom_components.back_exercise.store import Store

from .conftest import (
    SESSION,
    SPOKEN,
    Ask,
    PassTime,
    Past,
    Recorded,
    Until,
    build_past,
    lived,
)
from .engine.exercises import HIP, TILTS
from .engine.lives import Life, unanswered
from .fakes import FakeVoice, async_add_entity
from .reminding import Phone
from .room import Room, RoomPlayer
from .satellite import HANGS, SILENCE, AskingSatellite

pytestmark = pytest.mark.usefixtures("asked_after_each")

PAIN: Final = "How was your back in that one, from zero to ten?"
EFFORT: Final = "And how hard was it?"
BEFORE: Final = (
    "How is your back right now, from zero to ten? "
    "Zero is no pain at all, ten the worst you can think of."
)
AT_GATE: Final = (
    "How was your back the day after your last session, from zero to ten? "
    "Zero is no pain at all, ten the worst you can think of."
)
AMBER: Final = "It hadn’t settled by next day, so the next sessions are lighter."
AGAIN: Final = "Sorry, I did not get that. Please say a number from zero to ten."
RESOLVE: Final = (
    "homeassistant.components.assist_satellite.entity."
    "AssistSatelliteEntity._resolve_announcement_media_id"
)


@pytest.fixture
def options() -> dict[str, Any]:
    """Have Alex's sessions spoken by a satellite."""
    return {**SPOKEN, "speakers": ["assist_satellite.test"]}


@pytest.fixture
async def satellite(
    hass: HomeAssistant, room: Room, voice: FakeVoice
) -> AskingSatellite:
    """Return the satellite `assist_satellite.test`."""
    for component in ("homeassistant", "assist_satellite"):
        assert await async_setup_component(hass, component, {})
    satellite = AskingSatellite(room)
    await async_add_entity(hass, Platform.ASSIST_SATELLITE, satellite)
    return satellite


@pytest.fixture
async def alex(satellite: AskingSatellite, set_up: MockConfigEntry) -> MockConfigEntry:
    """Set Alex up in a room with the satellite."""
    return set_up


@pytest.fixture
async def asked(alex: MockConfigEntry, ask: Ask, until: Until) -> None:
    """Be where the first exercise was done, and is asked about."""
    await ask("start")
    await until("asking", TILTS)


@pytest.mark.usefixtures("asked")
async def test_what_is_answered_aloud_is_recorded_and_the_session_goes_on(
    satellite: AskingSatellite, until: Until, recorded: Recorded
) -> None:
    satellite.answers.extend(["about three", "six"])
    await until("running", HIP)

    assert satellite.asked == [PAIN, EFFORT]
    ratings = (await recorded("rating"))[1:]
    assert [(each["measure"], each["value"], each["context"]) for each in ratings] == [
        ("pain", 3, "during"),
        ("effort", 6, "during"),
    ]


@pytest.mark.parametrize(
    ("answers", "questions", "pain"),
    [
        (["three or four", "yes"], [PAIN, "Four – right?"], 4),
        (["for", "for"], [PAIN, "Four – right?"], 4),
        (["maybe four", "no, five"], [PAIN, "Four – right?"], 5),
        (["maybe four", "no", "two"], [PAIN, "Four – right?", AGAIN], 2),
        (["bananas", "two"], [PAIN, AGAIN], 2),
        (["eleven", "ten"], [PAIN, AGAIN], 10),
        ([SILENCE, "2/10"], [PAIN, AGAIN], 2),
        ([SILENCE, "to", "yes"], [PAIN, AGAIN, "Two – right?"], 2),
        (["nothing at all"], [PAIN], 0),
    ],
)
@pytest.mark.usefixtures("asked")
async def test_what_is_not_sure_is_read_back_and_what_is_unclear_asked_again(
    satellite: AskingSatellite,
    pass_time: PassTime,
    recorded: Recorded,
    *,
    answers: list[str | None],
    questions: list[str],
    pain: int,
) -> None:
    satellite.answers.extend(answers)
    await pass_time(timedelta(seconds=29))

    assert satellite.asked[: len(questions)] == questions
    rating = (await recorded("rating"))[1]
    assert (rating["measure"], rating["value"]) == ("pain", pain)


@pytest.mark.parametrize(
    "answers",
    [
        [SILENCE, SILENCE],
        ["bananas", "more bananas"],
        ["maybe four", "no", "perhaps five", "no"],
        ["maybe four", SILENCE, "perhaps five", SILENCE],
        [HANGS, HANGS],
    ],
)
@pytest.mark.usefixtures("asked")
async def test_after_two_tries_it_is_left_to_other_ways_and_the_session_goes_on(
    hass: HomeAssistant,
    satellite: AskingSatellite,
    pass_time: PassTime,
    recorded: Recorded,
    until: Until,
    answers: list[str | None],
) -> None:
    satellite.answers.extend(answers)
    await pass_time(timedelta(seconds=29))
    assert hass.states.is_state(SESSION, "asking")
    assert len(satellite.asked) == len(answers)
    await pass_time(timedelta(seconds=10))

    assert len(await recorded("rating")) == 1
    await until("running", HIP, "work")
    await pass_time(timedelta(seconds=10))
    assert len(satellite.asked) == len(answers)
    assert dt_util.utcnow() - satellite.words[-1].at < timedelta(seconds=10)


@pytest.mark.usefixtures("asked")
async def test_a_sign_of_something_serious_ends_the_session_and_locks(
    hass: HomeAssistant,
    satellite: AskingSatellite,
    pass_time: PassTime,
    recorded: Recorded,
    ask: Ask,
) -> None:
    satellite.answers.append("I can't feel my leg, it is a six")
    await pass_time(timedelta(seconds=12))

    assert hass.states.is_state(SESSION, "idle")
    assert hass.states.is_state("binary_sensor.alex_locked", "on")
    assert satellite.asked == [PAIN]
    diary = await ask("get_diary", kinds=["screen", "session_ended", "rating"])
    rating, *others = diary["entries"][:3]
    assert (rating["data"]["value"], rating["source"]) == (6, "voice")
    screen = next(each for each in others if each["kind"] == "screen")
    assert screen["source"] == "voice"
    assert screen["data"]["flags"] == ["leg_numbness_or_weakness"]


@pytest.mark.usefixtures("asked")
async def test_stop_in_an_answer_stops(
    hass: HomeAssistant, satellite: AskingSatellite, pass_time: PassTime
) -> None:
    satellite.answers.append("three, and stop")
    await pass_time(timedelta(seconds=8))

    assert hass.states.is_state(SESSION, "idle")
    assert satellite.asked == [PAIN]
    assert satellite.texts[-1].startswith("We stop here.")


@pytest.mark.usefixtures("asked")
async def test_sharp_pain_in_an_answer_is_heeded_with_its_number(
    satellite: AskingSatellite,
    until: Until,
    recorded: Recorded,
    pass_time: PassTime,
) -> None:
    satellite.answers.append("it was sharp, five")
    await until("running", HIP)

    assert satellite.asked == [PAIN]
    assert (await recorded("rating"))[1]["value"] == 5
    done = await recorded("exercise_done")
    assert {each["exercise"] for each in done} == {TILTS}
    decided = await recorded("decision")
    assert "I-1" in [each["rule"] for each in decided]


@pytest.mark.parametrize("answer", ["skip", "I don't know"])
@pytest.mark.usefixtures("asked")
async def test_a_question_can_be_passed_by(
    satellite: AskingSatellite,
    until: Until,
    recorded: Recorded,
    pass_time: PassTime,
    answer: str,
) -> None:
    satellite.answers.append(answer)
    await pass_time(timedelta(seconds=8))
    await until("running", HIP)

    assert satellite.asked == [PAIN]
    assert len(await recorded("rating")) == 1


@pytest.mark.usefixtures("asked")
async def test_an_answer_on_the_card_ends_the_asking_at_once(
    hass: HomeAssistant,
    satellite: AskingSatellite,
    ask: Ask,
    until: Until,
    pass_time: PassTime,
) -> None:
    satellite.answers.append(HANGS)
    await pass_time(timedelta(seconds=4))
    await ask("rate", pain=2, effort=3)
    await pass_time(timedelta(seconds=1))

    assert satellite.asked == [PAIN]
    await until("running", HIP)
    assert satellite.asked == [PAIN]


@pytest.mark.usefixtures("asked")
async def test_once_the_pain_is_known_by_other_ways_the_effort_is_asked(
    satellite: AskingSatellite,
    ask: Ask,
    until: Until,
    recorded: Recorded,
    pass_time: PassTime,
) -> None:
    satellite.answers.extend([HANGS, "four"])
    await pass_time(timedelta(seconds=4))
    await ask("rate", pain=2)
    await until("running", HIP)

    assert satellite.asked == [PAIN, EFFORT]
    effort = (await recorded("rating"))[-1]
    assert (effort["measure"], effort["value"]) == ("effort", 4)


@pytest.mark.usefixtures("asked")
async def test_nothing_is_asked_while_somebody_talks_to_the_satellite(
    satellite: AskingSatellite, ask: Ask, pass_time: PassTime
) -> None:
    await ask("pause")
    await pass_time(timedelta(seconds=5))
    satellite.asked.clear()
    satellite.becomes(AssistSatelliteState.LISTENING)
    await ask("resume")
    await pass_time(timedelta(seconds=5))
    satellite.becomes(AssistSatelliteState.PROCESSING)
    await pass_time(timedelta(seconds=1))
    assert satellite.asked == []
    satellite.becomes(AssistSatelliteState.IDLE)
    await pass_time(timedelta(seconds=4))

    assert satellite.asked == [PAIN]


@pytest.mark.usefixtures("asked")
async def test_a_satellite_that_stays_busy_is_not_waited_for(
    hass: HomeAssistant,
    satellite: AskingSatellite,
    ask: Ask,
    until: Until,
    pass_time: PassTime,
) -> None:
    await ask("pause")
    await pass_time(timedelta(seconds=5))
    satellite.asked.clear()
    satellite.becomes(AssistSatelliteState.RESPONDING)
    await ask("resume")
    await until("running", HIP)

    assert satellite.asked == []


@pytest.mark.usefixtures("asked")
async def test_what_the_voice_cannot_say_is_asked_in_the_voice_of_the_satellite(
    satellite: AskingSatellite, voice: FakeVoice, until: Until
) -> None:
    voice.fails = True
    satellite.answers.extend(["maybe two", "yes", "two"])
    with patch(RESOLVE, satellite.resolve):
        await until("running", HIP)

    assert satellite.asked == [PAIN, "Two – right?", EFFORT]


@pytest.mark.usefixtures("asked")
async def test_an_answer_that_cannot_be_saved_is_told_of_and_heeded(
    hass: HomeAssistant,
    satellite: AskingSatellite,
    pass_time: PassTime,
    caplog: pytest.LogCaptureFixture,
) -> None:
    satellite.answers.append("nine")
    full = StoreError(Reason.FULL, "Alex")
    with patch.object(Store, "append", side_effect=full):
        await pass_time(timedelta(seconds=10))

    assert hass.states.is_state(SESSION, "idle")
    assert "An answer of Alex was not taken" in caplog.text
    assert "nine" not in caplog.text


@pytest.mark.usefixtures("asked")
async def test_a_pause_ends_the_asking_and_going_on_asks_again(
    hass: HomeAssistant,
    satellite: AskingSatellite,
    ask: Ask,
    until: Until,
    pass_time: PassTime,
) -> None:
    satellite.answers.extend([HANGS, "two", "three"])
    await pass_time(timedelta(seconds=4))
    await ask("pause")
    await pass_time(timedelta(minutes=1))
    assert hass.states.is_state("assist_satellite.test", "idle")
    assert satellite.asked == [PAIN]
    await ask("resume")
    await until("running", HIP)

    assert satellite.asked == [PAIN, PAIN, EFFORT]


@pytest.mark.usefixtures("asked")
async def test_a_satellite_that_vanishes_while_it_asks_is_not_waited_for(
    satellite: AskingSatellite, until: Until, pass_time: PassTime
) -> None:
    satellite.answers.append(HANGS)
    await pass_time(timedelta(seconds=4))
    satellite.vanishes()
    await until("running", HIP, "work")

    assert satellite.asked == [PAIN]


@pytest.mark.usefixtures("asked")
async def test_a_satellite_that_takes_no_files_asks_in_its_own_voice(
    satellite: AskingSatellite, until: Until, recorded: Recorded
) -> None:
    satellite.takes_files = False
    satellite.answers.extend(["two", "two"])
    with patch(RESOLVE, satellite.resolve):
        await until("running", HIP)

    assert satellite.asked == [PAIN, EFFORT]


@pytest.mark.usefixtures("alex")
async def test_what_cannot_be_asked_aloud_is_said_and_can_be_answered_elsewhere(
    satellite: AskingSatellite, ask: Ask, until: Until, pass_time: PassTime
) -> None:
    satellite.error = HomeAssistantError("It never listens")
    await ask("start")
    await until("asking", TILTS)
    await pass_time(timedelta(seconds=8))

    assert satellite.asked == []
    assert PAIN in satellite.texts
    await ask("rate", pain=2, effort=3)
    await until("running", HIP)


@pytest.mark.usefixtures("asked")
async def test_without_speech_nothing_is_asked_aloud(
    hass: HomeAssistant,
    satellite: AskingSatellite,
    until: Until,
    pass_time: PassTime,
) -> None:
    satellite.answers.append(HANGS)
    await pass_time(timedelta(seconds=4))
    await hass.services.async_call(
        "switch", "turn_off", {"entity_id": "switch.alex_speech"}, blocking=True
    )
    await pass_time(timedelta(minutes=1))
    await until("asking", HIP)
    await pass_time(timedelta(seconds=10))

    assert satellite.asked == [PAIN]


NOBODY_SAID: Final = pytest.mark.parametrize(
    "past", [build_past(check_in="start_and_end")[:-1]]
)
"""Nobody has said yet how it is."""


@NOBODY_SAID
@pytest.mark.usefixtures("alex")
@pytest.mark.parametrize(
    ("answer", "kind"), [("three", "normal"), ("I don't know", "gentle")]
)
async def test_the_pain_before_is_asked_aloud(
    satellite: AskingSatellite,
    ask: Ask,
    pass_time: PassTime,
    recorded: Recorded,
    *,
    answer: str,
    kind: str,
) -> None:
    satellite.answers.append(answer)
    await ask("start")
    await pass_time(timedelta(seconds=20))

    assert satellite.asked == [BEFORE]
    assert [each["kind"] for each in await recorded("session_started")] == [kind]


@NOBODY_SAID
@pytest.mark.usefixtures("alex")
async def test_much_pain_said_aloud_ends_it_there(
    hass: HomeAssistant,
    satellite: AskingSatellite,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    satellite.answers.append("eight")
    await ask("start")
    await pass_time(timedelta(seconds=25))

    assert hass.states.is_state(SESSION, "idle")
    assert satellite.texts[-1].startswith("Your pain is higher than this")


@NOBODY_SAID
@pytest.mark.usefixtures("alex")
async def test_without_an_answer_it_goes_on_gently_after_a_minute(
    satellite: AskingSatellite,
    ask: Ask,
    until: Until,
    pass_time: PassTime,
    recorded: Recorded,
) -> None:
    await ask("start")
    await until("running")
    await pass_time(timedelta(seconds=3))

    assert satellite.asked == [BEFORE, AGAIN]
    assert [each["kind"] for each in await recorded("session_started")] == ["gentle"]


NOBODY_SAID_SINCE: Final = pytest.mark.parametrize("past", [lived(unanswered())])


@NOBODY_SAID_SINCE
@pytest.mark.usefixtures("alex")
async def test_the_day_after_is_asked_aloud_and_then_how_it_is_now(
    satellite: AskingSatellite, ask: Ask, pass_time: PassTime, recorded: Recorded
) -> None:
    satellite.answers.extend(["four", "two"])
    await ask("start")
    await pass_time(timedelta(seconds=60))

    assert satellite.asked[:2] == [AT_GATE, BEFORE]
    ratings = (await recorded("rating"))[-2:]
    assert [(each["value"], each["context"]) for each in ratings] == [
        (4, "next_day"),
        (2, "before"),
    ]
    assert AMBER in satellite.texts


@pytest.mark.parametrize(
    ("answer", "sessions", "screens"),
    [
        ("pass", 1, 1),
        ("stop", 0, 1),
        ("a sharp pain", 0, 1),
        ("four, and my chest hurts", 0, 2),
    ],
)
@NOBODY_SAID_SINCE
@pytest.mark.usefixtures("alex")
async def test_an_answer_about_the_day_after_may_be_more_than_a_number(
    satellite: AskingSatellite,
    ask: Ask,
    pass_time: PassTime,
    recorded: Recorded,
    *,
    answer: str,
    sessions: int,
    screens: int,
) -> None:
    before = len(await recorded("session_started"))
    satellite.answers.append(answer)
    await ask("start", pain_before=2)
    await pass_time(timedelta(seconds=30))

    assert satellite.asked == [AT_GATE]
    assert len(await recorded("session_started")) == before + sessions
    assert len(await recorded("screen")) == screens


@NOBODY_SAID_SINCE
@pytest.mark.usefixtures("alex")
async def test_without_an_answer_about_the_day_after_the_session_goes_on(
    satellite: AskingSatellite, ask: Ask, until: Until, recorded: Recorded
) -> None:
    ratings = await recorded("rating")
    await ask("start", pain_before=2)
    await until("running")

    assert satellite.asked == [AT_GATE, AGAIN]
    assert len(await recorded("rating")) == len(ratings) + 1
    assert (await recorded("session_started"))[-1]["kind"] == "normal"


@pytest.mark.parametrize(
    "options",
    [{**SPOKEN, "speakers": ["media_player.test", "assist_satellite.test"]}],
)
@pytest.mark.usefixtures("asked")
async def test_only_the_satellite_asks_and_the_player_is_silent_meanwhile(
    player: RoomPlayer,
    satellite: AskingSatellite,
    until: Until,
) -> None:
    satellite.answers.extend(["two", "three"])
    await until("running", HIP)

    assert satellite.asked == [PAIN, EFFORT]
    assert PAIN not in player.texts


# The next day

NEXT_DAY: Final = (
    "One short question, about the day after your session: "
    "how has your back been since, from zero to ten?"
)


def yesterday() -> Past:
    """Return the diary of someone who had a session the evening before."""
    life = Life()
    life.session(20, next_day=None)
    return lived(life)


@pytest.fixture
async def the_day_after(
    hass: HomeAssistant, alex: MockConfigEntry, pass_time: PassTime
) -> None:
    """Be at nine in the morning of the day after a session."""
    await hass.config.async_set_time_zone("UTC")
    await pass_time(timedelta(hours=2))


DAY_AFTER: Final = pytest.mark.parametrize("past", [yesterday()])


@DAY_AFTER
@pytest.mark.usefixtures("the_day_after")
async def test_the_day_after_is_asked_for_aloud(
    satellite: AskingSatellite, pass_time: PassTime, ask: Ask
) -> None:
    satellite.answers.extend(["to", "yes"])
    await pass_time(timedelta(seconds=20))

    assert satellite.asked == [NEXT_DAY, "Two – right?"]
    [rating] = (await ask("get_diary", kinds=["rating"], limit=1))["entries"]
    assert (rating["data"]["value"], rating["data"]["context"]) == (2, "next_day")
    assert rating["source"] == "voice"


@DAY_AFTER
@pytest.mark.usefixtures("the_day_after")
async def test_a_sign_of_something_serious_on_the_day_after_locks(
    hass: HomeAssistant, satellite: AskingSatellite, pass_time: PassTime
) -> None:
    satellite.answers.append("my left leg is numb")
    await pass_time(timedelta(seconds=12))

    assert hass.states.is_state("binary_sensor.alex_locked", "on")


@DAY_AFTER
@pytest.mark.usefixtures("the_day_after")
@pytest.mark.parametrize("answer", ["stop", "skip", "I don't know"])
async def test_who_does_not_want_to_answer_on_the_day_after_is_left_alone(
    hass: HomeAssistant, satellite: AskingSatellite, pass_time: PassTime, answer: str
) -> None:
    satellite.answers.append(answer)
    await pass_time(timedelta(minutes=1))

    assert satellite.asked == [NEXT_DAY]
    assert hass.states.is_state(SESSION, "idle")


@DAY_AFTER
@pytest.mark.usefixtures("the_day_after")
async def test_a_session_that_is_started_ends_the_question_of_the_day_after(
    hass: HomeAssistant, satellite: AskingSatellite, pass_time: PassTime, ask: Ask
) -> None:
    satellite.answers.append(HANGS)
    await pass_time(timedelta(seconds=10))
    await ask("start", pain_before=1)
    await pass_time(timedelta(seconds=10))

    assert satellite.asked == [NEXT_DAY, AT_GATE]
    assert hass.states.is_state(SESSION, "asking")
    assert satellite.texts[-1] != NEXT_DAY


@DAY_AFTER
@pytest.mark.usefixtures("alex")
async def test_the_day_after_is_only_told_of_where_it_cannot_be_asked_aloud(
    hass: HomeAssistant, satellite: AskingSatellite, pass_time: PassTime
) -> None:
    await hass.config.async_set_time_zone("UTC")
    satellite.error = HomeAssistantError("It never listens")
    await pass_time(timedelta(hours=2, minutes=1))

    assert satellite.asked == []
    [told] = satellite.texts
    assert told.endswith("You can answer it on your phone or on the screen.")


@pytest.fixture
def phone(hass: HomeAssistant, alex: MockConfigEntry) -> Phone:
    """Return a phone that Alex's notifications go to."""
    phone = Phone(hass)
    options = {**alex.options, CONF_NOTIFY: [phone.target]}
    hass.config_entries.async_update_entry(alex, options=options)
    return phone


async def test_the_phone_asks_what_was_asked_aloud_in_vain(
    satellite: AskingSatellite,
    phone: Phone,
    ask: Ask,
    until: Until,
    pass_time: PassTime,
    recorded: Recorded,
) -> None:
    await ask("start", pain_before=2)
    await until("asking", "simplified_piriformis_stretch")
    satellite.answers.extend(["2", "3"])
    await until("asking", "unknown")
    satellite.answers.extend([SILENCE, "bananas"])
    await pass_time(timedelta(seconds=29), lambda: bool(phone.messages))

    assert satellite.asked[-1] == AGAIN
    assert phone.messages[-1].startswith("One short question after your session")
    phone.press("0–3")
    await pass_time()
    rating = (await recorded("rating"))[-1]
    assert (rating["value"], rating["context"]) == (3, "after")


async def test_the_phone_is_left_alone_by_what_was_answered_aloud(
    satellite: AskingSatellite,
    phone: Phone,
    ask: Ask,
    until: Until,
    pass_time: PassTime,
) -> None:
    await ask("start", pain_before=2)
    await until("asking", TILTS)
    satellite.answers.extend(["2", "3"])
    await until("running", HIP)
    await pass_time(timedelta(seconds=10))

    assert phone.messages == []
