"""The safety screen answered again, in the options and under Repairs."""

from collections.abc import Sequence
from datetime import timedelta
import re
from typing import Any, Final
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.repairs import DOMAIN as REPAIRS, repairs_flow_manager
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.translation import async_get_translations
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from hypothesis import HealthCheck, given, settings, strategies as st
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.back_exercise.const import DOMAIN
from custom_components.back_exercise.coordinator import Coordinator
from custom_components.back_exercise.diary_file import Reason, StoreError
from custom_components.back_exercise.engine.decision import Decision, Outcome, Rule
from custom_components.back_exercise.engine.diary import (
    Kind,
    Payload,
    Screen,
    ScreenForm,
)
from custom_components.back_exercise.engine.programme import Programme
from custom_components.back_exercise.engine.screen import (
    CAUTION,
    EMERGENCY,
    ITEMS,
    URGENT,
    screened,
)
from custom_components.back_exercise.faults import Faults

from .conftest import SCREENED
from .pasts import SHARP_PAINS
from .walking import Shown, Walk, defaults, fields, placeholders, suggested

STORE: Final = "custom_components.back_exercise.store.Store"

CLEAR: Final = Screen(form=ScreenForm.FULL)
ASSESSED: Final = Screen(form=ScreenForm.FULL, assessed=True)
AGREED: Final = Screen(form=ScreenForm.AGREEMENT, clinician_agreed=True)
SOMETHING_NEW: Final = Screen(form=ScreenForm.SHORT, anything_new=True)


def marked(*flags: str) -> Screen:
    """Return answers in which something is marked."""
    return Screen(form=ScreenForm.FULL, flags=flags)


@pytest.fixture
def platforms() -> list[Platform]:
    """Load no entities."""
    return []


def coordinator_of(entry: MockConfigEntry) -> Coordinator:
    """Return the door to a person's diary."""
    coordinator: Coordinator = entry.runtime_data
    return coordinator


def programme_of(entry: MockConfigEntry) -> Programme:
    """Return what follows from a person's diary."""
    return coordinator_of(entry).diary.programme


async def screens_of(entry: MockConfigEntry) -> list[tuple[Payload, str]]:
    """Return the answers in a person's diary, and where they were given."""
    entries = await coordinator_of(entry).diary.async_read(kinds=[Kind.SCREEN])
    return [(each.payload, each.source) for each in entries]


async def to_screen(walk: Walk, entry: MockConfigEntry) -> Shown:
    """Walk to the safety questions of the options."""
    await walk.begin(entry.entry_id)
    return await walk.choose("screen")


# What they are asked in


@pytest.mark.parametrize("category", ["config", "options", "issues", "selector"])
async def test_nothing_is_called_safe_and_nothing_promised(
    hass: HomeAssistant, category: str
) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    texts = await async_get_translations(hass, "en", category, [DOMAIN])
    found = re.findall(
        r"\b(safe|safely|cures?|heals?|prevents?|therapy|prescribed|relief)\b",
        " ".join(texts.values()),
        re.IGNORECASE,
    )
    assert found == []


# The options


async def test_nothing_marked_is_the_quick_way_through(
    options_walk: Walk, set_up: MockConfigEntry
) -> None:
    before = dict(set_up.options)
    shown = await to_screen(options_walk, set_up)
    assert set(defaults(fields(shown))) == {"emergency", "urgent", "caution"}
    assert suggested(fields(shown)) == {"caution": []}
    done = await options_walk.answer()
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert (await screens_of(set_up))[-1] == (CLEAR, "options")
    assert programme_of(set_up).locked is False
    assert before.items() <= set_up.options.items()


@pytest.mark.parametrize(
    ("answers", "step", "rule"),
    [
        ({"emergency": [EMERGENCY[0]]}, "emergency", Rule.G_1),
        ({"urgent": [URGENT[-1]]}, "urgent", Rule.G_2),
        ({"caution": [CAUTION[0]], "urgent": [URGENT[0]]}, "urgent", Rule.G_2),
    ],
)
async def test_a_sign_locks_from_the_moment_it_is_marked(
    options_walk: Walk,
    set_up: MockConfigEntry,
    *,
    answers: dict[str, list[str]],
    step: str,
    rule: Rule,
) -> None:
    await to_screen(options_walk, set_up)
    shown = await options_walk.answer(**answers)
    assert shown["step_id"] == step
    lock = coordinator_of(set_up).data.outlook.lock
    assert lock
    assert lock.rule is rule
    done = await options_walk.answer()
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert len(await screens_of(set_up)) == 2


