"""Setting a person up, and changing it later."""

import asyncio
from collections.abc import Generator
from pathlib import Path
from typing import Any, Final, override
from unittest.mock import AsyncMock, Mock, patch

from homeassistant.components.media_player import MediaPlayerEntityFeature
from homeassistant.components.tts import Voice
from homeassistant.config_entries import SOURCE_USER, ConfigEntryState
from homeassistant.const import CONF_NAME, Platform
from homeassistant.core import HomeAssistant
from homeassistant.core_config import async_process_ha_core_config
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.network import NoURLAvailableError
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import (
    CONF_ACCEPTED,
    CONF_ENGINE,
    CONF_LANGUAGE,
    CONF_MODE,
    CONF_PERSON,
    CONF_ROUTINE,
    CONF_SPEAKERS,
    CONF_SPEECH,
    CONF_VOICE,
    CONF_VOLUME,
    DOMAIN,
)
from custom_components.back_exercise.coordinator import load_catalogue
from custom_components.back_exercise.diary import Diary
from custom_components.back_exercise.diary_file import Reason, StoreError
from custom_components.back_exercise.engine.catalogue import Routine
from custom_components.back_exercise.engine.diary import (
    Context,
    Entry,
    Kind,
    Payload,
    ProgrammeSet,
    Rating,
    Screen,
    ScreenForm,
    Setting,
)
from custom_components.back_exercise.engine.programme import Programme
from custom_components.back_exercise.engine.screen import ITEMS
from custom_components.back_exercise.screen_steps import CONF_AGREED, CONF_ASSESSED
from custom_components.back_exercise.wiring import Wiring

from .conftest import SCREENED, build_entry, record
from .fakes import FakeSpeaker, FakeVoice, async_add_entity
from .pasts import SHARP_PAINS
from .walking import (
    Shown,
    Walk,
    WalkWithoutReminder,
    defaults,
    fields,
    placeholders,
    suggested,
)

pytestmark = pytest.mark.usefixtures("no_setup")

MODULE: Final = "custom_components.back_exercise"

KITCHEN: Final = "media_player.kitchen"
BEDROOM: Final = "media_player.bedroom"
SATELLITE: Final = "assist_satellite.hall"
ANNOUNCE: Final = 1  # AssistSatelliteEntityFeature.ANNOUNCE; its import needs Assist
PHONE: Final = "notify.phone"
LAMP: Final = "light.lamp"
DISPLAY: Final = "media_player.display"
ALEX: Final = "person.alex"
SAM: Final = "person.sam"
ENGINE: Final = "tts.test"
POLYGLOT: Final = "tts.polyglot"

PLAYS: Final = MediaPlayerEntityFeature.PLAY_MEDIA
STOPS: Final = PLAYS | MediaPlayerEntityFeature.STOP

ENTITIES: Final[dict[str, int]] = {
    KITCHEN: STOPS,
    BEDROOM: PLAYS | MediaPlayerEntityFeature.MEDIA_ANNOUNCE,
    SATELLITE: ANNOUNCE,
    PHONE: 0,
    LAMP: 0,
    DISPLAY: MediaPlayerEntityFeature.STOP,
    ALEX: 0,
    SAM: 0,
}

WHO: Final = {CONF_NAME: "Kim", CONF_ACCEPTED: True}
LISTENING: Final = {CONF_SPEAKERS: [KITCHEN], CONF_ENGINE: ENGINE}


class Polyglot(FakeVoice):
    """A text-to-speech engine of several languages, some with voices."""

    _attr_default_language = "en-IE"
    _attr_name = "Polyglot"
    _attr_unique_id = "polyglot"

    @property
    @override
    def supported_languages(self) -> list[str]:
        return ["cy-GB", "de-DE", "en-AU", "en-GB", "en-US", "en-IE"]

    @override
    def async_get_supported_voices(self, language: str) -> list[Voice] | None:
        voices = {
            "en-GB": [Voice("brian", "Brian"), Voice("amy", "Amy")],
            "en-US": [Voice("joanna", "Joanna"), Voice("amy", "Amy")],
        }
        return voices.get(language)


class Traveller(FakeVoice):
    """A text-to-speech engine whose own language has no sentences."""

    _attr_default_language = "cy"
    _attr_name = "Traveller"
    _attr_unique_id = "traveller"

    @property
    @override
    def supported_languages(self) -> list[str]:
        return ["cy", "en-NZ", "en-ZA"]

    @property
    @override
    def supported_options(self) -> None:
        return None


class Foreigner(FakeVoice):
    """A text-to-speech engine with no language that there are sentences in."""

    _attr_default_language = "tlh"
    _attr_name = "Foreigner"
    _attr_unique_id = "foreigner"

    @property
    @override
    def supported_languages(self) -> list[str]:
        return ["tlh"]


@pytest.fixture(autouse=True)
async def home(hass: HomeAssistant) -> None:
    """Furnish the home."""
    await async_process_ha_core_config(hass, {"internal_url": "http://10.0.0.2:8123"})
    for entity_id, features in ENTITIES.items():
        name = entity_id.split(".")[1].title()
        attributes = {"friendly_name": name, "supported_features": features}
        hass.states.async_set(entity_id, "idle", attributes)


@pytest.fixture
def rehearse() -> Generator[AsyncMock]:
    """Play no test sentence."""
    with patch(
        f"{MODULE}.speech_steps.async_rehearse", return_value={KITCHEN: None}
    ) as rehearse:
        yield rehearse


@pytest.fixture
async def polyglot(hass: HomeAssistant, voice: FakeVoice) -> Polyglot:
    """Return the text-to-speech engine of several languages."""
    polyglot = Polyglot()
    await async_add_entity(hass, Platform.TTS, polyglot)
    return polyglot


@pytest.fixture
def walk(hass: HomeAssistant) -> Walk:
    """Return what walks through the set-up."""
    return WalkWithoutReminder(hass, hass.config_entries.flow, "config")


async def to_screen(walk: Walk) -> Shown:
    """Walk to the safety screen."""
    await walk.begin(DOMAIN, source=SOURCE_USER)
    return await walk.answer(**WHO)


async def to_voice(walk: Walk) -> Shown:
    """Walk to where the speakers are chosen."""
    await to_screen(walk)
    return await walk.answer()


async def to_test(walk: Walk) -> Shown:
    """Walk to where the speakers can be tried."""
    await to_voice(walk)
    await walk.answer(**LISTENING)
    return await walk.answer()


# The set-up


