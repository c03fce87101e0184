"""The steps about reminders: of the set-up, the options, and each reminder."""

from abc import abstractmethod
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from homeassistant.components.schedule.const import DOMAIN as SCHEDULE
from homeassistant.config_entries import (
    ConfigEntryBaseFlow,
    ConfigEntryState,
    ConfigFlowResult,
    ConfigSubentryData,
    ConfigSubentryFlow,
    SubentryFlowResult,
)
from homeassistant.const import CONF_NAME, WEEKDAYS
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntitySelector,
    EntitySelectorConfig,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TimeSelector,
)
from homeassistant.util import dt as dt_util
import voluptuous as vol

from .choices import name_of
from .const import (
    CONF_AT_HOME,
    CONF_BLOCKS,
    CONF_DAYS,
    CONF_ENABLED,
    CONF_NOTIFY,
    CONF_QUESTION_AT,
    CONF_QUIET_END,
    CONF_QUIET_START,
    CONF_ROUTINE,
    CONF_SCHEDULE,
    CONF_SUMMARY_AT,
    CONF_SUMMARY_DAY,
    CONF_SUMMARY_SINCE,
    CONF_TIME,
    CONF_WHAT,
    REMINDER,
)
from .coordinator import BackExerciseConfigEntry
from .engine.catalogue import Routine
from .engine.occasions import ReminderMode
from .engine.programme import ROUTINES
from .notifications import targets
from .rule_answers import NotAllowed
from .screen_steps import Answers, Fields
from .texts import async_texts
from .weekly import SUMMARY_AT
from .wishes import QUESTION_AT, async_blocks, changed, time_of

CONF_QUESTION: Final = "question"
PROGRAMME: Final = "programme"
"""The routine of the programme, whichever it is then."""
NEVER: Final = "never"


def _choice(
    options: Iterable[str],
    key: str,
    mode: SelectSelectorMode = SelectSelectorMode.LIST,
    *,
    multiple: bool = False,
) -> SelectSelector:
    return SelectSelector(
        SelectSelectorConfig(
            options=[*options], mode=mode, multiple=multiple, translation_key=key
        )
    )


_WHEN_FIELDS: Final[Fields] = {
    vol.Required(CONF_DAYS, default=[*WEEKDAYS]): _choice(
        WEEKDAYS, "weekday", multiple=True
    ),
    vol.Optional(CONF_TIME): TimeSelector(),
}


def _reminder_fields(routines: Iterable[Routine], name: str) -> Fields:
    """Return the fields of a reminder, which may be for some routines."""
    return {
        vol.Required(CONF_NAME, default=name): TextSelector(),
        **_WHEN_FIELDS,
        vol.Optional(CONF_SCHEDULE): EntitySelector(
            EntitySelectorConfig(filter={"domain": SCHEDULE})
        ),
        vol.Required(CONF_WHAT, default=ReminderMode.REMIND.value): _choice(
            (ReminderMode.REMIND, ReminderMode.START, ReminderMode.NOTIFY), CONF_WHAT
        ),
        vol.Required(CONF_ROUTINE, default=PROGRAMME): _choice(
            (PROGRAMME, *routines), "reminder_routine", SelectSelectorMode.DROPDOWN
        ),
        vol.Required(CONF_AT_HOME, default=True): BooleanSelector(),
    }


async def _async_when(hass: HomeAssistant, answers: Answers) -> dict[str, Any]:
    """Return when it is to remind, as it is stored. Raises NotAllowed."""
    schedule = answers.get(CONF_SCHEDULE)
    days = [day for day in WEEKDAYS if day in answers[CONF_DAYS]]
    at = time_of(answers.get(CONF_TIME))
    when = {
        CONF_DAYS: days,
        CONF_TIME: at.isoformat() if at else None,
        CONF_SCHEDULE: schedule,
        CONF_BLOCKS: [],
    }
    if schedule:
        blocks = await async_blocks(hass, schedule)
        if blocks is None:
            entity = name_of(hass, schedule)
            raise NotAllowed(CONF_SCHEDULE, "schedule_unknown", entity=entity)
        return {**when, CONF_BLOCKS: blocks}
    if at is None:
        raise NotAllowed(CONF_TIME, "time_missing")
    if not days:
        raise NotAllowed(CONF_DAYS, "days_missing")
    return when


