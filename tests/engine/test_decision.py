"""Every decision has its sentence, and settings their bounds."""

import re
from typing import Final

import pytest

from custom_components.back_exercise.engine.decision import (
    Decision,
    Outcome,
    Rule,
    explain,
)
from custom_components.back_exercise.engine.rules import PRECEDENCE
from custom_components.back_exercise.engine.settings import (
    BOUNDS,
    SWITCHES,
    SettingRefused,
    Settings,
    Stricter,
)

from .builders import WORDS
from .lives import day

SILENT: Final = {"I-6", "I-9", "W-2", "W-4", "C-3", "X-2"}
"""Rules that are said by a variant, or have nothing to say."""


@pytest.mark.parametrize("rule", sorted(set(Rule) - SILENT))
def test_every_rule_has_a_sentence(rule: Rule) -> None:
    decision = Decision(
        rule=rule,
        outcome=Outcome.NOTHING,
        exercise="bridges",
        other="bird_dogs",
        routine="beginner",
        value=30,
    )

    sentence = explain(decision, WORDS)

    assert sentence
    assert "{" not in sentence
    assert "None" not in sentence


@pytest.mark.parametrize("key", WORDS["decisions"])
def test_a_sentence_is_of_a_rule_and_has_no_pain_in_numbers(key: str) -> None:
    rule, _, _ = key.partition(".")
    sentence = WORDS["decisions"][key]

    assert rule in set(Rule)
    assert not re.search(r"\d", sentence)
    assert not re.search(r"\bsafe", sentence)
    assert set(re.findall(r"\{(\w+)\}", sentence)) <= {
        "exercise",
        "other",
        "routine",
        "value",
        "until",
    }


def test_a_sentence_names_exercises_in_the_language_and_own_ones_as_they_are() -> None:
    swapped = Decision(
        rule=Rule.S_7,
        outcome=Outcome.SUBSTITUTE,
        exercise="own stretch",
        other="bridges",
        until=day(0).date(),
    )

    assert explain(swapped, WORDS) == "own stretch is swapped for Bridges."


def test_a_rule_without_its_sentence_is_an_error() -> None:
    with pytest.raises(KeyError):
        explain(Decision(rule=Rule.X_2, outcome=Outcome.NOTHING), WORDS)


def test_locks_come_before_easing_and_easing_before_rising() -> None:
    order = [
        Outcome.LOCK,
        Outcome.NOT_TODAY,
        Outcome.END_SESSION,
        Outcome.STOP_EXERCISE,
        Outcome.SUSPEND,
        Outcome.LEVEL_DOWN,
        Outcome.EASE,
        Outcome.HOLD,
        Outcome.STEP_UP,
        Outcome.LEVEL_UP,
    ]

    assert sorted(order, key=PRECEDENCE.__getitem__) == order


# Settings


@pytest.mark.parametrize("name", BOUNDS)
def test_a_number_may_be_at_its_bounds_and_no_further(name: str) -> None:
    bounds = BOUNDS[name]
    settings = Settings(suspension_count=1)
    for value in (bounds.low, bounds.high):
        changed = settings.changed(name, value)
        assert getattr(changed, name) == value
    for wrong in (bounds.low - 1, bounds.high + 1, "3", None, True):
        with pytest.raises(SettingRefused) as caught:
            settings.changed(name, wrong)
        assert caught.value.field == name
        assert str(bounds.low) in caught.value.allowed


SAFETY: Final = (
    "gate_block_from",
    "gate_gentle_from",
    "flare_rise",
    "rise_stop",
    "nd_rise",
    "pain_stop",
    "pain_end",
    "rise_end",
    "clean_pain_max",
    "suspension_count",
    "step_gap_days",
    "max_step_ups",
    "min_sessions",
    "min_days",
    "mastered_of_4",
    "tempo",
)


@pytest.mark.parametrize("name", SAFETY)
def test_a_safety_setting_is_never_looser_than_its_default(name: str) -> None:
    bounds = BOUNDS[name]
    loosest = bounds.high if bounds.stricter is Stricter.LOWER else bounds.low

    assert bounds.stricter is not Stricter.NEITHER
    assert getattr(Settings(), name) == loosest


def test_the_one_exception_needs_a_clinicians_agreement() -> None:
    assert Settings().changed("gate_block_from", 7, agreed=True).gate_block_from == 7
    for value, agreed in ((7, False), (8, True)):
        with pytest.raises(SettingRefused):
            Settings().changed("gate_block_from", value, agreed=agreed)


@pytest.mark.parametrize("name", SWITCHES)
def test_a_switch_is_on_or_off(name: str) -> None:
    assert getattr(Settings().changed(name, value=True), name) is True
    with pytest.raises(SettingRefused):
        Settings().changed(name, value="on")


def test_gentle_begins_below_the_block() -> None:
    assert Settings().changed("gate_block_from", 3).gate_gentle_from == 2
    with pytest.raises(SettingRefused, match="at most 2"):
        Settings().changed("gate_block_from", 3).changed("gate_gentle_from", 4)


def test_two_of_two_is_later_than_two_of_three_and_refused() -> None:
    with pytest.raises(SettingRefused):
        Settings().changed("suspension_window", 2)
    with pytest.raises(SettingRefused):
        Settings(suspension_count=1, suspension_window=2).changed("suspension_count", 2)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("check_in", "sometimes"),
        ("forbidden", "bridges"),
        ("forbidden", [1]),
        ("highest_repetitions", {"bridges": 0}),
        ("highest_repetitions", {"bridges": True}),
        ("highest_repetitions", {1: 2}),
        ("unheard_of", 1),
    ],
)
def test_what_is_no_setting_is_refused(name: str, value: object) -> None:
    with pytest.raises(SettingRefused) as caught:
        Settings().changed(name, value)
    assert caught.value.field == name


def test_of_two_settings_the_stricter_of_each_counts() -> None:
    one = Settings(rise_stop=1, min_days=20)
    other = Settings(pain_stop=3, strict_pain_free=True)

    assert one.stricter(other) == Settings(
        rise_stop=1, min_days=20, pain_stop=3, strict_pain_free=True
    )
    assert one.stricter(one) is one
