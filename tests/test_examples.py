"""Examples of clinical.md 4.6, lived through with actions and states alone."""

from datetime import timedelta
from typing import Any, Final

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.engine.diary import OfferKind, ProgrammeSet

from .conftest import (
    Ask,
    PassTime,
    Past,
    Play,
    Recorded,
    Until,
    build_past,
    lived,
)
from .engine.exercises import BRIDGES, BUGS, DOGS, HIP, HYDRANTS, SIMPLE, STRETCH, TILTS
from .engine.lives import Life

OFFER: Final = "sensor.alex_offer"

BEGINNER: Final = [TILTS, HIP, BRIDGES, SIMPLE]
INTERMEDIATE: Final = [STRETCH, BUGS, DOGS, HYDRANTS]

NEXT_MORNING: Final = timedelta(hours=24)

INTERMEDIATE_AGREED: Final = ProgrammeSet(routine="intermediate", clinician_agreed=True)


@pytest.fixture(autouse=True)
async def zone(hass: HomeAssistant) -> None:
    """Be where the lives are."""
    await hass.config.async_set_time_zone("UTC")


def outline(plan: dict[str, Any]) -> list[tuple[str, int]]:
    """Return exercises and indices of a plan."""
    return [(each["exercise"], each["index"]) for each in plan["exercises"]]


async def rules(recorded: Recorded) -> list[tuple[str, str | None]]:
    """Return what the rules decided so far, and about which exercise."""
    decisions = await recorded("decision")
    return [(each["rule"], each["exercise"]) for each in decisions]


# E4 and E5: one exercise


@pytest.mark.parametrize("past", [build_past(check_in="each_exercise")])
async def test_e4_one_exercise_that_stirs_things_up_is_eased(
    ask: Ask, play: Play, follow: Play, pass_time: PassTime, recorded: Recorded
) -> None:
    await play(2, effort=2, to=BRIDGES)
    await pass_time(timedelta(seconds=38))
    await ask("rate", pain=4)
    done = (await recorded("exercise_done"))[-1]
    await follow(2, effort=2)
    await pass_time(NEXT_MORNING)
    await ask("rate", pain=2)
    await pass_time(timedelta(days=1))
    plan = await ask("get_plan", pain_before=2)

    assert (done["exercise"], done["done"], done["stopped_for_pain"]) == (
        BRIDGES,
        6,
        True,
    )
    assert outline(plan) == [(TILTS, 0), (HIP, 0), (BRIDGES, -1), (SIMPLE, 0)]
    assert plan["nominal_seconds"] == 803
    assert plan["why"] == [
        "Bridges stirred things up, so there is a little less of it."
    ]


@pytest.mark.parametrize(
    "past", [build_past(INTERMEDIATE_AGREED, check_in="each_exercise")]
)
async def test_e5_sharp_pain_takes_an_exercise_out_and_the_session_goes_on(
    hass: HomeAssistant,
    ask: Ask,
    play: Play,
    follow: Play,
    until: Until,
    pass_time: PassTime,
    recorded: Recorded,
) -> None:
    await play(1, to=BUGS)
    await pass_time(timedelta(seconds=16))
    await ask("sharp_pain")
    await until("asking", BUGS)
    await ask("rate", pain=4)
    await follow(1, to=DOGS)
    assert hass.states.is_state("sensor.alex_exercise", DOGS)
    await follow(1)
    await pass_time(NEXT_MORNING)
    await ask("rate", pain=1)
    await pass_time(timedelta(days=1))
    plan = await ask("get_plan", pain_before=1)

    (bugs,) = [each for each in await recorded("exercise_done") if each["sharp"]]
    assert (bugs["exercise"], bugs["done"], bugs["planned"]) == (BUGS, 2, 10)
    assert (await recorded("session_ended"))[0]["outcome"] == "completed"
    assert ("S-1", BUGS) in await rules(recorded)
    assert [id_ for id_, _ in outline(plan)] == [STRETCH, DOGS, HYDRANTS]
    assert plan["nominal_seconds"] == 770
    (why,) = plan["why"]
    assert why.startswith("Dead bugs is left out after sharp pain.")
    assert (await ask("set_programme", exercise=BUGS, index=-3))["result"] == "plan"
    assert STRETCH in dict(outline(await ask("get_plan", pain_before=1)))
    assert BUGS not in dict(outline(await ask("get_plan", pain_before=1)))


