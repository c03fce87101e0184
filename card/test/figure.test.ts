import { render, svg } from "lit";
import { expect, test } from "vitest";

import agreed from "../../tests/fixtures/figures.json";
import { drawFigure, shapesOf, VIEW_BOX } from "../src/figure.ts";
import { hull, type Shape } from "../src/picture.ts";
import { figureOf, joint, poseAt, type Side } from "../src/pose.ts";
import { length, minus } from "../src/space.ts";

type Measures = [tone: string, ...number[]];

const moments = Object.entries(agreed as unknown as Record<string, Measures[]>).map(
  ([moment, shapes]) => {
    const [exercise, side, phase] = moment.split(" ") as [string, Side, string];
    return { exercise, side, phase: Number(phase), shapes };
  },
);

/** The tone, how many outlines, where they reach to, and their area. */
function measures({ tone, outlines }: Shape): Measures {
  const points = outlines.flat();
  const [across, down] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const area = outlines
    .flatMap((outline) =>
      outline.map(([x0, y0], i) => {
        const [x1, y1] = outline[(i + 1) % outline.length] ?? [NaN, NaN];
        return (x0 * y1 - x1 * y0) / 2;
      }),
    )
    .reduce((sum, part) => sum + part, 0);
  return [
    tone,
    outlines.length,
    Math.min(...across),
    Math.max(...across),
    Math.min(...down),
    Math.max(...down),
    area,
  ];
}

test.each(moments)(
  "$exercise $side at $phase is drawn as the integration draws it",
  ({ exercise, side, phase, shapes }) => {
    const drawn = shapesOf(exercise, { side, phase }, true).map(measures);
    expect(drawn.map(([tone]) => tone)).toEqual(shapes.map(([tone]) => tone));
    for (const [i, [, ...numbers]] of shapes.entries()) {
      for (const [j, number] of numbers.entries()) {
        expect(Math.abs((drawn[i]?.[j + 1] as number) - number)).toBeLessThan(0.02);
      }
    }
  },
);

const figure = (exercise: string) => {
  const found = figureOf(exercise);
  if (!found) throw new Error(`no figure of ${exercise}`);
  return found;
};

test("no limb is shorter in the middle of a movement", () => {
  for (const { exercise, side } of moments) {
    for (const phase of [0, 0.21, 0.5, 0.83, 1]) {
      const pose = poseAt(figure(exercise), { side, phase });
      const bone = (a: string, b: string) => length(minus(joint(pose, a), joint(pose, b)));
      expect(bone("hip_r", "knee_r")).toBeCloseTo(41);
      expect(bone("knee_l", "ankle_l")).toBeCloseTo(40);
      expect(bone("shoulder_l", "elbow_l")).toBeCloseTo(28);
      expect(bone("elbow_r", "wrist_r")).toBeCloseTo(25);
    }
  }
});

test("a moment outside the movement is its nearest end", () => {
  const bridges = figure("bridges");
  const at = (phase: number) => poseAt(bridges, { side: null, phase });
  expect(at(-1)).toEqual(at(0));
  expect(at(2)).toEqual(at(1));
});

test("a joint that no body has is refused", () => {
  expect(() => joint({}, "tail")).toThrow("no joint tail");
});

test("an exercise without a figure draws nothing", () => {
  expect(shapesOf("swimming", { side: null, phase: 0 }, true)).toEqual([]);
});

test("arrows are drawn only where they are asked for", () => {
  const tones = (arrows: boolean) =>
    shapesOf("bridges", { side: null, phase: 0 }, arrows).map(({ tone }) => tone);
  expect(tones(true)).toContain("arrow");
  expect(tones(false)).not.toContain("arrow");
});

test("what is drawn takes its colours from the theme, the moving part the primary one", () => {
  const box = document.createElement("div");
  const moment = { side: "right", phase: 0 } as const;
  render(svg`<svg viewBox=${VIEW_BOX}>${drawFigure("dead_bugs", moment)}</svg>`, box);
  const paths = [...box.querySelectorAll("path")];
  expect(paths).toHaveLength(shapesOf("dead_bugs", moment, false).length);
  const styles = paths.map((path) => path.getAttribute("style") ?? "");
  expect(styles.filter((style) => style.includes("var(--primary-color"))).toHaveLength(2);
  expect(styles.every((style) => style.startsWith("fill: "))).toBe(true);
  expect(paths.every((path) => /^(M[\d., -]+Z)+$/.test(path.getAttribute("d") ?? ""))).toBe(true);
});

test("a hull goes round its circles", () => {
  const outline = hull([
    [0, 0, 1],
    [10, 0, 2],
  ]);
  expect(Math.max(...outline.map(([x]) => x))).toBeCloseTo(12);
  expect(Math.min(...outline.map(([x]) => x))).toBeCloseTo(-1);
});
