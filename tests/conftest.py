"""What the tests share: a person, a voice, a speaker, and time that can be passed."""

import asyncio
from collections.abc import (
    AsyncGenerator,
    Awaitable,
    Callable,
    Coroutine,
    Generator,
    Iterable,
    Mapping,
)
from datetime import datetime, timedelta
import math
from typing import Any, Final, NamedTuple
from unittest.mock import AsyncMock, patch

from aiohttp.test_utils import TestClient
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.repairs import (
    DOMAIN as REPAIRS,
    RepairsFlowManager,
    repairs_flow_manager,
)
from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.const import ATTR_DEVICE_ID, CONF_NAME, Platform
from homeassistant.core import HomeAssistant
from homeassistant.core_config import async_process_ha_core_config
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from homeassistant.util.async_ import get_scheduled_timer_handles
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockUser,
    async_fire_time_changed_exact,
)
from pytest_homeassistant_custom_component.syrupy import HomeAssistantSnapshotExtension
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from syrupy.assertion import SnapshotAssertion

# Imported here, it is found before the package of that name that the plugin brings.
import custom_components.back_exercise
from custom_components.back_exercise.const import (
    CONF_ACCEPTED,
    CONF_ENGINE,
    CONF_LANGUAGE,
    CONF_NOTIFY,
    CONF_QUESTION_AT,
    CONF_SPEAKERS,
    CONF_SPEECH,
    DOMAIN,
)
from custom_components.back_exercise.coordinator import load_catalogue
from custom_components.back_exercise.diary import Diary
from custom_components.back_exercise.engine.diary import (
    Context,
    Payload,
    ProgrammeSet,
    Rating,
    Screen,
    ScreenForm,
    Setting,
)

from .engine.lives import Life
from .fakes import FakeSpeaker, FakeVoice, async_add_entity
from .reminding import BERLIN, PHONE, Phone, build_reminder
from .room import Room, RoomNotifier, RoomPlayer, RoomSatellite
from .walking import Walk
from .watching import Card

SILENT: Final[dict[str, Any]] = {
    CONF_SPEAKERS: [],
    CONF_ENGINE: None,
    CONF_LANGUAGE: "en",
    CONF_SPEECH: False,
}
"""Settings of someone who follows the screen: nothing takes real time."""

SPOKEN: Final[dict[str, Any]] = {
    CONF_SPEAKERS: ["media_player.test"],
    CONF_ENGINE: "tts.test",
    CONF_LANGUAGE: "en",
}
"""Settings of someone with a voice and a speaker."""

SCREENED: Final = (Screen(form=ScreenForm.FULL),)
"""In the diary of someone who has answered the safety questions, all with no."""

ADVANCED: Final = ProgrammeSet(routine="advanced", clinician_agreed=True)
"""In the diary of someone who may do every routine."""

NOW: Final = "2026-11-23 07:00:00+00:00"

SESSION: Final = "sensor.alex_session"
EXERCISE: Final = "sensor.alex_exercise"

IN_REPETITION: Final = timedelta(minutes=1)
"""In the hold of the third repetition of the first exercise, where it is spoken."""

LONGEST: Final = timedelta(hours=1)
"""No session takes longer."""

MOMENT: Final = timedelta(milliseconds=1)

BUSY: Final = 20000
"""So many rounds of the event loop may be needed for what takes no time."""


class Then(NamedTuple):
    """Something that was recorded at a moment of the past."""

    at: datetime
    payload: Payload


type Past = list[Payload | Then]
type PassTime = Callable[..., Awaitable[None]]
type Ask = Callable[..., Coroutine[Any, Any, dict[str, Any]]]
type Recorded = Callable[..., Coroutine[Any, Any, list[dict[str, Any]]]]
type Until = Callable[..., Awaitable[None]]
type Play = Callable[..., Awaitable[None]]
type Answers = Mapping[str, Mapping[str, int]]
"""Pain and effort, by exercise."""
type AddSpeaker = Callable[[str], Awaitable[FakeSpeaker]]


