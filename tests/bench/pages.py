"""Bytes and first paint of the pages a citizen meets first, in a slow browser, served as in a city."""

from __future__ import annotations

import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.bench import budget
from tests.browser import CHROMIUM, FLAGS
from tests.stack import Stack

REPEATS = 3
PHONE = {"width": 360, "height": 740}
SERVED = {"RAKIT_DEBUG": "no"}
SLOW = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
SLOWER_CPU = 4
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
PAINT_BUDGET = 2000


@dataclass(frozen=True)
class Visit:
    """One cold visit: bytes over the wire by kind, and milliseconds until something is seen."""

    page: int
    style: int
    script: int
    paint: float

    @property
    def total(self) -> int:
        return self.page + self.style + self.script


def report() -> None:
    """Print the pages beside their budgets."""
    with tempfile.TemporaryDirectory(prefix="rakit-pages-") as folder:
        stack = Stack(Path(folder), settings=SERVED)
        stack.manage("collectstatic", "--noinput", "--verbosity", "0")
        with stack, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            _print(browser, stack)
            browser.close()


def _print(browser: Browser, stack: Stack) -> None:
    context = browser.new_context(viewport=PHONE, locale="id-ID")
    opened = context.new_page()
    opened.goto(stack.url("tangerang", "/services/surat-domisili/"))
    opened.locator("form[action$='/start/'] button").first.click()
    opened.wait_for_url("**/apply/**")
    step, state = opened.url, context.storage_state()
    context.close()
    print("\nPages, cold, 400 kbit/s, 400 ms, processor 4 times slower (median of", REPEATS, "visits)")
    print(f"{'':12}{'page':>8}{'styles':>8}{'scripts':>8}{'total':>9}{'paint':>9}   budget")
    for name, address, most in (
        ("home", stack.url("tangerang"), 50),
        ("service", stack.url("tangerang", "/services/surat-domisili/"), 50),
        ("form step", step, 25),
    ):
        visits = [_visit(browser, address, state) for _ in range(REPEATS)]
        middle = sorted(visits, key=lambda visit: visit.total)[REPEATS // 2]
        paint = statistics.median(visit.paint for visit in visits)
        sizes = "".join(f"{size / 1000:8.1f}" for size in (middle.page, middle.style, middle.script))
        total = middle.total / 1000
        budgets = f"{budget.at_most(total, most, ' KB')}; {budget.at_most(paint, PAINT_BUDGET, ' ms')}"
        print(f"{name:12}{sizes}{total:6.1f} KB{paint:6.0f} ms   {budgets}")


def _visit(browser: Browser, address: str, state: object) -> Visit:
    context = browser.new_context(
        viewport=PHONE,
        locale="id-ID",
        storage_state=state,  # type: ignore[arg-type]
        service_workers="block",  # what it fetches for the page would not be counted
    )
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    sizes = _counted(protocol)
    protocol.send("Network.emulateNetworkConditions", SLOW)
    protocol.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_CPU})
    page.goto(address, wait_until="networkidle", timeout=60_000)
    visit = Visit(sizes["Document"], sizes["Stylesheet"], sizes["Script"], _paint(page))
    context.close()
    return visit


def _counted(protocol: CDPSession) -> dict[str, int]:
    """Count bytes over the wire, headers included, by the kind of what was asked for."""
    sizes = dict.fromkeys(("Document", "Stylesheet", "Script"), 0)
    kinds: dict[str, str] = {}
    protocol.send("Network.enable")
    protocol.send("Network.setCacheDisabled", {"cacheDisabled": True})
    protocol.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))

    def loaded(event: dict[str, object]) -> None:
        kind = kinds.get(str(event["requestId"]), "")
        if kind in sizes:
            sizes[kind] += int(str(event["encodedDataLength"]).split(".")[0])

    protocol.on("Network.loadingFinished", loaded)
    return sizes


def _paint(page: Page) -> float:
    return float(page.evaluate(FIRST_PAINT) or "nan")
