"""Takes the pain that somebody enters with a helper of their own."""

from collections.abc import Awaitable, Callable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from homeassistant.components.number import DOMAIN as NUMBER
from homeassistant.config_entries import ConfigEntry
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
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import (
    async_track_state_change_event,
    async_track_state_report_event,
)

from .const import CONF_PAIN_INPUT, LOGGER

LOWEST: Final = 0
HIGHEST: Final = 10
_NOTHING: Final = (STATE_UNAVAILABLE, STATE_UNKNOWN)


class PainInput:
    """Hands on what one person enters with the helper that they have chosen."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        rate: Callable[..., Awaitable[object]],
    ) -> None:
        """Hand ratings to `rate`, as `pain` and `source`; nothing is followed yet."""
        self._hass = hass
        self._entry = entry
        self._rate = rate
        self._unfollow: CALLBACK_TYPE | None = None

    @callback
    def follow(self) -> None:
        """Take what is entered with the helper that is chosen now, if there is one."""
        self.end()
        if helper := self._entry.options.get(CONF_PAIN_INPUT):
            self._unfollow = async_follow(self._hass, helper, self._entered)

    @callback
    def end(self) -> None:
        """Take nothing any more."""
        if self._unfollow:
            self._unfollow()
            self._unfollow = None

    @callback
    def _entered(self, pain: int) -> None:
        self._entry.async_create_task(
            self._hass, self._take(pain), "back_exercise rating"
        )

    async def _take(self, pain: int) -> None:
        try:
            await self._rate(pain=pain, source="helper")
        except HomeAssistantError as err:
            # nobody waits for an answer; a repair issue tells of the disk
            LOGGER.warning("A rating from a helper was not recorded: %s", err)


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