# E7: the next day


def built_up() -> Life:
    """Return somebody at beginner whose stretch has been raised twice."""
    life = Life()
    for number in (9, 11, 13, 15, 18):
        life.session(number, pain=2)
    return life


@pytest.mark.parametrize("past", [lived(built_up())])
async def test_e7_what_has_not_settled_by_the_next_day_eases_everything(
    ask: Ask, play: Play, pass_time: PassTime, recorded: Recorded
) -> None:
    assert outline(await ask("get_plan", pain_before=2))[-1] == (SIMPLE, 2)
    await play(2, answers={HIP: {"pain": 3}})
    await pass_time(NEXT_MORNING)
    assert (await ask("rate", pain=4))["context"] == "next_day"
    await pass_time(timedelta(days=1))
    plan = await ask("get_plan", pain_before=2)

    eased = [(TILTS, -1), (HIP, -1), (BRIDGES, -1), (SIMPLE, 1)]
    assert outline(plan) == eased
    assert plan["nominal_seconds"] == 777
    assert plan["why"][0] == (
        "It hadn’t settled by next day, so the next sessions are lighter."
    )
    assert {("P-2", each) for each in BEGINNER} <= set(await rules(recorded))
    for _ in range(2):
        await play(2)
        await pass_time(NEXT_MORNING)
        await ask("rate", pain=2)
        await pass_time(timedelta(days=1))
        assert outline(await ask("get_plan", pain_before=2)) == eased
    await play(2)
    await pass_time(NEXT_MORNING)
    await ask("rate", pain=2)
    raised = outline(await ask("get_plan", pain_before=2, override=True))
    assert [index for _, index in raised] != [index for _, index in eased]


# E9 and E10: the next routine


def ready_for_more(*, sessions: int, first: int = 0) -> Life:
    """Return somebody at beginner to whom the next routine is offered, or nearly."""
    life = Life()
    life.setting("highest_repetitions", {SIMPLE: 5})
    for number in (0, 4, 8, 10, 12, 15)[:sessions]:
        life.session(first + number, turns={HIP: {"effort": 5}})
    return life


@pytest.fixture
async def offered(play: Play, ask: Ask, pass_time: PassTime) -> None:
    """Do the session after which the next routine is offered."""
    await play(1, answers={HIP: {"effort": 5}})
    await pass_time(NEXT_MORNING)
    await ask("rate", pain=1)


E9: Final = pytest.mark.parametrize(
    "past", [lived(ready_for_more(sessions=5, first=5))]
)


@E9
async def test_e9_nothing_is_offered_before_all_of_it_holds(
    hass: HomeAssistant, set_up: MockConfigEntry
) -> None:
    assert hass.states.is_state(OFFER, "none")


@E9
@pytest.mark.usefixtures("offered")
async def test_e9_the_next_routine_is_offered_and_not_taken_by_itself(
    hass: HomeAssistant, ask: Ask, pass_time: PassTime
) -> None:
    offer = hass.states.get(OFFER)
    event = hass.states.get("event.alex_session_events")
    await pass_time(timedelta(days=1))
    plan = await ask("get_plan", pain_before=1)

    sentence = (
        "Most of this is easy now. Want to try your intermediate routine, lightly? "
        "If you have a physiotherapist, tell them."
    )
    assert offer
    assert offer.state == "level"
    assert offer.attributes["offers"] == [
        {
            "offer": "level",
            "exercise": None,
            "routine": "intermediate",
            "since": "2026-11-24",
            "sentence": sentence,
        }
    ]
    assert event
    assert (event.attributes["event_type"], event.attributes["sentence"]) == (
        "offer_made",
        sentence,
    )
    assert (plan["routine"], plan["kind"]) == ("beginner", "normal")
    assert outline(plan) == [(each, 0) for each in BEGINNER]


