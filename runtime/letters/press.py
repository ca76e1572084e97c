"""The typesetter in a process of its own: JSON in, files out. Started by `typesetting`, never imported by us.

It is started without environment, knows nothing of the site, reads one template and runs in an empty
folder. Memory and the size of files are limited where the system can do it; time by whoever started it.

In: {"template", "letter", "stamp", "format", "ppi", "root", "strict"}. Out: for each file its length in eight
bytes and its bytes. On a fault nothing but the words on the error channel, and an exit status other than 0;
where it is strict and no font has some characters, it is SHAPELESS and the words are those characters.
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
SHAPELESS = 3
_UNKNOWN = re.compile(r'the text `("(?:[^"\\]|\\.)*")` could not be displayed')


def main() -> None:
    _limit()
    wanted = json.load(sys.stdin.buffer)
    made, unknown = compiled(wanted)
    if unknown and wanted["strict"]:
        sys.stderr.buffer.write("".join(unknown).encode())
        sys.exit(SHAPELESS)
    for file in made if isinstance(made, list) else [made]:
        sys.stdout.buffer.write(len(file).to_bytes(8, "big") + file)


def compiled(wanted: dict[str, Any]) -> tuple[Any, list[str]]:
    """Return the file, or a list of pages, and what no font has a shape for: that became a white square."""
    letter = json.dumps(wanted["letter"], ensure_ascii=False)
    missing: list[str] = []
    for _turn in range(MOST_UNKNOWN):
        try:
            return _compile(wanted, letter), missing
        except typst.TypstError as fault:
            unknown = _UNKNOWN.search(str(fault))
            if not unknown:
                raise
            text = _unquoted(unknown[1])
            without = letter.replace(text, WHITE_SQUARE)
            if without == letter:
                raise
            letter = without
            missing.append(text)
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


def _unquoted(unknown: str) -> str:
    """Return what the typesetter called unknown, quoted as it quotes."""
    return str(json.loads(re.sub(r"\\u\{([0-9a-fA-F]+)\}", _escaped, unknown)))


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(chr(int(found[1], 16)))[1:-1]


def _limit() -> None:
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    main()
