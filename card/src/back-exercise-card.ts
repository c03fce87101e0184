/** The card of one person: shows what the integration tells of them, and passes on what is pressed. */

import "./wait.ts";

import { LitElement, html, nothing, type TemplateResult } from "lit";

import {
  CARD,
  configForm,
  gridOptions,
  readConfig,
  stubConfig,
  suggestion,
  type Config,
} from "./config.ts";
import { DOMAIN, isUp, sibling, type Hass, type Refusal } from "./ha.ts";
import { Link, Pages, type Wish } from "./link.ts";
import { history } from "./parts/history.ts";
import { icon } from "./parts/icons.ts";
import { Left } from "./parts/left.ts";
import { countdown, locked, rest } from "./parts/rest.ts";
import type { Draft, Scene } from "./parts/scene.ts";
import { checkIn, resume, session } from "./parts/session.ts";
import { Stage } from "./parts/stage.ts";
import { styles } from "./parts/styles/index.ts";
import type { View } from "./protocol.ts";
import { announcement, screenOf, type Screen } from "./screen.ts";
import { openSheet } from "./sheet.ts";
import { Sound } from "./sound.ts";
import { early, loadTexts, localeOf, Texts, useEarly } from "./texts.ts";

const DOCUMENTATION =
  "https://github.com/back-exercise/back-exercise/blob/main/docs/guide/dashboard.md";

/** What the keyboard goes on with when a screen gave way to another. */
const FIRST = ".transport button:nth-child(2), .scale button, .button.loud, h2[tabindex]";

/** The last that was seen of Home Assistant, for the editor's form. */
let lastHass: Hass | null = null;

/** The card that plays the sound of a person here, however many show them. */
const players = new Map<string, BackExerciseCard>();

export class BackExerciseCard extends LitElement {
  static override styles = styles;
  static override properties = { preview: { type: Boolean } };

  declare preview: boolean | undefined;
  private current: Hass | null = null;
  private config: Config | null = null;
  private texts: Texts | null = null;
  private language: string | null = null;
  private seen = "";
  private refusal: string | null = null;
  private screen: Screen | null = null;
  private readonly pending = new Set<string>();
  private readonly draft: Draft = {
    pain: null,
    question: "",
    answered: { pain: null, effort: null },
  };
  private sound: Sound | null = null;

  private readonly link = new Link(() => {
    this.told();
  });
  private readonly pages = new Pages(() => {
    this.requestUpdate();
  });

  static getStubConfig(hass: Hass, entities?: string[]): object {
    return stubConfig(hass, entities);
  }

  static async getConfigForm(): Promise<object> {
    if (lastHass) useEarly(await textsOf(lastHass));
    return configForm(lastHass);
  }

  setConfig(config: unknown): void {
    this.config = readConfig(config);
    this.see();
    this.requestUpdate();
  }

  getCardSize(): number {
    return this.config?.show_history === false ? 8 : 12;
  }

  getGridOptions(): object {
    return gridOptions(this.config?.large ?? false);
  }

  get hass(): Hass | null {
    return this.current;
  }

  /** Home Assistant sets this whenever any state changed: most of it is not about this card. */
  set hass(hass: Hass | null) {
    this.current = hass;
    if (!hass) return;
    lastHass = hass;
    this.see();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.see();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.link.close();
    this.hush();
    this.seen = "";
  }

  // What it is told

  private see(): void {
    const { current: hass, config } = this;
    if (!hass || !config || !this.isConnected) return;
    this.speak(hass);
    const wish = this.wish(hass, config);
    this.link.see(hass, wish);
    const seen = JSON.stringify([wish, hass.connected, hass.states[config.entity]?.state]);
    if (seen === this.seen) return;
    this.seen = seen;
    this.requestUpdate();
  }

  private speak(hass: Hass): void {
    if (hass.language === this.language) return;
    const { language } = hass;
    this.language = language;
    textsOf(hass).then(
      (texts) => {
        if (this.language !== language) return;
        this.texts = texts;
        useEarly(texts);
        this.requestUpdate();
      },
      () => {
        this.language = null; // asked again when Home Assistant is back
      },
    );
  }

