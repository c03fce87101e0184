"""What two drawing routines have to agree on about the figures."""

from itertools import product

from custom_components.back_exercise.figure import Figures
from custom_components.back_exercise.picture import Shape

PHASES = (0, 0.3, 0.75, 1)

type Sums = list[str | float]


def agreement(figures: Figures) -> dict[str, list[Sums]]:
    """Return the measures of every shape, by exercise, side and phase."""
    return {
        f"{exercise} {side} {phase}": [
            measures(shape)
            for shape in figures.shapes(exercise, side, phase, arrows=True)
        ]
        for exercise, side, phase in product(figures, ("right", "left"), PHASES)
    }


def measures(shape: Shape) -> Sums:
    """Return the tone, how many outlines, where they reach to, and their area."""
    across, down = zip(
        *(point for outline in shape.outlines for point in outline), strict=True
    )
    area = sum(
        (x0 * y1 - x1 * y0) / 2
        for outline in shape.outlines
        for (x0, y0), (x1, y1) in zip(outline, outline[1:] + outline[:1], strict=True)
    )
    numbers = (min(across), max(across), min(down), max(down), area)
    return [
        shape.tone,
        len(shape.outlines),
        *(round(number, 2) for number in numbers),
    ]
