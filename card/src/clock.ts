/** The server's clock as seen from this browser, whose own may be wrong. */

/** Milliseconds since 1970, by the server's clock. */
export type Instant = number;

export const instant = (iso: string): Instant => Date.parse(iso);

/** So much may two clocks drift apart, as a share of the time that passes. */
const DRIFT = 1e-4;

/**
 * Learns how far the server's clock is ahead of a monotonic one of this browser.
 *
 * A message is always late, never early: of several the one that was quickest tells best,
 * and a later one is believed only as far as the clocks may have drifted meanwhile.
 */
export class Clock {
  private ahead: number | null = null;
  private heardAt = 0;

  constructor(private readonly monotonic: () => number = () => performance.now()) {}

  /** Takes the moment a message was sent, just as it arrives. */
  hear(sent: Instant): void {
    const now = this.monotonic();
    const ahead = sent - now;
    const drift = (now - this.heardAt) * DRIFT;
    this.ahead = this.ahead === null ? ahead : Math.max(ahead, this.ahead - drift);
    this.heardAt = now;
  }

  /** Forgets what it learned, as after the connection was lost. */
  reset(): void {
    this.ahead = null;
  }

  now(): Instant {
    return this.ahead === null ? Date.now() : this.monotonic() + this.ahead;
  }
}
