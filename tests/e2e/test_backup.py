"""A backup of Home Assistant's own, made in mid-session, is restored by its own means.

While it is made, the session goes on and ratings are recorded one after the other. The
restored home is another folder, that runs the integration that was in the backup.
"""

import asyncio
import json
from pathlib import Path
import time

from homeassistant.backup_restore import RESTORE_BACKUP_FILE, restore_backup
import pytest

from demo.home import Home, Json
from demo.part import free_port

from .bare import BareHouse
from .person import log_of
from .test_kill import DONE_S, Life, Ratings, check_shown, go_on, life, tell

__all__ = ["life"]

AGENT = "backup.local"
IN_REPETITIONS_S = 3 * DONE_S
POSTERS = 4


@pytest.fixture
def settings() -> dict[str, Json]:
    """Have Home Assistant make backups."""
    return {"backup": None}


async def test_what_was_confirmed_before_a_backup_is_there_after_restoring_it(
    life: Life, tmp_path: Path
) -> None:
    began = time.monotonic()
    async with life.house.connect() as home:
        ratings = Ratings(
            home=home, entity=life.entities["session"], moments=life.moments
        )
        await go_on(life, home)
        await asyncio.sleep(IN_REPETITIONS_S)
        async with asyncio.TaskGroup() as group:
            done = asyncio.Event()
            for _ in range(POSTERS):
                group.create_task(post(ratings, done))
            await asyncio.sleep(1)
            before = set(ratings.confirmed)
            archive = await back_up(home, life.house.config)
            done.set()
        session = await life.state(home, "session")
        made = await life.act(home, "get_plan")
    meanwhile = ratings.confirmed - before
    assert session["state"] == "running"
    await life.house.stop()
    assert life.files() == {""}
    left = life.look()

    there = await restored(life, archive, tmp_path / "restored")
    copy = there.look()
    assert copy.integrity == "ok"
    assert copy.entries == left.entries[: len(copy.entries)]
    assert before <= copy.ratings
    assert copy.session
    await there.house.start()
    try:
        async with there.house.connect() as home:
            await check_shown(there, home, copy)
            assert await there.act(home, "get_plan") == made
            known = await home.ask("repairs/list_issues")
            await there.act(home, "resume")
            again = Ratings(
                home=home, entity=there.entities["session"], moments=life.moments
            )
            await again.post()
    finally:
        await there.house.stop()
    after = there.look()
    tell(
        f"\n{len(before)} ratings confirmed before the backup, {len(meanwhile)} during"
        f" it, of these {len(copy.ratings & meanwhile)} in it;"
        f" {time.monotonic() - began:.0f} s"
    )
    assert [each for each in known["issues"] if each["domain"] == "back_exercise"] == []
    assert after.integrity == "ok"
    assert after.ratings == copy.ratings | again.confirmed
    assert there.files() == {""}
    assert "Traceback" not in log_of(there.house.config)


async def post(ratings: Ratings, done: asyncio.Event) -> None:
    """Record one rating after the other until it is done."""
    while not done.is_set():
        await ratings.post()


async def back_up(home: Home, config: Path) -> Path:
    """Have a backup made of everything; return the file."""
    await home.ask("backup/generate", agent_ids=[AGENT])
    info = await home.ask("backup/info")
    while info["state"] != "idle" or not info["backups"]:
        await asyncio.sleep(0.1)
        info = await home.ask("backup/info")
    assert info["agent_errors"] == {}
    [archive] = (config / "backups").glob("*.tar")
    return archive


async def restored(life: Life, archive: Path, config: Path) -> Life:
    """Return the person in a home that was made from a backup."""
    config.mkdir()
    wanted = {
        "path": str(archive),
        "password": None,
        "remove_after_restore": False,
        "restore_database": True,
        "restore_homeassistant": True,
    }
    (config / RESTORE_BACKUP_FILE).write_text(json.dumps(wanted))
    assert await asyncio.to_thread(restore_backup, str(config))
    # the integration came with the backup
    house = BareHouse(config=config, port=free_port(), settings={"backup": None})
    return Life(
        house=house,
        folder=config.parent,
        entities=life.entities,
        moments=life.moments,
    )
