/**
 * Holds everything that follows back until Home Assistant's frontend has started.
 *
 * While it starts it puts its own registry of elements, and its own HTMLElement, in place of
 * the browser's. It loads this file at the same time, and an element that is made before
 * that is not found afterwards: hence the first import of the card.
 */

if (document.querySelector("home-assistant")) await customElements.whenDefined("home-assistant");

export {};
