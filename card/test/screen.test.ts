import { describe, expect, test } from "vitest";

import type { Session, Today, View } from "../src/protocol.ts";
import {
  announcement,
  asksEffort,
  contextOf,
  isDone,
  placeOf,
  questionKey,
  screenOf,
} from "../src/screen.ts";
import { Texts } from "../src/texts.ts";
import english from "../../custom_components/back_exercise/translations/en.json";
import { viewOf } from "./fakes.ts";

const flat = (node: object | string, path: string): [string, string][] =>
  typeof node === "string"
    ? [[path, node]]
    : Object.entries(node as Record<string, string>).flatMap(([key, below]) =>
        flat(below, `${path}.${key}`),
      );

const texts = new Texts(Object.fromEntries(flat(english, "component.back_exercise")), "en");
const counting = { counting_down_to: "2026-11-29T08:00:00+00:00", due: true, snoozes_left: 3 };

const going = (name: "running" | "paused" | "asking", changes: Partial<Session> = {}): View => {
  const view = viewOf(name);
  return { ...view, session: { ...(view.session as Session), ...changes } };
};

describe("the screen", () => {
  test.each([
    ["rest", viewOf("idle")],
    ["countdown", viewOf("idle", { reminder: counting })],
    ["countdown", viewOf("locked", { reminder: counting })],
    ["locked", viewOf("locked")],
    ["session", going("running")],
    ["session", going("paused")],
    ["session", going("running", { question: "exercise" })],
    ["check_in", going("asking")],
    ["check_in", going("running", { question: "exercise", step: "ask" })],
    ["resume", going("paused", { came_back: true })],
  ])("is %s", (screen, view) => {
    expect(screenOf(view)).toBe(screen);
  });
});

test("effort is asked for after something was done", () => {
  const { session } = going("asking");
  expect(session && asksEffort(session)).toBe(true);
  expect(session && asksEffort({ ...session, at_gate: true })).toBe(false);
});

test("how the day after was is told of that day, also where a click comes late", () => {
  const { session } = going("asking");
  expect(session && contextOf({ ...session, question: "next_day" })).toEqual({
    context: "next_day",
  });
  expect(session && contextOf({ ...session, question: "before" })).toEqual({});
});

test("each question is one of its own", () => {
  const { session } = going("asking");
  expect(session && questionKey(session)).toBe("exercise pelvic_tilts");
  expect(session && questionKey({ ...session, question: null, exercise: null })).toBe(" ");
});

test("a place is told as far as there is something to tell", () => {
  const { session } = going("running");
  const place = { ...(session as Session), side: "left", set: 1, sets: 2 };
  expect(placeOf(place, texts)).toEqual(["Left side", "Set 1 of 2"]);
  expect(placeOf({ ...place, side: "both", sets: 1 }, texts)).toEqual([]);
  expect(placeOf({ ...place, set: null }, texts, "right")).toEqual(["Right side"]);
  expect(placeOf({ ...place, sets: null }, texts, null)).toEqual([]);
});

describe("a screen reader hears", () => {
  test.each([
    ["nothing at rest", viewOf("idle"), ""],
    [
      "that it is about to begin",
      viewOf("idle", { reminder: counting }),
      "A session is about to begin",
    ],
    ["what is done", going("running"), "Pelvic tilts"],
    [
      "the side and the set",
      going("running", { side: "left", set: 2, sets: 2 }),
      "Pelvic tilts, Left side, Set 2 of 2",
    ],
    ["what is done meanwhile", going("running", { step: "rest" }), "Rest, Pelvic tilts"],
    ["the exercise before its first step", going("running", { step: null }), "Pelvic tilts"],
    ["the welcome", going("running", { exercise: null, step: "prepare" }), "Getting ready"],
    ["nothing of a session that is over", going("running", { exercise: null, step: null }), ""],
    ["that it is paused", going("paused"), "Paused"],
    ["that it is prepared", { ...going("running"), state: "preparing" as const }, "Getting ready…"],
    ["what is asked", going("asking"), "How was your back?"],
    [
      "that it is asked for the day after",
      going("asking", { question: "next_day" }),
      "How was your back the day after the last session?",
    ],
    ["that it came back", going("paused", { came_back: true }), "Go on where it stopped?"],
  ])("%s", (_, view, told) => {
    expect(announcement(view, texts)).toBe(told);
  });

  test("why there are no sessions", () => {
    expect(announcement(viewOf("locked"), texts)).toMatch(/^Please don’t exercise\./);
  });

  test("no count", () => {
    const told = [1, 2, 3].map((repetition) =>
      announcement(going("running", { repetition }), texts),
    );
    expect(new Set(told).size).toBe(1);
  });
});

describe("the day", () => {
  const today = (result: string, ...rules: string[]): Today => ({
    ...{ result, kind: null, routine: null, seconds: null, exercises: [] },
    reasons: rules.map((rule) => ({ rule, sentence: rule })),
  });

  test.each([
    [true, "not_today", ["G-6"]],
    [false, "not_today", ["G-4"]],
    [false, "not_today", []],
    [false, "plan", ["G-6"]],
  ])("is done: %s, of %s for %j", (done, result, rules) => {
    expect(isDone(today(result, ...rules))).toBe(done);
  });
});
