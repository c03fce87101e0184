import { expect, test } from "vitest";

import { isSession, isUp, sessionOf, sibling } from "../src/ha.ts";
import { fakeHass, SESSION } from "./fakes.ts";

const { hass } = fakeHass();

test("of all entities only the session sensor of a person is one", () => {
  expect(Object.keys(hass.entities).filter((each) => isSession(hass, each))).toEqual([SESSION]);
});

test("any entity of a person leads to their session sensor", () => {
  expect(sessionOf(hass, "button.alex_start")).toBe(SESSION);
});

test("an entity of anything else leads nowhere", () => {
  expect(sessionOf(hass, "light.lamp")).toBeNull();
  expect(sessionOf(hass, "light.unknown")).toBeNull();
  const entities = { "button.odd": { entity_id: "button.odd", platform: "back_exercise" } };
  expect(sessionOf({ ...hass, entities }, "button.odd")).toBeNull();
});

test("an entity is found by what it is", () => {
  expect(sibling(hass, "alex", "routine")).toBe("select.alex_routine");
  expect(sibling(hass, "alex", "volume")).toBeNull();
  expect(sibling({ ...hass, entities: { gone: undefined } }, "alex", "routine")).toBeNull();
});

test("it is up while Home Assistant is connected and has a state of it", () => {
  const unavailable = { [SESSION]: { state: "unavailable", attributes: {} } };
  expect(isUp(hass, SESSION)).toBe(true);
  expect(isUp(hass, "sensor.other")).toBe(false);
  expect(isUp({ ...hass, connected: false }, SESSION)).toBe(false);
  expect(isUp({ ...hass, states: unavailable }, SESSION)).toBe(false);
});
