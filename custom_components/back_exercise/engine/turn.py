"""What follows at once from an exercise that ended or was rated (S-1 to S-5)."""

from .apply import apply
from .catalogue import Catalogue
from .decision import Decision
from .exposure import was_stopped
from .programme import Programme, Record, Standing
from .rules.facts import TurnFacts
from .rules.suspension import SHARP_WITHIN, TURN


def take_turn(
    programme: Programme, catalogue: Catalogue, record: Record, name: str
) -> list[Decision]:
    """Take what must not wait for the next day: suspensions, and the lock of S-5."""
    done = record.done[name]
    worsening = was_stopped(done, record)
    if not worsening:
        return []
    standing = programme.standings.setdefault(name, Standing())
    recent = programme.recent
    is_new = name not in record.sharp
    if done.sharp and is_new:
        record.sharp.add(name)
        recent.sharp = tuple(
            day
            for day in (*recent.sharp, record.day)
            if record.day - day <= SHARP_WITHIN
        )[-3:]
    if done.sharp and not is_new:
        return []
    facts = TurnFacts(
        name=name,
        done=done,
        worsening=worsening,
        status=standing.status,
        marks=standing.marks,
        failed=standing.failed,
        sharp=recent.sharp,
        settings=record.settings,
        on=record.day,
    )
    decisions = [decision for rule in TURN for decision in rule(facts)]
    for decision in decisions:
        apply(programme, catalogue, decision, record.day)
    return decisions
