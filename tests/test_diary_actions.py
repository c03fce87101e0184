"""The actions about the diary: what they answer, record and refuse."""

from datetime import timedelta
import json
from typing import Any, Final

from homeassistant.const import ATTR_DEVICE_ID, ATTR_ENTITY_ID, STATE_OFF, STATE_ON
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import device_registry as dr
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import DOMAIN
from custom_components.back_exercise.engine.diary import (
    Context,
    Rating,
    Setting,
)

from .conftest import (
    ADVANCED,
    SILENT,
    Ask,
    PassTime,
    Play,
    Recorded,
    Until,
    build_entry,
    build_past,
    lived,
)
from .engine.exercises import HIP, SIMPLE, TILTS
from .engine.lives import Life, cooled_off

LOCKED: Final = "binary_sensor.alex_locked"
MINUTES: Final = "sensor.alex_active_minutes_this_week"


async def refused(ask: Ask, action: str, **data: Any) -> tuple[str | None, Any]:
    """Return the key with which an action is refused, and what its text is told."""
    with pytest.raises(ServiceValidationError) as error:
        await ask(action, **data)
    return error.value.translation_key, error.value.translation_placeholders


# Activities


async def test_an_activity_is_answered_with_the_minutes_of_the_week(
    hass: HomeAssistant, ask: Ask, recorded: Recorded
) -> None:
    await ask("log_activity", activity="walking", minutes=20)
    answer = await ask(
        "log_activity", activity="running", minutes="15", intensity="vigorous"
    )

    assert answer == {
        "name": "Alex",
        "minutes_this_week": 50,
        "target": 30,
        "advice": [],
    }
    assert hass.states.is_state(MINUTES, "50")
    assert (await recorded("activity"))[-1] == {
        "activity": "running",
        "minutes": 15,
        "intensity": "vigorous",
    }


async def test_an_activity_of_last_week_is_not_of_this_one(
    hass: HomeAssistant, ask: Ask, pass_time: PassTime
) -> None:
    await ask("log_activity", activity="walking", minutes=20)
    earlier = dt_util.now() - timedelta(days=7)
    await ask("log_activity", activity="cycling", minutes=40, at=earlier.isoformat())

    assert hass.states.is_state(MINUTES, "20")


async def test_an_activity_in_the_future_is_refused(
    ask: Ask, recorded: Recorded
) -> None:
    later = dt_util.now() + timedelta(minutes=5)

    assert await refused(
        ask, "log_activity", activity="walking", minutes=20, at=later.isoformat()
    ) == ("in_future", {"field": "at"})
    assert await recorded("activity") == []


async def test_repeated_bending_is_logged_and_met_with_caution(
    ask: Ask, recorded: Recorded
) -> None:
    answer = await ask("log_activity", activity="Sit-ups 20", minutes=5)

    (advice,) = answer["advice"]
    assert advice["rule"] == "F-1"
    assert "to be treated with caution" in advice["sentence"]
    assert len(await recorded("activity")) == 1


# The programme, by hand


async def test_less_is_possible_at_any_time(ask: Ask, recorded: Recorded) -> None:
    plan = await ask("set_programme", exercise=TILTS, index=-2)

    assert plan["exercises"][0]["index"] == -2
    assert plan["why"] == ["There is less of Pelvic tilts, as you wished."]
    assert len(await recorded("programme_set")) == 1


async def test_more_is_possible_by_one_step_a_week(
    ask: Ask, recorded: Recorded, pass_time: PassTime
) -> None:
    await ask("set_programme", exercise=SIMPLE, index=1)
    key, told = await refused(ask, "set_programme", exercise=SIMPLE, index=2)
    await pass_time(timedelta(days=7))
    await ask("set_programme", exercise=SIMPLE, index=2)
    plan = await ask("get_plan", pain_before=2)

    assert (key, told["rule"]) == ("rule", "X-1")
    assert plan["exercises"][-1]["index"] == 2
    assert len(await recorded("programme_set")) == 2


