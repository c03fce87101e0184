"""Lets automations ask how a person's day stands: active, due, locked, done."""

from collections.abc import Callable
from types import MappingProxyType
from typing import ClassVar, Final, override

from homeassistant.components.binary_sensor import DOMAIN as BINARY_SENSOR
from homeassistant.components.sensor import DOMAIN as SENSOR
from homeassistant.const import CONF_OPTIONS, CONF_TARGET, STATE_ON
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, State, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.condition import (
    ATTR_BEHAVIOR,
    BEHAVIOR_ALL,
    BEHAVIOR_ANY,
    Condition,
    EntityConditionBase,
    EntityStateConditionBase,
)
from homeassistant.helpers.target import (
    TargetStateChangedData,
    async_track_target_selector_state_change_event,
)
import voluptuous as vol

from .targets import async_entry_of, async_siblings


class PersonCondition(EntityConditionBase):
    """Looks at one entity of everyone who is targeted, by whichever of theirs."""

    _domain: ClassVar[str]
    _key: ClassVar[str]
    """What the entity is called in unique ids."""

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """Return the entities to look at."""
        return async_siblings(self._hass, entities, self._domain, self._key)

    @override
    async def _async_track_changes(self, action: Callable[[], None]) -> CALLBACK_TYPE:
        @callback
        def changed(_: TargetStateChangedData) -> None:
            action()

        # not the entities that are named, as Home Assistant would: those looked at
        return await async_track_target_selector_state_change_event(
            self._hass, self._target, changed, self.entity_filter
        )


class IsOn(PersonCondition, EntityStateConditionBase):
    """Tests whether a binary sensor of a person is on."""

    _domain = BINARY_SENSOR
    _domain_specs = MappingProxyType({BINARY_SENSOR: DomainSpec()})
    _states = {STATE_ON}  # noqa: RUF012 - a set, as Home Assistant's base has it


class IsActive(IsOn):
    """A session is going on."""

    _key = "active"


class IsDue(IsOn):
    """A reminder is due."""

    _key = "due"


class IsLocked(IsOn):
    """Sessions are locked."""

    _key = "locked"


class DoneToday(PersonCondition):
    """A session was completed today."""

    _domain = SENSOR
    _domain_specs = MappingProxyType({SENSOR: DomainSpec()})
    _key = "session"
    _schema = vol.Schema(
        {
            vol.Required(CONF_TARGET): cv.TARGET_FIELDS,
            vol.Required(CONF_OPTIONS, default=dict): {
                vol.Required(ATTR_BEHAVIOR, default=BEHAVIOR_ANY): vol.In(
                    [BEHAVIOR_ANY, BEHAVIOR_ALL]
                )
            },
        }
    )

    @property
    @override
    def needs_polling(self) -> bool:
        """Whether it changes without a state of the session: at midnight it does."""
        return True

    @override
    def is_valid_state(self, entity_state: State) -> bool:
        """Tell whether the person whose session it is has done one today."""
        entry = async_entry_of(self._hass, entity_state.entity_id)
        return entry is not None and entry.runtime_data.data.outlook.progress.done_today


CONDITIONS: Final[dict[str, type[Condition]]] = {
    "is_active": IsActive,
    "is_due": IsDue,
    "is_locked": IsLocked,
    "done_today": DoneToday,
}


async def async_get_conditions(hass: HomeAssistant) -> dict[str, type[Condition]]:
    """Return the conditions."""
    return CONDITIONS
