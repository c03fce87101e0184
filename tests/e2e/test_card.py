"""The card in a real browser: found, added, led by, and led through by the keyboard."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
import os
import time

from playwright.async_api import Browser, Page, expect
import pytest

from demo.home import Home

from .browser import PHONE, Looking, chromium, looking, missing_tools
from .parts import Parts
from .person import Person, Watch, add_person, watching

DASHBOARD = "my-exercises"
VIEW = f"/{DASHBOARD}/today"
FIRST = "Pelvic tilts"

REPETITION_S = 9.0
"""Of the first exercise."""
IN_TIME_S = 0.15
"""So near to the voice is what one sees."""
TABS = 80
"""By then the keyboard has been everywhere."""

WATCH_COUNT = """() => {
  const card = document.querySelector("home-assistant");
  const deep = (root) => root.querySelector("back-exercise-card") ??
    [...root.querySelectorAll("*")].filter((each) => each.shadowRoot)
      .map((each) => deep(each.shadowRoot)).find(Boolean);
  const stage = deep(document).shadowRoot.querySelector("back-exercise-stage");
  window.counts = [];
  const look = () => {
    const [count, of] = ["strong", "span"].map(
      (each) => stage.querySelector(`.count ${each}`)?.textContent.trim());
    const last = window.counts.at(-1);
    if (of?.startsWith("of ") && count !== last?.count)
      window.counts.push({ count, at: Date.now() / 1000 });
    requestAnimationFrame(look);
  };
  look();
}"""
"""Notes each change of the number that is to be seen, and when it was drawn."""

FOCUSED = """() => {
  let element = document.activeElement;
  const path = [];
  while (element) {
    path.push(element.localName);
    if (!element.shadowRoot?.activeElement) break;
    element = element.shadowRoot.activeElement;
  }
  return [path.includes("back-exercise-card"),
    element?.getAttribute("aria-label") ?? element?.innerText?.trim() ?? ""];
}"""
"""Tells whether the keyboard is in the card, and on what."""


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Have a browser that plays nothing before something was pressed."""
    if missing := missing_tools():
        reason = f"not installed on this machine: {', '.join(missing)}"
        if os.environ.get("BACK_EXERCISE_E2E") == "require":
            pytest.fail(reason)
        pytest.skip(reason)
    async with chromium("--autoplay-policy=user-gesture-required") as opened:
        yield opened


@pytest.fixture(scope="session")
async def emma(parts: Parts) -> Person:
    """Return a person who uses the card."""
    return await add_person(parts, "Emma", [parts.mpd])


@pytest.fixture
async def look(parts: Parts, emma: Person, browser: Browser) -> AsyncIterator[Looking]:
    """Look at a phone, on which an empty dashboard is; nothing fails on it."""
    await empty_dashboard(parts.home)
    async with looking(
        browser, parts.house.url, parts.house.token, viewport=PHONE
    ) as opened:
        opened.page.set_default_timeout(30_000)
        yield opened
        await opened.picture("last-seen")
        assert opened.faults == []


async def empty_dashboard(home: Home) -> None:
    """Make a dashboard whose one view has nothing yet."""
    known = await home.ask("lovelace/dashboards/list")
    if DASHBOARD not in {each["url_path"] for each in known}:
        await home.ask(
            "lovelace/dashboards/create", url_path=DASHBOARD, title="Exercises"
        )
    await show(home, [])


async def show(home: Home, cards: list[dict[str, object]]) -> None:
    """Have the dashboard show cards."""
    view = {
        "type": "sections",
        "title": "Today",
        "path": "today",
        "sections": [{"type": "grid", "cards": cards}],
    }
    await home.ask("lovelace/config/save", url_path=DASHBOARD, config={"views": [view]})


async def add_by_picker(look: Looking, name: str) -> None:
    """Add the card as one finds it, by what it is called, and choose the person."""
    page = look.page
    await page.goto(f"{VIEW}?edit=1")
    await page.locator("hui-grid-section .add").first.click()
    await page.get_by_role("tab", name="By card").click()
    await page.get_by_placeholder("Search cards").fill("back exercise")
    found = page.locator("hui-card-picker .card", has_text="Back Exercise")
    await expect(found.locator("back-exercise-card h2").first).not_to_be_empty()
    await found.locator(".overlay").click()
    await page.get_by_role("paragraph").filter(has_text="Show history").wait_for()
    await choose_entity(page, name)
    preview = page.locator("hui-dialog-edit-card back-exercise-card")
    await expect(preview).to_contain_text(name)
    await page.get_by_role("button", name="Save").click()
    await page.get_by_role("button", name="Done").click()


async def choose_entity(page: Page, device: str) -> None:
    """Choose what belongs to a device in the form of the card's editor."""
    editor = page.locator("hui-dialog-edit-card")
    await editor.locator("ha-entity-picker ha-picker-field").first.click()
    search = page.get_by_placeholder("Search", exact=True).last
    await search.press_sequentially(device, delay=20)
    await page.locator("ha-combo-box-item", has_text=device).last.click()


async def begin_first_exercise(look: Looking, person: Person, watch: Watch) -> float:
    """Press start, skip the welcome, and wait for the first repetition."""
    since = time.monotonic()
    await look.card.get_by_role("slider", name="Pain now").fill("1")
    await look.press("Start")
    await person.until_session(watch, "running", since)
    await look.press("Next")
    await person.until_at(watch, "work", "pelvic_tilts", since)
    return time.monotonic()


