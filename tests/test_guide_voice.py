"""What the guide says can be said is understood."""

from pathlib import Path
import re
from typing import Final

from homeassistant.core import HomeAssistant
import pytest

from custom_components.back_exercise.sentences import When, async_load_sentences

GUIDE: Final = Path(__file__).parent.parent / "docs" / "guide" / "voice.md"
SECTIONS: Final = {
    "At any time": ("en", {When.ALWAYS}),
    "While a session is going on": ("en", {When.ALWAYS, When.IN_SESSION}),
    "While a reminder is due": ("en", {*When}),
    "In German": ("de", {When.ALWAYS, When.IN_SESSION}),
    "For whom": ("en", {When.ALWAYS}),
}
EXAMPLES: Final = [
    (section.partition("\n")[0], example)
    for section in GUIDE.read_text(encoding="utf-8").split("\n## ")[1:]
    if section.partition("\n")[0] in SECTIONS
    for example in re.findall(
        r'"([^"]+)"', section.partition("These words are ours only")[0]
    )
]


@pytest.mark.parametrize(("section", "example"), EXAMPLES)
async def test_every_example_is_understood(
    hass: HomeAssistant, section: str, example: str
) -> None:
    language, moments = SECTIONS[section]
    sentences = await async_load_sentences(hass, language)

    assert sentences.understand(example.replace("\n", " "), moments)
