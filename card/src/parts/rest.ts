/** The card at rest: what there is to do today and why, and what is to be answered. */

import { html, nothing, type TemplateResult } from "lit";

import { drawFigure, VIEW_BOX } from "../figure.ts";
import type { Dose, Offer, Today } from "../protocol.ts";
import { isDone } from "../screen.ts";
import type { Texts } from "../texts.ts";
import { icon } from "./icons.ts";
import { button, scale } from "./pieces.ts";
import type { Scene } from "./scene.ts";
import { signs } from "./signs.ts";
import { sound } from "./sound.ts";

export const rest = (scene: Scene): TemplateResult =>
  html`${questions(scene)} ${offers(scene)} ${plan(scene)} ${begin(scene)}`;

export const locked = (scene: Scene): TemplateResult => {
  const { lock } = scene.view;
  return html`<section class="notice">
    <span class="badge">${icon("lock")}</span>
    <h2 tabindex="-1">${scene.texts.card("locked")}</h2>
    <p>${lock?.sentence}</p>
    <p class="dim">${lock?.what}</p>
  </section>`;
};

export const countdown = (scene: Scene): TemplateResult => {
  const { view, texts, clock, canAct, act } = scene;
  return html`<section class="notice">
    <h2>${texts.card("countdown_title")}</h2>
    <back-exercise-left
      class="huge"
      .until=${view.reminder.counting_down_to ?? view.now}
      .clock=${clock}
      .texts=${texts}
    ></back-exercise-left>
    <div class="row">
      ${button(texts.card("not_now"), () => act("stop"), { look: "outlined", able: canAct })}
      ${button(texts.card("start_now"), () => act("start"), {
        look: "loud",
        icon: "play",
        able: canAct,
      })}
    </div>
  </section>`;
};

const questions = (scene: Scene): TemplateResult[] =>
  scene.view.questions.map(
    ({ question }) =>
      html`<section class="ask">
        <h2>${scene.texts.card(`ask_${question}`)}</h2>
        ${scale(scene, "pain", null, (pain) => scene.act("rate", { pain, context: question }))}
      </section>`,
  );

const offers = (scene: Scene): TemplateResult[] =>
  scene.view.offers.map(
    (offer) =>
      html`<section class="ask">
        <p>${offer.sentence}</p>
        <div class="row">
          ${button(scene.texts.card("decline"), () => answer(scene, offer, false), {
            look: "outlined",
            able: scene.canAct,
          })}
          ${button(scene.texts.card("accept"), () => answer(scene, offer, true), {
            look: "loud",
            able: scene.canAct,
          })}
        </div>
      </section>`,
  );

const answer = (scene: Scene, { kind, exercise }: Offer, accepted: boolean): Promise<boolean> =>
  scene.act("answer_offer", { offer: kind, accepted, ...(exercise ? { exercise } : {}) });

const plan = (scene: Scene): TemplateResult => {
  const { view, texts } = scene;
  const { today } = view;
  return html`<section class="plan">
    <header>
      <div>
        <p class="dim">${view.name}</p>
        <h2>${today ? titleOf(today, texts) : texts.routine(view.routine)}</h2>
        ${today ? html`<p class="dim">${aboutOf(today, texts)}</p>` : nothing}
      </div>
      ${routines(scene)}
    </header>
    ${
      today && today.reasons.length > 0
        ? html`<ul class="reasons" aria-label=${texts.card("why")}>
            ${today.reasons.map(({ sentence }) => html`<li>${sentence}</li>`)}
          </ul>`
        : nothing
    }
    ${
      today && today.exercises.length > 0
        ? html`<ol class="doses" aria-label=${texts.card("exercises")}>
            ${today.exercises.map((dose) => doseRow(dose, texts))}
          </ol>`
        : nothing
    }
  </section>`;
};

const titleOf = (today: Today, texts: Texts): string =>
  today.result === "plan"
    ? texts.card("routine_title", { routine: texts.routine(today.routine ?? "") })
    : texts.card(isDone(today) ? "result_done" : `result_${today.result}`);

const aboutOf = ({ seconds, kind, exercises }: Today, texts: Texts): string =>
  [
    ...(seconds === null
      ? []
      : [texts.card("minutes", { minutes: Math.max(1, Math.round(seconds / 60)) })]),
    ...(exercises.length > 0 ? [texts.counted("exercise_count", exercises.length)] : []),
    ...(kind === null || kind === "normal" ? [] : [texts.card(`kind_${kind}`)]),
  ].join(" · ");

