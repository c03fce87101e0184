"""Every screen of the card, as people with all kinds of eyes and hands are given it.

The pictures are kept in recordings/card, to be looked at.
"""

from collections.abc import AsyncIterator
import re
import shutil
from typing import Any

from playwright.async_api import Browser
import pytest

from demo.part import LOCALHOST, Part, free_port

from .browser import PHONE, ROOT, TELEVISION, Looking, chromium

CARD = ROOT / "card"
SCENES = re.findall(
    r"^  (\w+): \(\) =>", (CARD / "gallery" / "scenes.ts").read_text(), re.MULTILINE
)
SIZES = {"phone": (PHONE, False), "television": (TELEVISION, True)}
SMALLEST = 44
"""Pixels that a finger needs."""

TOO_SMALL = """(smallest) => {
  const card = document.querySelector("back-exercise-card").shadowRoot;
  const pressed = "button, select, summary, label.switch, input[type=range]";
  return [...card.querySelectorAll(pressed)]
    .filter((each) => each.getClientRects().length)
    .filter((each) => {
      const { width, height } = each.getBoundingClientRect();
      return height < smallest || width < Math.min(smallest, 40);
    })
    .map((each) => each.outerHTML.slice(0, 120));
}"""

FOCUSED = """() => {
  const card = document.querySelector("back-exercise-card").shadowRoot;
  return card.activeElement?.textContent.trim();
}"""

OVERFLOWS = """() => document.documentElement.scrollWidth > innerWidth"""


@pytest.fixture(scope="module")
async def gallery(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """Serve the gallery; return its address."""
    npx = shutil.which("npx")
    if npx is None or not (CARD / "node_modules").exists():
        pytest.skip("the card's tools are missing: script/setup")
    port = free_port()
    command = [
        *("node", str(CARD / "node_modules" / "vite" / "bin" / "vite.js")),
        *(str(CARD / "gallery"), "--config", str(CARD / "vite.config.ts")),
        *("--host", LOCALHOST, "--port", str(port), "--strictPort"),
    ]
    async with Part("vite", command, tmp_path_factory.mktemp("gallery")) as part:
        await part.answers(port)
        yield f"http://{LOCALHOST}:{port}"


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Have a browser."""
    async with chromium() as opened:
        yield opened


async def see(browser: Browser, address: str, **context: Any) -> Looking:
    """Open a page of the gallery, drawn."""
    opened = await browser.new_context(**context)
    look = Looking(page=await opened.new_page())
    await look.page.goto(address)
    await look.card.locator(".screen").wait_for()
    return look


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("scene", SCENES)
async def test_a_screen_can_be_read_and_pressed_by_everyone(
    gallery: str, browser: Browser, scene: str, theme: str, size: str
) -> None:
    viewport, large = SIZES[size]
    address = f"{gallery}/?scene={scene}&theme={theme}&large={str(large).lower()}"
    look = await see(browser, address, viewport=viewport)

    await look.picture(f"{scene}-{theme}-{size}")
    violations = await look.violations()
    too_small = await look.page.evaluate(TOO_SMALL, SMALLEST)
    overflows = await look.page.evaluate(OVERFLOWS)
    await look.page.context.close()

    assert violations == []
    assert too_small == []
    assert not overflows
    assert look.faults == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_that_something_is_new_can_be_read_and_told_with_the_keyboard_alone(
    gallery: str, browser: Browser, theme: str, size: str
) -> None:
    viewport, large = SIZES[size]
    address = f"{gallery}/?scene=rest&theme={theme}&large={str(large).lower()}"
    look = await see(browser, address, viewport=viewport)
    keyboard = look.page.keyboard

    await look.card.locator(".signs summary").focus()
    await keyboard.press("Enter")
    await look.picture(f"signs-open-{theme}-{size}")
    violations = await look.violations()
    too_small = await look.page.evaluate(TOO_SMALL, SMALLEST)
    overflows = await look.page.evaluate(OVERFLOWS)
    await keyboard.press("Tab")
    await keyboard.press("Enter")
    await look.picture(f"signs-confirm-{theme}-{size}")
    violations += await look.violations()
    too_small += await look.page.evaluate(TOO_SMALL, SMALLEST)
    asked = [await look.page.evaluate(FOCUSED)]
    await keyboard.press("Escape")
    asked.append(await look.page.evaluate(FOCUSED))
    await keyboard.press("Enter")
    await keyboard.press("Tab")
    asked.append(await look.page.evaluate(FOCUSED))
    await keyboard.press("Enter")
    await look.card.locator(".screen.locked").wait_for()
    told = await look.page.evaluate(FOCUSED)
    await look.picture(f"signs-told-{theme}-{size}")
    await look.page.context.close()

    assert asked == ["Go back", "Something is new", "Yes, something is new"]
    assert told == "No sessions for now"
    assert violations == []
    assert too_small == []
    assert not overflows
    assert look.faults == []


@pytest.mark.parametrize("scene", ["rest", "running"])
async def test_a_screen_is_mirrored_for_languages_from_right_to_left(
    gallery: str, browser: Browser, scene: str
) -> None:
    look = await see(browser, f"{gallery}/?scene={scene}&dir=rtl", viewport=PHONE)

    await look.picture(f"{scene}-rtl")
    overflows = await look.page.evaluate(OVERFLOWS)
    await look.page.context.close()

    assert not overflows
    assert look.faults == []


async def test_without_motion_only_the_ends_of_a_movement_are_shown(
    gallery: str, browser: Browser
) -> None:
    look = await see(
        browser, f"{gallery}/?scene=running", viewport=PHONE, reduced_motion="reduce"
    )
    shapes = look.card.locator(".figure svg >> nth=0")
    first = await shapes.inner_html()
    await look.page.wait_for_timeout(4000)
    later = await shapes.inner_html()
    await look.picture("running-without-motion")
    shown = await look.card.locator(".figure svg:not(.away)").count()
    await look.page.context.close()

    assert first == later
    assert shown == 1


async def test_a_refusal_is_told_in_words(gallery: str, browser: Browser) -> None:
    look = await see(browser, f"{gallery}/?scene=running", viewport=PHONE)

    await look.press("Easier")
    told = await look.card.get_by_role("alert").inner_text()
    await look.picture("refused")
    await look.press("Dismiss")
    await look.card.get_by_role("alert").wait_for(state="detached")
    await look.page.context.close()

    assert "not possible at this point" in told
