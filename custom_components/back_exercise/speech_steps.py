"""The steps about speech, which the set-up and the options have in common."""

from abc import abstractmethod
import asyncio
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from homeassistant.config_entries import ConfigEntryBaseFlow, ConfigFlowResult
from homeassistant.data_entry_flow import section
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.selector import (
    LanguageSelector,
    LanguageSelectorConfig,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)
import voluptuous as vol

from .choices import (
    ENGINE,
    SPEAKERS,
    default_engine,
    find_engine,
    household_language,
    kind_of,
    languages_of,
    name_of,
    needs_engine,
    unfit,
    voices_of,
)
from .const import (
    CONF_ENGINE,
    CONF_LANGUAGE,
    CONF_MODE,
    CONF_SPEAKERS,
    CONF_VOICE,
    CONF_VOLUME,
    DOMAIN,
)
from .coordinator import BackExerciseConfigEntry
from .phrases import FALLBACK, choose_language, languages
from .preflight import check_address, check_free
from .rehearsal import async_rehearse
from .rule_answers import NotAllowed
from .screen_steps import Answers, Fields
from .texts import async_message, async_texts
from .wiring import Mode, Wiring, volume_of

CONF_HEARD: Final = "heard"
CONF_MORE: Final = "more"
HEARD_ALL: Final = "heard_all"

_SPEECH_FIELDS: Final[Fields] = {
    vol.Optional(CONF_SPEAKERS, default=list): SPEAKERS,
    vol.Optional(CONF_ENGINE): ENGINE,
    vol.Optional(CONF_VOLUME): NumberSelector(
        NumberSelectorConfig(
            min=0, max=100, mode=NumberSelectorMode.SLIDER, unit_of_measurement="%"
        )
    ),
}
_MODE_FIELD: Final[Fields] = {
    vol.Required(CONF_MODE, default=Mode.TRACK.value): SelectSelector(
        SelectSelectorConfig(
            options=[mode.value for mode in Mode],
            mode=SelectSelectorMode.LIST,
            translation_key=CONF_MODE,
        )
    )
}
_HEARD_FIELD: Final[Fields] = {
    vol.Required(CONF_HEARD): SelectSelector(
        SelectSelectorConfig(
            options=[HEARD_ALL, "heard_part", "heard_nothing"],
            mode=SelectSelectorMode.LIST,
            translation_key=CONF_HEARD,
        )
    )
}


