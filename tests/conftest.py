"""What the tests share: a person, a voice, a speaker, and time that can be passed."""

import asyncio
from collections.abc import (
    AsyncGenerator,
    Awaitable,
    Callable,
    Coroutine,
    Generator,
)
from datetime import timedelta
import math
from typing import Any, Final
from unittest.mock import patch

from aiohttp.test_utils import TestClient
from freezegun.api import FrozenDateTimeFactory
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
    CONF_SPEAKERS,
    CONF_SPEECH,
    DOMAIN,
)

from .fakes import FakeSpeaker, FakeVoice, async_add_entity
from .room import Room, RoomNotifier, RoomPlayer, RoomSatellite

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

NOW: Final = "2026-11-23 07:00:00+00:00"

MOMENT: Final = timedelta(milliseconds=1)

BUSY: Final = 20000
"""So many rounds of the event loop may be needed for what takes no time."""

type PassTime = Callable[..., Awaitable[None]]
type Ask = Callable[..., Coroutine[Any, Any, dict[str, Any]]]
type AddSpeaker = Callable[[str], Awaitable[FakeSpeaker]]


@pytest.fixture(autouse=True)
def known_to_home_assistant(request: pytest.FixtureRequest) -> None:
    """Let Home Assistant find the integration, in the tests that have one."""
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
def options() -> dict[str, Any]:
    """Return the settings of the person."""
    return SILENT


@pytest.fixture
def platforms() -> list[Platform]:
    """Return the platforms that are loaded."""
    return custom_components.back_exercise.PLATFORMS


def build_entry(name: str, options: dict[str, Any], **data: str) -> MockConfigEntry:
    """Return the entry of a person."""
    return MockConfigEntry(
        data={CONF_NAME: name, CONF_ACCEPTED: "2026-11-01T18:00:00+00:00", **data},
        domain=DOMAIN,
        entry_id=f"01K0{name.upper():0<22}",
        options=options,
        title=name,
        unique_id=f"{name.encode().hex():0<32}",
    )


@pytest.fixture
def config_entry(options: dict[str, Any]) -> MockConfigEntry:
    """Return the person Alex."""
    return build_entry("Alex", options)


@pytest.fixture
async def set_up(
    hass: HomeAssistant,
    without_ffmpeg: None,
    freezer: FrozenDateTimeFactory,
    pass_time: PassTime,
    *,
    config_entry: MockConfigEntry,
    platforms: list[Platform],
) -> AsyncGenerator[MockConfigEntry]:
    """Set the person up, in a home where time stands still."""
    freezer.move_to(NOW)
    config_entry.add_to_hass(hass)
    with patch("custom_components.back_exercise.PLATFORMS", platforms):
        assert await hass.config_entries.async_setup(config_entry.entry_id)
        await hass.async_block_till_done()
        yield config_entry
        # before time goes on by itself: the last words may want to be spoken
        unloading = hass.config_entries.async_unload(config_entry.entry_id)
        hass.async_create_background_task(unloading, "unload")
        await pass_time(timedelta(minutes=1))


@pytest.fixture
def pass_time(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, request: pytest.FixtureRequest
) -> PassTime:
    """Return what lets time pass, each thing happening at its moment."""
    hass.loop.slow_callback_duration = math.inf  # it seems to take all that time
    # where speakers never answer, nobody may wait for it
    settle = _pass if "at_once" in request.fixturenames else _settle

    async def pass_time(time: timedelta = timedelta(0)) -> None:
        end = dt_util.utcnow() + time
        await settle(hass)
        while (left := end - dt_util.utcnow()) > timedelta(0):
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
