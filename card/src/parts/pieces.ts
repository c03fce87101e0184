/** Small pieces that several screens share: buttons and the scale from 0 to 10. */

import { html, nothing, type TemplateResult } from "lit";

import { icon, type Icon } from "./icons.ts";
import type { Scene } from "./scene.ts";

interface ButtonOptions {
  look?: "loud" | "soft" | "plain" | "round" | "danger" | "outlined" | "tool";
  icon?: Icon;
  /** The icon alone is shown; the text names it. */
  bare?: boolean;
  able?: boolean;
}

/** A button that stays in place, and keeps the focus, while it can't be pressed. */
export const button = (
  text: string,
  press: () => unknown,
  { look = "soft", icon: name, bare = false, able = true }: ButtonOptions = {},
): TemplateResult =>
  html`<button
    type="button"
    class="button ${look}"
    aria-label=${bare ? text : nothing}
    title=${bare ? text : nothing}
    aria-disabled=${able ? "false" : "true"}
    @click=${() => {
      if (able) press();
    }}
  >
    ${name ? icon(name) : nothing}${bare ? nothing : html`<span>${text}</span>`}
  </button>`;

/** A command of the session. */
export const command = (
  scene: Scene,
  name: string,
  options: ButtonOptions & { text?: string } = {},
): TemplateResult => {
  const { view, texts, canAct, act } = scene;
  const able = canAct && (view.session?.allowed.includes(name) ?? false);
  return button(options.text ?? texts.card(name), () => act(name), { able, ...options });
};

const SCALE = Array.from({ length: 11 }, (_, number) => number);

/** Eleven buttons, 0 to 10; the one given is marked. */
export const scale = (
  scene: Scene,
  measure: "pain" | "effort",
  given: number | null,
  choose: (value: number) => unknown,
): TemplateResult => {
  const { texts, canAct } = scene;
  return html`<div class="scale ${measure}" role="group" aria-label=${texts.card(measure)}>
      ${SCALE.map(
        (value) =>
          html`<button
            type="button"
            aria-pressed=${given === value ? "true" : "false"}
            aria-disabled=${canAct ? "false" : "true"}
            aria-label=${
              value === 0 || value === 10
                ? `${texts.decimal(value)}, ${texts.card(`${measure}_${value}`)}`
                : nothing
            }
            style="--level: ${value * 10}%"
            @click=${() => {
              if (canAct) choose(value);
            }}
          >
            ${texts.decimal(value)}
          </button>`,
      )}
    </div>
    <div class="ends" aria-hidden="true">
      <span>${texts.card(`${measure}_0`)}</span><span>${texts.card(`${measure}_10`)}</span>
    </div>`;
};