class ReminderFlow(ConfigSubentryFlow):
    """Adds a reminder, or changes one."""

    async def async_step_user(
        self, user_input: Answers | None = None
    ) -> SubentryFlowResult:
        """Ask for a new reminder."""
        return await self._ask("user", user_input, {})

    async def async_step_reconfigure(
        self, user_input: Answers | None = None
    ) -> SubentryFlowResult:
        """Ask what is to change about a reminder."""
        subentry = self._get_reconfigure_subentry()
        stored = {CONF_NAME: subentry.title, **subentry.data}
        return await self._ask("reconfigure", user_input, stored)

    async def _ask(
        self, step: str, user_input: Answers | None, stored: Mapping[str, Any]
    ) -> SubentryFlowResult:
        routines = self._routines()
        refused: NotAllowed | None = None
        if user_input is not None:
            try:
                name, data = await self._read(user_input)
            except NotAllowed as err:
                refused = err
            else:
                return self._store(step, name, changed(stored, **data))
        name = (await async_texts(self.hass, REMINDER))["name"]
        return self.async_show_form(
            step_id=step,
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema(_reminder_fields(routines, name)),
                _shown(stored, routines) if user_input is None else user_input,
            ),
            errors={refused.field: refused.error} if refused else {},
            description_placeholders=refused.about if refused else {},
        )

    def _routines(self) -> tuple[Routine, ...]:
        """Return the routines that may be chosen."""
        entry: BackExerciseConfigEntry = self._get_entry()
        if entry.state is not ConfigEntryState.LOADED:
            return ROUTINES[:1]
        return entry.runtime_data.data.outlook.routines

    async def _read(self, answers: Answers) -> tuple[str, dict[str, Any]]:
        name = answers[CONF_NAME].strip()
        if not name:
            raise NotAllowed(CONF_NAME, "name_missing")
        routine = answers[CONF_ROUTINE]
        return name, {
            **await _async_when(self.hass, answers),
            CONF_WHAT: answers[CONF_WHAT],
            CONF_ROUTINE: None if routine == PROGRAMME else routine,
            CONF_AT_HOME: answers[CONF_AT_HOME],
        }

    def _store(self, step: str, name: str, data: dict[str, Any]) -> SubentryFlowResult:
        data.pop(CONF_NAME, None)
        if step == "user":
            return self.async_create_entry(title=name, data=data)
        subentry = self._get_reconfigure_subentry()
        return self.async_update_and_abort(
            self._get_entry(), subentry, title=name, data=data
        )


def _shown(stored: Mapping[str, Any], routines: Collection[Routine]) -> dict[str, Any]:
    """Return a reminder in the form of answers."""
    routine = stored.get(CONF_ROUTINE)
    shown = {**stored, CONF_ROUTINE: routine if routine in routines else PROGRAMME}
    return {key: value for key, value in shown.items() if value is not None}


class FirstReminderSteps(ConfigEntryBaseFlow):
    """Asks in the set-up for the first reminder."""

    first_reminder: ConfigSubentryData | None = None
    """None where none is wanted."""

    async def async_step_reminder(
        self, user_input: Answers | None = None
    ) -> ConfigFlowResult:
        """Ask when to remind, if at all."""
        errors: dict[str, str] = {}
        if user_input is not None:
            try:
                await self._take_reminder(user_input)
            except NotAllowed as err:
                errors[err.field] = err.error
            else:
                return await self.async_step_reminded()
        return self.async_show_form(
            step_id="reminder",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema({**_WHEN_FIELDS}), user_input
            ),
            errors=errors,
        )

    async def _take_reminder(self, answers: Answers) -> None:
        self.first_reminder = None
        if answers.get(CONF_TIME) is None:
            return
        data = {
            **await _async_when(self.hass, answers),
            CONF_WHAT: ReminderMode.REMIND.value,
            CONF_ROUTINE: None,
            CONF_AT_HOME: True,
            CONF_ENABLED: True,
        }
        self.first_reminder = ConfigSubentryData(
            data=changed({}, **data),
            subentry_type=REMINDER,
            title=(await async_texts(self.hass, REMINDER))["name"],
            unique_id=None,
        )

    @abstractmethod
    async def async_step_reminded(self, _: Answers | None = None) -> ConfigFlowResult:
        """Go on after the reminder."""


