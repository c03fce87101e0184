"""What is said when a reminder is due, and sessions that start by themselves."""

from datetime import timedelta
from itertools import pairwise
from typing import Any, Final

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.button import DOMAIN as BUTTON, SERVICE_PRESS
from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.const import (
    ATTR_ENTITY_ID,
    STATE_HOME,
    STATE_NOT_HOME,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import (
    CONF_NOTIFY,
    CONF_PERSON,
    DOMAIN,
)

from .conftest import (
    SESSION,
    SPOKEN,
    Ask,
    PassTime,
    Past,
    build_entry,
    build_past,
    record,
)
from .fakes import FakeVoice
from .reminding import PHONE, SNOOZE, Phone, build_reminder, is_due, press, told
from .room import RoomPlayer

pytestmark = pytest.mark.usefixtures(
    "berlin", "spoken_to", "notified", "unasked", "reminded"
)

HOUR: Final = timedelta(hours=1)
SECOND: Final = timedelta(seconds=1)
PERSON: Final = "person.alex"

REMINDED: Final = "It is time for your exercises, whenever you are ready."
ANNOUNCED: Final = (
    "Your session is about to begin. "
    "Press stop or snooze if now is not a good time. "
    "It begins in fifteen seconds."
)
COUNTED: Final = ["Five.", "Four.", "Three.", "Two.", "One."]

STARTS: Final = [build_reminder(what="start")]

IN_COUNTDOWN: Final = HOUR + 12 * SECOND


@pytest.fixture
async def alex(
    voice: FakeVoice, player: RoomPlayer, phone: Phone, set_up: MockConfigEntry
) -> MockConfigEntry:
    """Set Alex up in a room with a speaker."""
    return set_up


@pytest.fixture
def config_entry(
    hass: HomeAssistant,
    options: dict[str, Any],
    reminders: list[ConfigSubentryDataWithId],
) -> MockConfigEntry:
    """Return Alex, who is at home."""
    hass.states.async_set(PERSON, STATE_HOME)
    return build_entry("Alex", options, reminders, **{CONF_PERSON: PERSON})


def session(hass: HomeAssistant) -> str:
    """Return the state of the session."""
    state = hass.states.get(SESSION)
    assert state
    return state.state


async def test_a_reminder_is_spoken_and_the_volume_put_back(
    hass: HomeAssistant, alex: MockConfigEntry, player: RoomPlayer, pass_time: PassTime
) -> None:
    await pass_time(HOUR + 10 * SECOND)

    assert player.texts == [REMINDED]
    assert player.is_silent
    assert session(hass) == "idle"


@pytest.mark.parametrize("reminders", [[build_reminder(what="notify")]])
async def test_a_reminder_that_only_notifies_is_not_spoken(
    alex: MockConfigEntry, player: RoomPlayer, phone: Phone, pass_time: PassTime
) -> None:
    await pass_time(HOUR + 10 * SECOND)

    assert len(phone.messages) == 1
    assert player.played == []


async def test_a_reminder_that_is_answered_is_cut_in_mid_word(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    player: RoomPlayer,
    phone: Phone,
    pass_time: PassTime,
) -> None:
    await pass_time(HOUR + SECOND)
    phone.press("In 15 minutes")
    await pass_time(10 * SECOND)

    assert player.texts[0].endswith("–")
    assert player.is_silent


async def test_a_snoozed_reminder_is_spoken_again(
    hass: HomeAssistant, alex: MockConfigEntry, player: RoomPlayer, pass_time: PassTime
) -> None:
    await pass_time(HOUR + 10 * SECOND)
    await press(hass, SNOOZE)
    await pass_time(HOUR / 4 + 10 * SECOND)

    assert player.texts == [REMINDED, REMINDED]


async def test_without_a_voice_the_phone_is_told_all_the_same(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    voice: FakeVoice,
    phone: Phone,
    player: RoomPlayer,
    pass_time: PassTime,
) -> None:
    await voice.async_remove()
    await pass_time(HOUR + 10 * SECOND)

    assert player.played == []
    assert len(phone.messages) == 1
    assert is_due(hass)


# Starting by itself


@pytest.mark.parametrize("reminders", [STARTS])
async def test_a_session_starts_by_itself_after_a_countdown(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    player: RoomPlayer,
    phone: Phone,
    pass_time: PassTime,
) -> None:
    await pass_time(IN_COUNTDOWN)
    in_countdown = (session(hass), list(phone.shown))
    await pass_time(20 * SECOND)

    assert in_countdown[0] == "idle"
    assert len(in_countdown[1]) == 1
    assert session(hass) != "idle"
    assert player.texts[:6] == [ANNOUNCED, *COUNTED]
    assert not phone.shown
    counts = [word.at for word in player.words[1:6]]
    steps = [after - before for before, after in pairwise(counts)]
    assert all(abs(step - SECOND) < SECOND / 20 for step in steps)


@pytest.mark.parametrize("reminders", [STARTS])
async def test_the_countdown_leaves_fifteen_seconds_after_its_words(
    hass: HomeAssistant, alex: MockConfigEntry, player: RoomPlayer, pass_time: PassTime
) -> None:
    await pass_time(HOUR + 25 * SECOND)

    first, last = player.words[0], player.words[5]
    spoken = timedelta(seconds=len(ANNOUNCED) / 20)
    assert abs(last.at - first.at - spoken - 14 * SECOND) < SECOND / 10


@pytest.mark.parametrize("reminders", [STARTS])
@pytest.mark.parametrize(
    "action", ["stop", "pause", "next", "easier", "sharp_pain", "explain"]
)
async def test_any_command_refuses_a_session_that_would_start_by_itself(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    player: RoomPlayer,
    phone: Phone,
    ask: Ask,
    pass_time: PassTime,
    action: str,
) -> None:
    await pass_time(IN_COUNTDOWN)
    await ask(action)
    await pass_time(HOUR)

    assert session(hass) == "idle"
    assert not is_due(hass)
    assert not phone.shown
    assert COUNTED[0] not in player.texts
    assert await told(alex) == ["due", "skipped refused"]


@pytest.mark.parametrize("reminders", [STARTS])
async def test_the_stop_button_is_offered_in_the_countdown_and_refuses(
    hass: HomeAssistant, alex: MockConfigEntry, pass_time: PassTime
) -> None:
    stop = "button.alex_stop"
    before = hass.states.is_state(stop, STATE_UNAVAILABLE)
    await pass_time(IN_COUNTDOWN)
    in_countdown = hass.states.is_state(stop, STATE_UNKNOWN)
    await press(hass, stop)
    await pass_time(30 * SECOND)

    assert before
    assert in_countdown
    assert session(hass) == "idle"
    assert await told(alex) == ["due", "skipped refused"]


@pytest.mark.parametrize("reminders", [STARTS])
async def test_snoozing_in_the_countdown_counts_down_again_later(
    hass: HomeAssistant, alex: MockConfigEntry, player: RoomPlayer, pass_time: PassTime
) -> None:
    await pass_time(IN_COUNTDOWN)
    await press(hass, SNOOZE)
    await pass_time(HOUR / 4 + 40 * SECOND)

    assert player.texts.count(ANNOUNCED) == 2
    assert session(hass) != "idle"
    assert (await told(alex))[:3] == ["due", "snoozed", "due"]


@pytest.mark.parametrize("reminders", [STARTS])
@pytest.mark.parametrize(
    ("button", "story"), [("In 15 minutes", "snoozed"), ("Skip today", "skipped")]
)
async def test_the_phone_refuses_in_the_countdown(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    phone: Phone,
    pass_time: PassTime,
    *,
    button: str,
    story: str,
) -> None:
    await pass_time(IN_COUNTDOWN)
    phone.press(button)
    await pass_time(30 * SECOND)

    assert session(hass) == "idle"
    assert await told(alex) == ["due", story]


@pytest.mark.parametrize("reminders", [[build_reminder(what="start", at_home=False)]])
async def test_leaving_in_the_countdown_refuses(
    hass: HomeAssistant, alex: MockConfigEntry, player: RoomPlayer, pass_time: PassTime
) -> None:
    await pass_time(IN_COUNTDOWN)
    hass.states.async_set(PERSON, STATE_NOT_HOME)
    await pass_time(HOUR)

    assert session(hass) == "idle"
    assert COUNTED[0] not in player.texts
    assert await told(alex) == ["due", "missed absent"]


@pytest.mark.parametrize("reminders", [STARTS])
async def test_somebody_who_may_be_away_is_only_reminded(
    hass: HomeAssistant, alex: MockConfigEntry, player: RoomPlayer, pass_time: PassTime
) -> None:
    hass.states.async_set(PERSON, STATE_UNKNOWN)
    await pass_time(HOUR + 40 * SECOND)

    assert player.texts == [REMINDED]
    assert session(hass) == "idle"


@pytest.mark.parametrize("reminders", [STARTS])
async def test_starting_in_the_countdown_ends_it(
    hass: HomeAssistant, alex: MockConfigEntry, player: RoomPlayer, pass_time: PassTime
) -> None:
    await pass_time(IN_COUNTDOWN)
    await press(hass, "button.alex_start")
    await pass_time(40 * SECOND)

    assert session(hass) != "idle"
    assert COUNTED[0] not in player.texts
    assert sum(text.startswith("Welcome") for text in player.texts) == 1
    assert await told(alex) == ["due"]


@pytest.mark.parametrize("reminders", [STARTS])
@pytest.mark.parametrize("options", [{**SPOKEN, "speech": False, CONF_NOTIFY: [PHONE]}])
async def test_without_speech_the_countdown_is_as_long(
    hass: HomeAssistant, alex: MockConfigEntry, pass_time: PassTime
) -> None:
    await pass_time(HOUR + 14 * SECOND)
    before = session(hass)
    await pass_time(2 * SECOND)

    assert before == "idle"
    assert session(hass) != "idle"


@pytest.mark.parametrize("reminders", [STARTS])
async def test_what_could_not_start_by_itself_stays_due_and_is_told(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    voice: FakeVoice,
    phone: Phone,
    pass_time: PassTime,
) -> None:
    await pass_time(IN_COUNTDOWN)
    await voice.async_remove()
    await pass_time(30 * SECOND)

    assert session(hass) == "idle"
    assert is_due(hass)
    assert phone.messages[-1].startswith("Your session could not be started.")


@pytest.mark.parametrize(
    "reminders", [[build_reminder(what="start", routine="advanced")]]
)
async def test_a_routine_above_the_programme_is_not_started_by_a_reminder(
    hass: HomeAssistant, alex: MockConfigEntry, pass_time: PassTime
) -> None:
    await pass_time(HOUR + 40 * SECOND)

    snapshot = alex.runtime_data.data.session
    assert snapshot
    assert snapshot.routine == "beginner"


@pytest.mark.parametrize("reminders", [STARTS])
async def test_a_reload_in_the_countdown_starts_nothing(
    hass: HomeAssistant, alex: MockConfigEntry, player: RoomPlayer, pass_time: PassTime
) -> None:
    await pass_time(IN_COUNTDOWN)
    reloading = hass.async_create_background_task(
        hass.config_entries.async_reload(alex.entry_id), "reload"
    )
    await pass_time(HOUR / 2)

    assert reloading.done()
    assert session(hass) == "idle"
    assert is_due(hass)
    assert player.texts.count(ANNOUNCED) <= 1


# Two people, one speaker


@pytest.fixture
async def sam(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    options: dict[str, Any],
    freezer: FrozenDateTimeFactory,
    reminders: list[ConfigSubentryDataWithId],
    pass_time: PassTime,
) -> MockConfigEntry:
    """Set up Sam, who has the same reminder and the same speaker."""
    more = {"what": reminders[0]["data"]["what"]}
    sam = build_entry("Sam", options, [build_reminder(subentry_id="01SAM", **more)])
    sam.add_to_hass(hass)
    past: Past = build_past()
    await record(hass, sam, past)
    assert await hass.config_entries.async_setup(sam.entry_id)
    await pass_time()
    return sam


async def test_two_people_with_one_speaker_are_reminded_one_after_the_other(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    sam: MockConfigEntry,
    player: RoomPlayer,
    pass_time: PassTime,
) -> None:
    await pass_time(HOUR + 30 * SECOND)

    assert player.texts == [REMINDED, REMINDED]
    first, second = player.played
    assert second.begun >= first.ended
    assert is_due(hass)
    assert hass.states.is_state("binary_sensor.sam_reminder_due", "on")


@pytest.mark.parametrize("reminders", [STARTS])
async def test_the_second_session_on_a_speaker_waits_for_the_first(
    hass: HomeAssistant,
    alex: MockConfigEntry,
    sam: MockConfigEntry,
    player: RoomPlayer,
    pass_time: PassTime,
) -> None:
    await pass_time(HOUR + HOUR / 12)
    while_first = player.texts.count(ANNOUNCED)
    active = alex if alex.runtime_data.is_active else sam
    await hass.services.async_call(
        BUTTON,
        SERVICE_PRESS,
        {ATTR_ENTITY_ID: f"button.{active.title.lower()}_stop"},
        blocking=True,
    )
    await pass_time(HOUR / 60)

    other = sam if active is alex else alex
    assert while_first == 1
    assert player.texts.count(ANNOUNCED) == 2
    assert other.runtime_data.is_active
    assert hass.config_entries.async_loaded_entries(DOMAIN) == [alex, sam]
