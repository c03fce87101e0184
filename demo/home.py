"""One Home Assistant: its process on a configuration folder, and a client of it."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
import itertools
import json
import os
from pathlib import Path
import shutil
import sys
from typing import Any, Self

import aiohttp
import imageio_ffmpeg
import yaml

from .part import LOCALHOST, Part, PartError

HERE = Path(__file__).resolve().parent

RESTART = 100
"""Exit code by which Home Assistant asks to be started again."""

START_PATIENCE = timedelta(minutes=5)
FLOW = "/api/config/config_entries/flow"
OPTIONS_FLOW = "/api/config/config_entries/options/flow"
SUBENTRY_FLOW = "/api/config/config_entries/subentries/flow"
LONGEST_FLOW = 30
ADMIN_DAYS = 3650

HTTP = {
    "cors_allowed_origins": [],
    "login_attempts_threshold": -1,
    "ip_ban_enabled": True,
    "ssl_profile": "modern",
    "use_x_frame_options": True,
    "created_at": "2026-01-01T00:00:00+00:00",
    "error": None,
    "error_message": None,
}
"""What Home Assistant stores of its web server besides host and port."""

type Json = Any
"""What Home Assistant answers: its shape depends on the question."""


class RefusedError(RuntimeError):
    """Home Assistant refused a command."""


class FlowError(RuntimeError):
    """A config flow does not get on with the answers given."""


class Home:
    """A connection to one Home Assistant, by REST and WebSocket."""

    def __init__(self, url: str, token: str) -> None:
        """Describe the connection; entering the context opens it."""
        self.url = url
        self._token = token
        self._ids = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Json]] = {}
        self._queues: dict[int, asyncio.Queue[Json]] = {}

    async def __aenter__(self) -> Self:
        """Open the connection and identify."""
        self.session = aiohttp.ClientSession(
            self.url, headers={"Authorization": f"Bearer {self._token}"}
        )
        try:
            await self._identify()
        except BaseException:
            await self.session.close()
            raise
        self._reader = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the connection."""
        self._reader.cancel()
        await self._socket.close()
        await self.session.close()

    async def _identify(self) -> None:
        self._socket = await self.session.ws_connect("/api/websocket", max_msg_size=0)
        await self._socket.receive_json()
        await self._socket.send_json({"type": "auth", "access_token": self._token})
        answer = await self._socket.receive_json()
        if answer["type"] != "auth_ok":
            raise RefusedError(answer)

    async def _read(self) -> None:
        async for message in self._socket:
            data = json.loads(message.data)
            if data["type"] == "event":
                if queue := self._queues.get(data["id"]):
                    queue.put_nowait(data["event"])
                continue
            future = self._waiting.pop(data["id"], None)
            if future and not future.done():
                future.set_result(data)
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(ConnectionError("the connection was closed"))

    async def _send(self, number: int, kind: str, fields: Mapping[str, Json]) -> Json:
        future = self._waiting[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "type": kind, **fields})
        answer = await future
        if not answer.get("success", True):
            raise RefusedError(f"{kind}: {answer['error']}")
        return answer.get("result")

    async def ask(self, kind: str, **fields: Json) -> Json:
        """Send a WebSocket command and return its result."""
        return await self._send(next(self._ids), kind, fields)

    async def act(
        self,
        action: str,
        data: Mapping[str, Json] | None = None,
        target: Mapping[str, Json] | None = None,
        *,
        response: bool = False,
    ) -> Json:
        """Perform an action, return when it is over, with its response if wanted."""
        domain, service = action.split(".", 1)
        fields: dict[str, Json] = {
            "domain": domain,
            "service": service,
            "service_data": data or {},
        }
        if target:
            fields["target"] = target
        if response:
            fields["return_response"] = True
        answer = await self.ask("call_service", **fields)
        return answer["response"] if response else answer

    @asynccontextmanager
    async def subscription(
        self, kind: str, **fields: Json
    ) -> AsyncIterator[asyncio.Queue[Json]]:
        """Subscribe by a WebSocket command; what comes is put in the queue."""
        number = next(self._ids)
        queue = self._queues[number] = asyncio.Queue()
        try:
            await self._send(number, kind, fields)
            yield queue
        finally:
            del self._queues[number]
            with suppress(RefusedError, ConnectionError):
                await self.ask("unsubscribe_events", subscription=number)

    @asynccontextmanager
    async def events(
        self, event_type: str | None = None
    ) -> AsyncIterator[asyncio.Queue[Json]]:
        """Listen to the event bus; the events are put in the queue."""
        fields = {"event_type": event_type} if event_type else {}
        async with self.subscription("subscribe_events", **fields) as queue:
            yield queue

    async def rest(self, method: str, path: str, body: Json = None) -> Json:
        """Call the REST API."""
        async with self.session.request(method, path, json=body) as answer:
            text = await answer.text()
            if not answer.ok:
                raise RefusedError(f"{method} {path}: {answer.status} {text}")
            return json.loads(text) if text else None

    async def state(self, entity_id: str) -> Json:
        """Return the state of an entity with its attributes."""
        return await self.rest("GET", f"/api/states/{entity_id}")

    async def until(
        self, entity_id: str, *states: str, within: timedelta = timedelta(seconds=10)
    ) -> Json:
        """Wait until an entity has one of the states, and return it."""
        found: Json = None
        try:
            async with asyncio.timeout(within.total_seconds()):
                while True:
                    with suppress(RefusedError):
                        found = await self.state(entity_id)
                        if found["state"] in states:
                            return found
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise TimeoutError(
                f"{entity_id} is not {' or '.join(states)}: {found}"
            ) from None

    async def entities(self, platform: str) -> dict[str, str]:
        """Return the entities of an integration: unique id → entity id.

        Pictures are left out: one may have the unique id of the sensor it illustrates.
        """
        return {
            entity["unique_id"]: entity["entity_id"]
            for entity in await self.ask("config/entity_registry/list")
            if entity["platform"] == platform
            and not entity["entity_id"].startswith("image.")
        }

    async def add_entry(self, domain: str, answers: Mapping[str, Json]) -> Json:
        """Walk a config flow and return the new entry."""
        start = {"handler": domain}
        answer = await self.rest("POST", FLOW, start)
        return (await self._walk(FLOW, answer, answers))["result"]

    async def add_subentry(
        self, entry_id: str, kind: str, answers: Mapping[str, Json]
    ) -> Json:
        """Walk a flow that adds to a config entry."""
        start = {"handler": [entry_id, kind]}
        answer = await self.rest("POST", SUBENTRY_FLOW, start)
        return await self._walk(SUBENTRY_FLOW, answer, answers)

    async def set_options(self, entry_id: str, answers: Mapping[str, Json]) -> Json:
        """Walk the options flow of a config entry."""
        answer = await self.rest("POST", OPTIONS_FLOW, {"handler": entry_id})
        return await self._walk(OPTIONS_FLOW, answer, answers)

    async def _walk(self, path: str, answer: Json, answers: Mapping[str, Json]) -> Json:
        """Answer each step by its id, with an empty form where nothing is given."""
        seen: set[str] = set()
        for _ in range(LONGEST_FLOW):
            if answer["type"] == "create_entry":
                return answer
            step = answer.get("step_id")
            asked = answer["type"] in ("form", "menu")
            if not asked or answer.get("errors") or step in seen:
                break
            seen.add(step)
            given = answers.get(step, {})
            answer = await self.rest("POST", f"{path}/{answer['flow_id']}", given)
        raise FlowError(answer)


