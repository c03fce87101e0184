"""The options about the programme: its rules, limits and routine, and a helper."""

from collections.abc import Mapping
from typing import Any, Final
from unittest.mock import patch

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import CONF_PAIN_INPUT, DOMAIN
from custom_components.back_exercise.coordinator import Coordinator, load_catalogue
from custom_components.back_exercise.diary_file import Reason, StoreError
from custom_components.back_exercise.engine.catalogue import Routine
from custom_components.back_exercise.engine.diary import (
    ExerciseDone,
    Kind,
    Outcome,
    Payload,
    Prescribed,
    ProgrammeSet,
    SessionEnded,
    SessionKind,
    SessionStarted,
    Setting,
)
from custom_components.back_exercise.engine.settings import BOUNDS, SWITCHES, Settings
from custom_components.back_exercise.rule_answers import GROUPS

from .conftest import SCREENED, build_entry
from .walking import Shown, Walk, defaults, fields, placeholders, suggested

STORE: Final = "custom_components.back_exercise.store.Store"
HELPER: Final = "input_number.pain"
EXERCISES: Final = load_catalogue().exercises


@pytest.fixture
def platforms() -> list[Platform]:
    """Load no entities."""
    return []


@pytest.fixture
def past() -> list[Payload]:
    """Return what is in the person's diary: nothing but the screen."""
    return [*SCREENED]


@pytest.fixture
def walk(hass: HomeAssistant, set_up: MockConfigEntry) -> Walk:
    """Return what walks through the options of the person."""
    return Walk(hass, hass.config_entries.options, "options")


async def begin(walk: Walk, entry: MockConfigEntry, *steps: str) -> Shown:
    """Walk to a step of the options."""
    await walk.begin(entry.entry_id)
    return await walk.choose(*steps)


def settings_of(entry: MockConfigEntry) -> Settings:
    """Return what a person's settings are."""
    coordinator: Coordinator = entry.runtime_data
    return coordinator.diary.programme.settings


def level_of(entry: MockConfigEntry) -> Routine:
    """Return what routine a person's programme is at."""
    coordinator: Coordinator = entry.runtime_data
    return coordinator.diary.programme.level


async def recorded(entry: MockConfigEntry, kind: Kind) -> list[Payload]:
    """Return what the options recorded in a person's diary."""
    coordinator: Coordinator = entry.runtime_data
    entries = await coordinator.diary.async_read(kinds=[kind])
    return [each.payload for each in entries if each.source == "options"]


# The rules


def test_every_setting_of_the_rules_is_asked_for_once() -> None:
    asked = [name for names in GROUPS.values() for name in names]
    assert sorted(asked) == sorted([*BOUNDS, *SWITCHES])


@pytest.mark.parametrize("group", GROUPS)
async def test_the_present_settings_are_shown_with_their_ranges(
    walk: Walk, set_up: MockConfigEntry, group: str
) -> None:
    shown = await begin(walk, set_up, "rules", group)
    assert shown["step_id"] == group
    present = defaults(fields(shown))
    settings = settings_of(set_up)
    assert {name: present[name] for name in GROUPS[group]} == {
        name: getattr(settings, name) for name in GROUPS[group]
    }
    told = placeholders(shown)
    assert set(told) == {name for name in GROUPS[group] if name in BOUNDS}


@pytest.mark.parametrize("group", GROUPS)
async def test_what_is_not_changed_is_not_recorded(
    walk: Walk, set_up: MockConfigEntry, group: str
) -> None:
    shown = await begin(walk, set_up, "rules", group)
    done = await walk.answer(**defaults(fields(shown)))
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert await recorded(set_up, Kind.SETTING) == []


