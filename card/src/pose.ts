/**
 * How a body is posed in an exercise: where each joint is at any moment.
 *
 * `docs/figures.md` tells the form of the data. The integration does the same with `pose.py`:
 * change both.
 */

import data from "../../custom_components/back_exercise/content/poses.json";
import { along, blend, cross, length, minus, square, turn, unit, type Point } from "./space.ts";

export type Side = "left" | "right" | null;

/** A moment of a movement. */
export interface Moment {
  side: Side;
  /** 0 at its start, 1 at its end. */
  phase: number;
}

/** Where each joint is; `_r` and `_l` are the person's right and left. */
export type Pose = Record<string, Point>;

/** Where the end of a limb is, where its middle joint points, and its hand or foot. */
type Limb = [end: Point, bend: Point, tip: Point];

interface Frame {
  neck: Point;
  pelvis: Point;
  front: Point;
  bend?: Point;
  head: Point;
  face: Point;
  arm_r: Limb;
  arm_l: Limb;
  leg_r: Limb;
  leg_l: Limb;
}

/** A point in the room, or the name of a joint. */
export type Place = Point | string;

export type Arrow = { at: number } & (
  { way: Point[] } | { of: { joint: string; start: number; end: number } }
);

export interface Prop {
  tone: string;
  balls: [place: Place, radius: number][];
  nearer?: number;
}

export interface Figure {
  mirror: "near_far" | "left_right" | "picture";
  camera: [yaw: number, pitch: number, scale: number, x: number, y: number];
  mat: [x: number, z: number][];
  moving: string[];
  arrows: Arrow[];
  props?: Prop[];
  /** Limbs that lie over others which are nearer on the whole. */
  nearer?: Record<string, number>;
  frames: [Frame, ...Partial<Frame>[]];
}

type Bones = [upper: number, lower: number, tip: number];

interface Body {
  trunk: number;
  shoulder: number;
  hip: number;
  neck: number;
  face: number;
  arm: Bones;
  leg: Bones;
}

const { body, exercises } = data as unknown as {
  body: Body;
  exercises: Record<string, Figure>;
};

const LIMBS = [
  ["arm", "r", ["shoulder", "elbow", "wrist", "hand"]],
  ["arm", "l", ["shoulder", "elbow", "wrist", "hand"]],
  ["leg", "r", ["hip", "knee", "ankle", "toe"]],
  ["leg", "l", ["hip", "knee", "ankle", "toe"]],
] as const;

const SHOULDERS_BELOW_NECK = 6;

/** The figure of an exercise, if there is one. */
export const figureOf = (exercise: string): Figure | undefined => exercises[exercise];

/** Where the joints are at a moment of a movement. */
export function poseAt(figure: Figure, { side, phase }: Moment): Pose {
  const [first, ...rest] = figure.frames;
  const place = Math.min(Math.max(phase, 0), 1) * rest.length;
  const index = Math.min(Math.floor(place), rest.length - 1);
  const [start, end] = [rest[index - 1], rest[index]].map((frame) => ({ ...first, ...frame })) as [
    Frame,
    Frame,
  ];
  const pose = between(start, end, place - index);
  if (side !== "left") return pose;
  return Object.fromEntries(
    Object.entries(pose).map(([name, point]) => [other(name), placed(point, figure.mirror, side)]),
  );
}

/** A joint that every pose has. */
export function joint(pose: Pose, name: string): Point {
  const point = pose[name];
  if (!point) throw new RangeError(`no joint ${name}`);
  return point;
}

/** Where a point is for a side; the data is for the right one. */
export function placed([x, y, z]: Point, mirror: Figure["mirror"], side: Side): Point {
  if (side !== "left") return [x, y, z];
  return mirror === "near_far" ? [x, y, -z] : [-x, y, z];
}

/** The name of the same joint or limb on the other side. */
export const other = (name: string): string =>
  name.replace(/_([rl])$/, (_, side) => (side === "r" ? "_l" : "_r"));

/** A pose between two frames: bones turn, and none is stretched. */
function between(start: Frame, end: Frame, share: number): Pose {
  const neck = blend(start.neck, end.neck, share);
  const goal = swing(start.neck, start.pelvis, end.neck, end.pelvis, neck, share);
  const front = turn(start.front, end.front, share);
  const pose = trunk(neck, goal, front, turn(bend(start), bend(end), share));
  const head = along(neck, turn(start.head, end.head, share), body.neck);
  pose["head"] = head;
  pose["nose"] = along(head, turn(start.face, end.face, share), body.face);
  const before = trunk(start.neck, start.pelvis, start.front, bend(start));
  const after = trunk(end.neck, end.pelvis, end.front, bend(end));
  for (const [limb, side, joints] of LIMBS) {
    const [root, middle, last, point] = joints.map((name) => `${name}_${side}`) as [
      string,
      string,
      string,
      string,
    ];
    const [upper, lower, tip] = body[limb];
    const [from, to] = [start[`${limb}_${side}`], end[`${limb}_${side}`]];
    const here = joint(pose, root);
    // What rests on something stays there.
    const rests = length(minus(to[0], from[0])) === 0;
    const goal = rests
      ? from[0]
      : swing(joint(before, root), from[0], joint(after, root), to[0], here, share);
    const [knee, ankle] = reach(here, goal, upper, lower, turn(from[1], to[1], share));
    pose[middle] = knee;
    pose[last] = ankle;
    pose[point] = along(ankle, turn(from[2], to[2], share), tip);
  }
  return pose;
}

/** To where the back is bent. */
const bend = (frame: Frame): Point => frame.bend ?? frame.front;

/** The spine, and where the limbs begin. */
function trunk(neck: Point, goal: Point, front: Point, bend: Point): Pose {
  const [waist, pelvis] = reach(neck, goal, body.trunk, body.trunk, bend);
  const right = unit(cross(front, minus(neck, pelvis)));
  const chest = along(neck, unit(minus(waist, neck)), SHOULDERS_BELOW_NECK);
  return {
    neck,
    waist,
    pelvis,
    shoulder_r: along(chest, right, body.shoulder),
    shoulder_l: along(chest, right, -body.shoulder),
    hip_r: along(pelvis, right, body.hip),
    hip_l: along(pelvis, right, -body.hip),
  };
}

/**
 * The middle joint and the end of two bones that reach for a goal.
 *
 * The middle joint points as the hint does. What is out of reach is only pointed at.
 */
function reach(
  root: Point,
  goal: Point,
  upper: number,
  lower: number,
  hint: Point,
): [middle: Point, end: Point] {
  const way = minus(goal, root);
  const far = Math.min(Math.max(length(way), Math.abs(upper - lower) + 0.1), upper + lower - 0.001);
  const ahead = unit(way);
  const before = (far ** 2 + upper ** 2 - lower ** 2) / (2 * far);
  const beside = Math.sqrt(upper ** 2 - before ** 2);
  const middle = along(along(root, ahead, before), unit(square(hint, ahead)), beside);
  return [middle, along(root, ahead, far)];
}

/** The end of a limb on its way round its root, from one place to another. */
function swing(
  startRoot: Point,
  start: Point,
  endRoot: Point,
  end: Point,
  root: Point,
  share: number,
): Point {
  const [before, after] = [minus(start, startRoot), minus(end, endRoot)];
  const far = length(before) + (length(after) - length(before)) * share;
  return along(root, turn(before, after, share), far);
}
