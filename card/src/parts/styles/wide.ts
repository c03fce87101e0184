/** What changes on what is wider than a phone, and for those who want no movement. */

import { css } from "lit";

export const wide = css`
  @container back-exercise (min-width: 480px) {
    .scale {
      grid-template-columns: repeat(11, 1fr);
    }

    .card {
      --ring: 148px;
      --count: 3rem;
      --name: 1.875rem;
    }
  }

  @container back-exercise (min-width: 760px) {
    .card {
      --text: 1.125rem;
      --small: 1rem;
      --title: clamp(1.5rem, 2.4cqi, 2.5rem);
      --name: clamp(2.25rem, 4.2cqi, 4.5rem);
      --ring: min(26cqi, 38vh);
      --count: calc(var(--ring) * 0.42);
      --press: 60px;
      --space: 20px;
    }

    .screen.session {
      display: grid;
      grid-template-columns: 1fr auto 1fr;
      grid-template-areas:
        "head head head"
        "stage stage stage"
        "sharp transport stop"
        "sound tools next";
      align-items: center;
      column-gap: calc(var(--space) * 2);
    }

    .screen.session .head {
      grid-area: head;
    }

    .screen.session > .state {
      grid-area: next;
      justify-self: end;
    }

    .screen.session > .state + .next {
      display: none;
    }

    .screen.session back-exercise-stage {
      grid-area: stage;
      grid-template-columns: 62fr 38fr;
      grid-template-areas:
        "names names"
        "figure ring";
    }

    .telling {
      display: contents;
    }

    .names {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      justify-content: space-between;
      grid-area: names;
      gap: 0 32px;
    }

    .figure {
      grid-area: figure;
    }

    .ring {
      grid-area: ring;
      justify-self: center;
    }

    .screen.session .next {
      grid-area: next;
      font-size: var(--text);
      text-align: end;
    }

    .place {
      gap: 4px 24px;
      margin: 0;
    }

    .part,
    .count span {
      font-size: var(--title);
    }

    .screen.session .transport {
      grid-area: transport;
    }

    .screen.session .tools {
      grid-area: tools;
    }

    .screen.session .sound {
      grid-area: sound;
    }

    .screen.session .emergency {
      display: contents;
    }

    .screen.session .emergency .button:first-child {
      grid-area: sharp;
    }

    .screen.session .emergency .button:last-child {
      grid-area: stop;
      justify-self: end;
      width: 75%;
    }

    .tools .button.tool {
      flex-direction: row;
      gap: 10px;
      padding: 0 20px;
      font-size: var(--text);
    }

    .screen.rest {
      display: grid;
      grid-template-columns: 3fr 2fr;
      gap: calc(var(--space) * 2);
      align-items: start;
    }

    .screen.rest .ask {
      grid-column: 1 / 3;
    }

    .ask.check-in {
      gap: calc(var(--space) * 1.25);
    }

    .ask.check-in .row {
      justify-content: center;
    }

    .ask.check-in .row > * {
      flex: 0 1 20em;
    }

    .doses li {
      grid-template-columns: 108px 1fr;
      column-gap: 24px;
    }

    .thumb {
      width: 108px;
    }

    .history {
      display: grid;
      grid-template-columns: 1fr 1fr;
      column-gap: calc(var(--space) * 2.5);
    }

    .history > :is(h2, details, button) {
      grid-column: 1 / 3;
    }

    .history > .sessions {
      grid-row: 2 / 4;
      grid-column: 2;
    }

    .history > .legend {
      align-self: start;
    }

    .chart svg {
      max-height: none;
    }
  }

  /* Read from two metres away */

  @container back-exercise (min-width: 760px) {
    .large {
      --text: clamp(1.25rem, 1.7cqi, 2rem);
      --small: clamp(1.125rem, 1.4cqi, 1.625rem);
      --press: clamp(60px, 4.6cqi, 92px);
    }

    .large.session {
      height: calc(100dvh - 96px);
      min-height: 560px;
    }

    .large .screen {
      flex: 1;
      min-height: 0;
    }

    .large .screen.session {
      grid-template-rows: auto minmax(0, 1fr) auto auto;
    }

    .large .screen.session back-exercise-stage {
      grid-template-rows: auto minmax(0, 1fr);
      height: 100%;
    }

    .large .figure {
      aspect-ratio: auto;
      height: 100%;
    }

    .large .icon {
      width: 1.4em;
      height: 1.4em;
    }

    .large .transport .button.round:nth-child(2) .icon {
      width: 2em;
      height: 2em;
    }
  }

  @container back-exercise (max-width: 759px) {
    .large {
      --text: 1.125rem;
      --small: 1rem;
      --name: 2rem;
      --count: 3.25rem;
      --ring: 140px;
      --press: 56px;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .ring.waits .run {
      animation: none;
    }

    .button,
    progress::-webkit-progress-value,
    .switch .track,
    .switch .track::after,
    summary::before {
      transition: none;
    }
  }
`;