@pytest.mark.parametrize(
    ("wish", "rule"),
    [
        ({"exercise": SIMPLE, "index": 2}, "X-1"),
        ({"exercise": TILTS, "index": 1}, "X-1"),
        ({"exercise": TILTS, "re_enable": True}, "X-1"),
        ({"exercise": "single_leg_balance", "form": "usual"}, "X-1"),
        ({"routine": "intermediate"}, "R1"),
        ({"routine": "advanced"}, "R1"),
    ],
)
async def test_what_the_rules_refuse_is_told_with_its_sentence_and_not_recorded(
    ask: Ask, recorded: Recorded, *, wish: dict[str, Any], rule: str
) -> None:
    key, told = await refused(ask, "set_programme", **wish)

    assert (key, told["rule"]) == ("rule", rule)
    assert told["sentence"]
    assert await recorded("programme_set") == []


@pytest.mark.parametrize(
    "past",
    [
        build_past(Rating(value=2, context=Context.AT_LARGE))[1:],
        [*lived(Life()), Setting(name="check_in", value="off")][1:],
    ],
)
async def test_nothing_gets_harder_by_hand_under_a_lock(
    hass: HomeAssistant, ask: Ask
) -> None:
    assert hass.states.is_state(LOCKED, STATE_ON)
    for wish in (
        {"exercise": SIMPLE, "index": 1},
        {"routine": "intermediate", "clinician_agreed": True},
    ):
        assert (await refused(ask, "set_programme", **wish))[0] == "rule"


async def test_a_routine_above_is_possible_once_a_clinician_agreed(
    hass: HomeAssistant, ask: Ask
) -> None:
    plan = await ask("set_programme", routine="intermediate", clinician_agreed=True)

    assert plan["routine"] == "intermediate"
    assert hass.states.is_state("select.alex_routine", "intermediate")


@pytest.mark.parametrize("past", [build_past(ADVANCED)])
async def test_a_routine_below_is_possible_at_any_time(
    hass: HomeAssistant, ask: Ask
) -> None:
    await ask("set_programme", routine="beginner")
    routine = hass.states.get("select.alex_routine")

    assert routine
    assert routine.state == "beginner"
    assert routine.attributes["options"] == ["beginner"]


@pytest.mark.parametrize("past", [build_past(ADVANCED)])
async def test_the_balance_can_be_done_on_the_floor(ask: Ask) -> None:
    plan = await ask(
        "set_programme", exercise="single_leg_balance", form="level_surface"
    )

    forms = {each["exercise"]: each["form"] for each in plan["exercises"]}
    assert forms["single_leg_balance"] == "level_surface"


async def test_a_change_of_nothing_is_refused(ask: Ask, recorded: Recorded) -> None:
    assert (await refused(ask, "set_programme"))[0] == "programme_unclear"
    assert await recorded("programme_set") == []


# Offers


@pytest.mark.parametrize("accepted", [True, False])
@pytest.mark.parametrize("offer", ["level", "retrial"])
async def test_what_is_not_offered_can_not_be_answered(
    ask: Ask, recorded: Recorded, *, offer: str, accepted: bool
) -> None:
    answer = await refused(ask, "answer_offer", offer=offer, accepted=accepted)

    assert answer == ("no_offer", {})
    assert await recorded("offer_answered") == []


@pytest.mark.parametrize("past", [lived(cooled_off())])
async def test_a_retrial_is_offered_and_begins_only_when_it_is_accepted(
    hass: HomeAssistant, ask: Ask
) -> None:
    offer = hass.states.get("sensor.alex_offer")
    before = await ask("get_plan", pain_before=1)
    await ask("answer_offer", offer="retrial", exercise=TILTS, accepted=True)
    after = await ask("get_plan", pain_before=1)

    assert offer
    assert offer.state == "retrial"
    assert offer.attributes["offers"][0]["exercise"] == TILTS
    assert TILTS not in {each["exercise"] for each in before["exercises"]}
    assert after["exercises"][0]["exercise"] == TILTS
    assert (after["exercises"][0]["index"], after["exercises"][0]["status"]) == (
        -3,
        "retrial",
    )
    left = hass.states.get("sensor.alex_offer")
    assert left
    assert TILTS not in {each["exercise"] for each in left.attributes["offers"]}


