"""The time of day of a reminder."""

from datetime import time
from typing import Final, override

from homeassistant.components.time import TimeEntity, TimeEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import CONF_SCHEDULE, CONF_TIME
from .coordinator import BackExerciseConfigEntry
from .entity import ReminderEntity
from .wishes import reminders_of, time_of

PARALLEL_UPDATES = 0

REMINDER_TIME: Final = TimeEntityDescription(
    key="time", entity_category=EntityCategory.CONFIG
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: BackExerciseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the time of each reminder."""
    for key, reminder in reminders_of(entry).items():
        async_add_entities(
            [ReminderTime(entry.runtime_data, reminder, REMINDER_TIME)],
            config_subentry_id=key,
        )


class ReminderTime(ReminderEntity, TimeEntity):
    """Sets the time of a reminder, on the days that it has."""

    @property
    @override
    def available(self) -> bool:
        """Whether there is a time to set: a schedule has its own."""
        return super().available and not self.reminder.get(CONF_SCHEDULE)

    @property
    @override
    def native_value(self) -> time | None:
        """The time."""
        return time_of(self.reminder.get(CONF_TIME))

    @override
    async def async_set_value(self, value: time) -> None:
        """Remind at another time, from now on."""
        self.change(**{CONF_TIME: value.replace(tzinfo=None).isoformat()})
