"""What speakers can fetch: by its name alone, for a while, in parts, and no more."""

import asyncio
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
import threading
from typing import Final

from aiohttp import web
from aiohttp.test_utils import TestClient
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.core_config import async_process_ha_core_config
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from yarl import URL

from custom_components.back_exercise.const import DOMAIN
from custom_components.back_exercise.http import LIFETIME, Tracks, async_get_tracks

SOUND: Final = bytes(range(256)) * 40

type Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def tracks(hass: HomeAssistant) -> Tracks:
    """Return what is served, in a home with an address."""
    await async_process_ha_core_config(hass, {"internal_url": "http://10.0.0.2:8123"})
    assert await async_setup_component(hass, DOMAIN, {})
    return async_get_tracks(hass)


@pytest.fixture
async def client(tracks: Tracks, hass_client_no_auth: ClientSessionGenerator) -> Client:
    """Return a speaker: it has no way to log in."""
    return await hass_client_no_auth()


async def test_a_file_is_fetched_whole_and_that_is_noted(
    tracks: Tracks, client: Client
) -> None:
    served = await tracks.async_serve(lambda: SOUND)
    assert served.url.startswith("http://10.0.0.2:8123/api/back_exercise/track/")
    assert not served.fetched.is_set()
    response = await client.get(URL(served.url).path)

    assert response.status == HTTPStatus.OK
    assert response.content_type == "audio/wav"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.content_length == len(SOUND)
    assert await response.read() == SOUND
    assert served.fetched.is_set()
    assert served.fetched_at
    tracks.withdraw(served)


async def test_when_it_was_first_fetched_stays_as_it_was(
    tracks: Tracks, client: Client
) -> None:
    served = await tracks.async_serve(lambda: SOUND)
    await client.head(URL(served.url).path)
    first = served.fetched_at
    await client.get(URL(served.url).path)

    assert served.fetched_at is first
    tracks.withdraw(served)


@pytest.mark.parametrize(
    ("wanted", "sent"),
    [
        ("bytes=0-99", slice(0, 100)),
        ("bytes=100-", slice(100, None)),
        ("bytes=-100", slice(-100, None)),
        ("bytes=0-", slice(0, None)),
    ],
)
async def test_a_part_of_a_file_can_be_fetched(
    tracks: Tracks, client: Client, wanted: str, sent: slice
) -> None:
    served = await tracks.async_serve(lambda: SOUND)
    response = await client.get(URL(served.url).path, headers={"Range": wanted})

    assert response.status == HTTPStatus.PARTIAL_CONTENT
    assert await response.read() == SOUND[sent]
    tracks.withdraw(served)


async def test_a_part_beyond_the_end_is_refused(tracks: Tracks, client: Client) -> None:
    served = await tracks.async_serve(lambda: SOUND)
    response = await client.get(
        URL(served.url).path, headers={"Range": f"bytes={len(SOUND)}-"}
    )

    assert response.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    tracks.withdraw(served)


async def test_a_speaker_can_ask_how_long_a_file_is(
    tracks: Tracks, client: Client
) -> None:
    served = await tracks.async_serve(lambda: SOUND)
    response = await client.head(URL(served.url).path)

    assert response.status == HTTPStatus.OK
    assert response.headers["Content-Length"] == str(len(SOUND))
    assert await response.read() == b""
    tracks.withdraw(served)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("x.wav", HTTPStatus.NOT_FOUND),
        ("", HTTPStatus.NOT_FOUND),
        ("*", HTTPStatus.NOT_FOUND),
        ("%2Fetc%2Fpasswd", HTTPStatus.NOT_FOUND),
        ("../track/x.wav", HTTPStatus.NOT_FOUND),
        ("x.wav%00", HTTPStatus.NOT_FOUND),
        # Home Assistant itself refuses these
        ("..%2Fsecret", HTTPStatus.BAD_REQUEST),
        ("..%2F..%2Fconfiguration.yaml", HTTPStatus.BAD_REQUEST),
    ],
)
async def test_what_is_not_served_is_not_found(
    tracks: Tracks, client: Client, path: str, status: HTTPStatus
) -> None:
    served = await tracks.async_serve(lambda: SOUND)
    (served.file.parent.parent / "secret").write_text("secret")
    url = URL(f"/api/back_exercise/track/{path}", encoded=True)

    response = await client.get(url)
    tracks.withdraw(served)

    assert response.status == status


async def test_names_can_not_be_guessed_from_one_another(tracks: Tracks) -> None:
    served = [await tracks.async_serve(lambda: SOUND) for _ in range(10)]
    names = {each.name for each in served}

    assert len(names) == 10
    assert all(len(name) == len("x" * 32 + ".wav") for name in names)
    for each in served:
        tracks.withdraw(each)


async def test_a_file_that_was_withdrawn_is_gone(
    hass: HomeAssistant, tracks: Tracks, client: Client
) -> None:
    served = await tracks.async_serve(lambda: SOUND)
    assert served.file.exists()
    tracks.withdraw(served)
    tracks.withdraw(served)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert not served.file.exists()
    assert (await client.get(URL(served.url).path)).status == HTTPStatus.NOT_FOUND


async def test_a_file_of_two_names_is_there_until_both_are_withdrawn(
    hass: HomeAssistant, tracks: Tracks, client: Client
) -> None:
    served = await tracks.async_serve(lambda: SOUND)
    other = tracks.share(served)
    assert other.url != served.url
    tracks.withdraw(served)
    await hass.async_block_till_done(wait_background_tasks=True)
    response = await client.get(URL(other.url).path)
    assert await response.read() == SOUND
    assert not served.fetched.is_set()
    tracks.withdraw(other)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert not other.file.exists()


async def test_a_file_that_nobody_withdraws_is_gone_after_half_an_hour(
    hass: HomeAssistant,
    tracks: Tracks,
    client: Client,
    freezer: FrozenDateTimeFactory,
) -> None:
    served = await tracks.async_serve(lambda: SOUND)
    freezer.tick(LIFETIME - timedelta(minutes=1))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert served.file.exists()
    freezer.tick(timedelta(minutes=2))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)

    assert not served.file.exists()
    assert (await client.get(URL(served.url).path)).status == HTTPStatus.NOT_FOUND


async def test_a_file_that_is_no_longer_wanted_while_it_is_written_is_not_left_behind(
    hass: HomeAssistant, tracks: Tracks
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def render() -> bytes:
        begun.set()
        go_on.wait()
        return SOUND

    serving = asyncio.ensure_future(tracks.async_serve(render))
    await hass.async_add_executor_job(begun.wait)
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving
    go_on.set()
    await hass.async_block_till_done(wait_background_tasks=True)

    folder = Path(hass.config.cache_path(DOMAIN))
    assert list(folder.iterdir()) == []


async def test_without_an_address_nothing_can_be_served(
    hass: HomeAssistant, tracks: Tracks
) -> None:
    await hass.config.async_update(internal_url=None)
    hass.config.api = None
    with pytest.raises(HomeAssistantError) as refused:
        await tracks.async_serve(lambda: SOUND)

    assert refused.value.translation_key == "no_address"
