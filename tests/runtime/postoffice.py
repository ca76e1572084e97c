"""A real mail server on loopback: keeps what it takes, refuses the addresses it is told to."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


@dataclass
class Post:
    """`taken` are the mails in their order; `refused` are addresses nobody has; `busy` defers all.

    `heard` is every line that a client said, but for the mails themselves.
    """

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    busy: bool = False
    heard: list[str] = field(default_factory=list)

    def told(self) -> str:
        """Return all that was ever said in a mail, heads and bodies."""
        return "\n".join(f"{one.items()}\n{one.get_content()}" for one in self.taken)


class _Dialogue(socketserver.StreamRequestHandler):
    post: Post

    def handle(self) -> None:
        self._say("220 post")
        while line := self.rfile.readline().decode().strip():
            verb = line.upper()
            self.post.heard.append(line)
            if verb.startswith("MAIL") and self.post.busy:
                self._say("451 later")
            elif verb.startswith("RCPT") and any(one in line for one in self.post.refused):
                self._say("550 5.1.1 nobody here")
            elif verb == "DATA":
                self._take()
            else:
                self._say("221 bye" if verb == "QUIT" else "250 yes")

    def _take(self) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        self.post.taken.append(message_from_bytes(b"".join(lines), policy=policy.default))  # type: ignore[arg-type]
        self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def running(settings: Any) -> Iterator[Post]:
    """Run the server and have Django send through it."""
    post = Post()
    handler = type("Handler", (_Dialogue,), {"post": post})
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    post.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    try:
        yield post
    finally:
        server.shutdown()
        server.server_close()
