"""Names that several modules share."""

import logging
from typing import Final

DOMAIN: Final = "back_exercise"
LOGGER: Final = logging.getLogger(__package__)

# Entry data: who it is, and what was accepted
CONF_PERSON: Final = "person"
CONF_ACCEPTED: Final = "accepted"

# Entry options: how it speaks, what is started, and where pain is entered
CONF_SPEAKERS: Final = "speakers"
CONF_ENGINE: Final = "engine"
CONF_LANGUAGE: Final = "language"
CONF_VOICE: Final = "voice"
CONF_VOLUME: Final = "volume"
CONF_MODE: Final = "mode"
CONF_ROUTINE: Final = "routine"
CONF_SPEECH: Final = "speech"
CONF_PAIN_INPUT: Final = "pain_input"
