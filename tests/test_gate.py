"""What stands before a session, by whichever door it is begun."""

from datetime import timedelta
from typing import Any, Final

from homeassistant.components.button import DOMAIN as BUTTON, SERVICE_PRESS
from homeassistant.const import ATTR_ENTITY_ID, STATE_OFF, STATE_ON
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.engine.diary import ProgrammeSet, Setting
from custom_components.back_exercise.engine.screen import CAUTION, EMERGENCY, URGENT

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
from .engine.exercises import BRIDGES, HIP, SIMPLE, TILTS
from .engine.lives import Life
from .room import RoomPlayer

LOCKED: Final = "binary_sensor.alex_locked"
START: Final = "button.alex_start"

AGREED: Final = ProgrammeSet(routine="intermediate", clinician_agreed=True)


async def refused(ask: Ask, action: str = "start", **data: Any) -> tuple[str, str]:
    """Return the rule and the sentence with which an action is refused."""
    with pytest.raises(ServiceValidationError) as error:
        await ask(action, **data)
    assert error.value.translation_key == "rule"
    told = error.value.translation_placeholders or {}
    return told["rule"], told["sentence"]


# The pain before (E3)


def steady() -> Life:
    """Return somebody whose usual pain is 3, with the last session two days ago."""
    life = Life()
    for number, pain in ((14, 3), (16, 3), (18, 4)):
        life.session(number, pain=pain)
    return life


@pytest.fixture
def past() -> Past:
    """Return the diary of somebody whose usual pain is 3."""
    return lived(steady())


@pytest.mark.parametrize(
    ("pain", "kind"), [(0, "normal"), (3, "normal"), (4, "gentle"), (5, "gentle")]
)
async def test_e3_the_pain_before_says_what_kind_of_session_it_is(
    ask: Ask, recorded: Recorded, *, pain: int, kind: str
) -> None:
    assert (await ask("start", pain_before=pain))["kind"] == kind
    started = (await recorded("session_started"))[-1]
    assert (started["kind"], started["pain_before"]) == (kind, pain)


@pytest.mark.parametrize("pain", [6, 10])
async def test_e3_with_much_pain_there_is_no_session_today(
    hass: HomeAssistant, ask: Ask, recorded: Recorded, pain: int
) -> None:
    rule, sentence = await refused(ask, pain_before=pain)

    assert rule == "G-4"
    assert sentence.startswith("Your pain is higher than this routine is meant for.")
    assert hass.states.is_state(SESSION, "idle")
    assert await recorded("gate") == [{"result": "not_today", "pain_before": pain}]
    assert len(await recorded("session_started")) == 3


async def test_e3_the_gentle_plan_is_a_step_lower_and_takes_713_seconds(
    ask: Ask,
) -> None:
    plan = await ask("get_plan", pain_before=4)

    assert (plan["kind"], plan["nominal_seconds"]) == ("gentle", 713)
    assert [(each["exercise"], each["sets"]) for each in plan["exercises"]] == [
        (TILTS, [8]),
        (HIP, [8]),
        (BRIDGES, [8]),
        (SIMPLE, [4]),
    ]
    assert plan["why"][0] == "A lighter session today, to suit how your back feels."


async def test_looking_at_the_plan_records_nothing(ask: Ask) -> None:
    before = await ask("get_diary")
    await ask("get_plan", pain_before=7)

    assert await ask("get_diary") == before


async def test_e3_without_a_rating_it_is_waited_for_a_minute_and_then_gentle(
    hass: HomeAssistant, ask: Ask, pass_time: PassTime, recorded: Recorded
) -> None:
    await ask("start")
    await pass_time(timedelta(seconds=59))
    assert hass.states.is_state(SESSION, "asking")
    assert len(await recorded("session_started")) == 3
    await pass_time(timedelta(seconds=2))
    started = (await recorded("session_started"))[-1]

    assert hass.states.is_state(SESSION, "running")
    assert (started["kind"], started["pain_before"]) == ("gentle", None)
    assert started["gate"][0] == "G-8"


@pytest.mark.parametrize(
    ("pain", "kind", "seconds"), [(3, "normal", 815), (4, "gentle", 713)]
)
async def test_an_answer_at_the_gate_says_what_kind_of_session_it_is(
    hass: HomeAssistant,
    ask: Ask,
    recorded: Recorded,
    *,
    pain: int,
    kind: str,
    seconds: int,
) -> None:
    await ask("start")
    await ask("rate", pain=pain)
    started = (await recorded("session_started"))[-1]
    planned = {each["index"] for each in started["prescriptions"]}

    assert hass.states.is_state(SESSION, "running")
    assert (started["kind"], started["pain_before"]) == (kind, pain)
    assert planned == {0 if seconds == 815 else -1}


