"""Asks who does the exercises, what stands against it, and how it is spoken."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, override
from uuid import uuid4

from homeassistant.config_entries import (
    ConfigEntry,
    ConfigFlow,
    ConfigFlowContext,
    ConfigFlowResult,
    ConfigSubentryFlow,
    OptionsFlow,
)
from homeassistant.const import CONF_NAME
from homeassistant.core import callback, split_entity_id
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntitySelector,
    EntitySelectorConfig,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
)
from homeassistant.util import dt as dt_util
import voluptuous as vol

from .const import (
    CONF_ACCEPTED,
    CONF_ENGINE,
    CONF_MODE,
    CONF_PERSON,
    CONF_ROUTINE,
    CONF_SPEAKERS,
    CONF_SPEECH,
    CONF_VOICE,
    CONF_VOLUME,
    DOMAIN,
    ENTRY_VERSION,
    REMINDER,
)
from .coordinator import BackExerciseConfigEntry, Coordinator, load_catalogue
from .diary import Diary
from .engine.catalogue import Catalogue
from .engine.decision import Outcome, explain
from .engine.diary import Payload, ProgrammeSet, Screen, ScreenForm, Setting
from .engine.plan import CheckIn
from .engine.programme import Programme, new_programme
from .engine.rules.hand import x1
from .engine.screen import screened
from .phrases import async_load_phrases
from .reminder_steps import FirstReminderSteps, ReminderFlow, ReminderSteps
from .rule_answers import NotAllowed, routine_fields, wish_of
from .rule_steps import RuleSteps
from .satellite import SATELLITE
from .screen_steps import (
    CONF_AGREED,
    Answers,
    Fields,
    RecordedScreenSteps,
    ScreenSteps,
    coordinator_of,
)
from .speech_steps import SpeechSteps
from .texts import async_message, async_texts
from .unowned import Unowned, async_discard, async_unowned
from .wiring import Mode

PERSON: Final = "person"
SOURCE: Final = "flow"
CONF_DIARY: Final = "diary"
NEW: Final = "new"

DEFAULTS: Final[Mapping[str, Any]] = {
    CONF_SPEAKERS: [],
    CONF_ENGINE: None,
    CONF_VOICE: None,
    CONF_VOLUME: None,
    CONF_MODE: Mode.TRACK.value,
    CONF_ROUTINE: None,
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


class BackExerciseConfigFlow(
    SpeechSteps,
    FirstReminderSteps,
    ScreenSteps[ConfigFlowContext, ConfigFlowResult],
    ConfigFlow,
    domain=DOMAIN,
):
    """Sets up one person: who it is, the safety screen, how the sessions are spoken.

    What is told of health is kept here until the end, and then goes into the diary
    alone. A flow that is not ended leaves nothing.
    """

    VERSION = ENTRY_VERSION
    MINOR_VERSION = 1

    _who: Mapping[str, Any]
    _catalogue: Catalogue
    _unowned: Mapping[str, Unowned]
    """The diaries that may be taken over, by their ids."""
    _is_new: bool
    """Nothing was ever recorded in the diary."""
    _recorded: Programme
    """What follows from the diary as it is."""
    _programme: Programme
    _screen: Screen
    _wish: ProgrammeSet | None
    """The routine to begin with, where it is another than the programme's."""

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> OptionsFlow:
        return BackExerciseOptionsFlow()

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: ConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        return {REMINDER: ReminderFlow}

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
                accepted = dt_util.utcnow().isoformat()
                self._who = {**_person(user_input), CONF_ACCEPTED: accepted}
                return await self._choose_diary()
        return self.async_show_form(
            step_id="user",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema({**_PERSON_FIELDS, **_ACCEPTED_FIELD}), user_input
            ),
            errors=errors,
        )

    # The diary

    async def _choose_diary(self) -> ConfigFlowResult:
        self._catalogue = await self.hass.async_add_executor_job(load_catalogue)
        unowned = await async_unowned(self.hass)
        self._unowned = {each.diary_id: each for each in unowned}
        if unowned:
            return await self.async_step_diary()
        return await self._begin_diary()

    async def _begin_diary(self) -> ConfigFlowResult:
        await self.async_set_unique_id(uuid4().hex)
        return await self._screen_for(new_programme(self._catalogue), is_new=True)

    async def async_step_diary(
        self, user_input: Answers | None = None
    ) -> ConfigFlowResult:
        """Ask whether to begin a diary, or to go on with one that is there."""
        error = ""
        if user_input is not None:
            diary_id = user_input[CONF_DIARY]
            if diary_id == NEW:
                return await self._begin_diary()
            await self.async_set_unique_id(diary_id)
            self._abort_if_unique_id_configured(error="diary_taken")
            try:
                return await self._go_on_with(diary_id)
            except HomeAssistantError as err:
                error = await async_message(self.hass, err)
        return self.async_show_form(
            step_id="diary",
            data_schema=vol.Schema(await self._diary_field()),
            errors={CONF_DIARY: "not_opened"} if error else {},
            description_placeholders={"error": error},
        )

    async def _diary_field(self) -> Fields:
        texts = await async_texts(self.hass, CONF_DIARY)
        options = [SelectOptionDict(value=NEW, label=texts[NEW])]
        chosen = NEW
        for each in self._unowned.values():
            label = texts["found" if each.name else "damaged"].format(
                name=each.name,
                entries=each.entries,
                last=dt_util.as_local(each.last).date().isoformat(),
            )
            options.append(SelectOptionDict(value=each.diary_id, label=label))
            name = self._who[CONF_NAME]
            if chosen == NEW and (each.name or "").casefold() == name.casefold():
                chosen = each.diary_id
        selector = SelectSelector(
            SelectSelectorConfig(
                options=options,
                mode=SelectSelectorMode.LIST,
                translation_key=CONF_DIARY,
            )
        )
        return {vol.Required(CONF_DIARY, default=chosen): selector}

    async def _go_on_with(self, diary_id: str) -> ConfigFlowResult:
        name = self._who[CONF_NAME]
        diary = await Diary.async_open(self.hass, diary_id, name, self._catalogue)
        programme = diary.at(dt_util.utcnow())
        await diary.async_close()
        return await self._screen_for(programme, is_new=diary.is_new)

    # The screen

    async def _screen_for(
        self, programme: Programme, *, is_new: bool
    ) -> ConfigFlowResult:
        self._recorded = self._programme = programme
        self._is_new = is_new
        self._wish = None
        return await self.async_step_screen()

    @property
    @override
    def programme(self) -> Programme:
        return self._programme

    @override
    async def take(self, answers: Screen) -> None:
        if answers.form is ScreenForm.FULL:
            self._screen = answers
        elif answers.clinician_agreed:
            self._screen = replace(self._screen, clinician_agreed=True)
        else:
            self._screen = replace(self._screen, advice_taken=True)
        programme = self._recorded.copy()
        today = dt_util.now().date()
        programme.screening = screened(programme.screening, self._screen, today)
        if self._screen.advice_taken:
            programme.soft_lock = None
        self._programme = programme

    @override
    async def async_step_screened(self, _: Answers | None = None) -> ConfigFlowResult:
        return await self.async_step_voice()

    # Speech, and the routine to begin with

    @property
    @override
    def stored(self) -> Mapping[str, Any]:
        return DEFAULTS

    @property
    @override
    def more_fields(self) -> Fields:
        return super().more_fields | routine_fields(self._programme)

    @property
    @override
    def more_answers(self) -> Answers:
        wish = self._wish
        chosen = {
            CONF_ROUTINE: wish.routine if wish else self._programme.routine.value,
            CONF_AGREED: wish is not None and wish.clinician_agreed,
        }
        return super().more_answers | chosen

    @override
    async def async_take_more(self, answers: Answers) -> None:
        await super().async_take_more(answers)
        self._wish = None
        wish = wish_of(self._programme, answers)
        if wish is None:
            return
        for decision in x1(
            self._programme, self._catalogue, wish, dt_util.now().date()
        ):
            if decision.outcome is Outcome.REFUSED:
                phrases = await async_load_phrases(self.hass, self.hass.config.language)
                reason = explain(decision, phrases.words)
                raise NotAllowed(CONF_ROUTINE, "routine_refused", reason=reason)
        self._wish = wish

    # The end

    @override
    async def async_step_finish(self, _: Answers | None = None) -> ConfigFlowResult:
        return await self.async_step_reminder()

    @override
    async def async_step_reminded(self, _: Answers | None = None) -> ConfigFlowResult:
        self._abort_if_unique_id_configured(error="diary_taken")
        try:
            await self._record()
        except HomeAssistantError as err:
            error = await async_message(self.hass, err)
            return self.async_show_form(
                step_id="unsaved",
                data_schema=vol.Schema({}),
                description_placeholders={"error": error},
            )
        return self.async_create_entry(
            title=self._who[CONF_NAME],
            data=self._who,
            options=self.options,
            subentries=[self.first_reminder] if self.first_reminder else (),
        )

    async def async_step_unsaved(self, _: Answers | None = None) -> ConfigFlowResult:
        """Try once more to record what was answered."""
        return await self.async_step_reminded()

    async def _record(self) -> None:
        """Record what was answered. Raises HomeAssistantError where that fails."""
        diary_id, name = str(self.unique_id), self._who[CONF_NAME]
        try:
            diary = await Diary.async_open(self.hass, diary_id, name, self._catalogue)
            try:
                await diary.async_add(*self._payloads(), source=SOURCE)
            finally:
                await diary.async_close()
        except HomeAssistantError:
            if diary_id not in self._unowned:
                await async_discard(self.hass, diary_id)
            raise

    def _payloads(self) -> list[Payload]:
        payloads: list[Payload] = [self._screen]
        if self._is_new:
            speakers = self.options[CONF_SPEAKERS]
            domains = {split_entity_id(speaker)[0] for speaker in speakers}
            listens = SATELLITE in domains
            check_in = CheckIn.EACH_EXERCISE if listens else CheckIn.START_AND_END
            payloads.append(Setting(name="check_in", value=check_in.value))
        if self._wish:
            payloads.append(self._wish)
        return payloads

    # Who it is

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


