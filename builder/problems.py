"""From a problem's address in the document to its sentence and its place in the editor.

A place is a tab and, where there is one, the thing in that tab that the link selects.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from builder import fills, knowing
from builder import parts as names
from schemas import parse
from schemas.problems import Problem

Json = Any
CHIP = re.compile(r"\{[^{}]*\}")
SPOKEN = {"name", "field", "wanted", "found"}
THINGS = {
    *("pages", "fields", "statuses", "actions", "messages", "roles", "registers", "stories"),
    *("letters", "body"),
}

OWN = {
    ("pitfalls.known", ""): gettext_lazy(
        "“{name}” stands in the profile of whoever has one. "
        "Let it begin with that: then they need only check it."
    ),
    ("staff.new", ""): gettext_lazy(
        "“{name}” is a new role in {region}. The administrator can give it to somebody as soon as this "
        "service is handed in for review or published; until then applications wait for nobody."
    ),
    ("staff.nobody", ""): gettext_lazy(
        "Nobody in {region} is “{name}” yet, so applications would wait for nobody. "
        "Choose another officer, or ask the administrator to give somebody this role."
    ),
    ("staff.nobody_for_all", ""): gettext_lazy(
        "Nobody is “{name}” for all of {region}, only in single offices. "
        "Choose in which office, or ask the administrator to give somebody this role for the whole region."
    ),
    ("staff.nobody_there", ""): gettext_lazy(
        "Nobody is “{name}” in an office that handles these applications, or above one, only elsewhere in "
        "{region}. Choose in which office, or ask the administrator to give somebody there this role."
    ),
    ("staff.too_few", ""): gettext_lazy(
        "{count} people are to decide as “{name}”, but in {region} only {most} hold this role. "
        "Ask for fewer decisions, or ask the administrator to give more people this role."
    ),
    ("staff.one_person", ""): gettext_lazy(
        "“{name}” and “{found}” must be done by two people, but in {region} only one person can do either. "
        "Ask the administrator to give somebody else a role, or do not keep them apart."
    ),
    ("registers.not_connected", ""): gettext_lazy(
        "{region} is not connected to the register “{register}”, so “{name}” is typed by hand and marked "
        "to be verified. Ask the operator of the system to connect it, "
        "or fill the question in from elsewhere."
    ),
    ("registers.cannot_tell", ""): gettext_lazy(
        "{register} cannot tell “{value}”, so “{name}” is typed by hand. Choose something it can tell."
    ),
    ("registers.cannot_be_asked", ""): gettext_lazy(
        "{register} does not know by what it is asked for “{name}”. "
        "Choose by which questions the person is found."
    ),
    ("datasets.not_here", ""): gettext_lazy(
        "{region} has no list “{list}” with the edition “{edition}”, so nothing could be chosen. "
        "Import it under Lists, or choose another list for the question."
    ),
    ("datasets.other_column", ""): gettext_lazy(
        "The list “{list}”, edition “{edition}”, has no such column “{column}” in {region}. "
        "Choose the list anew for the question."
    ),
    ("areas.not_here", ""): gettext_lazy(
        "The list of provinces, regencies, districts and villages is not loaded here, so “{name}” could not "
        "be answered. Ask the operator of the system to load it."
    ),
    ("effects.not_here", ""): gettext_lazy(
        "{region} has no connection “{connection}” to another system. Ask the administrator to add it under "
        "Outgoing connections, or take this out."
    ),
    ("effects.no_gateway", ""): gettext_lazy(
        "{region} has no gateway for {via}, so nobody would get this message. Ask the administrator to add "
        "one under Outgoing connections, or take this out."
    ),
    ("effects.no_service", ""): gettext_lazy(
        "{region} does not take applications for the service “{service}” now, so none could be filed. "
        "Publish or open that service first, or take this out."
    ),
    ("effects.no_question", ""): gettext_lazy(
        "The form of the service “{service}” has no question “{question}” any more. Take this answer out."
    ),
    ("effects.unanswered_there", ""): gettext_lazy(
        "The service “{service}” always asks “{question}”, and nothing is taken along for it, so no "
        "application could be filed. Say where the answer comes from."
    ),
    ("effects.circle", ""): gettext_lazy(
        "The service “{service}” files applications that lead back to this service, so they could go round "
        "for ever. Take this out, or take it out there."
    ),
    ("letters.filter", ""): gettext_lazy(
        "“{name}” is no way to write an answer. Click on it in the text and choose how it is written."
    ),
    ("letters.fact", ""): gettext_lazy(
        "“{name}” is nothing that letters can fill in. Take it out and choose what is meant below the text."
    ),
    ("json.values", ""): gettext_lazy(
        "The service is too large to be kept, and most of it is here: {part}, {count} of them. "
        "Shorten the list, or split the service."
    ),
    ("structure.many", ""): gettext_lazy(
        "{part}: there are {count}, and at most {limit} are possible. Take out {over} or more."
    ),
    ("structure.many", "options"): gettext_lazy(
        "{part}: there are {count}, and at most {limit} are possible. "
        "Take out {over} or more, or upload them under Lists and choose from there."
    ),
    ("structure.many", "fields"): gettext_lazy(
        "{part}: there are {count} in one place, and at most {limit} are possible. "
        "Move {over} or more to another page."
    ),
    ("structure.long", ""): gettext_lazy(
        "{part}: {count} characters, and at most {limit} are possible. Shorten it by {over} or more."
    ),
    ("structure.empty", ""): gettext_lazy("{part}: nothing stands there yet. Fill it in."),
    ("structure.empty", "separate"): gettext_lazy("{part}: choose at least {limit}."),
    ("structure.range", "maximum"): gettext_lazy("{part}: {value} is too much; at most {limit} is possible."),
    ("structure.range", "minimum"): gettext_lazy(
        "{part}: {value} is too little; at least {limit} is needed."
    ),
    ("structure.empty", "options"): gettext_lazy("Write the answers to choose from, one per line."),
    ("structure.empty", "kinds"): gettext_lazy("Choose which kinds of office can be named."),
}
LANGUAGES = {"id": gettext_lazy("Indonesian"), "en": gettext_lazy("English")}
MISTAKES = "pitfalls."
"""How the codes of usual mistakes begin, said beside the question with a click that puts them right."""
TABS = {
    "pages": "questions",
    "workflow": "workflow",
    "messages": "texts",
    "applicant": "info",
    "standard": "info",
    "privacy": "info",
    "stories": "publish",
    "letters": "texts",
}


def described(found: tuple[Problem, ...], document: Json) -> list[dict[str, Json]]:
    """Return `found` as the panel shows it: sentence, tab, target and where that is in words.

    Those of one kind have the same `alike`. A mistake that the panel can put right has its `data`, too.
    """
    language = (get_language() or "id")[:2]
    titles = titles_in(document)
    found = tuple(_at_the_longest(one, document) for one in found)
    return [
        {
            "code": problem.code,
            "alike": _kind_of(problem),
            "severity": problem.severity,
            "sentence": sentence(problem, titles | titles_in(_part(document, problem)), language),
            **({"data": dict(problem.data)} if problem.code.startswith(MISTAKES) else {}),
            **place(problem.pointer, document),
        }
        for problem in found
    ]


def _kind_of(problem: Problem) -> str:
    """Return what problems of one kind have in common: of a wrong shape also the part that has it."""
    part = names.called(problem.pointer) if problem.code.startswith("structure.") else ""
    return f"{problem.code} {part}".strip()


def _at_the_longest(problem: Problem, document: Json) -> Problem:
    """Let a document that is too large as a whole be shortened where most of it stands."""
    if problem.code != "json.values" or not isinstance(document, dict):
        return problem
    pointer, count = names.longest(document)
    return replace(problem, pointer=pointer, data={**problem.data, "count": count})


def refused(found: tuple[Problem, ...], text: str | bytes) -> Json:
    """Return what a text says that was refused for its size alone: so it can be said where most of it is."""
    if not found or any(one.code != "json.values" for one in found):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def mistakes(document: Json) -> list[tuple[str, str]]:
    """Return place and sentence of each usual mistake in a document that was just made of something else."""
    checked = parse.check_value(document)
    known = knowing.suggestions(checked.module) if checked.module is not None else ()
    found = tuple(one for one in (*checked.problems, *known) if one.code.startswith(MISTAKES))
    return [(one["where"], one["sentence"]) for one in described(found, document)]


def _part(document: Json, problem: Problem) -> Json:
    """Return the part of the document a problem lies in: of two things with one key, its own is meant."""
    first = problem.pointer.split("/")[1:2]
    return {first[0]: document.get(first[0])} if first and isinstance(document, dict) else None


def sentence(problem: Problem, titles: dict[str, str], language: str) -> str:
    """Return the problem's sentence; where the editor knows the place better, its own."""
    about = problem.data.get("rule") or problem.pointer.rpartition("/")[2]
    own = str(OWN.get((problem.code, about)) or OWN.get((problem.code, "")) or "")
    values = {**in_words(problem, titles).data, **_measured(problem)}
    if not own or any(place[1:-1] not in values for place in CHIP.findall(own)):
        story = problem.data.get("story") or {}
        told = story.get(language) or story.get("en", "")
        return f"{told} {in_words(problem, titles).sentence(language)}".strip()
    return CHIP.sub(lambda place: str(values[place[0][1:-1]]), own)


