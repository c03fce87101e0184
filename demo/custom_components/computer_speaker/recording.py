"""What a speaker played, as a sound file in real time with its silences.

The file is valid at any moment; <name>.json says when its first sample was due, on
the monotonic and on the wall clock.
"""

import json
from pathlib import Path
import struct
import time

RATE = 22050
WIDTH = 2
HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
LONGEST_S = 4 * 3600
"""After that it begins anew; most of it is silence, which takes no space."""


class Recording:
    """A growing WAV file, mono, 16 bit."""

    def __init__(self, folder: Path, name: str) -> None:
        self._about = folder / f"{name}.json"
        self._file = (folder / f"{name}.wav").open("wb", buffering=0)
        self._begin()

    def _begin(self) -> None:
        self._start = time.monotonic()
        self._length = 0
        self._file.truncate(0)
        self._write_header()
        self._about.write_text(
            json.dumps({"start": self._start, "wall": time.time(), "rate": RATE})
        )

    def _write_header(self) -> None:
        self._file.seek(0)
        self._file.write(
            HEADER.pack(
                *(b"RIFF", HEADER.size - 8 + self._length, b"WAVE", b"fmt ", 16),
                *(1, 1, RATE, RATE * WIDTH, WIDTH, 8 * WIDTH, b"data", self._length),
            )
        )

    def write(self, due: float, samples: bytes) -> None:
        """Add samples that are heard at a moment of the monotonic clock."""
        if due - self._start > LONGEST_S:
            self._begin()
        at = WIDTH * max(0, round((due - self._start) * RATE))
        self._file.seek(HEADER.size + at)
        self._file.write(samples)
        self._length = max(self._length, at + len(samples))
        self._write_header()

    def close(self) -> None:
        """End the file with the silence until now."""
        if not self._file.closed:
            self.write(time.monotonic(), bytes(WIDTH))
            self._file.close()
