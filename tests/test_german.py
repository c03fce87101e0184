"""German is complete: what is said, decided, asked and refused has no English left."""

from collections.abc import Iterator
from datetime import date, timedelta
import json
from pathlib import Path
import re
from typing import Any, Final

from homeassistant.components.media_player import MediaPlayerEntityFeature
from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.translation import async_get_translations
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.back_exercise.const import CONF_LANGUAGE, DOMAIN
from custom_components.back_exercise.engine.catalogue import Pattern
from custom_components.back_exercise.engine.cues import Cue, CueKind
from custom_components.back_exercise.engine.decision import (
    Decision,
    Outcome,
    Rule,
    explain,
)
from custom_components.back_exercise.engine.diary import Screen, ScreenForm
from custom_components.back_exercise.engine.plan import Side
from custom_components.back_exercise.engine.summary import PainChange, Summary
from custom_components.back_exercise.texts import async_message
from custom_components.back_exercise.weekly import summary_text

from .conftest import SPOKEN, Ask, PassTime, build_entry
from .fakes import FakeVoice
from .phrasing import UNFINISHED, cues, read
from .room import RoomPlayer
from .walking import Shown, Walk, placeholders

pytestmark = pytest.mark.usefixtures("asked_after_each")

type Keys = tuple[str, ...]

TRANSLATIONS: Final = (
    Path(__file__).parent.parent / "custom_components" / DOMAIN / "translations"
)
WORD: Final = re.compile(r"[^\W\d_]+")

SAME: Final = {
    "an",
    "arm",
    "band",
    "hand",
    "in",
    "leg",
    "moment",
    "pause",
    "piriformis",
    "roll",
    "so",
    "was",
}
"""What is said in both languages, though it may mean something else."""

SAME_TEXTS: Final = {
    "Baseball",
    "Form",
    "Format",
    "Name",
    "Pause",
    "Person",
    "Start",
    "Tennis",
}
"""What is written alike in both languages."""

WHOLE: Final = timedelta(minutes=20)
"""By then a beginner session is over."""


@pytest.fixture
def options() -> dict[str, Any]:
    """Have Alex's sessions spoken in German."""
    return {**SPOKEN, CONF_LANGUAGE: "de"}


@pytest.fixture(autouse=True)
def household(hass: HomeAssistant) -> None:
    """Let German be the language of the household."""
    hass.config.language = "de"


def words_of(texts: Iterator[str]) -> set[str]:
    """Return the words of texts."""
    return {word.lower() for text in texts for word in WORD.findall(text)}


def translations(language: str) -> dict[Keys, str]:
    """Return the texts of a language, by their path."""

    def flat(node: Any, path: Keys) -> Iterator[tuple[Keys, str]]:  # JSON
        match node:
            case str():
                yield path, node
            case dict():
                for key, below in node.items():
                    yield from flat(below, (*path, key))

    file = TRANSLATIONS / f"{language}.json"
    return dict(flat(json.loads(file.read_text(encoding="utf-8")), ()))


@pytest.mark.parametrize("kind", list(CueKind))
def test_every_kind_of_cue_is_said_without_an_english_word(kind: CueKind) -> None:
    english, german = read("en"), read("de")
    said = [cue for cue in set(cues()) if cue.kind is kind]
    words = words_of(german.text(cue) for cue in said)
    assert words
    assert not words & words_of(english.text(cue) for cue in cues()) - SAME


def test_every_number_that_is_counted_is_a_word() -> None:
    german = read("de")
    counts = [Cue(kind=CueKind.COUNT, number=number) for number in range(61)]
    spoken = [german.text(cue) for cue in counts]
    assert len(set(spoken)) == 61
    assert spoken[1] == "Eins."
    assert spoken[21] == "Einundzwanzig."
    assert spoken[37] == "Siebenunddreißig."
    assert spoken[60] == "Sechzig."


def test_sides_are_named_before_the_number() -> None:
    left = Cue(kind=CueKind.COUNT, number=3, side=Side.LEFT)
    assert read("de").text(left) == "Links, drei."


def test_a_single_exercise_and_a_single_lap_are_not_spoken_of_as_several() -> None:
    german = read("de")
    welcome = Cue(kind=CueKind.WELCOME, routine="beginner", number=2, sets=1)
    dose = Cue(
        kind=CueKind.DOSE, pattern=Pattern.LAPS, number=15, sets=1, side=Side.RIGHT
    )
    assert german.text(welcome) == (
        "Willkommen. Das ist deine Übungsreihe für den Einstieg, heute mit einer "
        "einzigen Übung."
    )
    assert german.text(dose) == (
        "Eine Runde, fünfzehn Schritte hin und fünfzehn zurück. Du beginnst rechts."
    )


@pytest.mark.parametrize("key", read("de").words["decisions"])
def test_every_decision_is_explained_in_german(key: str) -> None:
    rule, _, variant = key.partition(".")
    decision = Decision(
        rule=Rule(rule),
        outcome=Outcome.MESSAGE,
        exercise="bridges",
        other="dead_bugs",
        routine="intermediate",
        value=30,
        variant=variant or None,
    )
    text = explain(decision, read("de").words)
    assert text != explain(decision, read("en").words)
    assert not UNFINISHED.search(text), text
    assert text[-1] in ".?", text


