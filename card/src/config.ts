/** The card's configuration: what is accepted, and the form that edits it. */

import { DOMAIN, isSession, sessionOf, type Hass } from "./ha.ts";
import { early } from "./texts.ts";

export const CARD = "back-exercise-card";
export const TYPE = `custom:${CARD}`;

export interface Config {
  type: string;
  entity: string;
  /** Made to be read from two metres away. */
  large: boolean;
  show_history: boolean;
}

/** Reads a configuration. Throws an Error with what is wrong and what to write instead. */
export const readConfig = (config: unknown): Config => {
  if (typeof config !== "object" || config === null) throw new Error(early("config_missing"));
  const { entity, large, show_history: showHistory } = config as Record<string, unknown>;
  if (typeof entity !== "string" || entity === "") throw new Error(early("config_no_entity"));
  if (!/^[a-z_]+\.[a-z0-9_]+$/.test(entity)) {
    throw new Error(early("config_bad_entity", { entity }));
  }
  return {
    type: TYPE,
    entity,
    large: flag("large", large, false),
    show_history: flag("show_history", showHistory, true),
  };
};

const flag = (field: string, value: unknown, fallback: boolean): boolean => {
  if (value === undefined || value === null) return fallback;
  if (typeof value !== "boolean") throw new Error(early("config_bad_flag", { field }));
  return value;
};

/** What the card picker begins with: the first person, or an entity to be replaced. */
export const stubConfig = (
  hass: Hass,
  entities: string[] = [],
): Omit<Config, "large" | "show_history"> => ({
  type: TYPE,
  entity: [...entities, ...Object.keys(hass.entities)].find((id) => isSession(hass, id)) ?? "",
});

/** What the picker suggests for an entity: this card, for ours only. */
export const suggestion = (hass: Hass, entityId: string): { config: object } | null => {
  const entity = sessionOf(hass, entityId);
  return entity === null ? null : { config: { type: TYPE, entity } };
};

/** Its size in the grid of a section, where the person chooses none. */
export const gridOptions = (large: boolean): object =>
  large ? { columns: "full", min_columns: 12 } : { columns: 12, min_columns: 9 };

/** The form of the card's editor. */
export const configForm = (hass: Hass | null): object => ({
  schema: [
    {
      name: "entity",
      required: true,
      selector: {
        entity: hass
          ? { include_entities: Object.keys(hass.entities).filter((id) => isSession(hass, id)) }
          : { filter: { integration: DOMAIN, domain: "sensor" } },
      },
    },
    { name: "large", selector: { boolean: {} } },
    { name: "show_history", default: true, selector: { boolean: {} } },
  ],
  computeLabel: ({ name }: { name: string }) => early(`config_${name}`),
  computeHelper: ({ name }: { name: string }) => early(`config_${name}_help`),
  assertConfig: readConfig,
});
