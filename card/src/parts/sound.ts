/** Whether this browser plays the sound. */

import { html, nothing, type TemplateResult } from "lit";

import { button } from "./pieces.ts";
import type { Scene } from "./scene.ts";

/** The choice, and what stands against it. */
export const sound = (scene: Scene): TemplateResult => {
  const { texts, listens, isBlocked, listen, unlock } = scene;
  return html`<div class="sound">
    ${
      isBlocked
        ? html`<p class="state" role="alert">${texts.card("sound_blocked")}</p>
            ${button(texts.card("sound_allow"), unlock, { look: "loud", icon: "sound" })}`
        : nothing
    }
    <label class="switch">
      <input
        type="checkbox"
        role="switch"
        aria-checked=${listens ? "true" : "false"}
        .checked=${listens}
        @change=${(event: Event) => {
          listen((event.target as HTMLInputElement).checked);
        }}
      />
      <span class="track" aria-hidden="true"></span>
      <span>${texts.card("sound_here")}</span>
    </label>
  </div>`;
};