def test_a_decision_names_exercise_and_routine_in_german() -> None:
    words = read("de").words
    lighter = Decision(rule=Rule.L_5, outcome=Outcome.MESSAGE, exercise="side_planks")
    back = Decision(rule=Rule.L_4, outcome=Outcome.MESSAGE, routine="beginner")
    assert explain(lighter, words) == "Seitstütz ist vorerst leichter."
    assert (
        explain(back, words)
        == "Gehen wir zurück zu deiner Übungsreihe für den Einstieg."
    )


def test_a_week_is_summed_up_in_german() -> None:
    summary = Summary(
        monday=date(2026, 11, 23),
        sessions=3,
        weekly_target=3,
        minutes=41,
        aerobic_minutes=60,
        aerobic_target=75,
        pain=PainChange.LESS,
    )
    assert summary_text(summary, read("de").words) == (
        "Woche ab dem 23. November: 3 von 3 Einheiten. Minuten insgesamt: 41. "
        "Aktive Minuten: 60 von 75. "
        "Du hast geschafft, was du dir für diese Woche vorgenommen hast. Gut gemacht. "
        "Vor den Einheiten ging es deinem Rücken besser als in der Woche davor."
    )


def test_no_text_of_the_interface_was_left_in_english() -> None:
    english, german = translations("en"), translations("de")
    alike = {text for path, text in german.items() if text == english[path]}
    written = {text for text in alike if WORD.search(re.sub(r"\{\w+\}", "", text))}
    assert written - {"Back Exercise, {name}"} == SAME_TEXTS


def test_an_exercise_has_the_same_name_wherever_it_is_shown_or_said() -> None:
    said = read("de").words["exercises"]
    shown = {
        (path[-1], text)
        for path, text in translations("de").items()
        if path[-1] in said and "data_description" not in path
    }
    assert shown == {(id_, said[id_]["name"]) for id_, _ in shown}
    assert len(shown) == 12


async def test_a_whole_session_is_led_in_german(
    voice: FakeVoice,
    player: RoomPlayer,
    set_up: MockConfigEntry,
    ask: Ask,
    pass_time: PassTime,
) -> None:
    await ask("start")
    await pass_time(WHOLE)

    assert player.texts[0].startswith(
        "Willkommen. Das ist deine Übungsreihe für den Einstieg: vier Übungen, ungefähr"
    )
    assert "Rechts, eins." in player.texts
    assert "Wie ging es deinem Rücken dabei, von null bis zehn?" in player.texts
    assert player.texts[-1] == "Das war alles für heute."
    assert not words_of(iter(player.texts)) & words_of(map(read("en").text, cues())) - (
        SAME
    )


@pytest.mark.parametrize(
    "past", [[Screen(form=ScreenForm.FULL, flags=("chest_pain",))]]
)
async def test_what_a_rule_refuses_is_told_in_german(
    hass: HomeAssistant, set_up: MockConfigEntry, ask: Ask
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await ask("start")
    assert await async_message(hass, refused.value) == (
        "Bitte mach keine Übungen. Was du markiert hast, braucht jetzt notärztliche "
        "Hilfe. Wähl den Notruf, oder geh in die nächste Notaufnahme. (G-1)"
    )


async def test_a_command_out_of_place_is_refused_in_german(
    hass: HomeAssistant, set_up: MockConfigEntry, ask: Ask
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await ask("pause")
    assert await async_message(hass, refused.value) == (
        "Das ist an dieser Stelle nicht möglich. Die Tasten, die sich drücken lassen, "
        "zeigen, was geht."
    )


async def told(hass: HomeAssistant, shown: Shown) -> dict[str, str]:
    """Return the errors of a form as they are read, by field."""
    texts = await async_get_translations(hass, "de", "config", [DOMAIN])
    return {
        field: texts[f"component.{DOMAIN}.config.error.{error}"].format(
            **placeholders(shown)
        )
        for field, error in (shown.get("errors") or {}).items()
    }


async def test_the_errors_of_the_set_up_are_told_in_german(hass: HomeAssistant) -> None:
    build_entry("Kim", SPOKEN).add_to_hass(hass)
    walk = Walk(hass, hass.config_entries.flow, "config")
    await walk.begin(DOMAIN, source=SOURCE_USER)

    assert await told(hass, await walk.answer(name=" ", accepted=False)) == {
        "name": "Gib einen Namen ein.",
        "accepted": "Um weiterzumachen, musst du einverstanden sein. Wenn du es nicht "
        "bist, schließ dieses Fenster: Es wurde nichts eingerichtet.",
    }
    assert await told(hass, await walk.answer(name="kim", accepted=True)) == {
        "name": "Jemand mit diesem Namen ist schon eingerichtet. "
        "Gib einen anderen Namen ein."
    }


async def test_what_cannot_speak_german_or_english_is_told_so_in_german(
    hass: HomeAssistant, voice: FakeVoice
) -> None:
    hass.states.async_set(
        "media_player.kitchen",
        "idle",
        {"supported_features": MediaPlayerEntityFeature.PLAY_MEDIA},
    )
    voice._attr_supported_languages = ["cy"]  # noqa: SLF001 - an engine has no setter
    walk = Walk(hass, hass.config_entries.flow, "config")
    await walk.begin(DOMAIN, source=SOURCE_USER)
    await walk.answer(name="Kim", accepted=True)
    await walk.answer()
    shown = await walk.answer(speakers=["media_player.kitchen"], engine="tts.test")

    assert await told(hass, shown) == {
        "engine": "Test spricht keine der Sprachen, für die es Sätze gibt: Deutsch, "
        "Englisch. Wähle eine andere Sprachausgabe."
    }
