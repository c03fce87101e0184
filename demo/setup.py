"""What the demo's Home Assistant is given: integrations, their answers, a dashboard."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from .home import Home, Json, RefusedError

ROOT = Path(__file__).resolve().parent.parent
BACK_EXERCISE = ROOT / "custom_components" / "back_exercise"
COMPUTER = ROOT / "demo" / "custom_components"
COMPONENTS = (
    COMPUTER / "computer_speaker",
    COMPUTER / "computer_voice",
    BACK_EXERCISE,
)

DASHBOARD = "back-exercise"
GRID = 12
"""Columns of a section, which is as wide as a phone."""
CONTROLS = (
    *("previous", "repeat", "next"),
    *("explain", "easier", "sharp_pain"),
)
"""Buttons below those to pause and to stop, by the ends of their unique ids."""
COLOURS = {"start": "green", "stop": "red", "sharp_pain": "orange"}


def back_exercise(voice: str, speaker: str) -> Json:
    """Answer the steps of the flow that adds Back Exercise."""
    return {
        "user": {"name": "Demo", "accepted": True},
        "screen": {},  # nothing that stands against it
        "voice": {"speakers": [speaker], "engine": voice},
        "language": {"language": "en", "voice": "en"},
        "test": {"next_step_id": "finish"},
        "reminder": {},  # none
    }


async def domains(home: Home) -> set[str]:
    """Return the integrations that have an entry."""
    return {entry["domain"] for entry in await home.ask("config_entries/get")}


async def the_entity(home: Home, platform: str, domain: str) -> str:
    """Return the one entity of a domain that an integration has."""
    found = [
        entity
        for entity in (await home.entities(platform)).values()
        if entity.startswith(f"{domain}.")
    ]
    if len(found) != 1:
        raise LookupError(f"{platform} has {found} in {domain}")
    return found[0]


async def furnish(home: Home) -> None:
    """Add what is missing yet."""
    there = await domains(home)
    for domain in ("computer_voice", "computer_speaker"):
        if domain not in there:
            await home.add_entry(domain, {})
    if "back_exercise" in there:
        return
    voice = await the_entity(home, "computer_voice", "tts")
    speaker = await the_entity(home, "computer_speaker", "media_player")
    await home.add_entry("back_exercise", back_exercise(voice, speaker))
    await show_dashboard(home, speaker)


async def show_dashboard(home: Home, speaker: str) -> None:
    """Make a dashboard, with our card and without, and open the interface with it."""
    entities = {
        unique_id.partition("_")[2]: entity_id
        for unique_id, entity_id in (await home.entities("back_exercise")).items()
    }
    own = {"type": "custom:back-exercise-card", "entity": entities["session"]}
    views = [
        view("Session", [[own], [*speaker_cards(speaker)]]),
        view(
            "Stock cards",
            [
                [*session_cards(entities), *setting_cards(entities)],
                [*progress_cards(entities), *speaker_cards(speaker)],
            ],
        ),
    ]
    with suppress(RefusedError):  # it is there already
        await home.ask(
            "lovelace/dashboards/create",
            url_path=DASHBOARD,
            title="Back Exercise",
            icon="mdi:yoga",
        )
    await home.ask("lovelace/config/save", url_path=DASHBOARD, config={"views": views})
    await home.ask(
        "frontend/set_system_data", key="core", value={"default_panel": DASHBOARD}
    )


def view(title: str, sections: Sequence[Sequence[Json]]) -> Json:
    """Make a page of the dashboard."""
    return {
        "type": "sections",
        "title": title,
        "path": title.lower().replace(" ", "-"),
        "max_columns": 2,
        "sections": [{"type": "grid", "cards": [*cards]} for cards in sections],
    }


def session_cards(entities: Mapping[str, str]) -> Iterator[Json]:
    """Make the cards of the session: to start it, or to see and control it."""
    idle, busy = is_off(entities["active"]), is_on(entities["active"])
    asking = {"condition": "state", "entity": entities["session"], "state": "asking"}
    has_begun = {
        "condition": "numeric_state",
        "entity": entities["progress"],
        "above": 0,
    }
    yield {"type": "heading", "heading": "Session", "icon": "mdi:yoga"}
    yield {
        "type": "markdown",
        "content": (
            f"{{{{ state_attr('{entities['locked']}', 'reason') }}}}\n\n"
            "[Answer the safety questions](/config/repairs)"
        ),
        "visibility": [is_on(entities["locked"])],
        "grid_options": {"columns": GRID},
    }
    yield tile(entities["session"], [busy])
    yield tile(entities["pain_now"], feature="numeric-input", position="bottom")
    yield tile(
        entities["effort"],
        # how hard it was is not asked before anything was done
        [asking, has_begun],
        feature="numeric-input",
        position="bottom",
    )
    yield button(entities, "start", GRID, [idle, is_off(entities["locked"])])
    yield tile(entities["exercise"], [busy], columns=GRID // 2)
    yield tile(
        entities["step_ends"],
        [busy, is_known(entities["step_ends"])],
        columns=GRID // 2,
    )
    yield tile(entities["progress"], [busy], feature="bar-gauge")
    for key in ("pause", "resume"):
        # one at a time can be pressed
        can = {"condition": "state", "entity": entities[key]}
        able = can | {"state_not": "unavailable"}
        yield button(entities, key, GRID // 2, [busy, able])
    yield button(entities, "stop", GRID // 2, [busy])
    for key in CONTROLS:
        yield button(entities, key, GRID // 3, [busy])


def progress_cards(entities: Mapping[str, str]) -> Iterator[Json]:
    """Make the cards of how it went over time."""
    yield {"type": "heading", "heading": "Progress", "icon": "mdi:chart-line"}
    has_done = is_known(entities["last_session"])
    yield tile(entities["last_session"], [has_done])
    for key in ("sessions_this_week", "streak"):
        yield tile(entities[key], columns=GRID // 2)
    yield tile(entities["aerobic_minutes"])
    yield {
        "type": "statistics-graph",
        "title": "Pain, mean and highest of each day",
        "entities": [entities["pain"]],
        "stat_types": ["mean", "max"],
        "period": "day",
        "days_to_show": 30,
        "min_y_axis": 0,
        "max_y_axis": 10,
        "hide_legend": True,
        "visibility": [has_done],
        "grid_options": {"columns": GRID},
    }
    offer = {"condition": "state", "entity": entities["offer"], "state_not": "none"}
    yield {
        "type": "markdown",
        "content": (
            f"{{% for each in state_attr('{entities['offer']}', 'offers') or [] %}}"
            "{{ each.sentence }}\n{% endfor %}"
        ),
        "visibility": [offer],
        "grid_options": {"columns": GRID},
    }


def setting_cards(entities: Mapping[str, str]) -> Iterator[Json]:
    """Make the cards of what holds for every session."""
    yield {"type": "heading", "heading": "Settings", "icon": "mdi:tune"}
    yield tile(entities["routine"], feature="select-options")
    yield tile(entities["check_in"], feature="select-options")
    yield tile(entities["speech"], feature="toggle")


def speaker_cards(speaker: str) -> Iterator[Json]:
    """Make the card of what the speaker does."""
    yield {"type": "heading", "heading": "Speaker", "icon": "mdi:speaker"}
    yield {"type": "media-control", "entity": speaker}


def is_on(entity: str) -> Json:
    """Make the condition that something is so."""
    return {"condition": "state", "entity": entity, "state": "on"}


def is_off(entity: str) -> Json:
    """Make the condition that something is not so."""
    return {"condition": "state", "entity": entity, "state": "off"}


def is_known(entity: str) -> Json:
    """Make the condition that something has a value."""
    without = ["unknown", "unavailable"]
    return {"condition": "state", "entity": entity, "state_not": without}


def tile(
    entity: str,
    visibility: Sequence[Json] = (),
    *,
    feature: str | None = None,
    position: str = "inline",
    columns: int = GRID,
) -> Json:
    """Make a card that shows an entity by its own name, without that of its device."""
    return {
        "type": "tile",
        "entity": entity,
        "name": {"type": "entity"},
        "features": [{"type": feature}] if feature else [],
        "features_position": position,
        "visibility": visibility,
        "grid_options": {"columns": columns},
    }


def button(
    entities: Mapping[str, str], key: str, columns: int, visibility: Sequence[Json]
) -> Json:
    """Make a card to press."""
    return {
        "type": "button",
        "entity": entities[key],
        "name": {"type": "entity"},
        "color": COLOURS.get(key),
        "tap_action": {
            "action": "perform-action",
            "perform_action": "button.press",
            "target": {"entity_id": entities[key]},
        },
        "visibility": visibility,
        "grid_options": {"columns": columns, "rows": 2},
    }
