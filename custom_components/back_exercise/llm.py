"""What assistants with a language model may do for a person.

Everything goes through the same door as a button. Nothing here unlocks, overrides a
gate, answers the safety questions, or changes rules and limits; and no pain is told in
numbers. A person is within reach where their session sensor is exposed: unlike the
switches, sensors are not exposed unless somebody wants it.
"""

from abc import abstractmethod
from math import ceil
from typing import Any, ClassVar, Final, override

from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.components.homeassistant import async_should_expose
from homeassistant.components.llm import LLMTools
from homeassistant.components.sensor import DOMAIN as SENSOR
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.llm import (
    LLM_API_ASSIST,
    LLMContext,
    Tool,
    ToolAnnotations,
    ToolInput,
    ToolResult,
)
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType
import voluptuous as vol

from .answers import offer_answer
from .const import DOMAIN
from .coordinator import BackExerciseConfigEntry, Coordinator
from .engine.catalogue import Routine
from .engine.decision import explain
from .engine.diary import Activity, Intensity
from .engine.rules.week import f1
from .engine.session import Command
from .fields import TEXT_LENGTH
from .refusal import refusal
from .targets import async_check_permission
from .texts import async_message

SOURCE: Final = "assistant"

PROMPT: Final = (
    "Back Exercise guides exercise sessions at home. "
    "What its tools return is data: tell it as it is, and do not add advice on pain, "
    "exercises or doses to it. "
    "When somebody wants to stop, or says that something hurts sharply, use the tool "
    "for it at once, before you answer. "
    "Whether sessions are locked, and what is done in them, can only be changed by the "
    "person in Home Assistant."
)

_READS: Final = ToolAnnotations(
    read_only=True, destructive=False, idempotent=True, open_world=False
)
# "stop" must work at any moment, so no assistant should ask back before it
_ACTS: Final = ToolAnnotations(destructive=False, open_world=False)

_RATING: Final = vol.All(vol.Coerce(float), vol.Range(min=0, max=10))


def _whole(data: dict[str, Any], key: str) -> int | None:
    """Return a rating, parts of a number counted as all of it."""
    return ceil(data[key]) if key in data else None


type Persons = dict[str, BackExerciseConfigEntry]
"""Those within reach, by their names."""


class PersonTool(Tool):
    """Does something for a person, or says why not."""

    integration = DOMAIN
    fields: ClassVar[VolDictType] = {}
    policy = POLICY_CONTROL
    annotations = _ACTS

    def __init__(self, names: list[str]) -> None:
        """Be of use for persons of these names, of whom one alone need not be named."""
        person: vol.Marker
        if len(names) == 1:
            person = vol.Optional("person", default=names[0])
        else:
            person = vol.Required("person", description="Whom it is for.")
        self.parameters = vol.Schema({person: vol.In(names), **self.fields})

    @override
    async def async_call(
        self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext
    ) -> ToolResult:
        """Do it; what is refused is answered with the reason."""
        data = self.parameters(tool_input.tool_args)
        try:
            person = await self._async_person(hass, llm_context, data["person"])
            return ToolResult(data=await self.perform(person, data))
        except HomeAssistantError as err:
            return ToolResult(
                data={"error": await async_message(hass, err)}, error=True
            )

    async def _async_person(
        self, hass: HomeAssistant, llm_context: LLMContext, name: str
    ) -> Coordinator:
        """Return a person; raise where the one who asks may not do this for them."""
        entry = _within_reach(hass, llm_context).get(name)
        if entry is None:
            raise refusal("not_exposed", name=name)
        context = llm_context.context or Context()
        try:
            await async_check_permission(hass, context, [entry], self.policy)
        except Unauthorized as err:
            raise refusal("not_permitted", name=name) from err
        return entry.runtime_data

    @abstractmethod
    async def perform(
        self, person: Coordinator, data: dict[str, Any]
    ) -> JsonObjectType:
        """Do it and return what came of it. Raises HomeAssistantError, translated."""


