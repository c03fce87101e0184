"""What a newcomer does in the interface of Home Assistant: clicks and types."""

from dataclasses import dataclass
from datetime import datetime

from playwright.async_api import FloatRect, Locator, Page

from .browser import ROOT

PICTURES = ROOT / "recordings" / "newcomer"
"""Ignored by git: to be looked at by people; some are copied to docs/images."""
SCREEN = {"width": 1280, "height": 800}
DIALOG = FloatRect(x=340, y=20, width=600, height=760)
"""Where windows open on such a screen."""
INTEGRATIONS = "/config/integrations/dashboard"
OURS = "/config/integrations/integration/back_exercise"
PLAYED_MS = 30_000
"""By then a test sentence is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Someone who has never seen the integration, at a browser."""

    page: Page

    async def picture(self, name: str, clip: FloatRect | None = None) -> None:
        """Keep how it looks, once what moves has come to rest."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        await self.page.wait_for_timeout(500)
        path = PICTURES / f"first-session-{name}.png"
        await self.page.screenshot(path=path, clip=clip)

    async def picture_of_controls(self, name: str) -> None:
        """Keep how the controls on the page of the device look."""
        controls = self.page.locator("ha-device-entities-card").first
        await controls.screenshot(path=PICTURES / f"first-session-{name}.png")

    async def sees(self, text: str, within_ms: float | None = None) -> None:
        """Wait until a text is to be seen."""
        await self.page.get_by_text(text).first.wait_for(timeout=within_ms)

    async def presses(self, name: str) -> None:
        """Press a button of the window that is open."""
        await self.page.get_by_role("button", name=name, exact=True).last.click()

    async def begins_set_up(self) -> None:
        """Look for the integration among all, and choose it."""
        await self.page.goto(INTEGRATIONS)
        await self.presses("Add integration")
        search = self.page.get_by_placeholder("Search for a brand name")
        await search.press_sequentially("back exer", delay=20)
        await self.page.get_by_text("Back Exercise", exact=True).last.click()

    async def says_who(self, name: str) -> None:
        """Give a name, and accept what this is and is not."""
        await self.page.get_by_role("textbox", name="Name").fill(name)
        await self.page.locator("ha-switch").click()
        await self.picture("1-who", DIALOG)
        await self.presses("Submit")

    async def has_nothing_to_mark(self) -> None:
        """Go past the safety questions."""
        await self.sees("Safety questions")
        await self.picture("2-safety-questions", DIALOG)
        await self.presses("Submit")

    async def chooses_speaker(self, name: str) -> None:
        """Look for a speaker, and take the voice that is suggested."""
        await self.sees("Speakers and voice")
        speakers = self.page.locator("ha-selector").filter(has_text="Speakers").first
        await speakers.locator("ha-picker-field").first.click()
        search = self.page.get_by_placeholder("Search", exact=True).last
        await search.press_sequentially(name[:5], delay=20)
        await self.page.get_by_text(name, exact=True).last.click()
        await self.picture("3-speakers", DIALOG)
        await self.presses("Submit")
        await self._takes_voice()

    async def wants_no_speaker(self) -> None:
        """Have sessions shown only."""
        await self.sees("Speakers and voice")
        await self.presses("Submit")
        await self._takes_voice()

    async def _takes_voice(self) -> None:
        await self.sees("Language and voice")
        await self.presses("Submit")

    async def tries_speaker(self) -> None:
        """Have the test sentence played, and say that all of it was heard."""
        await self.sees("What to expect")
        await self.picture("4-what-to-expect", DIALOG)
        await self.page.get_by_text("Play a test sentence", exact=True).last.click()
        await self.sees("What did you hear?", PLAYED_MS)
        await self.presses("Submit")

    async def finishes(self) -> None:
        """Want no reminder yet; arrive at the page of the device."""
        await self.sees("When do you want to be reminded?")
        await self.presses("Submit")
        await self.presses("Skip and finish")

    def row(self, name: str) -> Locator:
        """Return what has this name on the page of the device."""
        label = self.page.get_by_text(name, exact=True)
        return self.page.locator("hui-generic-entity-row").filter(has=label)

    async def commands(self, name: str) -> None:
        """Press a button of the device."""
        await self.row(name).get_by_role("button", name="Press").click()

    async def rates(self, name: str, value: int) -> None:
        """Drag the slider of a rating to a number from 0 to 10."""
        slider = self.row(name).locator("ha-slider")
        box = await slider.bounding_box()
        assert box is not None
        place = {"x": box["width"] * value / 10, "y": box["height"] / 2}
        await slider.click(position=place)  # type: ignore[arg-type] # a position

    async def adds_reminder(self, at: datetime) -> None:
        """Add a reminder for every day, on the page of the integration."""
        await self.presses("Add reminder")
        await self.sees("Add a reminder")
        clock = self.page.locator("ha-time-input")
        for field, text in enumerate((f"{at:%I}", f"{at:%M}", "00")):
            await clock.locator("input").nth(field).fill(text)
        await clock.locator("ha-select").click()
        await self.page.get_by_role("menuitem", name=f"{at:%p}").click()
        await self.picture("6-reminder", DIALOG)
        await self.presses("Submit")
        await self.presses("Finish")

    async def deletes(self) -> None:
        """Delete the person on the page of the integration."""
        await self.page.goto(OURS)
        menus = self.page.locator("ha-config-entry-row").first
        await menus.locator("ha-dropdown").first.click()
        await self.page.get_by_role("menuitem", name="Delete").click()
        await self.sees("devices and entities will be permanently deleted")
        await self.presses("Delete")
        await self.sees("No entries")