@pytest.mark.parametrize(
    "past", [[*lived(steady()), *build_past(AGREED, check_in="start_and_end")[:-1]]]
)
async def test_an_answer_at_the_gate_leads_to_the_routine_that_was_asked_for(
    ask: Ask, recorded: Recorded
) -> None:
    await ask("start", routine="intermediate")
    await ask("rate", pain=3)
    started = (await recorded("session_started"))[-1]

    assert (started["kind"], started["routine"]) == ("normal", "intermediate")


async def test_an_answer_at_the_gate_can_mean_not_today(
    hass: HomeAssistant, ask: Ask, recorded: Recorded
) -> None:
    await ask("start")
    await ask("rate", pain=7)
    event = hass.states.get("event.alex_session_events")

    assert hass.states.is_state(SESSION, "idle")
    assert event
    assert event.attributes["outcome"] == "not_today"
    assert await recorded("gate") == [{"result": "not_today", "pain_before": 7}]
    assert len(await recorded("session_started")) == 3


@pytest.mark.parametrize(
    "past", [[*lived(steady()), Setting(name="check_in", value="off")]]
)
async def test_who_wants_to_be_asked_nothing_begins_gently_at_once(
    hass: HomeAssistant, ask: Ask
) -> None:
    assert (await ask("start"))["kind"] == "gentle"
    assert hass.states.is_state(SESSION, "running")


async def test_stopping_at_the_gate_begins_nothing(
    hass: HomeAssistant, ask: Ask, recorded: Recorded
) -> None:
    await ask("start")
    await ask("stop")

    assert hass.states.is_state(SESSION, "idle")
    assert len(await recorded("session_started")) == 3
    assert len(await recorded("session_ended")) == 3


@pytest.mark.parametrize(
    "past", [[*lived(steady()), Setting(name="rating_wait", value=0)]]
)
async def test_who_does_not_want_to_be_waited_for_begins_gently_at_once(
    hass: HomeAssistant, ask: Ask
) -> None:
    assert (await ask("start"))["kind"] == "gentle"
    assert hass.states.is_state(SESSION, "running")


@pytest.mark.parametrize(
    ("later", "session"),
    [(timedelta(hours=2), "running"), (timedelta(hours=2, minutes=1), "asking")],
)
async def test_a_rating_of_the_last_two_hours_is_the_pain_before(
    hass: HomeAssistant,
    ask: Ask,
    pass_time: PassTime,
    *,
    later: timedelta,
    session: str,
) -> None:
    await ask("rate", pain=2)
    await pass_time(later)
    await ask("start")
    await pass_time(timedelta(seconds=5))

    assert hass.states.is_state(SESSION, session)


async def test_a_lower_rating_after_not_today_gives_a_gentle_session_at_most(
    ask: Ask, pass_time: PassTime
) -> None:
    await refused(ask, pain_before=6)
    await pass_time(timedelta(minutes=30))
    plan = await ask("get_plan", pain_before=1)

    assert plan["kind"] == "gentle"
    assert plan["why"][0] == "Earlier today it was sorer, so this is a lighter session."
    assert (await ask("start", pain_before=1))["kind"] == "gentle"


async def test_the_day_after_a_lower_rating_is_only_that(
    ask: Ask, pass_time: PassTime
) -> None:
    await refused(ask, pain_before=6)
    await pass_time(timedelta(days=1))

    assert (await ask("start", pain_before=2))["kind"] == "normal"


@pytest.mark.parametrize("past", [build_past(check_in="off", pain=7)])
async def test_a_high_rating_given_before_counts_whoever_starts(
    hass: HomeAssistant, set_up: MockConfigEntry, ask: Ask
) -> None:
    with pytest.raises(ServiceValidationError):
        await hass.services.async_call(
            BUTTON, SERVICE_PRESS, {ATTR_ENTITY_ID: START}, blocking=True
        )

    assert hass.states.is_state(SESSION, "idle")


# One a day (G-6), and the day after (G-7)


@pytest.fixture
async def done(ask: Ask, until: Until) -> None:
    """Complete a session today."""
    await ask("start", pain_before=3)
    await until("idle")


