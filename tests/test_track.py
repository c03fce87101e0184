"""Joined sound: every sample where it belongs."""

from array import array
from collections.abc import Sequence
from datetime import timedelta
import io
from typing import Final
import wave

import pytest

from custom_components.back_exercise.engine.cues import Cue, CueKind
from custom_components.back_exercise.engine.plan import Step, StepKind
from custom_components.back_exercise.engine.timeline import (
    Spoken,
    Stretch,
    TimedStep,
    Timeline,
)
from custom_components.back_exercise.track import LEAD_IN, PIECE_LIMIT, Piece, Track
from custom_components.back_exercise.voice import RATE, Clip

SECOND: Final = timedelta(seconds=1)
BEGIN: Final = round(LEAD_IN / SECOND * RATE)

type Said = tuple[float, float, CueKind]


def track(said: Sequence[Said], length: float, clips: dict[Cue, Clip]) -> Track:
    """Return a track in which something is said: when, how long and what."""
    step = Step(kind=StepKind.PREPARE, duration=timedelta(0))
    return Track(
        timeline=Timeline(
            stretch=Stretch(steps=(step,), first=0),
            steps=(TimedStep(step=step, start=timedelta(0), end=length * SECOND),),
            spoken=tuple(
                Spoken(
                    offset=offset * SECOND,
                    length=duration * SECOND,
                    cue=Cue(kind=kind, number=number),
                )
                for number, (offset, duration, kind) in enumerate(said)
            ),
        ),
        clips=clips,
    )


def clip(height: int, count: int, lead: int = 0) -> Clip:
    """Return a clip of one height, its lead and its end a tenth as high."""
    soft = height // 10
    samples = [soft] * lead + [height] * count + [soft] * 5
    return Clip(pcm=array("h", samples).tobytes(), lead=lead, audible=count)


def rendered(sound: Track, piece: Piece | None = None) -> array[int]:
    """Return the samples of a track or a piece of it, and check its form."""
    with wave.open(io.BytesIO(sound.render(piece or sound.whole))) as wav:
        assert (wav.getnchannels(), wav.getsampwidth(), wav.getframerate()) == (
            1,
            2,
            RATE,
        )
        return array("h", wav.readframes(wav.getnframes()))


def cue(number: int, kind: CueKind = CueKind.COUNT) -> Cue:
    """Return a cue of `track`."""
    return Cue(kind=kind, number=number)


def test_a_file_is_exactly_as_long_as_its_track_and_the_silence_before_it() -> None:
    sound = track([], 12.345, {})
    assert len(rendered(sound)) == BEGIN + round(12.345 * RATE)
    assert sound.length == 12.345 * SECOND
    assert not any(rendered(sound))


def test_the_first_audible_sample_of_each_phrase_is_at_its_moment() -> None:
    said = [(0, 0.1, CueKind.COUNT), (1.5, 0.1, CueKind.COUNT)]
    clips = {cue(0): clip(1000, 2205, lead=40), cue(1): clip(2000, 2205, lead=441)}
    samples = rendered(track(said, 3, clips))
    assert samples.index(1000) == BEGIN
    assert samples.index(2000) == BEGIN + round(1.5 * RATE)
    assert samples.count(1000) == samples.count(2000) == 2205
    assert list(samples[BEGIN - 40 : BEGIN]) == [100] * 40


def test_a_soft_beginning_longer_than_the_silence_before_is_cut_not_shifted() -> None:
    clips = {cue(0): clip(1000, 2205, lead=BEGIN + 100)}
    samples = rendered(track([(0, 0.1, CueKind.COUNT)], 1, clips))
    assert samples.index(1000) == BEGIN
    assert samples[0] == 100


def test_what_goes_beyond_the_end_is_cut_and_the_file_no_longer_for_it() -> None:
    clips = {cue(0): clip(1000, RATE)}
    samples = rendered(track([(0.5, 1, CueKind.COUNT)], 1, clips))
    assert len(samples) == BEGIN + RATE
    assert samples.count(1000) == RATE // 2


