/** The few things of Home Assistant's frontend that the card uses. */

export interface Message {
  type: string;
  [field: string]: unknown;
}

export interface Hass {
  connected: boolean;
  connection: {
    subscribeMessage: (
      callback: (message: unknown) => void,
      message: Message,
      options?: { resubscribe?: boolean },
    ) => Promise<() => Promise<void>>;
  };
  language: string;
  locale?: { language: string; time_format?: string };
  config?: { time_zone: string };
  states: Record<string, { state: string; attributes: Record<string, unknown> } | undefined>;
  entities: Record<string, RegistryEntry | undefined>;
  callWS: <T>(message: Message) => Promise<T>;
  callService: (
    domain: string,
    service: string,
    data?: Record<string, unknown>,
    target?: Record<string, unknown>,
    notifyOnError?: boolean,
  ) => Promise<unknown>;
  hassUrl: (path: string) => string;
}

export interface RegistryEntry {
  entity_id: string;
  platform?: string;
  translation_key?: string;
  device_id?: string;
}

/** What a command of Home Assistant is refused with. */
export interface Refusal {
  code?: string;
  message?: string;
  translation_domain?: string;
  translation_key?: string;
  translation_placeholders?: Record<string, string>;
}

export const DOMAIN = "back_exercise";

/** Whether an entity is the session sensor of a person. */
export const isSession = (hass: Hass, entityId: string): boolean => {
  const entry = hass.entities[entityId];
  return entry?.platform === DOMAIN && entry.translation_key === "session";
};

/** The session sensor of the person whom an entity is of, if it is one of ours. */
export const sessionOf = (hass: Hass, entityId: string): string | null => {
  const device = hass.entities[entityId]?.device_id;
  if (hass.entities[entityId]?.platform !== DOMAIN || device === undefined) return null;
  return sibling(hass, device, "session");
};

/** An entity of a person's device by what it is, if it is there. */
export const sibling = (hass: Hass, device: string, key: string): string | null =>
  Object.values(hass.entities).find(
    (entry) =>
      entry?.platform === DOMAIN && entry.device_id === device && entry.translation_key === key,
  )?.entity_id ?? null;

/** Whether the integration has the entity up, so that it can tell about it. */
export const isUp = (hass: Hass, entityId: string): boolean => {
  const state = hass.states[entityId]?.state;
  return hass.connected && state !== undefined && state !== "unavailable";
};
