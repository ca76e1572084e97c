"""Two documents → what has changed, as sentences with their places. Reads nothing but the two."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from builder import fills, parts, problems
from builder.panel.comparing.names import LANGUAGES
from builder.panel.comparing.saying import Document, Speaker
from schemas import diff, digest
from schemas.definition import Json
from schemas.diff import Difference

RULES = frozenset({"required", "visible", "check", "calculate", "filter", "default", "row"})
ORDER = ("info", "questions", "workflow", "texts", "publish")
LONGEST = 160
BEFORE = 40
_PLACE = re.compile(r"\{([a-z]+)\}")
_HALF_AT_END, _HALF_AT_BEGINNING = re.compile(r"\{[^{}]*$"), re.compile(r"^[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `target` is the place in the editor, None when it is no longer there."""

    what: diff.What
    tab: str
    target: dict[str, Any] | None
    where: str
    sentence: str


def changes(old: Speaker, new: Speaker) -> list[Change]:
    """Return what has changed between the documents of two speakers, tab by tab."""
    found: list[Change] = []
    for one in diff.differences(old.document, new.document):
        place = _place(one, old.document, new.document)
        section, titles = _section(one, old, new), {**old.titles, **new.titles}
        for sentence in _sentences(one, old, new):
            said = fills.spoken(sentence, section, titles)
            found.append(Change(one.what, place["tab"], place["target"], place["where"], said))
    return sorted(found, key=lambda change: ORDER.index(change.tab))


def _section(one: Difference, old: Speaker, new: Speaker) -> str:
    """Return which names the texts know that a difference tells, in the version that fills in answers."""
    parts = one.pointer.split("/")[1:]
    found = (list(problems.things(parts, each.document))[-1:] for each in (old, new))
    told = [fills.section(one.pointer, thing) for last in found for _kind, _index, thing in last]
    return fills.WORDS if fills.WORDS in told else fills.section(one.pointer)


def _place(one: Difference, old: Document, new: Document) -> dict[str, Any]:
    gone = one.what == "removed"
    at = one.pointer or f"/{one.name[0]}"
    place = problems.place(at, old if gone else new)
    return {**place, "target": None} if gone else place


def _sentences(one: Difference, old: Speaker, new: Speaker) -> Iterator[str]:
    if one.what == "changed":
        yield from (_about(one, new, sentence) for sentence in _changed(one, old, new))
        return
    kind, key = one.things[-1]
    speaker = old if one.what == "removed" else new
    thing = "" if kind in problems.THINGS else called(one, speaker, key)
    if one.what == "moved":
        yield _moved(one, new, thing)
    elif one.what == "removed":
        yield _("“{thing}” was removed").replace("{thing}", thing) if thing else _("Removed")
    elif thing:
        yield _("“{thing}” was added").replace("{thing}", thing)
    else:
        told = new.say(_value(one.after, "type"), "type") if kind == "fields" else ""
        yield _("Added: {kind}").replace("{kind}", told) if told else _("Added")


def called(one: Difference, speaker: Speaker, key: str) -> str:
    """Return what the thing of a difference is called."""
    for value in (one.after, one.before, parts.at(speaker.document, one.pointer)):
        if title := problems.called(value):
            return title
    return speaker.titles.get(key, key)


def _about(one: Difference, new: Speaker, sentence: str) -> str:
    """Name the thing in front when its place in the editor does not, such as one of many options."""
    if not one.things or one.things[-1][0] in problems.THINGS:
        return sentence
    thing = problems.called(parts.at(new.document, one.pointer)) or one.things[-1][1]
    return _filled(_("{thing}: {sentence}"), thing=thing, sentence=sentence)


def _moved(one: Difference, new: Speaker, thing: str) -> str:
    told: Any = one.after
    if told["in"] != _value(one.before, "in"):
        container = told["in"].removeprefix("page:").rpartition("/")[2].removeprefix("#")
        return _("Moved to “{place}”").replace("{place}", new.titles.get(container, container))
    behind = told["behind"].rpartition("/")[2].removeprefix("#")
    before = _title_beside(one, new, told["behind"]) or new.titles.get(behind, behind)
    if thing:
        words = (
            _("“{thing}” was moved and now comes after “{before}”")
            if before
            else _("“{thing}” was moved and now comes first")
        )
    else:
        words = _("Moved: now comes after “{before}”") if before else _("Moved: now comes first")
    return _filled(words, thing=thing, before=before)


def _title_beside(one: Difference, new: Speaker, key: str) -> str:
    """Return the title of the thing in the same list that has `key`: other kinds may have the same keys."""
    siblings = parts.at(new.document, one.pointer.rpartition("/")[0])
    for sibling in siblings if isinstance(siblings, list) else ():
        if _value(sibling, "key") == key or _value(sibling, "value") == key:
            return problems.called(sibling)
    return ""


