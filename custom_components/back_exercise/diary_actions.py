"""The actions about the diary: ratings, the screen, the programme, and the file."""

from collections.abc import Callable, Coroutine
import json
from typing import Any, Final

from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
)
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType
import voluptuous as vol

from .answers import decisions_answer, entry_answer, offer_answer
from .const import DOMAIN
from .coordinator import Coordinator, load_catalogue
from .engine.amend import EntryUnknown
from .engine.catalogue import Catalogue, Routine
from .engine.diary import (
    SCHEMA,
    Activity,
    Context,
    Form,
    Intensity,
    Kind,
    OfferAnswered,
    OfferKind,
    ProgrammeSet,
    Screen,
    ScreenForm,
)
from .engine.export import EntryInvalid
from .engine.rules.week import f1
from .engine.screen import ITEMS, REPORTED
from .fields import (
    checked,
    flag,
    list_of,
    moment,
    one_of,
    text,
    whole_number,
)
from .refusal import refusal
from .sheet_view import MOST_WEEKS, WEEKS, async_sheet_link
from .targets import async_all, async_answer, async_targeted

SOURCE: Final = "action"

MOST_ENTRIES: Final = 1000
"""So many entries are answered at once."""

type Answering = Callable[
    [Coordinator, ServiceCall], Coroutine[Any, Any, JsonObjectType]
]


def _names(kind: Any) -> list[str]:  # noqa: ANN401  # any StrEnum
    return [each.value for each in kind]


def _fields(exercises: list[str]) -> dict[str, VolDictType]:
    """Return the fields of each action."""
    pain, effort = (whole_number(name, 0, 10) for name in ("pain", "effort"))
    return {
        "rate": {
            vol.Optional("pain"): pain,
            vol.Optional("effort"): effort,
            vol.Optional("exercise"): one_of("exercise", exercises),
            vol.Optional("context"): one_of("context", _names(Context), Context),
            vol.Optional("at"): moment("at"),
        },
        "log_activity": {
            vol.Required("activity"): text("activity"),
            vol.Required("minutes"): whole_number("minutes", 1, 1440),
            vol.Optional("intensity", default=Intensity.MODERATE): one_of(
                "intensity", _names(Intensity), Intensity
            ),
            vol.Optional("at"): moment("at"),
        },
        "screen": {
            vol.Optional("items"): list_of("items", sorted(ITEMS)),
            vol.Optional("reported"): list_of("reported", sorted({*ITEMS, *REPORTED})),
            vol.Optional("anything_new"): flag("anything_new"),
            vol.Optional("assessed", default=False): flag("assessed"),
            vol.Optional("clinician_agreed", default=False): flag("clinician_agreed"),
            vol.Optional("advice_taken", default=False): flag("advice_taken"),
        },
        "set_programme": {
            vol.Optional("routine"): one_of("routine", _names(Routine)),
            vol.Optional("exercise"): one_of("exercise", exercises),
            vol.Optional("index"): whole_number("index", -3, 11),
            vol.Optional("form"): one_of("form", _names(Form), Form),
            vol.Optional("re_enable", default=False): flag("re_enable"),
            vol.Optional("clinician_agreed", default=False): flag("clinician_agreed"),
        },
        "answer_offer": {
            vol.Required("offer"): one_of("offer", _names(OfferKind), OfferKind),
            vol.Required("accepted"): flag("accepted"),
            vol.Optional("exercise"): one_of("exercise", exercises),
        },
        "get_diary": {
            vol.Optional("start"): moment("start"),
            vol.Optional("end"): moment("end"),
            vol.Optional("kinds", default=list): list_of("kinds", _names(Kind)),
            vol.Optional("limit", default=100): whole_number("limit", 1, MOST_ENTRIES),
        },
        "get_sheet": {
            vol.Optional("weeks", default=WEEKS): whole_number("weeks", 1, MOST_WEEKS)
        },
        "edit_entry": {
            vol.Required("entry_id"): text("entry_id"),
            vol.Required("changes"): checked("changes", "{…}", dict),
        },
        "delete_entry": {vol.Required("entry_id"): text("entry_id")},
        "export": {
            vol.Optional("format", default="json"): one_of("format", ["json", "csv"])
        },
        "import": {vol.Required("diary"): checked("diary", "{…}", _as_object)},
        "delete_diary": {vol.Required("confirmed"): flag("confirmed")},
    }