class ReminderSteps(ConfigEntryBaseFlow):
    """Asks in the options where and when something is asked by itself."""

    answers: Answers
    """What is to be changed in the options."""

    @property
    @abstractmethod
    def stored(self) -> Mapping[str, Any]:
        """The options as they were before."""

    @abstractmethod
    async def async_step_finish(self, _: Answers | None = None) -> ConfigFlowResult:
        """Store the options."""

    async def async_step_reminders(
        self, user_input: Answers | None = None
    ) -> ConfigFlowResult:
        """Ask for phones, quiet hours, the question of the next day and the summary."""
        refused: NotAllowed | None = None
        if user_input is not None:
            try:
                self.answers |= self._read_reminders(user_input)
            except NotAllowed as err:
                refused = err
            else:
                return await self.async_step_finish()
        return self.async_show_form(
            step_id="reminders",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema(_options_fields(self.hass)),
                self._present() if user_input is None else user_input,
            ),
            errors={refused.field: refused.error} if refused else {},
            description_placeholders=refused.about if refused else {},
        )

    def _present(self) -> Answers:
        """Return the options in the form of answers."""
        stored = self.stored
        question_at = stored.get(CONF_QUESTION_AT, QUESTION_AT)
        shown = {
            CONF_NOTIFY: stored.get(CONF_NOTIFY, []),
            CONF_QUIET_START: stored.get(CONF_QUIET_START),
            CONF_QUIET_END: stored.get(CONF_QUIET_END),
            CONF_QUESTION: question_at is not None,
            CONF_QUESTION_AT: question_at or QUESTION_AT,
            CONF_SUMMARY_DAY: stored.get(CONF_SUMMARY_DAY) or NEVER,
            CONF_SUMMARY_AT: stored.get(CONF_SUMMARY_AT) or SUMMARY_AT,
        }
        return {key: value for key, value in shown.items() if value is not None}

    def _read_reminders(self, answers: Answers) -> Answers:
        """Return the options that were chosen. Raises NotAllowed."""
        present = {*targets(self.hass), *self.stored.get(CONF_NOTIFY, ())}
        for target in answers[CONF_NOTIFY]:
            if target not in present:
                raise NotAllowed(CONF_NOTIFY, "target_unknown", target=target)
        start, end = (answers.get(key) for key in (CONF_QUIET_START, CONF_QUIET_END))
        if (start is None) != (end is None):
            field = CONF_QUIET_START if start is None else CONF_QUIET_END
            raise NotAllowed(field, "quiet_half")
        day = answers[CONF_SUMMARY_DAY]
        summary = {
            CONF_SUMMARY_DAY: None if day == NEVER else day,
            CONF_SUMMARY_AT: answers[CONF_SUMMARY_AT],
        }
        if any(self.stored.get(key) != value for key, value in summary.items()):
            summary[CONF_SUMMARY_SINCE] = dt_util.utcnow().isoformat()
        return {
            CONF_NOTIFY: answers[CONF_NOTIFY],
            CONF_QUIET_START: start,
            CONF_QUIET_END: end,
            CONF_QUESTION_AT: (
                answers[CONF_QUESTION_AT] if answers[CONF_QUESTION] else None
            ),
            **summary,
        }


def _options_fields(hass: HomeAssistant) -> Fields:
    names = [
        SelectOptionDict(
            value=target, label=name_of(hass, target) if is_entity else target
        )
        for target, is_entity in targets(hass).items()
    ]
    return {
        vol.Optional(CONF_NOTIFY, default=list): SelectSelector(
            SelectSelectorConfig(
                options=names,
                multiple=True,
                custom_value=True,
                mode=SelectSelectorMode.DROPDOWN,
            )
        ),
        vol.Optional(CONF_QUIET_START): TimeSelector(),
        vol.Optional(CONF_QUIET_END): TimeSelector(),
        vol.Required(CONF_QUESTION, default=True): BooleanSelector(),
        vol.Required(CONF_QUESTION_AT, default=QUESTION_AT): TimeSelector(),
        vol.Required(CONF_SUMMARY_DAY, default=NEVER): _choice(
            (NEVER, *WEEKDAYS), "summary_day", SelectSelectorMode.DROPDOWN
        ),
        vol.Required(CONF_SUMMARY_AT, default=SUMMARY_AT): TimeSelector(),
    }
