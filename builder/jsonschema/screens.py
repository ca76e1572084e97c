"""Pages where no layout makes them, and groups that hold no group."""

from __future__ import annotations

from collections import Counter

from builder.jsonschema.objects import under
from builder.jsonschema.tree import Item, Screen
from schemas import fieldtypes

FEW = 20  # questions that a citizen answers on one page
SMALL = 4  # a group of so many items stands among other questions
MOST_TOGETHER = 90
MOST_ON_PAGE = 40  # items on a page of somebody else's layout


def by_default(items: list[Item], title: str) -> list[Screen]:
    """Return pages for items that no layout orders: one, or when they are many one per part."""
    screens, seen = _screens(items, title), Counter[str]()
    for screen in screens:
        seen[screen.title] += 1
        if seen[screen.title] > 1:
            screen.title = f"{screen.title} ({seen[screen.title]})"
    return screens


def _screens(items: list[Item], title: str) -> list[Screen]:
    if _asked(items) <= FEW:
        return [Screen(title, items)]
    screens: list[Screen] = []
    plain: list[Item] = []
    for item in items:
        if item.kind != "question" and sum(1 for _ in item.walk()) > SMALL:
            screens += [*_divided(plain, title), *_part(item, title)]
            plain = []
        else:
            plain.append(item)
    return [*screens, *_divided(plain, title)]


def _asked(items: list[Item]) -> int:
    return sum(1 for item in items for one in item.walk() if one.kind == "question")


def _part(item: Item, title: str) -> list[Screen]:
    """Return the pages of one group or repeat; a group of many questions has several."""
    title = item.label or title
    if item.kind != "group" or _asked([item]) <= FEW or item.marks.get("some"):
        return [Screen(title, [item])]
    for child in item.children:
        under(child, item.visible)
    pages = _screens(item.children, title)
    pages[0].intro = item.help
    return pages


def _divided(items: list[Item], title: str) -> list[Screen]:
    """Return plain questions on as few pages as hold them, about the same number on each."""
    number = -(-_asked(items) // FEW)
    each, pages = _asked(items) / max(number, 1), [Screen(title)]
    seen = 0
    for item in items:
        if pages[-1].items and seen >= each * len(pages):
            pages.append(Screen(title))
        pages[-1].items.append(item)
        seen += _asked([item])
    return pages if items else []


def portioned(pages: list[Screen]) -> list[Screen]:
    """Return pages and groups that hold no more than they may; what is said of a page stays on its parts."""
    found: list[Screen] = []
    for page in pages:
        items = [part for item in page.items for part in _portions(item)]
        number = max(1, -(-len(items) // MOST_ON_PAGE))
        each = -(-len(items) // number)
        for at in range(number):
            part = Screen(page.title if not at else f"{page.title} ({at + 1})")
            part.items = items[at * each : (at + 1) * each]
            part.visible = page.visible
            part.intro = page.intro if not at else ""
            part.checks = page.checks if at == number - 1 else []
            if part.items or number == 1:
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