async def test_the_shortest_way_takes_the_defaults(
    walk: Walk, voice: FakeVoice, no_setup: AsyncMock
) -> None:
    shown = await walk.begin(DOMAIN, source=SOURCE_USER)
    assert shown["step_id"] == "user"
    shown = await walk.answer(**WHO)
    assert shown["step_id"] == "screen"
    shown = await walk.answer()
    assert shown["step_id"] == "voice"
    assert suggested(fields(shown))[CONF_ENGINE] == ENGINE
    shown = await walk.answer(**LISTENING)
    assert shown["step_id"] == "language"
    shown = await walk.answer()
    assert shown["step_id"] == "test"
    done = await walk.choose("finish")

    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert done["title"] == "Kim"
    assert done["data"][CONF_NAME] == "Kim"
    assert set(done["data"]) == {CONF_NAME, CONF_ACCEPTED}
    assert done["options"] == {
        CONF_SPEAKERS: [KITCHEN],
        CONF_ENGINE: ENGINE,
        CONF_LANGUAGE: "en",
        CONF_VOICE: None,
        CONF_VOLUME: None,
        CONF_MODE: "track",
        CONF_ROUTINE: None,
        CONF_SPEECH: True,
    }
    assert len(no_setup.mock_calls) == 1


async def test_everybody_gets_a_diary_of_their_own(
    hass: HomeAssistant, walk: Walk
) -> None:
    await to_voice(walk)
    await walk.answer()
    await walk.begin(DOMAIN, source=SOURCE_USER)
    await walk.answer(name="Sam", accepted=True)
    await walk.answer()
    await walk.answer()
    diaries = {
        str(entry.unique_id) for entry in hass.config_entries.async_entries(DOMAIN)
    }
    assert [len(diary) for diary in diaries] == [32, 32]


@pytest.mark.freeze_time("2026-11-23 07:00:00+00:00")
async def test_who_it_is_and_what_was_accepted_is_kept(walk: Walk) -> None:
    await walk.begin(DOMAIN, source=SOURCE_USER)
    await walk.answer(name="  Kim ", person=SAM, accepted=True)
    await walk.answer()
    done = await walk.answer()
    assert done["title"] == "Kim"
    assert done["data"] == {
        CONF_NAME: "Kim",
        CONF_PERSON: SAM,
        CONF_ACCEPTED: "2026-11-23T07:00:00+00:00",
    }


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({CONF_NAME: " "}, {CONF_NAME: "name_missing"}),
        ({CONF_NAME: "alex "}, {CONF_NAME: "name_taken"}),
        ({CONF_ACCEPTED: False}, {CONF_ACCEPTED: "not_accepted"}),
        ({CONF_PERSON: "person.nobody"}, {CONF_PERSON: "person_unknown"}),
        ({CONF_PERSON: LAMP}, {CONF_PERSON: "person_unknown"}),
        ({CONF_PERSON: ALEX}, {CONF_PERSON: "person_taken"}),
        (
            {CONF_NAME: "Alex", CONF_PERSON: ALEX, CONF_ACCEPTED: False},
            {
                CONF_NAME: "name_taken",
                CONF_PERSON: "person_taken",
                CONF_ACCEPTED: "not_accepted",
            },
        ),
    ],
)
async def test_who_it_is_must_be_clear(
    hass: HomeAssistant, walk: Walk, answers: dict[str, Any], errors: dict[str, str]
) -> None:
    MockConfigEntry(
        domain=DOMAIN, title="Alex", data={CONF_NAME: "Alex", CONF_PERSON: ALEX}
    ).add_to_hass(hass)
    await walk.begin(DOMAIN, source=SOURCE_USER)
    given = WHO | answers
    shown = await walk.answer(**given)
    assert shown["step_id"] == "user"
    assert shown["errors"] == errors
    assert suggested(fields(shown)) == given
    shown = await walk.answer(**WHO)
    assert shown["step_id"] == "screen"


async def test_without_accepting_nothing_goes_on(walk: Walk) -> None:
    await walk.begin(DOMAIN, source=SOURCE_USER)
    shown = await walk.answer(name="Kim")
    assert shown["errors"] == {CONF_ACCEPTED: "not_accepted"}


# The diary


async def read_diary(
    hass: HomeAssistant, diary_id: str
) -> tuple[Programme, list[Entry]]:
    """Return what follows from a diary, and everything in it."""
    catalogue = await hass.async_add_executor_job(load_catalogue)
    diary = await Diary.async_open(hass, diary_id, "Kim", catalogue)
    entries = await diary.async_read()
    await diary.async_close()
    return diary.programme, entries


def diary_of(done: Shown) -> str:
    """Return the diary of who was set up."""
    return str(done["result"].unique_id)


async def begin_diary(hass: HomeAssistant, name: str, *payloads: Payload) -> str:
    """Leave a diary that belongs to nobody; return its id."""
    entry = build_entry(name, {})
    await record(hass, entry, payloads)
    return str(entry.unique_id)


def files(hass: HomeAssistant) -> list[str]:
    """Return the names of the files of diaries."""
    folder = Path(hass.config.path(DOMAIN))
    return sorted(path.name for path in folder.glob("*")) if folder.exists() else []


async def to_end(walk: Walk) -> Shown:
    """Walk from the screen's answers to the end, without a speaker."""
    assert walk.shown["step_id"] == "voice"
    return await walk.answer()


async def test_the_screen_and_the_way_of_asking_go_into_the_diary(
    hass: HomeAssistant, walk: Walk
) -> None:
    await to_voice(walk)
    done = await to_end(walk)
    programme, entries = await read_diary(hass, diary_of(done))
    assert [entry.payload for entry in entries] == [
        Screen(form=ScreenForm.FULL),
        Setting(name="check_in", value="start_and_end"),
    ]
    assert {entry.source for entry in entries} == {"flow"}
    assert programme.locked is False
    assert programme.level is Routine.BEGINNER


async def test_who_can_be_heard_by_a_satellite_is_asked_after_each_exercise(
    hass: HomeAssistant, walk: Walk, voice: FakeVoice
) -> None:
    await to_voice(walk)
    await walk.answer(speakers=[KITCHEN, SATELLITE], engine=ENGINE)
    await walk.answer()
    done = await walk.choose("finish")
    programme, _ = await read_diary(hass, diary_of(done))
    assert programme.settings.check_in == "each_exercise"


async def test_a_set_up_that_is_not_ended_leaves_nothing(
    hass: HomeAssistant, walk: Walk
) -> None:
    await to_screen(walk)
    await walk.answer(emergency=["chest_pain"])
    await walk.answer()
    hass.config_entries.flow.async_abort(walk.shown["flow_id"])
    await hass.async_block_till_done()
    assert files(hass) == []