@pytest.fixture(autouse=True)
def known_to_home_assistant(request: pytest.FixtureRequest) -> None:
    """Let Home Assistant find the integration, in the tests that have one.

    Where it records, it does so before anything is set up.
    """
    if "recorder_mock" in request.fixturenames:
        request.getfixturevalue("recorder_mock")
    if "hass" in request.fixturenames:
        request.getfixturevalue("enable_custom_integrations")


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Write Home Assistant's objects as Home Assistant's own tests do."""
    return snapshot.use_extension(HomeAssistantSnapshotExtension)


@pytest.fixture
def hass_config_dir(hass_tmp_config_dir: str) -> str:
    """Keep what is written to disk apart from other tests."""
    return hass_tmp_config_dir


@pytest.fixture
async def berlin(hass: HomeAssistant) -> None:
    """Be in Berlin, where it is 8 on a Monday morning."""
    await hass.config.async_set_time_zone(BERLIN)


@pytest.fixture
def options(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return the settings of the person.

    They tell of someone who follows the screen, and of what else is used by name.
    """
    used = request.fixturenames
    return {
        **(SPOKEN if "spoken_to" in used else SILENT),
        **({CONF_NOTIFY: [PHONE]} if "notified" in used else {}),
        **({CONF_QUESTION_AT: None} if "unasked" in used else {}),
    }


@pytest.fixture
def spoken_to() -> None:
    """Have somebody with a voice and a speaker."""


@pytest.fixture
def notified() -> None:
    """Have somebody who is told on the phone."""


@pytest.fixture
def unasked() -> None:
    """Have somebody who is asked nothing on the day after."""


@pytest.fixture
def platforms() -> list[Platform]:
    """Return the platforms that are loaded."""
    return custom_components.back_exercise.PLATFORMS


@pytest.fixture
def reminders(request: pytest.FixtureRequest) -> list[ConfigSubentryDataWithId]:
    """Return the reminders of the person: none, unless `reminded` is used."""
    return [build_reminder()] if "reminded" in request.fixturenames else []


@pytest.fixture
def reminded() -> None:
    """Have somebody with a reminder of each day at nine."""


def build_entry(
    name: str,
    options: dict[str, Any],
    reminders: Iterable[ConfigSubentryDataWithId] = (),
    **data: str,
) -> MockConfigEntry:
    """Return the entry of a person."""
    return MockConfigEntry(
        data={CONF_NAME: name, CONF_ACCEPTED: "2026-11-01T18:00:00+00:00", **data},
        domain=DOMAIN,
        entry_id=f"01K0{name.upper():0<22}",
        options=options,
        subentries_data=list(reminders),
        title=name,
        unique_id=f"{name.encode().hex():0<32}",
    )


@pytest.fixture
def config_entry(
    options: dict[str, Any], reminders: list[ConfigSubentryDataWithId]
) -> MockConfigEntry:
    """Return the person Alex."""
    return build_entry("Alex", options, reminders)


@pytest.fixture
def past(request: pytest.FixtureRequest) -> Past:
    """Return what is in the person's diary already: nothing stands in the way.

    Nothing is asked either, unless `asked_after_each` is used, and there is a rating
    for the gate.
    """
    is_asked = "asked_after_each" in request.fixturenames
    return build_past(check_in="each_exercise" if is_asked else "off")


@pytest.fixture
def asked_after_each() -> None:
    """Have somebody who is asked after each exercise."""


def build_past(*more: Payload | Then, check_in: str = "off", pain: int = 2) -> Past:
    """Return the diary of someone who may start, with more in it."""
    return [
        *SCREENED,
        Setting(name="check_in", value=check_in),
        *more,
        Rating(value=pain, context=Context.AT_LARGE),
    ]


def lived(life: Life) -> Past:
    """Return a life as the diary of someone's past."""
    return [Then(entry.at, entry.payload) for entry in life.entries]


