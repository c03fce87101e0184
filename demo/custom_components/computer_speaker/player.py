"""Plays samples in real time, block after block, by the monotonic clock.

The clock paces it and not the device, so it plays alike with and without one.
"""

from collections.abc import Callable
from datetime import timedelta
import threading
import time

import numpy as np

from .device import Device
from .recording import RATE, Recording

BLOCK = RATE // 50
"""20 ms: so fast it stops."""
LATEST_S = 0.5
"""Held up for longer than that, it does not try to catch up."""

type Samples = np.ndarray[tuple[int], np.dtype[np.int16]]

NOTHING: Samples = np.empty(0, np.int16)


class Player:
    """One thread, which sleeps while nothing plays."""

    def __init__(self, recording: Recording, device: Device) -> None:
        self._recording = recording
        self._device = device
        self._changed = threading.Condition()
        self._samples = NOTHING
        self._at = 0
        self._paused = False
        self._anew = False
        self._ended: Callable[[], None] | None = None
        self._closed = False
        self.volume = 1.0
        self._thread = threading.Thread(target=self._run, name="speaker", daemon=True)
        self._thread.start()

    @property
    def position(self) -> timedelta:
        """Return how much has been played."""
        return timedelta(seconds=self._at / RATE)

    def play(self, samples: Samples, ended: Callable[[], None]) -> None:
        """Play from the beginning instead of what plays; tell when it is over."""
        with self._changed:
            self._samples, self._at, self._ended = samples, 0, ended
            self._paused, self._anew = False, True
            self._device.silence()
            self._changed.notify()

    def pause(self) -> None:
        """Be silent, keep the place."""
        with self._changed:
            self._paused = True
            self._device.silence()

    def resume(self) -> None:
        """Go on from there."""
        with self._changed:
            self._paused, self._anew = False, True
            self._changed.notify()

    def stop(self) -> None:
        """Be silent and forget."""
        with self._changed:
            self._samples, self._at, self._ended = NOTHING, 0, None
            self._device.silence()

    def close(self) -> None:
        """End the thread, the recording and the use of the device."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()
        self._device.close()
        self._recording.close()

    def _idle(self) -> bool:
        return (self._paused or self._ended is None) and not self._closed

    def _run(self) -> None:
        due = time.monotonic()
        while True:
            with self._changed:
                while self._idle():
                    self._changed.wait()
                if self._closed:
                    return
                now = time.monotonic()
                if self._anew or due < now - LATEST_S:
                    # it lies ahead while the block before is still heard
                    due = max(due, now)
                    self._anew = False
                due += self._play_block(due)
            time.sleep(max(0.0, due - time.monotonic()))

    def _play_block(self, due: float) -> float:
        """Play the next block and return how long it is, in seconds."""
        block = self._samples[self._at : self._at + BLOCK]
        if len(block):
            data = (block * self.volume).astype(np.int16).tobytes()
            self._recording.write(due, data)
            self._device.write(data)
            self._at += len(block)
        elif self._ended:
            self._ended()
            self._ended = None
        return len(block) / RATE
