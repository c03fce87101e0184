/**
 * The figure of an exercise: a posed body and its things, drawn as shapes.
 *
 * The integration draws the same with `figure.py`: change both.
 */

import { svg, type SVGTemplateResult } from "lit";

import {
  arrowAlong,
  Camera,
  HEIGHT,
  hulls,
  pairs,
  WIDTH,
  type Circle,
  type Shape,
} from "./picture.ts";
import {
  figureOf,
  joint,
  other,
  placed,
  poseAt,
  type Figure,
  type Moment,
  type Place,
  type Pose,
} from "./pose.ts";
import { along, blend, cross, minus, square, unit, type Point } from "./space.ts";

/** How near something is, and its shape. */
type Part = [near: number, shape: Shape];

/** What the `<svg>` around a figure shows. */
export const VIEW_BOX = `0 0 ${WIDTH} ${HEIGHT}`;

const PAPER = "var(--ha-card-background, var(--card-background-color, #fff))";
const SKIN = "var(--back-exercise-figure-skin, #a0a8b0)";
const LEG = "var(--back-exercise-figure-leg, #6f8296)";
/** Each stands out from a light and from a dark card. */
const COLOURS: Record<string, string> = {
  mat: `color-mix(in srgb, var(--back-exercise-figure-mat, #7fae9d) 35%, ${PAPER})`,
  cushion: "var(--back-exercise-figure-cushion, #d9a441)",
  furniture: `color-mix(in srgb, #8d8579 75%, ${PAPER})`,
  band: "var(--back-exercise-figure-band, #1f9d63)",
  arm: SKIN,
  far_arm: `color-mix(in srgb, ${SKIN} 62%, ${PAPER})`,
  leg: LEG,
  far_leg: `color-mix(in srgb, ${LEG} 58%, ${PAPER})`,
  trunk: "var(--back-exercise-figure-trunk, #5d6873)",
  moving: "var(--back-exercise-figure-moving, var(--primary-color, #e0662c))",
  head: SKIN,
  hair: "var(--back-exercise-figure-hair, #86573a)",
  eye: "#1f2933",
  arrow: "var(--back-exercise-figure-arrow, var(--primary-text-color, #212121))",
};

/** Centimetres behind its counterpart at which a limb is the far one. */
const FAR = 6;
const TURNED_AWAY = -0.5;
const ARROW_STEPS = 8;

/**
 * Draw a moment of an exercise, to be put into an `<svg>` of VIEW_BOX.
 *
 * With arrows, which show at both ends where the movement goes; nothing where an exercise
 * has no figure.
 */
export function drawFigure(exercise: string, moment: Moment, arrows = false): SVGTemplateResult {
  return svg`<g
    style="stroke: ${PAPER}; stroke-width: 2; stroke-linejoin: round; paint-order: stroke"
  >${shapesOf(exercise, moment, arrows).map(
    ({ tone, outlines }) =>
      svg`<path style="fill: ${COLOURS[tone]}${tone === "eye" ? "; stroke: none" : ""}" d=${outlines
        .map((outline) => `M${outline.map(([x, y]) => `${short(x)},${short(y)}`).join(" ")}Z`)
        .join("")}></path>`,
  )}</g>`;
}

const short = (value: number): number => Math.round(value * 10) / 10;

/** What is drawn, from back to front. */
export function shapesOf(exercise: string, moment: Moment, arrows: boolean): Shape[] {
  const figure = figureOf(exercise);
  return figure ? new Scene(figure, moment).shapes(arrows) : [];
}

/** One moment of an exercise, as it is seen. */
class Scene {
  private readonly figure: Figure;
  private readonly moment: Moment;
  private readonly pose: Pose;
  private readonly start: Pose;
  private readonly camera: Camera;

  constructor(figure: Figure, moment: Moment) {
    this.figure = figure;
    this.moment = moment;
    this.pose = poseAt(figure, moment);
    this.start = poseAt(figure, { ...moment, phase: 0 });
    this.camera = new Camera(figure, moment.side);
  }

  shapes(arrows: boolean): Shape[] {
    const parts = [this.trunk(), ...this.head(), ...this.limbs(), ...this.props()];
    parts.sort((a, b) => a[0] - b[0]);
    return [this.mat(), ...parts.map(([, shape]) => shape), ...(arrows ? this.arrows() : [])];
  }

  private mat(): Shape {
    return hulls(
      "mat",
      this.figure.mat.map(([x, z]) => this.camera.circle(this.placed([x, 0, z]), 1.5)),
    );
  }

  private trunk(): Part {
    const [neck, waist] = [this.joint("neck"), this.joint("waist")];
    const right = unit(minus(this.joint("shoulder_r"), this.joint("shoulder_l")));
    const spine = unit(minus(waist, neck));
    const pair = (centre: Point, width: number, radius: number): Circle[] =>
      [width, -width].map((apart) => this.camera.circle(along(centre, right, apart), radius));
    const middle = pair(waist, 6, 7.5);
    const shape = hulls(
      this.tone("trunk", "trunk"),
      [...pair(along(neck, spine, 6), 13, 6.5), ...pair(along(neck, spine, 13), 7, 9.5), ...middle],
      [...middle, ...pair(this.joint("pelvis"), 7.5, 9)],
    );
    return [this.camera.depth(blend(neck, this.joint("pelvis"), 0.5)), shape];
  }

