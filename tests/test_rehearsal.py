"""The test sentence: what is heard of it, and what came of it."""

import asyncio
from datetime import timedelta
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.back_exercise.rehearsal import async_rehearse
from custom_components.back_exercise.wiring import Wiring

from .conftest import SPOKEN, PassTime
from .fakes import FakeVoice
from .room import Room, RoomNotifier, RoomPlayer, RoomSatellite

SENTENCE: Final = (
    "This is Back Exercise. One, two, three. If you heard every word, all is well."
)


async def rehearse(
    hass: HomeAssistant,
    pass_time: PassTime,
    volume: float | None = None,
    **wiring: Any,
) -> dict[str, str | None]:
    """Play the test sentence on some speakers, and let its time pass."""
    chosen = Wiring.from_options({**SPOKEN, **wiring})
    rehearsing = asyncio.create_task(async_rehearse(hass, chosen, volume))
    await pass_time(timedelta(minutes=1))
    return await rehearsing


@pytest.mark.usefixtures("voice", "set_up")
async def test_the_sentence_is_heard_whole_at_the_volume_of_sessions(
    hass: HomeAssistant, player: RoomPlayer, room: Room, pass_time: PassTime
) -> None:
    played = await rehearse(hass, pass_time, volume=0.6)

    assert played == {"media_player.test": None}
    assert player.texts == [SENTENCE]
    assert player.volumes == [0.6, 0.3]
    assert not room.served
    assert not room.files


@pytest.mark.usefixtures("voice", "set_up")
async def test_the_fault_of_each_speaker_is_told(
    hass: HomeAssistant,
    player: RoomPlayer,
    other_player: RoomPlayer,
    notifier: RoomNotifier,
    satellite: RoomSatellite,
    pass_time: PassTime,
) -> None:
    player.ignores = True
    notifier.fails = True
    played = await rehearse(
        hass,
        pass_time,
        speakers=[
            "media_player.test",
            "media_player.other",
            "notify.test",
            "assist_satellite.test",
            "media_player.gone",
        ],
    )

    assert played == {
        "media_player.test": "not_fetched",
        "media_player.other": None,
        "notify.test": "failed",
        "assist_satellite.test": None,
        "media_player.gone": "unreachable",
    }
    assert other_player.texts == satellite.texts == [SENTENCE]


@pytest.mark.usefixtures("set_up")
async def test_a_notifier_needs_no_engine(
    hass: HomeAssistant, notifier: RoomNotifier, pass_time: PassTime
) -> None:
    played = await rehearse(hass, pass_time, speakers=["notify.test"], engine=None)

    assert played == {"notify.test": None}
    assert notifier.texts == [SENTENCE]


@pytest.mark.usefixtures("set_up")
@pytest.mark.parametrize("mode", ["track", "phrases"])
async def test_without_an_engine_a_speaker_has_nothing_to_play(
    hass: HomeAssistant, player: RoomPlayer, pass_time: PassTime, mode: str
) -> None:
    played = await rehearse(hass, pass_time, engine=None, mode=mode)

    assert played == {"media_player.test": "failed"}
    assert player.calls == []


@pytest.mark.usefixtures("set_up")
async def test_without_a_speaker_nothing_is_played(
    hass: HomeAssistant, voice: FakeVoice, room: Room, pass_time: PassTime
) -> None:
    assert await rehearse(hass, pass_time, speakers=[]) == {}
    assert voice.texts == []


@pytest.mark.usefixtures("set_up")
async def test_an_engine_that_fails_is_told_of_and_no_tone_is_played_for_it(
    hass: HomeAssistant, voice: FakeVoice, player: RoomPlayer, pass_time: PassTime
) -> None:
    voice.fails = True
    with pytest.raises(HomeAssistantError) as refused:
        await rehearse(hass, pass_time)

    assert refused.value.translation_key == "synthesis_failed"
    assert player.calls == []


@pytest.mark.usefixtures("set_up")
async def test_an_engine_that_is_missing_is_told_of(
    hass: HomeAssistant, player: RoomPlayer, pass_time: PassTime
) -> None:
    with pytest.raises(HomeAssistantError) as refused:
        await rehearse(hass, pass_time)

    assert refused.value.translation_key == "engine_missing"
    assert player.calls == []


@pytest.mark.usefixtures("set_up")
@pytest.mark.parametrize(
    ("wiring", "asked"),
    [({}, None), ({"voice": "anna"}, "anna"), ({"language": "de"}, None)],
)
async def test_the_voice_that_was_chosen_is_asked_for(
    hass: HomeAssistant,
    voice: FakeVoice,
    player: RoomPlayer,
    pass_time: PassTime,
    wiring: dict[str, Any],
    asked: str | None,
) -> None:
    await rehearse(hass, pass_time, **wiring)

    assert voice.wanted.get("voice") == asked