def _measured(problem: Problem) -> dict[str, Json]:
    """Return which part is too long, too many or too large, and by how much."""
    count, limit = problem.data.get("count"), problem.data.get("limit")
    over = {"over": count - limit} if isinstance(count, int) and isinstance(limit, int) else {}
    return {"part": names.called(problem.pointer), **over}


def in_words(problem: Problem, titles: dict[str, str]) -> Problem:
    """Return the problem with keys replaced by the words people know the things by."""
    data = {
        name: titles.get(value, value) if name in SPOKEN and isinstance(value, str) else value
        for name, value in problem.data.items()
    }
    if problem.code == "messages.token":
        data["name"] = problem.data["name"]  # what was typed, even where a question has it for a key
        data["known"] = [str(fills.TOKENS.get(one, one)) for one in data["known"]]
    if problem.code == "chips.lost":
        data["name"] = [titles.get(key, key) for key in problem.data["name"]]
    if problem.code in {"texts.missing", "texts.extra", "chips.lost"}:
        data["languages"] = [str(LANGUAGES.get(code, code)) for code in data["languages"]]
    return replace(problem, data=data)


def titles_in(document: Json) -> dict[str, str]:
    """Return the title of everything in the document that has a key, with what it fills in named in words."""
    found: dict[str, tuple[str, str]] = {}
    waiting: list[tuple[str, Json]] = [("", document)]
    while waiting:
        section, value = waiting.pop()
        if isinstance(value, dict):
            if _key(value) and called(value):
                found[_key(value)] = fills.section(section, value), called(value)
            waiting.extend((section or name, inner) for name, inner in value.items())
        elif isinstance(value, list):
            waiting.extend((section, inner) for inner in value)
    titles = {key: words for key, (_section, words) in found.items()}
    return {key: fills.spoken(words, section, titles) for key, (section, words) in found.items()}


