"""What pain does while a session is played (I-1 to I-8)."""

from typing import Any

import pytest

from custom_components.back_exercise.engine.decision import Outcome, Rule
from custom_components.back_exercise.engine.rules.in_session import MomentFacts, judge
from custom_components.back_exercise.engine.settings import Settings


@pytest.mark.parametrize(
    ("facts", "rules"),
    [
        ({}, []),
        ({"pain": 3}, []),
        ({"pain_before": 3}, []),
        ({"pain_before": 2, "pain": 2}, []),
        ({"pain_before": 2, "pain": 3}, ["I-2"]),
        ({"pain_before": 2, "pain": 4}, ["I-3"]),
        ({"pain_before": 5, "pain": 6}, ["I-3"]),
        ({"pain_before": None, "pain": 6}, ["I-3"]),
        ({"pain_before": 1, "pain": 5}, ["I-4", "I-3"]),
        ({"pain_before": 7, "pain": 8}, ["I-4", "I-3"]),
        ({"pain_before": 2, "pain": 4, "stopped": 1}, ["I-5", "I-3"]),
        ({"pain_before": 2, "pain": 3, "stopped": 1}, ["I-2"]),
        ({"sharp": True}, ["I-1"]),
        ({"sharp": True, "pain_before": 2, "pain": 3}, ["I-1"]),
        ({"sharp": True, "stopped": 1}, ["I-5", "I-1"]),
        ({"without_pain": True}, ["I-7"]),
        ({"without_pain": True, "sharp": True}, ["I-1"]),
        ({"silent": 1}, ["I-8"]),
        ({"silent": 2}, ["I-8"]),
        ({"signs": ("chest_pain",), "sharp": True}, ["I-6", "I-1"]),
    ],
)
def test_a_moment_leads_to_these_rules_the_gravest_first(
    facts: dict[str, Any], rules: list[str]
) -> None:
    judged = judge(MomentFacts(settings=Settings(), **facts))

    assert [decision.rule for decision in judged] == rules


@pytest.mark.parametrize(
    ("setting", "facts"),
    [
        ({"rise_stop": 1}, {"pain_before": 2, "pain": 3}),
        ({"pain_stop": 3}, {"pain_before": 3, "pain": 3}),
    ],
)
def test_stops_can_be_made_stricter(
    setting: dict[str, int], facts: dict[str, int]
) -> None:
    judged = judge(MomentFacts(settings=Settings(**setting), **facts))  # type: ignore[arg-type]

    assert judged[0].rule is Rule.I_3


@pytest.mark.parametrize(
    ("signs", "variant"),
    [
        (("breathlessness",), "emergency"),
        (("leg_numbness_or_weakness", "dizziness"), "emergency"),
        (("lump_or_shape",), "urgent"),
        (("dizziness",), "clinician"),
        (("pain_below_knee",), "physiotherapist"),
    ],
)
def test_i6_ends_the_session_with_the_text_that_matches(
    signs: tuple[str, ...], variant: str
) -> None:
    (decision,) = judge(MomentFacts(settings=Settings(), signs=signs))

    assert (decision.outcome, decision.variant) == (Outcome.END_SESSION, variant)