@pytest.mark.parametrize("agreed", [False, True])
async def test_a_caution_item_locks_until_a_clinician_agreed(
    options_walk: Walk, set_up: MockConfigEntry, agreed: bool
) -> None:
    await to_screen(options_walk, set_up)
    shown = await options_walk.answer(caution=["osteoporosis"])
    assert shown["step_id"] == "caution"
    assert programme_of(set_up).locked is True
    done = await options_walk.answer(clinician_agreed=agreed)
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert programme_of(set_up).locked is not agreed
    assert programme_of(set_up).screening.bending_with_care is True

    # what was marked is filled in the next time
    shown = await to_screen(options_walk, set_up)
    assert suggested(fields(shown)) == {"caution": ["osteoporosis"]}


@pytest.mark.parametrize("past", [[marked("chest_pain")]])
@pytest.mark.parametrize(
    ("answers", "is_locked"),
    [
        ({}, True),
        ({"assessed": True}, False),
        ({"assessed": True, "urgent": ["weight_loss"]}, True),
    ],
)
async def test_a_sign_is_over_once_it_was_assessed_and_nothing_else_is_marked(
    options_walk: Walk,
    set_up: MockConfigEntry,
    answers: dict[str, Any],
    is_locked: bool,
) -> None:
    shown = await to_screen(options_walk, set_up)
    assert defaults(fields(shown))["assessed"] is False
    shown = await options_walk.answer(**answers)
    assert (shown.get("step_id") == "emergency") is is_locked
    assert programme_of(set_up).locked is is_locked


@pytest.mark.parametrize("past", [[*SCREENED, *SHARP_PAINS]])
@pytest.mark.parametrize("taken", [False, True])
async def test_advice_that_was_taken_opens_a_soft_lock(
    options_walk: Walk, set_up: MockConfigEntry, taken: bool
) -> None:
    await to_screen(options_walk, set_up)
    shown = await options_walk.answer()
    assert shown["step_id"] == "advice_taken"
    await options_walk.answer(advice_taken=taken)
    assert (programme_of(set_up).soft_lock is None) is taken


@pytest.mark.parametrize(
    ("past", "way", "kept"),
    [
        # what locks does so all the same, and is written as soon as that works
        ([*SCREENED], [{"urgent": ["fever_or_ill"]}], 1),
        ([*SCREENED], [{"caution": ["falls"]}, {"clinician_agreed": True}], 0),
        ([*SCREENED, *SHARP_PAINS], [{}, {"advice_taken": True}], 0),
    ],
)
async def test_answers_that_cannot_be_saved_are_not_lost(
    options_walk: Walk,
    set_up: MockConfigEntry,
    *,
    way: list[dict[str, Any]],
    kept: int,
) -> None:
    await to_screen(options_walk, set_up)
    for answers in way[:-1]:
        await options_walk.answer(**answers)
    count = len(await screens_of(set_up))
    step = options_walk.shown["step_id"]
    full = StoreError(Reason.FULL)
    with patch(f"{STORE}.append", side_effect=full):
        shown = await options_walk.answer(**way[-1])
    assert shown["step_id"] == step
    assert shown["errors"] == {"base": "not_recorded"}
    assert "room" in placeholders(shown)["error"]
    assert suggested(fields(shown)).items() >= way[-1].items()
    assert len(await screens_of(set_up)) == count + kept
    await options_walk.answer(**way[-1])
    assert len(await screens_of(set_up)) == count + kept + 1


async def test_where_nobody_is_set_up_the_questions_are_not_asked(
    hass: HomeAssistant, config_entry: MockConfigEntry
) -> None:
    config_entry.add_to_hass(hass)
    walk = Walk(hass, hass.config_entries.options, "options")
    shown = await to_screen(walk, config_entry)
    assert shown["type"] is FlowResultType.ABORT
    assert shown["reason"] == "not_loaded"


items = st.sets(st.sampled_from(sorted(ITEMS)))


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rounds=st.lists(
        st.tuples(items, st.booleans(), st.booleans()), min_size=1, max_size=3
    )
)
async def test_whatever_is_answered_locks_as_the_rules_say(
    options_walk: Walk,
    set_up: MockConfigEntry,
    rounds: list[tuple[set[str], bool, bool]],
) -> None:
    today = dt_util.now().date()
    for flags, assessed, agrees in rounds:
        expected = programme_of(set_up).screening
        shown = await to_screen(options_walk, set_up)
        answers: dict[str, Any] = {
            name: [item for item in known if item in flags]
            for name, known in (
                ("emergency", EMERGENCY),
                ("urgent", URGENT),
                ("caution", CAUTION),
            )
        }
        asked = {"assessed": assessed} if "assessed" in defaults(fields(shown)) else {}
        shown = await options_walk.answer(**answers, **asked)
        given_flags = tuple(item for known in answers.values() for item in known)
        full = Screen(form=ScreenForm.FULL, flags=given_flags, **asked)
        expected = screened(expected, full, today)
        while shown["type"] is FlowResultType.FORM:
            is_asked = "clinician_agreed" in defaults(fields(shown))
            agreement = {"clinician_agreed": agrees} if is_asked else {}
            expected = screened(
                expected,
                Screen(form=ScreenForm.AGREEMENT, clinician_agreed=is_asked and agrees),
                today,
            )
            shown = await options_walk.answer(**agreement)
        assert programme_of(set_up).screening == expected


