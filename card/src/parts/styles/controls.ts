/** How what can be pressed looks. */

import { css } from "lit";

export const controls = css`
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
`;
