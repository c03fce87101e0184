/** How the card looks: only in colours and sizes of Home Assistant's theme. */

import { css } from "lit";

export const styles = css`
  :host {
    display: block;
    container: back-exercise / inline-size;
  }

  .card {
    --dim: var(--secondary-text-color, #727272);
    --line: var(--divider-color, #e0e0e0);
    --accent: var(--primary-color, #009ac7);
    --danger: var(--error-color, #db4437);
    --paper: var(--ha-card-background, var(--card-background-color, #fff));
    --loud: color-mix(in srgb, var(--accent), #000 38%);
    --corner: var(--ha-border-radius-lg, 12px);
    --small: 0.875rem;
    --text: 1rem;
    --title: 1.375rem;
    --name: 1.5rem;
    --count: 2.25rem;
    --ring: 116px;
    --press: 48px;
    --space: 16px;
    position: relative;
    display: flex;
    flex-direction: column;
    gap: calc(var(--space) * 1.25);
    box-sizing: border-box;
    min-height: 120px;
    height: 100%;
    padding: calc(var(--space) * 1.25);
    color: var(--primary-text-color, #212121);
    background: var(--paper);
    border: var(--ha-card-border-width, 1px) solid
      var(--ha-card-border-color, var(--divider-color, #e0e0e0));
    border-radius: var(--ha-card-border-radius, var(--ha-border-radius-lg, 12px));
    box-shadow: var(--ha-card-box-shadow, none);
    font-family: var(--ha-font-family-body, Roboto, system-ui, sans-serif);
    font-size: var(--text);
    line-height: 1.45;
    -webkit-font-smoothing: var(--ha-font-smoothing, antialiased);
  }

  /* White on it can be read whatever the theme's colour is. */
  @supports (color: oklch(from red l c h)) {
    .card {
      --loud: oklch(from var(--accent) min(l, 0.52) c h);
    }
  }

  h2,
  h3,
  p,
  ol,
  ul,
  figure {
    margin: 0;
    padding: 0;
    list-style: none;
    font: inherit;
  }

  h2 {
    font-size: var(--title);
    font-weight: var(--ha-font-weight-medium, 500);
    line-height: 1.25;
    text-wrap: balance;
  }

  h3 {
    font-weight: var(--ha-font-weight-medium, 500);
  }

  .dim {
    color: var(--dim);
    font-size: var(--small);
  }

  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .screen {
    display: flex;
    flex-direction: column;
    gap: calc(var(--space) * 1.25);
  }

  section {
    display: flex;
    flex-direction: column;
    gap: var(--space);
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 12px;
  }

  .row > * {
    flex: 1 1 auto;
    white-space: nowrap;
  }

  .state {
    padding: 10px 14px;
    border-radius: var(--corner);
    background: color-mix(in srgb, var(--accent) 12%, transparent);
  }

  .state small {
    display: block;
    color: inherit;
  }

  .missing {
    margin: auto 0;
    text-align: center;
  }

  .refused {
    display: flex;
    align-items: center;
    gap: 8px;
    padding-inline-start: 14px;
    border-radius: var(--corner);
    background: color-mix(in srgb, var(--danger) 14%, transparent);
  }

  .refused span {
    flex: 1;
    padding: 10px 0;
  }

  /* What can be pressed */

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 10px;
    min-width: var(--press);
    min-height: var(--press);
    padding: 0 20px;
    border: 0;
    border-radius: 999px;
    color: inherit;
    background: color-mix(in srgb, var(--accent) 16%, transparent);
    font: inherit;
    font-weight: var(--ha-font-weight-medium, 500);
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
    transition:
      background-color 0.15s,
      opacity 0.15s;
  }

  @media (hover: hover) {
    .button:not([aria-disabled="true"]):hover {
      filter: brightness(1.08);
    }
  }

  .button:focus-visible,
  .scale button:focus-visible,
  select:focus-visible,
  summary:focus-visible,
  h2:focus-visible,
  .scroll:focus-visible,
  .switch input:focus-visible + .track,
  input[type="range"]:focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 3px;
  }

  .button[aria-disabled="true"],
  .scale [aria-disabled="true"] {
    opacity: 0.38;
    cursor: default;
  }

  .icon {
    width: 24px;
    height: 24px;
    flex: none;
    fill: currentcolor;
  }

  .icon:is(.icon-next, .icon-previous, .icon-play):dir(rtl) {
    transform: scaleX(-1);
  }

  .button.loud {
    color: #fff;
    background: var(--loud);
  }

  .button.outlined {
    background: transparent;
    box-shadow: inset 0 0 0 1.5px var(--dim);
  }

  .button.plain,
  .button.bare {
    background: transparent;
  }

  .button.bare {
    padding: 0;
  }

  .button.tool {
    flex: 1 1 0;
    flex-direction: column;
    gap: 2px;
    padding: 8px 4px;
    border-radius: var(--corner);
    background: transparent;
    font-size: var(--small);
  }

  .button.tool .icon {
    color: var(--accent);
  }

  .button.danger {
    border-radius: var(--corner);
    background: color-mix(in srgb, var(--danger) 20%, transparent);
    box-shadow: inset 0 0 0 2px var(--danger);
  }

  .button.danger .icon {
    fill: var(--danger);
  }

  .transport {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: calc(var(--space) * 1.5);
  }

  .button.round {
    width: calc(var(--press) + 4px);
    height: calc(var(--press) + 4px);
    padding: 0;
  }

  .transport .button.round:nth-child(2) {
    width: calc(var(--press) * 1.5);
    height: calc(var(--press) * 1.5);
    color: #fff;
    background: var(--loud);
  }

  .transport .button.round:nth-child(2) .icon {
    width: 36px;
    height: 36px;
  }

  .tools {
    display: flex;
    gap: 8px;
  }

  .emergency {
    position: sticky;
    bottom: 0;
    z-index: 1;
    display: grid;
    grid-template-columns: 3fr 2fr;
    gap: 24px;
    padding-block: 8px;
    background: var(--paper);
  }

  .emergency .button {
    min-height: calc(var(--press) + 8px);
  }

  .scale {
    display: grid;
    grid-template-columns: repeat(6, 1fr);
    gap: 8px;
  }

  .scale button {
    min-width: 0;
    min-height: var(--press);
    padding: 0;
    border: 0;
    border-radius: var(--corner);
    color: inherit;
    background: color-mix(
      in srgb,
      color-mix(in srgb, var(--danger) var(--level), var(--accent)) 18%,
      transparent
    );
    font: inherit;
    font-size: 1.125em;
    font-variant-numeric: tabular-nums;
    cursor: pointer;
    touch-action: manipulation;
  }

  .scale button[aria-pressed="true"] {
    box-shadow: inset 0 0 0 3px var(--primary-text-color, #212121);
    font-weight: 700;
  }

  .ends {
    display: flex;
    justify-content: space-between;
    margin-top: calc(var(--space) * -0.5);
    color: var(--dim);
    font-size: var(--small);
  }

  /* At rest */

  .plan header {
    display: flex;
    align-items: flex-start;
    justify-content: space-between;
    gap: 12px;
  }

  .choice select {
    min-height: var(--press);
    padding-inline: 18px 40px;
    border: 0;
    border-radius: 999px;
    color: inherit;
    background: color-mix(in srgb, var(--accent) 16%, var(--paper));
    font: inherit;
    font-size: var(--small);
    appearance: none;
    cursor: pointer;
  }

  .choice {
    position: relative;
    flex: none;
  }

  .choice::after {
    content: "";
    position: absolute;
    inset-block-start: calc(50% - 6px);
    inset-inline-end: 18px;
    width: 7px;
    height: 7px;
    border: solid currentcolor;
    border-width: 0 2px 2px 0;
    transform: rotate(45deg);
    pointer-events: none;
  }

  .choice option {
    color: var(--primary-text-color, #212121);
    background: var(--paper);
  }

  .reasons {
    display: flex;
    flex-direction: column;
    gap: 6px;
    padding-inline-start: 14px;
    border-inline-start: 3px solid var(--accent);
  }

  .doses li {
    display: grid;
    grid-template-columns: 72px 1fr;
    column-gap: 14px;
    align-items: center;
    padding: 8px 0;
  }

  .doses li + li {
    border-top: 1px solid var(--line);
  }

  .thumb {
    grid-row: 1 / 3;
    width: 72px;
  }

  .what {
    align-self: end;
    font-weight: var(--ha-font-weight-medium, 500);
  }

  .much {
    align-self: start;
  }

  .slider {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: baseline;
    gap: 4px 12px;
  }

  .slider label {
    font-weight: var(--ha-font-weight-medium, 500);
  }

  .slider output {
    display: flex;
    align-items: baseline;
    gap: 8px;
    font-size: var(--title);
    font-variant-numeric: tabular-nums;
  }

  .slider output.dim {
    font-size: var(--text);
  }

  .slider input,
  .slider .ends {
    grid-column: 1 / 3;
    margin: 0;
  }

  input[type="range"] {
    width: 100%;
    height: 44px;
    border-radius: 22px;
    background: transparent;
    appearance: none;
    cursor: pointer;
  }

  input[type="range"]::-webkit-slider-runnable-track {
    height: 10px;
    border-radius: 5px;
    background: linear-gradient(var(--accent), var(--accent)) no-repeat 0 / var(--share) 100%
      color-mix(in srgb, var(--dim) 30%, transparent);
  }

  input[type="range"]::-moz-range-track {
    height: 10px;
    border-radius: 5px;
    background: color-mix(in srgb, var(--dim) 30%, transparent);
  }

  input[type="range"]::-moz-range-progress {
    height: 10px;
    border-radius: 5px;
    background: var(--accent);
  }

  input[type="range"]:dir(rtl)::-webkit-slider-runnable-track {
    background-position-x: 100%;
  }

  input[type="range"]::-webkit-slider-thumb {
    width: 30px;
    height: 30px;
    margin-top: -10px;
    border: 3px solid var(--paper);
    border-radius: 50%;
    background: var(--accent);
    box-shadow: 0 0 0 1px var(--accent);
    appearance: none;
  }

  input[type="range"]::-moz-range-thumb {
    width: 26px;
    height: 26px;
    border: 3px solid var(--paper);
    border-radius: 50%;
    background: var(--accent);
  }

  input.unset::-webkit-slider-thumb {
    background: var(--paper);
    box-shadow: 0 0 0 2px var(--dim);
  }

  .ask {
    padding: var(--space);
    border-radius: var(--corner);
    background: color-mix(in srgb, var(--accent) 8%, transparent);
  }

  .ask.check-in {
    padding: 0;
    background: none;
  }

  .ask .ends,
  .ask .dim {
    color: inherit;
  }

  .signs > div {
    display: flex;
    flex-direction: column;
    gap: 8px;
    padding-block: 8px;
  }

  .signs ul {
    padding-inline-start: 1.25em;
    list-style: disc;
  }

  .signs h3 {
    margin-top: 12px;
  }

  .signs > div > .row {
    margin-top: 12px;
  }

  dialog[open] {
    display: flex;
    flex-direction: column;
    gap: var(--space);
    box-sizing: border-box;
    width: min(100vw - 32px, 32em);
    padding: calc(var(--space) * 1.5);
    border: 0;
    border-radius: var(--corner);
    color: inherit;
    background: var(--paper);
    box-shadow: 0 8px 32px rgb(0 0 0 / 40%);
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 50%);
  }

  dialog p {
    text-wrap: pretty;
  }

  .notice {
    align-items: center;
    padding: var(--space) 0;
    text-align: center;
  }

  .notice p {
    max-width: 34em;
    text-wrap: pretty;
  }

  .notice .row {
    width: 100%;
    max-width: 30em;
  }

  .badge {
    display: grid;
    place-items: center;
    width: 64px;
    height: 64px;
    border-radius: 50%;
    background: color-mix(in srgb, var(--warning-color, #ffa600) 24%, transparent);
  }

  .badge .icon {
    width: 32px;
    height: 32px;
  }

  .huge {
    font-size: calc(var(--count) * 1.8);
    font-weight: 300;
    font-variant-numeric: tabular-nums;
    line-height: 1;
  }

  .still {
    width: min(100%, 320px);
  }

  /* In a session */

  .head p {
    display: flex;
    justify-content: space-between;
    gap: 12px;
    margin-bottom: 8px;
  }

  progress {
    display: block;
    width: 100%;
    height: 6px;
    border: 0;
    border-radius: 3px;
    background: color-mix(in srgb, var(--dim) 25%, transparent);
    appearance: none;
    overflow: hidden;
  }

  progress::-webkit-progress-bar {
    background: transparent;
  }

  progress::-webkit-progress-value {
    border-radius: 3px;
    background: var(--accent);
    transition: inline-size 0.4s;
  }

  progress::-moz-progress-bar {
    background: var(--accent);
  }

  back-exercise-stage {
    display: grid;
    gap: var(--space);
    align-items: center;
    min-height: 0;
  }

  .figure {
    position: relative;
    min-height: 0;
    aspect-ratio: 3 / 2;
  }

  .figure svg,
  .thumb,
  .still {
    overflow: visible;
  }

  .figure svg {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    transition: opacity 0.5s;
  }

  .figure svg.away {
    opacity: 0;
  }

  .telling {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--space);
  }

  .exercise {
    font-size: var(--name);
    font-weight: var(--ha-font-weight-medium, 500);
    line-height: 1.15;
    text-wrap: balance;
  }

  .place {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    margin-top: 8px;
    font-size: var(--title);
  }

  .place span + span {
    color: var(--dim);
  }

  .ring {
    position: relative;
    flex: none;
    width: var(--ring);
    text-align: center;
  }

  .ring svg {
    display: block;
    width: 100%;
  }

  .ring circle {
    fill: none;
    stroke: color-mix(in srgb, var(--dim) 25%, transparent);
    stroke-width: 9;
  }

  .ring circle.run {
    stroke: var(--accent);
    stroke-linecap: round;
  }

  .ring.waits .run {
    animation: waits 1.6s linear infinite;
  }

  @keyframes waits {
    from {
      transform: rotate(-90deg);
    }

    to {
      transform: rotate(270deg);
    }
  }

  .count {
    position: absolute;
    inset: 0 0 auto;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    aspect-ratio: 1;
    line-height: 1;
  }

  .count strong {
    font-size: var(--count);
    font-weight: var(--ha-font-weight-medium, 500);
    font-variant-numeric: tabular-nums;
  }

  .count span {
    margin-top: 4px;
    color: var(--dim);
    font-size: var(--small);
  }

  .part {
    margin-top: 6px;
    font-weight: var(--ha-font-weight-medium, 500);
  }

  .next {
    min-height: 1.45em;
  }

  .waits {
    text-align: center;
  }

  /* The sound */

  .sound {
    display: flex;
    flex-direction: column;
    gap: 12px;
  }

  .switch {
    display: flex;
    align-items: center;
    gap: 14px;
    min-height: 44px;
    cursor: pointer;
  }

  .switch input {
    position: absolute;
    opacity: 0;
  }

  .switch .track {
    position: relative;
    flex: none;
    width: 2.875em;
    height: 1.625em;
    border-radius: 999px;
    background: color-mix(in srgb, var(--dim) 55%, transparent);
    transition: background-color 0.15s;
  }

  .switch .track::after {
    content: "";
    position: absolute;
    inset-block-start: 0.1875em;
    inset-inline-start: 0.1875em;
    width: 1.25em;
    height: 1.25em;
    border-radius: 50%;
    background: #fff;
    transition: inset-inline-start 0.15s;
  }

  .switch input:checked + .track {
    background: var(--loud);
  }

  .switch input:checked + .track::after {
    inset-inline-start: 1.4375em;
  }

  /* The history */

  .history {
    padding-top: calc(var(--space) * 1.25);
    border-top: 1px solid var(--line);
  }

  .empty {
    padding-top: var(--space);
    border-top: 1px solid var(--line);
  }

  .chart {
    direction: ltr;
  }

  .chart svg {
    display: block;
    width: 100%;
    max-height: 320px;
  }

  .grid {
    stroke: var(--line);
  }

  .tick {
    fill: var(--dim);
    font-size: 11.5px;
  }

  rect.bar {
    fill: color-mix(in srgb, var(--accent) 45%, transparent);
  }

  .line {
    fill: none;
    stroke-width: 1.8;
    stroke-linejoin: round;
  }

  .line.before {
    stroke: var(--dim);
    stroke-dasharray: 4 3;
  }

  .line.after {
    stroke: var(--loud);
    stroke: var(--accent);
  }

  .dot.before {
    fill: var(--paper);
    stroke: var(--dim);
    stroke-width: 1.8;
  }

  .dot.after {
    fill: var(--accent);
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
    color: var(--dim);
    font-size: var(--small);
  }

  .legend li {
    display: flex;
    align-items: center;
    gap: 8px;
  }

  .legend li::before {
    content: "";
    width: 10px;
    height: 10px;
    border-radius: 50%;
    background: var(--accent);
  }

  .legend .before::before {
    box-sizing: border-box;
    border: 2px solid var(--dim);
    background: none;
  }

  .legend .bar::before {
    border-radius: 2px;
    background: color-mix(in srgb, var(--accent) 45%, transparent);
  }

  .sessions > li {
    padding: 12px 0;
  }

  .sessions > li + li,
  details .sessions > li:first-child {
    border-top: 1px solid var(--line);
  }

  .when {
    display: grid;
    grid-template-columns: 1fr auto;
    column-gap: 12px;
  }

  .when .dim {
    grid-row: 2;
  }

  .when strong {
    font-weight: var(--ha-font-weight-medium, 500);
  }

  .pains {
    grid-row: 1 / 3;
    grid-column: 2;
    align-self: center;
    font-variant-numeric: tabular-nums;
  }

  .sessions .reasons {
    margin-top: 8px;
    border-color: var(--line);
    font-size: var(--small);
  }

  summary {
    display: flex;
    align-items: center;
    min-height: 44px;
    cursor: pointer;
    font-weight: var(--ha-font-weight-medium, 500);
  }

  summary::before {
    content: "";
    width: 7px;
    height: 7px;
    margin-inline: 2px 14px;
    border: solid currentcolor;
    border-width: 0 2px 2px 0;
    transform: rotate(-45deg);
    transition: transform 0.15s;
  }

  details[open] > summary::before {
    transform: rotate(45deg);
  }

  .scroll {
    overflow-x: auto;
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--small);
  }

  th,
  td {
    padding: 8px;
    border-bottom: 1px solid var(--line);
    text-align: end;
    font-weight: inherit;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  th:first-child,
  td:nth-child(2),
  th:nth-child(2) {
    text-align: start;
  }

  thead th {
    color: var(--dim);
    white-space: normal;
    vertical-align: bottom;
  }

  /* Wider than a phone */

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
