"""A Home Assistant with nothing but what a session and a client of it need."""

from dataclasses import dataclass
from pathlib import Path
from typing import override

from demo.home import House, Json

NEEDED = ("homeassistant", "logger", "frontend")


@dataclass(kw_only=True)
class BareHouse(House):
    """A Home Assistant that is started and ended many times."""

    program: Path = Path(__file__).resolve().parent / "bare_hass.py"

    @override
    def sections(self) -> dict[str, Json]:
        sections = super().sections()
        return {name: sections[name] for name in (*NEEDED, *self.settings)}