  private wish(hass: Hass, config: Config): Wish {
    return { entity: config.entity, language: hass.language, listen: this.isListening };
  }

  private told(): void {
    const { view } = this.link;
    if (view) {
      if (view.session) this.draft.pain = null;
      this.play(view);
      this.readHistory(view);
    }
    this.requestUpdate();
  }

  private readHistory(view: View): void {
    const { current: hass, config } = this;
    if (hass && config?.show_history) {
      void this.pages.see(hass, this.wish(hass, config), view.history_changed);
    }
  }

  // What it tells

  private readonly act = async (
    command: string,
    data: Record<string, unknown> = {},
  ): Promise<boolean> => {
    const { current: hass, texts } = this;
    const { view } = this.link;
    // Pressed twice is meant once; anything else must not wait for it.
    if (!hass || !texts || !view || this.pending.has(command)) return false;
    this.pending.add(command);
    try {
      await hass.callService(DOMAIN, command, data, { device_id: view.device_id }, false);
      this.refusal = null;
      return true;
    } catch (error) {
      this.refusal = texts.refusal(error as Refusal);
      return false;
    } finally {
      this.pending.delete(command);
      this.requestUpdate();
    }
  };

  private chooser(hass: Hass, view: View): Scene["chooseRoutine"] {
    const select = view.device_id === null ? null : sibling(hass, view.device_id, "routine");
    if (select === null) return null;
    return (option) => {
      hass
        .callService("select", "select_option", { option }, { entity_id: select }, false)
        .catch((error: unknown) => {
          this.refusal = this.texts?.refusal(error as Refusal) ?? null;
          this.requestUpdate();
        });
    };
  }

  // The sound

  private get storageKey(): string {
    return `${CARD}.sound.${this.config?.entity ?? ""}`;
  }

  /** Whether this browser was chosen as a speaker; a choice of the browser, not of the person. */
  private get isListening(): boolean {
    if (this.preview || localStorage.getItem(this.storageKey) === null) return false;
    const player = players.get(this.storageKey);
    return player === undefined || player === this;
  }

  private readonly listen = (on: boolean): void => {
    if (on) {
      localStorage.setItem(this.storageKey, "on");
      this.unlock();
    } else {
      localStorage.removeItem(this.storageKey);
      this.hush();
    }
    this.see();
    this.requestUpdate();
  };

  private readonly unlock = (): void => {
    if (this.isListening) this.player().unlock();
  };

  private player(): Sound {
    players.set(this.storageKey, this);
    this.sound ??= new Sound(
      new Audio(),
      () => this.link.clock.now(),
      (path) => this.current?.hassUrl(path) ?? path,
      (report) => {
        const { view } = this.link;
        if (!view || !this.current?.connected) return;
        this.current
          .callWS({ type: `${DOMAIN}/heard`, subscription: view.subscription, ...report })
          .catch(() => undefined); // the subscription was made anew meanwhile
      },
      () => {
        this.requestUpdate();
      },
    );
    return this.sound;
  }

  private play(view: View): void {
    if (!this.isListening || !view.listening) return;
    this.player().follow(view.sound);
  }

  private hush(): void {
    if (!this.sound) return;
    this.sound.close();
    this.sound = null;
    players.delete(this.storageKey);
  }

  // What it shows

  protected override render(): TemplateResult {
    const { config, current: hass, texts } = this;
    const { view } = this.link;
    const large = config?.large ?? false;
    return html`<div
      class="card ${large ? "large" : ""} ${view ? screenOf(view) : ""}"
      ?inert=${this.preview === true}
    >
      ${hass && config && texts ? this.content(hass, config, texts, view) : nothing}
    </div>`;
  }

