"""A room with speakers, and what somebody in it hears: which words, and when."""

from array import array
import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, Final, NamedTuple, override

from homeassistant.components.media_player import (
    MediaPlayerEntity,
    MediaPlayerEntityFeature,
    MediaPlayerState,
    MediaType,
)
from homeassistant.components.notify import NotifyEntity
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from custom_components.back_exercise.const import DOMAIN
from custom_components.back_exercise.http import PATH, Served, async_get_tracks

from .fakes import FIRST_LETTER, PACE, RATE

HEADER: Final = 44
BLOCK: Final = 64
"""Bytes; no silence between words is shorter, by far."""
LETTER: Final = timedelta(seconds=PACE / RATE)
ZERO: Final = timedelta(0)
NEVER: Final = datetime.max.replace(tzinfo=UTC)


class Word(NamedTuple):
    """A sentence that was heard and when it began; what is cut off ends in a dash."""

    at: datetime
    text: str


class Sound(NamedTuple):
    """A sound in a file."""

    offset: timedelta
    length: timedelta
    text: str


@dataclass(slots=True, kw_only=True)
class Playing:
    """A file that a speaker has played, or plays."""

    begun: datetime
    wav: bytes
    ended: datetime = NEVER

    @property
    def length(self) -> timedelta:
        """How long it takes."""
        return timedelta(seconds=(len(self.wav) - HEADER) / 2 / RATE)

    def words(self) -> Iterator[Word]:
        """Yield what was heard of it until now."""
        until = min(self.ended, dt_util.utcnow())
        for offset, length, text in sounds(self.wav):
            begun = self.begun + offset
            left = max(until - begun, ZERO)
            if left >= length:
                yield Word(begun, text)
            elif left:
                yield Word(begun, text[: left // LETTER] + "–")


def sounds(wav: bytes) -> list[Sound]:
    """Return what is said in a WAV file of ours."""
    pcm = wav[HEADER:]
    blocks = [(at, pcm[at : at + BLOCK]) for at in range(0, len(pcm), BLOCK)]
    found: list[Sound] = []
    for is_loud, run in groupby(blocks, lambda block: any(block[1])):
        loud = list(run) if is_loud else []
        samples = array("h", b"".join(block for _, block in loud))
        heard = [at for at, sample in enumerate(samples) if sample]
        found += [
            Sound(
                offset=timedelta(seconds=(at // 2 + heard[0]) / RATE),
                length=timedelta(seconds=(heard[-1] + 1 - heard[0]) / RATE),
                text=_read(samples[heard[0] : heard[-1] + 1]),
            )
            for at, _ in loud[:1]
        ]
    return found


def _read(samples: array[int]) -> str:
    """Read a sound, letter by letter; what is not made of letters is a tone."""
    letters = [samples[at : at + PACE] for at in range(0, len(samples), PACE)]
    tone = f"({round(len(samples) * 1000 / RATE)} ms)"
    is_tone = any(len(set(letter)) > 1 for letter in letters)
    text = "".join(chr(max(0, letter[0] - FIRST_LETTER)) for letter in letters)
    return tone if is_tone else text


class Room:
    """What the speakers in it share: they fetch their files from Home Assistant."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Be in a home."""
        self.hass = hass

    def fetch(self, url: str) -> bytes:
        """Fetch a file as a speaker does, but at once."""
        file = async_get_tracks(self.hass).fetch(url.rpartition("/")[2])
        assert file
        return file.read_bytes()

    @property
    def served(self) -> dict[str, Served]:
        """What can be fetched now, by its name."""
        return async_get_tracks(self.hass)._served  # noqa: SLF001 - nothing else shows it

    @property
    def files(self) -> list[Path]:
        """The files that there are, fetchable or not."""
        return list(Path(self.hass.config.cache_path(DOMAIN)).glob("*"))


class Heard:
    """A speaker that remembers what was heard of it."""

    played: list[Playing]

    @property
    def words(self) -> list[Word]:
        """All that was heard of it."""
        return [word for each in self.played for word in each.words()]

    @property
    def texts(self) -> list[str]:
        """All that was heard of it, without the moments."""
        return [word.text for word in self.words]

    @property
    def is_silent(self) -> bool:
        """Whether nothing plays now."""
        return all(each.ended <= dt_util.utcnow() for each in self.played)

    def _stop(self) -> None:
        for each in self.played[-1:]:
            each.ended = min(each.ended, dt_util.utcnow())


class RoomPlayer(Heard, MediaPlayerEntity):
    """A media player that plays what it fetches, until it is over or stopped."""

    _attr_should_poll = False
    _attr_state = MediaPlayerState.IDLE
    _attr_supported_features = (
        MediaPlayerEntityFeature.PAUSE
        | MediaPlayerEntityFeature.PLAY_MEDIA
        | MediaPlayerEntityFeature.SEEK
        | MediaPlayerEntityFeature.STOP
        | MediaPlayerEntityFeature.VOLUME_SET
    )
    _attr_volume_level: float | None = 0.3

    def __init__(self, room: Room, name: str = "Test") -> None:
        """Be a speaker that works."""
        self._attr_name = name
        self._attr_unique_id = name
        self._room = room
        self.calls: list[str] = []
        """The actions that were performed on it, in order."""
        self.asked: list[dict[str, Any]] = []
        """What it was told to play."""
        self.played = []
        self.volumes: list[float] = []
        """How loud it was set, in order."""
        self.sought: list[float] = []
        """Where in what it plays it was told to go, in seconds."""
        self.fails: set[str] = set()
        """The actions that it can't perform."""
        self.hangs: set[str] = set()
        """The actions that never return."""
        self.ignores = False
        """Whether it takes what it is to play, and never fetches it."""
        self.fetches_after = ZERO
        self.starts_after = ZERO
        """From fetching a file to its first sound."""
        self.reports = True
        """Whether it tells its position, and what it plays."""
        self._next: asyncio.TimerHandle | None = None

    async def _called(self, action: str) -> None:
        self.calls.append(action)
        if action in self.fails:
            raise HomeAssistantError("The speaker fails")
        if action in self.hangs:
            await asyncio.Event().wait()

    @override
    async def async_play_media(
        self, media_type: MediaType | str, media_id: str, **kwargs: Any
    ) -> None:
        self.asked.append({"media_type": media_type, "media_id": media_id, **kwargs})
        await self._called("play_media")
        self._stop()
        if PATH not in media_id:
            self.plays(media_id)
        elif not self.ignores:
            await asyncio.sleep(self.fetches_after.total_seconds())
            wav = self._room.fetch(media_id)
            self._attr_media_content_id = media_id if self.reports else None
            self._after(self.starts_after, self._begin, wav)

    @override
    async def async_media_stop(self) -> None:
        await self._called("media_stop")
        self.becomes(MediaPlayerState.IDLE)

    @override
    async def async_media_pause(self) -> None:
        await self._called("media_pause")
        self.becomes(MediaPlayerState.PAUSED)

    @override
    async def async_media_seek(self, position: float) -> None:
        await self._called("media_seek")
        self.sought.append(position)

    @override
    async def async_set_volume_level(self, volume: float) -> None:
        await self._called("volume_set")
        self.volumes.append(volume)
        self._attr_volume_level = volume
        self.async_write_ha_state()

    @override
    async def async_will_remove_from_hass(self) -> None:
        self._stop()

    def plays(
        self, media_id: str, media_type: str = "music", at: float | None = 0
    ) -> None:
        """Play something that is not ours, at a position in seconds."""
        self._attr_media_content_id = media_id
        self._attr_media_content_type = media_type
        self._tell(MediaPlayerState.PLAYING, at)

    def becomes(self, state: MediaPlayerState) -> None:
        """Change its state, as with a button of its own; it is silent then."""
        self._stop()
        self._tell(state, None)

    def vanishes(self) -> None:
        """Become unavailable."""
        self._stop()
        self._attr_available = False
        self.async_write_ha_state()

    def returns(self) -> None:
        """Become available again."""
        self._attr_available = True
        self._tell(MediaPlayerState.IDLE, None)

    def reports_position(self, position: float) -> None:
        """Tell where in a track it is, in seconds."""
        self._tell(MediaPlayerState.PLAYING, position)

    @override
    def _stop(self) -> None:
        super()._stop()
        if self._next:
            self._next.cancel()
            self._next = None

    def _after(self, time: timedelta, do: Any, *args: object) -> None:
        self._next = self.hass.loop.call_later(time.total_seconds(), do, *args)

    def _begin(self, wav: bytes) -> None:
        playing = Playing(begun=dt_util.utcnow(), wav=wav)
        self.played.append(playing)
        self._after(playing.length, self.becomes, MediaPlayerState.IDLE)
        self._tell(MediaPlayerState.PLAYING, 0 if self.reports else None)

    def _tell(self, state: MediaPlayerState, position: float | None) -> None:
        self._attr_state = state
        self._attr_media_position = position  # type: ignore[assignment] # some give parts
        self._attr_media_position_updated_at = dt_util.utcnow()
        self.async_write_ha_state()


class RoomSatellite(Heard):
    """An Assist satellite; its calls return when what it announces is over.

    Not an entity: Home Assistant's need all of Assist.
    """

    entity_id = "assist_satellite.test"

    def __init__(self, room: Room) -> None:
        """Announce for a home."""
        self._room = room
        self.asked: list[dict[str, Any]] = []
        self.played = []
        self.error: Exception | None = None
        """What its next call raises."""
        self._over = asyncio.Event()
        self._is_gone = False
        self.becomes("idle")
        room.hass.services.async_register(
            "assist_satellite", "announce", self._announce
        )

    def becomes(self, state: str) -> None:
        """Change its state: idle, listening, processing or responding."""
        self._room.hass.states.async_set(
            self.entity_id, state, {"friendly_name": "Satellite"}
        )

    def is_interrupted(self) -> None:
        """End the announcement: somebody spoke to it."""
        self._over.set()

    def vanishes(self) -> None:
        """Become unavailable in the middle of an announcement."""
        self._is_gone = True
        self._over.set()
        self.becomes("unavailable")

    async def _announce(self, call: ServiceCall) -> None:
        self.asked.append(dict(call.data))
        error, self.error = self.error, None
        if error:
            raise error
        wav = self._room.fetch(call.data["media_id"])
        playing = Playing(begun=dt_util.utcnow(), wav=wav)
        self.played.append(playing)
        self._over.clear()
        self.becomes("responding")
        try:
            async with asyncio.timeout(playing.length.total_seconds()):
                await self._over.wait()
        except TimeoutError:
            pass
        self._stop()
        if not self._is_gone:
            self.becomes("idle")


class RoomNotifier(NotifyEntity):
    """A notify entity that remembers its messages."""

    _attr_name = "Test"
    _attr_unique_id = "notifier"

    def __init__(self) -> None:
        """Be a notifier that works."""
        self.words: list[Word] = []
        self.fails = False

    @override
    async def async_send_message(self, message: str, title: str | None = None) -> None:
        if self.fails:
            raise HomeAssistantError("The notifier fails")
        self.words.append(Word(dt_util.utcnow(), message))

    @property
    def texts(self) -> list[str]:
        """The messages."""
        return [word.text for word in self.words]
