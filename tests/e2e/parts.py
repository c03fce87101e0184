"""The real parts: a voice, three speakers with an ear at them, and a Home Assistant.

    voice.py ──Wyoming──▶ Home Assistant ──mpd──────▶ MPD ──FIFO──┐
    (espeak-ng)                          ──mpd──────▶ MPD ──FIFO──┤
                                         ──wyoming──▶ satellite ──┴▶ ear.py

Everything is in one folder and on ports that were free at the start.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
import json
import os
from pathlib import Path
import shutil
import sys
import time

from demo import setup
from demo.home import Home, House, Json
from demo.part import LOCALHOST, Part, free_port

from . import hearing

HERE = Path(__file__).resolve().parent
VOICE = HERE / "voice.py"
EAR = HERE / "ear.py"
TOOLS = ("mpd",)
PLAYERS = ("mpd", "kitchen")
"""Each an MPD."""
REAL_TIME = -10
"""A speaker has a processor of its own."""

MPD_CONF = """\
music_directory "{folder}/music"
playlist_directory "{folder}/music"
log_file "{folder}/{name}-own.log"
bind_to_address "127.0.0.1"
port "{port}"
auto_update "no"
zeroconf_enabled "no"
audio_output {{
  type "fifo"
  name "ear"
  path "{folder}/{name}.fifo"
  format "44100:16:2"
  mixer_type "software"
}}
"""


@dataclass(kw_only=True)
class Parts:
    """What runs, and what was heard of it."""

    folder: Path
    house: House
    player: Part
    """The process of the first MPD."""
    player_port: int
    home: Home = field(init=False)
    tts: str = field(init=False)
    stt: str = field(init=False)
    mpd: str = field(init=False)
    kitchen: str = field(init=False)
    """Another MPD, for whom the first one must not disturb."""
    satellite: str = field(init=False)
    _connection: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def speakers(self) -> dict[str, str]:
        """Return the speakers: name at the ear → entity id."""
        return {
            "mpd": self.mpd,
            "kitchen": self.kitchen,
            "satellite": self.satellite,
        }

    async def connect(self) -> None:
        """Open the connection to Home Assistant, anew after a start."""
        await self._connection.aclose()
        self.home = await self._connection.enter_async_context(self.house.connect())

    async def disconnect(self) -> None:
        """Close the connection to Home Assistant."""
        await self._connection.aclose()

    async def restart(self, *, power_cut: bool = False) -> None:
        """End Home Assistant, in order or not, and start it again."""
        if power_cut:
            await self._stored()
        await self.disconnect()
        await (self.house.kill() if power_cut else self.house.stop())
        await self.house.start()
        await self.connect()

    async def _stored(self) -> None:
        """Wait until Home Assistant has written its entries down, a second late."""
        entries = await self.home.ask("config_entries/get")
        there = {entry["entry_id"] for entry in entries}
        path = self.house.config / ".storage" / "core.config_entries"
        async with asyncio.timeout(10):
            while True:
                if path.exists():
                    written = json.loads(path.read_text())["data"]["entries"]
                    if there <= {entry["entry_id"] for entry in written}:
                        return
                await asyncio.sleep(0.1)

    def delay_voice(self, delay: timedelta) -> None:
        """Let every synthesis take longer from now on."""
        (self.folder / "delay").write_text(str(delay.total_seconds()))

    def tell_satellite(self, what: str) -> None:
        """Have somebody speak to the satellite, or let it be gone: see the ear."""
        (self.folder / "ear" / "tell").write_text(what)

    def requests(self) -> list[dict[str, object]]:
        """Return what the voice has been asked so far."""
        return hearing.read_requests(self.folder / "voice.jsonl")

    def phrases(self) -> list[hearing.Phrase]:
        """Return what the voice has made so far."""
        return hearing.load_phrases(self.folder / "voice.jsonl", self.folder / "clips")

    async def heard(
        self, speaker: str, begin: float, end: float | None = None
    ) -> list[hearing.Heard]:
        """Return the phrases a speaker said between two moments, or until now."""
        return await asyncio.to_thread(
            self._heard, speaker, begin, end or time.monotonic()
        )

    def _heard(self, speaker: str, begin: float, end: float) -> list[hearing.Heard]:
        sound = hearing.load_recording(self.folder / "ear", speaker, begin, end)
        return hearing.listen(sound, begin, self.phrases())

    async def until_said(
        self,
        speaker: str,
        text: str,
        since: float,
        within: timedelta = timedelta(seconds=40),
    ) -> None:
        """Wait until a speaker has begun to say a text and the time for it is over."""
        try:
            async with asyncio.timeout(within.total_seconds()):
                while not await asyncio.to_thread(self._is_said, speaker, text, since):
                    await asyncio.sleep(0.5)
        except TimeoutError:
            known = [each.text for each in await self.heard(speaker, since)]
            raise TimeoutError(f"{text!r} was not said, but {known}") from None

    def _is_said(self, speaker: str, text: str, since: float) -> bool:
        now = time.monotonic()
        sound = hearing.load_recording(self.folder / "ear", speaker, since, now)
        said = [each for each in self.phrases() if each.text == text]
        return any(
            each.on + phrase.length_s <= now
            for phrase in said
            for each in hearing.listen(sound, since, [phrase])
        )

    async def until_quiet(
        self,
        speaker: str,
        silence: timedelta = timedelta(seconds=2),
        within: timedelta = timedelta(minutes=2),
    ) -> None:
        """Wait until a speaker has not been heard for some time from now on."""
        begin = time.monotonic()
        folder, window = self.folder / "ear", silence.total_seconds()
        async with asyncio.timeout(within.total_seconds()):
            while True:
                await asyncio.sleep(0.2)
                now = time.monotonic()
                if now < begin + window:
                    continue
                sound = hearing.load_recording(folder, speaker, now - window, now)
                if not hearing.audible_s(sound):
                    return

    async def ask_player(self, command: str) -> dict[str, str]:
        """Give MPD a command past Home Assistant, as another app does."""
        reader, writer = await asyncio.open_connection(LOCALHOST, self.player_port)
        writer.write(f"{command}\nclose\n".encode())
        lines = (await reader.read()).decode().splitlines()
        writer.close()
        return {
            key: value
            for key, colon, value in (line.partition(": ") for line in lines)
            if colon
        }

    def stalls_s(self, begin: float, end: float) -> list[float]:
        """Return how long this machine stood still, each time, between two moments."""
        log = self.folder / "ear" / "stalls.jsonl"
        lines = map(json.loads, log.read_text().splitlines() if log.exists() else ())
        return [line["s"] for line in lines if begin <= line["mono"] <= end]


def missing_tools() -> list[str]:
    """Return the programs that this machine lacks."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]


