"""Speaks a text with the espeak-ng library of a wheel."""

import ctypes
import io
import wave

import espeakng_loader

RATE = 22050
WIDTH = 2
"""Bytes of a sample."""
WORDS_PER_MINUTE = 145
PITCH = 42
LANGUAGES = ("en", "de", "es", "fr", "it", "nl", "pl", "pt", "sv")

# espeak-ng/speak_lib.h
AUDIO_OUTPUT_SYNCHRONOUS = 2
PARAMETER_RATE = 1
PARAMETER_PITCH = 3
POSITION_CHARACTER = 1
CHARS_UTF8 = 1
GO_ON = 0
SYNTH_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


class EspeakError(RuntimeError):
    """The library refused."""


def say(text: str, voice: str) -> bytes:
    """Return the text as mono 16-bit samples, the same each time.

    The library carries a state from one text to the next, which is heard; so it is
    loaded anew. One call at a time. A voice is a language, or a language with one of
    the library's variants: en+f3.
    """
    espeak = ctypes.CDLL(espeakng_loader.get_library_path())
    sound = bytearray()

    def take(samples: ctypes._Pointer[ctypes.c_short], count: int, _: int) -> int:
        if samples and count > 0:
            sound.extend(ctypes.string_at(samples, WIDTH * count))
        return GO_ON

    callback = SYNTH_CALLBACK(take)
    path = espeakng_loader.get_data_path().encode()
    if espeak.espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, path, 0) != RATE:
        raise EspeakError(f"espeak-ng does not start with the data in {path.decode()}")
    try:
        espeak.espeak_SetSynthCallback(callback)
        if espeak.espeak_SetVoiceByName(voice.encode()):
            raise EspeakError(f"espeak-ng has no voice {voice}")
        espeak.espeak_SetParameter(PARAMETER_RATE, WORDS_PER_MINUTE, 0)
        espeak.espeak_SetParameter(PARAMETER_PITCH, PITCH, 0)
        data = text.encode()
        espeak.espeak_Synth(
            ctypes.c_char_p(data),
            ctypes.c_size_t(len(data) + 1),
            *(0, POSITION_CHARACTER, 0, CHARS_UTF8, None, None),
        )
    finally:
        espeak.espeak_Terminate()
        ctypes.CDLL(None).dlclose(ctypes.c_void_p(espeak._handle))  # noqa: SLF001
    return bytes(sound)


def wav(pcm: bytes) -> bytes:
    """Return samples as a sound file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(WIDTH)
        out.setframerate(RATE)
        out.writeframes(pcm)
    return file.getvalue()