async def record(
    hass: HomeAssistant, entry: MockConfigEntry, past: Iterable[Payload | Then]
) -> None:
    """Record something in the diary of a person whose entry is not loaded.

    What has no moment of its own is recorded now.
    """
    catalogue = await hass.async_add_executor_job(load_catalogue)
    diary = await Diary.async_open(hass, str(entry.unique_id), entry.title, catalogue)
    for each in past:
        at, payload = each if isinstance(each, Then) else (None, each)
        await diary.async_add(payload, source="test", at=at)
    await diary.async_close()


async def reload(
    hass: HomeAssistant, entry: MockConfigEntry, pass_time: PassTime
) -> None:
    """Set somebody up anew, as after a restart."""
    assert await hass.config_entries.async_reload(entry.entry_id)
    await pass_time()


@pytest.fixture
def threads(request: pytest.FixtureRequest) -> None:
    """Let what runs in threads be done at once from the beginning, if at all."""
    if "at_once" in request.fixturenames:
        request.getfixturevalue("at_once")


@pytest.fixture
async def set_up(
    hass: HomeAssistant,
    threads: None,
    without_ffmpeg: None,
    freezer: FrozenDateTimeFactory,
    pass_time: PassTime,
    *,
    config_entry: MockConfigEntry,
    past: Past,
    platforms: list[Platform],
) -> AsyncGenerator[MockConfigEntry]:
    """Set the person up, in a home where time stands still."""
    freezer.move_to(NOW)
    config_entry.add_to_hass(hass)
    await record(hass, config_entry, past)
    with patch("custom_components.back_exercise.PLATFORMS", platforms):
        assert await hass.config_entries.async_setup(config_entry.entry_id)
        await hass.async_block_till_done()
        yield config_entry
        if config_entry not in hass.config_entries.async_entries(DOMAIN):
            return  # it was removed
        # before time goes on by itself: the last words may want to be spoken
        unloading = hass.async_create_background_task(
            hass.config_entries.async_unload(config_entry.entry_id), "unload"
        )
        await pass_time(timedelta(minutes=1))
        while not unloading.done():
            await pass_time(timedelta(seconds=10))


@pytest.fixture
def pass_time(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, request: pytest.FixtureRequest
) -> PassTime:
    """Return what lets time pass, each thing happening at its moment."""
    hass.loop.slow_callback_duration = math.inf  # it seems to take all that time
    # where speakers never answer, nobody may wait for it
    settle = _pass if "at_once" in request.fixturenames else _settle

    async def pass_time(
        time: timedelta = timedelta(0), until: Callable[[], bool] = lambda: False
    ) -> None:
        end = dt_util.utcnow() + time
        await settle(hass)
        while (left := end - dt_util.utcnow()) > timedelta(0) and not until():
            now = hass.loop.time()
            dues = (each.when() for each in get_scheduled_timer_handles(hass.loop))
            due = timedelta(seconds=min(dues, default=now) - now)
            freezer.tick(min(max(due, MOMENT), left))
            async_fire_time_changed_exact(hass)
            await settle(hass)

    return pass_time


async def _settle(hass: HomeAssistant) -> None:
    """Let everything happen that needs no time, other threads' work included."""
    for _ in range(20):
        await hass.async_block_till_done()
        background = hass._background_tasks  # noqa: SLF001 - waited for by no one else
        # threads set no event
        while any(not isinstance(each, asyncio.Task) for each in background):  # noqa: ASYNC110
            await asyncio.sleep(0)


async def _pass(hass: HomeAssistant) -> None:
    """Let everything happen that needs no time, where nothing runs in threads."""
    for _ in range(BUSY):
        await asyncio.sleep(0)
        if not hass.loop._ready:  # type: ignore[attr-defined] # noqa: SLF001 - only there
            break


@pytest.fixture
def device_id(device_registry: dr.DeviceRegistry, set_up: MockConfigEntry) -> str:
    """Return the id of Alex's device."""
    device = device_registry.async_get_device_by_identifier(
        (DOMAIN, str(set_up.unique_id)), set_up.entry_id
    )
    assert device
    return device.id