def _as_object(value: Any) -> dict[str, Any]:  # noqa: ANN401  # whatever was sent
    if isinstance(value, str):
        value = json.loads(value)
    if not isinstance(value, dict):
        raise vol.Invalid("not an object")
    return value


async def async_setup_diary_actions(hass: HomeAssistant) -> None:
    """Register the actions."""
    catalogue: Catalogue = await hass.async_add_executor_job(load_catalogue)
    fields = _fields(list(catalogue.exercises))
    for action, (answering, policy) in _ACTIONS.items():
        is_read = policy == POLICY_READ
        hass.services.async_register(
            DOMAIN,
            action,
            _performing(answering, policy),
            schema=cv.make_entity_service_schema(fields[action]),
            supports_response=(
                SupportsResponse.ONLY if is_read else SupportsResponse.OPTIONAL
            ),
        )


def _performing(
    answering: Answering, policy: str
) -> Callable[[ServiceCall], Coroutine[Any, Any, ServiceResponse]]:
    """Return what performs an action for everyone targeted."""

    async def perform(call: ServiceCall) -> ServiceResponse:
        coordinators = await async_targeted(call, policy)
        try:
            results = await async_all([answering(each, call) for each in coordinators])
        except EntryInvalid as err:
            raise refusal(
                "field_not_allowed", field=err.field, allowed=err.allowed
            ) from err
        except EntryUnknown as err:
            raise refusal("entry_unknown", entry=err.target) from err
        answers = dict(zip(coordinators, results, strict=True))
        return async_answer(call.hass, coordinators, answers.__getitem__)

    return perform


async def _rate(person: Coordinator, call: ServiceCall) -> JsonObjectType:
    """Record how it is."""
    data = call.data
    context = await person.async_rate(
        pain=data.get("pain"),
        effort=data.get("effort"),
        exercise=data.get("exercise"),
        context=data.get("context"),
        at=data.get("at"),
        source=SOURCE,
    )
    return {"context": context.value}


async def _log_activity(person: Coordinator, call: ServiceCall) -> JsonObjectType:
    """Record something aerobic, or an exercise of the person's own."""
    data = call.data
    at = data.get("at")
    if at and at > dt_util.utcnow():
        raise refusal("in_future", field="at")
    activity = Activity(
        activity=data["activity"],
        minutes=data["minutes"],
        intensity=data["intensity"],
    )
    await person.async_record(activity, source=SOURCE, at=at)
    decisions = f1(activity.activity, person.diary.programme, person.catalogue)
    progress = person.data.outlook.progress
    return {
        "minutes_this_week": progress.aerobic_minutes,
        "target": progress.aerobic_target,
        "advice": decisions_answer(decisions, person.phrases.words),
    }


async def _screen(person: Coordinator, call: ServiceCall) -> JsonObjectType:
    """Answer the safety screen."""
    data = call.data
    forms = {
        ScreenForm.FULL: "items" in data,
        ScreenForm.REPORT: "reported" in data,
        ScreenForm.SHORT: "anything_new" in data,
    }
    chosen = [form for form, is_answered in forms.items() if is_answered]
    has_agreed = data["clinician_agreed"] or data["advice_taken"]
    if not chosen and has_agreed and not data["assessed"]:
        chosen = [ScreenForm.AGREEMENT]
    if len(chosen) != 1:
        raise refusal("screen_unclear")
    answers = Screen(
        form=chosen[0],
        flags=tuple(data.get("items", data.get("reported", ()))),
        anything_new=data.get("anything_new"),
        assessed=data["assessed"],
        clinician_agreed=data["clinician_agreed"],
        advice_taken=data["advice_taken"],
    )
    await person.async_screen(answers, source=SOURCE)
    return _lock_answer(person)


