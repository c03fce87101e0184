"""What is said to Home Assistant is done and answered, as by any other way."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import timedelta
from typing import Any, Final
from unittest.mock import patch

from homeassistant.components import conversation
from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.back_exercise.const import CONF_SPEAKERS, DOMAIN
from custom_components.back_exercise.engine.diary import Setting
from custom_components.back_exercise.listening import ISSUE
from custom_components.back_exercise.sentences import async_load_sentences
from custom_components.back_exercise.talk import COMMANDS, REPLIES, Talk

from .conftest import (
    EXERCISE,
    SCREENED,
    SESSION,
    SILENT,
    Ask,
    PassTime,
    Past,
    Recorded,
    Until,
    build_entry,
    build_past,
    lived,
    record,
)
from .engine.exercises import HIP, TILTS
from .engine.lives import unanswered
from .reminding import build_reminder
from .said import ALWAYS, FREE, IN_SESSION, NOT_MEANT

type Say = Callable[..., Awaitable[str]]

DUE: Final = "binary_sensor.alex_reminder_due"
LOCKED: Final = "binary_sensor.alex_locked"
LANGUAGES: Final = tuple(ALWAYS)
NOT_OURS: Final = {
    "en": "Sorry, I couldn't understand that",
    "de": "Das habe ich leider nicht verstanden",
}


@pytest.fixture
def language() -> str:
    """Return the household's language."""
    return "en"


@pytest.fixture
async def talkative(hass: HomeAssistant, language: str) -> None:
    """Have Home Assistant's conversation there, in the household's language."""
    hass.config.language = language
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})


@pytest.fixture
def say(
    hass: HomeAssistant,
    talkative: None,
    set_up: MockConfigEntry,
    pass_time: PassTime,
    language: str,
) -> Say:
    """Return what says something to Home Assistant and returns its answer."""

    async def say(text: str, **more: Any) -> str:
        given = {"context": Context(), "language": language, **more}
        result = await conversation.async_converse(hass, text, None, **given)
        await pass_time()
        speech: str = result.response.speech["plain"]["speech"]
        return speech

    return say


@pytest.fixture
async def understood() -> AsyncGenerator[list[str]]:
    """Return what was understood, of which nothing is done."""
    understood: list[str] = []

    async def note(talk: Talk) -> str:
        understood.append(talk.said.what)
        return talk.said.what

    with patch("custom_components.back_exercise.listening.reply", note):
        yield understood


