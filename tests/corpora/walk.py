"""The whole way of one form of others: import, check, draw, fill in with its own data, and back again.

Knows no database: pages are posted to the real page forms. The wizard does the same in the tests.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from jsonschema.validators import Draft7Validator, validator_for
from referencing import Registry

from builder import schemaimport
from builder.jsonschema import Conversion, pointers
from builder.jsonschema.answers import leaves, to_answers, to_data, without_blanks
from runtime.forms import fields as registry
from runtime.forms.face import Circumstances, part_name
from runtime.forms.journey import journey
from runtime.forms.pageform import page_form
from runtime.forms.posted import SHOWN
from runtime.forms.spots import ROW
from schemas import parse
from schemas.definition import Field, Module, Page
from tests.corpora.sample import sample

Json = Any
TODAY = date(2026, 9, 7)
AROUND = Circumstances(language="id", today=TODAY)
MOST_ROUNDS = 400
MOST_PARTS = 500
MISSING = ("required", "minProperties", "dependentRequired", "dependencies", "minItems", "if")


@dataclass
class Walk:
    """What was found out about one form."""

    name: str
    conversion: Conversion
    module: Module | None = None
    answers: dict[str, Json] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    invalid: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        if self.module is None:
            return "refused"
        return "full" if self.conversion.whole and not self.faults else "partial"


def walk(form: Mapping[str, Json]) -> Walk:
    """Take one form all the way."""
    ui = form.get("uischema")
    made = schemaimport.conversion(
        json.dumps(form["schema"]), None if ui is None else json.dumps(ui), language="id", title=form["name"]
    )
    found = Walk(form["name"], made)
    if made.document is None:
        return found
    checked = parse.check_value(made.document)
    if checked.module is None:
        found.faults.append(f"check: {checked.problems[0].code}")
        return found
    found.module = checked.module
    data = _cleaned(found, form)
    taken = to_answers(made.document, data)
    for place in taken.left:
        if described(form["schema"], form["schema"], pointers.tokens(place)):
            found.faults.append(f"{place} is lost")
        else:
            found.unasked.append(place)
    found.answers = _complete(found, checked.module, taken.answers)
    _fill_in(found, checked.module)
    _back_again(found, form, made.document)
    return found


def _cleaned(found: Walk, form: Mapping[str, Json]) -> Json:
    """Return the form's own data without what its own schema refuses."""
    data = form.get("data")
    refused = refusals(form["schema"], data)
    found.invalid = [leaf for leaf in leaves(data) if any(pointers.inside(leaf, at) for at in refused)]
    return _without(data, "", set(found.invalid))


def refusals(schema: Json, data: Json) -> set[str]:
    """Return the places in data that its own schema refuses; among alternatives, all that any refuses."""
    found: set[str] = set()
    kind = validator_for(schema, default=Draft7Validator)
    checker = kind(schema, registry=Registry(), format_checker=kind.FORMAT_CHECKER)
    waiting = list(checker.iter_errors(data))
    while waiting:
        fault = waiting.pop()
        waiting += fault.context or []
        if fault.validator not in MISSING and fault.absolute_path:
            found.add(pointers.below("", *fault.absolute_path))
    return found


def described(root: Json, schema: Json, steps: list[str]) -> bool:
    """Say whether a schema says anything of a place in the data, whatever the conditions."""
    for part in _parts(root, schema):
        if not steps:
            return True
        head, inner = steps[0], []
        inner += [part["properties"][head]] if head in part.get("properties", {}) else []
        inner += [
            own for pattern, own in part.get("patternProperties", {}).items() if re.search(pattern, head)
        ]
        if not inner and isinstance(part.get("additionalProperties"), dict):
            inner.append(part["additionalProperties"])
        if head.isdigit():
            listed = part.get("items")
            inner += listed[int(head) : int(head) + 1] if isinstance(listed, list) else [listed or {}]
        if any(isinstance(one, dict) and described(root, one, steps[1:]) for one in inner):
            return True
    return False


def _parts(root: Json, schema: Json) -> list[dict[str, Json]]:
    """Return a schema with everything it refers to or combines, whatever the conditions."""
    found: list[dict[str, Json]] = []
    waiting = [schema]
    while waiting and len(found) < MOST_PARTS:
        part = waiting.pop()
        if not isinstance(part, dict) or any(part is one for one in found):
            continue
        found.append(part)
        reference = part.get("$ref")
        if isinstance(reference, str) and reference.startswith("#"):
            waiting.append(pointers.follow(root, reference[1:]))
        for keyword in ("allOf", "anyOf", "oneOf"):
            waiting += part.get(keyword, [])
        waiting += [part[keyword] for keyword in ("then", "else") if keyword in part]
        for keyword in ("dependencies", "dependentSchemas"):
            waiting += part.get(keyword, {}).values()
    return found


def _complete(found: Walk, module: Module, answers: dict[str, Json]) -> dict[str, Json]:
    """Return answers with what is refused taken out and what is missing filled in."""
    tried: set[tuple[str, ...]] = set()
    for _ in range(MOST_ROUNDS):
        way = journey(module, answers, today=TODAY)
        problem = next((p for step in way.steps for p in step.problems), None)
        if problem is None:
            return way.answers
        answers = copy.deepcopy(way.answers)
        steps = pointers.tokens(problem.pointer)
        if not _mend(module, answers, steps, tried):
            found.faults.append(f"{problem.code} {problem.pointer}")
            return way.answers
    found.faults.append("too much to fill in")
    return answers


