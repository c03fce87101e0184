"""The steps of the options about the programme: its rules, its limits, its routine."""

from abc import abstractmethod
from typing import Final

from homeassistant.components.input_number import DOMAIN as INPUT_NUMBER
from homeassistant.components.number import (
    ATTR_MAX,
    ATTR_MIN,
    DEFAULT_MAX_VALUE,
    DEFAULT_MIN_VALUE,
    DOMAIN as NUMBER,
)
from homeassistant.config_entries import ConfigEntryBaseFlow, ConfigFlowResult
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import EntitySelector, EntitySelectorConfig
import voluptuous as vol

from .choices import name_of
from .const import CONF_PAIN_INPUT, DOMAIN
from .coordinator import BackExerciseConfigEntry, Coordinator
from .engine.diary import Payload
from .engine.programme import Programme
from .pain_input import HIGHEST, LOWEST
from .rule_answers import (
    GROUPS,
    NotAllowed,
    changed_limits,
    changed_settings,
    limit_fields,
    limit_ranges,
    present_limits,
    routine_fields,
    setting_fields,
    setting_ranges,
    wish_of,
)
from .screen_steps import Answers, Fields
from .texts import async_message

_PAIN_FIELD: Final[Fields] = {
    vol.Optional(CONF_PAIN_INPUT): EntitySelector(
        EntitySelectorConfig(filter={"domain": [INPUT_NUMBER, NUMBER]})
    )
}


