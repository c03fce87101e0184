"""What people, scripts and files may send, from likely to absurd."""

from collections.abc import Coroutine
import json
import logging
import os
from pathlib import Path
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util.json import json_loads
from hypothesis import HealthCheck, settings, strategies as st
import pytest
import voluptuous as vol

CASES: Final = int(os.environ.get("BACK_EXERCISE_FUZZ", "25"))
"""So many for each thing that takes input; `script/fuzz` tries many more."""

BRIEF: Final = settings(
    max_examples=CASES,
    deadline=None,
    derandomize=CASES <= 100,  # the short run is the same each time
    suppress_health_check=[*HealthCheck],
    database=None,
)

EXCEPTIONS: Final = json.loads(
    (
        Path(__file__).parents[2]
        / "custom_components/back_exercise/translations/en.json"
    ).read_text(encoding="utf-8")
)["exceptions"]

NUMBERS: Final = st.one_of(
    st.integers(-3, 12),
    st.integers(),
    st.floats(),
    st.sampled_from(["4", " 4 ", "4.0", "4,5", "vier", "-0", "1e400", "0x4", "٤"]),
)
TEXTS: Final = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "",
            " ",
            "<script>alert(1)</script>",
            "{{ states('sensor.x') }}",
            "'; DROP TABLE entries; --",
            "../../secrets.yaml",
            "a" * 10_000,
            "\x00",
            "\ud800",
            "👩‍🦯",
        ]
    ),
)
MOMENTS: Final = st.one_of(
    st.datetimes().map(str),
    st.sampled_from(
        [
            "2026-11-23 07:00:00+00:00",
            "0001-01-01",
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59Z",
            "9999-12-31T23:59:59.999999",
            "9999-12-31T23:59:59.999999Z",
            "9999-12-31T23:59:59-12:00",
        ]
    ),
    TEXTS,
)
ANYTHING: Final = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS, MOMENTS),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3)
    ),
    max_leaves=6,
)


SAMPLES: Final[tuple[Any, ...]] = (
    *(None, True, False, -1, 0, 4, 10, 11, 10**18, -0.5, 4.5, float("nan")),
    *(float("inf"), "", " ", "4", "4,5", "vier", "Kim", "a" * 10_000, "\x00", "👩‍🦯"),
    *(
        "<script>alert(1)</script>",
        "{{ 1 }}",
        "../../secrets.yaml",
        "07:30:00",
        "25:00",
    ),
    *("media_player.test", "media_player.gone", "tts.test", "en", "tlh", "mon", "none"),
    *([], ["mon"], ["media_player.test"], ["notify.gone"], [None], {}, {"a": 1}, [[]]),
)
"""Some of it, for what can't be tried by property tests: flows remember."""


def fields(**likely: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return data in which any field may be missing, likely or absurd."""
    known = st.fixed_dictionaries(
        {}, optional={name: of | of | ANYTHING for name, of in likely.items()}
    )
    return known | st.builds(
        dict.__or__, known, st.dictionaries(TEXTS, ANYTHING, max_size=1)
    )


def is_json(value: object) -> bool:
    """Return whether Home Assistant can read something from a message."""
    try:
        json_loads(json.dumps(value))
    except ValueError:
        return False
    return True


def is_refused_well(error: BaseException) -> bool:
    """Return whether an error has words in the person's language.

    A field that is none, or one that is missing, Home Assistant refuses by itself.
    """
    if isinstance(error, vol.Invalid):
        return str(error).startswith(("not a valid option", "required key"))
    return isinstance(error, HomeAssistantError) and error.translation_key in EXCEPTIONS


def is_quiet(caplog: pytest.LogCaptureFixture) -> bool:
    """Return whether nothing went wrong that nobody was told of but the log."""
    return not [
        each
        for each in caplog.records
        if each.exc_info or each.levelno >= logging.ERROR
    ]


def run(hass: HomeAssistant, doing: Coroutine[Any, Any, Any]) -> BaseException | None:
    """Do something to its end; return the error there was."""

    async def to_the_end() -> BaseException | None:
        try:
            await doing
        except (HomeAssistantError, vol.Invalid) as err:
            return err
        finally:
            await hass.async_block_till_done()
        return None

    return hass.loop.run_until_complete(to_the_end())