@pytest.mark.parametrize(
    ("group", "answers", "changed"),
    [
        (
            "pace",
            # the interface sends numbers with and without a point
            {"tempo": 1.25, "rest": 30.0, "set_rest": 45, "start_left": True},
            {"tempo": 1.25, "rest": 30, "set_rest": 45, "start_left": True},
        ),
        ("pace", {"tempo": 1.0, "rest": 120}, {"rest": 120}),
        (
            "thresholds",
            {"gate_block_from": 4, "gate_gentle_from": 3},
            {"gate_block_from": 4, "gate_gentle_from": 3},
        ),
        ("thresholds", {"nd_rise": 1, "pain_end": 4}, {"nd_rise": 1, "pain_end": 4}),
        ("progress", {"strict_pain_free": True}, {"strict_pain_free": True}),
        ("week", {"session_cap": 45}, {"session_cap": 45}),
        (
            "about_you",
            {"band": False, "rating_wait": 0},
            {"band": False, "rating_wait": 0},
        ),
    ],
)
async def test_what_is_changed_is_recorded_and_holds(
    walk: Walk,
    set_up: MockConfigEntry,
    *,
    group: str,
    answers: dict[str, Any],
    changed: dict[str, Any],
) -> None:
    await begin(walk, set_up, "rules", group)
    done = await walk.answer(**answers)
    assert done["type"] is FlowResultType.CREATE_ENTRY
    settings = await recorded(set_up, Kind.SETTING)
    assert sorted(settings, key=str) == sorted(
        (Setting(name=name, value=value) for name, value in changed.items()), key=str
    )
    after = settings_of(set_up)
    assert {name: getattr(after, name) for name in changed} == changed

    shown = await begin(walk, set_up, "rules", group)
    assert defaults(fields(shown)).items() >= changed.items()


@pytest.mark.parametrize(
    ("group", "answers", "errors", "told"),
    [
        ("pace", {"tempo": 0.9}, {"tempo": "number_out_of_range"}, "1–1.5"),
        ("pace", {"rest": 9}, {"rest": "out_of_range"}, "10–120"),
        ("pace", {"set_rest": 30.5}, {"set_rest": "out_of_range"}, "10–120"),
        ("pace", {"rest": "long"}, {"rest": "out_of_range"}, "10–120"),
        ("pace", {"rest": None}, {"rest": "out_of_range"}, "10–120"),
        ("thresholds", {"nd_rise": 3}, {"nd_rise": "out_of_range"}, "1–2"),
        (
            "thresholds",
            {"gate_block_from": 2},
            {"gate_block_from": "out_of_range"},
            "3–7",
        ),
        (
            "thresholds",
            {"gate_block_from": 8, "clinician_agreed": True},
            {"gate_block_from": "out_of_range"},
            "3–7",
        ),
        (
            "thresholds",
            {"gate_block_from": 4, "gate_gentle_from": 5},
            {"gate_gentle_from": "out_of_range"},
            "2–3",
        ),
        ("progress", {"min_sessions": 5}, {"min_sessions": "out_of_range"}, "6–20"),
        ("week", {"weekly_sessions": 6}, {"weekly_sessions": "out_of_range"}, "2–5"),
        ("about_you", {"rating_wait": -1}, {"rating_wait": "out_of_range"}, "0–60"),
        (
            "thresholds",
            {"suspension_window": 2},
            {"suspension_window": "window_too_small"},
            None,
        ),
        (
            "thresholds",
            {"gate_block_from": 7},
            {"clinician_agreed": "block_agreement_needed"},
            None,
        ),
    ],
)
async def test_a_setting_out_of_its_range_is_refused_at_its_field(
    walk: Walk,
    set_up: MockConfigEntry,
    *,
    group: str,
    answers: dict[str, Any],
    errors: dict[str, str],
    told: str | None,
) -> None:
    await begin(walk, set_up, "rules", group)
    shown = await walk.answer(**answers)
    assert shown["step_id"] == group
    assert shown["errors"] == errors
    assert placeholders(shown).get("range") == told
    assert suggested(fields(shown)).items() >= answers.items()
    assert await recorded(set_up, Kind.SETTING) == []
    assert settings_of(set_up) == Settings()


