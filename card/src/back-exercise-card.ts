import { LitElement, html, type TemplateResult } from "lit";

class BackExerciseCard extends LitElement {
  protected override render(): TemplateResult {
    return html``;
  }
}

customElements.define("back-exercise-card", BackExerciseCard);
