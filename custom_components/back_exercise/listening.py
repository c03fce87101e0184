"""Has Home Assistant's conversation listen to what can be said to us.

It is done by its sentence triggers, as automations have them: they come before every
language model, and their form is public. A sentence that may mean anything is
registered only while it is meant for us.
"""

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any, Final

from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.const import CONF_COMMAND, CONF_PLATFORM
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.helpers.script import ScriptRunResult
from homeassistant.helpers.trigger import async_initialize_triggers
from homeassistant.setup import async_when_setup
from homeassistant.util.hass_dict import HassKey

from .const import CONF_PERSON, DOMAIN, LOGGER
from .coordinator import Coordinator
from .sentences import Said, Sentences, When, async_load_sentences
from .speaker import playing_entity
from .talk import Talk, reply
from .texts import async_message

CONVERSATION: Final = "conversation"  # not imported: it brings all of Assist

ISSUE: Final = "sentences_not_heard"


def moments_of(person: Coordinator) -> set[When]:
    """Return the moments, besides always, that there are for a person now."""
    moments = set[When]()
    if person.is_active:
        moments.add(When.IN_SESSION)
    if person.data.agenda.due:
        moments.add(When.WHEN_DUE)
    if person.scheduler.is_counting_down:
        moments.add(When.IN_COUNTDOWN)
    return moments


def names_of(hass: HomeAssistant, person: Coordinator) -> set[str]:
    """Return what a person is called, in small letters."""
    names = {person.name.casefold()}
    linked = person.config_entry.data.get(CONF_PERSON)
    if linked and (state := hass.states.get(linked)):
        names.add(state.name.casefold())
    return names | {f"{name}s" for name in names}


class Place:
    """Where something was said."""

    def __init__(
        self, hass: HomeAssistant, satellite: str | None, device_id: str | None
    ) -> None:
        """Know a place by the satellite or the device that has heard it."""
        self._hass = hass
        entity = er.async_get(hass).async_get(satellite) if satellite else None
        self._satellite = satellite
        self._device_id = entity.device_id if entity and entity.device_id else device_id
        self._area = self._area_of(entity.area_id if entity else None, self._device_id)

    def _area_of(self, area_id: str | None, device_id: str | None) -> str | None:
        if area_id or not device_id:
            return area_id
        device = dr.async_get(self._hass).async_get(device_id)
        return device.area_id if device else None

    def is_of(self, person: Coordinator) -> bool:
        """Return whether a person is spoken to there."""
        registry = er.async_get(self._hass)
        for speaker in person.wiring.speakers:
            if speaker == self._satellite:
                return True
            entity = registry.async_get(playing_entity(self._hass, speaker))
            if entity is None:
                continue
            if self._device_id and entity.device_id == self._device_id:
                return True
            area = self._area_of(entity.area_id, entity.device_id)
            if self._area and area == self._area:
                return True
        return False