@pytest.mark.parametrize("method", ["open", "append"])
async def test_where_the_disk_refuses_nothing_is_set_up_and_nothing_lost(
    hass: HomeAssistant, walk: Walk, method: str
) -> None:
    await to_screen(walk)
    await walk.answer(caution=["falls"])
    await walk.answer(clinician_agreed=True)
    full = StoreError(Reason.FULL)
    with patch(f"{MODULE}.store.Store.{method}", side_effect=full):
        shown = await to_end(walk)
        assert shown["step_id"] == "unsaved"
        assert "room" in placeholders(shown)["error"]
        shown = await walk.answer()
        assert shown["step_id"] == "unsaved"
    assert files(hass) == []
    assert not hass.config_entries.async_entries(DOMAIN)
    done = await walk.answer()
    programme, _ = await read_diary(hass, diary_of(done))
    assert programme.screening.marked == {"falls"}
    assert programme.locked is False


async def test_where_the_disk_refuses_a_diary_that_is_taken_over_stays(
    hass: HomeAssistant, walk: Walk
) -> None:
    diary_id = await begin_diary(hass, "Kim", *SCREENED)
    await to_screen(walk)
    await walk.answer(diary=diary_id)
    await walk.answer()
    full = StoreError(Reason.FULL)
    with patch(f"{MODULE}.store.Store.append", side_effect=full):
        shown = await to_end(walk)
    assert shown["step_id"] == "unsaved"
    _, entries = await read_diary(hass, diary_id)
    assert len(entries) == 1


async def test_diaries_of_nobody_are_offered_by_name(
    hass: HomeAssistant, walk: Walk
) -> None:
    await begin_diary(hass, "Kim", *SCREENED, Rating(value=2, context=Context.AT_LARGE))
    await begin_diary(hass, "Sam", *SCREENED)
    await begin_diary(hass, "Empty")
    owned = build_entry("Alex", {})
    owned.add_to_hass(hass)
    await record(hass, owned, SCREENED)
    shown = await to_screen(walk)
    assert shown["step_id"] == "diary"
    assert defaults(fields(shown)) == {"diary": build_entry("Kim", {}).unique_id}
    (selector,) = fields(shown).values()
    today = dt_util.now().date()
    labels = [option["label"] for option in selector.config["options"]]
    assert labels[0] == "Begin a new diary"
    assert sorted(labels[1:]) == [
        f"Kim (entries: 2, last on {today})",
        f"Sam (entries: 1, last on {today})",
    ]


async def test_a_new_diary_can_be_begun_beside_old_ones(
    hass: HomeAssistant, walk: Walk
) -> None:
    old = await begin_diary(hass, "Sam", *SCREENED)
    shown = await to_screen(walk)
    assert defaults(fields(shown)) == {"diary": "new"}
    shown = await walk.answer()
    assert shown["step_id"] == "screen"
    await walk.answer()
    done = await to_end(walk)
    assert done["result"].unique_id != old
    _, entries = await read_diary(hass, old)
    assert len(entries) == 1


@pytest.mark.parametrize(
    "made_up", ["../../secrets", "/etc/passwd", "..%2fsecrets", "\x00", ""]
)
async def test_no_file_is_opened_but_a_diary_that_was_offered(
    hass: HomeAssistant, walk: Walk, made_up: str
) -> None:
    await begin_diary(hass, "Sam", *SCREENED)
    await to_screen(walk)
    before = files(hass)
    with patch.object(Diary, "async_open") as opened, pytest.raises(InvalidData):
        await walk.answer(diary=made_up)

    opened.assert_not_called()
    assert files(hass) == before


async def test_a_diary_that_is_taken_over_keeps_everything_and_is_screened_anew(
    hass: HomeAssistant, walk: Walk
) -> None:
    past = (
        Screen(form=ScreenForm.FULL, flags=("falls",), clinician_agreed=True),
        Setting(name="check_in", value="off"),
        ProgrammeSet(routine="intermediate", clinician_agreed=True),
    )
    diary_id = await begin_diary(hass, "Kim", *past)
    await to_screen(walk)
    shown = await walk.answer(diary=diary_id)
    assert shown["step_id"] == "screen"
    assert suggested(fields(shown)) == {"caution": ["falls"]}
    shown = await walk.answer()
    more = fields(shown)["more"].schema.schema
    assert suggested(more)[CONF_ROUTINE] == "intermediate"
    done = await to_end(walk)
    assert done["result"].unique_id == diary_id
    programme, entries = await read_diary(hass, diary_id)
    assert [entry.payload for entry in entries if entry.kind is not Kind.DECISION] == [
        *past,
        Screen(form=ScreenForm.FULL),
    ]
    assert programme.level is Routine.INTERMEDIATE
    assert programme.settings.check_in == "off"
    assert programme.screening.marked == frozenset()


async def test_a_lock_is_taken_over_until_it_is_assessed(
    hass: HomeAssistant, walk: Walk
) -> None:
    locked = Screen(form=ScreenForm.FULL, flags=("weight_loss",))
    diary_id = await begin_diary(hass, "Kim", locked)
    await to_screen(walk)
    shown = await walk.answer(diary=diary_id)
    assert CONF_ASSESSED in defaults(fields(shown))
    shown = await walk.answer()
    assert shown["step_id"] == "urgent"
    await walk.answer()
    done = await to_end(walk)
    programme, _ = await read_diary(hass, diary_id)
    assert programme.screening.urgent == {"weight_loss"}

    await hass.config_entries.async_remove(done["result"].entry_id)
    await to_screen(walk)
    await walk.answer(diary=diary_id)
    shown = await walk.answer(assessed=True)
    assert shown["step_id"] == "voice"
    await to_end(walk)
    programme, _ = await read_diary(hass, diary_id)
    assert programme.locked is False


async def test_a_soft_lock_is_taken_over_until_advice_was_taken(
    hass: HomeAssistant, walk: Walk
) -> None:
    diary_id = await begin_diary(hass, "Kim", *SCREENED, *SHARP_PAINS)
    await to_screen(walk)
    await walk.answer(diary=diary_id)
    shown = await walk.answer()
    assert shown["step_id"] == "advice_taken"
    await walk.answer(advice_taken=True)
    await to_end(walk)
    programme, _ = await read_diary(hass, diary_id)
    assert programme.soft_lock is None


async def test_a_diary_that_cannot_be_opened_is_told_of(
    hass: HomeAssistant, walk: Walk
) -> None:
    diary_id = await begin_diary(hass, "Kim", *SCREENED)
    await to_screen(walk)
    newer = StoreError(Reason.NEWER)
    with patch(f"{MODULE}.store.Store.open", side_effect=newer):
        shown = await walk.answer(diary=diary_id)
    assert shown["step_id"] == "diary"
    assert shown["errors"] == {"diary": "not_opened"}
    assert "newer" in placeholders(shown)["error"]
    shown = await walk.answer(diary="new")
    assert shown["step_id"] == "screen"


