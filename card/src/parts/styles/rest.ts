/** How the card looks while no session is going on. */

import { css } from "lit";

export const rest = css`
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
`;