# Under Repairs


@pytest.fixture
async def repair_walk(hass: HomeAssistant, set_up: MockConfigEntry) -> Walk:
    """Return what walks through the repair of the one thing that is told."""
    assert await async_setup_component(hass, REPAIRS, {})
    await hass.async_block_till_done()
    flows = repairs_flow_manager(hass)
    assert flows
    issue = the_issue(hass)
    told = issue.translation_placeholders
    below = f"{issue.translation_key}.fix_flow."
    return Walk(hass, flows, "issues", below, told)


def the_issue(hass: HomeAssistant) -> ir.IssueEntry:
    """Return the one issue of ours."""
    (issue,) = issues_of(hass)
    return issue


def issues_of(hass: HomeAssistant) -> list[ir.IssueEntry]:
    """Return our issues."""
    return [
        each for each in ir.async_get(hass).issues.values() if each.domain == DOMAIN
    ]


async def begin_repair(walk: Walk) -> Shown:
    """Begin to put right what is told."""
    return await walk.begin(DOMAIN, issue_id=the_issue(walk.hass).issue_id)


@pytest.mark.parametrize(
    ("past", "key"),
    [
        ([], "screen_due"),
        ([*SCREENED, SOMETHING_NEW], "screen_new"),
    ],
)
async def test_questions_that_are_due_are_answered_under_repairs(
    hass: HomeAssistant, repair_walk: Walk, set_up: MockConfigEntry, key: str
) -> None:
    issue = the_issue(hass)
    assert issue.issue_id == f"screen_due_{set_up.entry_id}"
    assert issue.translation_key == key
    shown = await begin_repair(repair_walk)
    assert shown["step_id"] == "screen"
    done = await repair_walk.answer()
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert (await screens_of(set_up))[-1] == (CLEAR, "repair")
    assert issues_of(hass) == []


@pytest.mark.parametrize(
    ("past", "step"),
    [
        ([marked("chest_pain")], "emergency"),
        ([marked("weight_loss")], "urgent"),
        ([marked("weight_loss", "falls")], "urgent"),
        ([marked("falls")], "caution"),
        ([*SCREENED, *SHARP_PAINS], "advice_taken"),
    ],
)
async def test_a_lock_is_told_without_saying_what_was_marked(
    hass: HomeAssistant, repair_walk: Walk, set_up: MockConfigEntry, step: str
) -> None:
    issue = the_issue(hass)
    assert issue.issue_id == f"locked_{set_up.entry_id}"
    assert issue.translation_key == "locked"
    assert issue.data == {"entry_id": set_up.entry_id}
    assert issue.translation_placeholders == {"name": "Alex"}
    shown = await begin_repair(repair_walk)
    assert shown["step_id"] == step


@pytest.mark.parametrize(
    ("past", "way", "screens"),
    [
        ([marked("chest_pain")], [{}, {"assessed": True}], [ASSESSED]),
        ([marked("weight_loss")], [{}, {"assessed": True}], [ASSESSED]),
        (
            [marked("weight_loss", "falls")],
            [{}, {"assessed": True, "caution": []}, {"clinician_agreed": True}],
            [ASSESSED, AGREED],
        ),
        ([marked("falls")], [{"clinician_agreed": True}], [AGREED]),
        (
            [*SCREENED, *SHARP_PAINS],
            [{"advice_taken": True}],
            [Screen(form=ScreenForm.AGREEMENT, advice_taken=True)],
        ),
        (
            [marked("falls"), *SHARP_PAINS],
            [{"clinician_agreed": True}, {"advice_taken": True}],
            [AGREED, Screen(form=ScreenForm.AGREEMENT, advice_taken=True)],
        ),
    ],
)
async def test_a_lock_opens_by_what_it_waits_for(
    hass: HomeAssistant,
    repair_walk: Walk,
    set_up: MockConfigEntry,
    way: list[dict[str, Any]],
    screens: list[Screen],
) -> None:
    await begin_repair(repair_walk)
    for answers in way:
        await repair_walk.answer(**answers)
    assert repair_walk.shown["type"] is FlowResultType.CREATE_ENTRY
    recorded = await screens_of(set_up)
    assert recorded[-len(screens) :] == [(screen, "repair") for screen in screens]
    assert programme_of(set_up).locked is False
    assert issues_of(hass) == []