def test_of_two_phrases_that_touch_the_later_one_is_heard_whole() -> None:
    said = [(0, 0.1, CueKind.COUNT), (0.1, 0.1, CueKind.COUNT)]
    clips = {cue(0): clip(1000, 2205), cue(1): clip(2000, 2205, lead=3)}
    samples = rendered(track(said, 1, clips))
    assert samples.count(2000) == 2205
    assert samples.count(1000) == 2202


def test_the_same_phrase_can_be_said_many_times() -> None:
    count = Cue(kind=CueKind.HOLD)
    sound = track([], 10, {count: clip(1000, 100)})
    times = tuple(
        Spoken(offset=at * SECOND, length=SECOND / 10, cue=count) for at in range(10)
    )
    piece = Piece(start=timedelta(0), length=sound.length, spoken=times)
    assert rendered(sound, piece).count(1000) == 1000


def pieces(*said: Said) -> list[tuple[float, list[int]]]:
    """Return the pieces of a track: where they start, and what is said in them."""
    return [
        (
            piece.start.total_seconds(),
            [spoken.cue.number or 0 for spoken in piece.spoken],
        )
        for piece in track(said, 60, {}).pieces()
    ]


def test_a_repetition_is_one_piece() -> None:
    assert pieces(
        (0, 0.5, CueKind.COUNT),
        (2, 0.5, CueKind.HOLD),
        (5, 0.5, CueKind.RELEASE),
        (9, 0.5, CueKind.COUNT),
        (11, 0.5, CueKind.HOLD),
        (14, 0.5, CueKind.LOWER),
        (17, 0.5, CueKind.ONE_MORE),
        (18, 0.5, CueKind.COUNT),
    ) == [(0, [0, 1, 2]), (9, [3, 4, 5, 6]), (18, [7])]


def test_instructions_are_parted_where_they_would_get_too_long_to_wait_for() -> None:
    assert pieces(
        (0, 4, CueKind.SET_UP),
        (4.6, 5, CueKind.MOVE),
        (10.2, 3, CueKind.SAFETY),
        (20, 1, CueKind.COUNT_IN),
        (21, 1, CueKind.COUNT_IN),
    ) == [(0, [0, 1]), (10.2, [2]), (20, [3, 4])]


def test_a_hold_that_would_make_a_piece_too_long_is_parted_too() -> None:
    assert pieces(
        (0, 0.5, CueKind.COUNT), (2, 0.5, CueKind.HOLD), (12, 0.5, CueKind.RELEASE)
    ) == [(0, [0, 1]), (12, [2])]


def test_a_phrase_that_is_too_long_by_itself_is_said_all_the_same() -> None:
    assert pieces((0, 15, CueKind.MOVE)) == [(0, [0])]


def test_where_nothing_is_said_there_are_no_pieces() -> None:
    assert pieces() == []


def test_a_piece_has_its_words_at_the_same_distances_as_the_whole() -> None:
    said = [(3, 0.1, CueKind.COUNT), (5, 0.1, CueKind.HOLD)]
    clips = {cue(0): clip(1000, 2205), cue(1, CueKind.HOLD): clip(2000, 2205)}
    sound = track(said, 10, clips)
    (piece,) = sound.pieces()
    samples = rendered(sound, piece)
    assert samples.index(1000) == BEGIN
    assert samples.index(2000) == BEGIN + 2 * RATE
    # a little more than the last audible sample, so that it can fade
    assert len(samples) == 2 * BEGIN + round(2.1 * RATE)
    assert piece.length < PIECE_LIMIT


@pytest.mark.parametrize("offset", [0.0123, 1 / 3, 2.99999])
def test_no_moment_is_off_by_more_than_half_a_sample(offset: float) -> None:
    samples = rendered(
        track([(offset, 0.1, CueKind.COUNT)], 5, {cue(0): clip(1000, 2205)})
    )
    assert abs((samples.index(1000) - BEGIN) - offset * RATE) <= 1
