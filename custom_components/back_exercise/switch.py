"""Whether sessions are spoken, and whether somebody is reminded."""

from typing import Any, Final, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import CONF_ENABLED, CONF_REMINDERS
from .coordinator import BackExerciseConfigEntry
from .entity import BackExerciseEntity, ReminderEntity
from .wishes import reminders_of

PARALLEL_UPDATES = 0

SPEECH: Final = SwitchEntityDescription(
    key="speech", entity_category=EntityCategory.CONFIG
)


REMINDERS: Final = SwitchEntityDescription(
    key="reminders", entity_category=EntityCategory.CONFIG
)
REMINDER_ON: Final = SwitchEntityDescription(key="reminder")


async def async_setup_entry(
    hass: HomeAssistant,
    entry: BackExerciseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the switches of a person and of each reminder."""
    coordinator = entry.runtime_data
    async_add_entities(
        [SpeechSwitch(coordinator, SPEECH), RemindersSwitch(coordinator, REMINDERS)]
    )
    for key, reminder in reminders_of(entry).items():
        async_add_entities(
            [ReminderSwitch(coordinator, reminder, REMINDER_ON)],
            config_subentry_id=key,
        )


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
        await self.coordinator.preferences.async_set_speech(on=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Be silent."""
        await self.coordinator.preferences.async_set_speech(on=False)


class RemindersSwitch(BackExerciseEntity, SwitchEntity):
    """Switches off all that is asked and told by itself, for a while."""

    @property
    @override
    def is_on(self) -> bool:
        """Whether somebody is reminded."""
        on: bool = self.coordinator.config_entry.options.get(CONF_REMINDERS, True)
        return on

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Remind, of what comes from now on."""
        self.coordinator.preferences.set_reminders(on=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Remind of nothing."""
        self.coordinator.preferences.set_reminders(on=False)


class ReminderSwitch(ReminderEntity, SwitchEntity):
    """Switches a reminder."""

    _attr_name = None

    @property
    @override
    def is_on(self) -> bool:
        """Whether it reminds."""
        on: bool = self.reminder.get(CONF_ENABLED, True)
        return on

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Remind, of what comes from now on."""
        self.change(**{CONF_ENABLED: True})

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Do not remind."""
        self.change(**{CONF_ENABLED: False})
