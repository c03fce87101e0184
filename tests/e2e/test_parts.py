"""The parts themselves work: what Home Assistant says is heard, whole and once."""

import time

from .parts import Parts

PHRASE = "Lift your left leg slowly, hold it, and breathe on calmly."


async def test_a_phrase_said_on_mpd_is_heard_whole(parts: Parts) -> None:
    begin = time.monotonic()

    await parts.home.act(
        "tts.speak",
        {"media_player_entity_id": parts.mpd, "message": PHRASE},
        {"entity_id": parts.tts},
    )
    await parts.until_quiet("mpd")

    heard = await parts.heard("mpd", begin)
    assert [(phrase.text, phrase.whole) for phrase in heard] == [(PHRASE, True)]
    assert await parts.heard("satellite", begin) == []


async def test_an_announcement_is_over_when_the_satellite_has_played_it(
    parts: Parts,
) -> None:
    begin = time.monotonic()

    await parts.home.act(
        "assist_satellite.announce",
        {"message": PHRASE, "preannounce": False},
        {"entity_id": parts.satellite},
    )
    end = time.monotonic()

    heard = await parts.heard("satellite", begin, end)
    assert [(phrase.text, phrase.whole) for phrase in heard] == [(PHRASE, True)]
