"""The bones of a page: its elements and the names of their attributes, and every address it leads to."""

from __future__ import annotations

from html.parser import HTMLParser

ADDRESSES = ("href", "src", "action", "formaction", "srcdoc", "data", "poster", "xlink:href")
DANGEROUS = ("javascript:", "data:text", "vbscript:", "//evil.example", "https://evil", "http://evil")


class Skeleton(HTMLParser):
    """What a parser makes of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.bones: list[tuple[str, tuple[str, ...]]] = []
        self.addresses: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.bones.append((tag, tuple(sorted(name for name, _value in attrs))))
        self.addresses += [value or "" for name, value in attrs if name in ADDRESSES]

    @property
    def dangerous(self) -> list[str]:
        """Return the addresses that would run something or leave the site."""
        tight = ("".join(address.split()).lower() for address in self.addresses)
        return [address for address in tight if address.startswith(DANGEROUS)]

    @property
    def handlers(self) -> list[str]:
        return [name for _tag, names in self.bones for name in names if name.startswith("on")]
