import { afterEach, describe, expect, test, vi } from "vitest";

import type { Hass, Message } from "../src/ha.ts";
import { early, loadTexts, localeOf, Texts, useEarly } from "../src/texts.ts";
import { fakeHass } from "./fakes.ts";

const RESOURCES = {
  "component.back_exercise.common.card_start": "Start",
  "component.back_exercise.common.card_failed": "That did not work.",
  "component.back_exercise.common.card_of": "of {count}",
  "component.back_exercise.common.card_sessions_one": "{count} session",
  "component.back_exercise.common.card_sessions_other": "{count} sessions",
  "component.back_exercise.common.card_fish_other": "{count} fish",
  "component.back_exercise.entity.sensor.exercise.state.bridges": "Bridges",
  "component.back_exercise.entity.sensor.exercise.state_attributes.step.state.rest": "Rest",
  "component.back_exercise.entity.select.routine.state.beginner": "Beginner",
  "component.back_exercise.entity.event.session_events.state_attributes.outcome.state.partial":
    "Partly done",
  "component.back_exercise.exceptions.rule.message": "{sentence} ({rule})",
};

const texts = new Texts(RESOURCES, "en", { timeZone: "Europe/Berlin", hour12: false });
const MORNING = "2026-11-29T07:05:00+00:00";

describe("a text", () => {
  test("has values put in, numbers as the language writes them", () => {
    expect(texts.card("start")).toBe("Start");
    expect(texts.card("of", { count: 1200 })).toBe("of 1,200");
    expect(new Texts(RESOURCES, "de").card("of", { count: 1200 })).toBe("of 1.200");
  });

  test("leaves out a value that is missing", () => {
    expect(texts.card("of")).toBe("of ");
  });

  test("takes the form for the number", () => {
    const form = (count: number) => texts.counted("sessions", count);
    expect([0, 1, 1234].map(form)).toEqual(["0 sessions", "1 session", "1,234 sessions"]);
  });

  test("has one form for all numbers where the language needs no other", () => {
    expect(texts.counted("fish", 1)).toBe("1 fish");
  });

  test("that is not there is its key", () => {
    expect(texts.card("unheard_of")).toBe("unheard_of");
  });
});

test("what entities are called is called the same here", () => {
  expect(texts.exercise("bridges")).toBe("Bridges");
  expect(texts.step("rest")).toBe("Rest");
  expect(texts.routine("beginner")).toBe("Beginner");
  expect(texts.outcome("partial")).toBe("Partly done");
});

test("what has no name yet is shown as it is", () => {
  expect([
    texts.exercise("my_own"),
    texts.step("dance"),
    texts.routine("mine"),
    texts.outcome("lost"),
  ]).toEqual(["my_own", "dance", "mine", "lost"]);
});

test("moments are those of the home", () => {
  expect(texts.time(MORNING)).toBe("08:05");
  expect(texts.day(MORNING)).toBe("Sun, Nov 29");
  expect(texts.date("2026-11-29T23:30:00+00:00")).toBe("Nov 30");
  expect(texts.decimal(2.5)).toBe("2.5");
});

describe("a refusal", () => {
  const rule = {
    ...{ translation_domain: "back_exercise", translation_key: "rule" },
    translation_placeholders: { sentence: "Enough for today.", rule: "G-6" },
  };

  test("of ours is told in our words", () => {
    expect(texts.refusal(rule)).toBe("Enough for today. (G-6)");
  });

  test("of others is told in theirs", () => {
    const message = "Not allowed";
    expect(texts.refusal({ ...rule, translation_domain: "lock", message })).toBe(message);
    expect(texts.refusal({ translation_domain: "back_exercise", message })).toBe(message);
    expect(texts.refusal({ ...rule, translation_key: "unheard_of", message })).toBe(message);
  });

  test("without words is told all the same", () => {
    expect(texts.refusal({})).toBe("That did not work.");
  });
});

describe("Home Assistant", () => {
  const answering = (changes: Partial<Hass> = {}) => {
    const callWS = vi.fn((message: Message) =>
      Promise.resolve({ resources: { [String(message["category"])]: "text" } }),
    );
    return {
      callWS,
      hass: fakeHass({ callWS: callWS as unknown as Hass["callWS"], ...changes }).hass,
    };
  };

  test("is asked for the texts of a language once", async () => {
    const { callWS, hass } = answering();
    const loaded = await loadTexts(hass, "nl");
    expect(await loadTexts(hass, "nl")).toBe(loaded);
    expect(loaded).toEqual({ common: "text", entity: "text", exceptions: "text" });
    expect(callWS.mock.calls.map(([message]) => message)).toContainEqual({
      ...{ type: "frontend/get_translations", language: "nl" },
      ...{ category: "common", integration: ["back_exercise"] },
    });
  });

  test("is asked again where it could not answer", async () => {
    const { hass } = fakeHass();
    await expect(loadTexts(hass, "fr")).rejects.toThrow("not asked for");
    expect(await loadTexts(answering().hass, "fr")).toHaveProperty("common");
  });

  test("says how moments are shown", () => {
    const config = { time_zone: "Asia/Tokyo" };
    const locale = (time_format: string) => ({ language: "en", time_format });
    const { hass } = fakeHass();
    expect(localeOf(hass)).toEqual({});
    expect(localeOf({ ...hass, config, locale: locale("12") })).toEqual({
      ...{ timeZone: "Asia/Tokyo", hour12: true },
    });
    expect(localeOf({ ...hass, locale: locale("24") })).toEqual({ hour12: false });
    expect(localeOf({ ...hass, locale: locale("language") })).toEqual({});
  });
});

describe("before any card has texts", () => {
  afterEach(() => {
    useEarly(texts);
  });

  test("English ones are there, then those of a card", () => {
    expect(early("config_bad_flag", { field: "large" })).toBe("large must be true or false.");
    useEarly(texts);
    expect(early("start")).toBe("Start");
  });
});