async def test_beside_a_wrong_answer_nothing_is_recorded(
    walk: Walk, set_up: MockConfigEntry
) -> None:
    await begin(walk, set_up, "rules", "pace")
    await walk.answer(rest=60, set_rest=5)
    assert settings_of(set_up) == Settings()
    await walk.answer(rest=60, set_rest=50)
    assert (settings_of(set_up).rest, settings_of(set_up).set_rest) == (60, 50)


async def test_7_is_allowed_once_a_clinician_agreed(
    walk: Walk, set_up: MockConfigEntry
) -> None:
    await begin(walk, set_up, "rules", "thresholds")
    await walk.answer(gate_block_from=7, clinician_agreed=True, rise_end=3)
    assert await recorded(set_up, Kind.SETTING) == [
        Setting(name="gate_block_from", value=7, clinician_agreed=True),
        Setting(name="rise_end", value=3),
    ]
    assert settings_of(set_up).gate_block_from == 7

    shown = await begin(walk, set_up, "rules", "thresholds")
    assert defaults(fields(shown))["clinician_agreed"] is True
    await walk.answer(gate_block_from=6)
    assert settings_of(set_up).gate_block_from == 6


async def test_a_gentle_session_always_begins_below_none(
    walk: Walk, set_up: MockConfigEntry
) -> None:
    await begin(walk, set_up, "rules", "thresholds")
    await walk.answer(gate_block_from=3)
    assert settings_of(set_up).gate_gentle_from == 2


@pytest.mark.parametrize(
    ("before", "after"), [((2, 3), (1, 2)), ((1, 2), (2, 4)), ((1, 4), (2, 3))]
)
async def test_settings_that_hang_together_can_be_changed_together(
    walk: Walk,
    set_up: MockConfigEntry,
    before: tuple[int, int],
    after: tuple[int, int],
) -> None:
    for count, window in (before, after):
        await begin(walk, set_up, "rules", "thresholds")
        done = await walk.answer(suspension_count=count, suspension_window=window)
        assert done["type"] is FlowResultType.CREATE_ENTRY
        settings = settings_of(set_up)
        assert (settings.suspension_count, settings.suspension_window) == (
            count,
            window,
        )


# The person's own limits


async def test_limits_are_recorded_and_shown(
    walk: Walk, set_up: MockConfigEntry
) -> None:
    shown = await begin(walk, set_up, "limits")
    assert set(placeholders(shown)) == set(EXERCISES)
    assert suggested(fields(shown)) == {"forbidden": []}
    done = await walk.answer(forbidden=["monster_walks", "bridges"], pelvic_tilts=12.0)
    assert done["type"] is FlowResultType.CREATE_ENTRY
    settings = settings_of(set_up)
    assert settings.forbidden == ("bridges", "monster_walks")
    assert settings.highest_repetitions == {"pelvic_tilts": 12}

    shown = await begin(walk, set_up, "limits")
    present = {"forbidden": ["bridges", "monster_walks"], "pelvic_tilts": 12}
    assert suggested(fields(shown)) == present
    await walk.answer(**present)
    assert len(await recorded(set_up, Kind.SETTING)) == 2

    await begin(walk, set_up, "limits")
    await walk.answer()
    settings = settings_of(set_up)
    assert settings.forbidden == ()
    assert settings.highest_repetitions == {}


@pytest.mark.parametrize("most", [0, -3, 2.5, 1000, "many", True])
async def test_a_limit_out_of_its_range_is_refused_at_its_field(
    walk: Walk, set_up: MockConfigEntry, most: object
) -> None:
    await begin(walk, set_up, "limits")
    shown = await walk.answer(forbidden=["bridges"], dead_bugs=most)
    assert shown["errors"] == {"dead_bugs": "out_of_range"}
    assert placeholders(shown)["range"] == placeholders(shown)["dead_bugs"]
    assert suggested(fields(shown)) == {"forbidden": ["bridges"], "dead_bugs": most}
    assert settings_of(set_up) == Settings()


