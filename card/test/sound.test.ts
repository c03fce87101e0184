import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { PATIENCE, Sound, type Report } from "../src/sound.ts";
import { FakePlayer } from "./fakes.ts";

const BEGUN = Date.UTC(2026, 10, 29, 8);
const begun = new Date(BEGUN).toISOString();
const sounding = (changes = {}) => ({ id: "a", url: "/a.mp3", begun_at: begun, ...changes });

let now: number;
let player: FakePlayer;
let reports: Report[];
let changed: ReturnType<typeof vi.fn<() => void>>;
let sound: Sound;

beforeEach(() => {
  vi.useFakeTimers();
  now = BEGUN;
  player = new FakePlayer();
  reports = [];
  changed = vi.fn();
  sound = new Sound(
    player,
    () => now,
    (path) => `http://home${path}`,
    (report) => reports.push(report),
    changed,
  );
});

afterEach(() => {
  vi.useRealTimers();
});

/** Lets time pass, during which the player plays. */
const pass = (seconds: number): void => {
  now += seconds * 1000;
  if (!player.paused) player.currentTime += seconds;
};

describe("a sound", () => {
  test("that goes on already is entered where it is", () => {
    now = BEGUN + 12_500;
    sound.follow(sounding());
    expect(player).toMatchObject({ src: "http://home/a.mp3", currentTime: 12.5, paused: false });
  });

  test("that is to come begins when it should", async () => {
    now = BEGUN - 400;
    sound.follow(sounding());
    expect(player.paused).toBe(true);
    await vi.advanceTimersByTimeAsync(400);
    expect(player.paused).toBe(false);
  });

  test("that this browser leads begins with its first word, and that is told", () => {
    sound.follow(sounding({ begun_at: null }));
    player.currentTime = 0.04;
    player.tell("playing");
    expect(reports).toEqual([{ track: "a", position: 0.04, state: "playing" }]);
    pass(5);
    player.tell("timeupdate");
    expect(player.currentTime).toBeCloseTo(5.04);
  });

  test("that gives way to another is not waited for", async () => {
    now = BEGUN - 400;
    sound.follow(sounding());
    sound.follow(sounding({ id: "b", url: "/b.mp3", begun_at: null }));
    expect(player.src).toBe("http://home/b.mp3");
    player.pause();
    await vi.advanceTimersByTimeAsync(400);
    expect(player.paused).toBe(true);
  });

  test("that is over is silent at once, and that is told", () => {
    sound.follow(sounding());
    pass(3);
    sound.follow(null);
    expect(player).toMatchObject({ paused: true, src: "" });
    expect(reports.at(-1)).toEqual({ track: "a", position: 3, state: "stopped" });
    sound.follow(null);
    expect(reports).toHaveLength(1);
  });

  test("that has ended by itself is told of", () => {
    sound.follow(sounding());
    player.tell("ended");
    expect(reports.at(-1)?.state).toBe("stopped");
  });
});

describe("in step", () => {
  beforeEach(() => {
    sound.follow(sounding());
  });

  test("a little is left alone", () => {
    pass(10);
    player.currentTime -= 0.07;
    player.tell("timeupdate");
    expect(player.currentTime).toBeCloseTo(9.93);
  });

  test("what is noticeable is put right", () => {
    pass(10);
    player.currentTime -= 0.2;
    player.tell("timeupdate");
    expect(player.currentTime).toBeCloseTo(10);
  });

  test("it is not put right all the time", () => {
    pass(10);
    player.currentTime -= 0.2;
    player.tell("timeupdate");
    pass(PATIENCE / 2);
    player.currentTime -= 0.2;
    player.tell("timeupdate");
    expect(player.currentTime).toBeCloseTo(10 + PATIENCE / 2 - 0.2);
    pass(PATIENCE / 2);
    player.tell("timeupdate");
    expect(player.currentTime).toBeCloseTo(10 + PATIENCE);
  });

  test("a corrected anchor is followed", () => {
    pass(10);
    sound.follow(sounding({ begun_at: new Date(BEGUN + 300).toISOString() }));
    expect(player.currentTime).toBeCloseTo(9.7);
  });

  test("what this browser needs to go on elsewhere is learned", () => {
    pass(10);
    player.currentTime -= 0.2;
    player.tell("timeupdate");
    now += 120; // nothing was heard for so long
    player.tell("playing");
    pass(10);
    player.currentTime -= 0.2;
    player.tell("timeupdate");
    expect(player.currentTime).toBeCloseTo(20.12 + 0.12);
  });

  test("where it was not sent elsewhere nothing is learned", () => {
    player.tell("playing");
    pass(2);
    player.currentTime -= 0.05;
    player.tell("playing");
    player.currentTime -= 0.2;
    player.tell("timeupdate");
    expect(player.currentTime).toBeCloseTo(2);
  });

  test("nothing is put right while it is paused or over", () => {
    pass(10);
    player.currentTime = 1;
    player.paused = true;
    player.tell("timeupdate");
    player.paused = false;
    player.duration = 9;
    player.tell("timeupdate");
    expect(player.currentTime).toBe(1);
  });

  test("nothing is put right before it should be heard", () => {
    now = BEGUN - 2000;
    player.tell("timeupdate");
    expect(player.currentTime).toBe(0);
  });
});

describe("a browser that plays nothing yet", () => {
  beforeEach(async () => {
    player.refusal = "NotAllowedError";
    now = BEGUN + 4000;
    sound.follow(sounding());
    await vi.advanceTimersByTimeAsync(0);
  });

  test("says so", () => {
    expect(sound.isBlocked).toBe(true);
    expect(changed).toHaveBeenCalledOnce();
    expect(reports).toEqual([{ track: "a", position: 4, state: "blocked" }]);
  });

  test("plays from where it is by then once something is pressed", async () => {
    player.refusal = null;
    now += 6000;
    sound.unlock();
    await vi.advanceTimersByTimeAsync(0);
    expect(player).toMatchObject({ currentTime: 10, paused: false });
    expect(sound.isBlocked).toBe(false);
  });

  test("says no more of it when there is nothing to play", () => {
    sound.follow(null);
    expect(sound.isBlocked).toBe(false);
  });
});

test("a press lets it play later", () => {
  sound.unlock();
  expect(player.src).toMatch(/^data:audio\/wav/);
  expect(player.paused).toBe(false);
  expect(reports).toEqual([]);
});

test("a press that is not enough is told of when there is something to play", async () => {
  player.refusal = "NotAllowedError";
  sound.unlock();
  await vi.advanceTimersByTimeAsync(0);
  expect(sound.isBlocked).toBe(false);
});

test("a press while this browser leads begins at the first word", () => {
  sound.follow(sounding({ begun_at: null }));
  sound.unlock();
  expect(player.currentTime).toBe(0);
});

test("that a sound gave way to another is no fault", async () => {
  player.refusal = "AbortError";
  sound.follow(sounding());
  await vi.advanceTimersByTimeAsync(0);
  expect(sound.isBlocked).toBe(false);
  expect(reports).toEqual([]);
});

test("after it was closed it is silent and says nothing", () => {
  sound.follow(sounding());
  sound.close();
  reports.length = 0;
  player.tell("playing");
  expect(player.paused).toBe(true);
  expect(reports).toEqual([]);
});

test("what the player does without a sound of ours is nothing to tell", () => {
  player.tell("playing");
  expect(reports).toEqual([]);
});