@pytest.mark.parametrize("past", [lived(cooled_off())])
async def test_a_retrial_of_something_else_can_not_be_accepted(
    hass: HomeAssistant, ask: Ask
) -> None:
    answer = await refused(
        ask, "answer_offer", offer="retrial", exercise=HIP, accepted=True
    )

    assert answer[0] == "no_offer"
    assert hass.states.is_state("sensor.alex_offer", "retrial")


# Reading


async def test_the_diary_is_read_from_the_newest_back(ask: Ask) -> None:
    for pain in (3, 4, 5):
        await ask("rate", pain=pain)
    answer = await ask("get_diary", limit=2)

    assert [each["data"]["value"] for each in answer["entries"]] == [5, 4]
    newest = answer["entries"][0]
    assert set(newest) == {"id", "kind", "at", "zone", "source", "schema", "data"}
    assert (newest["kind"], newest["source"]) == ("rating", "action")


async def test_a_time_of_the_diary_is_read(ask: Ask, pass_time: PassTime) -> None:
    await pass_time(timedelta(hours=1))
    await ask("rate", pain=4)
    at = dt_util.utcnow()
    await pass_time(timedelta(hours=1))
    await ask("rate", pain=5)
    answer = await ask(
        "get_diary",
        start=at.isoformat(),
        end=(at + timedelta(minutes=1)).isoformat(),
    )

    assert [each["data"]["value"] for each in answer["entries"]] == [4]


async def test_kinds_of_entries_are_read(ask: Ask) -> None:
    answer = await ask("get_diary", kinds=["screen", "setting"])

    assert [each["kind"] for each in answer["entries"]] == ["setting", "screen"]


# Correcting


async def last(ask: Ask, kind: str) -> dict[str, Any]:
    """Return the newest entry of a kind."""
    answer = await ask("get_diary", kinds=[kind], limit=1)
    entry: dict[str, Any] = answer["entries"][0]
    return entry


async def test_an_entry_can_be_changed_and_everything_follows(
    hass: HomeAssistant, ask: Ask
) -> None:
    await ask("rate", pain=5)
    entry = await last(ask, "rating")
    answer = await ask("edit_entry", entry_id=entry["id"], changes={"value": 3})

    assert answer["entry"]["data"]["value"] == 3
    assert (await last(ask, "rating"))["data"]["value"] == 3
    assert hass.states.is_state("sensor.alex_pain", "3")


async def test_an_entry_can_be_deleted_and_everything_follows(
    hass: HomeAssistant, ask: Ask
) -> None:
    await ask("rate", pain=5)
    entry = await last(ask, "rating")
    await ask("delete_entry", entry_id=entry["id"])

    assert (await last(ask, "rating"))["data"]["value"] == 2
    assert hass.states.is_state("sensor.alex_pain", "2")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"value": 11}, "data.value"),
        ({"value": "much"}, "data.value"),
        ({"context": "later"}, "data.context"),
        ({"mood": "fine"}, "data.mood"),
    ],
)
async def test_a_change_that_makes_no_sense_is_refused_by_field(
    ask: Ask, *, changes: dict[str, Any], field: str
) -> None:
    entry = await last(ask, "rating")
    key, told = await refused(ask, "edit_entry", entry_id=entry["id"], changes=changes)

    assert key == "field_not_allowed"
    assert field.rpartition(".")[2] in told["field"]
    assert told["allowed"]
    assert await last(ask, "rating") == entry


@pytest.mark.parametrize(
    ("action", "data"), [("edit_entry", {"changes": {}}), ("delete_entry", {})]
)
async def test_an_entry_that_is_not_there_is_refused(
    ask: Ask, *, action: str, data: dict[str, Any]
) -> None:
    assert await refused(ask, action, entry_id="none", **data) == (
        "entry_unknown",
        {"entry": "none"},
    )