@pytest.mark.usefixtures("done")
async def test_g6_one_session_a_day_is_enough(hass: HomeAssistant, ask: Ask) -> None:
    rule, sentence = await refused(ask, pain_before=3)

    assert rule == "G-6"
    assert sentence == "One session a day is enough. The next one is tomorrow."
    assert hass.states.is_state(SESSION, "idle")


@pytest.mark.usefixtures("done")
async def test_g6_started_anyway_it_is_gentle_and_recorded_as_such(
    ask: Ask, recorded: Recorded
) -> None:
    assert (await ask("start", pain_before=3, override=True))["kind"] == "gentle"
    assert (await recorded("session_started"))[-1]["override"]


@pytest.mark.usefixtures("done")
async def test_g6_to_start_anyway_passes_nothing_else(ask: Ask) -> None:
    assert (await refused(ask, pain_before=6, override=True))[0] == "G-4"
    await ask("screen", reported=["chest_pain"])
    assert (await refused(ask, pain_before=3, override=True))[0] == "G-1"


async def test_g6_a_session_that_was_stopped_keeps_nobody_from_another(
    hass: HomeAssistant, ask: Ask, until: Until
) -> None:
    await ask("start", pain_before=3)
    await until("running", TILTS, "work")
    await ask("stop")

    assert (await ask("start", pain_before=3))["kind"] == "normal"


@pytest.mark.usefixtures("done")
async def test_g7_the_day_after_is_asked_for_and_unknown_without_an_answer(
    ask: Ask, pass_time: PassTime
) -> None:
    await pass_time(timedelta(days=2))
    plan = await ask("get_plan", pain_before=3)

    assert [each["rule"] for each in plan["decisions"]][:2] == ["G-7", "G-0"]
    assert plan["decisions"][0]["outcome"] == "ask"
    await ask("start", pain_before=3)
    await ask("next")
    answer = await ask("get_diary", kinds=["decision"])
    assert "P-4" in {each["data"]["rule"] for each in answer["entries"]}


@pytest.mark.usefixtures("done")
async def test_g7_recalled_at_the_gate_it_is_known(
    ask: Ask, pass_time: PassTime
) -> None:
    await pass_time(timedelta(days=2))
    await ask("rate", pain=3, context="next_day")
    plan = await ask("get_plan", pain_before=3)

    assert "G-7" not in {each["rule"] for each in plan["decisions"]}


# Locks


def lock_of(hass: HomeAssistant) -> tuple[str, Any, Any]:
    """Return what is shown of the lock."""
    state = hass.states.get(LOCKED)
    assert state
    return state.state, state.attributes["rule"], state.attributes["reason"]


FREE: Final = (STATE_OFF, None, None)


def sore(*exercises: str, times: int = 2) -> Life:
    """Return somebody whom some exercises made sorer, twice."""
    life = Life()
    for number in range(12, 12 + 2 * times, 2):
        life.session(
            number, pain=2, turns={each: {"pain_peak": 4} for each in exercises}
        )
    return life


def unsettled() -> Life:
    """Return somebody for whom three sessions in a row had not settled."""
    life = Life()
    for number in (12, 15, 18):
        life.session(number, pain=1, next_day=3)
    return life


def sharp() -> Life:
    """Return somebody who has had sharp pain three times lately."""
    life = Life()
    life.at("intermediate")
    for number, exercise in ((12, "dead_bugs"), (15, "bird_dogs"), (18, TILTS)):
        life.session(number, pain=1, turns={exercise: {"sharp": True, "done": 2}})
        life.at("intermediate" if number < 15 else "beginner", number + 1)
    return life


@pytest.mark.parametrize(
    ("past", "items", "rule"),
    [
        *((build_past(), [item], "G-1") for item in EMERGENCY),
        *((build_past(), [item], "G-2") for item in URGENT),
        *((build_past(), [item], "G-3") for item in CAUTION),
        (build_past(), ["pregnancy", "lump_or_shape", "chest_pain"], "G-1"),
        (build_past(), ["pregnancy", "lump_or_shape"], "G-2"),
    ],
)
async def test_what_is_marked_locks_and_is_shown_without_saying_what_it_was(
    hass: HomeAssistant, ask: Ask, *, items: list[str], rule: str
) -> None:
    answer = await ask("screen", items=items)
    state, shown_rule, reason = lock_of(hass)

    assert answer["locked"]
    assert answer["decisions"][0]["rule"] == rule
    assert (state, shown_rule) == (STATE_ON, rule)
    assert reason == answer["decisions"][0]["sentence"]
    assert not any(item in str(hass.states.get(LOCKED)) for item in items)
    assert await refused(ask, pain_before=1) == (rule, reason)


