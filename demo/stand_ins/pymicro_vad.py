"""Hears no speech: there is no microphone."""


class MicroVad:
    """Of Assist, which makes one when it listens."""
