/** The card while a session goes on: what is done, what comes, and what can be pressed. */

import { html, nothing, type TemplateResult } from "lit";

import { drawFigure, VIEW_BOX } from "../figure.ts";
import { asksEffort, contextOf, placeOf, questionKey } from "../screen.ts";
import type { Session } from "../protocol.ts";
import { command, scale } from "./pieces.ts";
import type { Scene } from "./scene.ts";
import { sound } from "./sound.ts";

export const session = (scene: Scene, going: Session): TemplateResult => {
  const { view, texts, clock } = scene;
  return html`
    ${head(scene, going)}
    <back-exercise-stage
      .session=${going}
      .paused=${view.state === "paused"}
      .clock=${clock}
      .texts=${texts}
    ></back-exercise-stage>
    ${paused(scene, going)}
    <p class="next dim">
      ${
        going.next_exercise
          ? html`${texts.card("next_exercise", { exercise: texts.exercise(going.next_exercise) })}`
          : nothing
      }
    </p>
    ${transport(scene)}
    <div class="tools">
      ${command(scene, "repeat", { look: "tool", icon: "repeat" })}
      ${command(scene, "explain", { look: "tool", icon: "explain" })}
      ${command(scene, "easier", { look: "tool", icon: "easier" })}
    </div>
    ${emergency(scene)} ${sound(scene)}
  `;
};

const head = ({ view, texts }: Scene, going: Session): TemplateResult =>
  html`<header class="head">
    <p class="dim">
      <span>${view.name}</span>
      <span>
        ${
          going.number === null || going.number < 1
            ? texts.card("routine_title", { routine: texts.routine(going.routine) })
            : texts.card("exercise_of", { number: going.number, of: going.of })
        }
      </span>
    </p>
    <progress max="1" value=${going.progress} aria-label=${texts.card("progress")}></progress>
  </header>`;

const paused = ({ view, texts, clock }: Scene, going: Session): TemplateResult | typeof nothing => {
  const { paused_until: until, pause_reason: reason } = going;
  if (view.state !== "paused" || (until === null && reason !== "speaker")) return nothing;
  return html`<p class="state">
    ${reason === "speaker" ? html`${texts.card("paused_speaker")}<br />` : nothing}
    ${
      until === null
        ? nothing
        : html`${texts.card("paused_until")}
            <back-exercise-left
              .until=${until}
              .clock=${clock}
              .texts=${texts}
            ></back-exercise-left>`
    }
  </p>`;
};

const transport = (scene: Scene): TemplateResult => {
  const isPaused = scene.view.state === "paused";
  return html`<div class="transport">
    ${command(scene, "previous", { look: "round", icon: "previous", bare: true })}
    ${
      isPaused
        ? command(scene, "resume", { look: "round", icon: "play", bare: true })
        : command(scene, "pause", { look: "round", icon: "pause", bare: true })
    }
    ${command(scene, "next", { look: "round", icon: "next", bare: true })}
  </div>`;
};

/** Always in reach, and not to be taken for each other. */
const emergency = (scene: Scene): TemplateResult =>
  html`<div class="emergency">
    ${command(scene, "sharp_pain", { look: "danger", icon: "sharp_pain" })}
    ${command(scene, "stop", { look: "outlined", icon: "stop" })}
  </div>`;

export const checkIn = (scene: Scene, going: Session): TemplateResult => {
  const { view, texts, clock, draft, act, changed } = scene;
  const question = going.question ?? "";
  const key = questionKey(going);
  const answered = draft.question === key ? draft.answered : { pain: null, effort: null };
  const answer = async (measure: "pain" | "effort", value: number) => {
    if (await act("rate", { [measure]: value, ...contextOf(going) })) {
      draft.question = key;
      draft.answered = { ...answered, [measure]: value };
      changed();
    }
  };
  return html`
    ${head(scene, going)}
    <section class="ask check-in">
      <h2>
        ${
          going.exercise && question === "exercise"
            ? texts.card("ask_exercise_name", { exercise: texts.exercise(going.exercise) })
            : texts.card(`ask_${question}`)
        }
      </h2>
      ${scale(scene, "pain", answered.pain, (value) => answer("pain", value))}
      ${
        asksEffort(going)
          ? html`<h3>${texts.card("ask_effort")}</h3>
              ${scale(scene, "effort", answered.effort, (value) => answer("effort", value))}`
          : nothing
      }
      <div class="row">
        ${command(scene, "next", { look: "outlined", text: texts.card("skip_question") })}
      </div>
      ${
        view.state === "asking" && going.step_ends_at
          ? html`<p class="dim waits">
              ${texts.card("waits")}
              <back-exercise-left
                .until=${going.step_ends_at}
                .clock=${clock}
                .texts=${texts}
              ></back-exercise-left>
            </p>`
          : nothing
      }
    </section>
    ${emergency(scene)} ${sound(scene)}
  `;
};

export const resume = (scene: Scene, going: Session): TemplateResult => {
  const { texts } = scene;
  return html`<section class="notice">
    ${
      going.exercise
        ? html`<svg class="still" viewBox=${VIEW_BOX} aria-hidden="true">
            ${drawFigure(going.exercise, { side: going.side === "left" ? "left" : "right", phase: 1 })}
          </svg>`
        : nothing
    }
    <h2>${texts.card("resume_title")}</h2>
    <p>
      ${[
        ...(going.exercise ? [texts.exercise(going.exercise)] : []),
        ...placeOf(going, texts),
        ...(going.repetition === null
          ? []
          : [texts.card("repetition", { number: going.repetition })]),
      ].join(" · ")}
    </p>
    ${
      going.paused_until
        ? html`<p class="dim">
            ${texts.card("resume_until", { time: texts.time(going.paused_until) })}
          </p>`
        : nothing
    }
    <div class="row">
      ${command(scene, "stop", { look: "outlined", icon: "stop", text: texts.card("end_session") })}
      ${command(scene, "resume", { look: "loud", icon: "play", text: texts.card("go_on") })}
    </div>
  </section>`;
};
