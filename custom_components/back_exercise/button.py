"""What can be pressed: one button for each, offered while it makes sense."""

from dataclasses import dataclass
from typing import Final, override

from homeassistant.components.button import ButtonEntity, ButtonEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import BackExerciseConfigEntry
from .engine.session import Command
from .entity import BackExerciseEntity

# A press must not wait for one that takes long: "stop" works at any moment.
PARALLEL_UPDATES = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BackExerciseButtonDescription(ButtonEntityDescription):
    """Describes a button by what it commands."""

    command: Command


BUTTONS: Final = tuple(
    BackExerciseButtonDescription(key=command.value, command=command)
    for command in Command
)


SNOOZE: Final = ButtonEntityDescription(key="snooze")


async def async_setup_entry(
    hass: HomeAssistant,
    entry: BackExerciseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the buttons of a person."""
    coordinator = entry.runtime_data
    async_add_entities(
        (
            *(BackExerciseButton(coordinator, each) for each in BUTTONS),
            SnoozeButton(coordinator, SNOOZE),
        )
    )


class BackExerciseButton(BackExerciseEntity, ButtonEntity):
    """Gives a command."""

    entity_description: BackExerciseButtonDescription

    @property
    @override
    def available(self) -> bool:
        """Whether the command makes sense now."""
        return (
            super().available
            and self.entity_description.command in self.coordinator.allowed
        )

    @override
    async def async_press(self) -> None:
        """Give the command."""
        await self.coordinator.async_command(
            self.entity_description.command, source="button"
        )


class SnoozeButton(BackExerciseEntity, ButtonEntity):
    """Has the reminder that is due come again in 15 minutes."""

    @property
    @override
    def available(self) -> bool:
        """Whether a reminder is due."""
        return super().available and self.coordinator.data.agenda.due is not None

    @override
    async def async_press(self) -> None:
        """Snooze."""
        self.coordinator.scheduler.snooze("button")