async def test_a_damaged_diary_is_offered_and_what_can_be_read_is_kept(
    hass: HomeAssistant, walk: Walk
) -> None:
    diary_id = await begin_diary(hass, "Kim", *SCREENED)
    path = Path(hass.config.path(DOMAIN, f"{diary_id}.db"))
    path.write_bytes(b"?" * 100 + path.read_bytes()[100:])
    shown = await to_screen(walk)
    (selector,) = fields(shown).values()
    assert "damaged" in selector.config["options"][1]["label"]
    await walk.answer(diary=diary_id)
    await walk.answer()
    done = await to_end(walk)
    _, entries = await read_diary(hass, diary_of(done))
    assert [entry.kind for entry in entries].count(Kind.SCREEN) == 2


async def test_a_diary_is_taken_over_by_one_alone(
    hass: HomeAssistant, walk: Walk
) -> None:
    diary_id = await begin_diary(hass, "Sam", *SCREENED)
    await to_screen(walk)
    await walk.answer(diary=diary_id)
    other = Walk(hass, hass.config_entries.flow, "config")
    await other.begin(DOMAIN, source=SOURCE_USER)
    await other.answer(name="Sam", accepted=True)
    shown = await other.answer(diary=diary_id)
    assert shown["reason"] == "already_in_progress"

    build_entry("Sam", {}).add_to_hass(hass)
    await walk.answer()
    shown = await to_end(walk)
    assert shown["reason"] == "diary_taken"


async def test_a_diary_that_was_taken_meanwhile_is_not_taken_over(
    hass: HomeAssistant, walk: Walk
) -> None:
    diary_id = await begin_diary(hass, "Sam", *SCREENED)
    await to_screen(walk)
    build_entry("Sam", {}).add_to_hass(hass)
    shown = await walk.answer(diary=diary_id)
    assert shown["reason"] == "diary_taken"


# The safety screen


@pytest.mark.parametrize(
    ("answers", "step"),
    [
        ({"emergency": ["both_legs"]}, "emergency"),
        ({"urgent": ["fever_or_ill"]}, "urgent"),
        ({"caution": ["pregnancy"]}, "caution"),
        ({"urgent": ["weight_loss"], "emergency": ["chest_pain"]}, "emergency"),
        ({"caution": ["under_18"], "urgent": ["past_cancer"]}, "urgent"),
    ],
)
async def test_what_was_marked_locks_and_the_person_is_set_up_all_the_same(
    hass: HomeAssistant, walk: Walk, answers: dict[str, list[str]], step: str
) -> None:
    await to_screen(walk)
    shown = await walk.answer(**answers)
    assert shown["step_id"] == step
    await walk.answer()
    done = await to_end(walk)
    programme, entries = await read_diary(hass, diary_of(done))
    assert programme.locked is True
    (screen,) = [entry.payload for entry in entries if entry.kind is Kind.SCREEN]
    assert isinstance(screen, Screen)
    assert set(screen.flags) == {item for items in answers.values() for item in items}
    # health is told to the diary alone
    stored = str((done["data"], done["options"]))
    assert not any(item in stored for item in ITEMS)


async def test_a_clinicians_agreement_opens_what_calls_for_caution(
    hass: HomeAssistant, walk: Walk
) -> None:
    await to_screen(walk)
    await walk.answer(caution=["osteoporosis", "falls"])
    await walk.answer(clinician_agreed=True)
    done = await to_end(walk)
    programme, _ = await read_diary(hass, diary_of(done))
    assert programme.locked is False
    assert programme.screening.marked == {"osteoporosis", "falls"}


@pytest.mark.parametrize("items", [["chest_pains"], "chest_pain"])
async def test_only_items_of_the_list_can_be_marked(walk: Walk, items: object) -> None:
    await to_screen(walk)
    with pytest.raises(InvalidData):
        await walk.answer(emergency=items)


# The routine to begin with


async def test_a_clinicians_agreement_allows_a_harder_routine_to_begin_with(
    hass: HomeAssistant, walk: Walk
) -> None:
    await to_voice(walk)
    done = await walk.answer(more={CONF_ROUTINE: "advanced", CONF_AGREED: True})
    assert done["options"][CONF_ROUTINE] is None
    programme, _ = await read_diary(hass, diary_of(done))
    assert programme.level is Routine.ADVANCED


async def test_above_beginner_nothing_begins_without_a_clinicians_agreement(
    hass: HomeAssistant, walk: Walk
) -> None:
    await to_voice(walk)
    shown = await walk.answer(more={CONF_ROUTINE: "intermediate"})
    assert shown["errors"] == {"more": "agreement_needed"}
    done = await walk.answer(more={CONF_ROUTINE: "beginner", CONF_AGREED: True})
    programme, _ = await read_diary(hass, diary_of(done))
    assert programme.level is Routine.BEGINNER


async def test_no_harder_routine_is_begun_with_while_something_locks(
    hass: HomeAssistant, walk: Walk
) -> None:
    await to_screen(walk)
    await walk.answer(caution=["pregnancy"])
    await walk.answer()
    harder = {CONF_ROUTINE: "intermediate", CONF_AGREED: True}
    shown = await walk.answer(more=harder)
    assert shown["errors"] == {"more": "routine_refused"}
    assert "can’t get harder just now" in placeholders(shown)["reason"]
    done = await walk.answer(more={CONF_ROUTINE: "beginner"})
    programme, _ = await read_diary(hass, diary_of(done))
    assert programme.level is Routine.BEGINNER


async def test_a_taken_over_programme_can_begin_with_an_easier_routine(
    hass: HomeAssistant, walk: Walk
) -> None:
    past = (*SCREENED, ProgrammeSet(routine="advanced", clinician_agreed=True))
    diary_id = await begin_diary(hass, "Kim", *past)
    await to_screen(walk)
    await walk.answer(diary=diary_id)
    await walk.answer()
    await walk.answer(more={CONF_ROUTINE: "beginner"})
    programme, _ = await read_diary(hass, diary_id)
    assert programme.level is Routine.BEGINNER


# Speakers


@pytest.mark.parametrize(("household", "language"), [("en-GB", "en"), ("tlh", "en")])
async def test_without_speakers_there_is_nothing_more_to_ask(
    hass: HomeAssistant, walk: Walk, voice: FakeVoice, household: str, language: str
) -> None:
    hass.config.language = household
    await to_voice(walk)
    done = await walk.answer()
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert done["options"][CONF_SPEAKERS] == []
    assert done["options"][CONF_ENGINE] is None
    assert done["options"][CONF_LANGUAGE] == language


async def test_a_browser_as_the_only_speaker_has_a_voice(
    walk: Walk, voice: FakeVoice
) -> None:
    await to_voice(walk)
    shown = await walk.answer(engine=ENGINE)
    assert shown["step_id"] == "language"
    done = await walk.answer(language="en")
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert done["options"][CONF_SPEAKERS] == []
    assert done["options"][CONF_ENGINE] == ENGINE


