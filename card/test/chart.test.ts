import { expect, test } from "vitest";

import { chartOf, ringDash, type Frame } from "../src/chart.ts";
import type { HistorySession } from "../src/protocol.ts";
import messages from "./messages.json";

const FRAME: Frame = { width: 120, pain: 100, gap: 10, dose: 40, margin: 10 };

const session = (changes: Partial<HistorySession> = {}): HistorySession => ({
  ...(messages.history.sessions[0] as HistorySession),
  ...changes,
});

test("sessions stand in the order of time, from margin to margin", () => {
  const chart = chartOf([session({ id: "c" }), session({ id: "b" }), session({ id: "a" })], FRAME);
  expect(chart.marks.map(({ x, session: { id } }) => [id, x])).toEqual([
    ["a", 10],
    ["b", 60],
    ["c", 110],
  ]);
});

test("a single session stands in the middle", () => {
  expect(chartOf([session()], FRAME).marks[0]?.x).toBe(60);
});

test("no pain lies on the bottom line, the worst on the top one", () => {
  const chart = chartOf([session({ pain_before: 10, pain_after: 0 })], FRAME);
  expect(chart.marks[0]).toMatchObject({ before: 0, after: 100 });
  expect(chart.lines).toEqual([
    { value: 0, y: 100 },
    { value: 5, y: 50 },
    { value: 10, y: 0 },
  ]);
});

test("a line is interrupted where a rating is missing", () => {
  const pains = [1, 2, null, 3].toReversed();
  const chart = chartOf(
    pains.map((pain) => session({ pain_before: pain, pain_after: pain })),
    FRAME,
  );
  expect(chart.before).toBe("M10 90L43.3 80M110 70");
  expect(chart.after).toBe(chart.before);
});

test("bars of what was done stand on the ground, the longest as high as the panel", () => {
  const chart = chartOf([session({ work_seconds: 300 }), session({ work_seconds: 150 })], FRAME);
  expect(chart.most).toBe(5);
  expect(chart.marks.map(({ bar }) => [bar.y, bar.height])).toEqual([
    [130, 20],
    [110, 40],
  ]);
});

test("many bars are narrow, few are not wide", () => {
  const many = Array.from({ length: 200 }, () => session());
  expect(chartOf(many, FRAME).marks[0]?.bar.width).toBe(2);
  expect(chartOf([session()], FRAME).marks[0]?.bar.width).toBe(14);
});

test("without sessions there is nothing but lines", () => {
  expect(chartOf([], FRAME)).toMatchObject({ marks: [], before: "", after: "", most: 1 });
});

test("a ring is drawn as far as its share", () => {
  expect(ringDash(50, 0.25)).toBe("78.5 314.2");
});
