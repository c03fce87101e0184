"""Which routine the next session follows, and when it asks how it is."""

from typing import Final, override

from homeassistant.components.select import SelectEntity, SelectEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import BackExerciseConfigEntry
from .engine.catalogue import Routine
from .engine.diary import Setting
from .engine.plan import CheckIn
from .entity import BackExerciseEntity

PARALLEL_UPDATES = 0

ROUTINE: Final = SelectEntityDescription(key="routine")
CHECK_IN: Final = SelectEntityDescription(
    key="check_in",
    entity_category=EntityCategory.CONFIG,
    options=[check_in.value for check_in in CheckIn],
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: BackExerciseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up what a person can choose."""
    coordinator = entry.runtime_data
    async_add_entities(
        (RoutineSelect(coordinator, ROUTINE), CheckInSelect(coordinator, CHECK_IN))
    )


class RoutineSelect(BackExerciseEntity, SelectEntity):
    """Chooses among the routines that the person may start."""

    @property
    @override
    def options(self) -> list[str]:
        """The routines that may be chosen."""
        return [routine.value for routine in self.coordinator.data.outlook.routines]

    @property
    @override
    def current_option(self) -> str:
        """The routine that is chosen."""
        return self.coordinator.data.routine

    @override
    async def async_select_option(self, option: str) -> None:
        """Choose a routine."""
        self.coordinator.preferences.set_routine(Routine(option))


class CheckInSelect(BackExerciseEntity, SelectEntity):
    """Chooses when pain and effort are asked for."""

    @property
    @override
    def current_option(self) -> str:
        """When they are asked for."""
        return self.coordinator.data.outlook.check_in

    @override
    async def async_select_option(self, option: str) -> None:
        """Ask at other times, from the next session on."""
        setting = Setting(name="check_in", value=option)
        await self.coordinator.async_record(setting, source="select")
