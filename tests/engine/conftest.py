"""The same examples on every run, so that a failure is one for everybody."""

from hypothesis import settings

settings.register_profile(
    "engine", derandomize=True, deadline=None, database=None, max_examples=100
)
settings.register_profile(
    "long", derandomize=False, deadline=None, database=None, max_examples=2000
)
settings.load_profile("engine")