class GetSession(PersonTool):
    """Tells what is going on."""

    name = f"{DOMAIN}__get_session"
    title = "Get exercise session"
    description = (
        "Tells about the back exercises of a person: whether a session is going on "
        "and where in it they are, what can be commanded now, whether a session was "
        "done today, when the next one is, and how the week is."
    )
    policy = POLICY_READ
    annotations = _READS

    @override
    async def perform(
        self, person: Coordinator, data: dict[str, Any]
    ) -> JsonObjectType:
        """Tell it."""
        return _standing(person)


class GetPlan(PersonTool):
    """Tells what would be done today, and why."""

    name = f"{DOMAIN}__get_plan"
    title = "Get exercise plan"
    description = (
        "Tells which back exercises a person would do today and for how long, whether "
        "a session is possible, and why it is so: one sentence for each change."
    )
    policy = POLICY_READ
    annotations = _READS

    @override
    async def perform(
        self, person: Coordinator, data: dict[str, Any]
    ) -> JsonObjectType:
        """Tell it, without the numbers that it was decided from."""
        words = person.phrases.words
        plan = person.async_plan()
        offers = person.data.outlook.offers
        return {
            "result": plan["result"],
            "kind": plan["kind"],
            "routine": plan["routine"],
            "seconds": plan["spoken_seconds"],
            "why": plan["why"],
            "exercises": [
                {
                    "exercise": words["exercises"][slot.exercise.id]["name"],
                    "sets": list(slot.prescription.dose.sets),
                    "hold_seconds": slot.exercise.hold.total_seconds(),
                }
                for slot in person.today().slots
            ],
            "offers": [offer_answer(each, words)["sentence"] for each in offers],
        }


class StartSession(PersonTool):
    """Starts a session."""

    name = f"{DOMAIN}__start_session"
    title = "Start exercise session"
    description = (
        "Starts a session of back exercises, which is spoken in the room. "
        "Pain is asked for there, unless it was told. Never make up a pain."
    )
    fields: ClassVar[VolDictType] = {
        vol.Optional(
            "pain_before", description="How much it hurts now, 0 to 10, if told."
        ): _RATING,
        vol.Optional("routine", description="Only if somebody asks for one."): vol.In(
            [routine.value for routine in Routine]
        ),
    }

    @override
    async def perform(
        self, person: Coordinator, data: dict[str, Any]
    ) -> JsonObjectType:
        """Start it, if the gate lets it."""
        routine = data.get("routine")
        await person.async_start(
            routine=Routine(routine) if routine else None,
            pain=_whole(data, "pain_before"),
            source=SOURCE,
        )
        return _standing(person)


class ControlSession(PersonTool):
    """Gives a command to the session that is going on."""

    name = f"{DOMAIN}__control_session"
    title = "Control exercise session"
    description = (
        "Gives a command to the session of back exercises that is going on. "
        "sharp_pain: something hurts sharply, the exercise is ended at once. "
        "easier: the exercise is too hard. explain: it is explained again. "
        "next: it is skipped."
    )
    fields: ClassVar[VolDictType] = {
        vol.Required("command"): vol.In(
            [command.value for command in Command if command is not Command.START]
        )
    }

    @override
    async def perform(
        self, person: Coordinator, data: dict[str, Any]
    ) -> JsonObjectType:
        """Give it."""
        await person.async_command(Command(data["command"]), source=SOURCE)
        return _standing(person)


class Rate(PersonTool):
    """Records how it is."""

    name = f"{DOMAIN}__rate"
    title = "Rate pain or effort"
    description = (
        "Records what a person says of their back, as numbers from 0 to 10. What it is "
        "of (before, during, after a session, the day after) follows from the moment. "
        "Never make up a number: ask for it."
    )
    fields: ClassVar[VolDictType] = {
        vol.Optional(
            "pain", description="0 is none, 10 the worst there can be."
        ): _RATING,
        vol.Optional("effort", description="0 is none, 10 could not do more."): _RATING,
    }

    @override
    async def perform(
        self, person: Coordinator, data: dict[str, Any]
    ) -> JsonObjectType:
        """Record it, and act on it where a session is going on."""
        context = await person.async_rate(
            pain=_whole(data, "pain"), effort=_whole(data, "effort"), source=SOURCE
        )
        return {"recorded_as": context.value, **_standing(person)}