async def _set_programme(person: Coordinator, call: ServiceCall) -> JsonObjectType:
    """Change the programme by hand."""
    data = call.data
    if "routine" not in data and "exercise" not in data:
        raise refusal("programme_unclear")
    wish = ProgrammeSet(
        routine=data.get("routine"),
        exercise=data.get("exercise"),
        index=data.get("index"),
        form=data.get("form"),
        re_enable=data["re_enable"],
        clinician_agreed=data["clinician_agreed"],
    )
    await person.async_record(wish, source=SOURCE)
    return person.async_plan()


async def _answer_offer(person: Coordinator, call: ServiceCall) -> JsonObjectType:
    """Accept or decline an offer."""
    answer = OfferAnswered(
        offer=call.data["offer"],
        accepted=call.data["accepted"],
        exercise=call.data.get("exercise"),
    )
    await person.async_record(answer, source=SOURCE)
    words = person.phrases.words
    return {
        "offers": [offer_answer(each, words) for each in person.data.outlook.offers]
    }


async def _get_diary(person: Coordinator, call: ServiceCall) -> JsonObjectType:
    """Return entries of the diary, the newest first."""
    data = call.data
    entries = await person.diary.async_read(
        start=data.get("start"),
        end=data.get("end"),
        kinds=[Kind(kind) for kind in data["kinds"]],
        limit=data["limit"],
        newest_first=True,
    )
    return {"entries": [entry_answer(entry) for entry in entries]}


async def _get_sheet(person: Coordinator, call: ServiceCall) -> JsonObjectType:
    """Return a link to the page for a therapist."""
    link = async_sheet_link(person, weeks=call.data["weeks"])
    return {
        "path": link.path,
        "url": link.url,
        "valid_until": link.valid_until.isoformat(),
    }


async def _edit_entry(person: Coordinator, call: ServiceCall) -> JsonObjectType:
    """Change what an entry says."""
    entry = await person.diary.async_edit(
        call.data["entry_id"], call.data["changes"], source=SOURCE
    )
    return {"entry": entry_answer(entry)}


async def _delete_entry(person: Coordinator, call: ServiceCall) -> JsonObjectType:
    """Erase an entry."""
    await person.diary.async_delete(call.data["entry_id"], source=SOURCE)
    return {}


async def _export(person: Coordinator, call: ServiceCall) -> JsonObjectType:
    """Return the whole diary."""
    if call.data["format"] == "csv":
        return {"csv": await person.diary.async_export_csv()}
    return {"diary": await person.diary.async_export()}


async def _import(person: Coordinator, call: ServiceCall) -> JsonObjectType:
    """Add the entries of an exported diary."""
    diary = call.data["diary"]
    schema = diary.get("schema") if isinstance(diary, dict) else None
    if type(schema) is int and schema > SCHEMA:
        raise refusal("export_newer")
    added = await person.diary.async_import(diary, source=SOURCE)
    return {"added": added}


async def _delete_diary(person: Coordinator, call: ServiceCall) -> JsonObjectType:
    """Erase the whole diary."""
    if not call.data["confirmed"]:
        raise refusal("not_confirmed")
    if person.is_active:
        raise refusal("already_running", name=person.name)
    await person.diary.async_erase(source=SOURCE)
    return _lock_answer(person)


def _lock_answer(person: Coordinator) -> JsonObjectType:
    lock = person.data.outlook.lock
    locks = decisions_answer([lock] if lock else [], person.phrases.words)
    return {"locked": bool(lock), "decisions": locks}


_ACTIONS: Final[dict[str, tuple[Answering, str]]] = {
    "rate": (_rate, POLICY_CONTROL),
    "log_activity": (_log_activity, POLICY_CONTROL),
    "screen": (_screen, POLICY_CONTROL),
    "set_programme": (_set_programme, POLICY_CONTROL),
    "answer_offer": (_answer_offer, POLICY_CONTROL),
    "get_diary": (_get_diary, POLICY_READ),
    "get_sheet": (_get_sheet, POLICY_READ),
    "edit_entry": (_edit_entry, POLICY_CONTROL),
    "delete_entry": (_delete_entry, POLICY_CONTROL),
    "export": (_export, POLICY_READ),
    "import": (_import, POLICY_CONTROL),
    "delete_diary": (_delete_diary, POLICY_CONTROL),
}
