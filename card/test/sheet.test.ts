import { afterEach, expect, test, vi } from "vitest";

import type { Message } from "../src/ha.ts";
import { openSheet } from "../src/sheet.ts";
import { fakeHass, SESSION } from "./fakes.ts";

const WISH = { entity: SESSION, language: "de", listen: false };

afterEach(() => {
  vi.restoreAllMocks();
});

test("a link is asked for each time, and opened in a tab that knows nothing of this one", async () => {
  const asked: Message[] = [];
  const opened: HTMLAnchorElement[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    opened.push(this);
  });
  const callWS = <T>(message: Message): Promise<T> => {
    asked.push(message);
    return Promise.resolve({ path: `/api/sheet?n=${asked.length}` } as T);
  };
  const { hass } = fakeHass({ callWS });
  await openSheet(hass, WISH);
  await openSheet(hass, WISH);

  expect(asked[0]).toEqual({
    type: "back_exercise/sheet",
    entity_id: SESSION,
    language: "de",
  });
  expect(opened.map(({ href }) => href)).toEqual([
    "http://home/api/sheet?n=1",
    "http://home/api/sheet?n=2",
  ]);
  expect(opened[0]?.target).toBe("_blank");
  expect(opened[0]?.rel).toBe("noopener noreferrer");
});

test("who is refused a link is told so, and nothing is opened", async () => {
  const click = vi.spyOn(HTMLAnchorElement.prototype, "click");
  const { hass } = fakeHass();

  await expect(openSheet(hass, WISH)).rejects.toThrow();
  expect(click).not.toHaveBeenCalled();
});
