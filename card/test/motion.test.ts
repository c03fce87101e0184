import { describe, expect, test } from "vitest";

import { momentAt, secondsLeft, share, sideOf } from "../src/motion.ts";
import type { Track, TrackStep, View } from "../src/protocol.ts";
import messages from "./messages.json";

const running = (messages.running as unknown as View).session?.track as Track;
const sides = (messages.sides as unknown as View).session?.track as Track;

const work = (changes: Partial<TrackStep["repetitions"][number]>[]): Track => ({
  id: "track",
  begun_at: "2026-11-29T08:00:00+00:00",
  steps: [
    {
      ...{ kind: "work", exercise: "bridges", side: null, set: 2 },
      ...{ start: 0, end: changes.length * 5 },
      repetitions: changes.map((change, index) => ({
        ...{ number: index + 1, side: null, move: "repetition", start: index * 5 },
        ...{ lift: index * 5, hold: index * 5 + 2, lower: index * 5 + 2, end: index * 5 + 4 },
        ...change,
      })),
    },
  ],
});

describe("a track of the integration", () => {
  test("leads into the work with no repetition", () => {
    expect(momentAt(running, 5)).toEqual({
      ...{ step: "prepare", exercise: "pelvic_tilts", side: null, set: 1 },
      ...{ repetition: null, repetitions: null, part: null, phase: 0, since: 0, until: 20 },
    });
  });

  test.each([
    // offset, repetition, part, phase, since, until
    [20, 1, "lift", 0, 20, 22],
    [21, 1, "lift", 0.5, 20, 22],
    [22, 1, "hold", 1, 22, 25],
    [24.9, 1, "hold", 1, 22, 25],
    [26.5, 1, "lower", 0.5, 25, 29],
    [28.5, 1, "pause", 0, 25, 29],
    [29, 2, "lift", 0, 29, 31],
    [38, 3, "lift", 0, 38, 40],
  ])("is at %d s in repetition %d: %s", (offset, repetition, part, phase, since, until) => {
    const moment = momentAt(running, offset);
    expect(moment).toMatchObject({ repetition, repetitions: 10, part, since, until });
    expect(moment?.phase).toBeCloseTo(phase, 6);
  });

  test("names the side of each repetition", () => {
    expect(momentAt(sides, 46)?.side).toBe("right");
  });

  test("shows while getting ready the side that comes", () => {
    expect(momentAt(sides, 30)).toMatchObject({ step: "prepare", side: "right" });
  });
});

test("without a hold the ring runs through the whole repetition", () => {
  const track = work([{}, {}]);
  expect(momentAt(track, 1)).toMatchObject({ part: "lift", since: 0, until: 5 });
  expect(momentAt(track, 3)).toMatchObject({ part: "lower", since: 0, until: 5 });
  expect(momentAt(track, 4.5)).toMatchObject({ part: "pause", phase: 0, since: 0, until: 5 });
  expect(momentAt(track, 9.5)).toMatchObject({ repetition: 2, since: 5, until: 10 });
});

test("a hold too short to be a change of its own is still held", () => {
  expect(momentAt(work([{ lower: 2.5 }]), 2.2)).toMatchObject({ part: "hold", phase: 1, until: 5 });
});

test("a step of a walk does not go back", () => {
  const track = work([{ move: "step", hold: 2, lower: 2, end: 2 }]);
  expect(momentAt(track, 1)?.phase).toBeCloseTo(0.5, 6);
  expect(momentAt(track, 3)).toMatchObject({ part: "pause", phase: 1 });
});

test("before its beginning it is at its beginning, after its end at its end", () => {
  expect(momentAt(running, -3)).toMatchObject({ step: "prepare", since: 0 });
  expect(momentAt(work([{}]), -1)).toMatchObject({ repetition: 1, phase: 0 });
  expect(momentAt(work([{}]), 99)).toMatchObject({ repetition: 1, part: "pause" });
});

test("a step tells its side where its repetitions do not", () => {
  const track = work([{}]);
  const [step] = track.steps;
  expect(momentAt({ ...track, steps: [{ ...(step as TrackStep), side: "left" }] }, 1)?.side).toBe(
    "left",
  );
});

test("a side that is coming is shown where the step itself has one", () => {
  const step = { kind: "change_side", exercise: "side_planks", side: "left", set: 1 };
  const track = { ...work([]), steps: [{ ...step, start: 0, end: 5, repetitions: [] }] };
  expect(momentAt(track, 1)).toMatchObject({ step: "change_side", side: "left" });
});

test("nothing is at no moment", () => {
  expect(momentAt({ ...running, steps: [] }, 1)).toBeNull();
});

test("seconds are counted down as one would", () => {
  const moment = momentAt(running, 22);
  expect(moment && [22, 22.5, 23, 24.99, 25, 30].map((at) => secondsLeft(moment, at))).toEqual([
    3, 3, 2, 1, 0, 0,
  ]);
});

test("shares lie between none and all", () => {
  expect([0, 5, 10].map((at) => share(at, 2, 7))).toEqual([0, 0.6, 1]);
  expect(share(1, 3, 3)).toBe(1);
});

test("only left and right are sides", () => {
  expect(["left", "right", "both", null].map(sideOf)).toEqual(["left", "right", null, null]);
});
