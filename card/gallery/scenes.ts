/** Every screen of the card as the integration would tell of it. */

import english from "../../custom_components/back_exercise/translations/en.json";

import type { HistorySession, Session, Track, TrackStep, View } from "../src/protocol.ts";

const at = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();

const SIDES = ["right", "left"];

/** Preparing for ten seconds, then five repetitions of two seconds there, a hold, and back. */
const track = (exercise: string, begun: number, hold: number, isSided: boolean): Track => {
  const cycle = 2 + hold + 2 + 1;
  const repetitions = Array.from({ length: 10 }, (_, index) => {
    const start = 10 + index * cycle;
    const side = isSided ? (SIDES[index % 2] ?? null) : null;
    return {
      ...{ number: index + 1, side, move: "repetition", start, lift: start },
      ...{ hold: start + 2, lower: start + 2 + hold, end: start + 4 + hold },
    };
  });
  const end = 10 + 10 * cycle;
  const steps: TrackStep[] = [
    { kind: "prepare", exercise, side: null, set: 1, start: 0, end: 10, repetitions: [] },
    { kind: "work", exercise, side: null, set: 1, start: 10, end, repetitions },
    { kind: "rest", exercise, side: null, set: 2, start: end, end: end + 30, repetitions: [] },
  ];
  return { id: exercise, begun_at: at(-begun), steps };
};

const COMMANDS = ["pause", "next", "previous", "repeat", "explain", "easier", "sharp_pain", "stop"];

const session = (changes: Partial<Session> = {}): Session => ({
  kind: "normal",
  routine: "intermediate",
  allowed: COMMANDS,
  at_gate: false,
  question: null,
  exercise: "bird_dogs",
  next_exercise: "fire_hydrants",
  number: 3,
  of: 5,
  step: "work",
  side: "right",
  set: 1,
  sets: 2,
  repetition: 4,
  repetitions: 10,
  step_ends_at: at(40),
  progress: 0.46,
  pause_reason: null,
  paused_until: null,
  came_back: false,
  track: track("bird_dogs", 10 + 3 * 8 + 3, 3, true),
  ...changes,
});

const { data, data_description: advice } = english.options.step.screen;
const items: Record<string, string> = english.selector.screen_item.options;

/** The lists of the safety questions, as the integration tells them. */
const SIGNS = [
  {
    ...{ title: data.emergency, advice: advice.emergency },
    items: Object.values(items).slice(0, 7),
  },
  { title: data.urgent, advice: advice.urgent, items: Object.values(items).slice(7, 16) },
  { title: data.caution, advice: advice.caution, items: Object.values(items).slice(16) },
];

const view = (changes: Partial<View> = {}): View => ({
  now: at(0),
  subscription: 1,
  name: "Anna",
  device_id: "device",
  may_control: true,
  state: "idle",
  session: null,
  lock: null,
  signs: SIGNS,
  today: {
    result: "plan",
    kind: "normal",
    routine: "beginner",
    seconds: 742,
    exercises: [
      { exercise: "pelvic_tilts", sets: 1, repetitions: 10, sides: "both", hold: 3 },
      { exercise: "isometric_hip_flexion", sets: 1, repetitions: 10, sides: "each", hold: 3 },
      { exercise: "bridges", sets: 2, repetitions: 8, sides: "both", hold: 0 },
      {
        ...{ exercise: "simplified_piriformis_stretch", sets: 1 },
        ...{ repetitions: 5, sides: "each", hold: 10 },
      },
    ],
    reasons: [
      {
        rule: "D-1",
        sentence:
          "Two easy sessions in a row – a little more of bridges from now on. You can say no.",
      },
    ],
  },
  pain: null,
  routines: ["beginner", "intermediate"],
  routine: "beginner",
  offers: [],
  questions: [],
  reminder: { counting_down_to: null, due: false, snoozes_left: 3 },
  speakers: [],
  listening: false,
  sound: null,
  history_changed: "1",
  ...changes,
});

const DAY = 86_400;

const PAINS: [number | null, number | null][] = [
  ...([
    [5, 5],
    [5, 4],
    [4, 4],
    [6, 5],
    [4, 3],
    [4, 4],
    [null, null],
    [3, 3],
  ] as const),
  ...([
    [4, 3],
    [3, 2],
    [3, 3],
    [2, 2],
    [4, 5],
    [3, 3],
    [2, 2],
    [3, 2],
    [2, 1],
  ] as const),
].map(([before, after]) => [before, after]);

