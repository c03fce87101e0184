"""Shows how the exercise goes: both ends of the movement, for stock cards."""

from typing import Final, override

from homeassistant.components.image import ImageEntity, ImageEntityDescription
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .coordinator import BackExerciseConfigEntry, Coordinator
from .engine.plan import Side
from .engine.programme import exercise_of, name_of
from .engine.session import Session
from .entity import BackExerciseEntity

PARALLEL_UPDATES = 0

EXERCISE: Final = ImageEntityDescription(key="exercise")

type Shown = tuple[str, Side | None]
"""A figure by the name of its exercise, and the side it is of."""


async def async_setup_entry(
    hass: HomeAssistant,
    entry: BackExerciseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the picture of a person's exercise."""
    async_add_entities([ExerciseImage(hass, entry.runtime_data)])


class ExerciseImage(BackExerciseEntity, ImageEntity):
    """Shows the exercise that goes on or comes; at rest, what a session begins with.

    It changes with the exercise and the side, and with nothing else. While sessions
    are locked it shows none.
    """

    _attr_content_type = "image/svg+xml"

    def __init__(self, hass: HomeAssistant, coordinator: Coordinator) -> None:
        """Show the exercise of a person."""
        BackExerciseEntity.__init__(self, coordinator, EXERCISE)
        ImageEntity.__init__(self, hass)
        self._shown = self._look()
        self._attr_image_last_updated = dt_util.utcnow()

    @property
    @override
    def available(self) -> bool:
        """Whether there is something to show."""
        return super().available and self._shown is not None

    @override
    def image(self) -> bytes | None:
        """Draw the picture, in a thread: it takes a while."""
        # where no stock card shows it, nobody needs what draws
        from .figure import load_figures  # noqa: PLC0415 - only when drawn

        if self._shown is None:
            return None
        name, side = self._shown
        words = self.coordinator.phrases.words["exercises"]
        title = words.get(exercise_of(name), {}).get("name", name)
        return load_figures().svg(name, side, title).encode()

    @callback
    @override
    def async_update_token(self) -> None:
        """Keep the address until the picture is another one.

        Every few minutes another one would cost the recorder hundreds of rows a day.
        """
        if not self.access_tokens:
            super().async_update_token()

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        shown = self._look()
        if shown != self._shown:
            self._shown = shown
            self._attr_image_last_updated = dt_util.utcnow()
            super().async_update_token()
            super()._handle_coordinator_update()

    def _look(self) -> Shown | None:
        """Return what is to be seen; None where there is no picture of it."""
        session = self.coordinator.session
        shown = self._of_session(session) if session else self._at_rest()
        exercises = self.coordinator.catalogue.exercises
        return shown if shown and exercise_of(shown[0]) in exercises else None

    def _of_session(self, session: Session) -> Shown | None:
        snapshot, side = session.snapshot, session.step.side
        exercise = snapshot.exercise or snapshot.next_exercise
        if exercise is None:
            return self._shown  # the last words are about none
        form = session.plan.prescription(exercise).form
        one_side = side if side in (Side.LEFT, Side.RIGHT) else None
        return name_of(exercise, form), one_side

    def _at_rest(self) -> Shown | None:
        state = self.coordinator.data
        if state.outlook.lock:
            return None
        if slots := self.coordinator.today().slots:
            return slots[0].name, None
        return self.coordinator.catalogue.routines[state.routine][0], None