@pytest.fixture
def ask(hass: HomeAssistant, device_id: str, pass_time: PassTime) -> Ask:
    """Return what performs an action on Alex's device and returns its answer."""

    async def ask(action: str, **data: object) -> dict[str, Any]:
        answers: Any = await hass.services.async_call(
            DOMAIN,
            action,
            {ATTR_DEVICE_ID: device_id, **data},
            blocking=True,
            return_response=True,
        )
        await pass_time()
        answer: dict[str, Any] = answers[device_id]
        return answer

    return ask


@pytest.fixture
def recorded(ask: Ask) -> Recorded:
    """Return what reads the content of entries of a kind, in their order."""

    async def recorded(kind: str) -> list[dict[str, Any]]:
        answer = await ask("get_diary", kinds=[kind])
        return [each["data"] for each in reversed(answer["entries"])]

    return recorded


@pytest.fixture
def card(
    hass: HomeAssistant, set_up: MockConfigEntry, hass_admin_user: MockUser
) -> Card:
    """Return a card on the dashboard of somebody who may do everything."""
    return Card(hass, hass_admin_user)


@pytest.fixture
def until(hass: HomeAssistant, pass_time: PassTime) -> Until:
    """Return what lets time pass until the session is at something."""

    async def until(
        session: str, exercise: str | None = None, step: str | None = None
    ) -> None:
        def is_there() -> bool:
            place = hass.states.get(EXERCISE)
            assert place
            return (
                hass.states.is_state(SESSION, session)
                and exercise in (None, place.state)
                and step in (None, place.attributes.get("step"))
            )

        await pass_time(LONGEST, is_there)
        assert is_there(), (session, exercise, step)

    return until


@pytest.fixture
def follow(hass: HomeAssistant, ask: Ask, pass_time: PassTime) -> Play:
    """Return what follows a session to its end, and answers what it asks.

    Or to the first repetition of an exercise.
    """

    async def follow(
        pain: int = 2,
        effort: int = 3,
        answers: Answers | None = None,
        to: str | None = None,
        after: timedelta = timedelta(0),
    ) -> None:
        def exercise() -> str:
            shown = hass.states.get(EXERCISE)
            assert shown
            is_at_work = shown.attributes.get("step") == "work"
            is_asked = hass.states.is_state(SESSION, "asking")
            return shown.state if is_at_work or is_asked else ""

        def is_to_do() -> bool:
            is_on = not hass.states.is_state(SESSION, "idle")
            is_asked = hass.states.is_state(SESSION, "asking")
            return not is_on or is_asked or exercise() == to

        given = {"pain": pain, "effort": effort}
        await pass_time(LONGEST, is_to_do)
        while hass.states.is_state(SESSION, "asking"):
            await pass_time(after)
            await ask("rate", **given | dict((answers or {}).get(exercise(), {})))
            await pass_time(LONGEST, is_to_do)

    return follow


@pytest.fixture
def play(ask: Ask, follow: Play) -> Play:
    """Return what does a session as `follow` does, from its start."""

    async def play(pain: int = 2, **answers: Any) -> None:
        await ask("start", pain_before=pain)
        await follow(pain, **answers)

    return play


@pytest.fixture
def phone(hass: HomeAssistant) -> Phone:
    """Return Alex's phone."""
    return Phone(hass)


@pytest.fixture
async def alex(phone: Phone, set_up: MockConfigEntry) -> MockConfigEntry:
    """Set Alex up, with a phone."""
    return set_up


@pytest.fixture
async def flows(hass: HomeAssistant) -> RepairsFlowManager:
    """Return what runs through the flows of repairs."""
    assert await async_setup_component(hass, REPAIRS, {})
    assert await async_setup_component(hass, DOMAIN, {})
    await hass.async_block_till_done()
    flows = repairs_flow_manager(hass)
    assert flows
    return flows


@pytest.fixture
async def no_setup(hass: HomeAssistant) -> AsyncGenerator[AsyncMock]:
    """Keep to a flow: what is made of an entry is tested elsewhere."""
    module = "custom_components.back_exercise"
    with (
        patch(f"{module}.async_setup_entry", return_value=True) as setup,
        patch(f"{module}.async_unload_entry", return_value=True),
    ):
        yield setup
        for entry in hass.config_entries.async_loaded_entries(DOMAIN):
            await hass.config_entries.async_unload(entry.entry_id)


