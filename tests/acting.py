"""What actions have to be told: what the tests of actions share."""

from typing import Any, Final

NEEDED: Final[dict[str, dict[str, Any]]] = {
    "rate": {"pain": 3},
    "log_activity": {"activity": "walking", "minutes": 20},
    "screen": {"items": []},
    "set_programme": {"routine": "beginner"},
    "answer_offer": {"offer": "level", "accepted": True},
    "edit_entry": {"entry_id": "none", "changes": {}},
    "delete_entry": {"entry_id": "none"},
    "import": {"diary": {}},
    "delete_diary": {"confirmed": True},
}
"""What can't be left out of an action."""
