/** How a session looks. */

import { css } from "lit";

export const session = css`
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
`;