class BackExerciseOptionsFlow(
    SpeechSteps,
    RecordedScreenSteps[ConfigFlowContext, ConfigFlowResult],
    RuleSteps,
    ReminderSteps,
    OptionsFlow,
):
    """Changes how the sessions are spoken, and what the programme goes by."""

    recorded_as = "options"

    @property
    @override
    def entry(self) -> BackExerciseConfigEntry:
        return self.config_entry

    @property
    @override
    def coordinator(self) -> Coordinator:
        return coordinator_of(self.entry)

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
            "screen": True,
            "programme": True,
            "rules": True,
            "limits": True,
            "pain_input": True,
            "reminders": True,
        }
        return self.async_show_menu(
            step_id="init",
            menu_options=[step for step, has_use in steps.items() if has_use],
        )

    @override
    async def async_step_screened(self, _: Answers | None = None) -> ConfigFlowResult:
        return await self.async_step_finish()

    @override
    async def async_step_finish(self, _: Answers | None = None) -> ConfigFlowResult:
        return self.async_create_entry(data=self.options)


def _person(user_input: Answers) -> dict[str, str]:
    """Return who it is, as it is stored."""
    person: dict[str, str] = {CONF_NAME: user_input[CONF_NAME].strip()}
    if linked := user_input.get(CONF_PERSON):
        person[CONF_PERSON] = linked
    return person
