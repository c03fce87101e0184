"""Asks who does the exercises, and how the sessions are to be spoken."""

from collections.abc import Mapping
from typing import Any, Final, override
from uuid import uuid4

from homeassistant.config_entries import (
    ConfigEntry,
    ConfigFlow,
    ConfigFlowResult,
    OptionsFlow,
)
from homeassistant.const import CONF_NAME
from homeassistant.core import callback
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntitySelector,
    EntitySelectorConfig,
    TextSelector,
)
from homeassistant.util import dt as dt_util
import voluptuous as vol

from .const import (
    CONF_ACCEPTED,
    CONF_CLINICIAN_AGREED,
    CONF_ENGINE,
    CONF_MODE,
    CONF_PERSON,
    CONF_ROUTINE,
    CONF_SPEAKERS,
    CONF_SPEECH,
    CONF_VOICE,
    CONF_VOLUME,
    DOMAIN,
)
from .engine.catalogue import Routine
from .speech_steps import CLINICIAN_FIELD, MODE_FIELD, Answers, Fields, SpeechSteps
from .wiring import Mode

PERSON: Final = "person"

DEFAULTS: Final[Mapping[str, Any]] = {
    CONF_SPEAKERS: [],
    CONF_ENGINE: None,
    CONF_VOICE: None,
    CONF_VOLUME: None,
    CONF_MODE: Mode.TRACK.value,
    CONF_CLINICIAN_AGREED: False,
    CONF_ROUTINE: Routine.BEGINNER.value,
    CONF_SPEECH: True,
}
"""Options of a new entry; its language depends on the household and the engine."""

_PERSON_FIELDS: Final[Fields] = {
    vol.Required(CONF_NAME): TextSelector(),
    vol.Optional(CONF_PERSON): EntitySelector(
        EntitySelectorConfig(filter={"domain": PERSON})
    ),
}
_ACCEPTED_FIELD: Final[Fields] = {
    vol.Required(CONF_ACCEPTED, default=False): BooleanSelector()
}


class BackExerciseConfigFlow(SpeechSteps, ConfigFlow, domain=DOMAIN):
    """Sets up one person: who it is, then how the sessions are spoken."""

    VERSION = 1
    MINOR_VERSION = 1

    more = MODE_FIELD | CLINICIAN_FIELD

    _who: Mapping[str, Any]

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> OptionsFlow:
        return BackExerciseOptionsFlow()

    @property
    @override
    def stored(self) -> Mapping[str, Any]:
        return DEFAULTS

    @override
    async def async_step_user(
        self, user_input: Answers | None = None
    ) -> ConfigFlowResult:
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = self._check_person(user_input)
            if not user_input[CONF_ACCEPTED]:
                errors[CONF_ACCEPTED] = "not_accepted"
            if not errors:
                await self.async_set_unique_id(uuid4().hex)
                accepted = dt_util.utcnow().isoformat()
                self._who = {**_person(user_input), CONF_ACCEPTED: accepted}
                return await self.async_step_voice()
        return self.async_show_form(
            step_id="user",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema({**_PERSON_FIELDS, **_ACCEPTED_FIELD}), user_input
            ),
            errors=errors,
        )

    @override
    async def async_step_finish(self, _: Answers | None = None) -> ConfigFlowResult:
        return self.async_create_entry(
            title=self._who[CONF_NAME], data=self._who, options=self.options
        )

    async def async_step_reconfigure(
        self, user_input: Answers | None = None
    ) -> ConfigFlowResult:
        """Change who it is; the diary stays."""
        entry = self._get_reconfigure_entry()
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = self._check_person(user_input, entry)
            if not errors:
                kept = {k: v for k, v in entry.data.items() if k != CONF_PERSON}
                person = _person(user_input)
                return self.async_update_and_abort(
                    entry, title=person[CONF_NAME], data={**kept, **person}
                )
        shown = {**entry.data, CONF_NAME: entry.title}
        return self.async_show_form(
            step_id="reconfigure",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema({**_PERSON_FIELDS}),
                shown if user_input is None else user_input,
            ),
            errors=errors,
        )

    def _check_person(
        self, user_input: Answers, entry: ConfigEntry | None = None
    ) -> dict[str, str]:
        """Return the errors in who it is said to be."""
        errors: dict[str, str] = {}
        others = self._async_current_entries(include_ignore=False)
        others = [other for other in others if other is not entry]
        name = user_input[CONF_NAME].strip()
        if not name:
            errors[CONF_NAME] = "name_missing"
        elif name.casefold() in {other.title.casefold() for other in others}:
            errors[CONF_NAME] = "name_taken"
        if person := user_input.get(CONF_PERSON):
            state = self.hass.states.get(person)
            if state is None or state.domain != PERSON:
                errors[CONF_PERSON] = "person_unknown"
            elif person in {other.data.get(CONF_PERSON) for other in others}:
                errors[CONF_PERSON] = "person_taken"
        return errors


class BackExerciseOptionsFlow(SpeechSteps, OptionsFlow):
    """Changes how the sessions are spoken, and what may be started."""

    more = MODE_FIELD

    @property
    @override
    def stored(self) -> Mapping[str, Any]:
        return {**DEFAULTS, **self.config_entry.options}

    async def async_step_init(self, _: Answers | None = None) -> ConfigFlowResult:
        """Ask what is to be changed."""
        steps = {
            "voice": True,
            "language": self.options[CONF_ENGINE],
            "test": self.options[CONF_SPEAKERS],
            "clinician": True,
        }
        return self.async_show_menu(
            step_id="init",
            menu_options=[step for step, has_use in steps.items() if has_use],
        )

    async def async_step_clinician(
        self, user_input: Answers | None = None
    ) -> ConfigFlowResult:
        """Ask whether more than the beginner routine may be started."""
        if user_input is not None:
            self.answers |= user_input
            return await self.async_step_finish()
        return self.async_show_form(
            step_id="clinician",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema({**CLINICIAN_FIELD}), self.options
            ),
        )

    @override
    async def async_step_finish(self, _: Answers | None = None) -> ConfigFlowResult:
        return self.async_create_entry(data=self.options)


def _person(user_input: Answers) -> dict[str, str]:
    """Return who it is, as it is stored."""
    person: dict[str, str] = {CONF_NAME: user_input[CONF_NAME].strip()}
    if linked := user_input.get(CONF_PERSON):
        person[CONF_PERSON] = linked
    return person
