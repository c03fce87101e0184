"""The actions: everything that can be asked of a person's session.

Every action targets persons, by their device or any of their entities, and answers by
their device ids: `{"<device id>": {"name": …, …}}`.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Final

from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import (
    ServiceValidationError,
    Unauthorized,
    UnknownUser,
)
from homeassistant.helpers import (
    config_validation as cv,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.helpers.service import (
    async_extract_config_entry_ids,
    async_get_config_entry,
)
from homeassistant.helpers.typing import VolDictType
from homeassistant.util.json import JsonObjectType
import voluptuous as vol

from .const import DOMAIN
from .coordinator import BackExerciseConfigEntry, Coordinator
from .engine.catalogue import Routine
from .engine.session import Command

SERVICE_GET_PLAN: Final = "get_plan"
SERVICE_SAY: Final = "say"

ATTR_REASON: Final = "reason"
ATTR_ROUTINE: Final = "routine"

_ROUTINE: VolDictType = {
    vol.Optional(ATTR_ROUTINE): vol.All(
        vol.In([routine.value for routine in Routine]), vol.Coerce(Routine)
    )
}
_REASON: VolDictType = {
    vol.Optional(ATTR_REASON): vol.All(cv.string, vol.Length(max=255))
}
_FIELDS: Final[dict[Command, VolDictType]] = {
    Command.START: _ROUTINE,
    Command.STOP: _REASON,
}
"""What a command can be told besides whose session is meant."""


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions."""
    for command in Command:
        hass.services.async_register(
            DOMAIN,
            command,
            _async_command,
            schema=cv.make_entity_service_schema(_FIELDS.get(command)),
            supports_response=SupportsResponse.OPTIONAL,
        )
    hass.services.async_register(
        DOMAIN,
        SERVICE_SAY,
        _async_say,
        schema=cv.make_entity_service_schema(None),
        supports_response=SupportsResponse.OPTIONAL,
    )
    hass.services.async_register(
        DOMAIN,
        SERVICE_GET_PLAN,
        _async_get_plan,
        schema=cv.make_entity_service_schema(_ROUTINE),
        supports_response=SupportsResponse.ONLY,
    )


async def _async_command(call: ServiceCall) -> ServiceResponse:
    """Give a command to everyone targeted.

    Where several persons are, those for whom it makes no sense now are left alone,
    so that "stop" stops whoever is exercising. It is refused if it makes sense for
    nobody.
    """
    command = Command(call.service)
    coordinators = await _async_targeted(call, POLICY_CONTROL)
    able = [each for each in coordinators if command in each.allowed]
    await _async_all(
        [
            each.async_command(
                command,
                routine=call.data.get(ATTR_ROUTINE),
                reason=call.data.get(ATTR_REASON),
            )
            for each in able or coordinators
        ]
    )
    return _answer(call.hass, coordinators, _progress)


async def _async_say(call: ServiceCall) -> ServiceResponse:
    """Play the test sentence on everyone's speakers."""
    coordinators = await _async_targeted(call, POLICY_CONTROL)
    results = await _async_all([each.async_say() for each in coordinators])
    said = dict(zip(coordinators, results, strict=True))
    return _answer(call.hass, coordinators, said.__getitem__)


async def _async_get_plan(call: ServiceCall) -> ServiceResponse:
    """Return what everyone would do today."""
    routine = call.data.get(ATTR_ROUTINE)
    coordinators = await _async_targeted(call, POLICY_READ)
    return _answer(call.hass, coordinators, lambda each: each.async_plan(routine))


async def _async_all[ResultT](
    doing: list[Coroutine[Any, Any, ResultT]],
) -> list[ResultT]:
    """Do all of it, then raise the first error there was."""
    results = await asyncio.gather(*doing, return_exceptions=True)
    done: list[ResultT] = []
    for result in results:
        if isinstance(result, BaseException):
            raise result
        done.append(result)
    return done


async def _async_targeted(call: ServiceCall, policy: str) -> list[Coordinator]:
    """Return the persons that are targeted, without those whose entry isn't loaded.

    Raises ServiceValidationError where none are left, Unauthorized where the user
    may not do this with the entities of one of them.
    """
    entry_ids = await async_extract_config_entry_ids(call)
    entries: list[BackExerciseConfigEntry] = [
        entry
        for entry in call.hass.config_entries.async_entries(DOMAIN)
        if entry.entry_id in entry_ids
    ]
    if not entries:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="not_ours"
        )
    await _async_check_permission(call, entries, policy)
    loaded = [each for each in entries if each.state is ConfigEntryState.LOADED]
    if not loaded:
        # says so, in the words of Home Assistant
        async_get_config_entry(call.hass, DOMAIN, entries[0].entry_id)
    return [entry.runtime_data for entry in loaded]


async def _async_check_permission(
    call: ServiceCall, entries: list[BackExerciseConfigEntry], policy: str
) -> None:
    """Raise Unauthorized where a user may not use all entities of a person."""
    if not call.context.user_id:
        return
    user = await call.hass.auth.async_get_user(call.context.user_id)
    if user is None:
        raise UnknownUser(context=call.context)
    registry = er.async_get(call.hass)
    for entry in entries:
        for entity in er.async_entries_for_config_entry(registry, entry.entry_id):
            if not user.permissions.check_entity(entity.entity_id, policy):
                raise Unauthorized(
                    context=call.context,
                    entity_id=entity.entity_id,
                    permission=policy,
                )


def _progress(coordinator: Coordinator) -> JsonObjectType:
    """Return where a person's session is."""
    session = coordinator.data.session
    routine = session.routine if session else coordinator.data.routine
    return {
        "state": session.state.value if session else "idle",
        "routine": routine.value,
        "exercise": session.exercise or session.next_exercise if session else None,
        "allowed": [command.value for command in sorted(coordinator.allowed)],
    }


def _answer(
    hass: HomeAssistant,
    coordinators: list[Coordinator],
    answer_of: Callable[[Coordinator], JsonObjectType],
) -> ServiceResponse:
    """Return an answer for each person, by the id of their device."""
    registry = dr.async_get(hass)
    answers: JsonObjectType = {}
    for coordinator in coordinators:
        entry = coordinator.config_entry
        device = registry.async_get_device_by_identifier(
            (DOMAIN, str(entry.unique_id)), entry.entry_id
        )
        if device:
            answers[device.id] = {"name": entry.title, **answer_of(coordinator)}
    return answers
