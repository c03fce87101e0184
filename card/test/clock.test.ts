import { expect, test } from "vitest";

import { instant } from "../src/clock.ts";

test("a moment of the server is read to the millisecond", () => {
  expect(instant("2026-11-29T08:00:00.125+00:00")).toBe(Date.UTC(2026, 10, 29, 8, 0, 0, 125));
});
