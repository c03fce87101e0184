"""Exercises, by the short names that tests have for them."""

from typing import Final

TILTS: Final = "pelvic_tilts"
HIP: Final = "isometric_hip_flexion"
BRIDGES: Final = "bridges"
SIMPLE: Final = "simplified_piriformis_stretch"
STRETCH: Final = "piriformis_stretch"
BUGS: Final = "dead_bugs"
DOGS: Final = "bird_dogs"
HYDRANTS: Final = "fire_hydrants"
BALANCE: Final = "single_leg_balance"
