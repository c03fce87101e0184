/** A Home Assistant, and a player of sound, that do as they are told. */

import { vi } from "vitest";

import { DOMAIN, type Hass, type Message, type RegistryEntry } from "../src/ha.ts";
import type { View } from "../src/protocol.ts";
import messages from "./messages.json";

export const SESSION = "sensor.alex_session";

/** A recorded view of the integration, with what differs. */
export const viewOf = (
  name: "idle" | "running" | "paused" | "asking" | "locked",
  changes = {},
) => ({
  ...(messages[name] as unknown as View),
  ...changes,
});

const entry = (entityId: string, key: string, platform = DOMAIN): [string, RegistryEntry] => [
  entityId,
  { entity_id: entityId, translation_key: key, platform, device_id: "alex" },
];

/** A subscription as Home Assistant has it. */
export interface Subscribed {
  message: Message;
  tell: (view: unknown) => void;
  end: () => Promise<void>;
}

export const fakeHass = (changes: Partial<Hass> = {}) => {
  const subscribed: Subscribed[] = [];
  const refuse = { with: null as unknown };
  const hass: Hass = {
    connected: true,
    connection: {
      subscribeMessage: (tell, message) => {
        if (refuse.with !== null) {
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as Home Assistant does
          return Promise.reject(refuse.with);
        }
        const end = vi.fn(() => Promise.resolve());
        subscribed.push({ message, tell, end });
        return Promise.resolve(end);
      },
    },
    language: "en",
    states: { [SESSION]: { state: "idle", attributes: {} } },
    entities: Object.fromEntries([
      entry("light.lamp", "session", "hue"),
      entry(SESSION, "session"),
      entry("button.alex_start", "start"),
      entry("select.alex_routine", "routine"),
    ]),
    callWS: () => Promise.reject(new Error("not asked for")),
    callService: () => Promise.resolve(),
    hassUrl: (path) => `http://home${path}`,
    ...changes,
  };
  return { hass, subscribed, refuse };
};

/** An `<audio>` element without sound. */
export class FakePlayer extends EventTarget {
  src = "";
  currentTime = 0;
  duration = 60;
  paused = true;
  refusal: string | null = null;
  load = vi.fn();

  play(): Promise<void> {
    if (this.refusal !== null) return Promise.reject(new DOMException("no", this.refusal));
    this.paused = false;
    return Promise.resolve();
  }

  pause(): void {
    this.paused = true;
  }

  removeAttribute(): void {
    this.src = "";
  }

  tell(type: "playing" | "timeupdate" | "ended"): void {
    this.dispatchEvent(new Event(type));
  }
}
