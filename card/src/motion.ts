/** Where in a movement one is: track and time give the repetition, the phase, the next change. */

import type { Track, TrackRepetition, TrackStep } from "./protocol.ts";

export type Part = "lift" | "hold" | "lower" | "pause";

/** What is done at a moment. */
export interface Moment {
  /** The kind of step: prepare, work, rest, … */
  step: string;
  exercise: string | null;
  side: "left" | "right" | null;
  set: number | null;
  /** The repetition as it is counted aloud, and the last one; null outside of work. */
  repetition: number | null;
  repetitions: number | null;
  part: Part | null;
  /** Of the movement: 0 at its start, 1 at its end. */
  phase: number;
  /** When the present part, or step, began and when the next comes; seconds of the track. */
  since: number;
  until: number;
}

/** A hold shorter than this is no change of its own. */
const SHORTEST_HOLD = 1;

export const sideOf = (side: string | null): "left" | "right" | null =>
  side === "left" || side === "right" ? side : null;

/** The moment of a track at an offset in seconds; beyond its ends, its first or last. */
export const momentAt = (track: Track, offset: number): Moment | null => {
  const { steps } = track;
  const step = steps.find((each) => offset < each.end) ?? steps.at(-1);
  if (!step) return null;
  const [first] = step.repetitions;
  if (!first) return between(step, comingSide(steps, step));
  const repetition = step.repetitions.reduce(
    (found, each) => (each.start <= offset ? each : found),
    first,
  );
  const next = step.repetitions.find((each) => each.start > repetition.start)?.start ?? step.end;
  return {
    step: step.kind,
    exercise: step.exercise,
    side: sideOf(repetition.side) ?? sideOf(step.side),
    set: step.set,
    repetition: repetition.number,
    repetitions: Math.max(...step.repetitions.map(({ number }) => number)),
    ...partAt(repetition, next, offset),
  };
};

const between = (step: TrackStep, side: Moment["side"]): Moment => ({
  step: step.kind,
  exercise: step.exercise,
  side: sideOf(step.side) ?? side,
  set: step.set,
  repetition: null,
  repetitions: null,
  part: null,
  phase: 0,
  since: step.start,
  until: step.end,
});

/** The side with which the work that follows begins. */
const comingSide = (steps: TrackStep[], step: TrackStep): Moment["side"] => {
  const work = steps.slice(steps.indexOf(step)).find((each) => each.repetitions.length > 0);
  return sideOf(work?.repetitions[0]?.side ?? null);
};

const partAt = (
  { start, hold, lower, end }: TrackRepetition,
  next: number,
  offset: number,
): Pick<Moment, "part" | "phase" | "since" | "until"> => {
  if (lower - hold < SHORTEST_HOLD) {
    // One movement there and back, or a step of a walk.
    const change = { since: start, until: next };
    if (offset < hold) return { part: "lift", phase: eased(offset, start, hold), ...change };
    if (offset < lower) return { part: "hold", phase: 1, ...change };
    if (offset < end) return { part: "lower", phase: 1 - eased(offset, lower, end), ...change };
    return { part: "pause", phase: lower < end ? 0 : 1, ...change };
  }
  if (offset < hold) {
    return { part: "lift", phase: eased(offset, start, hold), since: start, until: hold };
  }
  if (offset < lower) return { part: "hold", phase: 1, since: hold, until: lower };
  if (offset < end) {
    const phase = 1 - eased(offset, lower, end);
    return { part: "lower", phase, since: lower, until: next };
  }
  return { part: "pause", phase: 0, since: lower, until: next };
};

/** How far a movement has got that starts and ends gently, 0 to 1. */
const eased = (offset: number, start: number, end: number): number =>
  (1 - Math.cos(Math.PI * share(offset, start, end))) / 2;

/** How far one has got from one moment to another, 0 to 1. */
export const share = (offset: number, start: number, end: number): number =>
  end <= start ? 1 : Math.min(1, Math.max(0, (offset - start) / (end - start)));

/** The seconds that are left until the next change, as one would count them down. */
export const secondsLeft = (moment: Moment, offset: number): number =>
  Math.max(0, Math.ceil(moment.until - offset - 1e-6));
