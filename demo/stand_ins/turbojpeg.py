"""Scales no pictures: there is no camera."""


class TurboJPEG:
    """Of the cameras, which make one when they are imported."""