async def test_notifiers_need_no_engine(walk: Walk) -> None:
    await to_voice(walk)
    shown = await walk.answer(speakers=[PHONE])
    assert shown["step_id"] == "test"
    shown = await walk.choose("voice")
    assert suggested(fields(shown))[CONF_SPEAKERS] == [PHONE]
    assert CONF_ENGINE not in suggested(fields(shown))
    await walk.answer(speakers=[PHONE])
    done = await walk.choose("finish")
    assert done["options"][CONF_ENGINE] is None


@pytest.mark.parametrize(
    ("answers", "errors", "about"),
    [
        (
            {CONF_SPEAKERS: ["media_player.gone"]},
            {CONF_SPEAKERS: "speaker_unknown"},
            {"speaker": "media_player.gone"},
        ),
        (
            {CONF_SPEAKERS: ["0123456789abcdef0123456789abcdef"]},
            {CONF_SPEAKERS: "speaker_unknown"},
            {},
        ),
        (
            {CONF_SPEAKERS: [LAMP]},
            {CONF_SPEAKERS: "speaker_unsuitable"},
            {"speaker": "Lamp"},
        ),
        (
            {CONF_SPEAKERS: [KITCHEN, DISPLAY, "media_player.gone"]},
            {CONF_SPEAKERS: "speaker_unsuitable"},
            {"speaker": "Display"},
        ),
        (
            {CONF_SPEAKERS: [BEDROOM, KITCHEN, BEDROOM]},
            {CONF_SPEAKERS: "speaker_twice"},
            {"speaker": "Bedroom"},
        ),
        ({CONF_ENGINE: None}, {CONF_ENGINE: "engine_needed"}, {}),
        (
            {CONF_ENGINE: None, CONF_SPEAKERS: [PHONE, SATELLITE]},
            {CONF_ENGINE: "engine_needed"},
            {},
        ),
        (
            {CONF_ENGINE: "tts.gone"},
            {CONF_ENGINE: "engine_unknown"},
            {"engine": "tts.gone"},
        ),
        (
            {CONF_ENGINE: "tts.foreigner"},
            {CONF_ENGINE: "engine_unsuitable"},
            {"engine": "Foreigner", "languages": "German, English"},
        ),
        (
            {CONF_ENGINE: None, CONF_SPEAKERS: [LAMP]},
            {CONF_ENGINE: "engine_needed", CONF_SPEAKERS: "speaker_unsuitable"},
            {},
        ),
    ],
)
async def test_what_cannot_speak_is_refused_by_name(
    hass: HomeAssistant,
    walk: Walk,
    voice: FakeVoice,
    *,
    answers: dict[str, Any],
    errors: dict[str, str],
    about: dict[str, str],
) -> None:
    await async_add_entity(hass, Platform.TTS, Foreigner())
    await to_voice(walk)
    given = {
        key: value for key, value in (LISTENING | answers).items() if value is not None
    }
    shown = await walk.answer(**given)
    assert shown["step_id"] == "voice"
    assert shown["errors"] == errors
    assert about.items() <= placeholders(shown).items()
    assert suggested(fields(shown)) == given
    shown = await walk.answer(**LISTENING)
    assert shown["step_id"] == "language"


async def test_a_home_without_an_engine_is_told_that_one_is_needed(walk: Walk) -> None:
    shown = await to_voice(walk)
    assert CONF_ENGINE not in suggested(fields(shown))
    shown = await walk.answer(**LISTENING)
    assert shown["errors"] == {CONF_ENGINE: "engine_unknown"}


async def test_an_engine_of_the_old_kind_is_not_suggested(
    walk: Walk, voice: FakeVoice
) -> None:
    with patch(
        "homeassistant.components.tts.async_default_engine", return_value="marytts"
    ):
        shown = await to_voice(walk)
    assert CONF_ENGINE not in suggested(fields(shown))


async def test_what_few_people_need_is_kept_too(walk: Walk, voice: FakeVoice) -> None:
    await to_voice(walk)
    await walk.answer(**LISTENING, volume=35, more={CONF_MODE: "phrases"})
    await walk.answer()
    done = await walk.choose("finish")
    assert done["options"][CONF_VOLUME] == pytest.approx(0.35)
    assert done["options"][CONF_MODE] == "phrases"


async def test_going_back_loses_nothing(walk: Walk, polyglot: Polyglot) -> None:
    given = {
        CONF_SPEAKERS: [BEDROOM, KITCHEN],
        CONF_ENGINE: POLYGLOT,
        CONF_VOLUME: 35,
        "more": {
            CONF_MODE: "phrases",
            CONF_ROUTINE: "intermediate",
            CONF_AGREED: True,
        },
    }
    await to_voice(walk)
    await walk.answer(**given)
    await walk.answer(language="en-US", voice="joanna")
    shown = await walk.choose("voice")
    more = fields(shown)["more"].schema.schema
    assert suggested(fields(shown)) == {
        CONF_SPEAKERS: [BEDROOM, KITCHEN],
        CONF_ENGINE: POLYGLOT,
        CONF_VOLUME: 35,
    }
    assert suggested(more) == given["more"]
    # the section may be left out
    shown = await walk.answer(speakers=[KITCHEN], engine=POLYGLOT)
    assert suggested(fields(shown)) == {CONF_VOICE: "joanna"}
    await walk.answer(voice="joanna")
    done = await walk.choose("finish")
    assert done["options"] == {
        CONF_SPEAKERS: [KITCHEN],
        CONF_ENGINE: POLYGLOT,
        CONF_LANGUAGE: "en-US",
        CONF_VOICE: "joanna",
        CONF_VOLUME: None,
        CONF_MODE: "phrases",
        CONF_ROUTINE: None,
        CONF_SPEECH: True,
    }


async def test_another_engine_means_another_voice(
    walk: Walk, polyglot: Polyglot
) -> None:
    await to_voice(walk)
    await walk.answer(speakers=[KITCHEN], engine=POLYGLOT)
    await walk.answer(language="en-US", voice="joanna")
    await walk.choose("voice")
    await walk.answer(**LISTENING)
    await walk.answer()
    done = await walk.choose("finish")
    assert done["options"][CONF_LANGUAGE] == "en"
    assert done["options"][CONF_VOICE] is None


# Language


@pytest.mark.parametrize(
    ("household", "country", "language"),
    [
        ("en", "AU", "en-AU"),
        ("en", None, "en-US"),
        ("en-GB", "US", "en-GB"),
        ("de", "AT", "de-DE"),
        ("fi", "FI", "en-IE"),
    ],
)
async def test_the_language_of_the_household_is_suggested(
    hass: HomeAssistant,
    walk: Walk,
    polyglot: Polyglot,
    *,
    household: str,
    country: str | None,
    language: str,
) -> None:
    hass.config.language = household
    hass.config.country = country
    await to_voice(walk)
    await walk.answer(speakers=[KITCHEN], engine=POLYGLOT)
    await walk.answer()
    done = await walk.choose("finish")
    assert done["options"][CONF_LANGUAGE] == language