@E9
@pytest.mark.usefixtures("offered")
async def test_e9_declining_changes_nothing(
    hass: HomeAssistant, ask: Ask, pass_time: PassTime
) -> None:
    await pass_time(timedelta(days=1))
    before = await ask("get_plan", pain_before=1)
    answer = await ask("answer_offer", offer="level", accepted=False)
    after = await ask("get_plan", pain_before=1)

    assert answer == {"name": "Alex", "offers": []}
    assert hass.states.is_state(OFFER, "none")
    assert outline(after) == outline(before)
    assert after["kind"] == before["kind"] == "normal"


@E9
@pytest.mark.usefixtures("offered")
async def test_e9_accepting_plans_the_next_routine_lightly(
    hass: HomeAssistant, ask: Ask, pass_time: PassTime
) -> None:
    await ask("answer_offer", offer="level", accepted=True)
    await pass_time(timedelta(days=1))
    plan = await ask("get_plan", pain_before=1)
    routines = hass.states.get("select.alex_routine")

    assert (plan["routine"], plan["kind"]) == ("intermediate", "trial")
    assert outline(plan) == [(each, -1) for each in INTERMEDIATE]
    assert plan["nominal_seconds"] == 776
    assert hass.states.is_state(OFFER, "none")
    assert routines
    assert routines.attributes["options"] == ["beginner", "intermediate"]


def struggling() -> Life:
    """Return somebody who has done two sessions of a trial."""
    life = ready_for_more(sessions=6)
    life.accept(16, OfferKind.LEVEL)
    hard = {"effort": 7}
    life.session(17, turns={DOGS: hard}, effort=5)
    life.session(19, turns={DOGS: hard, HYDRANTS: hard}, effort=5)
    return life


@pytest.mark.parametrize("past", [lived(struggling())])
async def test_e10_a_trial_that_is_a_struggle_leads_to_building(
    hass: HomeAssistant, ask: Ask, play: Play, pass_time: PassTime, recorded: Recorded
) -> None:
    assert (await ask("get_plan", pain_before=1))["kind"] == "trial"
    await play(1, effort=5, answers={HYDRANTS: {"effort": 8}})
    await pass_time(NEXT_MORNING)
    await ask("rate", pain=1)
    assert ("L-3", None) in await rules(recorded)
    await pass_time(timedelta(days=1))
    back = await ask("get_plan", pain_before=1)
    for _ in range(2):
        await play(1)
        await pass_time(NEXT_MORNING)
        await ask("rate", pain=1)
        await pass_time(timedelta(days=1))
    built = await ask("get_plan", pain_before=1)

    assert (back["routine"], back["kind"]) == ("beginner", "normal")
    assert outline(back) == [(each, 0) for each in BEGINNER]
    assert outline(built) == [(TILTS, 1), (HIP, 1), (BRIDGES, 0), (SIMPLE, 0)]
    assert built["nominal_seconds"] == 844


# E11: back after some days


def away(days: int) -> Past:
    """Return somebody at intermediate who was away for some days."""
    life = Life()
    life.at("intermediate")
    life.session(21 - days, pain=2, effort=5)
    return lived(life)


@pytest.mark.parametrize(
    ("past", "rule", "index", "seconds"),
    [(away(10), "A-1", -1, 776), (away(16), "A-2", -3, 614)],
    ids=["10", "16"],
)
async def test_e11_back_after_some_days_it_begins_lighter(
    ask: Ask, *, rule: str, index: int, seconds: int
) -> None:
    plan = await ask("get_plan", pain_before=2)

    assert plan["kind"] == "return"
    assert outline(plan) == [(each, index) for each in INTERMEDIATE]
    assert plan["nominal_seconds"] == seconds
    assert rule in {each["rule"] for each in plan["decisions"]}
    assert plan["why"][0].startswith("Good to have you back.")


@pytest.mark.parametrize("past", [away(16)])
async def test_e11_after_an_acceptable_session_it_goes_up_by_one(
    ask: Ask, play: Play, pass_time: PassTime, recorded: Recorded
) -> None:
    await play(2)
    await pass_time(NEXT_MORNING)
    await ask("rate", pain=2)
    await pass_time(timedelta(days=1))

    plan = await ask("get_plan", pain_before=2)
    assert outline(plan) == [(each, -2) for each in INTERMEDIATE]
    assert (await recorded("session_started"))[-1]["kind"] == "return"
