"""A real browser that is logged in to the real Home Assistant, and looks at cards."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
import json
from pathlib import Path
import shutil
from typing import Any

from playwright.async_api import (
    Browser,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    async_playwright,
)

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "card" / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "recordings" / "card"
"""Ignored by git: to be looked at by people."""

PHONE = {"width": 390, "height": 844}
TELEVISION = {"width": 1920, "height": 1080}

OURS = "back-exercise"
FOR_EVER_MS = 9_999_999_999_999

RUN_AXE = """async (card) => {
  const { violations } = await axe.run(card, {
    resultTypes: ["violations"],
    rules: { region: { enabled: false } },  // landmarks are the dashboard's
  });
  return violations
    .filter(({ impact }) => ["serious", "critical"].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
}"""


def missing_tools() -> list[str]:
    """Return the programs that this machine lacks."""
    return [] if shutil.which("chromium") else ["chromium"]


@dataclass(kw_only=True)
class Looking:
    """A page, and what went wrong on it because of us."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Note every fault from now on."""
        self.page.on("console", self._told)
        self.page.on("pageerror", self._failed)

    @property
    def card(self) -> Locator:
        """Return the card of the view."""
        return self.page.locator("back-exercise-card").first

    def _told(self, message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        if message.type in {"error", "warning"} and OURS in f"{where} {message.text}":
            self.faults.append(message.text)

    def _failed(self, error: Error) -> None:
        if OURS in f"{error.message} {error.stack}":
            self.faults.append(str(error.stack or error.message))

    async def button(self, name: str) -> Locator:
        """Return a button of the card, once it is there."""
        button = self.card.get_by_role("button", name=name, exact=True)
        await button.wait_for()
        return button

    async def press(self, name: str) -> None:
        """Press a button of the card."""
        await (await self.button(name)).click()

    async def violations(self) -> list[str]:
        """Return what of the card is serious or critical for somebody."""
        if not await self.page.evaluate("'axe' in window"):
            await self.page.add_script_tag(path=AXE)
        found: list[str] = await self.card.evaluate(RUN_AXE)
        return found

    async def picture(self, name: str) -> None:
        """Keep how the page looks."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        await self.page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


@asynccontextmanager
async def chromium(*arguments: str) -> AsyncIterator[Browser]:
    """Have Debian's browser up, with nothing to be seen of it."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--mute-audio", *arguments],
        )
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def looking(
    browser: Browser, url: str, token: str, **context: Any
) -> AsyncIterator[Looking]:
    """Look at a Home Assistant as the user whom the token is of."""
    login = {
        "hassUrl": url,
        "clientId": None,
        "access_token": token,
        "token_type": "Bearer",
        "refresh_token": "",
        "expires_in": FOR_EVER_MS,
        "expires": FOR_EVER_MS,
    }
    opened = await browser.new_context(base_url=url, **context)
    stored = json.dumps(json.dumps(login))
    await opened.add_init_script(f"localStorage.setItem('hassTokens', {stored})")
    try:
        yield Looking(page=await opened.new_page())
    finally:
        await opened.close()
