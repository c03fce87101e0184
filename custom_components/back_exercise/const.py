"""Names that several modules share."""

import logging
from typing import Final

DOMAIN: Final = "back_exercise"
LOGGER: Final = logging.getLogger(__package__)

ENTRY_VERSION: Final = 1
"""Of what an entry holds; an older version of the integration refuses a newer one."""

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

# Entry data: what makes the buttons of notifications unguessable
CONF_SECRET: Final = "secret"  # noqa: S105 - where it is kept

# Entry options: when something is asked by itself, and where
CONF_REMINDERS: Final = "reminders"
CONF_REMINDERS_SINCE: Final = "reminders_since"
CONF_QUIET_START: Final = "quiet_start"
CONF_QUIET_END: Final = "quiet_end"
CONF_NOTIFY: Final = "notify"
CONF_QUESTION_AT: Final = "question_at"
CONF_SUMMARY_DAY: Final = "summary_day"
CONF_SUMMARY_AT: Final = "summary_at"
CONF_SUMMARY_SINCE: Final = "summary_since"

# Subentries: one for each reminder
REMINDER: Final = "reminder"
CONF_DAYS: Final = "days"
CONF_TIME: Final = "time"
CONF_SCHEDULE: Final = "schedule"
CONF_BLOCKS: Final = "blocks"
CONF_WHAT: Final = "what"
CONF_AT_HOME: Final = "at_home"
CONF_ENABLED: Final = "enabled"
CONF_SINCE: Final = "since"