@dataclass(kw_only=True)
class House:
    """A Home Assistant that this program starts and stops."""

    config: Path
    port: int
    name: str = "Home"
    user: str = "demo"
    """Name and password of the owner."""
    components: Iterable[Path] = ()
    """Folders of custom integrations."""
    settings: Mapping[str, Json] = field(default_factory=dict)
    """More of configuration.yaml, by section."""
    program: Path = HERE / "hass.py"
    """What starts Home Assistant."""

    def __post_init__(self) -> None:
        """Describe the process."""
        self.config = self.config.resolve()
        command = [
            *(sys.executable, "-P", str(self.program)),
            *("--config", str(self.config)),
            # everything it needs is in the environment of this program
            "--skip-pip",
        ]
        self.part = Part("hass", command, self.config)

    @property
    def url(self) -> str:
        """Return the address."""
        return f"http://{LOCALHOST}:{self.port}"

    @property
    def token(self) -> str:
        """Return the owner's token, once it has been started."""
        return self._token.read_text()

    @property
    def _token(self) -> Path:
        return self.config / "token"

    async def start(self) -> None:
        """Start it and return when it runs, with an owner."""
        self._furnish()
        await self.part.start()
        try:
            async with asyncio.timeout(START_PATIENCE.total_seconds()):
                await self._wait_up()
                if not self._token.exists():
                    await self._onboard()
                async with self.connect() as home:
                    while (await home.ask("get_config"))["state"] != "RUNNING":
                        await asyncio.sleep(0.1)
        except BaseException:
            await self.part.stop()
            raise

    async def stop(self) -> None:
        """End it in order."""
        await self.part.stop()

    async def kill(self) -> None:
        """End it as a power cut would."""
        await self.part.kill()

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[Home]:
        """Connect as the owner."""
        async with Home(self.url, self.token) as home:
            yield home

    def _furnish(self) -> None:
        storage = self.config / ".storage"
        storage.mkdir(parents=True, exist_ok=True)
        for name in ("automations", "scripts", "scenes"):
            (self.config / f"{name}.yaml").touch()
        (self.config / "configuration.yaml").write_text(
            yaml.safe_dump(self.sections())
            + "automation: !include automations.yaml\n"
            + "script: !include scripts.yaml\n"
            + "scene: !include scenes.yaml\n"
        )
        store(storage / "core.network", 1, {"configured_adapters": ["lo"]})
        # in YAML it would be read once, on trial for 5 minutes, and be complained of
        stable = HTTP | {"server_host": [LOCALHOST], "server_port": self.port}
        http = {"stable": stable, "pending": None, "yaml_migration_done": True}
        store(storage / "http", 2, http, minor=2)
        if not (storage / "onboarding").exists():
            # the step core_config would add integrations that want the internet
            done = ["core_config", "analytics", "integration"]
            store(storage / "onboarding", 4, {"done": done})
        link(self.components, self.config / "custom_components")

    def sections(self) -> dict[str, Json]:
        """Return configuration.yaml."""
        sections: dict[str, Json] = {
            "homeassistant": {
                "name": self.name,
                "time_zone": local_zone(),
                "country": "GB",  # without one it asks for it
                "internal_url": self.url,
            },
            "logger": {"default": "warning"},
            "ffmpeg": {"ffmpeg_bin": ffmpeg()},
        }
        sections |= dict.fromkeys(
            (
                *("frontend", "config", "system_health", "recorder", "history"),
                *("logbook", "media_source", "tts", "schedule"),
            )
        )
        return sections | dict(self.settings)

    async def _wait_up(self) -> None:
        async with aiohttp.ClientSession(self.url) as session:
            while self.part.running:
                try:
                    async with session.get("/manifest.json") as answer:
                        if answer.ok:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.1)
        raise PartError(f"Home Assistant has ended:\n{self.part.last_words()}")

    async def _onboard(self) -> None:
        """Make the owner and a long-lived token, without a browser."""
        client = f"{self.url}/"
        owner = {
            "name": self.user.capitalize(),
            "username": self.user,
            "password": self.user,
            "client_id": client,
            "language": "en",
        }
        async with aiohttp.ClientSession(self.url, raise_for_status=True) as session:
            async with session.post("/api/onboarding/users", json=owner) as answer:
                code = (await answer.json())["auth_code"]
            grant = {
                "grant_type": "authorization_code",
                "code": code,
                "client_id": client,
            }
            async with session.post("/auth/token", data=grant) as answer:
                token = (await answer.json())["access_token"]
        async with Home(self.url, token) as home:
            lasting = await home.ask(
                "auth/long_lived_access_token",
                client_name=self.user,
                lifespan=ADMIN_DAYS,
            )
        self._token.touch(mode=0o600)
        self._token.write_text(lasting)


def store(path: Path, version: int, data: Json, *, minor: int = 1) -> None:
    """Write a file of Home Assistant's storage."""
    head = {"version": version, "minor_version": minor, "key": path.name}
    path.write_text(json.dumps(head | {"data": data}))


def link(components: Iterable[Path], folder: Path) -> None:
    """Let Home Assistant find custom integrations where they are."""
    folder.mkdir(exist_ok=True)
    for component in components:
        place = folder / component.name
        place.unlink(missing_ok=True)
        place.symlink_to(component.resolve())


def ffmpeg() -> str:
    """Return the ffmpeg of the system, or the one of a wheel."""
    return shutil.which("ffmpeg") or str(imageio_ffmpeg.get_ffmpeg_exe())


def local_zone() -> str:
    """Return the name of this machine's time zone."""
    _, _, zone = str(Path("/etc/localtime").resolve()).partition("zoneinfo/")
    return os.environ.get("TZ") or zone or "UTC"
