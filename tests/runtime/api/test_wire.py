"""T29 on the wire: the server as a city runs it, asked by clients that lie about the length of a body."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.stack import Stack

HOME = "/api/v1/modules/aduan-warga/1"
FORM = "Content-Type: multipart/form-data; boundary=B"
JSON = "Content-Type: application/json"
PART = (
    b'--B\r\nContent-Disposition: form-data; name="field"\r\n\r\nfoto\r\n'
    b'--B\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
)
BLOB = b"x" * 65_536
MEGABYTES_64 = 1_000


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A whole installation with its own database and web process."""
    with Stack(tmp_path_factory.mktemp("wire") / "site") as made:
        yield made


def ask(stack: Stack, name: str, headers: list[str], body: Iterable[bytes]) -> tuple[int, str]:
    """Send a request as it stands; return the status and the type of what comes back."""
    lines = [f"POST {HOME}/{name} HTTP/1.1", "Host: tangerang.localhost", *headers, "", ""]
    with socket.create_connection(("127.0.0.1", stack.port), timeout=30) as line:
        try:
            line.sendall("\r\n".join(lines).encode())
            for part in body:
                line.sendall(part)
        except OSError:  # the server had heard enough
            pass
        answer = line.recv(4_000).decode("latin-1")
    kind = re.search(r"content-type: ([^\r;]+)", answer, re.IGNORECASE)
    return int(answer.split()[1]), kind[1] if kind else ""


def resident(stack: Stack) -> int:
    """Return the kilobytes of memory that the web processes hold."""
    assert stack.web is not None
    total, waiting = 0, [stack.web.pid]
    while waiting:
        pid = waiting.pop()
        status = Path(f"/proc/{pid}/status").read_text()
        total += int(re.search(r"VmRSS:\s+(\d+)", status)[1])  # type: ignore[index]
        waiting += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    return total


def chunks(first: bytes, count: int) -> Iterator[bytes]:
    yield b"%x\r\n%b\r\n" % (len(first), first)
    for _number in range(count):
        yield b"%x\r\n%b\r\n" % (len(BLOB), BLOB)
    yield b"0\r\n\r\n"


class TestWire:
    def test_refuses_a_large_body_before_it_is_sent_t29(self, stack: Stack) -> None:
        for name, kind in (("files", FORM), ("validate", JSON)):
            asked = ask(stack, name, [kind, "Content-Length: 900000000"], ())
            assert asked == (413, "application/problem+json")

    def test_reads_no_more_than_was_announced_t29(self, stack: Stack) -> None:
        status, kind = ask(stack, "files", [FORM, "Content-Length: 200"], [PART, *[BLOB] * 80])
        assert (status // 100, kind) == (4, "application/problem+json")

    @pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
    def test_reads_no_body_in_chunks_and_stays_flat_t29(self, stack: Stack) -> None:
        headers = "Transfer-Encoding: chunked"
        assert ask(stack, "files", [FORM, headers], chunks(PART, 1))[0] == 411
        before = resident(stack)
        for name, kind, first in (("files", FORM, PART), ("validate", JSON, b"{}")):
            asked = ask(stack, name, [kind, headers], chunks(first, MEGABYTES_64))
            assert asked == (411, "application/problem+json")
        assert resident(stack) - before < 20_000
