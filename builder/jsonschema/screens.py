"""Pages where no layout makes them, and groups that hold no group."""

from __future__ import annotations

from builder.jsonschema.objects import under
from builder.jsonschema.tree import Item, Screen
from schemas import fieldtypes

FEW = 20
MOST_ON_PAGE = 60
MOST_TOGETHER = 90


def by_default(items: list[Item], title: str) -> list[Screen]:
    """Return pages for items that no layout orders: one, or when they are many one per part."""
    total = sum(1 for item in items for one in item.walk() if one.kind == "question")
    if total <= FEW:
        return [Screen(title, items)]
    screens: list[Screen] = []
    plain: Screen | None = None
    for item in items:
        own = item.kind != "question" and sum(1 for _ in item.walk()) > 4
        if own:
            screens.append(Screen(item.label or title, [item]))
            plain = None
        else:
            if plain is None or len(plain.items) >= MOST_ON_PAGE:
                plain = Screen(title)
                screens.append(plain)
            plain.items.append(item)
    return screens


def portioned(pages: list[Screen]) -> list[Screen]:
    """Return pages and groups that hold no more than they may."""
    found: list[Screen] = []
    for page in pages:
        items = [part for item in page.items for part in _portions(item)]
        for at in range(0, len(items), MOST_TOGETHER):
            part = Screen(page.title if not at else f"{page.title} ({at // MOST_TOGETHER + 1})")
            part.items = items[at : at + MOST_TOGETHER]
            part.visible = page.visible
            found.append(part)
    return found


def _portions(item: Item) -> list[Item]:
    if len(item.children) <= MOST_TOGETHER:
        return [item]
    parts: list[Item] = []
    for at in range(0, len(item.children), MOST_TOGETHER):
        group = Item("group", item.at, item.scope, f"{item.name} part", item.source)
        group.label = f"{item.label} ({at // MOST_TOGETHER + 1})"
        group.children = item.children[at : at + MOST_TOGETHER]
        parts.append(group)
    if item.kind == "group":
        for group in parts:
            group.visible, group.scope = item.visible, item.scope
        return parts
    item.children = parts
    return [item]


def flatten(items: list[Item], room: list[int], *, grouped: bool = False) -> list[Item]:
    """Return items without a group inside a group; the inner one leaves its name as words.

    `room` says how many such words there may still be.
    """
    found: list[Item] = []
    for item in items:
        if item.kind == "group" and grouped:
            heading = Item("question", "", item.scope, f"{item.name} words", label=item.label)
            heading.type = "heading" if fieldtypes.known("heading") else "note"
            heading.marks["note"] = True
            heading.visible = list(item.visible)
            for child in item.children:
                under(child, item.visible)
            found += [heading] if room[0] > 0 else []
            room[0] -= 1
            found += flatten(item.children, room, grouped=True)
            continue
        if item.children:
            item.children = flatten(item.children, room, grouped=item.kind == "group")
        found.append(item)
    return found
