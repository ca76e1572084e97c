"""A citizen with a stubborn browser: fills the pages in, sends, and presses reload until a receipt comes."""

from __future__ import annotations

import http.client
import re
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_REFERENCE = re.compile(r"TNG-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}")
HOST = "tangerang.localhost"


@dataclass
class Page:
    status: int
    path: str
    text: str

    @property
    def token(self) -> str:
        found = _TOKEN.search(self.text)
        return found[1] if found else ""


@dataclass
class Browser:
    """Keeps cookies and follows redirects; knows nothing else."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Page:
        return self._ask("GET", path, None)

    def post(self, page: Page, path: str, **values: str) -> Page:
        return self._ask("POST", path, {**values, "csrfmiddlewaretoken": page.token})

    def _ask(self, method: str, path: str, values: dict[str, str] | None) -> Page:
        for _ in range(6):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            try:
                headers = {"Host": HOST, "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
                if values is not None:
                    headers["Content-Type"] = "application/x-www-form-urlencoded"
                connection.request(method, path, urlencode(values) if values is not None else None, headers)
                answer = connection.getresponse()
                text = answer.read().decode()
            finally:
                connection.close()
            for line in answer.headers.get_all("Set-Cookie", []):
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
            if answer.status not in (301, 302, 303):
                return Page(answer.status, path, text)
            method, path, values = "GET", answer.headers["Location"], None
        raise http.client.HTTPException("redirected in a circle")


@dataclass
class Citizens:
    """Several citizens at once. `acknowledged` maps an applicant's name to the reference on the receipt."""

    port: int
    stop: threading.Event = field(default_factory=threading.Event)
    acknowledged: dict[str, str] = field(default_factory=dict)
    tries_again: int = 0
    refusals: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _threads: list[threading.Thread] = field(default_factory=list)

    def begin(self, count: int) -> None:
        for n in range(count):
            thread = threading.Thread(target=self._apply_all_day, args=(n,), daemon=True)
            thread.start()
            self._threads.append(thread)

    def end(self) -> None:
        """Let everyone finish the application under way; the site must be up."""
        self.stop.set()
        for thread in self._threads:
            thread.join(120)

    def _apply_all_day(self, n: int) -> None:
        turn = 0
        while not self.stop.is_set():
            turn += 1
            name = f"Uji {n}-{turn}"
            reference = self._apply(name, Browser(self.port))
            with self._lock:
                self.acknowledged[name] = reference

    def _apply(self, name: str, browser: Browser) -> str:
        """Return the reference that the receipt shows, however often the site dies before."""
        place = ""
        while True:
            try:
                page = browser.get(place) if place else self._start(browser)
                place = re.sub(r"^(/apply/[^/]+/).*", r"\1", page.path)
                if page.status == 200 and page.path.endswith("/receipt/"):
                    found = _REFERENCE.search(page.text)
                    if found:
                        return found[0]
                page = self._next(browser, page, name)
                if page.status == 200 and page.path.endswith("/receipt/"):
                    place = page.path
            except (OSError, http.client.HTTPException):
                with self._lock:
                    self.tries_again += 1
                time.sleep(0.2)

    def _start(self, browser: Browser) -> Page:
        page = browser.get("/services/izin/")
        return browser.post(page, "/services/izin/start/")

    def _next(self, browser: Browser, page: Page, name: str) -> Page:
        step = page.path.rstrip("/").rpartition("/")[2]
        values = {
            "data": {"name": name, "email": f"{name.replace(' ', '')}@contoh.id", "age": "30", "reason": "b"},
            "more": {"detail": "Uji coba"},
            "review": {"agree": "on"},
        }.get(step)
        if page.status != 200 or values is None:
            with self._lock:
                self.refusals.append(f"{page.status} {step}")
            time.sleep(0.2)
            return page
        return browser.post(page, page.path, **values)
