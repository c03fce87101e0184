import { expect, test } from "vitest";

import { Clock, instant } from "../src/clock.ts";

const SERVER = Date.UTC(2026, 10, 29, 8);

/** A clock whose own time is told by hand. */
const clockAt = (start: number) => {
  const own = { now: start };
  return { own, clock: new Clock(() => own.now) };
};

test("a moment of the server is read to the millisecond", () => {
  expect(instant("2026-11-29T08:00:00.125+00:00")).toBe(SERVER + 125);
});

test("before it was told anything it goes by this browser's clock", () => {
  expect(new Clock().now()).toBeCloseTo(Date.now(), -2);
});

test("its own time is one that is never set", () => {
  const clock = new Clock();
  clock.hear(SERVER);
  expect(clock.now()).toBeCloseTo(SERVER, -2);
});

test("it goes on from what it was told", () => {
  const { own, clock } = clockAt(500);
  clock.hear(SERVER);
  own.now += 250;
  expect(clock.now()).toBe(SERVER + 250);
});

test("of messages that took differently long the quickest counts", () => {
  const { own, clock } = clockAt(0);
  clock.hear(SERVER - 300);
  own.now = 10;
  clock.hear(SERVER + 10 - 20);
  expect(clock.now()).toBe(SERVER - 10);
});

test("a slow message changes next to nothing", () => {
  const { own, clock } = clockAt(0);
  clock.hear(SERVER);
  own.now = 1000;
  clock.hear(SERVER + 1000 - 800);
  expect(clock.now()).toBeCloseTo(SERVER + 1000 - 0.1, 6);
});

test("a clock that runs fast is followed after a while", () => {
  const { own, clock } = clockAt(0);
  clock.hear(SERVER);
  own.now = 3_600_000;
  clock.hear(SERVER + 3_600_000 - 180); // 50 millionths
  expect(clock.now()).toBe(SERVER + 3_600_000 - 180);
});

test("after it was set back it believes the next message wholly", () => {
  const { own, clock } = clockAt(0);
  clock.hear(SERVER);
  own.now = 1000;
  clock.reset();
  clock.hear(SERVER - 5000);
  expect(clock.now()).toBe(SERVER - 5000);
});
