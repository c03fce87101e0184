"""What is done and answered when somebody says something."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from homeassistant.util import dt as dt_util

from .coordinator import Coordinator
from .engine.catalogue import Routine
from .engine.decision import explain
from .engine.diary import Screen, ScreenForm
from .engine.heard import Heard, understand
from .engine.session import Command, SessionState
from .engine.today import Today
from .sentences import Said, Sentences
from .weekly import async_summarise, summary_text

SOURCE: Final = "voice"

COMMANDS: Final = {each.value: each for each in Command if each is not Command.START}
_FREE: Final = frozenset({"sharp_pain", "rate", "effort", "report"})
"""Sentences that go on with anything: "ouch, stop it" is more than its beginning."""
_MINUTE: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Something that somebody has said, and about whom."""

    person: Coordinator
    said: Said
    sentences: Sentences
    is_heard_there: bool = False
    """What the session says itself is heard where it was said."""

    @property
    def answers(self) -> Mapping[str, Any]:
        """What may be answered."""
        return self.sentences.answers

    @property
    def words(self) -> Mapping[str, Any]:
        """The words of the language that was spoken."""
        return self.sentences.phrases.words

    def name_of(self, exercise: str) -> str:
        """Return the name of an exercise."""
        name: str = self.words["exercises"][exercise]["name"]
        return name

    def heard(self, slot: str) -> Heard:
        """Return what was said in the place of a number."""
        return understand(self.said.slots.get(slot, ""), self.sentences.hearing)


async def reply(talk: Talk) -> str:
    """Do what was said, as by a button, and return what is answered.

    Raises HomeAssistantError, translated, where it can't be done.
    """
    heard = understand(talk.said.text, talk.sentences.hearing)
    if heard.flags:
        return await _report(talk, heard.flags)
    if talk.said.what in _FREE and talk.person.is_active and heard.command:
        return await _command(talk, heard.command)
    if command := COMMANDS.get(talk.said.what):
        return await _command(talk, command)
    return await REPLIES[talk.said.what](talk)


async def _command(talk: Talk, command: Command) -> str:
    await talk.person.async_command(command, source=SOURCE)
    # the session says it itself, in the same room
    return "" if talk.is_heard_there else str(talk.answers["done"])


async def _start(talk: Talk, *, override: bool = False) -> str:
    person = talk.person
    session = person.data.session
    if session and session.state is SessionState.PAUSED:
        return await _command(talk, Command.RESUME)
    routine = talk.said.slots.get("routine")
    await person.async_start(
        routine=Routine(routine) if routine else None, override=override, source=SOURCE
    )
    if talk.is_heard_there:
        return ""
    session = person.data.session
    question = session.question if session and session.at_gate else None
    return str(talk.answers[f"start_{question}" if question else "start"])


async def _start_anyway(talk: Talk) -> str:
    return await _start(talk, override=True)


async def _rate(talk: Talk) -> str:
    heard = talk.heard("pain")
    if heard.rating is None:
        return _unclear(talk, heard, "rating_unclear")
    await talk.person.async_rate(pain=heard.rating, source=SOURCE)
    return _noted(talk, heard)


async def _effort(talk: Talk) -> str:
    heard = talk.heard("effort")
    if heard.rating is None:
        return _unclear(talk, heard, "effort_unclear")
    await talk.person.async_rate(effort=heard.rating, source=SOURCE)
    return _noted(talk, heard)


def _unclear(talk: Talk, heard: Heard, key: str) -> str:
    return str(talk.answers["rating_range" if heard.is_out_of_range else key])


def _noted(talk: Talk, heard: Heard) -> str:
    """Return that a rating was recorded.

    It is named only where it may be wrong, or numbers need not be kept private.
    """
    is_private = talk.person.diary.programme.settings.speech_privacy
    if heard.is_sure and is_private:
        return str(talk.answers["rated"])
    number = talk.words["numbers"][heard.rating]
    return str(talk.answers["rated_unsure"]).format(number=number)