@pytest.mark.parametrize(
    ("past", "rule"),
    [
        ([], "screen"),
        (lived(unsettled()), "L-6"),
        (lived(sharp()), "S-5"),
        (lived(sore(TILTS, HIP, BRIDGES)), "S-6"),
    ],
)
async def test_a_lock_closes_every_door_and_hides_nothing(
    hass: HomeAssistant, ask: Ask, recorded: Recorded, rule: str
) -> None:
    state, shown_rule, reason = lock_of(hass)
    assert (state, shown_rule) == (STATE_ON, rule)
    sessions = await recorded("session_started")

    assert await refused(ask) == (rule, reason)
    assert await refused(ask, pain_before=0, override=True) == (rule, reason)
    with pytest.raises(ServiceValidationError):
        await hass.services.async_call(
            BUTTON, SERVICE_PRESS, {ATTR_ENTITY_ID: START}, blocking=True
        )
    plan = await ask("get_plan")
    assert (plan["result"], plan["exercises"], plan["why"]) == ("locked", [], [reason])
    assert hass.states.is_state(SESSION, "idle")
    assert await recorded("session_started") == sessions
    # what makes nothing harder is still there
    assert (await ask("rate", pain=2))["context"] in ("at_large", "next_day")
    assert (await ask("set_programme", exercise=TILTS, index=-3))["result"] == "locked"
    assert (await ask("log_activity", activity="walking", minutes=5))[
        "minutes_this_week"
    ]


@pytest.mark.parametrize("past", [[]])
async def test_no_screen_on_record_is_a_lock_until_it_is_answered(
    hass: HomeAssistant, ask: Ask
) -> None:
    assert lock_of(hass)[:2] == (STATE_ON, "screen")
    answer = await ask("screen", items=[])

    assert answer == {"name": "Alex", "locked": False, "decisions": []}
    assert lock_of(hass) == FREE


@pytest.mark.parametrize("past", [build_past()])
async def test_after_28_days_the_screen_is_due_again(
    hass: HomeAssistant, ask: Ask, pass_time: PassTime
) -> None:
    await pass_time(timedelta(days=27))
    assert lock_of(hass) == FREE
    await pass_time(timedelta(days=1))

    assert lock_of(hass)[:2] == (STATE_ON, "screen")


@pytest.mark.parametrize("past", [build_past()])
@pytest.mark.parametrize("item", ["saddle_numbness", "weight_loss"])
@pytest.mark.parametrize(
    ("answers", "is_open"),
    [
        ([{"items": []}], False),
        ([{"clinician_agreed": True}], False),
        ([{"advice_taken": True}], False),
        ([{"anything_new": False}], False),
        ([{"items": ["saddle_numbness"], "assessed": True}], False),
        ([{"items": [], "clinician_agreed": True}], False),
        ([{"items": [], "assessed": True}], True),
        ([{"items": ["falls"], "assessed": True}], False),
        ([{"items": ["falls"], "assessed": True, "clinician_agreed": True}], True),
    ],
)
async def test_g1_and_g2_open_only_when_assessed_and_screened_anew(
    hass: HomeAssistant,
    ask: Ask,
    *,
    item: str,
    answers: list[dict[str, Any]],
    is_open: bool,
) -> None:
    await ask("screen", items=[item])
    for each in answers:
        await ask("screen", **each)

    assert hass.states.is_state(LOCKED, STATE_OFF) == is_open


@pytest.mark.parametrize("past", [build_past()])
@pytest.mark.parametrize(
    ("answer", "is_open"),
    [
        ({"items": []}, False),
        ({"items": [], "assessed": True}, False),
        ({"advice_taken": True}, False),
        ({"clinician_agreed": True}, True),
        ({"items": ["osteoporosis"], "clinician_agreed": True}, True),
    ],
)
async def test_g3_opens_only_when_a_clinician_agreed(
    hass: HomeAssistant, ask: Ask, *, answer: dict[str, Any], is_open: bool
) -> None:
    await ask("screen", items=["osteoporosis"])
    await ask("screen", **answer)

    assert hass.states.is_state(LOCKED, STATE_OFF) == is_open


