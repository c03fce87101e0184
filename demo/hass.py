"""Starts Home Assistant where there is no compiler and no package of the system.

Every Home Assistant imports Assist and the cameras, and they import packages that have
to be compiled, or a library of the system. What is installed is used.
"""

from pathlib import Path
import sys

from homeassistant.__main__ import main

sys.path.append(str(Path(__file__).resolve().parent / "stand_ins"))
sys.exit(main())