def _changed(one: Difference, old: Speaker, new: Speaker) -> Iterator[str]:
    """Yield the sentences about a property that is another now."""
    name = "row" if one.name == ("row", "check") else one.name[-1]
    asked = bool(one.things) and one.things[-1][0] in ("fields", "pages")
    ruled = isinstance(one.before, dict) or isinstance(one.after, dict)
    if asked and name == "required" and not ruled and bool(one.before) != bool(one.after):
        yield _("Must be answered now") if one.after else _("Need not be answered any more")
    elif asked and name in RULES and ruled:
        sides = _rule(one, old, one.before, name), _rule(one, new, one.after, name)
        yield _turned(new.name(one.name), *sides)
    elif (texts := _texts(one, old, new)) is not None:
        yield from texts
    elif isinstance(one.before or one.after, list):
        yield from _listed(one, old, new)
    else:
        yield _turned(new.name(one.name), old.say(one.before, name), new.say(one.after, name))


def _rule(one: Difference, speaker: Speaker, value: Json, rule: str) -> str:
    """Return a rule as the editor says it beside its question, group or page."""
    kind, key = one.things[-1]
    owner = f"page:{key}" if kind == "pages" else key
    if key.startswith("#"):
        owner = f"#{key[1:].rpartition('/')[2]}"
    return (isinstance(value, dict) and speaker.rule(owner, rule)) or speaker.say(value, rule)


def _texts(one: Difference, old: Speaker, new: Speaker) -> list[str] | None:
    """Return a sentence for each language in which words have changed, None when it is not about words."""
    sides = []
    for speaker, value in ((old, one.before), (new, one.after)):
        plain = isinstance(value, str) and speaker.texts(one.after if value is one.before else one.before)
        sides.append({speaker.languages[0]: str(value)} if plain else speaker.texts(value))
    before, after = sides
    if (before is None and one.before is not None) or (after is None and one.after is not None):
        return None
    if before is None and after is None:
        return None
    held, told = before or {}, after or {}
    several = len({*held, *told, *new.languages}) > 1
    found = []
    for code in dict.fromkeys([*told, *held]):
        if held.get(code, "") == told.get(code, ""):
            continue
        name = new.name(one.name)
        if several:
            name = _filled(_("{name} ({language})"), name=name, language=str(LANGUAGES.get(code, code)))
        found.append(_turned(name, held.get(code, ""), told.get(code, "")))
    return found or [_filled(_("{name}: written differently, meaning the same"), name=new.name(one.name))]


def _listed(one: Difference, old: Speaker, new: Speaker) -> Iterator[str]:
    """Yield what was added to and removed from a list whose entries have no names."""
    label, name = new.name(one.name), one.name[-1]
    before, after = _raw(one.before), _raw(one.after)
    added = [_entry(new, entry, name) for entry in (after - before).elements()]
    gone = [_entry(old, entry, name) for entry in (before - after).elements()]
    if len(added) == 1 and len(gone) == 1:
        yield _turned(label, gone[0], added[0])
        return
    for said in added:
        yield _filled(_("{name}: added “{after}”"), name=label, after=_short(said))
    for said in gone:
        yield _filled(_("{name}: removed “{before}”"), name=label, before=_short(said))
    if not added and not gone:
        yield _filled(_("{name}: in another order"), name=label)


def _raw(value: Json) -> Counter[str]:
    """Return the entries of a list as texts that can be counted."""
    entries = value if isinstance(value, list) else [value] if value is not None else []
    return Counter(json.dumps(entry, sort_keys=True) for entry in entries)


def _entry(speaker: Speaker, entry: str, name: str) -> str:
    return speaker.say(digest.ordered(json.loads(entry)), name) or _("a part without a name")


def _turned(name: str, before: str, after: str) -> str:
    """Say that something was one thing and is another now."""
    if before == after:
        return _filled(_("{name}: changed"), name=name)
    if not before:
        return _filled(_("{name}: now “{after}”"), name=name, after=_short(after))
    if not after:
        return _filled(_("{name}: no longer “{before}”"), name=name, before=_short(before))
    start = _alike(before, after)
    words = _("{name}: “{before}” becomes “{after}”")
    return _filled(words, name=name, before=_short(before, start), after=_short(after, start))


def _alike(before: str, after: str) -> int:
    """Return how many letters at the beginning are the same."""
    return next(
        (at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other),
        min(len(before), len(after)),
    )


def _short(words: str, start: int = 0) -> str:
    """Return the part of long words that begins shortly before `start`."""
    if len(words) <= LONGEST:
        return words
    begin = max(0, min(start - BEFORE, len(words) - LONGEST))
    cut = words[begin : begin + LONGEST]
    if begin + LONGEST < len(words):
        cut = _HALF_AT_END.sub("", cut)
    if begin:
        cut = _HALF_AT_BEGINNING.sub("", cut)
    return f"{'…' if begin else ''}{cut.strip()}{'…' if begin + LONGEST < len(words) else ''}"


def _filled(words: str, **values: str) -> str:
    """Put values into their places at once: what stands in them is never read as a place."""
    pieces = _PLACE.split(words)
    return "".join(values.get(piece, "") if at % 2 else piece for at, piece in enumerate(pieces))


def _value(thing: Json, name: str) -> Any:
    return thing.get(name) if isinstance(thing, dict) else None
