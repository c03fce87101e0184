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

/** The directions in which an outline has corners: it looks round on a television. */
const ROUND = Array.from({ length: 32 }, (_, step) => {
  const angle = (2 * Math.PI * step) / 32;
  return [Math.cos(angle), Math.sin(angle)] as const;
});
/** Circles that reach equally far but for so little do so in every language. */
const SAME = 1e-6;

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
export const hull = (circles: Circle[]): Outline =>
  ROUND.map(([cos, sin]) => farthest(circles, cos, sin));

/** The point of some circles that is farthest in a direction. */
function farthest(circles: Circle[], cos: number, sin: number): Outline[number] {
  let most = -Infinity;
  let point: Outline[number] = [0, 0];
  for (const [x, y, radius] of circles) {
    const far = x * cos + y * sin + radius;
    if (far > most + SAME) {
      most = far;
      point = [x + radius * cos, y + radius * sin];
    }
  }
  return point;
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

function sinCos(degrees: number): [sin: number, cos: number] {
  const angle = (degrees * Math.PI) / 180;
  return [Math.sin(angle), Math.cos(angle)];
}