@pytest.fixture
def options_walk(hass: HomeAssistant) -> Walk:
    """Return what walks through the options."""
    return Walk(hass, hass.config_entries.options, "options")


@pytest.fixture
def all_enabled() -> Generator[None]:
    """Enable the entities that are disabled by default."""
    default = "homeassistant.helpers.entity.Entity.entity_registry_enabled_default"
    with patch(default, new=True):
        yield


@pytest.fixture
def without_ffmpeg() -> Generator[None]:
    """Do without conversion: the voice gives what is asked for as it is."""

    async def convert(
        hass: HomeAssistant, extension: str, audio: AsyncGenerator[bytes], **_: object
    ) -> AsyncGenerator[bytes]:
        async for chunk in audio:
            yield chunk

    with (
        patch(
            "homeassistant.components.ffmpeg.FFVersion.get_version",
            return_value="8.0",
        ),
        patch("homeassistant.components.tts._async_convert_audio", convert),
    ):
        yield


@pytest.fixture
async def voice(hass: HomeAssistant, without_ffmpeg: None) -> FakeVoice:
    """Return the text-to-speech engine `tts.test`."""
    assert await async_setup_component(hass, Platform.TTS, {})
    voice = FakeVoice()
    await async_add_entity(hass, Platform.TTS, voice)
    return voice


@pytest.fixture
def add_speaker(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> AddSpeaker:
    """Return what adds a media player of a name that fetches what it plays."""
    clients: list[TestClient[Any, Any]] = []

    async def fetch(path: str) -> bytes:
        if not clients:
            clients.append(await hass_client_no_auth())
        response = await clients[0].get(path)
        assert response.ok
        return await response.read()

    async def add(name: str) -> FakeSpeaker:
        speaker = FakeSpeaker(fetch, name)
        await async_add_entity(hass, Platform.MEDIA_PLAYER, speaker)
        return speaker

    return add


@pytest.fixture
async def speaker(hass: HomeAssistant, add_speaker: AddSpeaker) -> FakeSpeaker:
    """Return the media player `media_player.test`, in a home with an address."""
    await async_process_ha_core_config(hass, {"internal_url": "http://10.0.0.2:8123"})
    return await add_speaker("Test")


@pytest.fixture
def at_once(hass: HomeAssistant) -> Generator[None]:
    """Let what runs in threads be done at once, so that it always takes no time."""
    loop = hass.loop

    def run(_: object, job: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:
        future = loop.create_future()
        try:
            future.set_result(job(*args))
        except Exception as err:  # noqa: BLE001 - passed on
            future.set_exception(err)
        return future

    with patch.object(loop, "run_in_executor", run):
        yield


@pytest.fixture
async def room(hass: HomeAssistant, at_once: None) -> Room:
    """Return the room that Alex exercises in, in a home with an address."""
    await async_process_ha_core_config(hass, {"internal_url": "http://10.0.0.2:8123"})
    return Room(hass)


@pytest.fixture
async def player(hass: HomeAssistant, room: Room) -> RoomPlayer:
    """Return the media player `media_player.test` in the room."""
    player = RoomPlayer(room)
    await async_add_entity(hass, Platform.MEDIA_PLAYER, player)
    return player


@pytest.fixture
async def other_player(hass: HomeAssistant, room: Room) -> RoomPlayer:
    """Return the media player `media_player.other` in the room."""
    player = RoomPlayer(room, "Other")
    await async_add_entity(hass, Platform.MEDIA_PLAYER, player)
    return player


@pytest.fixture
async def notifier(hass: HomeAssistant, room: Room) -> RoomNotifier:
    """Return the notify entity `notify.test`."""
    notifier = RoomNotifier()
    await async_add_entity(hass, Platform.NOTIFY, notifier)
    return notifier


@pytest.fixture
def satellite(room: Room) -> RoomSatellite:
    """Return the Assist satellite `assist_satellite.test` in the room."""
    return RoomSatellite(room)
