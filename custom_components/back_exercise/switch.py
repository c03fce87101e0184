"""Whether sessions are spoken."""

from typing import Any, Final, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import BackExerciseConfigEntry
from .entity import BackExerciseEntity

PARALLEL_UPDATES = 0

SPEECH: Final = SwitchEntityDescription(
    key="speech", entity_category=EntityCategory.CONFIG
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: BackExerciseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the switch for a person's speech."""
    async_add_entities([SpeechSwitch(entry.runtime_data, SPEECH)])


class SpeechSwitch(BackExerciseEntity, SwitchEntity):
    """Switches the speaking off for someone who follows the screen."""

    @property
    @override
    def is_on(self) -> bool:
        """Whether sessions are spoken."""
        return self.coordinator.data.speech

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Speak."""
        await self.coordinator.async_set_speech(on=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Be silent."""
        await self.coordinator.async_set_speech(on=False)
