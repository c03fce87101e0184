"""What the demo's Home Assistant is given: integrations, their answers, a dashboard."""

from contextlib import suppress
from pathlib import Path

from .home import Home, Json, RefusedError
from .part import LOCALHOST

ROOT = Path(__file__).resolve().parent.parent
BACK_EXERCISE = ROOT / "custom_components" / "back_exercise"
COMPUTER_SPEAKER = ROOT / "demo" / "custom_components" / "computer_speaker"

DASHBOARD = "back-exercise"
TILES = (
    *("start", "session", "exercise", "repetition", "remaining"),
    *("pause", "resume", "skip", "stop"),
)
"""Ends of unique ids, in the order of the dashboard; the rest is left to the card."""


def wyoming(port: int) -> Json:
    """Answer the flow that adds a Wyoming server of this machine."""
    return {"user": {"host": LOCALHOST, "port": port}}


def back_exercise(voice: str, speaker: str) -> Json:
    """Answer the steps of the flow that adds Back Exercise."""
    return {"user": {"name": "Demo", "tts_engine": voice, "speakers": [speaker]}}


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


async def furnish(home: Home, voice_port: int) -> None:
    """Add what is missing yet."""
    there = await domains(home)
    if "wyoming" not in there:
        await home.add_entry("wyoming", wyoming(voice_port))
    if "computer_speaker" not in there:
        await home.add_entry("computer_speaker", {})
    voice = await the_entity(home, "wyoming", "tts")
    speaker = await the_entity(home, "computer_speaker", "media_player")
    if "back_exercise" in there:
        return
    if (BACK_EXERCISE / "config_flow.py").exists():
        await home.add_entry("back_exercise", back_exercise(voice, speaker))
    await choose_voice(home, voice, "en")
    await show_dashboard(home, speaker)


async def choose_voice(home: Home, voice: str, language: str) -> None:
    """Let Assist, and so every satellite, speak with this voice."""
    known = await home.ask("assist_pipeline/pipeline/list")
    chosen = next(
        p for p in known["pipelines"] if p["id"] == known["preferred_pipeline"]
    )
    pipeline_id = chosen.pop("id")
    chosen |= {"tts_engine": voice, "tts_language": language, "tts_voice": language}
    await home.ask("assist_pipeline/pipeline/update", pipeline_id=pipeline_id, **chosen)


async def show_dashboard(home: Home, speaker: str) -> None:
    """Make a dashboard of the session and open the interface with it."""
    entities = await home.entities("back_exercise")
    tiles = [
        {"type": "tile", "entity": entity_id}
        for tile in TILES
        for unique_id, entity_id in entities.items()
        if unique_id.endswith(f"_{tile}")
    ]
    view = {
        "type": "sections",
        "title": "Back Exercise",
        "path": "session",
        "sections": [
            {"type": "grid", "cards": [heading("Session"), *tiles]},
            {
                "type": "grid",
                "cards": [
                    heading("Sound"),
                    {"type": "media-control", "entity": speaker},
                ],
            },
        ],
    }
    with suppress(RefusedError):  # it is there already
        await home.ask(
            "lovelace/dashboards/create",
            url_path=DASHBOARD,
            title="Back Exercise",
            icon="mdi:yoga",
        )
    await home.ask("lovelace/config/save", url_path=DASHBOARD, config={"views": [view]})
    await home.ask(
        "frontend/set_system_data", key="core", value={"default_panel": DASHBOARD}
    )


def heading(text: str) -> Json:
    """Return a card that is only a heading."""
    return {"type": "heading", "heading": text}