def place(pointer: str, document: Json) -> dict[str, Json]:
    """Return `{"tab", "target", "where"}` of the thing that `pointer` points into."""
    parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    if parts[:1] == ["datasets"] and len(parts) > 1:
        parts = _first_user(parts[1], document) or parts
    tab = TABS.get(parts[0], "info") if parts else "info"
    target: dict[str, Json] = {}
    words: list[str] = []
    rows: list[str] = []
    for kind, index, thing in things(parts, document):
        before, target = target, {"kind": kind, "index": index, **_parent(target), "key": _id(rows, thing)}
        if kind == "body":
            target = _block(target, before)
        words.append(_named(kind, index, thing))
        if _kind(thing) == "repeat":
            rows.append(_key(thing))
    if not target:
        target = {"kind": "property", "key": "/".join(parts)}
    return {"tab": tab, "target": target, "where": " › ".join(words)}


def _first_user(dataset: str, document: Json) -> list[str]:
    """Return where the first question stands that chooses from a list: the list is edited there."""
    waiting: list[tuple[list[str], Json]] = [(["pages"], document.get("pages"))]
    while waiting:
        path, value = waiting.pop(0)
        if isinstance(value, dict) and value.get("dataset") == dataset:
            return path
        if isinstance(value, dict):
            waiting.append(([*path, "fields"], value.get("fields")))
        elif isinstance(value, list):
            waiting.extend(([*path, str(at)], inner) for at, inner in enumerate(value))
    return []


def _block(block: dict[str, Json], around: dict[str, Json]) -> dict[str, Json]:
    """Return the target of a part of a letter, called by the letter's key and where the part stands in it."""
    between = "." if around.get("kind") == "body" else ":"
    return {**block, "key": f"{around.get('key', '')}{between}{block['index']}"}


def _parent(target: dict[str, Json]) -> dict[str, Json]:
    return {"parent": target["index"]} if target else {}


def things(parts: list[str], document: Json) -> Iterator[tuple[str, int, Json]]:
    """Yield kind, number and value of the pages, questions, statuses, … that the address passes through."""
    value = document
    name = ""
    for part in parts:
        if isinstance(value, dict):
            name, value = part, value.get(part)
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
            if name in THINGS:
                yield name, int(part), value
        else:
            return


def _id(rows: list[str], thing: Json) -> str:
    """Return the editor's name of a thing: its key after the repeats around it; of a group, # and its key."""
    return f"#{_key(thing)}" if _kind(thing) == "group" else "/".join([*rows, _key(thing)])


def _kind(thing: Json) -> Json:
    return thing.get("type") if isinstance(thing, dict) else None


def _key(thing: Json) -> str:
    key = thing.get("key") if isinstance(thing, dict) else None
    return key if isinstance(key, str) else ""


def _named(kind: str, index: int, thing: Json) -> str:
    filled = kind == "letters" or fills.section("pages", thing) == fills.WORDS
    title = CHIP.sub("…", called(thing)) if filled else fills.spoken(called(thing), kind, {})
    number = index + 1
    names = {
        "pages": _("Page {number}"),
        "fields": _("Group {number}") if _kind(thing) == "group" else _("Question {number}"),
        "statuses": _("Status {number}"),
        "actions": _("Action {number}"),
        "messages": _("Message {number}"),
        "roles": _("Role {number}"),
        "registers": _("Number series {number}"),
        "stories": _("Story {number}"),
        "letters": _("Letter {number}"),
        "body": _("Part {number}"),
    }
    name = names[kind].replace("{number}", str(number))
    return f"{name}: {title}" if title else name


def called(thing: Json) -> str:
    """Return the words a person knows the thing by, in the language of the screen if there."""
    if not isinstance(thing, dict):
        return ""
    text = thing.get("label") or thing.get("title") or thing.get("subject") or ""
    if isinstance(text, dict):
        said = [text.get((get_language() or "id")[:2]), *text.values()]
        text = next((words for words in said if isinstance(words, str) and words), "")
    return text if isinstance(text, str) else ""
