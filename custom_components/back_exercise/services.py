"""The actions: everything that can be asked of a person's session.

Every action targets persons, by their device or any of their entities, and answers by
their device ids: `{"<device id>": {"name": …, …}}`.
"""

from typing import Final

from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
)
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
from homeassistant.util.json import JsonObjectType
import voluptuous as vol

from .const import DOMAIN
from .coordinator import Coordinator
from .diary_actions import async_setup_diary_actions
from .engine.catalogue import Routine
from .engine.session import Command
from .fields import checked, flag, one_of, whole_number
from .reminder_actions import async_setup_reminder_actions
from .targets import async_all, async_answer, async_targeted

ATTR_OVERRIDE: Final = "override"
ATTR_PAIN_BEFORE: Final = "pain_before"
ATTR_REASON: Final = "reason"
ATTR_ROUTINE: Final = "routine"

SOURCE: Final = "action"

_GATE: VolDictType = {
    vol.Optional(ATTR_ROUTINE): one_of(
        ATTR_ROUTINE, [routine.value for routine in Routine], Routine
    ),
    vol.Optional(ATTR_PAIN_BEFORE): whole_number(ATTR_PAIN_BEFORE, 0, 10),
    vol.Optional(ATTR_OVERRIDE, default=False): flag(ATTR_OVERRIDE),
}
_REASON: VolDictType = {
    vol.Optional(ATTR_REASON): checked(
        ATTR_REASON, "0–255 Aa", cv.string, vol.Length(max=255)
    )
}


async def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions."""
    hass.services.async_register(
        DOMAIN,
        Command.START,
        _async_start,
        schema=cv.make_entity_service_schema(_GATE),
        supports_response=SupportsResponse.OPTIONAL,
    )
    for command in Command:
        if command is not Command.START:
            hass.services.async_register(
                DOMAIN,
                command,
                _async_command,
                schema=cv.make_entity_service_schema(
                    _REASON if command is Command.STOP else None
                ),
                supports_response=SupportsResponse.OPTIONAL,
            )
    hass.services.async_register(
        DOMAIN,
        "say",
        _async_say,
        schema=cv.make_entity_service_schema(None),
        supports_response=SupportsResponse.OPTIONAL,
    )
    hass.services.async_register(
        DOMAIN,
        "get_plan",
        _async_get_plan,
        schema=cv.make_entity_service_schema(_GATE),
        supports_response=SupportsResponse.ONLY,
    )
    await async_setup_diary_actions(hass)
    async_setup_reminder_actions(hass)


async def _async_start(call: ServiceCall) -> ServiceResponse:
    """Begin the session of everyone targeted who has none.

    It is refused if everyone has one.
    """
    coordinators = await async_targeted(call, POLICY_CONTROL)
    able = [each for each in coordinators if not each.is_active]
    await async_all(
        [
            each.async_start(
                routine=call.data.get(ATTR_ROUTINE),
                pain=call.data.get(ATTR_PAIN_BEFORE),
                override=call.data[ATTR_OVERRIDE],
                source=SOURCE,
            )
            for each in able or coordinators
        ]
    )
    return async_answer(call.hass, coordinators, _progress)


async def _async_command(call: ServiceCall) -> ServiceResponse:
    """Give a command to everyone targeted.

    Where several persons are, those for whom it makes no sense now are left alone,
    so that "stop" stops whoever is exercising. It is refused if it makes sense for
    nobody.
    """
    command = Command(call.service)
    coordinators = await async_targeted(call, POLICY_CONTROL)
    able = [each for each in coordinators if command in each.allowed]
    await async_all(
        [
            each.async_command(
                command, reason=call.data.get(ATTR_REASON), source=SOURCE
            )
            for each in able or coordinators
        ]
    )
    return async_answer(call.hass, coordinators, _progress)


async def _async_say(call: ServiceCall) -> ServiceResponse:
    """Play the test sentence on everyone's speakers."""
    coordinators = await async_targeted(call, POLICY_CONTROL)
    results = await async_all([each.async_say() for each in coordinators])
    said = dict(zip(coordinators, results, strict=True))
    return async_answer(call.hass, coordinators, said.__getitem__)


async def _async_get_plan(call: ServiceCall) -> ServiceResponse:
    """Return what everyone would do today, and why."""
    coordinators = await async_targeted(call, POLICY_READ)
    return async_answer(
        call.hass,
        coordinators,
        lambda each: each.async_plan(
            routine=call.data.get(ATTR_ROUTINE),
            pain=call.data.get(ATTR_PAIN_BEFORE),
            override=call.data[ATTR_OVERRIDE],
        ),
    )


def _progress(coordinator: Coordinator) -> JsonObjectType:
    """Return where a person's session is."""
    session = coordinator.data.session
    routine = session.routine if session else coordinator.data.routine
    return {
        "state": session.state.value if session else "idle",
        "kind": session.kind.value if session else None,
        "routine": routine.value,
        "exercise": session.exercise or session.next_exercise if session else None,
        "allowed": [command.value for command in sorted(coordinator.allowed)],
    }