async def test_where_nothing_suits_the_household_the_first_language_is_suggested(
    hass: HomeAssistant, walk: Walk, voice: FakeVoice
) -> None:
    hass.config.language = "fi"
    await async_add_entity(hass, Platform.TTS, Traveller())
    await to_voice(walk)
    await walk.answer(speakers=[KITCHEN], engine="tts.traveller")
    await walk.answer()
    done = await walk.choose("finish")
    assert done["options"][CONF_LANGUAGE] == "en-NZ"


async def test_only_languages_with_sentences_can_be_chosen(
    walk: Walk, polyglot: Polyglot
) -> None:
    await to_voice(walk)
    await walk.answer(speakers=[KITCHEN], engine=POLYGLOT)
    with pytest.raises(InvalidData):
        await walk.answer(language="cy-GB")


@pytest.mark.parametrize(
    ("answers", "language", "voice"),
    [
        ({}, "en-US", None),
        ({CONF_VOICE: "joanna"}, "en-US", "joanna"),
        ({CONF_LANGUAGE: "en-GB", CONF_VOICE: "amy"}, "en-GB", "amy"),
        ({CONF_LANGUAGE: "en-AU", CONF_VOICE: "joanna"}, "en-AU", None),
        ({CONF_LANGUAGE: "en-AU"}, "en-AU", None),
    ],
)
async def test_a_voice_is_kept_where_the_language_has_it(
    walk: Walk,
    polyglot: Polyglot,
    answers: dict[str, str],
    language: str,
    voice: str | None,
) -> None:
    await to_voice(walk)
    await walk.answer(speakers=[KITCHEN], engine=POLYGLOT)
    shown = await walk.answer(**answers)
    assert shown["step_id"] == "test"
    done = await walk.choose("finish")
    assert done["options"][CONF_LANGUAGE] == language
    assert done["options"][CONF_VOICE] == voice


@pytest.mark.parametrize("unfit", [{}, {CONF_VOICE: "joanna"}])
@pytest.mark.parametrize(
    ("answers", "voice"), [({}, None), ({CONF_VOICE: "brian"}, "brian")]
)
async def test_the_voices_of_another_language_are_offered(
    walk: Walk,
    polyglot: Polyglot,
    unfit: dict[str, str],
    answers: dict[str, str],
    voice: str | None,
) -> None:
    await to_voice(walk)
    await walk.answer(speakers=[KITCHEN], engine=POLYGLOT)
    shown = await walk.answer(language="en-GB", **unfit)
    assert shown["step_id"] == "language"
    assert shown["errors"] == {CONF_VOICE: "voice_other_language"}
    assert suggested(fields(shown)) == {}
    shown = await walk.answer(**answers)
    assert shown["step_id"] == "test"
    done = await walk.choose("finish")
    assert done["options"][CONF_LANGUAGE] == "en-GB"
    assert done["options"][CONF_VOICE] == voice


# What to expect, and the test sentence


@pytest.mark.parametrize(
    ("speaker", "features", "mode", "expected"),
    [
        (KITCHEN, STOPS, "track", "mid-word"),
        (KITCHEN, PLAYS | MediaPlayerEntityFeature.PAUSE, "track", "mid-word"),
        (KITCHEN, PLAYS, "track", "cannot be stopped"),
        (BEDROOM, ENTITIES[BEDROOM], "phrases", "Music goes on beneath"),
        (KITCHEN, STOPS, "phrases", "does not come back"),
        (SATELLITE, ENTITIES[SATELLITE], "track", "up to the satellite"),
        (PHONE, 0, "track", "does not count"),
    ],
)
async def test_it_is_said_what_to_expect_of_each_speaker(
    hass: HomeAssistant,
    walk: Walk,
    voice: FakeVoice,
    *,
    speaker: str,
    features: int,
    mode: str,
    expected: str,
) -> None:
    hass.states.async_set(
        speaker, "idle", {"friendly_name": "Box", "supported_features": features}
    )
    await to_voice(walk)
    await walk.answer(speakers=[speaker], engine=ENGINE, more={CONF_MODE: mode})
    shown = await walk.answer()
    expectations = placeholders(shown)["expectations"]
    assert expectations.startswith("- **Box**: ")
    assert expected in expectations
    assert expectations.count("\n") == 0


async def test_a_satellite_with_a_player_is_expected_to_stop_like_it(
    hass: HomeAssistant,
    walk: Walk,
    voice: FakeVoice,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
) -> None:
    hardware = MockConfigEntry(domain="esphome")
    hardware.add_to_hass(hass)
    device = device_registry.async_get_or_create(
        config_entry_id=hardware.entry_id, identifiers={("esphome", "box")}
    )
    box, _ = (
        entity_registry.async_get_or_create(
            domain,
            "esphome",
            "box",
            config_entry=hardware,
            device_id=device.id,
            supported_features=features,
        )
        for domain, features in (
            ("assist_satellite", ANNOUNCE),
            ("media_player", STOPS),
        )
    )
    await to_voice(walk)
    await walk.answer(speakers=[box.entity_id, PHONE], engine=ENGINE)
    shown = await walk.answer()
    expectations = placeholders(shown)["expectations"].splitlines()
    assert "mid-word" in expectations[0]
    assert expectations[1].startswith("- **Phone**: ")


async def test_a_sentence_that_was_heard_ends_the_set_up(
    hass: HomeAssistant, walk: Walk, voice: FakeVoice, rehearse: AsyncMock
) -> None:
    await to_voice(walk)
    await walk.answer(**LISTENING, volume=40)
    await walk.answer()
    shown = await walk.choose("play")
    assert shown["type"] is FlowResultType.SHOW_PROGRESS
    shown = await walk.look()
    assert shown["step_id"] == "heard"
    assert (
        placeholders(shown)["result"] == "- **Kitchen**: The test sentence was played."
    )
    done = await walk.answer(heard="heard_all")
    assert done["type"] is FlowResultType.CREATE_ENTRY
    _, wiring, volume = rehearse.call_args.args
    assert (wiring.speakers, wiring.engine, wiring.language) == (
        (KITCHEN,),
        ENGINE,
        "en",
    )
    assert volume == pytest.approx(0.4)


async def test_the_real_test_sentence_is_played(
    walk: Walk, voice: FakeVoice, speaker: FakeSpeaker
) -> None:
    await to_voice(walk)
    await walk.answer(speakers=["media_player.test"], engine=ENGINE)
    await walk.answer()
    with patch("tests.fakes.PACE", 40):  # it is spoken in a moment
        await walk.choose("play")
        shown = await walk.look()
    assert shown["step_id"] == "heard"
    assert "was played" in placeholders(shown)["result"]
    assert len(speaker.heard) == 1
    assert voice.texts[0].startswith("This is Back Exercise")