async def _report(talk: Talk, flags: Iterable[str]) -> str:
    """Act on signs of something serious (I-6)."""
    report = Screen(form=ScreenForm.REPORT, flags=tuple(sorted(flags)))
    await talk.person.async_screen(report, source=SOURCE)
    if talk.is_heard_there:
        return ""
    lock = talk.person.data.outlook.lock
    return explain(lock, talk.words) if lock else str(talk.answers["reported"])


async def _no_report(talk: Talk) -> str:
    return str(talk.answers["not_understood"])


async def _why(talk: Talk) -> str:
    sentences = [explain(each, talk.words) for each in talk.person.reasons]
    return " ".join(sentences) or str(talk.answers["nothing_changed"])


async def _how_long(talk: Talk) -> str:
    left = talk.person.time_left
    if left is not None:
        return _minutes(talk, left.total_seconds(), "left")
    plan = _today(talk).plan
    if plan is None:
        return await _why_none(talk)
    return _minutes(talk, plan.nominal.total_seconds(), "takes")


def _minutes(talk: Talk, seconds: float, key: str) -> str:
    minutes = round(seconds / _MINUTE)
    texts = talk.answers[key]
    if not minutes:
        return str(texts["few"])
    if minutes == 1:
        return str(texts["one"])
    numbers = talk.words["numbers"]
    number = numbers[minutes] if minutes < len(numbers) else minutes
    return str(texts["many"]).format(number=number)


async def _what_next(talk: Talk) -> str:
    session = talk.person.data.session
    if session is None:
        return await _what_today(talk)
    if session.next_exercise is None:
        return str(talk.answers["next_none"])
    name = talk.name_of(session.next_exercise)
    return str(talk.answers["next"]).format(exercise=name)


async def _what_now(talk: Talk) -> str:
    session = talk.person.data.session
    if session is None:
        return str(talk.answers["not_going_on"])
    if session.exercise:
        text, exercise = talk.answers["now"], session.exercise
    elif session.next_exercise:
        text, exercise = talk.answers["now_welcome"], session.next_exercise
    else:
        return str(talk.answers["now_closing"])
    return str(text).format(exercise=talk.name_of(exercise))


async def _what_today(talk: Talk) -> str:
    today = _today(talk)
    if today.plan is None:
        return await _why_none(talk)
    *names, last = (talk.name_of(slot.exercise.id) for slot in today.slots)
    named = f"{', '.join(names)} {talk.answers['and']} {last}" if names else last
    return str(talk.answers["today"]).format(exercises=named)


async def _why_none(talk: Talk) -> str:
    return " ".join(explain(each, talk.words) for each in talk.person.reasons)


async def _when_next(talk: Talk) -> str:
    moment = talk.person.data.agenda.next_session
    if moment is None:
        return str(talk.answers["next_session_none"])
    local = dt_util.as_local(moment)
    return str(talk.answers["next_session"]).format(
        day=talk.answers["days"][local.weekday()], time=_clock(local)
    )


def _clock(moment: datetime) -> str:
    return f"{moment.hour}:{moment.minute:02}"


async def _snooze(talk: Talk) -> str:
    until = talk.person.scheduler.snooze(SOURCE)
    return str(talk.answers["snoozed" if until else "snoozed_out"])


async def _skip_today(talk: Talk) -> str:
    talk.person.scheduler.skip(SOURCE)
    return str(talk.answers["skipped"])


async def _refuse(talk: Talk) -> str:
    return await _command(talk, Command.STOP)


async def _week(talk: Talk) -> str:
    summary = await async_summarise(
        talk.person.hass, talk.person.diary, with_pain=False
    )
    return summary_text(summary, talk.words)


def _today(talk: Talk) -> Today:
    return talk.person.today()


REPLIES: Final[Mapping[str, Callable[[Talk], Awaitable[str]]]] = {
    "start": _start,
    "start_anyway": _start_anyway,
    "rate": _rate,
    "effort": _effort,
    "report": _no_report,
    "why": _why,
    "how_long": _how_long,
    "what_next": _what_next,
    "what_now": _what_now,
    "what_today": _what_today,
    "when_next": _when_next,
    "snooze": _snooze,
    "skip_today": _skip_today,
    "refuse": _refuse,
    "week": _week,
}
