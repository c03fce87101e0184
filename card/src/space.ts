/**
 * Points in the room of a figure, and ways between them.
 *
 * The integration does the same with `space.py`: change both.
 */

/** Centimetres: to the right, up, towards the viewer; the floor is at height 0. */
export type Point = readonly [x: number, y: number, z: number];

/** Directions that differ by so little, in radians, are one. */
const SAME = 1e-6;

/** A direction turned evenly from one to another. */
export function turn(start: Point, end: Point, share: number): Point {
  const [a, b] = [unit(start), unit(end)];
  const angle = Math.acos(Math.min(Math.max(dot(a, b), -1), 1));
  if (angle < SAME) return a;
  return plus(
    times(a, Math.sin((1 - share) * angle) / Math.sin(angle)),
    times(b, Math.sin(share * angle) / Math.sin(angle)),
  );
}

/** A point on the straight way from one to another. */
export const blend = (a: Point, b: Point, share: number): Point =>
  plus(times(a, 1 - share), times(b, share));

/** The point that is so far from another in a direction. */
export const along = (point: Point, way: Point, far: number): Point => plus(point, times(way, far));

/** The part of a way that is square to a direction. */
export const square = (way: Point, ahead: Point): Point =>
  minus(way, times(ahead, dot(way, ahead)));

export const plus = (a: Point, b: Point): Point => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];

/** The way from the second point to the first. */
export const minus = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

export const times = (a: Point, by: number): Point => [a[0] * by, a[1] * by, a[2] * by];

export const dot = (a: Point, b: Point): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

export const cross = (a: Point, b: Point): Point => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

export const length = (a: Point): number => Math.sqrt(dot(a, a));

export const unit = (a: Point): Point => times(a, 1 / length(a));
