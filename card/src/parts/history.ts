/** How it went over weeks: pain against what was done, and every decision with its reason. */

import { html, nothing, svg, type TemplateResult } from "lit";

import { chartOf, type Frame, type Mark } from "../chart.ts";
import type { HistorySession } from "../protocol.ts";
import type { Texts } from "../texts.ts";
import { button } from "./pieces.ts";
import type { Scene } from "./scene.ts";

const FRAME: Frame = { width: 320, pain: 100, gap: 14, dose: 40, margin: 10 };
/** So many sessions are seen before somebody asks for more. */
const FEW = 5;

export const history = (scene: Scene): TemplateResult => {
  const { pages, texts, older } = scene;
  const { sessions } = pages;
  if (pages.refusal) return html`<p class="state">${texts.refusal(pages.refusal)}</p>`;
  if (sessions.length === 0) {
    return pages.isLoading ? html`` : html`<p class="dim empty">${texts.card("history_empty")}</p>`;
  }
  return html`<section class="history">
    <h2>${texts.card("history")}</h2>
    ${chart(sessions, texts)}
    <ul class="legend" aria-hidden="true">
      <li class="before">${texts.card("pain_before")}</li>
      <li class="after">${texts.card("pain_after")}</li>
      <li class="bar">${texts.card("work")}</li>
    </ul>
    <ol class="sessions">
      ${sessions.slice(0, FEW).map((session) => entry(session, texts))}
    </ol>
    ${
      sessions.length > FEW || pages.hasMore
        ? html`<details>
            <summary>${texts.card("all_sessions")}</summary>
            <ol class="sessions">
              ${sessions.slice(FEW).map((session) => entry(session, texts))}
            </ol>
            ${
              pages.hasMore
                ? button(texts.card("older"), older, { look: "outlined", able: !pages.isLoading })
                : nothing
            }
          </details>`
        : nothing
    }
    <details>
      <summary>${texts.card("as_table")}</summary>
      ${table(sessions, texts)}
    </details>
    ${button(texts.card("sheet"), scene.openSheet, { look: "outlined" })}
  </section>`;
};

const chart = (sessions: HistorySession[], texts: Texts): TemplateResult => {
  const { marks, before, after, lines, most } = chartOf(sessions, FRAME);
  const bottom = FRAME.pain + FRAME.gap + FRAME.dose;
  const [first, last] = [marks[0]?.session, marks.at(-1)?.session];
  return html`<figure class="chart">
    <svg
      viewBox="-22 -8 ${FRAME.width + 30} ${bottom + 30}"
      role="img"
      aria-label=${texts.counted("chart_label", sessions.length)}
    >
      ${lines.map(
        ({ value, y }) =>
          svg`<line class="grid" x1="0" x2=${FRAME.width} y1=${y} y2=${y} />
            <text class="tick" x="-6" y=${y + 3} text-anchor="end">${texts.decimal(value)}</text>`,
      )}
      ${marks.map(
        ({ x, bar }) =>
          svg`<rect class="bar" x=${x - bar.width / 2} y=${bar.y} width=${bar.width} height=${bar.height} rx="2" />`,
      )}
      <line class="grid" x1="0" x2=${FRAME.width} y1=${bottom} y2=${bottom} />
      <text class="tick" x="-6" y=${bottom - FRAME.dose + 3} text-anchor="end">
        ${texts.decimal(most)}
      </text>
      <path class="line before" d=${before} />
      <path class="line after" d=${after} />
      ${marks.map((mark) => dots(mark))}
      ${first ? svg`<text class="tick" x="0" y=${bottom + 16}>${texts.date(first.at)}</text>` : nothing}
      ${
        last && last !== first
          ? svg`<text class="tick" x=${FRAME.width} y=${bottom + 16} text-anchor="end">${texts.date(last.at)}</text>`
          : nothing
      }
    </svg>
  </figure>`;
};

const dots = ({ x, before, after }: Mark): TemplateResult =>
  html`${before === null ? nothing : svg`<circle class="dot before" cx=${x} cy=${before} r="3.2" />`}
  ${after === null ? nothing : svg`<circle class="dot after" cx=${x} cy=${after} r="3.2" />`}`;

const entry = (session: HistorySession, texts: Texts): TemplateResult => {
  const { pain_before: before, pain_after: after } = session;
  return html`<li>
    <div class="when">
      <strong>${texts.day(session.at)}</strong>
      <span class="dim">
        ${[
          texts.outcome(session.outcome),
          ...(session.minutes > 0
            ? [texts.card("minutes", { minutes: Math.round(session.minutes) })]
            : []),
        ].join(" · ")}
      </span>
      <span class="pains">
        ${
          before === null && after === null
            ? nothing
            : texts.card("pain_change", {
                before: before === null ? "–" : texts.decimal(before),
                after: after === null ? "–" : texts.decimal(after),
              })
        }
      </span>
    </div>
    ${
      session.decisions.length > 0
        ? html`<ul class="reasons">
            ${session.decisions.map(({ sentence }) => html`<li>${sentence}</li>`)}
          </ul>`
        : nothing
    }
  </li>`;
};

const table = (sessions: HistorySession[], texts: Texts): TemplateResult => {
  const rating = (value: number | null) => (value === null ? "–" : texts.decimal(value));
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${texts.card("history")}>
    <table>
      <thead>
        <tr>
          ${["date", "outcome", "minutes_short", "pain_before", "pain_after", "pain_next_day"].map(
            (key) => html`<th scope="col">${texts.card(key)}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${sessions.map(
          (session) =>
            html`<tr>
              <th scope="row">${texts.day(session.at)}</th>
              <td>${texts.outcome(session.outcome)}</td>
              <td>${texts.decimal(Math.round(session.work_seconds / 6) / 10)}</td>
              <td>${rating(session.pain_before)}</td>
              <td>${rating(session.pain_after)}</td>
              <td>${rating(session.pain_next_day)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
};
