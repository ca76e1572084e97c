"""A citizen with a stubborn browser: fills the pages in, sends, and presses reload until a receipt comes."""

from __future__ import annotations

import http.client
import re
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
_REFERENCE = re.compile(r"TNG-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}")
_DRAFT = re.compile(r"/apply/[^/]+/")
_LANGUAGE_FORM = {"next", "language"}
HOST = "tangerang.localhost"


@dataclass
class Page:
    status: int
    path: str
    text: str
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def hidden(self) -> dict[str, str]:
        """Return what the page sends along unseen."""
        return {name: value for name, value in _HIDDEN.findall(self.text) if name not in _LANGUAGE_FORM}

    @property
    def step(self) -> str:
        """Return the last part of the address: the step of the form."""
        return self.path.partition("?")[0].rstrip("/").rpartition("/")[2]

    @property
    def reference(self) -> str:
        """Return the reference on a receipt; empty on any other page."""
        found = _REFERENCE.search(self.text) if self.status == 200 and self.step == "receipt" else None
        return found[0] if found else ""


@dataclass
class Browser:
    """Keeps cookies and follows redirects; knows nothing else."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Page:
        return self._follow(self._ask("GET", path, None))

    def post(self, page: Page, path: str, *, follow: bool = True, **values: str) -> Page:
        """Send the form of `page` with `values`; `seconds` of the answer is how long the server took."""
        answer = self._ask("POST", path, page.hidden | values)
        return self._follow(answer) if follow else answer

    def send_file(self, page: Page, path: str, field: str, content: bytes, **values: str) -> Page:
        """Send the form of `page` with a picture in `field`."""
        edge = "----rakit"
        given = {**page.hidden, **values}
        lead = "Content-Disposition: form-data; name="
        parts = [f'{lead}"{name}"\r\n\r\n{one}' for name, one in given.items()]
        parts.append(f'{lead}"{field}"; filename="ktp.jpg"\r\nContent-Type: image/jpeg\r\n\r\n')
        text = "\r\n".join(f"--{edge}\r\n{part}" for part in parts)
        body = text.encode() + content + f"\r\n--{edge}--\r\n".encode()
        return self._follow(self._send("POST", path, body, f"multipart/form-data; boundary={edge}"))

    def _follow(self, page: Page) -> Page:
        seconds = page.seconds
        for _ in range(6):
            if page.status not in (301, 302, 303):
                page.seconds = seconds
                return page
            page = self._ask("GET", page.headers["Location"], None)
        raise http.client.HTTPException("redirected in a circle")

    def _ask(self, method: str, path: str, values: dict[str, str] | None) -> Page:
        body = None if values is None else urlencode(values).encode()
        return self._send(method, path, body, "application/x-www-form-urlencoded")

    def _send(self, method: str, path: str, body: bytes | None, kind: str) -> Page:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        began = time.monotonic()
        try:
            headers = {"Host": HOST, "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
            if body is not None:
                headers["Content-Type"] = kind
            path = path.partition("#")[0]
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Page(
            answer.status,
            path,
            text,
            {name.title(): value for name, value in answer.headers.items()},
            time.monotonic() - began,
        )


def values_of(step: str, name: str) -> dict[str, str] | None:
    """Return what the citizen `name` fills in on a step."""
    mail = "".join(letter for letter in name.lower() if letter.isalnum())
    return {
        "data": {"name": name, "email": f"{mail}@contoh.id", "age": "30", "reason": "b"},
        "more": {"detail": "Uji coba"},
        "review": {"agree": "on"},
    }.get(step)


def begin(browser: Browser) -> Page:
    """Begin an application; return its first page, or whatever the site says instead."""
    page = browser.get("/services/izin/")
    return browser.post(page, "/services/izin/start/") if page.status == 200 else page


def to_review(browser: Browser, name: str) -> Page:
    """Fill everything in; return the page where it can be checked and sent."""
    page = begin(browser)
    while page.step != "review":
        values = values_of(page.step, name)
        assert page.status == 200, f"{page.status} {page.path}"
        assert values is not None, page.path
        page = browser.post(page, page.path, **values)
    return page


@dataclass
class Citizens:
    """Several citizens at once. `acknowledged` maps an applicant's name to the reference on the receipt."""

    port: int
    among: str = "Uji"
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
            name = f"{self.among} {n}-{turn}"
            reference = self._apply(name, Browser(self.port))
            with self._lock:
                self.acknowledged[name] = reference

    def _apply(self, name: str, browser: Browser) -> str:
        """Return the reference that the receipt shows, however often the site dies before."""
        place = ""
        while True:
            try:
                page = browser.get(place) if place else begin(browser)
                found = _DRAFT.match(page.path)
                place = found[0] if found else place
                if not page.reference:
                    page = self._next(browser, page, name)
                if page.reference:
                    return page.reference
            except (OSError, http.client.HTTPException):
                with self._lock:
                    self.tries_again += 1
                time.sleep(0.2)

    def _next(self, browser: Browser, page: Page, name: str) -> Page:
        values = values_of(page.step, name)
        if page.status != 200 or values is None:
            with self._lock:
                self.refusals.append(f"{page.status} {page.step}")
            time.sleep(0.2)
            return page
        return browser.post(page, page.path, **values)
