/** Opens the page for a physiotherapist in a tab of its own. */

import { DOMAIN, type Hass } from "./ha.ts";
import type { Wish } from "./link.ts";

/** Asks for a link each time, for it does not work for long; throws a refusal. */
export const openSheet = async (hass: Hass, { entity, language }: Wish): Promise<void> => {
  const { path } = await hass.callWS<{ path: string }>({
    type: `${DOMAIN}/sheet`,
    entity_id: entity,
    language,
  });
  const link = document.createElement("a");
  link.href = hass.hassUrl(path);
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  link.click();
};