@pytest.mark.parametrize(
    "correct", [("delete_entry", {}), ("edit_entry", {"changes": {"flags": []}})]
)
async def test_no_correction_lifts_a_lock(
    hass: HomeAssistant, ask: Ask, correct: tuple[str, dict[str, Any]]
) -> None:
    await ask("screen", items=["chest_pain"])
    entry = await last(ask, "screen")
    action, data = correct
    await ask(action, entry_id=entry["id"], **data)

    assert hass.states.is_state(LOCKED, STATE_ON)
    assert hass.states.get(LOCKED).attributes["rule"] == "G-1"  # type: ignore[union-attr]


async def test_deleting_sharp_pain_brings_no_exercise_back(
    ask: Ask, until: Until, pass_time: PassTime
) -> None:
    await ask("start")
    await until("running", TILTS, "work")
    await ask("sharp_pain")
    await ask("stop")
    entry = await last(ask, "exercise_done")
    await ask("delete_entry", entry_id=entry["id"])
    await pass_time(timedelta(days=1))
    plan = await ask("get_plan", pain_before=2)

    assert TILTS not in {each["exercise"] for each in plan["exercises"]}


# Taking it along


@pytest.fixture
async def sam(
    hass: HomeAssistant, set_up: MockConfigEntry, pass_time: PassTime
) -> MockConfigEntry:
    """Set a second person up, whose diary is empty."""
    entry = build_entry("Sam", SILENT)
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await pass_time()
    return entry


async def for_sam(hass: HomeAssistant, action: str, **data: Any) -> dict[str, Any]:
    """Perform an action for Sam."""
    answers: Any = await hass.services.async_call(
        DOMAIN,
        action,
        {ATTR_ENTITY_ID: "sensor.sam_session", **data},
        blocking=True,
        return_response=True,
    )
    (answer,) = answers.values()
    answer.pop("name")
    found: dict[str, Any] = answer
    return found


@pytest.mark.parametrize("past", [lived(cooled_off())])
@pytest.mark.parametrize("form", [lambda diary: diary, json.dumps])
async def test_an_exported_diary_brings_all_entries_elsewhere_but_no_higher_dose(
    hass: HomeAssistant, sam: MockConfigEntry, ask: Ask, form: Any
) -> None:
    diary = (await ask("export"))["diary"]
    plan = await ask("get_plan", pain_before=1)
    answer = await for_sam(hass, "import", diary=form(diary))
    again = await for_sam(hass, "import", diary=form(diary))

    assert answer["added"] == len(diary["entries"])
    assert again == {"added": 0}
    entries = (await for_sam(hass, "export"))["diary"]["entries"]
    assert [each for each in entries if each["kind"] != "correction"] == (
        diary["entries"]
    )
    # nothing that is imported opens a lock, not even that of who is new
    await for_sam(hass, "screen", items=[])
    theirs = await for_sam(hass, "get_plan", pain_before=1)
    assert [(each["exercise"], each["index"]) for each in theirs["exercises"]] == [
        (each["exercise"], min(each["index"], 0)) for each in plan["exercises"]
    ]


async def test_a_diary_can_be_had_as_a_table(ask: Ask) -> None:
    table = (await ask("export", format="csv"))["csv"].splitlines()

    assert table[0] == "id,kind,at,zone,source,data"
    assert len(table) == 4
    assert [line.split(",")[1] for line in table[1:]] == ["screen", "setting", "rating"]


@pytest.mark.parametrize(
    "diary",
    [
        {},
        {"entries": "none"},
        {"format": "back_exercise.diary", "version": 99, "entries": []},
        {"format": "other", "version": 1, "entries": []},
    ],
)
async def test_what_is_no_diary_is_refused_by_field(
    ask: Ask, diary: dict[str, Any]
) -> None:
    before = await ask("get_diary")
    key, told = await refused(ask, "import", diary=diary)

    assert key == "field_not_allowed"
    assert told["field"]
    assert told["allowed"]
    assert await ask("get_diary") == before


