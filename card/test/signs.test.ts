import { render } from "lit";
import { afterEach, expect, test, vi } from "vitest";

import type { Scene } from "../src/parts/scene.ts";
import { signs } from "../src/parts/signs.ts";
import type { View } from "../src/protocol.ts";
import { Texts } from "../src/texts.ts";
import { viewOf } from "./fakes.ts";

const texts = new Texts({}, "en");

afterEach(() => {
  document.body.replaceChildren();
});

const shown = (view: View, canAct = true) => {
  const act = vi.fn(() => Promise.resolve(true));
  const place = document.createElement("div");
  document.body.append(place);
  render(signs({ view, texts, canAct, act } as unknown as Scene), place);
  const press = (name: string) => {
    const buttons = [...document.querySelectorAll("button")];
    buttons.find((each) => each.textContent.trim() === name)?.click();
  };
  return { act, press, dialog: () => document.querySelector("dialog") };
};

test("every sign of the safety questions is on the list, with what to do about it", () => {
  const view = viewOf("idle");
  shown(view);

  const told = view.signs?.flatMap(({ title, advice, items }) => [title, advice, ...items]);
  const seen = [...document.querySelectorAll("h3, h3 + p, li")].map((each) => each.textContent);
  expect(told).toHaveLength(30);
  expect(seen).toEqual(told);
});

test("the list is closed until somebody opens it", () => {
  shown(viewOf("idle"));
  expect(document.querySelector("details")?.open).toBe(false);
});

test("that something is new is told only once it was confirmed", () => {
  const { act, press, dialog } = shown(viewOf("idle"));

  press("new_tell");
  expect(dialog()?.open).toBe(true);
  expect(act).not.toHaveBeenCalled();
  press("new_confirm");
  expect(dialog()?.open).toBe(false);
  expect(act).toHaveBeenCalledExactlyOnceWith("screen", { anything_new: true });
});

test("who goes back has told nothing", () => {
  const { act, press, dialog } = shown(viewOf("idle"));

  press("new_tell");
  press("go_back");
  expect(dialog()?.open).toBe(false);
  expect(act).not.toHaveBeenCalled();
});

test("who may only look is given the list, and nothing to press", () => {
  shown(viewOf("idle", { may_control: false }), false);

  expect(document.querySelectorAll("li")).toHaveLength(24);
  expect(document.querySelector("button, dialog")).toBeNull();
});

test("without a connection nothing is asked or told", () => {
  const { act, press, dialog } = shown(viewOf("idle"), false);

  press("new_tell");
  press("new_confirm");
  expect(dialog()?.open).toBe(false);
  expect(act).not.toHaveBeenCalled();
});

test("where the integration asks nothing there is no line", () => {
  shown(viewOf("locked"));
  expect(document.body.textContent.trim()).toBe("");
});
