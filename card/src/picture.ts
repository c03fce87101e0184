/**
 * What a picture of the room is made of: balls seen by a camera, and hulls round them.
 *
 * The integration does the same with `picture.py`: change both.
 */

import type { Figure, Side } from "./pose.ts";
import type { Point } from "./space.ts";

/** Across, down and radius, in the units of the picture. */
export type Circle = readonly [x: number, y: number, radius: number];

/** The corners of a closed line, in the units of the picture. */
export type Outline = (readonly [x: number, y: number])[];

/** One filled shape of a picture. */
export interface Shape {
  /** What its colour says: moving, arm, leg, trunk, head, mat, band, … */
  tone: string;
  outlines: Outline[];
}

export const WIDTH = 240;
export const HEIGHT = 160;

/** Where the corners of a circle are; so many look round at the size of a television. */
const ROUND = Array.from({ length: 24 }, (_, step) => {
  const angle = (2 * Math.PI * step) / 24;
  return [Math.cos(angle), Math.sin(angle)] as const;
});
const DIGITS = 1e6;
/** A corner that is this flat is none; rounding must not decide about it. */
const STRAIGHT = 1e-3;

/** Where an exercise is looked at from. */
export class Camera {
  readonly scale: number;
  private readonly x: number;
  private readonly y: number;
  private readonly turned: (point: Point) => Point;

  constructor({ camera, mirror }: Figure, side: Side) {
    const [yaw, pitch, scale, x, y] = camera;
    const flipped = side === "left" && mirror === "picture";
    this.scale = scale;
    this.x = flipped ? WIDTH - x : x;
    this.y = y;
    const [sin, cos] = sinCos(flipped ? -yaw : yaw);
    const [up, level] = sinCos(pitch);
    this.turned = ([x, y, z]) => {
      const [across, near] = [x * cos + z * sin, z * cos - x * sin];
      return [across, y * level - near * up, near * level + y * up];
    };
  }

  /** How near a point is. */
  depth(point: Point): number {
    return this.turned(point)[2];
  }

  /** Where a ball is seen. */
  circle(point: Point, radius: number): Circle {
    const [x, y] = this.turned(point);
    return [this.x + x * this.scale, this.y - y * this.scale, radius * this.scale];
  }
}

/** A shape of one tone: the outlines of groups of circles. */
export const hulls = (tone: string, ...groups: Circle[][]): Shape => ({
  tone,
  outlines: groups.map(hull),
});

/** The outline around circles, as if a rubber band lay round them. */
export function hull(circles: Circle[]): Outline {
  const points = circles
    .flatMap(([x, y, radius]) =>
      ROUND.map(([cos, sin]) => [rounded(x + radius * cos), rounded(y + radius * sin)] as const),
    )
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return [...half(points), ...half(points.reverse())];
}

/** Each with the next one. */
export const pairs = <T>(items: T[]): T[][] =>
  items.slice(1).map((_, index) => items.slice(index, index + 2));

/** An arrow along a way: a ribbon and its head. */
export function arrowAlong(way: Circle[], scale: number): Shape {
  const [[x0, y0], [x1, y1]] = way.slice(-2) as [Circle, Circle];
  const length = Math.hypot(x1 - x0, y1 - y0);
  const [dx, dy] = [(x1 - x0) / length, (y1 - y0) / length];
  const size = 3 * scale;
  const width = 0.9 * scale;
  const ribbon = pairs(way.map(([x, y]): Circle => [x, y, width]));
  return hulls("arrow", ...ribbon, [
    [x1 - dy * size, y1 + dx * size, 0.5],
    [x1 + dx * size * 1.7, y1 + dy * size * 1.7, 0.5],
    [x1 + dy * size, y1 - dx * size, 0.5],
  ]);
}

/** The corners on one side of sorted points, without the last. */
function half(points: Outline): Outline {
  const corners: Outline = [];
  for (const point of points) {
    while (corners.length > 1 && flat(corners, point)) corners.pop();
    corners.push(point);
  }
  return corners.slice(0, -1);
}

function flat(corners: Outline, [x, y]: Outline[number]): boolean {
  const [[x0, y0], [x1, y1]] = corners.slice(-2) as [Outline[number], Outline[number]];
  return (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0) < STRAIGHT;
}

/** A value in which two languages agree to the last digit. */
const rounded = (value: number): number => Math.floor(value * DIGITS + 0.5) / DIGITS;

function sinCos(degrees: number): [sin: number, cos: number] {
  const angle = (degrees * Math.PI) / 180;
  return [Math.sin(angle), Math.cos(angle)];
}