@pytest.mark.parametrize(
    ("is_active", "speaker", "step"),
    [
        (True, KITCHEN, "failed"),
        (True, BEDROOM, "heard"),
        (False, KITCHEN, "heard"),
    ],
)
async def test_nobody_is_talked_into_by_the_test_sentence(
    hass: HomeAssistant,
    walk: Walk,
    voice: FakeVoice,
    rehearse: AsyncMock,
    config_entry: MockConfigEntry,
    *,
    is_active: bool,
    speaker: str,
    step: str,
) -> None:
    config_entry.add_to_hass(hass)
    config_entry.mock_state(hass, ConfigEntryState.LOADED)
    wiring = Wiring(speakers=(speaker,), engine=ENGINE, language="en")
    config_entry.runtime_data = Mock(is_active=is_active, wiring=wiring)
    await to_test(walk)
    await walk.choose("play")
    shown = await walk.look()
    assert shown["step_id"] == step
    assert ("Kitchen is taken by the session of Alex" in str(placeholders(shown))) == (
        step == "failed"
    )
    assert rehearse.called == (step == "heard")


async def test_speakers_need_an_address_of_home_assistant(
    walk: Walk, voice: FakeVoice, rehearse: AsyncMock
) -> None:
    await to_test(walk)
    with patch(f"{MODULE}.preflight.get_url", side_effect=NoURLAvailableError):
        await walk.choose("play")
        shown = await walk.look()
    assert shown["step_id"] == "failed"
    assert "does not know its own address" in placeholders(shown)["error"]


async def test_notifiers_need_no_address(
    walk: Walk, voice: FakeVoice, rehearse: AsyncMock
) -> None:
    await to_voice(walk)
    await walk.answer(speakers=[PHONE])
    with patch(f"{MODULE}.preflight.get_url", side_effect=NoURLAvailableError):
        await walk.choose("play")
        shown = await walk.look()
    assert shown["step_id"] == "heard"


@pytest.mark.parametrize("heard", ["heard_part", "heard_nothing"])
async def test_what_was_not_heard_is_met_with_advice(
    walk: Walk, voice: FakeVoice, rehearse: AsyncMock, heard: str
) -> None:
    rehearse.return_value = {KITCHEN: "not_fetched"}
    await to_test(walk)
    await walk.choose("play")
    shown = await walk.look()
    assert "never fetched" in placeholders(shown)["result"]
    shown = await walk.answer(heard=heard)
    assert shown["step_id"] == "advice"
    rehearse.return_value = {KITCHEN: None}
    await walk.choose("play")
    shown = await walk.look()
    assert "was played" in placeholders(shown)["result"]
    done = await walk.answer(heard="heard_all")
    assert done["options"][CONF_SPEAKERS] == [KITCHEN]


@pytest.mark.parametrize("fault", ["unreachable", "not_fetched", "timeout", "failed"])
async def test_every_fault_of_a_speaker_is_put_in_words(
    walk: Walk, voice: FakeVoice, rehearse: AsyncMock, fault: str
) -> None:
    rehearse.return_value = {KITCHEN: fault}
    await to_test(walk)
    await walk.choose("play")
    shown = await walk.look()
    result = placeholders(shown)["result"]
    assert result.startswith("- **Kitchen**: ")
    assert fault not in result.split()


async def test_the_sentence_takes_its_time(
    hass: HomeAssistant, walk: Walk, voice: FakeVoice, rehearse: AsyncMock
) -> None:
    played = asyncio.Event()

    async def play(*_: object) -> dict[str, str | None]:
        await played.wait()
        return {KITCHEN: None}

    rehearse.side_effect = play
    await to_test(walk)
    await walk.choose("play")
    flow_id = walk.shown["flow_id"]
    shown = await hass.config_entries.flow.async_configure(flow_id)
    assert shown["type"] is FlowResultType.SHOW_PROGRESS
    played.set()
    shown = await walk.look()
    assert shown["step_id"] == "heard"
    assert rehearse.call_count == 1


async def test_closing_the_window_ends_the_sentence(
    hass: HomeAssistant, walk: Walk, voice: FakeVoice, rehearse: AsyncMock
) -> None:
    ended = asyncio.Event()

    async def play(*_: object) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    rehearse.side_effect = play
    await to_test(walk)
    await walk.choose("play")
    hass.config_entries.flow.async_abort(walk.shown["flow_id"])
    await hass.async_block_till_done()
    assert ended.is_set()


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (
            HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="synthesis_failed",
                translation_placeholders={"engine": "tts.test"},
            ),
            "tts.test gave no sound",
        ),
        (
            HomeAssistantError(translation_domain=DOMAIN, translation_key="no_address"),
            "does not know its own address",
        ),
        (
            HomeAssistantError(
                "Nothing works",
                translation_domain=DOMAIN,
                translation_key="no_such_key",
            ),
            "Nothing works",
        ),
        (HomeAssistantError("It is on fire"), "It is on fire"),
    ],
)
async def test_without_a_sentence_it_is_said_why_and_nothing_is_lost(
    walk: Walk,
    voice: FakeVoice,
    rehearse: AsyncMock,
    error: HomeAssistantError,
    message: str,
) -> None:
    rehearse.side_effect = error
    await to_test(walk)
    await walk.choose("play")
    shown = await walk.look()
    assert shown["step_id"] == "failed"
    assert message in placeholders(shown)["error"]
    shown = await walk.choose("voice")
    assert suggested(fields(shown)) == LISTENING
    await walk.answer(**LISTENING)
    await walk.answer()
    done = await walk.choose("finish")
    assert done["type"] is FlowResultType.CREATE_ENTRY


async def test_an_engine_that_is_gone_meanwhile_is_told_of(
    hass: HomeAssistant, walk: Walk, polyglot: Polyglot
) -> None:
    await to_voice(walk)
    await walk.answer(speakers=[KITCHEN], engine=POLYGLOT)
    await polyglot.async_remove()
    shown = await walk.answer()
    assert shown["step_id"] == "voice"
    assert shown["errors"] == {CONF_ENGINE: "engine_unknown"}
    shown = await walk.answer(**LISTENING)
    assert shown["step_id"] == "language"


# Who it is, changed later


async def begin_reconfigure(walk: Walk, entry: MockConfigEntry) -> Shown:
    """Begin to change who it is."""
    return await walk.begin(DOMAIN, source="reconfigure", entry_id=entry.entry_id)


