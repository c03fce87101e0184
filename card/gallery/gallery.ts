/**
 * Shows the screens of the card without a Home Assistant: `npm --prefix card run gallery`.
 *
 * The address may ask for one: ?scene=running&theme=dark&large=true&dir=rtl
 */

import spoken from "../../custom_components/back_exercise/speech/en.json";
import english from "../../custom_components/back_exercise/translations/en.json";

import { BackExerciseCard } from "../src/back-exercise-card.ts";
import { DOMAIN, type Hass, type Message } from "../src/ha.ts";
import type { View } from "../src/protocol.ts";
import { HISTORY, SCENES } from "./scenes.ts";

const ENTITY = "sensor.anna_session";
const asked = new URLSearchParams(location.search);

const flat = (node: unknown, path: string): [string, string][] =>
  typeof node === "string"
    ? [[path, node]]
    : Object.entries(node as object).flatMap(([key, below]) => flat(below, `${path}.${key}`));

const answers: Record<string, () => unknown> = {
  "frontend/get_translations": () => ({
    resources: Object.fromEntries(flat(english, `component.${DOMAIN}`)),
  }),
  [`${DOMAIN}/history`]: () => ({ sessions: asked.has("empty") ? [] : HISTORY, before: null }),
};

/** As the integration tells once something is new. */
const lockedAnew = (): View =>
  ({
    ...SCENES["rest"]?.(),
    ...{ today: null, signs: null },
    lock: {
      ...{ rule: "screen", sentence: spoken.decisions["screen.new"] },
      what: english.common.card_unlock_screen,
    },
  }) as View;

const hassOf = (scene: string): Hass => {
  let tell: (view: unknown) => void = () => undefined;
  return {
    connected: true,
    connection: {
      subscribeMessage: (callback) => {
        tell = callback;
        callback(SCENES[scene]?.());
        return Promise.resolve(() => Promise.resolve());
      },
    },
    language: "en",
    locale: { language: "en", time_format: "24" },
    states: { [ENTITY]: { state: "idle", attributes: {} } },
    entities: Object.fromEntries(
      ["session", "routine"].map((key) => [
        key === "session" ? ENTITY : "select.anna_routine",
        {
          ...{ entity_id: key === "session" ? ENTITY : "select.anna_routine", device_id: "device" },
          ...{ platform: DOMAIN, translation_key: key },
        },
      ]),
    ),
    callWS: <T>(message: Message) => Promise.resolve(answers[message.type]?.() as T),
    callService: (_, service) => {
      if (service === "screen") {
        tell(lockedAnew());
        return Promise.resolve();
      }
      const refusal = {
        ...{ code: "service_validation_error", translation_domain: DOMAIN },
        ...{ translation_key: "command_not_allowed" },
        translation_placeholders: { command: service, state: "idle" },
      };
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as Home Assistant does
      return Promise.reject(refusal);
    },
    hassUrl: (path) => path,
  };
};

document.documentElement.dataset["theme"] = asked.get("theme") ?? "light";
document.documentElement.dir = asked.get("dir") ?? "ltr";

const only = asked.get("scene");
for (const scene of only === null ? Object.keys(SCENES) : [only]) {
  const card = new BackExerciseCard();
  card.setConfig({ entity: ENTITY, large: asked.get("large") === "true" });
  card.hass = hassOf(scene);
  document.querySelector("main")?.append(card);
}
