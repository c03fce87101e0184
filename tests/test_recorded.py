"""What the recorder keeps: how somebody is, only of the entities that are for that."""

from datetime import timedelta
import json
from typing import Any, Final

from homeassistant.components.recorder import get_instance
from homeassistant.components.recorder.db_schema import (
    StateAttributes,
    States,
    StatesMeta,
)
from homeassistant.components.recorder.util import session_scope
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)
from sqlalchemy import select

from .conftest import Ask, PassTime

pytestmark = pytest.mark.usefixtures("recorder_mock")

EVENTS: Final = "event.alex_session_events"
LOCKED: Final = "binary_sensor.alex_locked"
OFFER: Final = "sensor.alex_offer"

NOTE: Final = "Zwickmühle"
"""A word that nobody uses but the person."""

TELLING: Final = {"pain", "effort", "value", "note", "flags", "sentence", "reason"}
"""What attributes that tell how somebody is would be called."""

type Kept = list[tuple[str, dict[str, Any]]]


async def read(hass: HomeAssistant) -> Kept:
    """Return the entity and the attributes of each row that is kept."""
    await async_wait_recording_done(hass)

    def rows() -> Kept:
        query = (
            select(StatesMeta.entity_id, StateAttributes.shared_attrs)
            .select_from(States)
            .join(StatesMeta, States.metadata_id == StatesMeta.metadata_id)
            .join(
                StateAttributes,
                States.attributes_id == StateAttributes.attributes_id,
            )
        )
        with session_scope(hass=hass, read_only=True) as session:
            return [
                (entity_id, json.loads(attributes))
                for entity_id, attributes in session.execute(query)
            ]

    return await get_instance(hass).async_add_executor_job(rows)


@pytest.fixture
async def kept(hass: HomeAssistant, ask: Ask, pass_time: PassTime) -> Kept:
    """Return what is kept of a session that hurt, and of safety questions after it."""
    await ask("start", pain_before=2)
    await pass_time(timedelta(seconds=50))
    await ask("rate", pain=4)
    await ask("stop", reason=NOTE)
    await ask("screen", items=["chest_pain"])
    locked = hass.states.get(LOCKED)
    assert locked
    assert locked.attributes["reason"]  # shown, if not kept
    return await read(hass)


async def test_no_attribute_of_any_entity_tells_how_somebody_is(kept: Kept) -> None:
    ours = {entity_id for entity_id, _ in kept if ".alex_" in entity_id}

    assert len(ours) > 20
    assert not TELLING & {key for _, each in kept for key in each}


async def test_of_events_neither_numbers_nor_sentences_nor_reasons_are_kept(
    kept: Kept,
) -> None:
    of_events = [each for entity_id, each in kept if entity_id == EVENTS]

    assert {"rated", "decision_made", "session_ended"} <= {
        each["event_type"] for each in of_events
    }
    assert not {"value", "sentence", "reason"} & {
        key for each in of_events for key in each
    }


@pytest.mark.parametrize("entity_id", [LOCKED, OFFER])
async def test_that_there_is_a_lock_or_an_offer_is_kept_but_not_why(
    kept: Kept, entity_id: str
) -> None:
    of_entity = [each for of, each in kept if of == entity_id]

    assert of_entity
    assert not {"rule", "reason", "offers"} & {
        key for each in of_entity for key in each
    }


async def test_what_the_person_has_written_is_not_kept(kept: Kept) -> None:
    assert kept
    assert NOTE not in json.dumps(kept, ensure_ascii=False)
