import { beforeEach, describe, expect, test, vi } from "vitest";

import { Clock } from "../src/clock.ts";
import type { Hass, Message } from "../src/ha.ts";
import { Link, Pages, type Wish } from "../src/link.ts";
import type { History } from "../src/protocol.ts";
import { fakeHass, SESSION, viewOf } from "./fakes.ts";
import messages from "./messages.json";

const WISH: Wish = { entity: SESSION, language: "en", listen: false };
const down = { [SESSION]: { state: "unavailable", attributes: {} } };

describe("the link", () => {
  let changed: ReturnType<typeof vi.fn<() => void>>;
  let home: ReturnType<typeof fakeHass>;
  let link: Link;

  beforeEach(() => {
    changed = vi.fn();
    home = fakeHass();
    link = new Link(changed, new Clock(() => 0));
  });

  test("subscribes once, however often Home Assistant changes", () => {
    link.see(home.hass, WISH);
    link.see(home.hass, { ...WISH });
    expect(home.subscribed.map(({ message }) => message)).toEqual([
      { type: "back_exercise/subscribe", entity_id: SESSION, language: "en" },
    ]);
  });

  test("keeps what it is told, and the server's clock", () => {
    link.see(home.hass, WISH);
    home.subscribed[0]?.tell(viewOf("idle"));
    expect(link.view?.name).toBe("Alex");
    expect(link.clock.now()).toBe(Date.parse(messages.idle.now));
    expect(changed).toHaveBeenCalledOnce();
    home.subscribed[0]?.tell(viewOf("running"));
    expect(link.view?.state).toBe("running");
  });

  test("subscribes anew to listen, and shows what it has until then", async () => {
    link.see(home.hass, WISH);
    home.subscribed[0]?.tell(viewOf("running"));
    link.see(home.hass, { ...WISH, listen: true });
    expect(home.subscribed[1]?.message).toMatchObject({ listen: true });
    expect(link.view?.state).toBe("running");
    await vi.waitFor(() => {
      expect(home.subscribed[0]?.end).toHaveBeenCalledOnce();
    });
  });

  test("hears nothing of a subscription that was given up", () => {
    link.see(home.hass, WISH);
    link.see(home.hass, { ...WISH, language: "de" });
    home.subscribed[0]?.tell(viewOf("running"));
    expect(link.view).toBeNull();
  });

  test("shows nothing of one person for another", () => {
    link.see(home.hass, WISH);
    home.subscribed[0]?.tell(viewOf("idle"));
    const states = { "sensor.ben_session": { state: "idle", attributes: {} } };
    link.see({ ...home.hass, states }, { ...WISH, entity: "sensor.ben_session" });
    expect(link.view).toBeNull();
  });

  test("goes on showing a session while the connection is gone, and subscribes when it is back", () => {
    link.see(home.hass, WISH);
    home.subscribed[0]?.tell(viewOf("running"));
    link.see({ ...home.hass, connected: false }, WISH);
    expect(link.view?.state).toBe("running");
    link.see(home.hass, WISH);
    expect(home.subscribed).toHaveLength(2);
  });

  test("shows nothing while the integration is down, and subscribes when it is up again", () => {
    link.see(home.hass, WISH);
    home.subscribed[0]?.tell(viewOf("running"));
    link.see({ ...home.hass, states: down }, WISH);
    expect(link.view).toBeNull();
    link.see(home.hass, WISH);
    expect(home.subscribed).toHaveLength(2);
  });

  test("believes the clock of a new subscription, even where it was set back", () => {
    link.see(home.hass, WISH);
    home.subscribed[0]?.tell(viewOf("idle"));
    link.see(home.hass, { ...WISH, listen: true });
    home.subscribed[1]?.tell(viewOf("idle", { now: "2020-01-01T00:00:00+00:00" }));
    expect(link.clock.now()).toBe(Date.UTC(2020, 0, 1));
  });

  test("tells why it was refused, until something else is wished", async () => {
    home.refuse.with = { code: "unauthorized" };
    link.see(home.hass, WISH);
    await vi.waitFor(() => {
      expect(link.refusal).toEqual({ code: "unauthorized" });
    });
    expect(changed).toHaveBeenCalledOnce();
    link.see(home.hass, WISH);
    home.refuse.with = null;
    link.see(home.hass, { ...WISH, language: "de" });
    expect(link.refusal).toBeNull();
    expect(home.subscribed).toHaveLength(1);
  });

  test("does not mind a refusal of what is no longer wished", async () => {
    home.refuse.with = { code: "not_found" };
    link.see(home.hass, WISH);
    link.close();
    await Promise.resolve();
    await Promise.resolve();
    expect(link.refusal).toBeNull();
  });

  test("ends with the card, even where the connection is gone", async () => {
    link.see(home.hass, WISH);
    home.subscribed[0]?.tell(viewOf("idle"));
    vi.mocked(home.subscribed[0]?.end as () => Promise<void>).mockRejectedValue(new Error("gone"));
    link.close();
    await Promise.resolve();
    expect(link.view).toBeNull();
  });

  test("has a clock of its own", () => {
    expect(new Link(changed).clock.now()).toBeCloseTo(Date.now(), -2);
  });
});

describe("the pages of the history", () => {
  const [first, second, third] = messages.history.sessions as History["sessions"];
  const pageOf = (session: unknown, before: string | null) =>
    ({ sessions: [session], before }) as History;

  const asking = (...answers: (History | Error)[]) => {
    const callWS = vi.fn((message: Message): Promise<unknown> => {
      expect(message.type).toBe("back_exercise/history");
      const answer = answers.shift();
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    });
    return { callWS, hass: fakeHass({ callWS: callWS as Hass["callWS"] }).hass };
  };

  test("are read when the history has changed, not before", async () => {
    const { callWS, hass } = asking(pageOf(first, null), pageOf(second, null));
    const pages = new Pages(vi.fn());
    await pages.see(hass, WISH, "a");
    await pages.see(hass, WISH, "a");
    expect(callWS.mock.calls).toEqual([
      [{ type: "back_exercise/history", entity_id: SESSION, language: "en" }],
    ]);
    expect(pages).toMatchObject({ sessions: [first], hasMore: false, isLoading: false });
    await pages.see(hass, WISH, "b");
    expect(pages.sessions).toEqual([second]);
  });

  test("are joined as one goes back", async () => {
    const { callWS, hass } = asking(pageOf(first, "cursor"), pageOf(second, null));
    const pages = new Pages(vi.fn());
    await pages.see(hass, WISH, "a");
    expect(pages.hasMore).toBe(true);
    await pages.more(hass, WISH);
    expect(callWS.mock.lastCall?.[0]).toMatchObject({ before: "cursor" });
    expect(pages).toMatchObject({ sessions: [first, second], hasMore: false });
  });

  test("that could not be read are told of, until one could", async () => {
    const { hass } = asking(new Error("busy"), pageOf(first, null));
    const pages = new Pages(vi.fn());
    await pages.see(hass, WISH, "a");
    expect(pages.refusal).toEqual(new Error("busy"));
    await pages.see(hass, WISH, "b");
    expect(pages).toMatchObject({ refusal: null, sessions: [first] });
  });

  test.each([pageOf(second, null), new Error("late")])(
    "that come too late are left alone: %o",
    async (late) => {
      const { hass } = asking(late, pageOf(third, null));
      const pages = new Pages(vi.fn());
      const slow = pages.see(hass, WISH, "a");
      await Promise.all([slow, pages.see(hass, WISH, "b")]);
      expect(pages).toMatchObject({ sessions: [third], refusal: null, isLoading: false });
    },
  );
});
