/** How the whole card looks: only in colours and sizes of the theme. */

import { css } from "lit";

export const base = css`
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
`;