class SpeechSteps(ConfigEntryBaseFlow):
    """From `voice` over `language` and `test` to `finish`, which each flow has its own.

    What was answered is kept, whichever way is taken back.
    """

    _offered: str | None = None
    """The language whose voices were offered."""
    _rehearsal: asyncio.Task[dict[str, str | None]] | None = None
    _played: Mapping[str, str | None]
    """What became of the last test sentence, by speaker."""
    _failure: HomeAssistantError
    """Why there was no test sentence."""

    def __init__(self) -> None:
        """Know no answers yet."""
        self.answers: Answers = {}

    @property
    @abstractmethod
    def stored(self) -> Mapping[str, Any]:
        """The options as they were before."""

    @property
    def options(self) -> Answers:
        """The options as they would be stored now."""
        return {**self.stored, **self.answers}

    @property
    def more_fields(self) -> Fields:
        """Fields that few people need."""
        return {**_MODE_FIELD}

    @property
    def more_answers(self) -> Answers:
        """The options in the form of answers to those fields."""
        return {CONF_MODE: self.options[CONF_MODE]}

    async def async_take_more(self, answers: Answers) -> None:
        """Keep the answers to those fields. Raises NotAllowed."""
        self.answers[CONF_MODE] = answers[CONF_MODE]

    @abstractmethod
    async def async_step_finish(self, _: Answers | None = None) -> ConfigFlowResult:
        """Store the answers."""

    async def async_step_voice(
        self, user_input: Answers | None = None
    ) -> ConfigFlowResult:
        """Ask where it is spoken, and by what."""
        errors: dict[str, str] = {}
        about: dict[str, str] = {}
        if user_input is not None:
            errors, about = await self._check_voice(user_input)
            if not errors:
                return await self._take_voice(user_input)
        more = section(vol.Schema(self.more_fields), {"collapsed": True})
        return self.async_show_form(
            step_id="voice",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema({**_SPEECH_FIELDS, vol.Optional(CONF_MORE): more}),
                self._voice_answers() if user_input is None else user_input,
            ),
            errors=errors,
            description_placeholders=about,
        )

    def _voice_answers(self) -> Answers:
        """Return the options in the form of answers to the step."""
        options = self.options
        answers: Answers = {CONF_SPEAKERS: options[CONF_SPEAKERS]}
        answers[CONF_MORE] = self.more_answers
        engine = options[CONF_ENGINE]
        if not options[CONF_SPEAKERS]:
            engine = default_engine(self.hass)
        if engine:
            answers[CONF_ENGINE] = engine
        volume = volume_of(options)
        if volume is not None:
            answers[CONF_VOLUME] = round(volume * 100)
        return answers

    async def _check_voice(
        self, user_input: Answers
    ) -> tuple[dict[str, str], dict[str, str]]:
        """Return the errors in the answers and the names of what they are about."""
        errors: dict[str, str] = {}
        about: dict[str, str] = {}
        speakers: list[str] = user_input[CONF_SPEAKERS]
        for speaker, count in Counter(speakers).items():
            error = "speaker_twice" if count > 1 else unfit(self.hass, speaker)
            if error:
                errors[CONF_SPEAKERS] = error
                about["speaker"] = name_of(self.hass, speaker)
                break
        entity_id = user_input.get(CONF_ENGINE)
        if entity_id and speakers:
            engine = find_engine(self.hass, entity_id)
            ours = await self._our_languages()
            about["engine"] = name_of(self.hass, entity_id)
            names = await async_texts(self.hass, "language")
            about["languages"] = ", ".join(names.get(each, each) for each in ours)
            if engine is None:
                errors[CONF_ENGINE] = "engine_unknown"
            elif not languages_of(engine, ours):
                errors[CONF_ENGINE] = "engine_unsuitable"
        elif any(needs_engine(speaker) for speaker in speakers):
            errors[CONF_ENGINE] = "engine_needed"
        if CONF_MORE in user_input:
            try:
                await self.async_take_more(user_input[CONF_MORE])
            except NotAllowed as err:
                # the interface shows no errors of fields within a section
                errors[CONF_MORE] = err.error
                about |= err.about
        return errors, about

    async def _take_voice(self, user_input: Answers) -> ConfigFlowResult:
        """Keep the answers, and go on to what is still to be asked."""
        speakers = user_input[CONF_SPEAKERS]
        # without a speaker, a browser that shows the card can be one
        engine = user_input.get(CONF_ENGINE)
        volume = user_input.get(CONF_VOLUME)
        if engine != self.options[CONF_ENGINE]:
            self.answers[CONF_VOICE] = None
        self.answers |= {
            CONF_SPEAKERS: speakers,
            CONF_ENGINE: engine,
            CONF_VOLUME: None if volume is None else volume / 100,
        }
        if engine:
            return await self.async_step_language()
        self.answers[CONF_LANGUAGE] = (
            choose_language(self.hass.config.language, await self._our_languages())
            or FALLBACK
        )
        if speakers:
            return await self.async_step_test()
        return await self.async_step_finish()

    async def async_step_language(
        self, user_input: Answers | None = None
    ) -> ConfigFlowResult:
        """Ask for the language and the voice of the engine."""
        engine = find_engine(self.hass, self.options[CONF_ENGINE])
        offered = languages_of(engine, await self._our_languages())
        if engine is None or not offered:
            # it was changed since it was chosen; the step before says so
            return await self.async_step_voice(self._voice_answers())
        if user_input is None:
            language = self.options.get(CONF_LANGUAGE)
            if language not in offered:
                language = household_language(self.hass, engine, offered)
            voice = self.options[CONF_VOICE]
        else:
            language, voice = user_input[CONF_LANGUAGE], user_input.get(CONF_VOICE)
        voices = voices_of(engine, language)
        if voice not in {each["value"] for each in voices}:
            has_chosen = not voices or (voice is None and language == self._offered)
            voice = None
        else:
            has_chosen = True
        if user_input is not None and has_chosen:
            self.answers |= {CONF_LANGUAGE: language, CONF_VOICE: voice}
            if self.options[CONF_SPEAKERS]:
                return await self.async_step_test()
            return await self.async_step_finish()
        self._offered = language
        fields: dict[vol.Marker, object] = {
            vol.Required(CONF_LANGUAGE, default=language): LanguageSelector(
                LanguageSelectorConfig(languages=offered)
            )
        }
        if voices:
            fields[vol.Optional(CONF_VOICE)] = SelectSelector(
                SelectSelectorConfig(options=voices, mode=SelectSelectorMode.DROPDOWN)
            )
        return self.async_show_form(
            step_id="language",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema(fields), {CONF_VOICE: voice} if voice else {}
            ),
            errors={} if user_input is None else {CONF_VOICE: "voice_other_language"},
        )

    async def async_step_test(self, _: Answers | None = None) -> ConfigFlowResult:
        """Say what to expect of each speaker, and offer to try it."""
        mode = Mode(self.options[CONF_MODE])
        kinds = {
            speaker: kind_of(self.hass, speaker, mode)
            for speaker in self.options[CONF_SPEAKERS]
        }
        return self.async_show_menu(
            step_id="test",
            menu_options=["play", "finish", "voice"],
            description_placeholders={
                "expectations": await self._by_speaker("expectation", kinds)
            },
        )

    async def async_step_play(self, _: Answers | None = None) -> ConfigFlowResult:
        """Play the test sentence."""
        is_new = self._rehearsal is None
        if self._rehearsal is None:
            self._rehearsal = self.hass.async_create_task(
                self._rehearse(), f"{DOMAIN} rehearsal"
            )
        if is_new or not self._rehearsal.done():
            return self.async_show_progress(
                step_id="play", progress_action="play", progress_task=self._rehearsal
            )
        rehearsal, self._rehearsal = self._rehearsal, None
        try:
            self._played = await rehearsal
        except HomeAssistantError as err:
            self._failure = err
            return self.async_show_progress_done(next_step_id="failed")
        return self.async_show_progress_done(next_step_id="heard")

    async def _rehearse(self) -> dict[str, str | None]:
        """Play the test sentence, but never into a session that is going on."""
        wiring = Wiring.from_options(self.options)
        entries: list[BackExerciseConfigEntry]
        entries = self.hass.config_entries.async_loaded_entries(DOMAIN)
        for entry in entries:
            if entry.runtime_data.is_active:
                check_free(self.hass, wiring, entry.runtime_data.wiring, entry.title)
        if any(needs_engine(speaker) for speaker in wiring.speakers):
            check_address(self.hass)
        return await async_rehearse(self.hass, wiring, volume_of(self.options))

    async def async_step_failed(self, _: Answers | None = None) -> ConfigFlowResult:
        """Say why there was no test sentence."""
        return self.async_show_menu(
            step_id="failed",
            menu_options=["play", "voice", "finish"],
            description_placeholders={
                "error": await async_message(self.hass, self._failure)
            },
        )

    async def async_step_heard(
        self, user_input: Answers | None = None
    ) -> ConfigFlowResult:
        """Ask what was heard of the test sentence."""
        if user_input:
            if user_input[CONF_HEARD] == HEARD_ALL:
                return await self.async_step_finish()
            return await self.async_step_advice()
        results = {
            speaker: fault or "played" for speaker, fault in self._played.items()
        }
        return self.async_show_form(
            step_id="heard",
            data_schema=vol.Schema({**_HEARD_FIELD}),
            description_placeholders={
                "result": await self._by_speaker("rehearsal", results)
            },
        )

    async def async_step_advice(self, _: Answers | None = None) -> ConfigFlowResult:
        """Say what to do where not all was heard."""
        return self.async_show_menu(
            step_id="advice", menu_options=["play", "voice", "finish"]
        )

    async def _our_languages(self) -> list[str]:
        return await self.hass.async_add_executor_job(languages)

    async def _by_speaker(self, selector: str, keys: Mapping[str, str]) -> str:
        """Return a list with the text of a key for each speaker."""
        texts = await async_texts(self.hass, selector)
        return "\n".join(
            f"- **{name_of(self.hass, speaker)}**: {texts[key]}"
            for speaker, key in keys.items()
        )