@pytest.mark.parametrize(
    "past",
    [lived(unsettled()), lived(sharp()), lived(sore(TILTS, HIP, BRIDGES))],
    ids=["L-6", "S-5", "S-6"],
)
async def test_what_waits_for_advice_opens_only_when_it_was_taken(
    hass: HomeAssistant, ask: Ask
) -> None:
    await ask("screen", items=[])
    await ask("screen", items=[], assessed=True, clinician_agreed=True)
    assert hass.states.is_state(LOCKED, STATE_ON)
    await ask("screen", advice_taken=True)

    assert hass.states.is_state(LOCKED, STATE_OFF)


@pytest.mark.parametrize("past", [build_past()])
async def test_something_new_wants_the_whole_list(
    hass: HomeAssistant, ask: Ask
) -> None:
    await ask("screen", anything_new=False)
    assert lock_of(hass) == FREE
    await ask("screen", anything_new=True)
    assert lock_of(hass)[:2] == (STATE_ON, "screen")
    await ask("screen", anything_new=False)
    assert lock_of(hass)[:2] == (STATE_ON, "screen")
    await ask("screen", items=[])

    assert lock_of(hass) == FREE


@pytest.mark.parametrize("past", [build_past()])
@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"items": [], "anything_new": True},
        {"items": [], "reported": ["chest_pain"]},
        {"assessed": True},
        {"assessed": True, "clinician_agreed": True},
    ],
)
async def test_a_screen_that_says_nothing_or_two_things_is_refused(
    ask: Ask, recorded: Recorded, answer: dict[str, Any]
) -> None:
    with pytest.raises(ServiceValidationError) as error:
        await ask("screen", **answer)

    assert error.value.translation_key == "screen_unclear"
    assert len(await recorded("screen")) == 1


# In mid-session (I-6)


@pytest.mark.parametrize("past", [build_past()])
@pytest.mark.parametrize(
    ("sign", "words", "rule"),
    [
        ("leg_numbness_or_weakness", "that needs emergency medical help", "G-1"),
        ("chest_pain", "that needs emergency medical help", "G-1"),
        ("dizziness", "speak to a doctor", "G-3"),
        ("fever_or_ill", "checked by a doctor or health line today", "G-2"),
        ("pain_below_knee", "speak to your physiotherapist", None),
    ],
)
@pytest.mark.parametrize("options", [SPOKEN])
@pytest.mark.usefixtures("voice")
async def test_i6_a_sign_reported_in_a_session_ends_it_and_locks(
    hass: HomeAssistant,
    player: RoomPlayer,
    ask: Ask,
    until: Until,
    pass_time: PassTime,
    recorded: Recorded,
    *,
    sign: str,
    words: str,
    rule: str | None,
) -> None:
    await ask("start")
    await until("running", TILTS, "work")
    await ask("screen", reported=[sign])
    await pass_time(timedelta(seconds=15))

    assert hass.states.is_state(SESSION, "idle")
    assert lock_of(hass)[1] == rule
    assert words in player.texts[-1].lower().replace("stop now, please. ", "")
    assert await recorded("session_ended") == [
        {"outcome": "pain", "pain_after": None, "effort": None}
    ]


@pytest.mark.parametrize("past", [build_past()])
async def test_a_list_that_locks_ends_the_session_that_is_going_on(
    hass: HomeAssistant, ask: Ask, until: Until, recorded: Recorded
) -> None:
    await ask("start")
    await until("running", TILTS, "work")
    await ask("screen", items=["fever_or_ill"])

    assert hass.states.is_state(SESSION, "idle")
    assert (await recorded("session_ended"))[0]["outcome"] == "partial"


@pytest.mark.parametrize("past", [build_past()])
async def test_a_list_without_anything_disturbs_no_session(
    hass: HomeAssistant, ask: Ask, until: Until
) -> None:
    await ask("start")
    await until("running", TILTS, "work")
    await ask("screen", items=[])
    await ask("screen", anything_new=False)

    assert hass.states.is_state(SESSION, "running")


@pytest.mark.parametrize("past", [build_past()])
@pytest.mark.parametrize("options", [SPOKEN])
@pytest.mark.usefixtures("voice")
async def test_a_refused_start_is_said_and_the_speaker_left_as_it_was(
    hass: HomeAssistant, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    rule, sentence = await refused(ask, pain_before=8)
    await pass_time(timedelta(seconds=20))

    assert rule == "G-4"
    assert player.texts == [sentence]
    assert "8" not in "".join(player.texts)
    assert hass.states.is_state("media_player.test", "idle")
