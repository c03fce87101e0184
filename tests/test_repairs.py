"""Putting right what a repair issue tells of."""

from collections.abc import Awaitable, Callable
from typing import Final
from unittest.mock import patch

from homeassistant.components.repairs import (
    FlowType,
    RepairsFlowManager,
    RepairsFlowResult,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.translation import async_get_translations
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import (
    CONF_NOTIFY,
    CONF_SPEAKERS,
    CONF_SPEECH,
    DOMAIN,
)
from custom_components.back_exercise.diary import Diary, DiaryError, path_of
from custom_components.back_exercise.diary_file import Reason, StoreError
from custom_components.back_exercise.engine.diary import Context, Rating
from custom_components.back_exercise.faults import Faults
from custom_components.back_exercise.store import Store

KITCHEN: Final = "media_player.kitchen"
GONE: Final = "media_player.gone"
NO_PHONE: Final = "notify.mobile_app_gone"

REASONS: Final = [each for each in Reason if each is not Reason.NEWER]

type Begin = Callable[[str, str, str], Awaitable[RepairsFlowResult]]


@pytest.fixture
def entry(hass: HomeAssistant, config_entry: MockConfigEntry) -> MockConfigEntry:
    """Return a person with two speakers, one of which is gone."""
    config_entry.add_to_hass(hass)
    options = {**config_entry.options, CONF_SPEAKERS: [GONE, KITCHEN]}
    hass.config_entries.async_update_entry(config_entry, options=options)
    return config_entry


@pytest.fixture
def begin(hass: HomeAssistant, flows: RepairsFlowManager) -> Begin:
    """Return what begins to put an issue right."""

    async def begin(key: str, entry_id: str, entity_id: str) -> RepairsFlowResult:
        issue_id = f"{key}_{entry_id}_{entity_id}"
        ir.async_create_issue(
            hass,
            DOMAIN,
            issue_id,
            is_fixable=True,
            data={"entry_id": entry_id, "entity_id": entity_id},
            severity=ir.IssueSeverity.WARNING,
            translation_key=key,
        )
        return await flows.async_init(DOMAIN, context={"issue_id": issue_id})

    return begin


async def test_a_missing_speaker_can_be_taken_out(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    flows: RepairsFlowManager,
    begin: Begin,
    entry: MockConfigEntry,
) -> None:
    shown = await begin("speaker_missing", entry.entry_id, GONE)
    assert shown["type"] is FlowResultType.MENU
    assert shown["menu_options"] == ["choose", "remove"]
    done = await flows.async_configure(shown["flow_id"], {"next_step_id": "remove"})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options[CONF_SPEAKERS] == [KITCHEN]
    assert entry.options[CONF_SPEECH] is False
    assert not issue_registry.issues


async def test_a_missing_phone_can_be_taken_out(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    flows: RepairsFlowManager,
    begin: Begin,
    entry: MockConfigEntry,
) -> None:
    options = {**entry.options, CONF_NOTIFY: [NO_PHONE, "notify.other"]}
    hass.config_entries.async_update_entry(entry, options=options)
    shown = await begin("notifier_missing", entry.entry_id, NO_PHONE)
    assert shown["type"] is FlowResultType.MENU
    assert shown["menu_options"] == ["choose", "remove"]
    done = await flows.async_configure(shown["flow_id"], {"next_step_id": "remove"})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options == {**options, CONF_NOTIFY: ["notify.other"]}
    assert not issue_registry.issues


async def test_a_missing_phone_that_is_chosen_no_longer_leaves_nothing_to_do(
    hass: HomeAssistant, flows: RepairsFlowManager, begin: Begin, entry: MockConfigEntry
) -> None:
    options = {key: each for key, each in entry.options.items() if key != CONF_NOTIFY}
    hass.config_entries.async_update_entry(entry, options=options)
    shown = await begin("notifier_missing", entry.entry_id, NO_PHONE)
    done = await flows.async_configure(shown["flow_id"], {"next_step_id": "remove"})

    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options == {**options, CONF_NOTIFY: []}


async def test_a_missing_phone_can_be_replaced(
    hass: HomeAssistant, flows: RepairsFlowManager, begin: Begin, entry: MockConfigEntry
) -> None:
    shown = await begin("notifier_missing", entry.entry_id, NO_PHONE)
    done = await flows.async_configure(shown["flow_id"], {"next_step_id": "choose"})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    kind, flow_id = done["next_flow"]
    assert kind is FlowType.OPTIONS_FLOW
    form = await hass.config_entries.options.async_configure(flow_id)
    assert form["step_id"] == "reminders"


async def test_a_missing_speaker_can_be_replaced(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    flows: RepairsFlowManager,
    begin: Begin,
    entry: MockConfigEntry,
) -> None:
    shown = await begin("speaker_missing", entry.entry_id, GONE)
    done = await flows.async_configure(shown["flow_id"], {"next_step_id": "choose"})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert done["result"] is entry
    kind, flow_id = done["next_flow"]
    assert kind is FlowType.OPTIONS_FLOW
    form = await hass.config_entries.options.async_configure(flow_id)
    assert form["step_id"] == "voice"
    # it is taken out there, or asked for again
    answers = {CONF_SPEAKERS: [GONE, KITCHEN]}
    form = await hass.config_entries.options.async_configure(flow_id, answers)
    assert form["errors"] == {
        CONF_SPEAKERS: "speaker_unknown",
        "engine": "engine_needed",
    }
    await hass.config_entries.options.async_configure(flow_id, {CONF_SPEAKERS: []})
    assert entry.options[CONF_SPEAKERS] == []
    assert not issue_registry.issues


async def test_another_engine_can_be_chosen(
    hass: HomeAssistant,
    flows: RepairsFlowManager,
    begin: Begin,
    entry: MockConfigEntry,
) -> None:
    shown = await begin("engine_missing", entry.entry_id, "tts.gone")
    assert shown["type"] is FlowResultType.FORM
    assert shown["step_id"] == "choose"
    done = await flows.async_configure(shown["flow_id"], {})
    _, flow_id = done["next_flow"]
    form = await hass.config_entries.options.async_configure(flow_id)
    assert form["step_id"] == "voice"


async def test_a_removed_diary_can_be_put_back(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    flows: RepairsFlowManager,
    set_up: MockConfigEntry,
) -> None:
    diary: Diary = set_up.runtime_data.diary
    rating = Rating(value=3, context=Context.AT_LARGE)
    path = path_of(hass, str(set_up.unique_id))
    await diary.async_add(rating, source="test")
    path.unlink()
    with pytest.raises(DiaryError):
        await diary.async_add(rating, source="test")
    issue_id = f"diary_gone_{set_up.entry_id}_diary"
    shown = await flows.async_init(DOMAIN, context={"issue_id": issue_id})
    assert shown["step_id"] == "put_back"
    assert shown["description_placeholders"] == {"name": "Alex"}
    error = StoreError(Reason.FULL)
    with patch.object(Store, "put_back", side_effect=error):
        shown = await flows.async_configure(shown["flow_id"], {})
    assert shown["errors"] == {"base": "diary_full"}
    assert not path.exists()
    done = await flows.async_configure(shown["flow_id"], {})

    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert path.exists()
    assert not issue_registry.issues


async def test_a_diary_that_is_not_loaded_is_not_put_back(
    flows: RepairsFlowManager, begin: Begin, entry: MockConfigEntry
) -> None:
    shown = await begin("diary_gone", entry.entry_id, "diary")
    done = await flows.async_configure(shown["flow_id"], {})

    assert done["type"] is FlowResultType.ABORT
    assert done["reason"] == "not_loaded"


@pytest.mark.parametrize("key", ["diary_recovered", "diary_unreadable"])
async def test_what_was_lost_is_told_until_it_has_been_read(
    hass: HomeAssistant,
    issue_registry: ir.IssueRegistry,
    flows: RepairsFlowManager,
    entry: MockConfigEntry,
    key: str,
) -> None:
    faults = Faults(hass, entry)
    faults.of_recovery(entries=3, file="a.db.damaged-1")
    faults.of_unreadable(entries=2)
    issue_id = f"{key}_{entry.entry_id}_diary"
    issue = issue_registry.async_get_issue(DOMAIN, issue_id)
    assert issue
    assert issue.is_persistent
    shown = await flows.async_init(DOMAIN, context={"issue_id": issue_id})
    assert shown["step_id"] == "confirm"
    assert shown["description_placeholders"] == issue.translation_placeholders
    await flows.async_configure(shown["flow_id"], {})

    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None


async def test_of_somebody_who_was_removed_nothing_is_left_to_be_put_right(
    issue_registry: ir.IssueRegistry, flows: RepairsFlowManager, begin: Begin
) -> None:
    shown = await begin("speaker_missing", "01K0GONE000000000000000000", GONE)
    assert shown["step_id"] == "confirm"
    done = await flows.async_configure(shown["flow_id"], {})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert not issue_registry.issues


@pytest.mark.parametrize(
    "text",
    [
        "speaker_missing.fix_flow.step.init.title",
        "speaker_missing.fix_flow.step.init.description",
        "speaker_missing.fix_flow.step.init.menu_options.choose",
        "speaker_missing.fix_flow.step.init.menu_options.remove",
        "speaker_missing.fix_flow.step.confirm.description",
        "notifier_missing.fix_flow.step.init.title",
        "notifier_missing.fix_flow.step.init.description",
        "notifier_missing.fix_flow.step.init.menu_options.choose",
        "notifier_missing.fix_flow.step.init.menu_options.remove",
        "notifier_missing.fix_flow.step.confirm.description",
        "engine_missing.fix_flow.step.choose.title",
        "engine_missing.fix_flow.step.choose.description",
        "engine_missing.fix_flow.step.confirm.description",
        "diary_gone.fix_flow.step.put_back.description",
        "diary_gone.fix_flow.step.confirm.description",
        "diary_gone.fix_flow.abort.not_loaded",
        *(f"diary_gone.fix_flow.error.diary_{each}" for each in REASONS),
        "diary_recovered.fix_flow.step.confirm.description",
        "diary_unreadable.fix_flow.step.confirm.description",
    ],
)
async def test_what_can_be_done_is_put_in_words(hass: HomeAssistant, text: str) -> None:
    texts = await async_get_translations(hass, "en", "issues", [DOMAIN])
    assert texts[f"component.{DOMAIN}.issues.{text}"].format(
        engine="tts.gone",
        name="Alex",
        speaker=GONE,
        target=NO_PHONE,
        entries="3",
        file="a.db",
    )
