"""The diary as plain data: every field, and what is wrong with it."""

import json
from typing import Any

import pytest

from custom_components.back_exercise.engine.amend import (
    EntryUnknown,
    deleted,
    edited,
    imported,
)
from custom_components.back_exercise.engine.correction import restrict
from custom_components.back_exercise.engine.diary import (
    Effect,
    Entry,
    Gate,
    Kind,
    Logged,
    Rating,
    Reminded,
    ReminderOutcome,
    ReminderReason,
)
from custom_components.back_exercise.engine.export import (
    EntryInvalid,
    plain,
    read_diary,
    read_entry,
    read_gate,
    write_diary,
    write_entry,
)
from custom_components.back_exercise.engine.fold import fold
from custom_components.back_exercise.engine.programme import Status

from .builders import CATALOGUE
from .lives import Life, day


def rating(**changes: Any) -> dict[str, Any]:  # JSON
    """Return a rating as plain data, with changes."""
    data = {"value": 3, "context": "next_day"} | changes.pop("data", {})
    return {
        "id": "a",
        "kind": "rating",
        "at": "2026-11-02T18:00:00+01:00",
        "zone": "Europe/Berlin",
        "schema": 1,
        "data": data,
    } | changes


def test_an_entry_is_read_with_its_defaults_and_written_in_utc() -> None:
    entry = read_entry(rating())

    assert entry.payload == Rating(value=3, context="next_day")  # type: ignore[arg-type]
    assert write_entry(entry)["at"] == "2026-11-02T17:00:00+00:00"
    assert write_entry(entry)["data"]["measure"] == "pain"
    assert read_entry(write_entry(entry)) == entry


def of(kind: str, /, **data: Any) -> dict[str, Any]:  # JSON
    """Return an entry of a kind as plain data."""
    return rating(kind=kind) | {"data": data}


def kept(**effect: Any) -> dict[str, Any]:  # JSON
    """Return a correction with one effect, as plain data."""
    return of("correction", action="delete", target="a", effects=[effect])


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (3, "entry"),
        (rating(id=""), "id"),
        (rating(id="x" * 201), "id"),
        (rating(kind="unheard_of"), "kind"),
        (rating(kind=3), "kind"),
        (rating(at="yesterday"), "at"),
        (rating(at=3), "at"),
        (rating(at="2026-11-02T18:00:00"), "at"),
        (rating(zone="Nowhere/Land"), "zone"),
        (rating(zone="../etc"), "zone"),
        (rating(schema=2), "schema"),
        (rating(schema=True), "schema"),
        (rating(more=1), "more"),
        ({k: v for k, v in rating().items() if k != "zone"}, "zone"),
        (rating() | {"data": []}, "data"),
        (rating(data={"value": 11}), "data.value"),
        (rating(data={"value": "3"}), "data.value"),
        (rating(data={"value": -1}), "data.value"),
        (rating(data={"context": "never"}), "data.context"),
        (rating(data={"recalled": 1}), "data.recalled"),
        (rating(data={"colour": "red"}), "data.colour"),
        (of("rating", value=3), "data.context"),
        (of("activity", activity="w", minutes=0, intensity="moderate"), "data.minutes"),
        (of("screen", form="full", flags="falls"), "data.flags"),
        (of("screen", form="full", flags=["hiccups"]), "data.flags[0]"),
        (of("setting", name="gate_block_from", value=7), "data.value"),
        (of("setting", name="gate_block_from", value=True), "data.value"),
        (of("setting", name="unheard_of", value=7), "data.name"),
        (of("setting", name="strict_pain_free", value=1), "data.value"),
        (of("setting", name="check_in", value="often"), "data.value"),
        (of("setting", name="forbidden", value="bridges"), "data.value"),
        (of("setting", name="highest_repetitions", value=[1]), "data.value"),
        (
            of(
                "session_started",
                routine="beginner",
                kind="normal",
                pain_before=1,
                prescriptions=[{"exercise": "bridges", "index": 12, "planned": 3}],
            ),
            "data.prescriptions[0].index",
        ),
        (
            of(
                "correction",
                action="delete",
                target="a",
                effects=[{"what": "index", "value": 1, "date": "today"}],
            ),
            "data.effects[0].date",
        ),
        (kept(what="not_today", value="yesterday"), "data.effects[0].value"),
        (kept(what="last_ended", value=None), "data.effects[0].value"),
        (kept(what="soft_lock", value="Z-1"), "data.effects[0].value"),
        (kept(what="status", value="suspended", rule="Z-1"), "data.effects[0].rule"),
    ],
)
def test_what_is_wrong_is_named(data: Any, field: str) -> None:  # JSON
    with pytest.raises(EntryInvalid) as caught:
        read_entry(data)

    assert caught.value.field == field
    assert caught.value.allowed


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ([], "diary"),
        ({"entries": []}, "schema"),
        ({"schema": 1}, "entries"),
        ({"schema": 1, "entries": [rating(), rating(zone=3)]}, "entries[1].zone"),
        ({"schema": 1, "entries": [rating(), rating()]}, "entries[1].id"),
    ],
)
def test_what_is_wrong_with_a_diary_is_named(data: Any, field: str) -> None:  # JSON
    with pytest.raises(EntryInvalid) as caught:
        read_diary(data)

    assert caught.value.field == field


