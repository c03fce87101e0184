/** Counts the seconds down to a moment. */

import { LitElement, html, type TemplateResult } from "lit";

import { instant, type Clock } from "../clock.ts";
import type { Texts } from "../texts.ts";

export class Left extends LitElement {
  static override properties = {
    until: { type: String },
    clock: { attribute: false },
    texts: { attribute: false },
  };

  declare until: string;
  declare clock: Clock;
  declare texts: Texts;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override render(): TemplateResult {
    const seconds = Math.max(0, Math.ceil(this.left / 1000));
    const minutes = Math.floor(seconds / 60);
    if (minutes === 0) return html`${this.texts.decimal(seconds)}`;
    return html`${minutes}:${String(seconds % 60).padStart(2, "0")}`;
  }

  protected override updated(): void {
    clearTimeout(this.timer);
    const { left } = this;
    if (left > 0 && this.isConnected) {
      this.timer = setTimeout(
        () => {
          this.requestUpdate();
        },
        (left % 1000) + 10,
      );
    }
  }

  private get left(): number {
    return instant(this.until) - this.clock.now();
  }
}