async def test_who_it_is_can_be_changed(
    hass: HomeAssistant, walk: Walk, config_entry: MockConfigEntry
) -> None:
    config_entry.add_to_hass(hass)
    options, diary = dict(config_entry.options), config_entry.unique_id
    shown = await begin_reconfigure(walk, config_entry)
    assert shown["step_id"] == "reconfigure"
    assert suggested(fields(shown)) == {CONF_NAME: "Alex"}
    done = await walk.answer(name=" Alexis ", person=ALEX)
    assert done["reason"] == "reconfigure_successful"
    assert config_entry.title == "Alexis"
    assert config_entry.data == {
        CONF_NAME: "Alexis",
        CONF_PERSON: ALEX,
        CONF_ACCEPTED: "2026-11-01T18:00:00+00:00",
    }
    assert config_entry.options == options
    assert config_entry.unique_id == diary

    shown = await begin_reconfigure(walk, config_entry)
    assert suggested(fields(shown)) == {CONF_NAME: "Alexis", CONF_PERSON: ALEX}
    await walk.answer(name="alexis")
    assert config_entry.title == "alexis"
    assert CONF_PERSON not in config_entry.data


async def test_who_it_is_must_stay_clear(
    hass: HomeAssistant, walk: Walk, config_entry: MockConfigEntry
) -> None:
    config_entry.add_to_hass(hass)
    MockConfigEntry(
        domain=DOMAIN, title="Sam", data={CONF_NAME: "Sam", CONF_PERSON: SAM}
    ).add_to_hass(hass)
    await begin_reconfigure(walk, config_entry)
    shown = await walk.answer(name="SAM", person=SAM)
    assert shown["errors"] == {CONF_NAME: "name_taken", CONF_PERSON: "person_taken"}
    assert suggested(fields(shown)) == {CONF_NAME: "SAM", CONF_PERSON: SAM}
    done = await walk.answer(name="Alex")
    assert done["type"] is FlowResultType.ABORT
    assert config_entry.title == "Alex"


# The options


@pytest.fixture
def spoken(hass: HomeAssistant, config_entry: MockConfigEntry) -> MockConfigEntry:
    """Return a person with every option set."""
    config_entry.add_to_hass(hass)
    hass.config_entries.async_update_entry(
        config_entry,
        options={
            CONF_SPEAKERS: [KITCHEN],
            CONF_ENGINE: POLYGLOT,
            CONF_LANGUAGE: "en-GB",
            CONF_VOICE: "amy",
            CONF_VOLUME: 0.29,
            CONF_MODE: "phrases",
            CONF_ROUTINE: "advanced",
            CONF_SPEECH: False,
            "of_a_later_version": 7,
        },
    )
    return config_entry


async def test_options_that_are_only_looked_at_stay(
    options_walk: Walk, polyglot: Polyglot, spoken: MockConfigEntry
) -> None:
    before = dict(spoken.options)
    shown = await options_walk.begin(spoken.entry_id)
    assert shown["menu_options"] == [
        "voice",
        "language",
        "test",
        "screen",
        "programme",
        "rules",
        "limits",
        "pain_input",
        "reminders",
    ]
    shown = await options_walk.choose("voice")
    given = suggested(fields(shown))
    assert given == {
        CONF_SPEAKERS: [KITCHEN],
        CONF_ENGINE: POLYGLOT,
        CONF_VOLUME: 29,
    }
    shown = await options_walk.answer(**given)
    shown = await options_walk.answer(**suggested(fields(shown)))
    assert shown["step_id"] == "test"
    done = await options_walk.choose("finish")
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert spoken.options == before


async def test_other_speakers_change_nothing_else(
    options_walk: Walk, polyglot: Polyglot, spoken: MockConfigEntry
) -> None:
    before = dict(spoken.options)
    await options_walk.begin(spoken.entry_id)
    await options_walk.choose("voice")
    await options_walk.answer(
        speakers=[PHONE, BEDROOM],
        engine=POLYGLOT,
        volume=29,
        more={CONF_MODE: "track"},
    )
    await options_walk.answer(voice="amy")
    await options_walk.choose("finish")
    assert spoken.options == {
        **before,
        CONF_SPEAKERS: [PHONE, BEDROOM],
        CONF_MODE: "track",
    }


async def test_what_changed_meanwhile_is_not_put_back(
    hass: HomeAssistant, options_walk: Walk, polyglot: Polyglot, spoken: MockConfigEntry
) -> None:
    await options_walk.begin(spoken.entry_id)
    await options_walk.choose("language")
    hass.config_entries.async_update_entry(
        spoken, options={**spoken.options, CONF_ROUTINE: "intermediate"}
    )
    await options_walk.answer(language="en-AU")
    await options_walk.choose("finish")
    assert spoken.options[CONF_ROUTINE] == "intermediate"
    assert spoken.options[CONF_LANGUAGE] == "en-AU"
    assert spoken.options[CONF_VOICE] is None


async def test_the_options_play_the_test_sentence(
    options_walk: Walk, polyglot: Polyglot, spoken: MockConfigEntry, rehearse: AsyncMock
) -> None:
    before = dict(spoken.options)
    await options_walk.begin(spoken.entry_id)
    await options_walk.choose("test")
    shown = await options_walk.choose("play")
    assert shown["type"] is FlowResultType.SHOW_PROGRESS
    await options_walk.look()
    shown = await options_walk.answer(heard="heard_nothing")
    assert shown["step_id"] == "advice"
    rehearse.side_effect = HomeAssistantError("It is on fire")
    await options_walk.choose("play")
    shown = await options_walk.look()
    assert shown["step_id"] == "failed"
    await options_walk.choose("finish")
    assert spoken.options == before


async def test_who_has_no_speakers_can_choose_some(
    hass: HomeAssistant,
    options_walk: Walk,
    voice: FakeVoice,
    config_entry: MockConfigEntry,
) -> None:
    config_entry.add_to_hass(hass)
    shown = await options_walk.begin(config_entry.entry_id)
    assert shown["menu_options"] == [
        "voice",
        "screen",
        "programme",
        "rules",
        "limits",
        "pain_input",
        "reminders",
    ]
    shown = await options_walk.choose("voice")
    assert suggested(fields(shown))[CONF_ENGINE] == ENGINE
    await options_walk.answer(**LISTENING)
    await options_walk.answer()
    await options_walk.choose("finish")
    assert config_entry.options[CONF_SPEAKERS] == [KITCHEN]
    assert config_entry.options[CONF_SPEECH] is False


async def test_an_engine_that_is_gone_can_be_replaced(
    options_walk: Walk, voice: FakeVoice, spoken: MockConfigEntry
) -> None:
    await options_walk.begin(spoken.entry_id)
    shown = await options_walk.choose("language")
    assert shown["step_id"] == "voice"
    assert shown["errors"] == {CONF_ENGINE: "engine_unknown"}
    await options_walk.answer(**LISTENING)
    await options_walk.answer()
    await options_walk.choose("finish")
    assert spoken.options[CONF_ENGINE] == ENGINE
    assert spoken.options[CONF_LANGUAGE] == "en"
    assert spoken.options[CONF_VOICE] is None
