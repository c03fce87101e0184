/** The figure that moves with the voice, the count, and the ring that runs to the next change. */

import { LitElement, html, nothing, svg, type TemplateResult } from "lit";

import { ringDash } from "../chart.ts";
import { instant, type Clock } from "../clock.ts";
import { drawFigure, VIEW_BOX } from "../figure.ts";
import { momentAt, secondsLeft, share, sideOf, type Moment } from "../motion.ts";
import type { Session } from "../protocol.ts";
import { placeOf } from "../screen.ts";
import type { Texts } from "../texts.ts";

const RADIUS = 54;
/** Finer than an eye can tell. */
const FINE = 400;

export class Stage extends LitElement {
  static override properties = {
    session: { attribute: false },
    paused: { type: Boolean },
    clock: { attribute: false },
    texts: { attribute: false },
  };

  declare session: Session;
  declare paused: boolean;
  declare clock: Clock;
  declare texts: Texts;
  private frame = 0;
  private shown = "";
  private readonly stillness = matchMedia("(prefers-reduced-motion: reduce)");

  protected override createRenderRoot(): HTMLElement {
    return this; // styled by the card
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.run();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.frame);
  }

  protected override willUpdate(): void {
    this.run();
  }

  /** Looks at each frame whether something would be seen of it. */
  private run(): void {
    cancelAnimationFrame(this.frame);
    if (!this.isConnected || !this.session.track || this.paused) return;
    this.frame = requestAnimationFrame(() => {
      const seen = this.seen();
      if (seen === this.shown) this.run();
      else {
        this.shown = seen;
        this.requestUpdate();
      }
    });
  }

  private seen(): string {
    const now = this.now();
    if (!now) return "";
    const { moment, offset } = now;
    const ring = share(offset, moment.since, moment.until) * (this.stillness.matches ? 0 : FINE);
    const fine = [moment.phase * FINE, ring].map(Math.round);
    return [
      moment.step,
      moment.repetition,
      moment.part,
      secondsLeft(moment, offset),
      ...fine,
    ].join();
  }

  private now(): { moment: Moment; offset: number } | null {
    const { track } = this.session;
    if (!track || this.paused) return null;
    const offset = (this.clock.now() - instant(track.begun_at)) / 1000;
    const moment = momentAt(track, offset);
    return moment && { moment, offset };
  }

  protected override render(): TemplateResult {
    const now = this.now();
    const moment = now?.moment ?? this.standing();
    const exercise = moment.exercise ?? this.session.exercise;
    // In the welcome one sees what comes first.
    const drawn = exercise ?? this.session.next_exercise;
    return html`
      <div class="figure">${drawn ? this.figure(drawn, moment) : nothing}</div>
      <div class="telling">
        <div class="names">
          <p class="exercise">${exercise ? this.texts.exercise(exercise) : this.routine}</p>
          <p class="place">
            ${placeOf({ ...this.session, set: moment.set }, this.texts, moment.side).map(
              (part) => html`<span>${part}</span>`,
            )}
          </p>
        </div>
        ${this.ring(moment, now?.offset ?? null)}
      </div>
    `;
  }

  private figure(exercise: string, moment: Moment): TemplateResult {
    const { side, phase, part } = moment;
    if (!this.stillness.matches) {
      return html`<svg viewBox=${VIEW_BOX} aria-hidden="true">
        ${drawFigure(exercise, { side, phase })}
      </svg>`;
    }
    const isAtEnd = part === "lift" || part === "hold";
    return html`${[0, 1].map(
      (end) =>
        html`<svg
          viewBox=${VIEW_BOX}
          aria-hidden="true"
          class=${isAtEnd === (end === 1) ? "" : "away"}
        >
          ${drawFigure(exercise, { side, phase: end }, true)}
        </svg>`,
    )}`;
  }

  private ring(moment: Moment, offset: number | null): TemplateResult {
    const waits = offset === null && !this.paused;
    const done = waits ? 0.2 : this.share(moment, offset);
    return html`<div class="ring ${waits ? "waits" : ""}">
      <svg viewBox="-60 -60 120 120" aria-hidden="true">
        <circle r=${RADIUS} class="way" />
        ${
          done > 0
            ? svg`<circle
          r=${RADIUS}
          class="run"
          transform="rotate(-90)"
          stroke-dasharray=${ringDash(RADIUS, done)}
        />`
            : nothing
        }
      </svg>
      <div class="count">${waits ? nothing : this.count(moment, offset)}</div>
      <p class="part">${this.about(moment)}</p>
    </div>`;
  }

  /** How far one has got to the next change; a second at a time where motion is not wanted. */
  private share(moment: Moment, offset: number | null): number {
    if (offset === null) return 0;
    const { since, until } = moment;
    if (!this.stillness.matches) return share(offset, since, until);
    return share(until - secondsLeft(moment, offset), since, until);
  }

  private count(moment: Moment, offset: number | null): TemplateResult {
    const { texts } = this;
    const { repetition, repetitions } = moment;
    if (repetition !== null && repetitions !== null) {
      return html`<strong>${texts.decimal(repetition)}</strong>
        <span>${texts.card("of", { count: repetitions })}</span>`;
    }
    if (offset === null) return html``;
    return html`<strong>${texts.decimal(secondsLeft(moment, offset))}</strong>
      <span>${texts.card("seconds")}</span>`;
  }

  private get routine(): string {
    const { texts } = this;
    return texts.card("routine_title", { routine: texts.routine(this.session.routine) });
  }

  /** What is done now, in a word. */
  private about({ part, step }: Moment): string {
    if (this.paused) return this.texts.card("paused");
    if (!this.session.track) return this.texts.card("preparing");
    return part === null ? this.texts.step(step) : this.texts.card(`part_${part}`);
  }

  /** Where the session stands while nothing plays. */
  private standing(): Moment {
    const { exercise, step, side, set, repetition, repetitions } = this.session;
    return {
      step: step ?? "prepare",
      exercise,
      side: sideOf(side),
      set,
      repetition,
      repetitions,
      part: null,
      phase: 0,
      since: 0,
      until: 0,
    };
  }
}
