"""Starts the demo: a Home Assistant with a voice and a speaker."""

import argparse
import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
import shutil
import signal
import sys

from .home import RESTART, House
from .part import PartError, is_free
from .setup import COMPONENTS, furnish

HERE = Path(__file__).resolve().parent
MARK = "demo"
"""A file that tells a folder of the demo from any other."""


async def run(config: Path, port: int) -> None:
    """Keep the demo up until told to end."""
    told = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    if not is_free(port):
        raise PartError(f"Port {port} is taken. Is another demo running?")
    house = House(config=config, port=port, name="Demo", components=COMPONENTS)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(house.stop)
        telling = asyncio.ensure_future(told.wait())
        while not told.is_set():
            starting = asyncio.ensure_future(start(house))
            await asyncio.wait([starting, telling], return_when="FIRST_COMPLETED")
            if not starting.done():
                starting.cancel()
                await asyncio.wait([starting])
                break
            await starting
            print(f"\n  {house.url}   user: {house.user}   password: {house.user}")
            print("  Ctrl-C ends it.\n", flush=True)
            ending = asyncio.ensure_future(house.part.ended())
            await asyncio.wait([ending, telling], return_when="FIRST_COMPLETED")
            if ending.done() and (code := ending.result()) != RESTART:
                raise PartError(
                    f"Home Assistant has ended ({code}):\n{house.part.last_words()}"
                )
        print("Stopping", flush=True)


async def start(house: House) -> None:
    """Start Home Assistant and give it what is missing yet."""
    print("Starting Home Assistant", flush=True)
    await house.start()
    async with house.connect() as home:
        await furnish(home)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8123)
    parser.add_argument(
        "--config",
        type=Path,
        default=HERE / "config",
        metavar="DIR",
        help="where Home Assistant keeps everything",
    )
    parser.add_argument("--fresh", action="store_true", help="begin with nothing")
    options = parser.parse_args()
    config: Path = options.config.resolve()
    if config.exists() and any(config.iterdir()):
        if not (config / MARK).exists():
            sys.exit(f"{config} is not empty, and not of a demo")
        if options.fresh:
            shutil.rmtree(config)
    config.mkdir(parents=True, exist_ok=True)
    (config / MARK).touch()
    try:
        asyncio.run(run(config, options.port))
    except PartError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
