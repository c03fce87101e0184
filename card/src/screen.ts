/** Which of its screens the card shows, and what a screen reader is told when it changes. */

import { sideOf } from "./motion.ts";
import type { Session, Today, View } from "./protocol.ts";
import type { Texts } from "./texts.ts";

export type Screen = "countdown" | "locked" | "rest" | "check_in" | "resume" | "session";

export const screenOf = (view: View): Screen => {
  const { session } = view;
  if (session) {
    if (session.came_back) return "resume";
    return questionOf(view, session) === null ? "session" : "check_in";
  }
  if (view.reminder.counting_down_to !== null) return "countdown";
  return view.lock ? "locked" : "rest";
};

/** What is asked: the answer is waited for, or the question is being said. */
const questionOf = ({ state }: View, { step, question }: Session): string | null =>
  state === "asking" || step === "ask" ? question : null;

/** Whether the session of this day was done: another one is only for who asks for it anyway. */
export const isDone = ({ result, reasons }: Today): boolean =>
  result === "not_today" && reasons.some(({ rule }) => rule === "G-6");

/** Whether effort is asked for besides pain: not before a session has begun. */
export const asksEffort = (session: Session): boolean => !session.at_gate;

/** What an answer is of, where a click that comes late must not be of something else. */
export const contextOf = ({ question }: Session): { context?: string } =>
  question === "next_day" ? { context: question } : {};

/** Tells one question from another, so that each is answered once. */
export const questionKey = (session: Session): string =>
  `${session.question ?? ""} ${session.exercise ?? ""}`;

/** "Left side · Set 1 of 2", as far as there is something to tell. */
export const placeOf = (session: Session, texts: Texts, side = sideOf(session.side)): string[] => {
  const { set, sets } = session;
  return [
    ...(side ? [texts.card(side)] : []),
    ...(set !== null && sets !== null && sets > 1 ? [texts.card("set_of", { set, sets })] : []),
  ];
};

/** What has become of the session, in a sentence; it changes with steps, not with counts. */
export const announcement = (view: View, texts: Texts): string => {
  const { session } = view;
  if (!session) {
    if (view.reminder.counting_down_to !== null) return texts.card("countdown_title");
    return view.lock ? view.lock.sentence : "";
  }
  if (session.came_back) return texts.card("resume_title");
  if (view.state === "paused") return texts.card("paused");
  if (view.state === "preparing") return texts.card("preparing");
  const question = questionOf(view, session);
  if (question !== null) return texts.card(`ask_${question}`);
  const { exercise, step } = session;
  if (exercise === null) return step === null ? "" : texts.step(step);
  const what = step === null || step === "work" ? [] : [texts.step(step)];
  return [...what, texts.exercise(exercise), ...placeOf(session, texts)].join(", ");
};