const doseRow = (dose: Dose, texts: Texts): TemplateResult =>
  html`<li>
    <svg class="thumb" viewBox=${VIEW_BOX} aria-hidden="true">
      ${drawFigure(dose.exercise, { side: "right", phase: 1 })}
    </svg>
    <span class="what">${texts.exercise(dose.exercise)}</span>
    <span class="much dim">${doseOf(dose, texts)}</span>
  </li>`;

const doseOf = ({ sets, repetitions, sides, hold }: Dose, texts: Texts): string =>
  [
    sets > 1 ? texts.card("dose_sets", { sets, repetitions }) : texts.card("dose", { repetitions }),
    ...(sides === "each" ? [texts.card("each_side")] : []),
    ...(hold > 0 ? [texts.card("hold_seconds", { seconds: hold })] : []),
  ].join(" · ");

const routines = ({
  view,
  texts,
  canAct,
  chooseRoutine,
}: Scene): TemplateResult | typeof nothing =>
  view.routines.length < 2 || !chooseRoutine
    ? nothing
    : html`<label class="choice">
        <span class="sr">${texts.card("routine")}</span>
        <select
          ?disabled=${!canAct}
          @change=${(event: Event) => {
            chooseRoutine((event.target as HTMLSelectElement).value);
          }}
        >
          ${view.routines.map(
            (routine) =>
              html`<option value=${routine} ?selected=${routine === view.routine}>
                ${texts.routine(routine)}
              </option>`,
          )}
        </select>
      </label>`;

const begin = (scene: Scene): TemplateResult => {
  const { view, texts, canAct, draft, act, changed, unlock } = scene;
  const pain = draft.pain ?? view.pain?.value ?? null;
  const anyway = view.today !== null && isDone(view.today);
  const start = () => {
    unlock();
    return act("start", {
      ...(draft.pain === null ? {} : { pain_before: draft.pain }),
      ...(anyway ? { override: true } : {}),
    });
  };
  return html`<section class="begin">
    <div class="slider">
      <label for="pain">${texts.card("pain_now")}</label>
      <output for="pain" class=${pain === null ? "dim" : ""}>
        ${pain === null ? texts.card("not_rated") : texts.decimal(pain)}
        ${
          draft.pain === null && view.pain
            ? html`<small class="dim"
                >${texts.card("rated_at", { time: texts.time(view.pain.at) })}</small
              >`
            : nothing
        }
      </output>
      <input
        id="pain"
        type="range"
        min="0"
        max="10"
        step="1"
        class=${pain === null ? "unset" : ""}
        style="--share: ${(pain ?? 0) * 10}%"
        .value=${String(pain ?? 0)}
        aria-valuetext=${pain === null ? texts.card("not_rated") : texts.decimal(pain)}
        ?disabled=${!canAct}
        @input=${(event: Event) => {
          draft.pain = Number((event.target as HTMLInputElement).value);
          changed();
        }}
        @click=${(event: Event) => {
          // The thumb of a slider that was not set stands at 0: that may be what is meant.
          draft.pain ??= Number((event.target as HTMLInputElement).value);
          changed();
        }}
      />
      <div class="ends" aria-hidden="true">
        <span>${texts.card("pain_0")}</span><span>${texts.card("pain_10")}</span>
      </div>
    </div>
    <div class="row">
      ${
        draft.pain === null
          ? nothing
          : button(texts.card("note_pain"), () => act("rate", { pain: draft.pain }), {
              look: "outlined",
              able: canAct,
            })
      }
      ${button(texts.card(anyway ? "start_anyway" : "start"), start, {
        look: "loud",
        icon: "play",
        able: canAct,
      })}
    </div>
    ${
      view.reminder.due
        ? html`<div class="row">
            ${button(texts.card("skip_today"), () => act("skip_today"), { look: "plain", able: canAct })}
            ${
              view.reminder.snoozes_left > 0
                ? button(texts.card("snooze"), () => act("snooze"), { look: "plain", able: canAct })
                : nothing
            }
          </div>`
        : nothing
    }
    ${signs(scene)} ${sound(scene)}
  </section>`;
};
