/** What the integration tells the card; moments are ISO 8601 in UTC, by the server's clock. */

export type State = "idle" | "preparing" | "running" | "asking" | "paused";

export interface Reason {
  rule: string;
  sentence: string;
}

export interface View {
  now: string;
  subscription: number;
  name: string;
  device_id: string | null;
  may_control: boolean;
  state: State;
  session: Session | null;
  lock: (Reason & { what: string }) | null;
  /** The lists of the safety questions; null where it is not to be said that one is new. */
  signs: Signs[] | null;
  today: Today | null;
  pain: { value: number; at: string } | null;
  routines: string[];
  routine: string;
  offers: Offer[];
  questions: { question: string; since: string }[];
  reminder: { counting_down_to: string | null; due: boolean; snoozes_left: number };
  speakers: { entity_id: string; error: string | null }[];
  listening: boolean;
  sound: Sounding | null;
  history_changed: string;
}

export interface Signs {
  title: string;
  advice: string;
  items: string[];
}

export interface Today {
  result: string;
  kind: string | null;
  routine: string | null;
  seconds: number | null;
  exercises: Dose[];
  reasons: Reason[];
}

export interface Dose {
  exercise: string;
  sets: number;
  repetitions: number;
  sides: string;
  hold: number;
}

export interface Offer {
  kind: string;
  exercise: string | null;
  sentence: string;
}

export interface Session {
  kind: string;
  routine: string;
  allowed: string[];
  at_gate: boolean;
  question: string | null;
  exercise: string | null;
  next_exercise: string | null;
  number: number | null;
  of: number;
  step: string | null;
  side: string | null;
  set: number | null;
  sets: number | null;
  repetition: number | null;
  repetitions: number | null;
  step_ends_at: string | null;
  progress: number;
  pause_reason: string | null;
  paused_until: string | null;
  came_back: boolean;
  track: Track | null;
}

/** What this browser is to play. */
export interface Sounding {
  id: string;
  url: string;
  /** When position 0 is to be heard; null: as soon as this browser can, which then tells. */
  begun_at: string | null;
}

/** What plays now. Offsets are seconds from `begun_at`, when offset 0 is heard. */
export interface Track {
  id: string;
  begun_at: string;
  steps: TrackStep[];
}

export interface TrackStep {
  kind: string;
  exercise: string | null;
  side: string | null;
  set: number | null;
  start: number;
  end: number;
  repetitions: TrackRepetition[];
}

/** When each part of a repetition begins; at `end` one is back where it started. */
export interface TrackRepetition {
  number: number;
  side: string | null;
  move: string;
  start: number;
  lift: number;
  hold: number;
  lower: number;
  end: number;
}

export interface History {
  sessions: HistorySession[];
  before: string | null;
}

export interface HistorySession {
  id: string;
  at: string;
  outcome: string;
  kind: string;
  routine: string;
  minutes: number;
  work_seconds: number;
  pain_before: number | null;
  pain_after: number | null;
  pain_next_day: number | null;
  exercises: { exercise: string; done: number; planned: number; stopped: boolean }[];
  decisions: (Reason & { exercise: string | null })[];
}
