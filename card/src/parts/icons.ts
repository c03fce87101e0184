/** The pictures on buttons, in a square of 24. */

import { html, svg, type TemplateResult } from "lit";

const PATHS = {
  play: "M8 5v14l11-7z",
  pause: "M7 5h4v14H7zM13 5h4v14h-4z",
  next: "M6 6v12l8.5-6zM16 6h2.5v12H16z",
  previous: "M18 6v12l-8.5-6zM5.5 6H8v12H5.5z",
  stop: "M6 6h12v12H6z",
  repeat: "M12 5V1L7 6l5 5V7a5 5 0 1 1-5 5H5a7 7 0 1 0 7-7z",
  explain: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm1 15h-2v-6h2zm0-8h-2V7h2z",
  easier: "M11 4h2v12l5-5 1.4 1.4L12 19.8l-7.4-7.4L6 11l5 5z",
  sharp_pain: "M13 2 5 14h6l-1 8 8-12h-6z",
  lock: "M12 2a5 5 0 0 0-5 5v3H6a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-8a2 2 0 0 0-2-2h-1V7a5 5 0 0 0-5-5zm0 2a3 3 0 0 1 3 3v3H9V7a3 3 0 0 1 3-3z",
  sound:
    "M3 9v6h4l5 5V4L7 9zm11-.9v7.8a4 4 0 0 0 0-7.8zm0-4.9v2.1a7 7 0 0 1 0 13.4v2.1a9 9 0 0 0 0-17.6z",
  close:
    "M18.3 5.7 12 12l6.3 6.3-1.4 1.4-6.3-6.3-6.3 6.3-1.4-1.4L9.2 12 2.9 5.7l1.4-1.4 6.3 6.3 6.3-6.3z",
} as const;

export type Icon = keyof typeof PATHS;

export const icon = (name: Icon): TemplateResult =>
  html`<svg class="icon icon-${name}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${svg`<path d=${PATHS[name]} />`}
  </svg>`;
