"""A program that runs beside this one; each is ended by its own process id."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
import os
from pathlib import Path
import socket
import sys
from typing import Self

LOCALHOST = "127.0.0.1"
PATIENCE = timedelta(seconds=60)


class PartError(RuntimeError):
    """A program did not come up."""


class Part:
    """One child process; what it prints goes to a log of its own."""

    def __init__(
        self, name: str, command: Sequence[str], folder: Path, *, nice: int = 0
    ) -> None:
        """Describe the program; a negative `nice` is granted where it may be."""
        self.name = name
        self.log = folder / f"{name}.log"
        self._command = command
        self._folder = folder
        self._nice = nice
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        """Start it."""
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop it."""
        await self.stop()

    @property
    def pid(self) -> int:
        """Return the process id."""
        if self._process is None:
            raise PartError(f"{self.name} has not been started")
        return self._process.pid

    @property
    def running(self) -> bool:
        """Return whether the process is there."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Start the process in a session of its own, so that Ctrl-C spares it."""
        if self.running:
            raise PartError(f"{self.name} is already running")
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                env=os.environ | {"PATH": programs},
                start_new_session=True,
            )
        if self._nice:
            with suppress(PermissionError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, self._nice)

    async def ended(self) -> int:
        """Wait until the process is gone and return its exit code."""
        if self._process is None:
            return 0
        return await self._process.wait()

    async def stop(self, patience: timedelta = PATIENCE) -> None:
        """Ask the process to end; after that time end it."""
        if self._process is None or not self.running:
            return
        self._process.terminate()
        try:
            async with asyncio.timeout(patience.total_seconds()):
                await self._process.wait()
        except TimeoutError:
            await self.kill()

    async def kill(self) -> None:
        """End the process at once, as a power cut would."""
        if self._process is None or not self.running:
            return
        self._process.kill()
        await self._process.wait()

    async def answers(self, port: int, patience: timedelta = PATIENCE) -> None:
        """Wait until the process takes connections on a port."""
        async with asyncio.timeout(patience.total_seconds()):
            while self.running:
                try:
                    _, writer = await asyncio.open_connection(LOCALHOST, port)
                except OSError:
                    await asyncio.sleep(0.05)
                    continue
                writer.close()
                await writer.wait_closed()
                return
        raise PartError(f"{self.name} has ended:\n{self.last_words()}")

    def last_words(self, lines: int = 20) -> str:
        """Return the end of the log."""
        text = self.log.read_text(errors="replace")
        return "\n".join(text.splitlines()[-lines:])


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((LOCALHOST, 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Return whether a server could listen on the port."""
    with socket.socket() as probe:
        # as servers do: a connection that has just been closed is no obstacle
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOCALHOST, port))
        except OSError:
            return False
        return True
