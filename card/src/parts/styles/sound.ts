/** How the choice to play on this device looks. */

import { css } from "lit";

export const sound = css`
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
`;
