"""How it is now, and how loud sessions are."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, override

from homeassistant.components.number import (
    NumberEntity,
    NumberEntityDescription,
    NumberMode,
)
from homeassistant.const import EntityCategory, UnitOfRatio
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import BackExerciseConfigEntry, Coordinator, State
from .entity import BackExerciseEntity

PARALLEL_UPDATES = 0

SOURCE: Final = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackExerciseNumberDescription(NumberEntityDescription):
    """Describes a number by what it shows and what setting it does."""

    value_fn: Callable[[State], float | None]
    set_fn: Callable[[Coordinator, float], Awaitable[object]]


def _volume(state: State) -> float | None:
    # unknown where the speakers keep their own
    return None if state.volume is None else round(state.volume * 100)


NUMBERS: Final = (
    BackExerciseNumberDescription(
        key="pain_now",
        mode=NumberMode.SLIDER,
        native_max_value=10,
        native_min_value=0,
        native_step=1,
        value_fn=lambda state: state.outlook.progress.pain,
        set_fn=lambda person, value: person.async_rate(
            pain=round(value), source=SOURCE
        ),
    ),
    BackExerciseNumberDescription(
        key="effort",
        mode=NumberMode.SLIDER,
        native_max_value=10,
        native_min_value=0,
        native_step=1,
        value_fn=lambda state: state.outlook.progress.effort,
        set_fn=lambda person, value: person.async_rate(
            effort=round(value), source=SOURCE
        ),
    ),
    BackExerciseNumberDescription(
        key="volume",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        mode=NumberMode.SLIDER,
        native_max_value=100,
        native_min_value=0,
        native_step=1,
        native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
        value_fn=_volume,
        set_fn=lambda person, value: person.preferences.async_set_volume(value / 100),
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: BackExerciseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the numbers that a person can give."""
    async_add_entities(
        BackExerciseNumber(entry.runtime_data, description) for description in NUMBERS
    )


class BackExerciseNumber(BackExerciseEntity, NumberEntity):
    """Takes a number from the person; the same one again is a new answer."""

    entity_description: BackExerciseNumberDescription

    @property
    @override
    def native_value(self) -> float | None:
        """The number that was given last."""
        return self.entity_description.value_fn(self.coordinator.data)

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Take a number."""
        await self.entity_description.set_fn(self.coordinator, value)