export const HISTORY: HistorySession[] = PAINS.map(([before, after], index): HistorySession => {
  const isSharp = before === 4 && after === 5;
  return {
    id: String(index),
    at: at((index - PAINS.length) * 1.5 * DAY),
    outcome: isSharp ? "partial" : "completed",
    kind: "normal",
    routine: "beginner",
    minutes: 11 + (index % 4),
    work_seconds: isSharp ? 150 : 240 + index * 14,
    pain_before: before,
    pain_after: after,
    pain_next_day: before,
    exercises: [{ exercise: "bridges", done: 10, planned: 10, stopped: isSharp }],
    decisions: isSharp
      ? [
          {
            rule: "I-3",
            exercise: "bridges",
            sentence: "That one stirred things up. We leave it for today.",
          },
        ]
      : index % 5 === 4
        ? [
            {
              rule: "D-1",
              exercise: "bridges",
              sentence: "Two easy sessions in a row – a little more of bridges.",
            },
          ]
        : [],
  };
}).toReversed();

const paused = ["resume", ...COMMANDS.slice(1)];
const asking = ["pause", "next", "previous", "sharp_pain", "stop"];

export const SCENES: Record<string, () => View> = {
  rest: () => view(),
  rest_rated: () =>
    view({
      pain: { value: 3, at: at(-900) },
      speakers: [{ entity_id: "media_player.living_room", error: null }],
    }),
  rest_asked: () =>
    view({
      questions: [{ question: "next_day", since: at(-3600) }],
      offers: [
        {
          ...{ kind: "level", exercise: null },
          sentence: "Most of this is easy now. Want to try your intermediate routine, lightly?",
        },
      ],
      reminder: { counting_down_to: null, due: true, snoozes_left: 2 },
    }),
  rest_done: () =>
    view({
      today: {
        ...{ result: "not_today", kind: null, routine: null, seconds: null, exercises: [] },
        reasons: [
          { rule: "G-6", sentence: "One session a day is enough. The next one is tomorrow." },
        ],
      },
    }),
  countdown: () => view({ reminder: { counting_down_to: at(14.5), due: true, snoozes_left: 3 } }),
  locked: () =>
    view({
      today: null,
      signs: null,
      lock: {
        rule: "G-2",
        sentence:
          "Please don’t exercise yet. What you marked should be checked by a doctor or health line today.",
        what: "Once you have been seen, answer the safety questions again under Settings, Repairs.",
      },
    }),
  preparing: () =>
    view({
      state: "preparing",
      session: session({
        ...{ exercise: "pelvic_tilts", number: 1, side: null, step: "prepare" },
        sets: 1,
        track: null,
        progress: 0,
      }),
    }),
  welcome: () =>
    view({
      state: "running",
      session: session({
        ...{ exercise: null, number: 0, side: null, set: null, sets: null, step: "prepare" },
        ...{ repetition: null, repetitions: null, progress: 0 },
        track: {
          ...{ id: "welcome", begun_at: at(-4) },
          steps: [
            {
              kind: "prepare",
              exercise: null,
              side: null,
              set: 1,
              start: 0,
              end: 14,
              repetitions: [],
            },
          ],
        },
      }),
    }),
  running: () => view({ state: "running", session: session() }),
  running_hold: () =>
    view({
      state: "running",
      session: session({
        ...{ exercise: "simplified_piriformis_stretch", next_exercise: null, number: 4 },
        ...{ sets: 1, track: track("simplified_piriformis_stretch", 10 + 15 + 6, 10, true) },
      }),
    }),
  resting: () =>
    view({
      state: "running",
      session: session({ step: "rest", set: 2, track: track("bird_dogs", 10 + 80 + 8, 3, true) }),
    }),
  paused: () =>
    view({
      state: "paused",
      session: session({
        ...{ allowed: paused, pause_reason: "person", paused_until: at(14 * 60) },
        track: null,
      }),
    }),
  asking: () =>
    view({
      state: "asking",
      session: session({
        ...{
          allowed: asking,
          question: "exercise",
          step: "ask",
          step_ends_at: at(24),
          track: null,
        },
      }),
    }),
  asking_before: () =>
    view({
      state: "asking",
      session: session({
        ...{ allowed: asking, at_gate: true, question: "before", step: "ask", exercise: null },
        ...{ number: 0, progress: 0, step_ends_at: at(55), track: null },
      }),
    }),
  resume: () =>
    view({
      state: "paused",
      session: session({
        ...{ allowed: paused, came_back: true, pause_reason: "restart", paused_until: at(1500) },
        track: null,
      }),
    }),
};
