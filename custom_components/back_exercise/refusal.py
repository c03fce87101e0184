"""Words for what is refused, in the language of the one who asked."""

from collections.abc import Mapping
from typing import Any

from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from .const import DOMAIN
from .engine.decision import Decision, explain


def refusal(key: str, **placeholders: str) -> ServiceValidationError:
    """Return the error that tells why something is not done, and what to do."""
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=placeholders,
    )


def explained(decision: Decision, words: Mapping[str, Any]) -> ServiceValidationError:
    """Return the error that gives the sentence of the rule that refuses something.

    The sentence is in the language of the person's voice, of which `words` are.
    """
    return refusal("rule", sentence=explain(decision, words), rule=decision.rule)


def logged(error: HomeAssistantError) -> str:
    """Return what of an error may stand in the log: of a rule its id alone.

    Its sentence tells how somebody is.
    """
    return (error.translation_placeholders or {}).get("rule") or str(error)
