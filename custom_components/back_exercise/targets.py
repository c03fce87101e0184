"""Whom an action is about, and its answer for each of them."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Context, HomeAssistant, ServiceCall, ServiceResponse
from homeassistant.exceptions import Unauthorized, UnknownUser
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.service import (
    async_extract_config_entry_ids,
    async_get_config_entry,
)
from homeassistant.util.json import JsonObjectType

from .const import DOMAIN
from .coordinator import BackExerciseConfigEntry, Coordinator
from .refusal import refusal


async def async_all[ResultT](
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


def async_siblings(
    hass: HomeAssistant, entity_ids: Iterable[str], domain: str, key: str
) -> set[str]:
    """Return one entity of each person to whom some entities belong, by its key.

    Those of others are left out.
    """
    registry = er.async_get(hass)
    siblings = (
        registry.async_get_entity_id(domain, DOMAIN, f"{entry.unique_id}_{key}")
        for entity_id in entity_ids
        if (entry := async_entry_of(hass, entity_id))
    )
    return {each for each in siblings if each}


def async_entry_of(
    hass: HomeAssistant, entity_id: str
) -> BackExerciseConfigEntry | None:
    """Return the entry of the person to whom an entity belongs; None if not ours."""
    found = er.async_get(hass).async_get(entity_id)
    if found is None or found.platform != DOMAIN or found.config_entry_id is None:
        return None
    return hass.config_entries.async_get_entry(found.config_entry_id)


async def async_targeted(call: ServiceCall, policy: str) -> list[Coordinator]:
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
        raise refusal("not_ours")
    await async_check_permission(call.hass, call.context, entries, policy)
    loaded = [each for each in entries if each.state is ConfigEntryState.LOADED]
    if not loaded:
        # says so, in the words of Home Assistant
        async_get_config_entry(call.hass, DOMAIN, entries[0].entry_id)
    return [entry.runtime_data for entry in loaded]


async def async_check_permission(
    hass: HomeAssistant,
    context: Context,
    entries: Iterable[BackExerciseConfigEntry],
    policy: str,
) -> None:
    """Raise Unauthorized where a user may not use all entities of a person."""
    if not context.user_id:
        return
    user = await hass.auth.async_get_user(context.user_id)
    if user is None:
        raise UnknownUser(context=context)
    registry = er.async_get(hass)
    for entry in entries:
        for entity in er.async_entries_for_config_entry(registry, entry.entry_id):
            if not user.permissions.check_entity(entity.entity_id, policy):
                raise Unauthorized(
                    context=context,
                    entity_id=entity.entity_id,
                    permission=policy,
                )


def async_answer(
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
