/** Shapes of the history: pain before and after each session above what was done in it. */

import type { HistorySession } from "./protocol.ts";

export const WORST = 10;

export interface Frame {
  width: number;
  /** Heights of the panel of pain and of the panel of what was done. */
  pain: number;
  dose: number;
  /** Between the panels. */
  gap: number;
  /** Room for the marks at the ends, so that none is cut. */
  margin: number;
}

export interface Mark {
  session: HistorySession;
  x: number;
  before: number | null;
  after: number | null;
  /** Top and height of the bar of what was done. */
  bar: { y: number; height: number; width: number };
}

export interface Chart {
  marks: Mark[];
  /** Lines through the pain before, and after: interrupted where it is not known. */
  before: string;
  after: string;
  /** Values of pain with a line, and where. */
  lines: { value: number; y: number }[];
  /** The most that was done, in minutes, rounded up; the top of the lower panel. */
  most: number;
}

/** Draws sessions, given newest first, from left to right in the order of time. */
export const chartOf = (sessions: readonly HistorySession[], frame: Frame): Chart => {
  const ordered = sessions.toReversed();
  const step = (frame.width - 2 * frame.margin) / Math.max(1, ordered.length - 1);
  const single = ordered.length === 1;
  const most = Math.max(1, ...ordered.map((session) => Math.ceil(session.work_seconds / 60)));
  const bottom = frame.pain + frame.gap + frame.dose;
  const barWidth = Math.max(2, Math.min(14, step * 0.6));
  const marks = ordered.map((session, index): Mark => {
    const height = (session.work_seconds / 60 / most) * frame.dose;
    return {
      session,
      x: single ? frame.width / 2 : frame.margin + index * step,
      before: painY(session.pain_before, frame),
      after: painY(session.pain_after, frame),
      bar: { y: bottom - height, height, width: barWidth },
    };
  });
  return {
    marks,
    before: path(marks.map(({ x, before }) => [x, before])),
    after: path(marks.map(({ x, after }) => [x, after])),
    lines: [0, 5, WORST].map((value) => ({ value, y: frame.pain * (1 - value / WORST) })),
    most,
  };
};

const painY = (pain: number | null, frame: Frame): number | null =>
  pain === null ? null : frame.pain * (1 - pain / WORST);

/** A line through points; where one is missing it begins anew. */
const path = (points: [number, number | null][]): string => {
  let pen = "M";
  return points
    .flatMap(([x, y]) => {
      if (y === null) {
        pen = "M";
        return [];
      }
      const part = `${pen}${round(x)} ${round(y)}`;
      pen = "L";
      return [part];
    })
    .join("");
};

const round = (value: number): number => Math.round(value * 10) / 10;

/** An arc of a ring around (0, 0) that begins at the top and runs clockwise; 0 to 1. */
export const ringDash = (radius: number, share: number): string => {
  const length = 2 * Math.PI * radius;
  return `${round(length * share)} ${round(length)}`;
};
