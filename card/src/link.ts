/** Keeps the subscription that tells the card everything, whatever becomes of the connection. */

import { Clock, instant } from "./clock.ts";
import { DOMAIN, isUp, type Hass, type Refusal } from "./ha.ts";
import type { History, HistorySession, View } from "./protocol.ts";

export interface Wish {
  entity: string;
  language: string;
  /** Whether this browser plays the sound. */
  listen: boolean;
}

/**
 * One subscription at a time, for what is wished last.
 *
 * It is made anew whenever the entity is back: after the connection was lost, after a restart
 * of Home Assistant, and after the integration was loaded again.
 */
export class Link {
  view: View | null = null;
  /** Why there is nothing to tell. */
  refusal: Refusal | null = null;
  readonly clock: Clock;
  private made: string | null = null;
  private entity: string | null = null;
  private isFirst = true;
  private end: Promise<() => Promise<void>> | null = null;

  constructor(
    private readonly changed: () => void,
    clock = new Clock(),
  ) {
    this.clock = clock;
  }

  /** Sees that the subscription is as wished; called whenever Home Assistant has changed. */
  see(hass: Hass, wish: Wish): void {
    const key = isUp(hass, wish.entity) ? JSON.stringify(wish) : null;
    // While the connection is gone the session goes on: what was told last still holds.
    if (hass.connected && key === null) this.view = null;
    if (key === this.made) return;
    this.drop();
    if (key === null) return;
    if (wish.entity !== this.entity) this.view = null;
    this.entity = wish.entity;
    this.made = key;
    this.isFirst = true;
    const message = {
      type: `${DOMAIN}/subscribe`,
      entity_id: wish.entity,
      language: wish.language,
      ...(wish.listen ? { listen: true } : {}),
    };
    this.end = hass.connection.subscribeMessage(
      (view) => {
        if (this.made === key) this.take(view as View);
      },
      message,
      { resubscribe: false },
    );
    this.end.catch((error: unknown) => {
      if (this.made === key) this.refuse(error as Refusal);
    });
  }

  close(): void {
    this.drop();
    this.view = null;
  }

  private drop(): void {
    this.end?.then((end) => end()).catch(() => undefined); // the connection may be gone
    this.end = null;
    this.made = null;
    this.refusal = null;
  }

  private take(view: View): void {
    if (this.isFirst) this.clock.reset();
    this.isFirst = false;
    this.clock.hear(instant(view.now));
    this.view = view;
    this.changed();
  }

  private refuse(refusal: Refusal): void {
    this.refusal = refusal;
    this.view = null;
    this.changed();
  }
}

/** The pages of the history that have been asked for so far. */
export class Pages {
  sessions: HistorySession[] = [];
  /** Whether there are older ones. */
  hasMore = false;
  isLoading = false;
  refusal: Refusal | null = null;
  private before: string | null = null;
  private of: string | null = null;

  constructor(private readonly changed: () => void) {}

  /** Begins anew when the history has become another. */
  async see(hass: Hass, wish: Wish, changed: string): Promise<void> {
    const of = JSON.stringify([wish.entity, wish.language, changed]);
    if (of === this.of) return;
    this.of = of;
    await this.load(hass, wish, null);
  }

  async more(hass: Hass, wish: Wish): Promise<void> {
    await this.load(hass, wish, this.before);
  }

  private async load(hass: Hass, wish: Wish, before: string | null): Promise<void> {
    const { of } = this;
    this.isLoading = true;
    this.changed();
    try {
      const page = await hass.callWS<History>({
        type: `${DOMAIN}/history`,
        entity_id: wish.entity,
        language: wish.language,
        ...(before === null ? {} : { before }),
      });
      if (of !== this.of) return;
      this.sessions = before === null ? page.sessions : [...this.sessions, ...page.sessions];
      this.before = page.before;
      this.hasMore = page.before !== null;
      this.refusal = null;
    } catch (error) {
      if (of === this.of) this.refusal = error as Refusal;
    }
    this.isLoading = false;
    this.changed();
  }
}
