"""The steps of the safety screen, which set-up, options and repairs have in common."""

from abc import abstractmethod
from collections.abc import Awaitable, Callable
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntryState
from homeassistant.data_entry_flow import (
    AbortFlow,
    FlowContext,
    FlowHandler,
    FlowResult,
)
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.selector import (
    BooleanSelector,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)
from homeassistant.util import dt as dt_util
import voluptuous as vol

from .coordinator import BackExerciseConfigEntry, Coordinator
from .engine.diary import Screen, ScreenForm
from .engine.programme import Programme
from .engine.screen import CAUTION, LISTS
from .texts import async_message

CONF_EMERGENCY: Final = "emergency"
CONF_URGENT: Final = "urgent"
CONF_CAUTION: Final = "caution"
CONF_ASSESSED: Final = "assessed"
CONF_AGREED: Final = "clinician_agreed"
CONF_ADVICE_TAKEN: Final = "advice_taken"

type Answers = dict[str, Any]
type Fields = dict[vol.Marker, object]

_SCREEN_FIELDS: Final[Fields] = {
    vol.Optional(name, default=list): SelectSelector(
        SelectSelectorConfig(
            options=[*items],
            multiple=True,
            mode=SelectSelectorMode.LIST,
            translation_key="screen_item",
        )
    )
    for name, items in LISTS.items()
}


def confirmation(name: str) -> Fields:
    """Return the field of something that is only so where it is ticked."""
    return {vol.Optional(name, default=False): BooleanSelector()}


class ScreenSteps[C: FlowContext, R: FlowResult[Any, Any]](FlowHandler[C, R]):
    """From `screen` over what it comes to, to `screened`, which each flow has its own.

    A sign that needs help is met with what to do, whatever else was marked; caution
    items with the question whether a clinician agreed; a soft lock with the question
    whether advice was taken.
    """

    _has_answered: bool = False
    """The list was gone through in this flow."""

    @property
    @abstractmethod
    def programme(self) -> Programme:
        """What follows from the diary and the answers so far."""

    @abstractmethod
    async def take(self, answers: Screen) -> None:
        """Take answers into account.

        Raises HomeAssistantError where they could not be saved.
        """

    @abstractmethod
    async def async_step_screened(self, _: Answers | None = None) -> R:
        """Go on once everything is answered."""

    async def async_step_screen(self, user_input: Answers | None = None) -> R:
        """Ask for everything that may stand against exercising."""
        if user_input is None:
            return self._show_screen()
        flags = tuple(flag for name in LISTS for flag in user_input[name])
        answers = Screen(
            form=ScreenForm.FULL,
            flags=flags,
            assessed=user_input.get(CONF_ASSESSED, False),
        )
        if error := await self._take(answers):
            return self._show_screen(user_input, error)
        self._has_answered = True
        screening = self.programme.screening
        if screening.emergency:
            return await self.async_step_emergency()
        if screening.urgent:
            return await self.async_step_urgent()
        if screening.caution:
            return await self.async_step_caution()
        return await self._to_advice()

    def _show_screen(self, given: Answers | None = None, error: str | None = None) -> R:
        screening = self.programme.screening
        fields = dict(_SCREEN_FIELDS)
        if screening.emergency or screening.urgent:
            fields = confirmation(CONF_ASSESSED) | fields
        # caution items last; what else was marked then may have passed
        known = [item for item in CAUTION if item in screening.marked]
        return self._show("screen", fields, given or {CONF_CAUTION: known}, error)

    async def async_step_emergency(self, user_input: Answers | None = None) -> R:
        """Say what to do about signs of an emergency."""
        return await self._show_sign(CONF_EMERGENCY, user_input)

    async def async_step_urgent(self, user_input: Answers | None = None) -> R:
        """Say what to do about signs that are to be seen today."""
        return await self._show_sign(CONF_URGENT, user_input)

    async def _show_sign(self, step: str, user_input: Answers | None) -> R:
        if user_input is None:
            return self._show(step, {})
        if self._has_answered:
            return await self.async_step_screened()
        return await self.async_step_screen()

    async def async_step_caution(self, user_input: Answers | None = None) -> R:
        """Ask whether a clinician agreed (G-3)."""
        agreed = Screen(form=ScreenForm.AGREEMENT, clinician_agreed=True)
        return await self._confirm(
            CONF_CAUTION, CONF_AGREED, agreed, self._to_advice, user_input
        )

    async def _to_advice(self) -> R:
        if self.programme.soft_lock:
            return await self.async_step_advice_taken()
        return await self.async_step_screened()

    async def async_step_advice_taken(self, user_input: Answers | None = None) -> R:
        """Ask whether the advice of a professional was taken (S-5, S-6, L-6)."""
        taken = Screen(form=ScreenForm.AGREEMENT, advice_taken=True)
        return await self._confirm(
            "advice_taken",
            CONF_ADVICE_TAKEN,
            taken,
            self.async_step_screened,
            user_input,
        )

    async def _confirm(
        self,
        step: str,
        field: str,
        answers: Screen,
        go_on: Callable[[], Awaitable[R]],
        user_input: Answers | None,
    ) -> R:
        """Ask for a confirmation; without it everything stays as it is."""
        if user_input is None:
            return self._show(step, confirmation(field))
        if user_input[field] and (error := await self._take(answers)):
            return self._show(step, confirmation(field), user_input, error)
        return await go_on()

    async def _take(self, answers: Screen) -> str | None:
        """Take answers; return why they could not be saved."""
        try:
            await self.take(answers)
        except HomeAssistantError as err:
            return await async_message(self.hass, err)
        return None

    def _show(
        self,
        step: str,
        fields: Fields,
        given: Answers | None = None,
        error: str | None = None,
    ) -> R:
        return self.async_show_form(
            step_id=step,
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema(fields), given or {}
            ),
            errors={"base": "not_recorded"} if error else {},
            description_placeholders={"error": error or ""},
        )


class RecordedScreenSteps[C: FlowContext, R: FlowResult[Any, Any]](ScreenSteps[C, R]):
    """The steps for somebody whose diary is open: every answer is recorded at once.

    So signs lock from the moment they were marked, whether or not the flow is ended.
    """

    recorded_as: str
    """The source of the answers."""

    @property
    @abstractmethod
    def coordinator(self) -> Coordinator:
        """The door to the person's diary."""

    @property
    @override
    def programme(self) -> Programme:
        return self.coordinator.diary.at(dt_util.utcnow())

    @override
    async def take(self, answers: Screen) -> None:
        await self.coordinator.async_screen(answers, source=self.recorded_as)


def coordinator_of(entry: BackExerciseConfigEntry) -> Coordinator:
    """Return the door to a person's diary.

    Raises AbortFlow where the entry is not loaded.
    """
    if entry.state is not ConfigEntryState.LOADED:
        raise AbortFlow("not_loaded")
    return entry.runtime_data
