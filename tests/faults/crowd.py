"""`python -m tests.faults.crowd`: a hundred files at once, two hundred slow senders (S F19, F20).

    python -m tests.faults.crowd [--uploads 100] [--megabytes 10] [--drips 200]

Against the server as an office runs it: one process, eight threads. F19 prints the most memory that
process ever held while every upload was under way at once, piece by piece as the page's script sends
them: at most 300 MB, and every file is kept. F20 prints how long a page takes while senders drip one byte a
second, beside how long it takes without them: 95 of 100 within twice the time. Exit 1 when either fails.
"""

from __future__ import annotations

import argparse
import http.client
import io
import json
import os
import random
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from tests.faults.citizen import HOST, Browser
from tests.stack import ROOT, Stack

MOST_MEGABYTES = 300
MOST_RATIO = 2.0
LEAST_MILLISECONDS = 20.0  # below this, a page's time is the machine's noise
PIECE = 256_000
ASKED = 100
LARGEST = 12_000_000
SERVICE = "kerumunan"


@dataclass
class Crowd:
    """Citizens who send one file each, all of them at once."""

    port: int
    content: bytes
    kept: int = 0
    refused: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, count: int) -> None:
        together = threading.Barrier(count)
        threads = [threading.Thread(target=self._one, args=(together,)) for _ in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _one(self, together: threading.Barrier) -> None:
        browser = Browser(self.port)
        page = browser.post(browser.get(f"/services/{SERVICE}/"), f"/services/{SERVICE}/start/")
        at = page.path.rsplit("/", 2)[0] + "/berkas/files/"
        together.wait()
        try:
            outcome = self._upload(browser, page.token, at)
        except (OSError, http.client.HTTPException) as error:
            outcome = type(error).__name__
        with self._lock:
            self.kept += outcome == "kept"
            self.refused += [] if outcome == "kept" else [outcome]

    def _upload(self, browser: Browser, token: str, at: str) -> str:
        about = {"field": "ktp", "name": "ktp.jpg", "size": str(len(self.content))}
        begun = self._ask(browser, "POST", at, token, body=_form(about))
        if "id" not in begun:
            return json.dumps(begun)[:80]
        offset = 0
        while offset < len(self.content):
            piece = self.content[offset : offset + PIECE]
            answer = self._ask(browser, "PATCH", f"{at}{begun['id']}/", token, body=piece, offset=offset)
            if "html" in answer:
                return "kept"
            if "offset" not in answer:
                return json.dumps(answer)[:80]
            offset = int(answer["offset"])
        return "never judged"

    def _ask(
        self, browser: Browser, method: str, path: str, token: str, *, body: bytes, offset: int | None = None
    ) -> dict[str, str]:
        headers = {
            "Host": HOST,
            "Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items()),
            "X-CSRFToken": token,
            "Content-Type": "application/x-www-form-urlencoded"
            if offset is None
            else "application/octet-stream",
            **({} if offset is None else {"Upload-Offset": str(offset)}),
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        try:
            found: dict[str, str] = json.loads(text)
        except ValueError:
            found = {"status": str(answer.status)}
        return found


def main() -> int:
    """Run both and print what was measured."""
    options = _options()
    folder = tempfile.TemporaryDirectory(prefix="rakit-crowd-", ignore_cleanup_errors=True)
    with folder as place, Stack(Path(place)) as stack:
        _offer(stack)
        fits = _uploads(stack, options.uploads, options.megabytes)
        stack.stop()
        stack.start()
        quick = _drips(stack, options.drips)
    return 0 if fits and quick else 1


def _uploads(stack: Stack, count: int, megabytes: float) -> bool:
    before = _memory(stack)
    crowd = Crowd(stack.port, photo(int(megabytes * 1_000_000)))
    began = time.monotonic()
    crowd.send(count)
    peak = _memory(stack)
    print(f"F19  {count} uploads of {len(crowd.content) / 1e6:.1f} MB at once: kept {crowd.kept}")
    took = time.monotonic() - began
    print(f"     {took:.1f} s, before {before} MB, peak {peak} MB (at most {MOST_MEGABYTES})")
    if crowd.refused:
        print(f"     not kept: {sorted(set(crowd.refused))}")
    return peak < MOST_MEGABYTES and crowd.kept == count


def _offer(stack: Stack) -> None:
    """Publish a service whose first question of files takes large ones."""
    starter = ROOT / "builder" / "starters" / "surat-domisili.json"
    document = json.loads(starter.read_text(encoding="utf-8"))
    questions = [question for page in document["pages"] for question in page["fields"]]
    next(question for question in questions if question["key"] == "ktp")["maxBytes"] = LARGEST
    file = stack.folder / "service.json"
    file.write_text(json.dumps({**document, "key": SERVICE}), encoding="utf-8")
    stack.manage("module", "import", str(file), "--region", "tangerang", "--publish")


def _drips(stack: Stack, count: int) -> bool:
    idle = _page_times(stack.port)
    with _dripping(stack.port, count):
        busy = _page_times(stack.port)
    least, most = _p95(idle), _p95(busy)
    print(f"F20  a page beside {count} slow senders: p95 {most:.1f} ms, without them {least:.1f} ms")
    return most <= MOST_RATIO * max(least, LEAST_MILLISECONDS)


@contextmanager
def _dripping(port: int, count: int) -> Iterator[None]:
    """Keep connections open that send a body of one byte a second."""
    head = (
        f"POST /services/{SERVICE}/start/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 100000\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    ).encode()
    senders = [socket.create_connection(("127.0.0.1", port)) for _ in range(count)]
    for sender in senders:
        sender.sendall(head)
    over = threading.Event()

    def drip() -> None:
        while not over.wait(1):
            for sender in senders:
                with suppress(OSError):  # the server may have had enough of it
                    sender.send(b"a")

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        for sender in senders:
            sender.close()


def _page_times(port: int) -> list[float]:
    """Return the milliseconds that each of a hundred requests for a page took."""
    times, browser = [], Browser(port)
    browser.get("/services/")
    for _ in range(ASKED):
        began = time.perf_counter()
        browser.get("/services/")
        times.append((time.perf_counter() - began) * 1000)
    return times


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95) - 1]


def _memory(stack: Stack) -> int:
    """Return the most memory in MB that the largest process of the server has ever held."""
    assert stack.web is not None
    group, most = os.getpgid(stack.web.pid), 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if os.getpgid(int(status.parent.name)) == group:
                found = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
                most = max(most, int(found.split()[1]) // 1024)
        except (OSError, StopIteration):
            continue  # ended meanwhile
    return most


def photo(size: int) -> bytes:
    """Return a JPEG of about `size` bytes: a photo, and behind its end what some telephones add."""
    out = io.BytesIO()
    dice = random.Random(19)
    Image.frombytes("RGB", (1600, 1200), dice.randbytes(1600 * 1200 * 3)).save(out, "JPEG", quality=80)
    return out.getvalue().ljust(size, b"\0")


def _form(values: dict[str, str]) -> bytes:
    return "&".join(f"{name}={value}" for name, value in values.items()).encode()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.crowd")
    parser.add_argument("--uploads", type=int, default=100)
    parser.add_argument("--megabytes", type=float, default=10)
    parser.add_argument("--drips", type=int, default=200)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
