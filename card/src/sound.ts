/** Plays the tracks of a session in this browser, in step with everything else that tells of it. */

import { instant, type Instant } from "./clock.ts";
import type { Track } from "./protocol.ts";

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
  | "readyState"
  | "play"
  | "pause"
  | "load"
  | "removeAttribute"
  | "addEventListener"
  | "removeEventListener"
>;

/** Seconds that the sound may be off before it is corrected, and between two corrections. */
export const TOLERANCE = 0.08;
const PATIENCE = 1.5;

/** A track that began less than this ago is played from its first word where nobody else plays. */
const FRESH = 3;

/** A moment of silence: playing it while a button is pressed lets the browser play later. */
const SILENCE =
  "data:audio/wav;base64,UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQIAAAAAAA==";

export class Sound {
  /** The browser plays nothing before somebody has pressed something. */
  isBlocked = false;
  private track: Track | null = null;
  private leads = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private correctedAt = 0;
  /** How long this browser takes to go on at another place, in seconds. */
  private lag = 0;
  private isSeeking = false;

  constructor(
    private readonly player: Player,
    private readonly now: () => Instant,
    private readonly urlOf: (path: string) => string,
    private readonly tell: (report: Report) => void,
    private readonly changed: () => void,
  ) {
    for (const type of ["playing", "timeupdate", "loadedmetadata", "ended"]) {
      player.addEventListener(type, this.noticed);
    }
  }

  /** Plays a track from where it is now; nothing where there is none. `leads`: nobody else does. */
  follow(track: Track | null, leads: boolean): void {
    const before = this.track;
    this.leads = leads;
    if (!track?.url) {
      if (before) this.silence();
      return;
    }
    this.track = track;
    if (before?.id === track.id && before.url === track.url) {
      this.keepUp();
      return;
    }
    clearTimeout(this.timer);
    this.player.src = this.urlOf(track.url);
    this.player.load();
    this.begin();
  }

  /** Lets the browser play from now on; to be called while a button is being pressed. */
  unlock(): void {
    if (this.track) {
      void this.play();
      return;
    }
    this.player.src = SILENCE;
    this.player.play().catch(() => undefined); // then it is told when a track comes
  }

  close(): void {
    this.silence();
    for (const type of ["playing", "timeupdate", "loadedmetadata", "ended"]) {
      this.player.removeEventListener(type, this.noticed);
    }
  }

  private silence(): void {
    clearTimeout(this.timer);
    if (this.track) this.report("stopped");
    this.track = null;
    this.player.pause();
    this.player.removeAttribute("src");
    if (this.isBlocked) {
      this.isBlocked = false;
      this.changed();
    }
  }

  private begin(): void {
    const due = this.due;
    if (due < 0) {
      this.timer = setTimeout(() => void this.play(), -due * 1000);
    } else {
      if (!(this.leads && due < FRESH)) this.player.currentTime = due + this.lag;
      this.correctedAt = this.now();
      void this.play();
    }
  }

  private async play(): Promise<void> {
    try {
      await this.player.play();
      this.block(false);
    } catch (error) {
      // Another track came before this one was loaded; or nobody has pressed anything yet.
      if ((error as DOMException).name === "NotAllowedError") this.block(true);
    }
  }

  private block(isBlocked: boolean): void {
    if (isBlocked) this.report("blocked");
    if (isBlocked === this.isBlocked) return;
    this.isBlocked = isBlocked;
    this.changed();
  }

  /** Seconds of the track that should be heard now. */
  private get due(): number {
    return this.track ? (this.now() - instant(this.track.begun_at)) / 1000 : 0;
  }

  private readonly noticed = (event: Event): void => {
    if (!this.track) return;
    if (event.type === "ended") this.report("stopped");
    else if (event.type === "playing") {
      if (this.isSeeking) {
        this.isSeeking = false;
        this.lag = Math.min(0.5, Math.max(0, this.lag + this.due - this.player.currentTime));
      }
      this.report("playing");
    } else if (event.type === "timeupdate") this.keepUp();
  };

  /** Goes to where it should be when it is noticeably elsewhere, but not all the time. */
  private keepUp(): void {
    const { player } = this;
    if (player.paused) return;
    const now = this.now();
    const off = this.due - player.currentTime;
    if (Math.abs(off) <= TOLERANCE || now - this.correctedAt < PATIENCE * 1000) return;
    if (this.due < 0 || this.due >= player.duration) return;
    this.correctedAt = now;
    this.isSeeking = true;
    player.currentTime = this.due + this.lag;
  }

  private report(state: Report["state"]): void {
    if (!this.track) return;
    this.tell({ track: this.track.id, position: this.player.currentTime, state });
  }
}
