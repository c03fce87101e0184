/** How what has been looks. */

import { css } from "lit";

export const history = css`
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
`;
