"""Canaries: words that stand for personal data, and where one of them is found, however it was written."""

from __future__ import annotations

import base64
import email
import email.policy
import html
import logging
import quopri
import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote_plus

from django.apps import apps

from runtime.regions import scope

NAME, MAIL, NIK, PHONE = "Kanarinama Kanarimarga", "kanarisurel@contoh.id", "3671014501900007", "81290001234"
STREET, FILE, FREE = "Jalan Kanarijalan 77", "kanariberkas", "kanaribebas"
INSIDE, TOLD, REPLIED, NOTE = "kanaridalam", "kanaripesan", "kanaribalas", "kanarinota"
ALL = (NAME, MAIL, NIK, PHONE, STREET, FILE, FREE, INSIDE, TOLD, REPLIED, NOTE)


def found(text: str) -> set[str]:
    """Return the canaries in a text: also broken over lines, in escapes, in base64, or one word of them."""
    readings = [
        text,
        html.unescape(text),
        unquote_plus(text),
        quopri.decodestring(text.encode()).decode("utf-8", "replace"),
    ]
    for run in re.findall(r"[A-Za-z0-9+/]{16,}={0,2}", text):
        padded = run + "=" * (-len(run) % 4)
        try:
            readings.append(base64.b64decode(padded).decode("utf-8", "replace"))
        except ValueError:
            continue
    plain = [re.sub(r"[\s\W_]+", "", one).casefold() for one in readings]
    return {bird for bird in ALL if any(_plain(part) in one for one in plain for part in _parts(bird))}


def _parts(bird: str) -> list[str]:
    """Return a canary and, of one of several words, each word that is a canary by itself."""
    return [bird, *(word for word in bird.split() if word.startswith("Kanari"))]


def _plain(text: str) -> str:
    return re.sub(r"[\s\W_]+", "", text).casefold()


def tables() -> dict[str, set[str]]:
    """Return the tables of the database in which there is a canary, and which."""
    where: dict[str, set[str]] = {}
    with scope.everywhere("every table is searched"):
        for model in apps.get_models():
            birds = {bird for row in model._base_manager.values() for bird in found(str(row))}
            if birds:
                where[model._meta.label] = birds
    return where


class Post(socketserver.ThreadingTCPServer):
    """A mail server on loopback that keeps what it is given, envelope and all."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Dialogue)
        self.mails: list[tuple[list[str], str]] = []

    def said(self) -> list[str]:
        """Return subject, other headers and text of each mail, decoded, but for whom it goes to."""
        return [_said(text) for _to, text in self.mails]


class _Dialogue(socketserver.StreamRequestHandler):
    server: Post

    def handle(self) -> None:
        to: list[str] = []
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline().decode().strip():
            if line.upper().startswith("RCPT"):
                to.append(line.upper())
            if line.upper() != "DATA":
                self.wfile.write(b"221 bye\r\n" if line.upper() == "QUIT" else b"250 yes\r\n")
                continue
            self.wfile.write(b"354 go on\r\n")
            parts = list(iter(self.rfile.readline, b".\r\n"))
            self.server.mails.append((to, b"".join(parts).decode()))
            to = []
            self.wfile.write(b"250 taken\r\n")


def _said(text: str) -> str:
    mail: Any = email.message_from_string(text, policy=email.policy.default)
    headers = [f"{name}: {value}" for name, value in mail.items() if name != "To"]
    return "\n".join([*headers, *(part.get_content() for part in mail.walk() if not part.is_multipart())])


class Log(logging.Handler):
    """Keeps all that any logger says, from DEBUG on, with every extra that comes along and tracebacks."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += [self.format(record), str(vars(record))]

    def text(self) -> str:
        return "\n".join(self.lines)


@contextmanager
def listening() -> Iterator[Log]:
    """Hear the root of all loggers, and those that do not tell it."""
    log = Log()
    every = [one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    deaf = [logging.root, *(one for one in every if not one.propagate)]
    before = [(one, one.level) for one in deaf]
    for one in deaf:
        one.addHandler(log)
        one.setLevel(logging.DEBUG)
    try:
        yield log
    finally:
        for one, level in before:
            one.removeHandler(log)
            one.setLevel(level)


@contextmanager
def post_office(settings: Any) -> Iterator[Post]:
    """Have all mail go to a real server on loopback."""
    with Post() as post:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = post.server_address[0], post.server_address[1]
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        threading.Thread(target=post.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield post
        finally:
            post.shutdown()
