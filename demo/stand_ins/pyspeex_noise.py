"""Filters no noise: there is no microphone."""


class AudioProcessor:
    """Of Assist, which makes one when it listens."""
