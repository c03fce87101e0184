"""The actions about reminders: later, not today, and how the week was."""

from typing import Final

from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv
from homeassistant.util.json import JsonObjectType
import voluptuous as vol

from .const import DOMAIN
from .coordinator import Coordinator
from .fields import day
from .targets import async_all, async_answer, async_targeted
from .weekly import async_summarise, summary_text

ATTR_DAY: Final = "day"

SOURCE: Final = "action"


@callback
def async_setup_reminder_actions(hass: HomeAssistant) -> None:
    """Register the actions."""
    for action, perform in (("snooze", _async_snooze), ("skip_today", _async_skip)):
        hass.services.async_register(
            DOMAIN,
            action,
            perform,
            schema=cv.make_entity_service_schema(None),
            supports_response=SupportsResponse.OPTIONAL,
        )
    hass.services.async_register(
        DOMAIN,
        "get_summary",
        _async_get_summary,
        schema=cv.make_entity_service_schema({vol.Optional(ATTR_DAY): day(ATTR_DAY)}),
        supports_response=SupportsResponse.ONLY,
    )


async def _async_snooze(call: ServiceCall) -> ServiceResponse:
    """Snooze for everyone targeted who is reminded now.

    It is refused if nobody is.
    """
    coordinators = await async_targeted(call, POLICY_CONTROL)
    able = [each for each in coordinators if each.data.agenda.due]
    for each in able or coordinators:
        each.scheduler.snooze(SOURCE)
    return async_answer(call.hass, coordinators, _agenda)


async def _async_skip(call: ServiceCall) -> ServiceResponse:
    """Skip the day of everyone targeted for whom something is open on it.

    It is refused if nothing is, for anybody.
    """
    coordinators = await async_targeted(call, POLICY_CONTROL)
    able = [each for each in coordinators if each.data.agenda.open]
    for each in able or coordinators:
        each.scheduler.skip(SOURCE)
    return async_answer(call.hass, coordinators, _agenda)


async def _async_get_summary(call: ServiceCall) -> ServiceResponse:
    """Return how the week of everyone targeted was."""
    coordinators = await async_targeted(call, POLICY_READ)
    wanted = call.data.get(ATTR_DAY)
    summaries = await async_all(
        [
            async_summarise(call.hass, each.diary, wanted, with_pain=True)
            for each in coordinators
        ]
    )
    answers: dict[Coordinator, JsonObjectType] = {
        person: {
            "week": summary.monday.isoformat(),
            "sessions": summary.sessions,
            "target": summary.weekly_target,
            "minutes": summary.minutes,
            "aerobic_minutes": summary.aerobic_minutes,
            "aerobic_target": summary.aerobic_target,
            "pain": summary.pain.value if summary.pain else None,
            "text": summary_text(summary, person.phrases.words),
        }
        for person, summary in zip(coordinators, summaries, strict=True)
    }
    return async_answer(call.hass, coordinators, answers.__getitem__)


def _agenda(person: Coordinator) -> JsonObjectType:
    """Return what somebody is reminded of next."""
    agenda = person.data.agenda
    until, next_session = agenda.snoozed_until, agenda.next_session
    return {
        "due": agenda.due is not None,
        "snoozed_until": until.isoformat() if until else None,
        "next_session": next_session.isoformat() if next_session else None,
    }