@pytest.mark.parametrize(
    "past",
    [
        [
            *SCREENED,
            Setting(name="forbidden", value=["my_own"]),
            Setting(name="highest_repetitions", value={"my_own": 5}),
        ]
    ],
)
async def test_limits_of_exercises_that_are_not_asked_about_stay(
    walk: Walk, set_up: MockConfigEntry
) -> None:
    await begin(walk, set_up, "limits")
    await walk.answer(forbidden=["bridges"], bird_dogs=8)
    settings = settings_of(set_up)
    assert settings.forbidden == ("my_own", "bridges")
    assert settings.highest_repetitions == {"my_own": 5, "bird_dogs": 8}


# The routine


async def test_a_harder_routine_needs_a_clinicians_agreement(
    walk: Walk, set_up: MockConfigEntry
) -> None:
    shown = await begin(walk, set_up, "programme")
    assert defaults(fields(shown)) == {"routine": "beginner", "clinician_agreed": False}
    shown = await walk.answer(routine="intermediate")
    assert shown["errors"] == {"clinician_agreed": "agreement_needed"}
    assert level_of(set_up) is Routine.BEGINNER
    done = await walk.answer(routine="intermediate", clinician_agreed=True)
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert level_of(set_up) is Routine.INTERMEDIATE

    shown = await begin(walk, set_up, "programme")
    assert defaults(fields(shown))["routine"] == "intermediate"
    await walk.answer()
    wish = ProgrammeSet(routine="intermediate", clinician_agreed=True)
    assert await recorded(set_up, Kind.PROGRAMME_SET) == [wish]


@pytest.mark.parametrize(
    "past", [[*SCREENED, ProgrammeSet(routine="advanced", clinician_agreed=True)]]
)
async def test_an_easier_routine_can_be_chosen_at_any_time(
    walk: Walk, set_up: MockConfigEntry
) -> None:
    await begin(walk, set_up, "programme")
    await walk.answer(routine="beginner")
    assert level_of(set_up) is Routine.BEGINNER
    assert await recorded(set_up, Kind.PROGRAMME_SET) == [
        ProgrammeSet(routine="beginner")
    ]


@pytest.mark.parametrize(
    "past",
    [
        [
            *SCREENED,
            SessionStarted(
                routine="beginner",
                kind=SessionKind.NORMAL,
                pain_before=1,
                prescriptions=(Prescribed(exercise="bridges", index=0, planned=10),),
            ),
            ExerciseDone(exercise="bridges", planned=10, done=10),
            SessionEnded(outcome=Outcome.COMPLETED),
        ]
    ],
)
async def test_what_the_rules_refuse_is_told_with_its_reason(
    walk: Walk, set_up: MockConfigEntry
) -> None:
    await begin(walk, set_up, "programme")
    answers = {"routine": "advanced", "clinician_agreed": True}
    shown = await walk.answer(**answers)
    assert shown["errors"] == {"base": "refused"}
    assert "can’t get harder just now" in placeholders(shown)["reason"]
    assert suggested(fields(shown)) == answers
    assert level_of(set_up) is Routine.BEGINNER
    assert await recorded(set_up, Kind.PROGRAMME_SET) == []