async def test_the_card_is_added_and_leads_through_a_session_as_it_is_heard(
    parts: Parts, emma: Person, look: Looking
) -> None:
    async with watching(parts.home) as watch:
        await add_by_picker(look, "Emma")
        assert await look.violations() == []

        work = await begin_first_exercise(look, emma, watch)
        await look.page.evaluate(WATCH_COUNT)
        await expect(look.card.locator(".exercise")).to_have_text(FIRST)
        await asyncio.sleep(1.5 * REPETITION_S)
        assert await look.violations() == []
        counts = await look.page.evaluate("counts")
        since_epoch = time.time() - time.monotonic()

        paused = time.monotonic()
        await look.press("Pause")
        await emma.until_session(watch, "paused", paused)
        await expect(look.card.locator(".count")).to_have_text("2 of 3")
        await look.page.reload()
        await expect(look.card.locator(".count")).to_have_text("2 of 3")
        await look.press("Go on")
        await emma.until_session(watch, "running", paused)
        await emma.until_at(watch, "work", "pelvic_tilts", time.monotonic())

        hurt = time.monotonic()
        await look.press("Sharp pain")
        pain = look.card.get_by_role("group", name="Pain, from 0 to 10")
        await pain.get_by_role("button", name="3", exact=True).click(timeout=60_000)
        await watch.until(
            emma.entities["pain"], lambda change: change.state == "3", since=hurt
        )
        await look.press("Stop")
        await emma.until_session(watch, "idle", hurt)
        await look.button("Start")

    words = ("One.", "Two.")
    heard = await parts.heard("mpd", work - 1, paused)
    said = [each.on for each in heard if each.text in words]
    seen = [each["at"] - since_epoch for each in counts]
    assert [each["count"] for each in counts] == ["1", "2"]
    assert seen[1] == pytest.approx(said[-1], abs=IN_TIME_S)


async def tab_to(look: Looking, name: str) -> None:
    """Go on with the keyboard until something of the card is reached."""
    seen: list[str] = []
    for _ in range(TABS):
        is_ours, reached = await look.page.evaluate(FOCUSED)
        seen.append(reached)
        if is_ours and reached == name:
            return
        await look.page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not reach {name!r}, but {seen}")


async def test_a_session_can_be_led_by_the_keyboard_alone(
    parts: Parts, emma: Person, look: Looking
) -> None:
    session = emma.entities["session"]
    await show(parts.home, [{"type": "custom:back-exercise-card", "entity": session}])
    keyboard = look.page.keyboard
    async with watching(parts.home) as watch:
        await look.page.goto(VIEW)
        await look.button("Start")

        since = time.monotonic()
        await tab_to(look, "Start")
        await keyboard.press("Enter")
        await emma.until_session(watch, "running", since, timedelta(seconds=90))
        await look.button("Pause")
        assert await look.page.evaluate(FOCUSED) == [True, "Pause"]
        await keyboard.press("Space")
        await emma.until_session(watch, "paused", since)
        await look.button("Go on")
        assert await look.page.evaluate(FOCUSED) == [True, "Go on"]
        await tab_to(look, "Stop")
        await keyboard.press("Enter")
        await emma.until_session(watch, "idle", since)
        await look.button("Start")


NOTE_PLAYERS = """
  const Real = Audio;
  window.players = [];
  window.Audio = class extends Real {
    constructor(...given) { super(...given); window.players.push(this); }
  };
"""
"""Remembers what plays sound, which is in no document."""

OFF = """(card) => {
  const { clock, view } = card.link;
  const player = window.players.find((each) => !each.paused && each.currentTime > 0);
  if (!player || !view?.sound?.begun_at) return null;
  return (clock.now() - Date.parse(view.sound.begun_at)) / 1000 - player.currentTime;
}"""
"""Tells by how many seconds the sound of the browser is late; null: it is silent."""


@pytest.fixture(scope="session")
async def finn(parts: Parts) -> Person:
    """Return a person who is heard in the browser besides a speaker."""
    return await add_person(parts, "Finn", [parts.mpd])


async def heard_off(look: Looking) -> float:
    """Wait until the browser plays in step, and return how late it is, in seconds."""
    off: float | None = None
    async with asyncio.timeout(30):
        while off is None or abs(off) > IN_TIME_S:
            await asyncio.sleep(0.2)
            off = await look.card.evaluate(OFF)
    return off


async def test_the_browser_is_a_speaker_in_step_and_after_a_reload(
    parts: Parts, finn: Person, look: Looking
) -> None:
    session = finn.entities["session"]
    await show(parts.home, [{"type": "custom:back-exercise-card", "entity": session}])
    await look.page.add_init_script(NOTE_PLAYERS)
    async with watching(parts.home) as watch:
        await look.page.goto(VIEW)
        await look.button("Start")
        await look.card.locator("label.switch").click()
        await begin_first_exercise(look, finn, watch)
        before = await heard_off(look)

        await look.page.reload()
        await look.button("Pause")
        after = await heard_off(look)

        stopped = time.monotonic()
        await look.press("Stop")
        await finn.until_session(watch, "idle", stopped)

    assert before == pytest.approx(0, abs=IN_TIME_S)
    assert after == pytest.approx(0, abs=IN_TIME_S)
