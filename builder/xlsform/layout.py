"""Pages where a workbook has none: each group at the top is one, what stands loose has its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from builder.jsonschema import logic
from builder.jsonschema.logic import Unsayable
from builder.xlsform.structure import SHEET, Structure
from builder.xlsform.tree import Node
from schemas import structure as shapes

Json = Any
MOST_ON_PAGE = 90


@dataclass(eq=False)
class Page:
    """One screen; `node` is the group that it was."""

    title: Json
    node: Node | None = None
    items: list[Node] = field(default_factory=list)
    key: str = ""


def shorten(structure: Structure) -> None:
    """Refuse what is more than a document may hold."""
    seen = 0
    for node in list(structure.taken()):
        if node.refused or (node.kind == "group" and node.parent is None):
            continue
        seen += 1 + int(node.other)
        if seen > shapes.MAX_FIELDS:
            structure.refuse(node, "type", "questions.many", limit=shapes.MAX_FIELDS)


def without_empty(structure: Structure) -> None:
    """Refuse groups and repeats in which nothing is left."""
    for node in reversed(structure.nodes):
        left = any(not child.refused for child in node.children)
        if node.kind != "question" and not node.refused and not left:
            structure.refuse(node, "type", "group.empty")


def pages(structure: Structure, first: Json, rest: Json) -> list[Page]:
    """Return the pages, with no group in a group."""
    found: list[Page] = []
    loose: Page | None = None
    for node in structure.top:
        if node.refused:
            continue
        if node.kind == "group":
            node.is_page, loose = True, None
            found.append(Page(node.label, node, _flat(node.children, structure, grouped=False)))
        else:
            if loose is None:
                loose = Page(rest if found else first)
                found.append(loose)
            loose.items += _flat([node], structure, grouped=False)
    return _numbered([part for page in _asking(found, structure) for part in _portions(page)])


def _asking(found: list[Page], structure: Structure) -> list[Page]:
    """Put what is only noted or worked out on the page beside it: every page asks for something."""
    kept: list[Page] = []
    noted: list[Node] = []
    for page in found:
        if all(node.type == "metadata" for node in page.items):
            noted += page.items
            if page.node is not None:
                structure.ledger.look(SHEET, page.node.row.number, "type", "group.noted")
        elif kept and page.node is None and _always(kept[-1]) and _worked_out(page.items):
            kept[-1].items += page.items
        else:
            page.items, noted = [*noted, *page.items], []
            kept.append(page)
    if noted and kept:
        kept[-1].items += noted
    return kept or found


def _always(page: Page) -> bool:
    return page.node is None or "visible" not in page.node.rules


def _worked_out(items: list[Node]) -> bool:
    return all("calculate" in node.rules or node.type == "metadata" for node in items)


def _flat(nodes: list[Node], structure: Structure, *, grouped: bool) -> list[Node]:
    found: list[Node] = []
    for node in nodes:
        if node.refused:
            continue
        if node.kind == "group" and grouped:
            structure.ledger.without(SHEET, node.row.number, "type", "group.deep")
            heading, said = _heading(node, structure), node.label or structure.columns.texts(node.row, "hint")
            found += [*([heading] if said else []), *_flat(node.children, structure, grouped=True)]
            continue
        if node.kind != "question":
            node.children = _flat(node.children, structure, grouped=node.kind == "group")
        found.append(node)
    return found


def _heading(node: Node, structure: Structure) -> Node:
    """Leave the words of a group, and give its condition to what stands inside."""
    for child in node.children:
        if "visible" in node.rules and not child.refused:
            both = [node.rules["visible"], *([child.rules["visible"]] if "visible" in child.rules else [])]
            try:
                child.rules["visible"] = logic.both(both)
            except Unsayable as fault:
                child.rules["visible"] = node.rules["visible"]
                column, own = (
                    structure.columns.written("relevant"),
                    structure.columns.get(child.row, "relevant"),
                )
                structure.ledger.without(SHEET, child.row.number, column, fault.reason, value=own[:120])
    return Node(
        node.row, "question", node.name, "heading", node.parent, at=node.at, key=node.key, type="heading",
        label=node.label, rules={name: rule for name, rule in node.rules.items() if name == "visible"},
    )  # fmt: skip


def _portions(page: Page) -> list[Page]:
    """Divide a page, and its groups, of which a document allows no more than a hundred items."""
    items = [part for node in page.items for part in _parts(node)]
    portions = [items[at : at + MOST_ON_PAGE] for at in range(0, len(items), MOST_ON_PAGE)]
    return [Page(page.title, page.node, portion) for portion in portions]


def _parts(node: Node) -> list[Node]:
    if node.kind == "question" or len(node.children) <= MOST_ON_PAGE:
        return [node]
    portions = [node.children[at : at + MOST_ON_PAGE] for at in range(0, len(node.children), MOST_ON_PAGE)]
    parts = []
    for number, portion in enumerate(portions):
        part = Node(
            node.row, "group", node.name, node.written, node.parent, portion, key=node.key, type="group"
        )
        part.label, part.at, part.is_page = node.label, node.at, False
        if number or node.kind == "repeat":
            part.key = f"{node.key[:36]}_{number + 1}"
        if node.kind == "group":
            part.rules = dict(node.rules)
        parts.append(part)
    if node.kind == "group":
        return parts
    node.children = parts
    return [node]


def _numbered(found: list[Page]) -> list[Page]:
    """Tell every question on which page it stands."""
    for number, page in enumerate(found):
        for top in page.items:
            for node in top.walk():
                node.page = number
        if page.node is not None:
            page.node.page = number
    return found