@pytest.mark.parametrize(
    ("steps", "answers"),
    [
        (["rules", "week"], {"session_cap": 20}),
        (["limits"], {"bridges": 5}),
        (["programme"], {"routine": "intermediate", "clinician_agreed": True}),
    ],
)
async def test_what_cannot_be_saved_is_told_and_changes_nothing(
    walk: Walk, set_up: MockConfigEntry, steps: list[str], answers: dict[str, Any]
) -> None:
    await begin(walk, set_up, *steps)
    full = StoreError(Reason.FULL)
    with patch(f"{STORE}.append", side_effect=full):
        shown = await walk.answer(**answers)
    assert shown["errors"] == {"base": "not_recorded"}
    assert "room" in placeholders(shown)["error"]
    assert settings_of(set_up) == Settings()
    done = await walk.answer(**answers)
    assert done["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize("steps", [["rules", "pace"], ["limits"], ["programme"]])
async def test_without_an_open_diary_nothing_of_it_is_asked(
    hass: HomeAssistant, config_entry: MockConfigEntry, steps: list[str]
) -> None:
    config_entry.add_to_hass(hass)
    walk = Walk(hass, hass.config_entries.options, "options")
    shown = await begin(walk, config_entry, *steps)
    assert shown["reason"] == "not_loaded"


# A helper that pain is entered with


def put(hass: HomeAssistant, entity_id: str, **attributes: object) -> None:
    """Show an entity in Home Assistant."""
    name = {"friendly_name": entity_id.split(".")[1].title()}
    hass.states.async_set(entity_id, "3", {**name, **attributes})


@pytest.mark.parametrize(
    ("entity_id", "attributes"),
    [
        (HELPER, {"min": 0, "max": 10}),
        (HELPER, {"min": 1.0, "max": 10.0}),
        ("number.slider", {"min": 0, "max": 5}),
    ],
)
async def test_a_helper_is_chosen_shown_and_taken_away(
    hass: HomeAssistant,
    walk: Walk,
    set_up: MockConfigEntry,
    entity_id: str,
    attributes: Mapping[str, float],
) -> None:
    put(hass, entity_id, **attributes)
    shown = await begin(walk, set_up, "pain_input")
    assert suggested(fields(shown)) == {}
    done = await walk.answer(pain_input=entity_id)
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert set_up.options[CONF_PAIN_INPUT] == entity_id
    assert set_up.state is ConfigEntryState.LOADED

    shown = await begin(walk, set_up, "pain_input")
    assert suggested(fields(shown)) == {CONF_PAIN_INPUT: entity_id}
    await walk.answer()
    assert set_up.options[CONF_PAIN_INPUT] is None


@pytest.mark.parametrize(
    ("entity_id", "error", "told"),
    [
        ("input_number.gone", "pain_input_unknown", {"entity": "input_number.gone"}),
        ("sensor.pain", "pain_input_unsuitable", {"entity": "Pain"}),
        ("number.alex_pain", "pain_input_unsuitable", {}),
        ("input_number.percent", "pain_input_range", {"range": "0–100"}),
        ("input_number.below", "pain_input_range", {"range": "-1–10"}),
        ("number.of_no_range", "pain_input_range", {"range": "0–100"}),
        ("input_number.of_sam", "pain_input_taken", {"name": "Sam"}),
    ],
)
async def test_a_helper_that_cannot_tell_pain_is_refused(
    hass: HomeAssistant,
    walk: Walk,
    set_up: MockConfigEntry,
    entity_registry: er.EntityRegistry,
    *,
    entity_id: str,
    error: str,
    told: dict[str, str],
) -> None:
    own = entity_registry.async_get_or_create(
        "number", DOMAIN, "pain", suggested_object_id="alex_pain"
    )
    put(hass, own.entity_id, min=0, max=10)
    put(hass, "sensor.pain", min=0, max=10)
    put(hass, "input_number.percent", min=0, max=100)
    put(hass, "input_number.below", min=-1, max=10)
    put(hass, "number.of_no_range")
    put(hass, "input_number.of_sam", min=0, max=10)
    build_entry("Sam", {CONF_PAIN_INPUT: "input_number.of_sam"}).add_to_hass(hass)

    await begin(walk, set_up, "pain_input")
    shown = await walk.answer(pain_input=entity_id)
    assert shown["errors"] == {CONF_PAIN_INPUT: error}
    assert told.items() <= placeholders(shown).items()
    assert suggested(fields(shown)) == {CONF_PAIN_INPUT: entity_id}
    assert not set_up.options.get(CONF_PAIN_INPUT)
