"""The typesetter in a process of its own: JSON in, files out. Started by `typesetting`, never imported by us.

It is started without environment, knows nothing of the site, reads one template and runs in an empty
folder. Memory and the size of files are limited where the system can do it; time by whoever started it.

In: {"template", "letter", "stamp", "format", "ppi", "root"}. Out: for each file its length in eight bytes
and its bytes. On a fault nothing but the words on the error channel, and an exit status other than 0.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any

import typst

if sys.platform != "win32":
    import resource

MOST_MEMORY = 1 << 30
MOST_UNKNOWN = 300
STANDARDS: list[Any] = ["a-2a", "ua-1"]
WHITE_SQUARE = "□"
_UNKNOWN = re.compile(r'the text `("(?:[^"\\]|\\.)*")` could not be displayed')


def main() -> None:
    _limit()
    wanted = json.load(sys.stdin.buffer)
    made = compiled(wanted)
    for file in made if isinstance(made, list) else [made]:
        sys.stdout.buffer.write(len(file).to_bytes(8, "big") + file)


def compiled(wanted: dict[str, Any]) -> Any:
    """Return the file, or a list of pages. What no font has a shape for becomes a white square."""
    letter = json.dumps(wanted["letter"], ensure_ascii=False)
    for _turn in range(MOST_UNKNOWN):
        try:
            return _compile(wanted, letter)
        except typst.TypstError as fault:
            unknown = _UNKNOWN.search(str(fault))
            if not unknown:
                raise
            without = _without(letter, unknown[1])
            if without == letter:
                raise
            letter = without
    raise ValueError("too many characters that no font has")


def _compile(wanted: dict[str, Any], letter: str) -> Any:
    return typst.compile(
        wanted["template"].encode(),
        root=wanted["root"],
        package_path=wanted["root"],
        package_cache_path=wanted["root"],
        ignore_system_fonts=True,
        sys_inputs={"letter": letter},
        timestamp=wanted["stamp"],
        format=wanted["format"],
        ppi=wanted["ppi"],
        pdf_standards=STANDARDS if wanted["format"] == "pdf" else [],
    )


def _without(letter: str, unknown: str) -> str:
    """Return the JSON with a white square for what the typesetter called unknown, quoted as it quotes."""
    text = json.loads(re.sub(r"\\u\{([0-9a-fA-F]+)\}", _escaped, unknown))
    return letter.replace(text, WHITE_SQUARE)


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(chr(int(found[1], 16)))[1:-1]


def _limit() -> None:
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    main()
