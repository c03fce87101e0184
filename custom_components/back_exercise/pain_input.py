"""Takes the pain that somebody enters with a helper of their own."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from homeassistant.components.number import DOMAIN as NUMBER
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import (
    CALLBACK_TYPE,
    CoreState,
    Event,
    EventStateChangedData,
    EventStateReportedData,
    HomeAssistant,
    State,
    callback,
    split_entity_id,
)
from homeassistant.helpers.event import (
    async_track_state_change_event,
    async_track_state_report_event,
)

LOWEST: Final = 0
HIGHEST: Final = 10
_NOTHING: Final = (STATE_UNAVAILABLE, STATE_UNKNOWN)


@callback
def async_follow(
    hass: HomeAssistant, entity_id: str, entered: Callable[[int], None]
) -> CALLBACK_TYPE:
    """Tell each rating that is entered with a helper, 0 to 10, halves rounded up.

    The value it has already, entered again, is a rating too. Not one is what a
    helper shows when it comes back, while Home Assistant starts, or when it is only
    renamed; nor what a device says of itself again and again.
    """
    is_device = split_entity_id(entity_id)[0] == NUMBER

    @callback
    def changed(event: Event[EventStateChangedData]) -> None:
        before, state = event.data["old_state"], event.data["new_state"]
        if (
            state
            and before
            and before.state not in _NOTHING
            and before.state != state.state
        ):
            take(state)

    @callback
    def reported(event: Event[EventStateReportedData]) -> None:
        by = event.context
        if not is_device or by.user_id or by.parent_id:
            take(event.data["new_state"])

    @callback
    def take(state: State) -> None:
        rating = rating_of(state)
        if hass.state is CoreState.running and rating is not None:
            entered(rating)

    unfollow = (
        async_track_state_change_event(hass, entity_id, changed),
        async_track_state_report_event(hass, entity_id, reported),
    )

    @callback
    def stop() -> None:
        for each in unfollow:
            each()

    return stop


def rating_of(state: State) -> int | None:
    """Return the rating that a state shows; None where it is none."""
    try:
        number = Decimal(state.state)
    except InvalidOperation:
        return None
    if not number.is_finite() or not LOWEST <= number <= HIGHEST:
        return None
    return int(number.to_integral_value(ROUND_HALF_UP))