@asynccontextmanager
async def assemble(
    folder: Path,
    components: Sequence[Path] = (setup.BACK_EXERCISE,),
    settings: Mapping[str, Json] | None = None,
) -> AsyncIterator[Parts]:
    """Start everything from nothing; at the end stop it.

    The settings are sections of configuration.yaml. What lies in `config/www` is
    served under `/local`. Of the folder, `config` may be there already.
    """
    for name in ("config", "config/www", "music", "clips", "ear"):
        (folder / name).mkdir(exist_ok=True)
    ports = {name: free_port() for name in ("home", "voice", "satellite", *PLAYERS)}
    for name in PLAYERS:
        os.mkfifo(folder / f"{name}.fifo")
        conf = MPD_CONF.format(folder=folder, name=name, port=ports[name])
        (folder / f"{name}.conf").write_text(conf)
    voice = Part(
        "voice",
        [
            *(sys.executable, str(VOICE), "--port", str(ports["voice"])),
            *("--log", str(folder / "voice.jsonl"), "--clips", str(folder / "clips")),
            *("--delay-file", str(folder / "delay")),
        ],
        folder,
    )
    ear = Part(
        "ear",
        [
            *(sys.executable, str(EAR), "--dir", str(folder / "ear")),
            *("--satellite", str(ports["satellite"])),
            *(f"--fifo={name}={folder / name}.fifo" for name in PLAYERS),
        ],
        folder,
        nice=REAL_TIME,
    )
    players = {
        name: Part(
            name,
            ["mpd", "--no-daemon", str(folder / f"{name}.conf")],
            folder,
            nice=REAL_TIME,
        )
        for name in PLAYERS
    }
    house = House(
        config=folder / "config",
        port=ports["home"],
        components=components,
        settings=settings or {},
    )
    async with AsyncExitStack() as stack:
        for part in (voice, ear):
            await stack.enter_async_context(part)
        await voice.answers(ports["voice"])
        await ear.answers(ports["satellite"])  # and so has the FIFOs open
        for name, player in players.items():
            await stack.enter_async_context(player)
            await player.answers(ports[name])
        stack.push_async_callback(house.stop)
        await house.start()
        parts = Parts(
            folder=folder,
            house=house,
            player=players["mpd"],
            player_port=ports["mpd"],
        )
        stack.push_async_callback(parts.disconnect)
        await parts.connect()
        await furnish(parts, ports)
        yield parts


async def furnish(parts: Parts, ports: dict[str, int]) -> None:
    """Add the voice and the speakers to Home Assistant."""
    home = parts.home
    for name in ("voice", "satellite"):
        await home.add_entry("wyoming", local(ports[name]))
    parts.tts = await setup.the_entity(home, "wyoming", "tts")
    parts.stt = await setup.the_entity(home, "wyoming", "stt")
    parts.satellite = await setup.the_entity(home, "wyoming", "assist_satellite")
    parts.mpd, parts.kitchen = [await add_player(home, ports[name]) for name in PLAYERS]
    await choose_voice(home, parts.tts, "en", parts.stt)


async def add_player(home: Home, port: int) -> str:
    """Add an MPD and return its entity."""
    known = await home.entities("mpd")
    await home.add_entry("mpd", local(port))
    async with asyncio.timeout(15):
        while not (new := {*(await home.entities("mpd")).values()} - {*known.values()}):
            await asyncio.sleep(0.1)
    [entity] = new
    return entity


def local(port: int) -> dict[str, object]:
    """Answer the flow that adds a server of this machine."""
    return {"user": {"host": LOCALHOST, "port": port}}


async def choose_voice(
    home: Home, voice: str, language: str, ear: str | None = None
) -> None:
    """Let Assist, and so every satellite, speak with this voice, and hear."""
    known = await home.ask("assist_pipeline/pipeline/list")
    chosen = next(
        each for each in known["pipelines"] if each["id"] == known["preferred_pipeline"]
    )
    pipeline_id = chosen.pop("id")
    chosen |= {"tts_engine": voice, "tts_language": language, "tts_voice": language}
    if ear:
        chosen |= {"stt_engine": ear, "stt_language": language}
    await home.ask("assist_pipeline/pipeline/update", pipeline_id=pipeline_id, **chosen)
