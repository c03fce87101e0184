"""The computer's sound device, through the SDL library of a wheel.

Where there is no device nothing is heard and nobody is told: the recording is there.
"""

import ctypes
import logging
from pathlib import Path
import sys

import sdl2dll

from .recording import RATE, WIDTH

# SDL.h, SDL_audio.h
INIT_AUDIO = 0x10
AUDIO_S16LSB = 0x8010
SAMPLES = 512
NO_SIGNAL_HANDLERS = b"SDL_NO_SIGNAL_HANDLERS"

LIBRARIES = {
    "darwin": "SDL2.framework/SDL2",
    "linux": "libSDL2-2.0.so",
    "win32": "SDL2.dll",
}

AHEAD = RATE * WIDTH * 60 // 1000
"""So much is queued at first, that a late block leaves no hole."""
MOST = RATE * WIDTH * 200 // 1000
"""More than that in the queue means that the device is slower than the clock."""

_LOGGER = logging.getLogger(__name__)


class AudioSpec(ctypes.Structure):
    """SDL_AudioSpec."""

    _fields_ = (
        ("freq", ctypes.c_int),
        ("format", ctypes.c_uint16),
        ("channels", ctypes.c_uint8),
        ("silence", ctypes.c_uint8),
        ("samples", ctypes.c_uint16),
        ("padding", ctypes.c_uint16),
        ("size", ctypes.c_uint32),
        ("callback", ctypes.c_void_p),
        ("userdata", ctypes.c_void_p),
    )


class Device:
    """The default device, to which blocks are pushed when they are due."""

    def __init__(self) -> None:
        folder = Path(sdl2dll.get_dllpath())
        self._sdl = ctypes.CDLL(str(folder / LIBRARIES[sys.platform]))
        self._sdl.SDL_GetError.restype = ctypes.c_char_p
        self._device = 0
        # Ctrl-C is Home Assistant's
        self._sdl.SDL_SetHint(NO_SIGNAL_HANDLERS, b"1")
        if self._sdl.SDL_InitSubSystem(INIT_AUDIO):
            self._explain()
            return
        wanted = AudioSpec(freq=RATE, format=AUDIO_S16LSB, channels=1, samples=SAMPLES)
        self._device = self._sdl.SDL_OpenAudioDevice(
            None, 0, ctypes.byref(wanted), None, 0
        )
        if not self._device:
            self._explain()
            return
        self._sdl.SDL_PauseAudioDevice(self._device, 0)

    def _explain(self) -> None:
        _LOGGER.debug("No sound device: %s", self._sdl.SDL_GetError().decode())

    def write(self, samples: bytes) -> None:
        """Play samples after those that are queued."""
        if not self._device:
            return
        queued = self._sdl.SDL_GetQueuedAudioSize(self._device)
        if queued > MOST:
            self.silence()
        if not queued:
            samples = bytes(AHEAD) + samples
        self._sdl.SDL_QueueAudio(self._device, samples, len(samples))

    def silence(self) -> None:
        """Forget what is queued."""
        if self._device:
            self._sdl.SDL_ClearQueuedAudio(self._device)

    def close(self) -> None:
        """Give the device back."""
        if self._device:
            self._sdl.SDL_CloseAudioDevice(self._device)
            self._device = 0
