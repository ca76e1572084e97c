"""The tables of the guide: what became of each form of others, and why not all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

from django.utils.translation import override

from builder import schemareport
from tests import corpora
from tests.corpora.walk import Walk, walk

BEGIN, END = "<!-- forms of others: begin -->", "<!-- forms of others: end -->"
MOST_REASONS = 4


@cache
def walks(corpus: str) -> tuple[Walk, ...]:
    """Return every form of a corpus, taken all the way."""
    return tuple(walk(form) for form in corpora.forms(corpus))


def summary() -> Iterator[str]:
    """Yield one line for each corpus."""
    for corpus, package in corpora.NAMES.items():
        counted = Counter(one.verdict for one in walks(corpus))
        total = sum(counted.values())
        yield (
            f"{package}: {total} forms, {counted['full']} full ({100 * counted['full'] / total:.0f} %), "
            f"{counted['partial']} partial, {counted['refused']} refused"
        )


def inserted(guide: str) -> str:
    """Return the guide with the tables between their marks written anew."""
    before, rest = guide.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n{_tables()}{END}{after}"


def _tables() -> str:
    lines: list[str] = []
    for (corpus, package), said in zip(corpora.NAMES.items(), summary(), strict=True):
        lines += ["", f"### {package}", "", said.partition(": ")[2] + ".", ""]
        lines += ["| form | | why not all, and what of its own data was left out |", "|---|---|---|"]
        lines += [f"| {one.name} | {one.verdict} | {_reasons(one)} |" for one in walks(corpus)]
    return "\n".join([*lines, ""])


def _reasons(one: Walk) -> str:
    """Return the reasons of a verdict, and the data its own schema refuses or does not describe."""
    with override("en"):
        lost = [
            f"`{entry.pointer or '/'}` {schemareport.sentence(entry)}"
            for status in ("refused", "partial")
            for entry in one.conversion.entries(status)  # type: ignore[arg-type]  # a tuple of literals
            if entry.about == "data"
        ]
    said = [
        *lost[:MOST_REASONS],
        *([f"… and {len(lost) - MOST_REASONS} more"] if len(lost) > MOST_REASONS else []),
    ]
    said += one.faults
    if one.invalid:
        said.append("refused by its own schema: " + ", ".join(f"`{place}`" for place in one.invalid[:5]))
    if one.unasked:
        said.append("not in its schema: " + ", ".join(f"`{place}`" for place in one.unasked[:5]))
    return "; ".join(said).replace("|", "\\|").replace("\n", " ")