def test_every_kind_of_entry_is_written_and_read_again() -> None:
    life = Life()
    life.session(0)
    life.entries += [
        Entry(
            id="r",
            kind=Kind.REMINDER,
            at=day(2),
            zone="UTC",
            payload=Reminded(
                reminder="evening",
                day=day(2).date(),
                outcome=ReminderOutcome.MISSED,
                planned=day(2),
                until=day(2),
                reason=ReminderReason.ABSENT,
            ),
        ),
        Entry(
            id="d",
            kind=Kind.DECISION,
            at=day(2),
            zone="UTC",
            payload=Logged(rule="D-1", outcome="step_up", inputs={"run": 2}),
        ),
    ]

    again = read_diary(json.loads(json.dumps(write_diary(life.entries))))

    assert again == tuple(life.entries)
    before = fold(CATALOGUE, life.entries[:-2])
    after = fold(CATALOGUE, again)
    assert (after.standings, after.recent) == (before.standings, before.recent)


def test_plain_data_has_no_sets() -> None:
    assert plain({"a": frozenset({"y", "x"}), "b": day(0).date()}) == {
        "a": ["x", "y"],
        "b": "2026-11-02",
    }


def test_the_gates_input_is_read_with_its_ranges() -> None:
    ask = read_gate({"pain_before": 4, "routine": "beginner"}, day(0), "UTC")
    assert (ask.pain, ask.routine, ask.override) == (4, "beginner", False)
    assert read_gate({}, day(0), "UTC").pain is None


@pytest.mark.parametrize(
    ("data", "zone", "field"),
    [
        ({"pain_before": 11}, "UTC", "gate.pain_before"),
        ({"pain": 1}, "UTC", "gate.pain"),
        ({}, "Nowhere", "zone"),
    ],
)
def test_what_is_wrong_with_the_gates_input_is_named(
    data: dict[str, Any], zone: str, field: str
) -> None:
    with pytest.raises(EntryInvalid) as caught:
        read_gate(data, day(0), zone)

    assert caught.value.field == field


# Corrections


def stamp(life: Life, number: float) -> Entry:
    """Return what a correction is recorded with."""
    return Entry(
        id="now",
        kind=Kind.CORRECTION,
        at=day(number),
        zone="UTC",
        payload=Gate(result="refused"),
    )


def hurt() -> Life:
    """Return somebody with sharp pain in bridges, and a bad day after."""
    life = Life()
    life.session(0, turns={"bridges": {"sharp": True, "pain_peak": 4}}, next_day=4)
    return life


def test_a_deleted_sharp_pain_keeps_its_suspension_and_no_rating() -> None:
    life = hurt()
    target = next(
        entry.id
        for entry in life.entries
        if entry.kind is Kind.EXERCISE_DONE and plain(entry.payload)["sharp"]
    )

    after = deleted(CATALOGUE, life.entries, target, stamp(life, 2))

    standing = fold(CATALOGUE, after).standing("bridges")
    assert (standing.status, standing.rule) == (Status.SUSPENDED, "S-1")
    assert standing.cool_off == day(14).date()
    kept = write_entry(after[-1])["data"]
    assert {"what": "status", "value": "suspended", "rule": "S-1"}.items() <= next(
        effect for effect in kept["effects"] if effect["what"] == "status"
    ).items()
    assert target not in json.dumps(write_diary(after[:-1]))


def test_an_edit_reaches_everything_after_it() -> None:
    life = Life()
    for number in (0, 2):
        life.session(number)
    first = next(e for e in life.entries if e.kind is Kind.RATING)
    assert isinstance(first.payload, Rating)

    worse = Rating(value=4, context=first.payload.context)
    after = edited(CATALOGUE, life.entries, first.id, worse, stamp(life, 3))

    assert fold(CATALOGUE, after).standing("pelvic_tilts").index < 0
    assert fold(CATALOGUE, life.entries).standing("pelvic_tilts").index == 0


@pytest.mark.parametrize("target", ["unheard_of", "now"])
def test_only_entries_that_are_there_can_be_corrected(target: str) -> None:
    life = hurt()
    diary = deleted(CATALOGUE, life.entries, "e1", stamp(life, 2))

    with pytest.raises(EntryUnknown) as caught:
        deleted(CATALOGUE, diary, target, stamp(life, 3))
    assert caught.value.target == target


def test_an_entry_keeps_its_kind() -> None:
    life = hurt()

    with pytest.raises(ValueError, match="kind"):
        edited(CATALOGUE, life.entries, "e1", Gate(result="x"), stamp(life, 2))


def test_an_import_of_what_is_there_adds_nothing() -> None:
    life = hurt()

    after = imported(CATALOGUE, life.entries, life.entries, stamp(life, 2))

    assert after[:-1] == tuple(life.entries)
    assert plain(after[-1].payload)["effects"] == []


def test_an_import_into_a_new_diary_neither_unlocks_nor_raises() -> None:
    other = Life()
    other.at("advanced")
    other.session(0)

    after = imported(CATALOGUE, (), other.entries, stamp(other, 2))

    programme = fold(CATALOGUE, after)
    assert programme.locked
    assert programme.level == "beginner"


@pytest.mark.parametrize(
    "what", ["unheard_of", "index", "level", "status", "hold", "sharp", "target"]
)
@pytest.mark.parametrize("exercise", [None, "bridges"])
def test_an_effect_that_makes_no_sense_changes_nothing(
    what: str, exercise: str | None
) -> None:
    programme, before = Life().programme(), Life().programme()

    restrict(programme, [Effect(what=what, value=None, exercise=exercise)])

    assert programme == before
