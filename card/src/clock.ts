/** The server's clock as seen from this browser, whose own may be wrong. */

/** Milliseconds since 1970. */
export type Instant = number;

export const instant = (iso: string): Instant => Date.parse(iso);
