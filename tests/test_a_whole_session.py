"""A session from the welcome to the last word: what is heard, shown and done."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Final

from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from syrupy.assertion import SnapshotAssertion

from custom_components.back_exercise.const import CONF_QUESTION_AT

from .conftest import ADVANCED, NOW, SPOKEN, Ask, PassTime, Play, Until, build_past
from .fakes import FakeVoice
from .reminding import build_reminder
from .room import LETTER, Room, RoomPlayer, Word

pytestmark = pytest.mark.usefixtures("spoken_to")

WHOLE: Final = timedelta(minutes=12)
"""By then a beginner session is over."""
AS_ONE: Final = timedelta(milliseconds=20)
"""What lies so close together is one moment to a person."""

type Timetable = list[str]


@pytest.fixture
def shown(hass: HomeAssistant, set_up: MockConfigEntry) -> list[Word]:
    """Return what the entities show, and since when."""
    shown: list[Word] = []

    @callback
    def changed(_: Event[EventStateChangedData]) -> None:
        session = hass.states.get("sensor.alex_session")
        exercise = hass.states.get("sensor.alex_exercise")
        assert session
        assert exercise
        step = exercise.attributes.get("step")
        shown.append(Word(dt_util.utcnow(), f"{session.state} {exercise.state} {step}"))

    async_track_state_change_event(
        hass, ["sensor.alex_session", "sensor.alex_exercise"], changed
    )
    return shown


@pytest.fixture
async def whole(
    voice: FakeVoice,
    player: RoomPlayer,
    shown: list[Word],
    ask: Ask,
    pass_time: PassTime,
) -> None:
    """Do a whole session."""
    await ask("start")
    await pass_time(WHOLE)


def timetable(words: list[Word]) -> Iterator[str]:
    """Yield when each thing began, from the start on."""
    begin = dt_util.parse_datetime(NOW)
    assert begin
    for at, text in words:
        minutes, seconds = divmod((at - begin).total_seconds(), 60)
        yield f"{minutes:02.0f}:{seconds:06.3f} {text}"


@pytest.mark.usefixtures("whole")
def test_every_sentence_has_its_moment(
    player: RoomPlayer, snapshot: SnapshotAssertion
) -> None:
    assert list(timetable(player.words)) == snapshot


@pytest.mark.usefixtures("whole")
def test_every_word_is_heard_whole_and_none_over_another(
    player: RoomPlayer, voice: FakeVoice
) -> None:
    assert set(player.texts) <= set(voice.texts)
    for before, after in pairwise(player.words):
        assert before.at + len(before.text) * LETTER < after.at


@pytest.mark.usefixtures("whole")
def test_every_repetition_takes_equally_long(player: RoomPlayer) -> None:
    counts = [word.at for word in player.words if word.text == "Press."]
    pace = {round((after - before) / AS_ONE) for before, after in pairwise(counts)}
    assert len(counts) == 20
    assert pace == {timedelta(seconds=10) / AS_ONE}


@pytest.mark.usefixtures("whole")
def test_a_session_costs_one_call_of_the_speaker_for_each_exercise(
    player: RoomPlayer,
) -> None:
    # and one for the welcome, one for the closing words
    assert player.calls == ["play_media"] * 6


@pytest.mark.usefixtures("whole")
def test_no_phrase_is_asked_of_the_engine_twice(voice: FakeVoice) -> None:
    assert len(voice.texts) == len(set(voice.texts))


@pytest.mark.usefixtures("whole")
def test_what_is_shown_changes_step_by_step(
    shown: list[Word], snapshot: SnapshotAssertion
) -> None:
    assert list(timetable(shown)) == snapshot


@pytest.mark.usefixtures("whole")
def test_what_is_shown_is_what_is_heard(shown: list[Word], player: RoomPlayer) -> None:
    works = {at for at, text in shown if text.endswith(" work")}
    firsts = [word for word in player.words if word.text in ("One.", "Right, one.")]
    # "One." is the end of a count-in, too
    for at in works:
        assert min(abs(word.at - at) for word in firsts) < AS_ONE
    assert len(works) == 5


@pytest.mark.usefixtures("whole")
def test_nothing_is_left_to_be_fetched_after_a_session(
    hass: HomeAssistant, room: Room
) -> None:
    assert not room.served
    assert not room.files


@pytest.mark.usefixtures("whole")
def test_the_speaker_is_left_as_it_was(hass: HomeAssistant) -> None:
    player = hass.states.get("media_player.test")
    assert player
    assert player.state == "idle"
    assert player.attributes["volume_level"] == 0.3


@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize("options", [{**SPOKEN, CONF_QUESTION_AT: None}])
async def test_a_second_session_asks_nothing_of_the_engine_again(
    voice: FakeVoice, player: RoomPlayer, ask: Ask, pass_time: PassTime
) -> None:
    first, asked = player.texts, len(voice.texts)
    await pass_time(timedelta(days=1))
    await ask("start", pain_before=2)
    await pass_time(WHOLE)

    assert len(voice.texts) == asked
    assert player.texts == first * 2


@pytest.mark.parametrize("past", [build_past(ADVANCED)])
@pytest.mark.parametrize("routine", ["intermediate", "advanced"])
@pytest.mark.usefixtures("voice")
async def test_every_routine_is_spoken_to_its_end(
    player: RoomPlayer, ask: Ask, pass_time: PassTime, routine: str
) -> None:
    await ask("start", routine=routine)
    await pass_time(timedelta(minutes=50))

    assert player.texts[-1].startswith("That was the last one.")
    for before, after in pairwise(player.words):
        assert before.at + len(before.text) * LETTER < after.at


@pytest.mark.parametrize("past", [build_past(check_in="each_exercise")[:-1]])
@pytest.mark.usefixtures("voice")
async def test_every_question_has_its_moment_too(
    player: RoomPlayer,
    ask: Ask,
    follow: Play,
    pass_time: PassTime,
    snapshot: SnapshotAssertion,
) -> None:
    await ask("start")
    await pass_time(timedelta(seconds=10))
    await ask("rate", pain=2)
    await follow(2, effort=3, after=timedelta(seconds=8))

    heard = list(timetable(player.words))
    assert heard == snapshot
    for before, after in pairwise(player.words):
        assert before.at + len(before.text) * LETTER < after.at


@pytest.mark.parametrize(
    ("reminders", "said"),
    [
        # the reminder of this evening has no use any more
        (
            [build_reminder("23:00:00")],
            "That is all for today. Your next session is tomorrow.",
        ),
        (
            [build_reminder("23:00:00", days=["mon", "thu"])],
            "That is all for today. Your next session is on Thursday, November 26.",
        ),
    ],
)
@pytest.mark.usefixtures("berlin", "voice")
async def test_the_last_words_tell_when_the_next_session_is(
    player: RoomPlayer, ask: Ask, pass_time: PassTime, said: str
) -> None:
    await ask("start")
    await pass_time(WHOLE)

    assert player.texts[-2].startswith("That was the last one.")
    assert player.texts[-1] == said


@pytest.mark.parametrize("past", [build_past(check_in="start_and_end")[:-1]])
@pytest.mark.usefixtures("voice")
async def test_the_last_answer_is_not_met_with_silence(
    player: RoomPlayer, ask: Ask, until: Until, pass_time: PassTime
) -> None:
    await ask("start", pain_before=2)
    await until("asking")
    await pass_time(timedelta(seconds=20))
    before = player.texts[-1]
    await ask("rate", pain=2, effort=4)
    await pass_time(timedelta(seconds=5))

    assert before == "And how hard was it all, from zero to ten?"
    assert player.texts[-1] == "That is all for today."
