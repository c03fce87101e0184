/** How the card looks; what comes later wins. */

import { base } from "./base.ts";
import { controls } from "./controls.ts";
import { history } from "./history.ts";
import { rest } from "./rest.ts";
import { session } from "./session.ts";
import { sound } from "./sound.ts";
import { wide } from "./wide.ts";

export const styles = [base, controls, rest, session, sound, history, wide];