def meanings(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Return every sentence of a table with what is meant by it."""
    return [(each, what) for what, sentences in table.items() for each in sentences]


# Every way to say it


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_way_to_say_it_means_it(
    say: Say, understood: list[str], language: str
) -> None:
    meant = meanings(ALWAYS[language])

    for sentence, what in meant:
        assert await say(sentence) == what, sentence

    assert understood == [what for _, what in meant]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_way_to_say_it_in_a_session_means_it(
    ask: Ask, say: Say, understood: list[str], language: str
) -> None:
    await ask("start", pain_before=2)
    meant = meanings(IN_SESSION[language])

    for sentence, what in meant:
        assert await say(sentence) == what, sentence

    assert understood == [what for _, what in meant]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_can_always_be_said_means_the_same_in_a_session(
    ask: Ask, say: Say, understood: list[str], language: str
) -> None:
    await ask("start", pain_before=2)
    meant = meanings(ALWAYS[language])

    for sentence, what in meant:
        assert await say(sentence) == what, sentence

    assert understood == [what for _, what in meant]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_words_that_only_look_like_a_command_do_nothing(
    ask: Ask, say: Say, understood: list[str], language: str
) -> None:
    await ask("start", pain_before=2)

    for sentence in NOT_MEANT[language]:
        await say(sentence)

    assert understood == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_words_of_every_day_are_ours_in_a_session_only(
    ask: Ask, say: Say, understood: list[str], language: str
) -> None:
    for sentence in FREE[language]:
        await say(sentence)
    assert understood == []

    await ask("start", pain_before=2)
    for sentence in FREE[language]:
        await say(sentence)
    assert len(understood) == len(FREE[language])

    understood.clear()
    await ask("stop")
    for sentence in FREE[language]:
        await say(sentence)
    assert understood == []


@pytest.mark.parametrize(
    "what",
    [
        "start",
        "pause",
        "resume",
        "next",
        "repeat",
        "easier",
        "sharp_pain",
        "stop",
        "rate",
        "why",
        "how_long",
        "what_next",
    ],
)
def test_what_matters_can_be_said_in_many_ways(what: str) -> None:
    ways = {
        language: {
            *ALWAYS[language].get(what, []),
            *IN_SESSION[language].get(what, []),
        }
        for language in LANGUAGES
    }

    assert len(ways.pop("en")) >= 15
    assert all(len(each) >= 8 for each in ways.values()), ways


# What is done


async def test_a_session_is_started(hass: HomeAssistant, say: Say) -> None:
    assert await say("start my back exercises") == "Starting."
    assert not hass.states.is_state(SESSION, "idle")


class TestAskedBefore:
    """Where there is no rating yet."""

    @pytest.fixture
    def past(self) -> Past:
        """Return a diary without a rating."""
        return [*SCREENED]

    async def test_the_question_is_the_answer(
        self, hass: HomeAssistant, say: Say
    ) -> None:
        """It may be answered at once."""
        answer = await say("start my back exercises")

        assert answer.startswith("Starting. First, how is your back right now")
        assert hass.states.is_state(SESSION, "asking")
        assert await say("my back is at two") == "Noted."
        assert not hass.states.is_state(SESSION, "asking")


class TestAskedForTheDayAfter:
    """Where nobody said how it was after the last session."""

    @pytest.fixture
    def past(self) -> Past:
        """Return the diary of somebody who has not said that."""
        return lived(unanswered())

    async def test_the_questions_are_the_answers(
        self, hass: HomeAssistant, say: Say, recorded: Recorded
    ) -> None:
        """They may be answered at once, one after the other."""
        answer = await say("start my back exercises")

        assert answer.startswith("Starting. First, how was your back the day after")
        assert await say("my pain was four") == "Noted."
        assert (await recorded("rating"))[-1]["context"] == "next_day"
        assert hass.states.is_state(SESSION, "asking")
        assert await say("my back is at two") == "Noted."
        assert (await recorded("rating"))[-1]["context"] == "before"
        assert not hass.states.is_state(SESSION, "asking")


async def test_another_routine_is_refused_with_its_reason(
    hass: HomeAssistant, say: Say
) -> None:
    answer = await say("start my advanced exercises")

    assert "R1" in answer
    assert hass.states.is_state(SESSION, "idle")


async def test_commands_do_what_the_buttons_do(
    hass: HomeAssistant, ask: Ask, say: Say, until: Until
) -> None:
    await ask("start", pain_before=2)
    await until("running", TILTS, "work")

    assert await say("wait a moment") == "All right."
    assert hass.states.is_state(SESSION, "paused")
    await say("go on")
    await until("running", TILTS)
    await say("next exercise")
    await until("running", HIP)
    await say("too hard")
    await say("repeat that")
    await say("stop")
    assert hass.states.is_state(SESSION, "idle")


async def test_starting_again_goes_on_with_what_is_paused(
    hass: HomeAssistant, ask: Ask, say: Say, until: Until
) -> None:
    await ask("start", pain_before=2)
    await until("running", TILTS, "work")
    await ask("pause")

    assert await say("start my back exercises") == "All right."
    await until("running", TILTS)


async def test_sharp_pain_takes_the_exercise_out_at_once(
    hass: HomeAssistant, ask: Ask, say: Say, until: Until, recorded: Recorded
) -> None:
    await ask("start", pain_before=2)
    await until("running", TILTS, "work")

    await say("ouch, that hurts")
    await until("running", HIP)
    await say("stop")

    assert (await recorded("exercise_done"))[0] | {"done": 0} == {
        **(await recorded("exercise_done"))[0],
        "done": 0,
        "exercise": TILTS,
        "sharp": True,
        "stopped_for_pain": True,
    }


@pytest.mark.parametrize(
    ("sentence", "rating", "answer"),
    [
        ("my back is at four", 4, "Noted."),
        ("my back is about three and a half", 4, "Noted."),
        ("my pain is nothing", 0, "Noted."),
        (
            "my back is maybe four",
            4,
            "I noted four. If that is not right, say it again.",
        ),
        (
            "my back is at three or four",
            4,
            "I noted four. If that is not right, say it again.",
        ),
    ],
)
async def test_a_rating_is_recorded(
    say: Say, recorded: Recorded, sentence: str, rating: int, answer: str
) -> None:
    assert await say(sentence) == answer
    assert (await recorded("rating"))[-1]["value"] == rating


class TestWhoKeepsNoNumbersPrivate:
    """Numbers are told back."""

    @pytest.fixture
    def past(self) -> Past:
        """Let the setting be off."""
        return build_past(Setting(name="speech_privacy", value=False))

    async def test_every_rating_is_said_back(self, say: Say) -> None:
        """Also one that was clear."""
        answer = await say("my back is at four")

        assert answer == "I noted four. If that is not right, say it again."


@pytest.mark.parametrize(
    ("sentence", "beginning"),
    [
        ("my back is killing me", "I did not get the number."),
        ("my back is at eleven", "Ratings go from zero"),
        ("my pain is minus two", "Ratings go from zero"),
    ],
)
async def test_what_is_no_rating_is_not_recorded_and_said_so(
    say: Say, recorded: Recorded, sentence: str, beginning: str
) -> None:
    before = await recorded("rating")

    assert (await say(sentence)).startswith(beginning)
    assert await recorded("rating") == before


async def test_effort_is_recorded_in_a_session(
    ask: Ask, say: Say, until: Until, recorded: Recorded
) -> None:
    await ask("start", pain_before=2)
    await until("running", TILTS, "work")

    assert await say("effort about five") == "Noted."
    assert (await recorded("rating"))[-1]["measure"] == "effort"
    assert (await say("effort banana")).startswith("I did not get the number.")


@pytest.mark.parametrize(
    "sentence",
    [
        "I can't feel my leg",
        "my chest hurts",
        "I cannot breathe",
        "stop my leg is numb",
        "I have a sharp pain in my chest",
        "ouch my leg is numb",
        "my back is at four and my leg is numb",
    ],
)
async def test_a_sign_of_something_serious_ends_the_session_and_locks(
    hass: HomeAssistant, ask: Ask, say: Say, until: Until, sentence: str
) -> None:
    await ask("start", pain_before=2)
    await until("running", TILTS, "work")

    answer = await say(sentence)

    assert "Please don’t exercise" in answer
    assert hass.states.is_state(SESSION, "idle")
    assert hass.states.is_state(LOCKED, "on")


@pytest.mark.parametrize(
    ("sentence", "is_ended"),
    [
        ("ouch stop it", True),
        ("my back is at eight stop", True),
        ("my back is at four that was sharp", False),
        ("ouch my elbow", False),
    ],
)
async def test_the_weightiest_word_of_a_sentence_counts(
    hass: HomeAssistant,
    ask: Ask,
    say: Say,
    until: Until,
    sentence: str,
    is_ended: bool,
) -> None:
    await ask("start", pain_before=2)
    await until("running", TILTS, "work")

    await say(sentence)

    assert hass.states.is_state(SESSION, "idle") is is_ended
    assert not hass.states.is_state(EXERCISE, TILTS)


@pytest.mark.parametrize(
    "sentence", ["the chest is locked", "the chest is in the attic"]
)
async def test_what_only_sounds_serious_is_asked_back(
    hass: HomeAssistant, ask: Ask, say: Say, until: Until, sentence: str
) -> None:
    await ask("start", pain_before=2)
    await until("running", TILTS, "work")

    assert (await say(sentence)).startswith("I did not understand that.")
    assert hass.states.is_state(SESSION, "running")
    assert hass.states.is_state(LOCKED, "off")


# What is answered


async def test_questions_about_the_session_are_answered(
    ask: Ask, say: Say, until: Until
) -> None:
    await ask("start", pain_before=2)
    assert await say("what exercise is this") == (
        "It is just beginning. First comes Pelvic tilts."
    )
    await until("running", TILTS, "work")

    assert await say("what exercise is this") == "This is Pelvic tilts."
    assert await say("what's next") == "Next comes Isometric hip flexion."
    assert await say("how long is it still") == "About thirteen minutes."
    assert await say("why") == "Nothing has changed: the same as last time."


async def test_questions_about_today_are_answered(say: Say) -> None:
    assert await say("how long do my exercises take") == (
        "Today’s session takes about fourteen minutes."
    )
    assert await say("what are my exercises today") == (
        "Today: Pelvic tilts, Isometric hip flexion, Bridges and"
        " Simplified piriformis stretch."
    )
    assert (await say("when is my next back session")).startswith(
        "No session is planned."
    )
    assert (await say("how was my back week")).startswith("Week from November 16:")


async def test_where_there_is_no_session_today_it_is_said_why(
    ask: Ask, say: Say
) -> None:
    await ask("screen", items=["chest_pain"])

    for sentence in ("what are my exercises today", "how long do my exercises take"):
        assert "Please don’t exercise" in await say(sentence)


async def test_nothing_due_is_refused_in_words(say: Say) -> None:
    assert await say("snooze my exercises") == (
        "No reminder is due, so there is nothing to snooze."
    )


class TestInGerman:
    """Where German is spoken at home."""

    @pytest.fixture
    def language(self) -> str:
        """Return the household's language."""
        return "de"

    async def test_german_is_answered_in_german(self, say: Say) -> None:
        """What is said back is in the language of what was said."""
        assert await say("starte meine Rückenübungen") == "Es geht los."
        assert await say("Pause") == "In Ordnung."
        assert await say("mein Rücken ist bei elf") == (
            "Bewertungen gehen von null, gar nichts, bis zehn. "
            "Sag es so: Mein Rücken ist bei vier."
        )

    async def test_a_person_can_be_spoken_to_in_their_own_language(
        self, say: Say
    ) -> None:
        """Alex's sessions are spoken in English."""
        assert await say("start my back exercises", language="en") == "Starting."


# What is said to a reminder


class TestReminded:
    """While a reminder is due."""

    @pytest.fixture
    def reminders(self) -> list[ConfigSubentryDataWithId]:
        """Return a reminder in half an hour, by the clock of these tests."""
        return [build_reminder("23:30:00", since="2026-11-20T00:00:00+00:00")]

    @pytest.fixture
    async def due(self, hass: HomeAssistant, say: Say, pass_time: PassTime) -> None:
        """Let its time come, in a home that can be spoken to."""
        assert await say("when is my next back session") != ""
        await pass_time(timedelta(minutes=31))
        assert hass.states.is_state(DUE, "on")

    @pytest.mark.usefixtures("due")
    async def test_it_is_snoozed(self, hass: HomeAssistant, say: Say) -> None:
        """Later means in 15 minutes."""
        answer = await say("not now")

        assert answer == "I will ask again in fifteen minutes."
        assert hass.states.is_state(DUE, "off")

    @pytest.mark.usefixtures("due")
    async def test_it_is_skipped(self, hass: HomeAssistant, say: Say) -> None:
        """It is not asked again on that day."""
        assert await say("not today") == "All right, not today."
        assert hass.states.is_state(DUE, "off")

    @pytest.mark.usefixtures("due")
    async def test_it_is_followed(self, hass: HomeAssistant, say: Say) -> None:
        """The session starts."""
        assert await say("start now") == "Starting."
        assert not hass.states.is_state(SESSION, "idle")

    async def test_the_next_one_is_told(self, say: Say) -> None:
        """By its day and time."""
        assert await say("when is my next back session") == (
            "Your next session is planned for Sunday at 23:30."
        )


class TestCountedDown:
    """While a session is about to start by itself."""

    @pytest.fixture
    def reminders(self) -> list[ConfigSubentryDataWithId]:
        """Return a reminder that starts in half an hour."""
        since = "2026-11-20T00:00:00+00:00"
        return [build_reminder("23:30:00", since=since, what="start")]

    @pytest.mark.parametrize("word", ["no", "stop", "not now please"])
    async def test_a_word_refuses_it(
        self, hass: HomeAssistant, say: Say, pass_time: PassTime, word: str
    ) -> None:
        """Nothing starts then."""
        await pass_time(timedelta(minutes=30, seconds=5))
        assert hass.states.is_state(DUE, "on")

        await say(word)
        await pass_time(timedelta(minutes=1))

        assert hass.states.is_state(SESSION, "idle")
        assert hass.states.is_state(DUE, "off")


# Whom it is about


@pytest.fixture
async def kim(
    hass: HomeAssistant, set_up: MockConfigEntry, talkative: None
) -> AsyncGenerator[MockConfigEntry]:
    """Set another person up."""
    kim = build_entry("Kim", SILENT)
    kim.add_to_hass(hass)
    await record(hass, kim, build_past())
    assert await hass.config_entries.async_setup(kim.entry_id)
    await hass.async_block_till_done()
    yield kim
    await hass.config_entries.async_unload(kim.entry_id)


@pytest.mark.usefixtures("kim")
async def test_of_several_persons_a_name_tells_whom_it_is_about(
    hass: HomeAssistant, say: Say
) -> None:
    assert await say("start my back exercises") == (
        "For whom? Say it with a name, for example: for Alex."
    )
    assert await say("start my back exercises for Kim") == "Starting."
    assert not hass.states.is_state("sensor.kim_session", "idle")
    assert hass.states.is_state(SESSION, "idle")
    assert await say("start Alex's back exercises") == "Starting."


@pytest.mark.usefixtures("kim")
async def test_a_name_that_nobody_has_is_said_back(say: Say) -> None:
    assert await say("start my back exercises for Robin") == (
        "I know nobody here called Robin. I know Alex, Kim."
    )


@pytest.mark.usefixtures("kim")
async def test_a_command_is_for_the_one_who_exercises(
    hass: HomeAssistant, ask: Ask, say: Say
) -> None:
    await ask("start", pain_before=2)

    await say("stop")

    assert hass.states.is_state(SESSION, "idle")


@pytest.mark.usefixtures("kim")
async def test_where_it_is_said_tells_whom_it_is_about(
    hass: HomeAssistant,
    say: Say,
    config_entry: MockConfigEntry,
    area_registry: ar.AreaRegistry,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
) -> None:
    area = area_registry.async_create("Bedroom")
    satellite = entity_registry.async_get_or_create(
        "assist_satellite", "test", "bedroom"
    )
    speaker = entity_registry.async_get_or_create("media_player", "test", "bedroom")
    for entity in (satellite, speaker):
        entity_registry.async_update_entity(entity.entity_id, area_id=area.id)
    hass.states.async_set(speaker.entity_id, "idle", {"supported_features": 512})
    options = {**config_entry.options, CONF_SPEAKERS: [speaker.entity_id]}
    hass.config_entries.async_update_entry(config_entry, options=options)
    await hass.async_block_till_done()

    answer = await say("start my back exercises", satellite_id=satellite.entity_id)

    assert answer == "Starting."
    assert not hass.states.is_state(SESSION, "idle")
    assert hass.states.is_state("sensor.kim_session", "idle")


async def test_somebody_who_may_not_is_told_so(
    hass: HomeAssistant, say: Say, hass_read_only_user: MockUser
) -> None:
    context = Context(user_id=hass_read_only_user.id)

    assert await say("start my back exercises", context=context) == (
        "You may not do that for this person."
    )
    assert hass.states.is_state(SESSION, "idle")


# Registering


async def test_nothing_is_heard_any_more_once_somebody_is_removed(
    hass: HomeAssistant, say: Say, set_up: MockConfigEntry, understood: list[str]
) -> None:
    await hass.config_entries.async_unload(set_up.entry_id)
    await hass.async_block_till_done()

    await say("start my back exercises")

    assert understood == []
    assert await hass.config_entries.async_setup(set_up.entry_id)
    await hass.async_block_till_done()
    await say("start my back exercises")
    assert understood == ["start"]


async def test_it_is_told_where_home_assistant_does_not_take_sentences(
    hass: HomeAssistant,
    set_up: MockConfigEntry,
    issue_registry: ir.IssueRegistry,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with patch(
        "custom_components.back_exercise.listening.async_initialize_triggers",
        side_effect=TypeError("another signature"),
    ):
        assert await async_setup_component(hass, "homeassistant", {})
        assert await async_setup_component(hass, "conversation", {})
        await hass.async_block_till_done()

    assert issue_registry.async_get_issue(DOMAIN, ISSUE)
    assert "Nothing can be said to Back Exercise" in caplog.text
    assert hass.states.is_state(SESSION, "idle")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_there_is_a_reply_to_everything_that_can_be_said(
    hass: HomeAssistant, language: str
) -> None:
    sentences = await async_load_sentences(hass, language)

    said = {what for each in sentences.templates.values() for what in each}

    assert said == {*COMMANDS, *REPLIES}