  private head(): Part[] {
    const [neck, head] = [this.joint("neck"), this.joint("head")];
    const face = unit(minus(this.joint("nose"), head));
    const up = unit(square(minus(head, neck), face));
    const across = cross(face, up);
    const near = this.camera.depth(head);
    const towards = this.camera.depth(along(head, face, 1)) - near;
    const ball = (forward: number, upward: number, radius: number): Circle =>
      this.camera.circle(along(along(head, face, forward), up, upward), radius);
    const hair = hulls("hair", [ball(-2, 1.6, 9.4), ball(-4.5, -3.5, 6)]);
    const skin = hulls(
      "head",
      [ball(1.4, -0.4, 8.4), ball(3.4, -6, 5)],
      [ball(7.5, 0.2, 2.4), ball(11.2, -2, 1.4)],
    );
    const [back, front] = towards < TURNED_AWAY ? [skin, hair] : [hair, skin];
    const throat = hulls("head", [this.camera.circle(neck, 5), ball(0, -5, 4.6)]);
    const eyes = [3.6, -3.6]
      .map((apart) => along(along(along(head, face, 8), up, 1.4), across, apart))
      .filter((eye) => this.camera.depth(eye) > near + 1)
      .map((eye): Part => [near + 0.2, hulls("eye", [this.camera.circle(eye, 1.1)])]);
    return [[near - 0.2, throat], [near, back], [near + 0.1, front], ...eyes];
  }

  private limbs(): Part[] {
    return ["r", "l"].flatMap((side) => [
      this.limb(`arm_${side}`, ["shoulder", "elbow", "wrist"], this.arm(side)),
      this.limb(`leg_${side}`, ["hip", "knee", "ankle"], this.leg(side)),
    ]);
  }

  private limb(name: string, joints: [string, string, string], groups: Circle[][]): Part {
    const [limb, side] = [name.slice(0, -2), name.slice(-1)];
    const [root, middle, end] = this.jointsOf(joints, side) as [Point, Point, Point];
    const near = this.camera.depth(blend(middle, blend(root, end, 0.5), 0.4));
    const nearer = this.figure.nearer?.[this.named(name)] ?? 0;
    const tone = this.tone(name, this.isFar(`${joints[0]}_${side}`) ? `far_${limb}` : limb);
    return [near + nearer, hulls(tone, ...groups)];
  }

  /** Whether a limb is the far one, as the movement begins. */
  private isFar(root: string): boolean {
    const behind = minus(joint(this.start, other(root)), joint(this.start, root));
    return this.camera.depth(behind) > FAR;
  }

  private arm(side: string): Circle[][] {
    const ball = (name: string, radius: number): Circle =>
      this.camera.circle(this.joint(`${name}_${side}`), radius);
    return pairs([ball("shoulder", 5.6), ball("elbow", 4.1), ball("wrist", 3), ball("hand", 2.6)]);
  }

  private leg(side: string): Circle[][] {
    const [root, knee, ankle, toe] = this.jointsOf(["hip", "knee", "ankle", "toe"], side) as [
      Point,
      Point,
      Point,
      Point,
    ];
    const ahead = unit(minus(toe, ankle));
    const sole = unit(square(minus(ankle, knee), ahead));
    const heel = along(along(ankle, ahead, -2.5), sole, 1.6);
    const circle = (point: Point, radius: number): Circle => this.camera.circle(point, radius);
    return [
      [circle(root, 8.2), circle(knee, 5.6)],
      [circle(knee, 5.5), circle(ankle, 3.8)],
      [circle(ankle, 3.8), circle(heel, 3.4), circle(along(toe, sole, 2.6), 2.4)],
    ];
  }

  /** The things used: hulls of balls, in the room or on joints. */
  private props(): Part[] {
    return (this.figure.props ?? []).map(({ tone, balls, nearer = 0 }) => {
      const points = balls.map(([place]) => this.point(place));
      const near = points.reduce((sum, point) => sum + this.camera.depth(point), 0) / points.length;
      const circles = balls.map(([place, radius]) => this.camera.circle(this.point(place), radius));
      return [near + nearer, hulls(tone, circles)];
    });
  }

  /** Arrows along the ways of joints, or where the data puts them. */
  private arrows(): Shape[] {
    return this.figure.arrows
      .filter(({ at }) => at === this.moment.phase)
      .map((arrow) => {
        const points =
          "of" in arrow ? this.way(arrow.of) : arrow.way.map((point) => this.placed(point));
        return arrowAlong(
          points.map((point) => this.camera.circle(point, 0)),
          this.camera.scale,
        );
      });
  }

  /** The way of a joint from one phase to another. */
  private way({ joint: name, start, end }: { joint: string; start: number; end: number }): Point[] {
    return Array.from({ length: ARROW_STEPS + 1 }, (_, step) => {
      const phase = start + ((end - start) * step) / ARROW_STEPS;
      return joint(poseAt(this.figure, { ...this.moment, phase }), this.named(name));
    });
  }

  private tone(part: string, tone: string): string {
    return this.figure.moving.map((name) => this.named(name)).includes(part) ? "moving" : tone;
  }

  private point(place: Place): Point {
    return typeof place === "string" ? this.joint(this.named(place)) : this.placed(place);
  }

  private placed(point: Point): Point {
    return placed(point, this.figure.mirror, this.moment.side);
  }

  private named(part: string): string {
    return this.moment.side === "left" ? other(part) : part;
  }

  private jointsOf(names: string[], side: string): Point[] {
    return names.map((name) => this.joint(`${name}_${side}`));
  }

  private joint(name: string): Point {
    return joint(this.pose, name);
  }
}
