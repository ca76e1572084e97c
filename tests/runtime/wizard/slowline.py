"""A line on which posts wait, overtake each other, or arrive when their page has long gone."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, Route

STEP = re.compile(r"/apply/[^/]+/[^/]+/$")
AUTOSAVE = re.compile("/autosave/$")


@dataclass
class SlowLine:
    """Holds back what the script of a page saves. What was written is delivered as it was, only later."""

    page: Page
    holding: bool = False
    broken: bool = False
    waiting: list[Request] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.route(AUTOSAVE, self._pass)

    def _pass(self, route: Route) -> None:
        if self.broken:
            route.abort("internetdisconnected")
            return
        if not self.holding:
            route.continue_()
            return
        self.waiting.append(route.request)
        self.routes.append(route)

    def hold(self) -> None:
        self.holding = True

    def cut(self) -> None:
        """Let nothing pass, not even a last word when the page goes."""
        self.broken = True
        self.page.evaluate("() => { navigator.sendBeacon = () => false; }")

    def flow(self) -> None:
        """Let what comes from now on pass; what waits still waits."""
        self.holding = self.broken = False

    def lose(self) -> None:
        """Tell the page that the post it waits for has no answer. The post itself is still under way."""
        self.routes.pop(0).abort("timedout")

    def wait_for(self, count: int) -> None:
        """Wait until so many posts are held back."""
        wait_until(self.page, lambda: len(self.waiting) >= count)

    def deliver(self, number: int = 0) -> None:
        """Have the server receive a post that was held back, byte for byte."""
        request = self.waiting.pop(number)
        kept = {
            name: value
            for name, value in request.all_headers().items()
            if name in {"content-type", "accept", "cookie", "referer", "origin"}
        }
        at = urlsplit(request.url)
        again = urllib.request.Request(
            f"http://127.0.0.1:{at.port}{at.path}", request.post_data_buffer, {**kept, "Host": at.netloc}
        )
        with urllib.request.urlopen(again, timeout=30) as done:
            assert done.status == 200


@dataclass
class HeldPost:
    """The post of the page itself, by its script ("fetch") or by the browser ("document"), on its way."""

    page: Page
    kind: str
    routes: list[Route] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.route(STEP, self._pass)

    def _pass(self, route: Route) -> None:
        is_post = route.request.method == "POST" and route.request.resource_type == self.kind
        if is_post and not self.routes:
            self.routes.append(route)
        else:
            route.continue_()

    def wait(self) -> None:
        wait_until(self.page, lambda: bool(self.routes))

    def send(self) -> None:
        self.routes[0].continue_()


def wait_until(page: Page, come: Callable[[], bool]) -> None:
    """Let the browser work until something has come, ten seconds at most."""
    for _moment in range(200):
        if come():
            return
        page.wait_for_timeout(50)
    raise AssertionError("It never came.")
