/** What every part of the card is given: what there is to show, and how to act on it. */

import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Pages } from "../link.ts";
import type { View } from "../protocol.ts";
import type { Texts } from "../texts.ts";

export interface Scene {
  view: View;
  texts: Texts;
  config: Config;
  clock: Clock;
  pages: Pages;
  /** Whether the person may act, and nothing is under way. */
  canAct: boolean;
  /** What is typed or chosen and not yet told to the integration. */
  draft: Draft;
  /** Performs an action of the integration; true where it was not refused. */
  act: (command: string, data?: Record<string, unknown>) => Promise<boolean>;
  chooseRoutine: ((routine: string) => void) | null;
  /** Whether this browser plays the sound; null where it cannot. */
  listens: boolean;
  isBlocked: boolean;
  listen: (on: boolean) => void;
  unlock: () => void;
  older: () => void;
  openSheet: () => void;
  changed: () => void;
}

export interface Draft {
  /** The pain on the slider, until it is told. */
  pain: number | null;
  /** What of the present question was answered, and which question that is. */
  question: string;
  answered: { pain: number | null; effort: number | null };
}
