/** Before a session: whether something of the safety questions is new. */

import { html, nothing, type TemplateResult } from "lit";
import { createRef, ref } from "lit/directives/ref.js";

import type { Signs } from "../protocol.ts";
import { button } from "./pieces.ts";
import type { Scene } from "./scene.ts";

/** One line that opens the lists; nothing is to be ticked where nothing is new. */
export const signs = (scene: Scene): TemplateResult | typeof nothing => {
  const { view, texts } = scene;
  if (view.signs === null) return nothing;
  return html`<details class="signs">
    <summary>${texts.card("new_ask")}</summary>
    <div>
      <p>${texts.card("new_help")}</p>
      ${view.signs.map(list)} ${view.may_control ? tell(scene) : nothing}
    </div>
  </details>`;
};

const list = ({ title, advice, items }: Signs): TemplateResult =>
  html`<h3>${title}</h3>
    <p>${advice}</p>
    <ul>
      ${items.map((item) => html`<li>${item}</li>`)}
    </ul>`;

/** What follows is told before it is done; the browser takes the keyboard there, and back. */
const tell = ({ texts, canAct, act }: Scene): TemplateResult => {
  const dialog = createRef<HTMLDialogElement>();
  const confirm = () => {
    dialog.value?.close();
    return act("screen", { anything_new: true });
  };
  return html`<div class="row">
      ${button(texts.card("new_tell"), () => dialog.value?.showModal(), {
        look: "outlined",
        able: canAct,
      })}
    </div>
    <dialog ${ref(dialog)} aria-labelledby="new-sure" aria-describedby="new-then">
      <h2 id="new-sure">${texts.card("new_sure")}</h2>
      <p id="new-then">${texts.card("new_then")} ${texts.card("unlock_screen")}</p>
      <div class="row">
        ${button(texts.card("go_back"), () => dialog.value?.close(), { look: "outlined" })}
        ${button(texts.card("new_confirm"), confirm, { look: "loud", able: canAct })}
      </div>
    </dialog>`;
};