  private content(hass: Hass, config: Config, texts: Texts, view: View | null): TemplateResult {
    if (!view) return this.missing(hass, config, texts);
    const scene = this.scene(hass, config, texts, view);
    const isAtRest = view.session === null;
    return html`
      <div class="sr" role="status" aria-live="polite">${announcement(view, texts)}</div>
      ${hass.connected ? nothing : html`<p class="state">${texts.card("disconnected")}</p>`}
      ${this.refused(texts)}
      <div class="screen ${screenOf(view)}">${this.main(scene)}</div>
      ${isAtRest && config.show_history ? history(scene) : nothing}
    `;
  }

  private main(scene: Scene): TemplateResult {
    const { view } = scene;
    switch (screenOf(view)) {
      case "countdown":
        return countdown(scene);
      case "locked":
        return locked(scene);
      case "rest":
        return rest(scene);
      case "resume":
      case "check_in":
      case "session":
        return this.going(scene);
    }
  }

  private going(scene: Scene): TemplateResult {
    const { view } = scene;
    const going = view.session;
    if (!going) return html``;
    const shown = { check_in: checkIn, resume }[screenOf(view) as string] ?? session;
    return shown(scene, going);
  }

  private missing(hass: Hass, config: Config, texts: Texts): TemplateResult {
    const { refusal } = this.link;
    const { entity } = config;
    let text = texts.card("loading");
    if (refusal) text = texts.refusal(refusal);
    else if (!hass.connected) text = texts.card("disconnected");
    else if (!hass.states[entity]) text = texts.card("not_found", { entity });
    else if (!isUp(hass, entity)) text = texts.card("unavailable");
    return html`<p class="state missing" role="status">${text}</p>`;
  }

  private refused(texts: Texts): TemplateResult | typeof nothing {
    if (this.refusal === null) return nothing;
    return html`<p class="refused" role="alert">
      <span>${this.refusal}</span>
      <button
        type="button"
        class="button bare"
        aria-label=${texts.card("dismiss")}
        @click=${() => {
          this.refusal = null;
          this.requestUpdate();
        }}
      >
        ${icon("close")}
      </button>
    </p>`;
  }

  private scene(hass: Hass, config: Config, texts: Texts, view: View): Scene {
    return {
      view,
      texts,
      config,
      clock: this.link.clock,
      pages: this.pages,
      canAct: view.may_control && hass.connected,
      draft: this.draft,
      act: this.act,
      chooseRoutine: this.chooser(hass, view),
      listens: this.isListening,
      isBlocked: this.sound?.isBlocked ?? false,
      listen: this.listen,
      unlock: this.unlock,
      older: () => void this.pages.more(hass, this.wish(hass, config)),
      openSheet: () => {
        openSheet(hass, this.wish(hass, config)).catch((error: unknown) => {
          this.refusal = texts.refusal(error as Refusal);
          this.requestUpdate();
        });
      },
      changed: () => {
        this.requestUpdate();
      },
    };
  }

  // Where the keyboard is

  private hadFocus = false;

  protected override willUpdate(): void {
    this.hadFocus = this.shadowRoot?.activeElement != null;
  }

  protected override updated(): void {
    const { view } = this.link;
    const screen = view && screenOf(view);
    if (screen === this.screen) return;
    this.screen = screen;
    if (this.hadFocus && !this.shadowRoot?.activeElement) {
      this.shadowRoot?.querySelector<HTMLElement>(FIRST)?.focus();
    }
  }
}

const textsOf = async (hass: Hass): Promise<Texts> =>
  new Texts(await loadTexts(hass, hass.language), hass.language, localeOf(hass));

declare global {
  interface Window {
    customCards?: object[];
  }
}

// Two copies may be loaded: by the integration, and by somebody's dashboard resources.
if (!customElements.get(CARD)) {
  customElements.define("back-exercise-left", Left);
  customElements.define("back-exercise-stage", Stage);
  customElements.define(CARD, BackExerciseCard);
  (window.customCards ??= []).push({
    type: CARD,
    name: "Back Exercise",
    get description() {
      return early("description");
    },
    preview: true,
    documentationURL: DOCUMENTATION,
    getEntitySuggestion: suggestion,
  });
}
