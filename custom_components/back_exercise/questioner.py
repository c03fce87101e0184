"""Asks for pain and effort aloud, on a satellite that can listen to the answer."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, Final, Protocol

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from .const import DOMAIN, LOGGER
from .engine.cues import Cue, CueKind
from .engine.diary import Context, Measure, Screen, ScreenForm
from .engine.heard import Heard, Words, understand
from .engine.session import Command, Session
from .engine.timeline import Spoken, Timeline
from .http import Served, Tracks
from .phrases import Phrases, load_hearing
from .satellite import SATELLITE, asking_satellite, until_free
from .speaker import CALL_LIMIT, MARGIN, SpeakerError
from .track import words_alone
from .voice import Voice
from .wiring import Wiring

SOURCE: Final = "voice"

TRIES: Final = 2
"""So often something is asked; then it is left to the card and the phone."""

ANSWER_LIMIT: Final = timedelta(seconds=20)
"""A satellite that has brought no answer by then, after the question, hangs."""

type _Asked = tuple[Timeline, Measure]


class Door(Protocol):
    """Where answers are handed in, as those from a card are."""

    async def async_command(self, command: Command, *, source: str) -> None:
        """Do what the person asks."""

    async def async_rate(
        self,
        *,
        pain: int | None = None,
        effort: int | None = None,
        context: Context | None = None,
        source: str,
    ) -> Context:
        """Record how it is."""

    async def async_screen(self, answers: Screen, *, source: str) -> None:
        """Record signs of something serious."""

    def not_answered(self) -> None:
        """Have asked in another way what was asked aloud in vain."""


class Stand(Protocol):
    """Who says a question where it can't be asked."""

    def say_question(self, cue: Cue) -> None:
        """Say it through the speakers; the answer comes by other ways."""


