/** Whether this browser plays the sound. */

import { html, nothing, type TemplateResult } from "lit";

import { button } from "./pieces.ts";
import type { Scene } from "./scene.ts";

/** The choice, and what stands against it. */
export const sound = (scene: Scene): TemplateResult => {
  const { texts, listens, isBlocked, listen, unlock } = scene;
  const error = listens ? errorOf(scene) : null;
  return html`<div class="sound">
    ${
      isBlocked
        ? html`<p class="state" role="alert">${texts.card("sound_blocked")}</p>
            ${button(texts.card("sound_allow"), unlock, { look: "loud", icon: "sound" })}`
        : nothing
    }
    ${error === null ? nothing : html`<p class="state" role="alert">${texts.card(`sound_${error}`)}</p>`}
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

/** Why the integration can't let this browser play, beside what the browser itself refuses. */
const errorOf = ({ view }: Scene): string | null => {
  const error = view.speakers.find(({ entity_id: id }) => id === "browser")?.error ?? null;
  return error === "blocked" ? null : error;
};