async def test_of_a_diary_with_one_wrong_entry_nothing_is_taken(
    hass: HomeAssistant, sam: MockConfigEntry, ask: Ask
) -> None:
    diary = (await ask("export"))["diary"]
    diary["entries"][-1]["data"]["value"] = 12
    with pytest.raises(ServiceValidationError) as error:
        await for_sam(hass, "import", diary=diary)

    assert error.value.translation_placeholders
    assert "entries[2]" in error.value.translation_placeholders["field"]
    assert (await for_sam(hass, "get_diary"))["entries"] == []


async def test_an_export_of_a_newer_version_is_refused_with_what_to_do(
    ask: Ask, recorded: Recorded
) -> None:
    before = await recorded("rating")
    exported = await ask("export")
    newer = {**exported["diary"], "schema": 2}

    assert await refused(ask, "import", diary=newer) == ("export_newer", {})
    assert await recorded("rating") == before


async def test_no_import_lifts_a_lock(
    hass: HomeAssistant, ask: Ask, pass_time: PassTime
) -> None:
    diary = (await ask("export"))["diary"]
    await ask("screen", items=["chest_pain"])
    await ask("import", diary=diary)

    assert hass.states.is_state(LOCKED, STATE_ON)


# Erasing


async def test_an_erased_diary_is_empty_and_locked_until_it_is_screened(
    hass: HomeAssistant, ask: Ask
) -> None:
    answer = await ask("delete_diary", confirmed=True)

    assert answer["locked"]
    assert answer["decisions"][0]["rule"] == "screen"
    assert (await ask("get_diary"))["entries"] == []
    assert hass.states.is_state(LOCKED, STATE_ON)
    await ask("screen", items=[])
    assert hass.states.is_state(LOCKED, STATE_OFF)


async def test_nothing_is_erased_that_was_not_confirmed(ask: Ask) -> None:
    before = await ask("get_diary")

    assert (await refused(ask, "delete_diary", confirmed=False))[0] == "not_confirmed"
    assert await ask("get_diary") == before


async def test_nothing_is_erased_under_a_session(ask: Ask) -> None:
    await ask("start")
    before = await ask("get_diary")

    assert await refused(ask, "delete_diary", confirmed=True) == (
        "already_running",
        {"name": "Alex"},
    )
    assert await ask("get_diary") == before


# Several persons


async def test_what_is_given_for_two_is_recorded_for_each(
    hass: HomeAssistant,
    sam: MockConfigEntry,
    ask: Ask,
    device_id: str,
    device_registry: dr.DeviceRegistry,
) -> None:
    answers: Any = await hass.services.async_call(
        DOMAIN,
        "rate",
        {
            ATTR_DEVICE_ID: device_id,
            ATTR_ENTITY_ID: "sensor.sam_session",
            "pain": 3,
        },
        blocking=True,
        return_response=True,
    )

    assert {each["name"] for each in answers.values()} == {"Alex", "Sam"}
    assert hass.states.is_state("sensor.alex_pain", "3")
    assert hass.states.is_state("sensor.sam_pain", "3")


async def test_what_is_recorded_of_one_is_nobody_elses(
    hass: HomeAssistant, sam: MockConfigEntry, ask: Ask
) -> None:
    await ask("rate", pain=6)

    assert (await for_sam(hass, "get_diary"))["entries"] == []


# Which way it came


@pytest.mark.parametrize("check_in", ["each_exercise", "start_and_end", "off"])
async def test_the_check_in_that_is_chosen_is_recorded_and_used(
    hass: HomeAssistant, ask: Ask, play: Play, recorded: Recorded, check_in: str
) -> None:
    await hass.services.async_call(
        "select",
        "select_option",
        {ATTR_ENTITY_ID: "select.alex_check_in", "option": check_in},
        blocking=True,
    )
    await ask("start", pain_before=2)

    assert hass.states.is_state("select.alex_check_in", check_in)
    assert (await recorded("setting"))[-1]["value"] == check_in
    assert (await recorded("session_started"))[0]["check_in"] == check_in