class LogActivity(PersonTool):
    """Records something aerobic."""

    name = f"{DOMAIN}__log_activity"
    title = "Log activity"
    description = "Records something aerobic that a person did just now, like walking."
    fields: ClassVar[VolDictType] = {
        vol.Required("activity"): vol.All(
            str, str.strip, vol.Length(min=1, max=TEXT_LENGTH)
        ),
        vol.Required("minutes"): vol.All(vol.Coerce(int), vol.Range(min=1, max=1440)),
        vol.Optional("intensity", default=Intensity.MODERATE.value): vol.In(
            [intensity.value for intensity in Intensity]
        ),
    }

    @override
    async def perform(
        self, person: Coordinator, data: dict[str, Any]
    ) -> JsonObjectType:
        """Record it, and tell how the week is."""
        activity = Activity(
            activity=data["activity"],
            minutes=data["minutes"],
            intensity=Intensity(data["intensity"]),
        )
        await person.async_record(activity, source=SOURCE)
        programme, words = person.diary.programme, person.phrases.words
        told = f1(activity.activity, programme, person.catalogue)
        progress = person.data.outlook.progress
        return {
            "active_minutes_this_week": progress.aerobic_minutes,
            "target": progress.aerobic_target,
            "sentences": [explain(each, words) for each in told],
        }


TOOLS: Final = (
    GetSession,
    GetPlan,
    StartSession,
    ControlSession,
    Rate,
    LogActivity,
)


def _standing(person: Coordinator) -> JsonObjectType:
    """Return how a person's day and session stand, without pain in numbers."""
    state, words = person.data, person.phrases.words
    session, progress, lock = state.session, state.outlook.progress, state.outlook.lock
    next_session = state.agenda.next_session
    answer: JsonObjectType = {
        "state": session.state.value if session else "idle",
        "routine": (session.routine if session else state.routine).value,
        "possible_commands": [each.value for each in sorted(person.allowed)],
        "locked": explain(lock, words) if lock else None,
        "reminder_due": state.agenda.due is not None,
        "done_today": progress.done_today,
        "next_session": (
            dt_util.as_local(next_session).isoformat() if next_session else None
        ),
        "sessions_this_week": progress.sessions_this_week,
        "weekly_target": progress.weekly_target,
        "active_minutes_this_week": progress.aerobic_minutes,
        "active_minutes_target": progress.aerobic_target,
    }
    if session is None:
        return answer

    def named(exercise: str | None) -> str | None:
        return words["exercises"][exercise]["name"] if exercise else None

    ends_at = session.step_ends_at
    return answer | {
        "kind": session.kind.value,
        "progress_percent": round(session.progress * 100),
        "asked_for": session.question.value if session.question else None,
        "exercise": named(session.exercise),
        "next_exercise": named(session.next_exercise),
        "step": session.step.value if session.step else None,
        "side": session.side.value if session.side else None,
        "set": session.set,
        "sets": session.sets,
        "step_ends_at": dt_util.as_local(ends_at).isoformat() if ends_at else None,
    }


@callback
def _within_reach(hass: HomeAssistant, llm_context: LLMContext) -> Persons:
    registry = er.async_get(hass)
    entries: list[BackExerciseConfigEntry]
    entries = hass.config_entries.async_loaded_entries(DOMAIN)
    return {
        entry.title: entry
        for entry in entries
        if (
            sensor := registry.async_get_entity_id(
                SENSOR, DOMAIN, f"{entry.unique_id}_session"
            )
        )
        and async_should_expose(hass, llm_context.assistant, sensor)
    }


@callback
def async_get_tools(
    hass: HomeAssistant, llm_context: LLMContext, api_id: str
) -> LLMTools | None:
    """Return the tools, where there is a person within reach."""
    if api_id != LLM_API_ASSIST or not llm_context.assistant:
        return None
    names = sorted(_within_reach(hass, llm_context))
    if not names:
        return None
    return LLMTools(tools=[tool(names) for tool in TOOLS], prompt=PROMPT)
