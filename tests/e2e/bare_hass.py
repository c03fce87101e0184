"""Starts Home Assistant without most of what it loads by default.

It is up in two seconds instead of six.
"""

from pathlib import Path
import runpy

from homeassistant import bootstrap

HASS = Path(__file__).resolve().parents[2] / "demo" / "hass.py"

bootstrap.DEFAULT_INTEGRATIONS = {"frontend", "logger", "network"}
runpy.run_path(str(HASS), run_name="__main__")
