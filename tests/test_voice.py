"""Measured sound: what is read from an engine's files, however they are written."""

from array import array
from collections.abc import Sequence
from datetime import timedelta
import io
import math
from typing import Final
import wave

import pytest

from custom_components.back_exercise.engine.cues import CueKind
from custom_components.back_exercise.voice import (
    BLOCK,
    PRE_ROLL,
    RATE,
    TAIL,
    Clip,
    read_clip,
    tone,
    trim,
)

SECOND: Final = timedelta(seconds=1)
BLOCK_TIME: Final = SECOND * BLOCK / RATE


def sine(seconds: float, rate: int = RATE, height: int = 8000) -> list[int]:
    """Return the samples of a tone."""
    return [
        round(height * math.sin(2 * math.pi * 440 * at / rate))
        for at in range(round(seconds * rate))
    ]


def written(
    samples: Sequence[int], *, rate: int = RATE, channels: int = 1, width: int = 2
) -> bytes:
    """Return a WAV file of samples, the same in each channel."""
    file = io.BytesIO()
    with wave.open(file, "wb") as wav:
        wav.setnchannels(channels)
        wav.setsampwidth(width)
        wav.setframerate(rate)
        wav.writeframes(
            b"".join(
                (sample << (8 * (width - 2))).to_bytes(width, "little", signed=True)
                * channels
                for sample in samples
            )
        )
    return file.getvalue()


def read(wav: bytes) -> Clip:
    """Read a file that can be heard."""
    clip = read_clip(wav)
    assert clip
    return clip


def heights(clip: Clip) -> array[int]:
    """Return the samples of a clip."""
    return array("h", clip.pcm)


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 24000, 44100, 48000])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("width", [2, 3, 4])
def test_sound_of_any_usual_form_is_as_long_and_as_loud(
    rate: int, channels: int, width: int
) -> None:
    clip = read(
        written(sine(0.5, rate=rate), rate=rate, channels=channels, width=width)
    )
    assert abs(clip.length - 0.5 * SECOND) < 3 * BLOCK_TIME
    assert max(heights(clip)) == pytest.approx(8000, rel=0.1)


def streamed(wav: bytes, *sizes: int) -> bytes:
    """Return a file whose header gives other sizes, as one from a pipe."""
    whole, data = (size.to_bytes(4, "little") for size in sizes)
    return wav[:4] + whole + wav[8:40] + data + wav[44:]


@pytest.mark.parametrize(
    "sizes", [(0, 0), (0xFFFFFFFF, 0xFFFFFFFF), (36, 0), (1 << 31, 1 << 31), (50, 6)]
)
def test_the_sizes_in_a_header_are_not_believed(sizes: tuple[int, int]) -> None:
    wav = written(sine(0.5))
    assert read(streamed(wav, *sizes)) == read(wav)


def test_what_stands_between_the_headers_is_passed_over() -> None:
    wav = written(sine(0.5))
    note = (
        b"LIST"
        + (26).to_bytes(4, "little")
        + b"INFOISFT\x0e\x00\x00\x00Lavf62.3.100\x00\x00"
    )
    assert read(wav[:36] + note + wav[36:]) == read(wav)


def test_a_file_that_is_cut_off_is_heard_as_far_as_it_goes() -> None:
    wav = written(sine(0.5), width=3)
    assert abs(read(wav[:-16538]).length - 0.25 * SECOND) < 3 * BLOCK_TIME


@pytest.mark.parametrize(
    "wav",
    [
        b"",
        b"RIFF",
        b"RIFF\x00\x00\x00\x00WAVEfmt ",
        b"RIFF\x00\x00\x00\x00WAVEdata",
        b"ID3\x04\x00\x00\x00\x00\x00\x00",
        b"<html>fmt data</html>",
        written([]),
        written([0] * RATE),
        written([100] * RATE),
        written(sine(0.1), channels=6),
        written(sine(0.1), rate=1).replace(
            b"\x01\x00\x00\x00\x02", b"\x00\x00\x00\x00\x02"
        ),
        b"data" + written(sine(0.1)),
    ],
    ids=[
        "nothing",
        "a beginning",
        "no data",
        "no form",
        "mp3",
        "a page",
        "no sound",
        "silence",
        "noise below hearing",
        "six channels",
        "no rate",
        "something before it",
    ],
)
def test_where_nothing_can_be_heard_there_is_no_clip(wav: bytes) -> None:
    assert read_clip(wav) is None


def test_fractions_are_not_taken_for_whole_numbers() -> None:
    wav = written(sine(0.1), width=4)
    assert read_clip(wav[:20] + b"\x03" + wav[21:]) is None


@pytest.mark.parametrize(("coding", "is_heard"), [(b"\x01", True), (b"\x03", False)])
def test_the_long_form_of_a_header_is_read_too(coding: bytes, is_heard: bool) -> None:
    wav = written(sine(0.1))
    long = b"\x16\x00\x10\x00\x04\x00\x00\x00" + coding + b"\x00" + bytes(14)
    extended = wav[:16] + b"\x28" + wav[17:20] + b"\xfe\xff" + wav[22:36] + long
    assert (read_clip(extended + wav[36:]) == read_clip(wav)) is is_heard


def test_eight_bits_are_not_taken_for_sound() -> None:
    file = io.BytesIO()
    with wave.open(file, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(1)
        wav.setframerate(RATE)
        wav.writeframes(b"\x80\xff" * 1000)
    assert read_clip(file.getvalue()) is None


def test_silence_round_a_phrase_is_cut_but_for_a_soft_beginning_and_end() -> None:
    pcm = array("h", [0] * RATE + [5000] * 4410 + [0] * RATE)
    clip = trim(pcm.tobytes())
    assert clip
    # the first audible sample is known to a block
    assert PRE_ROLL <= clip.lead < PRE_ROLL + BLOCK + 1
    assert 4410 <= clip.audible <= 4410 + 2 * BLOCK
    assert len(clip.pcm) // 2 == pytest.approx(clip.lead + clip.audible + TAIL, abs=2)
    assert clip.length == SECOND * clip.audible / RATE


def test_what_begins_and_ends_at_once_is_kept_whole() -> None:
    pcm = array("h", [5000] * 1000).tobytes()
    assert trim(pcm) == Clip(pcm=pcm, lead=0, audible=1000)


def test_a_pause_within_a_phrase_belongs_to_it() -> None:
    pcm = array("h", [5000] * 1100 + [0] * RATE + [5000] * 1100).tobytes()
    clip = trim(pcm)
    assert clip
    assert clip.audible == 2 * 1100 + RATE


@pytest.mark.parametrize("kind", CueKind)
def test_a_tone_is_short_and_begins_and_ends_softly(kind: CueKind) -> None:
    clip = tone(kind)
    assert timedelta(milliseconds=100) < clip.length <= timedelta(milliseconds=400)
    assert abs(heights(clip)[0]) < 100
    assert abs(heights(clip)[-1]) < 100
    assert 7000 < max(heights(clip)) <= 8000


def test_counts_holds_and_releases_can_be_told_apart_by_their_tones() -> None:
    kinds = (CueKind.COUNT_IN, CueKind.COUNT, CueKind.HOLD, CueKind.RELEASE)
    assert len({tone(kind).pcm for kind in kinds}) == len(kinds)