class Questioner:
    """Asks one person, one thing at a time.

    Nothing waits for it: what it does not find out may be answered by other ways, and
    is not asked any longer once it was.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - all that it takes to ask
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        wiring: Wiring,
        voice: Voice,
        tracks: Tracks,
        phrases: Phrases,
        stand: Stand,
    ) -> None:
        """Ask on the first satellite of a wiring that can; nothing is asked yet."""
        self.door: Door | None = None
        """Where answers are handed in."""
        self._hass = hass
        self._entry = entry
        self._wiring = wiring
        self._voice = voice
        self._tracks = tracks
        self._phrases = phrases
        self._stand = stand
        self._words: Words | None = None
        self._asked: _Asked | None = None
        self._asking: asyncio.Task[Any] | None = None

    @property
    def satellite(self) -> str | None:
        """The satellite that can ask now; None where none can."""
        return asking_satellite(self._hass, self._wiring.speakers)

    # What is asked

    @callback
    def follow(self, session: Session) -> None:
        """Ask what a session asks now, and nothing else any more."""
        asked = _asked_by(session)
        if asked is None or asked != self._asked:
            self.end()
        if asked is None or asked == self._asked or session.begun_at is None:
            return
        self._asked = timeline, measure = asked
        # the words before it are heard first; the effort comes right after the pain
        question = timeline.left[0 if measure is Measure.PAIN else -1]
        due = session.begun_at + timeline.left[0].offset
        self._asking = self._begin(
            self._ask_in_session(question, measure, due - dt_util.utcnow())
        )

    @callback
    def end(self) -> None:
        """Ask nothing any more, in mid-word."""
        if self._asking:
            self._asking.cancel()
        self._asking = self._asked = None

    async def ask_next_day(self) -> bool:
        """Ask how the day after a session was; tell whether that could be asked."""
        if self.satellite is None:
            return False
        self.end()
        asking = self._begin(self._ask(Cue(kind=CueKind.NEXT_DAY_ALOUD)))
        self._asking = asking
        try:
            await asyncio.wait({asking})
        finally:
            asking.cancel()
        if asking.cancelled():
            return True  # something else is more important now
        try:
            heard = asking.result()
        except SpeakerError:
            return False
        if heard:
            self._begin(self._hand_in(heard, Measure.PAIN, Context.NEXT_DAY))
        return True

    async def _ask_in_session(
        self, question: Spoken, measure: Measure, wait: timedelta
    ) -> None:
        await asyncio.sleep(wait.total_seconds())
        try:
            heard = await self._ask(question.cue)
        except SpeakerError as err:
            LOGGER.debug("%s can't be asked aloud: %s", self._entry.title, err.code)
            self._stand.say_question(question.cue)
            heard = None
        if heard:
            # what comes of it may end this
            self._begin(self._hand_in(heard, measure))
        elif self.door:
            self.door.not_answered()

    def _begin[T](self, doing: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        return self._entry.async_create_background_task(
            self._hass, doing, f"{DOMAIN} question {self._entry.entry_id}"
        )

    # How it is asked

    async def _ask(self, cue: Cue) -> Heard | None:
        """Return what was answered to a question; None where nothing clear was.

        Raises SpeakerError where it was not heard at all.
        """
        heard = await self._hear(cue)
        for left in range(TRIES - 1, -1, -1):
            if heard and heard.rating is not None and not _is_clear(heard):
                heard = await self._confirm(heard.rating)
            if heard and _is_clear(heard):
                return heard
            if left:
                heard = await self._hear_again(Cue(kind=CueKind.NOT_UNDERSTOOD))
        return None

    async def _confirm(self, rating: int) -> Heard | None:
        """Read a number back; return what was meant."""
        heard = await self._hear_again(Cue(kind=CueKind.READ_BACK, number=rating))
        # who says the same again has agreed to it
        if heard and (heard.yes or heard.rating == rating) and not _is_clear(heard):
            return Heard(rating=rating)
        return heard

    async def _hear_again(self, cue: Cue) -> Heard | None:
        """Return what is answered to something more; None where that can't be asked."""
        try:
            return await self._hear(cue)
        except SpeakerError:
            return None

    async def _hear(self, cue: Cue) -> Heard | None:
        """Return what is answered; None where nothing was said in time.

        Raises SpeakerError where the question was not heard.
        """
        if self._words is None:
            self._words = await self._hass.async_add_executor_job(
                load_hearing, self._phrases.language
            )
        served = await self._sound(cue)
        try:
            sentence = await self._put(cue, served)
        finally:
            if served:
                self._tracks.withdraw(served)
        return understand(sentence, self._words) if sentence is not None else None

    async def _sound(self, cue: Cue) -> Served | None:
        """Return a question as a file; None where the satellite's voice is to ask."""
        clips = await self._voice.clips([cue]) if self._voice.has_engine else {}
        if cue not in clips or self._voice.has_failed:
            return None
        track = words_alone(clips, cue, length_of=self._voice.length)
        try:
            return await self._tracks.async_serve(lambda: track.render(track.whole))
        except HomeAssistantError, OSError:
            return None

    async def _put(self, cue: Cue, served: Served | None) -> str | None:
        """Put a question, in our voice or else in the satellite's own."""
        text = {"question": self._phrases.text(cue)}
        if served is None:
            return await self._call(cue, text)
        try:
            return await self._call(cue, {"question_media_id": served.url}, served)
        except SpeakerError as err:
            if err.code != "failed":
                raise
            # there are satellites that take no files
            return await self._call(cue, text)

    async def _call(
        self, cue: Cue, question: dict[str, str], served: Served | None = None
    ) -> str | None:
        """Return what the satellite has heard; None where that was nothing."""
        satellite = self.satellite
        if satellite is None:
            raise SpeakerError("unreachable")
        try:
            await until_free(self._hass, satellite, CALL_LIMIT)
        except TimeoutError as err:
            raise SpeakerError("timeout") from err
        data = {ATTR_ENTITY_ID: satellite, "preannounce": False, **question}
        begun = dt_util.utcnow()
        try:
            async with asyncio.timeout(
                (self._voice.length(cue) + ANSWER_LIMIT).total_seconds()
            ):
                answer: Any = await self._hass.services.async_call(
                    SATELLITE, "ask_question", data, blocking=True, return_response=True
                )
        except TimeoutError:
            return None
        except Exception as err:
            # the integration of a satellite may raise anything, as it does for silence
            LOGGER.debug("%s: no answer: %r", satellite, err)
            is_late = dt_util.utcnow() - begun > MARGIN
            if is_late or (served is not None and served.fetched.is_set()):
                return None
            raise SpeakerError("failed") from err
        return str(answer["sentence"])

    # What is answered

    async def _hand_in(
        self, heard: Heard, measure: Measure, context: Context | None = None
    ) -> None:
        """Do and record what was said, through the door that everything takes."""
        door = self.door
        assert door  # noqa: S101 - it is there before anything is asked
        is_in_session = context is None
        command = heard.command
        try:
            if heard.flags:
                flags = tuple(sorted(heard.flags))
                report = Screen(form=ScreenForm.REPORT, flags=flags)
                await door.async_screen(report, source=SOURCE)
            elif command and is_in_session:
                await door.async_command(command, source=SOURCE)
            if heard.rating is not None and heard.is_sure:
                is_effort = measure is Measure.EFFORT and not (heard.flags or command)
                await door.async_rate(
                    pain=None if is_effort else heard.rating,
                    effort=heard.rating if is_effort else None,
                    context=context,
                    source=SOURCE,
                )
            elif heard.passes and is_in_session and not (heard.flags or command):
                await door.async_command(Command.NEXT, source=SOURCE)
        except HomeAssistantError as err:
            LOGGER.warning("An answer of %s was not taken: %s", self._entry.title, err)


def _asked_by(session: Session) -> _Asked | None:
    """Return what a session asks now, where that is left to us."""
    timeline, unanswered = session.timeline, session.unanswered
    if timeline is None or not timeline.left or not unanswered:
        return None
    return timeline, unanswered[0]


def _is_clear(heard: Heard) -> bool:
    """Return whether something can be done with an answer as it is."""
    is_rated = heard.rating is not None and heard.is_sure
    return bool(heard.flags or heard.command or is_rated or heard.passes)