@pytest.mark.parametrize(
    ("past", "way", "told"),
    [
        ([], [{"urgent": ["weight_loss"]}, {}], "locked"),
        ([], [{"caution": ["falls"]}, {}], "locked"),
        ([marked("chest_pain")], [{}, {}, {}], "locked"),
        (
            [marked("chest_pain")],
            [{}, {"assessed": True, "urgent": ["past_cancer"]}, {}],
            "locked",
        ),
        ([marked("chest_pain", "falls")], [{}, {"assessed": True}, {}], "locked"),
        ([marked("falls")], [{}], "locked"),
        ([*SCREENED, *SHARP_PAINS], [{}], "locked"),
        ([marked("falls"), SOMETHING_NEW], [{"clinician_agreed": True}], "screen_new"),
    ],
)
async def test_what_locks_on_is_told_on(
    hass: HomeAssistant,
    repair_walk: Walk,
    set_up: MockConfigEntry,
    way: list[dict[str, Any]],
    told: str,
) -> None:
    await begin_repair(repair_walk)
    for answers in way:
        await repair_walk.answer(**answers)
    assert repair_walk.shown["type"] is FlowResultType.ABORT
    assert repair_walk.shown["reason"] == "still_locked"
    assert coordinator_of(set_up).data.outlook.lock
    assert the_issue(hass).translation_key == told


@pytest.mark.parametrize("past", [[marked("falls")]])
async def test_what_was_opened_elsewhere_needs_no_more_answers(
    hass: HomeAssistant, repair_walk: Walk, set_up: MockConfigEntry
) -> None:
    issue = the_issue(hass)
    await coordinator_of(set_up).async_screen(AGREED, source="test")
    # the interface still shows it
    Faults(hass, set_up).of_lock(Decision(rule=Rule.G_3, outcome=Outcome.LOCK))
    shown = await repair_walk.begin(DOMAIN, issue_id=issue.issue_id)
    assert shown["type"] is FlowResultType.CREATE_ENTRY
    assert issues_of(hass) == []


@pytest.mark.parametrize("past", [[marked("falls")]])
async def test_of_somebody_whose_diary_is_not_open_nothing_is_asked(
    hass: HomeAssistant, repair_walk: Walk, set_up: MockConfigEntry
) -> None:
    await hass.config_entries.async_unload(set_up.entry_id)
    Faults(hass, set_up).of_lock(Decision(rule=Rule.G_3, outcome=Outcome.LOCK))
    shown = await begin_repair(repair_walk)
    assert shown["reason"] == "not_loaded"
    await hass.config_entries.async_setup(set_up.entry_id)


async def test_of_somebody_who_was_removed_nothing_is_asked(
    hass: HomeAssistant, config_entry: MockConfigEntry
) -> None:
    assert await async_setup_component(hass, REPAIRS, {})
    assert await async_setup_component(hass, DOMAIN, {})
    await hass.async_block_till_done()
    flows = repairs_flow_manager(hass)
    assert flows
    Faults(hass, config_entry).of_lock(Decision(rule=Rule.G_1, outcome=Outcome.LOCK))
    walk = Walk(hass, flows, "issues", "locked.fix_flow.", {"name": "Alex"})
    shown = await begin_repair(walk)
    assert shown["step_id"] == "confirm"
    done = await walk.answer()
    assert done["type"] is FlowResultType.CREATE_ENTRY


async def test_the_questions_are_due_again_after_28_days(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    assert issues_of(hass) == []
    freezer.tick(timedelta(days=28))
    async_fire_time_changed(hass)
    await hass.async_block_till_done()
    assert the_issue(hass).translation_key == "screen_due"


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ([Rule.SCREEN, Rule.G_1], ["locked"]),
        ([Rule.G_2, Rule.SCREEN], ["screen_due"]),
        ([Rule.L_6, None], []),
    ],
)
async def test_one_lock_is_told_at_a_time(
    hass: HomeAssistant,
    config_entry: MockConfigEntry,
    rules: Sequence[Rule | None],
    told: list[str],
) -> None:
    faults = Faults(hass, config_entry)
    for rule in rules:
        lock = Decision(rule=rule, outcome=Outcome.LOCK) if rule else None
        faults.of_lock(lock)
    assert [issue.translation_key for issue in issues_of(hass)] == told
