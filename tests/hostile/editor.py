"""The addresses of the editor, what their forms send, and what somebody with bad intentions sends instead."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cms.access.routes import all_routes

DOORS = ("admin/login/", "admin/logout/", "admin/password_reset/")
SERVICES, BUILDER, LISTS = "admin/services/", "admin/builder/", "admin/lists/"
HISTORY = f"{SERVICES}history/<int:pk>/"
COMPARE = (
    rf"{SERVICES}history/(?P<pk>.+)/revisions/compare/"
    r"(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$"
)
JSON = ("",)
"""Marks an address that reads JSON from the body and not the fields of a form."""
WINDOW = ("loaded_revision_id", "loaded_revision_created_at", "overwrite_revision_id")
BUTTONS = ("publish", "ask-review", "approve-review", "return-review", "withdraw-review", "unpublish")
EDIT = (
    *("document", "note", "answer", "go_live_at", "expire_at", "next", "b-window", *WINDOW),
    *(f"action-{button}" for button in BUTTONS),
)

SENT: dict[str, tuple[str, ...]] = {
    f"{BUILDER}panel/<int:pk>/check/": JSON,
    f"{BUILDER}panel/<int:pk>/drawing/<slug:form>/": (),
    f"{BUILDER}panel/<int:pk>/letter/<slug:letter>/": JSON,
    f"{BUILDER}panel/<int:pk>/letter/<slug:letter>/file/": ("document",),
    f"{BUILDER}session/": (),
    f"{BUILDER}returned/": (),
    f"{BUILDER}approvals/": (),
    f"{BUILDER}rules/": ("review", "two_people", "translated"),
    f"{BUILDER}bank/": JSON,
    f"{BUILDER}bank/<int:pk>/": (),
    f"{BUILDER}bank/<int:pk>/remove/": (),
    f"{BUILDER}workbook/<int:pk>/": (),
    f"{BUILDER}workbook/<int:pk>/file/": (),
    f"{BUILDER}translation/<int:pk>/": ("text:/title", "seal:/title", "fits:/title", "text:"),
    f"{BUILDER}translation/<int:pk>/file/": ("file",),
    f"{BUILDER}translation/<int:pk>/language/": ("code",),
    f"{BUILDER}tryout/<int:pk>/": ("do", "steps", "days", "name", "ending", "office", "profile", "register"),
    f"{BUILDER}stage/<int:pk>/": ("_return", "_remove", "nama", "seen"),
    f"{BUILDER}sharing/<int:pk>/": ("do", "which", "days"),
    LISTS: (),
    f"{LISTS}upload/": ("title", "edition", "file"),
    f"{LISTS}review/": ("do", "type-value"),
    f"{LISTS}<int:pk>/upload/": ("title", "edition", "file"),
    f"{LISTS}editions/<int:pk>/": (),
    f"{LISTS}editions/<int:pk>/download/": (),
    f"{LISTS}editions/<int:pk>/delete/": ("next",),
    SERVICES: (),
    f"{SERVICES}results/": (),
    f"{SERVICES}add/": ("title", "approval"),
    f"{SERVICES}from-schema/": ("title", "schema_file", "ui_file", "schema_text", "ui_text", "make"),
    f"{SERVICES}from-workbook/": ("title", "workbook", "kept", "make"),
    f"{SERVICES}edit/<int:pk>/": EDIT,
    f"{SERVICES}delete/<int:pk>/": ("next",),
    f"{SERVICES}usage/<int:pk>/": (),
    HISTORY: (),
    f"{SERVICES}history-results/<int:pk>/": (),
    f"{SERVICES}copy/<int:pk>/": ("title", "approval"),
    f"{SERVICES}inspect/<int:pk>/": (),
    f"{SERVICES}preview/": ("document", "note"),
    f"{SERVICES}preview/<int:pk>/": ("document", "note"),
    f"{HISTORY}revisions/<int:revision_id>/view/": (),
    f"{HISTORY}revisions/<int:revision_id>/revert/": EDIT,
    COMPARE: (),
    f"{HISTORY}revisions/<int:revision_id>/unschedule/": ("next",),
    f"{SERVICES}unpublish/<int:pk>/": ("next",),
    f"{SERVICES}lock/<int:pk>/": ("next",),
    f"{SERVICES}unlock/<int:pk>/": ("next",),
}
"""The fields that each address reads from what is posted; empty where it reads none."""

ASKED = (
    *("q", "p", "ordering", "who", "step", "do", "fill", "language", "story", "form", "show", "page", "mode"),
    *("in_preview_panel", "action", "user", "timestamp_from", "timestamp_to", "live", "export", "next", "at"),
)
"""What is read from addresses after the question mark."""

BOMB = "gzip:" + base64.b64encode(gzip.compress(b" " * 50_000_000)).decode()
WORDS = (
    *("", "\x00", "a\x00b", "x\r\nSet-Cookie: a=b", "=1+1", "<script>alert(1)</script>", "\u202e", "%00"),
    *("[]", "{}", "null", "NaN", "1e400", '{"a": 1}', '"\\ud800"', '{"\\ud800": "\\ud800"}', '{"name": [1]}'),
    *('{"name": "a", "bundle": {"a": 1}}', '{"title": ["a"], "pages": "a", "key": 1}', "[" * 100_000),
    *(
        "gzip:",
        "gzip:%%%",
        BOMB,
        "-1",
        "0",
        "9" * 30,
        "9" * 5_000,
        "２",
        "²",
        "2026-13-45",
        "0001-01-01",
        "9999-12-31 23:59",
        "../x",
    ),
)
QUERIES = ("\x00<script>alert(1)</script>", "9" * 30, "-1", "2026-13-45", "x\r\nSet-Cookie: a=b")
"""What is no answer: nothing, control characters, foreign syntax, other shapes of JSON, odd numbers."""

BODIES = (
    ("application/json", b"\xff\xfe\x00"),
    ("application/x-www-form-urlencoded", b"document=%ED%A0%80&title=%ED%A0%80&name=%ff&text:=%00"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\n\x00\xff',
    ),
    ("multipart/form-data", b"--x\r\n"),
)
"""Bodies that are no text, or not what they say they are."""

NAMES = ("a\r\nX: y.csv", "../../x.xlsx", "<script>.json", "=cmd.csv", "a" * 300 + ".csv", "\u202exslx.csv")
CONTENTS = (
    *(
        b"",
        b"\x00" * 1000,
        b"PK\x03\x04",
        b"{",
        b"[" * 10_000,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600,
    ),
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]><xliff>&c;</xliff>",
    b"<?xml version='1.0'?><!DOCTYPE x SYSTEM 'file:///etc/passwd'><xliff/>",
    b"value,label\n=1+1,<script>alert(1)</script>\n",
    b'{"$ref": "file:///etc/passwd"}',
    b'{"type": ["a", 1], "properties": [1], "title": {"a": 1}}',
)
FILES = ("file", "schema_file", "ui_file", "workbook")


def addresses() -> list[str]:
    """Return the pattern of every address of the editor, as the site has them now."""
    found = (route.pattern for route in all_routes() if route.own and route.pattern.startswith("admin/"))
    return [pattern for pattern in found if pattern not in DOORS]


def attacks(fields: tuple[str, ...], turn: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield for an address that reads `fields` the method and the arguments of one request after another.

    Each address meets a part of what there is, another one at each `turn`.
    """
    for words in QUERIES[turn % 2 :: 2]:
        yield "get", {"data": dict.fromkeys(ASKED, words)}
    for words in WORDS[turn % 3 :: 3] if fields else ():
        if fields is JSON:
            yield "post", {"data": words, "content_type": "application/json"}
        else:
            yield "post", {"data": dict.fromkeys(fields, words)}
    for kind, body in BODIES[turn % 2 :: 2]:
        yield "generic", {"data": body, "content_type": kind}
    for name in sorted(set(fields) & set(FILES)):
        for called, content in list(zip(NAMES * 2, CONTENTS, strict=False))[turn % 2 :: 2]:
            others = {"title": "T", "edition": "e", "make": "1"}
            yield "post", {"data": {**others, name: SimpleUploadedFile(called, content)}}