class RuleSteps(ConfigEntryBaseFlow):
    """From `rules`, `limits` and `programme` into the diary, and `pain_input`."""

    answers: Answers
    """What is to be changed in the options."""

    @property
    @abstractmethod
    def entry(self) -> BackExerciseConfigEntry:
        """The person's entry."""

    @property
    @abstractmethod
    def coordinator(self) -> Coordinator:
        """The door to the person's diary."""

    @property
    @abstractmethod
    def programme(self) -> Programme:
        """What follows from the diary."""

    @abstractmethod
    async def async_step_finish(self, _: Answers | None = None) -> ConfigFlowResult:
        """Store the options."""

    # The rules

    async def async_step_rules(self, _: Answers | None = None) -> ConfigFlowResult:
        """Ask which of the rules is to be changed."""
        return self.async_show_menu(step_id="rules", menu_options=[*GROUPS])

    async def async_step_pace(
        self, user_input: Answers | None = None
    ) -> ConfigFlowResult:
        """Ask how quickly a session goes."""
        return await self._ask_settings("pace", user_input)

    async def async_step_thresholds(
        self, user_input: Answers | None = None
    ) -> ConfigFlowResult:
        """Ask from which pain on there is less, or nothing."""
        return await self._ask_settings("thresholds", user_input)

    async def async_step_progress(
        self, user_input: Answers | None = None
    ) -> ConfigFlowResult:
        """Ask what it takes until something gets harder."""
        return await self._ask_settings("progress", user_input)

    async def async_step_week(
        self, user_input: Answers | None = None
    ) -> ConfigFlowResult:
        """Ask for the aims of a week and the length of a session."""
        return await self._ask_settings("week", user_input)

    async def async_step_about_you(
        self, user_input: Answers | None = None
    ) -> ConfigFlowResult:
        """Ask what the programme has to know of the person."""
        return await self._ask_settings("about_you", user_input)

    async def _ask_settings(
        self, group: str, user_input: Answers | None
    ) -> ConfigFlowResult:
        settings = self.programme.settings
        refused: NotAllowed | None = None
        if user_input is not None:
            try:
                changes = changed_settings(settings, group, user_input)
                return await self._record(*changes)
            except NotAllowed as err:
                refused = err
        return self._ask(
            group,
            setting_fields(settings, group),
            user_input,
            refused,
            setting_ranges(group),
        )

    # The person's own limits

    async def async_step_limits(
        self, user_input: Answers | None = None
    ) -> ConfigFlowResult:
        """Ask what is to be left out, and of what there may be no more."""
        catalogue = self.coordinator.catalogue
        settings = self.programme.settings
        refused: NotAllowed | None = None
        if user_input is not None:
            try:
                changes = changed_limits(settings, catalogue, user_input)
                return await self._record(*changes)
            except NotAllowed as err:
                refused = err
        return self._ask(
            "limits",
            limit_fields(catalogue),
            present_limits(settings) if user_input is None else user_input,
            refused,
            limit_ranges(catalogue),
        )

    # The routine

    async def async_step_programme(
        self, user_input: Answers | None = None
    ) -> ConfigFlowResult:
        """Ask for the routine that the programme is to be at."""
        programme = self.programme
        refused: NotAllowed | None = None
        if user_input is not None:
            try:
                wish = wish_of(programme, user_input)
                return await self._record(*filter(None, (wish,)))
            except NotAllowed as err:
                refused = err
        return self._ask("programme", routine_fields(programme), user_input, refused)

    async def _record(self, *payloads: Payload) -> ConfigFlowResult:
        """Record what changed, and end. Raises NotAllowed where that is refused."""
        try:
            if payloads:
                await self.coordinator.async_record(*payloads, source="options")
        except ServiceValidationError as err:
            reason = await async_message(self.hass, err)
            raise NotAllowed("base", "refused", reason=reason) from err
        except HomeAssistantError as err:
            error = await async_message(self.hass, err)
            raise NotAllowed("base", "not_recorded", error=error) from err
        return await self.async_step_finish()

    # Where pain is entered

    async def async_step_pain_input(
        self, user_input: Answers | None = None
    ) -> ConfigFlowResult:
        """Ask for a helper whose changes are ratings of pain."""
        refused: NotAllowed | None = None
        if user_input is None:
            chosen: str | None = self.entry.options.get(CONF_PAIN_INPUT)
        else:
            chosen = user_input.get(CONF_PAIN_INPUT)
            try:
                if chosen:
                    self._check_pain_input(chosen)
            except NotAllowed as err:
                refused = err
            else:
                self.answers[CONF_PAIN_INPUT] = chosen
                return await self.async_step_finish()
        given = {CONF_PAIN_INPUT: chosen} if chosen else {}
        return self._ask("pain_input", {**_PAIN_FIELD}, given, refused)

    def _check_pain_input(self, entity_id: str) -> None:
        """Refuse what can't tell this person's ratings. Raises NotAllowed."""

        def refused(error: str, **about: str) -> NotAllowed:
            about["entity"] = name_of(self.hass, entity_id)
            return NotAllowed(CONF_PAIN_INPUT, error, **about)

        state = self.hass.states.get(entity_id)
        if state is None:
            raise refused("pain_input_unknown")
        registered = er.async_get(self.hass).async_get(entity_id)
        is_ours = registered is not None and registered.platform == DOMAIN
        if is_ours or state.domain not in (INPUT_NUMBER, NUMBER):
            raise refused("pain_input_unsuitable")
        low = state.attributes.get(ATTR_MIN, DEFAULT_MIN_VALUE)
        high = state.attributes.get(ATTR_MAX, DEFAULT_MAX_VALUE)
        if low < LOWEST or high > HIGHEST:
            raise refused("pain_input_range", range=f"{low:g}–{high:g}")
        for other in self.hass.config_entries.async_entries(DOMAIN):
            is_taken = other.options.get(CONF_PAIN_INPUT) == entity_id
            if is_taken and other is not self.entry:
                raise refused("pain_input_taken", name=other.title)

    def _ask(
        self,
        step: str,
        fields: Fields,
        given: Answers | None,
        refused: NotAllowed | None,
        about: dict[str, str] | None = None,
    ) -> ConfigFlowResult:
        return self.async_show_form(
            step_id=step,
            data_schema=self.add_suggested_values_to_schema(vol.Schema(fields), given),
            errors={refused.field: refused.error} if refused else {},
            description_placeholders={
                **(about or {}),
                **(refused.about if refused else {}),
            },
        )