class Listening:
    """What can be said to the persons of this Home Assistant now."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Listen for nobody yet."""
        self._hass = hass
        self._persons: dict[str, Coordinator] = {}
        self._unlisten: dict[str, CALLBACK_TYPE] = {}
        self._languages = frozenset[str]()
        self._sentences: dict[str, Sentences] = {}
        self._registered: dict[When, tuple[tuple[str, ...], CALLBACK_TYPE]] = {}
        self._turn = asyncio.Lock()
        self._answered: object = None
        self._is_there = False
        async_when_setup(hass, CONVERSATION, self._came)

    async def _came(self, _: HomeAssistant, __: str) -> None:
        self._is_there = True
        await self._follow()

    @callback
    def add(self, person: Coordinator) -> None:
        """Listen for a person, from now on."""
        key = person.config_entry.entry_id
        self._persons[key] = person
        self._unlisten[key] = person.async_add_listener(self._changed)
        self._changed()

    @callback
    def remove(self, person: Coordinator) -> None:
        """Listen for a person no longer."""
        key = person.config_entry.entry_id
        if self._persons.pop(key, None):
            self._unlisten.pop(key)()
            self._changed()

    @property
    def is_heard(self) -> bool:
        """Whether Home Assistant has taken sentences."""
        return bool(self._registered)

    @property
    def _moments(self) -> set[When]:
        """The moments that there are now, of one person or another."""
        moments = {When.ALWAYS} if self._persons else set[When]()
        for person in self._persons.values():
            moments |= moments_of(person)
        return moments

    @callback
    def _changed(self) -> None:
        if self._is_there and self._moments != self._registered.keys():
            self._hass.async_create_task(self._follow(), f"{DOMAIN} listening")

    async def _follow(self) -> None:
        """Have listened to what can be said now, and to nothing else."""
        async with self._turn:
            await self._load()
            moments = self._moments
            for when in When:
                templates = self._templates(when) if when in moments else ()
                present, unregister = self._registered.get(when, ((), None))
                if present == templates:
                    continue
                if unregister:
                    unregister()
                    del self._registered[when]
                if templates and (done := await self._register(templates)):
                    self._registered[when] = (templates, done)

    async def _load(self) -> None:
        """Load the sentences of the household and of everybody in it."""
        spoken = {person.wiring.language for person in self._persons.values()}
        wanted = frozenset({self._hass.config.language, *spoken})
        if wanted == self._languages:
            return
        loaded = [
            await async_load_sentences(self._hass, each) for each in sorted(wanted)
        ]
        self._languages = wanted
        self._sentences = {each.language: each for each in loaded}

    def _templates(self, when: When) -> tuple[str, ...]:
        templates = (
            template
            for sentences in self._sentences.values()
            for template in sentences.registered(when)
        )
        return tuple(dict.fromkeys(templates))

    async def _register(self, templates: tuple[str, ...]) -> CALLBACK_TYPE | None:
        """Register sentences; tell where Home Assistant doesn't take them."""
        config = {CONF_PLATFORM: CONVERSATION, CONF_COMMAND: [*templates]}
        try:
            done = await async_initialize_triggers(
                self._hass, [config], self._answer, DOMAIN, DOMAIN, LOGGER.log
            )
        except (AttributeError, HomeAssistantError, LookupError, TypeError) as err:
            LOGGER.warning("Nothing can be said to Back Exercise: %r", err)
            done = None
        if done:
            ir.async_delete_issue(self._hass, DOMAIN, ISSUE)
        else:
            ir.async_create_issue(
                self._hass,
                DOMAIN,
                ISSUE,
                is_fixable=False,
                severity=ir.IssueSeverity.WARNING,
                translation_key=ISSUE,
            )
        return done

    # What is said

    async def _answer(
        self, variables: Mapping[str, Any], _: Context | None = None
    ) -> ScriptRunResult:
        """Answer a sentence that one of the templates has met."""
        spoken = variables["trigger"]["user_input"]
        # a sentence may be one of several moments; it was said once
        utterance = (spoken["context"]["id"], spoken["text"])
        text = None
        if utterance != self._answered:
            self._answered = utterance
            text = await self._reply(spoken)
        return ScriptRunResult(
            conversation_response=text, service_response=None, variables={}
        )

    async def _reply(self, spoken: Mapping[str, Any]) -> str:
        text, satellite = spoken["text"], spoken.get("satellite_id")
        said, sentences = await self._understand(text, spoken.get("language"))
        if said is None:
            return str(sentences.answers["not_understood"])
        place = Place(self._hass, satellite, spoken.get("device_id"))
        named = said.slots.get("name")
        persons = [*self._candidates(named)]
        if named and not persons:
            return str(sentences.answers["unknown_person"]).format(
                name=named,
                names=", ".join(each.name for each in self._persons.values()),
            )
        if not persons:
            return str(sentences.answers["nobody"])
        here = [each for each in persons if place.is_of(each)]
        for choice in (here, persons):
            running = [each for each in choice if moments_of(each)]
            chosen = running if len(running) == 1 else choice
            if len(chosen) == 1:
                return await self._talk(chosen[0], said, sentences, spoken, place)
        return str(sentences.answers["for_whom"]).format(name=persons[0].name)

    async def _understand(
        self, text: str, language: str | None
    ) -> tuple[Said | None, Sentences]:
        """Return what was said, in the language that it was said in first."""
        first = (language or self._hass.config.language).partition("-")[0]
        order = sorted(self._sentences.values(), key=lambda s: s.language != first)
        moments = {*self._registered}
        for sentences in order:
            said = await self._hass.async_add_executor_job(
                sentences.understand, text, moments
            )
            if said:
                return said, sentences
        return None, order[0]

    def _candidates(self, named: str | None) -> Iterator[Coordinator]:
        """Yield the persons whom it may be about."""
        for person in self._persons.values():
            if named is None or named.casefold() in names_of(self._hass, person):
                yield person

    async def _talk(
        self,
        person: Coordinator,
        said: Said,
        sentences: Sentences,
        spoken: Mapping[str, Any],
        place: Place,
    ) -> str:
        talk = Talk(
            person=person,
            said=said,
            sentences=sentences,
            is_heard_there=place.is_of(person) and person.data.speech,
        )
        user_id = (spoken.get("context") or {}).get("user_id")
        if not await self._is_allowed(person, user_id):
            return str(sentences.answers["not_allowed"])
        try:
            return await reply(talk)
        except HomeAssistantError as err:
            return await async_message(self._hass, err, sentences.language)

    async def _is_allowed(self, person: Coordinator, user_id: str | None) -> bool:
        """Return whether a user may use a person's entities; a satellite's may."""
        user = await self._hass.auth.async_get_user(user_id) if user_id else None
        if user is None:
            return True
        registry = er.async_get(self._hass)
        entry_id = person.config_entry.entry_id
        return all(
            user.permissions.check_entity(entity.entity_id, POLICY_CONTROL)
            for entity in er.async_entries_for_config_entry(registry, entry_id)
        )


DATA_LISTENING: HassKey[Listening] = HassKey(f"{DOMAIN}_listening")


@callback
def async_listen_for(hass: HomeAssistant, person: Coordinator) -> CALLBACK_TYPE:
    """Have listened to what can be said to a person; return what ends that."""
    if DATA_LISTENING not in hass.data:
        hass.data[DATA_LISTENING] = Listening(hass)
    listening = hass.data[DATA_LISTENING]
    listening.add(person)
    return lambda: listening.remove(person)


@callback
def is_heard(hass: HomeAssistant) -> bool:
    """Return whether anything can be said to anybody now."""
    listening = hass.data.get(DATA_LISTENING)
    return listening is not None and listening.is_heard
