"""Which routine the next session follows."""

from typing import Final, override

from homeassistant.components.select import SelectEntity, SelectEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import BackExerciseConfigEntry
from .engine.catalogue import Routine
from .entity import BackExerciseEntity

PARALLEL_UPDATES = 0

ROUTINE: Final = SelectEntityDescription(key="routine")


async def async_setup_entry(
    hass: HomeAssistant,
    entry: BackExerciseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the choice of a person's routine."""
    async_add_entities([RoutineSelect(entry.runtime_data, ROUTINE)])


class RoutineSelect(BackExerciseEntity, SelectEntity):
    """Chooses among the routines that the person may start."""

    @property
    @override
    def options(self) -> list[str]:
        """The routines that may be chosen."""
        return [routine.value for routine in self.coordinator.data.routines]

    @property
    @override
    def current_option(self) -> str:
        """The routine that is chosen."""
        return self.coordinator.data.routine

    @override
    async def async_select_option(self, option: str) -> None:
        """Choose a routine."""
        await self.coordinator.async_set_routine(Routine(option))
