/** Plays in this browser what the person hears, in step with everything else that tells of it. */

import { instant, type Instant } from "./clock.ts";
import type { Sounding } from "./protocol.ts";

export interface Report {
  track: string;
  position: number;
  state: "playing" | "stopped" | "blocked";
}

/** What is used of an `<audio>` element. */
export type Player = Pick<
  HTMLAudioElement,
  | "src"
  | "currentTime"
  | "duration"
  | "paused"
  | "play"
  | "pause"
  | "load"
  | "removeAttribute"
  | "addEventListener"
  | "removeEventListener"
>;

/** So many seconds may the sound be off before it is put right. */
export const TOLERANCE = 0.08;

/** Seconds from one correction to the next: the first takes a while to be heard. */
export const PATIENCE = 1.5;

/** The longest that a browser may be thought to take to go on at another place, in seconds. */
const LONGEST_LAG = 0.5;

/** A moment of silence: playing it while a button is pressed lets the browser play later. */
const SILENCE =
  "data:audio/wav;base64,UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQIAAAAAAA==";

const EVENTS = ["playing", "timeupdate", "ended"];

export class Sound {
  /** The browser plays nothing before somebody has pressed something. */
  isBlocked = false;
  private sounding: Sounding | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private correctedAt = 0;
  private isSeeking = false;
  /** How long this browser takes to go on at another place, in seconds. */
  private lag = 0;

  constructor(
    private readonly player: Player,
    private readonly now: () => Instant,
    private readonly urlOf: (path: string) => string,
    private readonly tell: (report: Report) => void,
    private readonly changed: () => void,
  ) {
    for (const type of EVENTS) player.addEventListener(type, this.noticed);
  }

  /** Plays what is to be heard, from where it is now; is silent at once where that is nothing. */
  follow(sounding: Sounding | null): void {
    const before = this.sounding;
    if (sounding === null) {
      this.silence();
      return;
    }
    this.sounding = sounding;
    if (before?.id === sounding.id) this.keepUp();
    else this.begin(sounding);
  }

  /** Lets the browser play from now on; to be called while a button is being pressed. */
  unlock(): void {
    if (this.sounding) {
      this.goTo(this.due ?? 0);
      void this.play(this.sounding);
      return;
    }
    this.player.src = SILENCE;
    this.player.play().catch(() => undefined); // then it is told when there is something
  }

  /** Is silent for good. */
  close(): void {
    this.silence();
    for (const type of EVENTS) this.player.removeEventListener(type, this.noticed);
  }

  private silence(): void {
    if (!this.sounding) return;
    clearTimeout(this.timer);
    this.player.pause();
    this.report(this.sounding, "stopped");
    this.sounding = null;
    this.player.removeAttribute("src");
    this.setBlocked(false);
  }

  private begin(sounding: Sounding): void {
    clearTimeout(this.timer);
    this.player.src = this.urlOf(sounding.url);
    this.player.load();
    const due = this.due ?? 0;
    if (due < 0) {
      this.timer = setTimeout(() => void this.play(sounding), -due * 1000);
      return;
    }
    if (due > 0) this.goTo(due);
    void this.play(sounding);
  }

  private async play(sounding: Sounding): Promise<void> {
    try {
      await this.player.play();
      this.setBlocked(false);
    } catch (error) {
      // Another sound may have come before this one was loaded, which is no fault.
      if ((error as DOMException).name !== "NotAllowedError") return;
      this.report(sounding, "blocked");
      this.setBlocked(true);
    }
  }

  private setBlocked(isBlocked: boolean): void {
    if (isBlocked === this.isBlocked) return;
    this.isBlocked = isBlocked;
    this.changed();
  }

  /** Seconds of the sound that should lie behind now; null where it begins as soon as it can. */
  private get due(): number | null {
    const begunAt = this.sounding?.begun_at ?? null;
    return begunAt === null ? null : (this.now() - instant(begunAt)) / 1000;
  }

  private readonly noticed = ({ type }: Event): void => {
    const { sounding } = this;
    if (!sounding) return;
    if (type === "timeupdate") this.keepUp();
    else if (type === "ended") this.report(sounding, "stopped");
    else {
      this.learnLag();
      this.report(sounding, "playing");
    }
  };

  private learnLag(): void {
    const { due } = this;
    if (!this.isSeeking || due === null) return;
    this.isSeeking = false;
    const lag = this.lag + due - this.player.currentTime;
    this.lag = Math.min(LONGEST_LAG, Math.max(0, lag));
  }

  /** Goes to where it should be when it is noticeably elsewhere, but not all the time. */
  private keepUp(): void {
    const { player, due } = this;
    if (due === null || player.paused || due < 0 || due >= player.duration) return;
    if (Math.abs(due - player.currentTime) <= TOLERANCE) return;
    if (this.now() - this.correctedAt < PATIENCE * 1000) return;
    this.goTo(due);
  }

  private goTo(position: number): void {
    this.correctedAt = this.now();
    this.isSeeking = true;
    this.player.currentTime = position + this.lag;
  }

  private report({ id }: Sounding, state: Report["state"]): void {
    this.tell({ track: id, position: this.player.currentTime, state });
  }
}