def _mend(module: Module, answers: dict[str, Json], steps: list[str], tried: set[tuple[str, ...]]) -> bool:
    """Take out a refused answer, or give a missing one; say no when neither helps."""
    holder: Json = answers
    fields: Sequence[Field] = [question for _, question in module.fields()]
    question: Field | None = None
    for at, step in enumerate(steps):
        if isinstance(holder, list):
            holder = holder[int(step)]
            continue
        question = next((one for one in fields if one.key == step), None)
        if question is None:
            return False
        fields = question.fields
        if at < len(steps) - 1:
            holder = holder[step]
    if question is None or not isinstance(holder, dict):
        return False
    key = steps[-1]
    if (
        key in holder
        and question.type == "repeat"
        and len(holder[key]) < question.settings.get("minItems", 0)
    ):
        holder[key] = [*holder[key], *sample(question)][: question.settings["minItems"]]
        return True
    if key in holder:
        del holder[key]
        return tuple(steps) not in tried
    tried.add(tuple(steps))
    made = sample(question)
    if made is not None:
        holder[key] = made
    return made is not None


def posts(module: Module, answers: Mapping[str, Json]) -> Iterator[tuple[Page, dict[str, list[str]]]]:
    """Yield each page that is asked with what a browser posts for `answers`."""
    for step in journey(module, answers, today=TODAY).steps:
        data: dict[str, list[str]] = {}
        for question in step.page.fields:
            _post(question, answers, "", data)
        data[SHOWN] = list(_names(step.page.fields, answers, ""))
        yield step.page, data


def _names(fields: Sequence[Field], answers: Mapping[str, Json], before: str) -> Iterator[str]:
    """Yield what a page posts of every question it shows, answered or not."""
    for question in fields:
        yield before + question.key
        if question.type == "repeat":
            for number, row in enumerate(answers.get(question.key, [])):
                yield from _names(question.fields, row, f"{before}{question.key}.{number}.")


def _post(question: Field, answers: Mapping[str, Json], before: str, data: dict[str, list[str]]) -> None:
    if question.key not in answers or question.read_only:
        return
    name, answer = before + question.key, answers[question.key]
    if question.type == "repeat":
        for number, row in enumerate(answer):
            data.setdefault(ROW, []).append(f"{name}.{number}")
            for inner in question.fields:
                _post(inner, row, f"{name}.{number}.", data)
        return
    typed = registry.face(question.type).show(question, answer, AROUND)
    for part, words in typed.items():
        data[part_name(name, part)] = [str(one) for one in words] if isinstance(words, list) else [str(words)]


def _fill_in(found: Walk, module: Module) -> None:
    """Draw every page and post the answers to it; what is taken must be what was meant."""
    taken: dict[str, Json] = {}
    for page, data in posts(module, found.answers):
        posted = QueryDict(mutable=True)
        for name, listed in data.items():
            posted.setlist(name, listed)
        if page.title.say("id") not in drawn(module, page, taken):
            found.faults.append(f"page {page.key} is not drawn")
        form = page_form(module, page, answers=taken, language="id", region=None, today=TODAY, data=posted)
        if not form.is_valid():
            found.faults.append(f"page {page.key} is refused: {form.errors.as_text()[:200]}")
            return
        taken = form.merged(taken)
    if taken != found.answers:
        found.faults.append("the pages took other answers")


def drawn(module: Module, page: Page, answers: Mapping[str, Json]) -> str:
    """Return a page as it is drawn for the first time."""
    form = page_form(module, page, answers=answers, language="id", region=None, today=TODAY)
    return page.title.say("id") + render_to_string(form.template_name, {"form": form})


def _back_again(found: Walk, form: Mapping[str, Json], document: dict[str, Json]) -> None:
    """Turn the answers into data: it must hold all the example's own, and please the example's schema."""
    back = to_data(document, found.answers)
    meant = without_blanks(_without(form.get("data"), "", {*found.invalid, *found.unasked}))
    if not _holds(back, meant):
        found.faults.append("the data does not come back")
    again = to_answers(document, back).answers
    if to_data(document, again) != back:
        found.faults.append("answers and data are no inverse")
    if back is not pointers.MISSING:
        found.faults += [f"its schema refuses {place}" for place in sorted(refusals(form["schema"], back))]


def _without(data: Json, at: str, places: set[str]) -> Json:
    if at in places:
        return None
    if isinstance(data, dict):
        return {name: _without(value, pointers.below(at, name), places) for name, value in data.items()}
    if isinstance(data, list):
        kept = enumerate(data)
        return [_without(row, own, places) for n, row in kept if (own := pointers.below(at, n)) not in places]
    return data


def _holds(back: Json, meant: Json) -> bool:
    """Say whether `back` has everything in `meant`; what had to be filled in may stand beside it."""
    if meant is pointers.MISSING:
        return True
    if isinstance(meant, dict):
        return isinstance(back, dict) and all(_holds(back.get(name), own) for name, own in meant.items())
    if isinstance(meant, list):
        if not isinstance(back, list) or len(back) < len(meant):
            return False
        plain = all(isinstance(one, str) for one in meant)
        pairs = zip(sorted(back), sorted(meant), strict=False) if plain else zip(back, meant, strict=False)
        return all(_holds(one, own) for one, own in pairs)
    return bool(back == meant and isinstance(back, bool) == isinstance(meant, bool))
