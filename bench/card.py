"""What the built card costs a browser: until it is drawn, and while a figure moves."""

from dataclasses import dataclass
import gzip
import json
from typing import Any

from playwright.async_api import Browser, CDPSession, Route

from demo.setup import BACK_EXERCISE, ROOT
from tests.e2e.browser import PHONE, TELEVISION, chromium

BUILT = BACK_EXERCISE / "frontend" / "back-exercise-card.js"
TEXTS = BACK_EXERCISE / "translations" / "en.json"
MESSAGES = ROOT / "card" / "test" / "messages.json"
PLACE = "http://card.invalid/"
FIRST_PAINTS = 10
MOVING_S = 10

PAGE = """<!doctype html><meta name="viewport" content="width=device-width">
<main></main><script type="module">
import "/back-exercise-card.js";
const { messages, texts } = await (await fetch("/data.json")).json();
const flat = (node, path) => typeof node === "string" ? [[path, node]]
  : Object.entries(node).flatMap(([key, below]) => flat(below, `${path}.${key}`));
const resources = Object.fromEntries(flat(texts, "component.back_exercise"));
const entity = "sensor.alex_session";
const hass = (view) => ({
  connected: true, language: "en", entities: {}, hassUrl: (path) => path,
  states: { [entity]: { state: "idle", attributes: {} } },
  connection: { subscribeMessage: async (tell) => (tell(view), async () => {}) },
  callWS: async ({ type }) =>
    type.endsWith("history") ? messages.history : { resources },
});
const begun = (offset) => {
  const view = structuredClone(messages.running);
  view.now = new Date().toISOString();
  view.session.track.begun_at = new Date(Date.now() - offset * 1000).toISOString();
  return view;
};
const drawn = () =>
  new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
window.show = async (name, large) => {
  document.querySelector("main").replaceChildren();
  const view = name === "running" ? begun(20) : messages[name];
  const card = document.createElement("back-exercise-card");
  card.setConfig({ entity, large });
  const begin = performance.now();
  card.hass = hass(view);
  document.querySelector("main").append(card);
  while (!card.shadowRoot?.querySelector(".screen")) await drawn();
  await drawn();
  return performance.now() - begin;
};
window.frames = async (seconds) => {
  let count = 0;
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) { await new Promise(requestAnimationFrame); count++; }
  return count;
};
window.ready = true;
</script>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardCost:
    """What the card costs on one size of screen."""

    first_paints_ms: list[float]
    """From the data until it is drawn, the texts being there from the second on."""
    frames_per_s: float
    script_ms_per_s: float
    """Of the processor, while a figure moves."""
    layout_ms_per_s: float
    """Of styles and layout, likewise."""

    @property
    def per_frame_ms(self) -> float:
        """Return what a frame costs before it is painted."""
        return (self.script_ms_per_s + self.layout_ms_per_s) / self.frames_per_s


async def measure() -> dict[str, CardCost]:
    """Measure the built card on a phone's and a television's screen."""
    async with chromium() as browser:
        return {
            "phone": await _measure(browser, PHONE, large=False),
            "television": await _measure(browser, TELEVISION, large=True),
        }


async def _measure(browser: Browser, viewport: Any, *, large: bool) -> CardCost:  # noqa: ANN401  # a size
    page = await browser.new_page(viewport=viewport)
    await page.route("**/*", _serve)
    await page.goto(PLACE)
    await page.wait_for_function("window.ready")
    paints = [
        await page.evaluate("(large) => show('idle', large)", large)
        for _ in range(FIRST_PAINTS)
    ]
    await page.evaluate("(large) => show('running', large)", large)
    session = await page.context.new_cdp_session(page)
    await session.send("Performance.enable")
    before = await _metrics(session)
    frames = await page.evaluate("frames", MOVING_S)
    after = await _metrics(session)
    await page.close()
    spent = {key: (after[key] - before[key]) * 1000 / MOVING_S for key in after}
    return CardCost(
        first_paints_ms=paints,
        frames_per_s=frames / MOVING_S,
        script_ms_per_s=spent["ScriptDuration"],
        layout_ms_per_s=spent["LayoutDuration"] + spent["RecalcStyleDuration"],
    )


async def _metrics(session: CDPSession) -> dict[str, float]:
    answer = await session.send("Performance.getMetrics")
    return {each["name"]: each["value"] for each in answer["metrics"]}


async def _serve(route: Route) -> None:
    path = route.request.url.removeprefix(PLACE)
    if path == BUILT.name:
        await route.fulfill(path=BUILT, content_type="text/javascript")
    elif path == "data.json":
        data = {
            "messages": json.loads(MESSAGES.read_text()),
            "texts": json.loads(TEXTS.read_text()),
        }
        await route.fulfill(json=data)
    else:
        await route.fulfill(body=PAGE, content_type="text/html")


def render(costs: dict[str, CardCost]) -> str:
    """Return the figures as a table."""
    size = len(gzip.compress(BUILT.read_bytes(), 9))
    head = (
        "screen",
        "first paint, first / median (budget 100 ms)",
        "frames per second",
        "scripting",
        "style and layout",
        "before painting, per frame",
    )
    lines = [
        f"The card, {size / 1000:.1f} kB gzipped (budget 40 kB)",
        "",
        f"| {' | '.join(head)} |",
        "|---" * len(head) + "|",
    ]
    for name, cost in costs.items():
        first, *others = cost.first_paints_ms
        median = sorted(others)[len(others) // 2]
        lines.append(
            f"| {name} | {first:.0f} / {median:.0f} ms | {cost.frames_per_s:.0f}"
            f" | {cost.script_ms_per_s:.0f} ms/s | {cost.layout_ms_per_s:.0f} ms/s"
            f" | {cost.per_frame_ms:.2f} ms |"
        )
    return "\n".join(lines)
