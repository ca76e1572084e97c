"""A question of ours in a schema of answers that was made here: it bears a mark of what it is.

A mark counts only where the schema beside it is the very one that such a question has; anything else that
it says, by mistake or on purpose, is named and passed over, and the schema is read like any other.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from builder.jsonschema import defaults, pointers, scalars, shape, words
from builder.jsonschema.gather import Claim
from builder.jsonschema.jsonvalues import ident
from builder.jsonschema.ledger import Ledger
from builder.jsonschema.resolve import Part
from builder.jsonschema.sweep import children
from builder.jsonschema.tree import Item
from schemas import fieldtypes, parse
from schemas.answers.marks import DATASETS, SETTINGS, SILENT, TYPE, WORDS, told
from schemas.definition import Field

if TYPE_CHECKING:
    from builder.jsonschema.build import Builder
    from builder.jsonschema.objects import Place

Json = Any
ANNOTATIONS = frozenset(
    (
        *("title", "description", "default", "examples", "example", "readOnly", "writeOnly", "deprecated"),
        *("$comment", "x-choices", TYPE, SETTINGS, WORDS),
    )
)
"""What says nothing of the shape of an answer."""
OF_ROWS = frozenset(("items",))
"""What of the shape of rows is said by the questions in them."""
_KEY = "question"
_NAMED = ("field", "group", "x-page", "x-group")
MOST_NAMED = 5
_WORKFLOW = {
    "start": "new",
    "roles": [{"key": "officer", "title": "–"}],
    "statuses": [
        {"key": "new", "title": "–", "kind": "work"},
        {"key": "done", "title": "–", "kind": "final", "outcome": "granted"},
    ],
    "actions": [{"key": "decide", "title": "–", "from": ["new"], "to": "done", "who": {"role": "officer"}}],
}


@dataclass(frozen=True)
class Mark:
    """A mark that the schema beside it agrees with, the claim that bears it, and the list it names."""

    claim: Claim
    field: Field
    settings: dict[str, Json]
    words: dict[str, Json]
    listed: str
    dataset: Json

    @property
    def part(self) -> Part:
        return self.claim.part


def found(incoming: Sequence[Claim], root: Json, label: str, ledger: Ledger) -> Mark | None:
    """Return the mark of a place; one that does not fit is named, and None is returned."""
    marked = [claim for claim in incoming if TYPE in claim.part.schema]
    if not marked:
        return None
    sure = [claim for claim in incoming if shape.shaped(claim) and not claim.when]
    if len(marked) == 1 and sure == marked:
        mark = _read(marked[0], root, label)
        if mark is not None:
            return mark
    for claim in marked:
        for word in (TYPE, SETTINGS, WORDS):
            if word in claim.part.schema:
                ledger.look(claim.part.at(word), "mark.unlike", value=str(claim.part.schema[TYPE])[:60])
    return None


def _read(claim: Claim, root: Json, label: str) -> Mark | None:
    schema = claim.part.schema
    kind, settings, spoken = schema[TYPE], schema.get(SETTINGS, {}), schema.get(WORDS, {})
    if not isinstance(kind, str) or not fieldtypes.known(kind) or fieldtypes.get(kind).value_type is None:
        return None
    if not isinstance(settings, dict) or not isinstance(spoken, dict) or not set(settings) <= told(kind):
        return None
    if not set(spoken) <= {"label", "help"} or (spoken and not fieldtypes.get(kind).worded):
        return None
    name = settings.get("dataset")
    listed = _list(root, claim.part.pointer, name) if isinstance(name, str) else ""
    dataset = pointers.follow(root, listed) if listed else None
    question = {"key": _KEY, "type": kind, "label": label, **spoken, **settings}
    if kind == "repeat":
        question["fields"] = [{"key": f"{_KEY}_in", "type": "text", "label": label}]
    wanted = _plain(schema, kind)
    for required in (False, True):
        field = _built({**question, **({"required": True} if required else {})}, name, dataset)
        if field is not None and wanted == _plain(fieldtypes.get(kind).answer_schema(field) or {}, kind):
            return Mark(claim, field, settings, spoken, listed, dataset)
    return None


def _list(root: Json, at: str, name: str) -> str:
    """Return where the list that a question at `at` names stands, in the nearest schema around it."""
    while True:
        place = pointers.below(at, DATASETS, name)
        if pointers.follow(root, place) is not pointers.MISSING:
            return place
        if not at:
            return ""
        at = pointers.parent(at)


def _built(question: dict[str, Json], name: Json, dataset: Json) -> Field | None:
    """Return the question as the check of documents lets it pass, None when it does not."""
    document = {
        "format": 1,
        "key": _KEY,
        "languages": ["id"],
        "title": "–",
        **({"datasets": {name: dataset}} if isinstance(name, str) else {}),
        "pages": [{"key": _KEY, "title": "–", "fields": [question]}],
        "workflow": _WORKFLOW,
    }
    module = parse.understood(deepcopy(document))
    field = module.field(_KEY) if module is not None else None
    sound = field is not None and not any(
        one.blocks for one in fieldtypes.get(field.type).problems(field, "")
    )
    return field if sound else None


def _plain(schema: dict[str, Json], kind: str) -> str:
    """Return what a schema says of the shape of an answer, to be compared."""
    left_out = ANNOTATIONS | OF_ROWS if kind == "repeat" else ANNOTATIONS
    return ident({word: value for word, value in schema.items() if word not in left_out})


def ask(builder: Builder, place: Place, mark: Mark, others: Sequence[Claim]) -> list[Item]:
    """Return the question that the mark is of."""
    if builder.full([mark.claim]):
        return []
    item = place.item("question", mark.part.pointer)
    item.type = mark.field.type
    item.settings = deepcopy(mark.settings)
    item.marks["own"] = shape.kinds([mark.claim], builder.ledger)[0]
    item.marks["words"] = deepcopy(mark.words)
    if mark.field.type in ("choice", "choices"):
        item.options = [(option.value, option.label.say()) for option in mark.field.options]
    if mark.listed:
        builder.datasets[mark.settings["dataset"]] = deepcopy(mark.dataset)
        builder.ledger.taken(mark.listed, "question")
        builder.ledger.taken(pointers.parent(mark.listed), "question")
    builder.known.add(mark.part.pointer)
    enter(mark, builder.ledger)
    described = [mark.claim, *(claim for claim in others if not claim.when)]
    scalars.describe(item, described, builder.ledger, builder.said)
    if fieldtypes.get(item.type).asked:
        defaults.fill(item, [mark.claim], builder.ledger)
    builder.conditional([item], [claim for claim in others if claim.when], place.when)
    return [item]


def of_rows(items: Sequence[Item], mark: Mark, ledger: Ledger) -> None:
    """Give a repeat the settings of its mark."""
    for item in items:
        if item.kind == "repeat":
            item.settings = deepcopy(mark.settings)
    for word in (TYPE, SETTINGS):
        if word in mark.part.schema:
            ledger.taken(mark.part.at(word), "question")


def enter(mark: Mark, ledger: Ledger) -> None:
    """Enter everything that the mark stands for; what an import follows beside it is entered there."""
    waiting = [(mark.part.schema, mark.part.pointer)]
    while waiting:
        schema, at = waiting.pop()
        for word in schema:
            followed = at == mark.part.pointer and word in ("default", "readOnly", "writeOnly", "deprecated")
            if not followed or not fieldtypes.get(mark.field.type).asked:
                ledger.taken(pointers.below(at, word), "question")
        for _, path, inner in children(schema):
            ledger.taken(pointers.below(at, *path), "question")
            if isinstance(inner, dict):
                waiting.append((inner, pointers.below(at, *path)))


RULES = {
    "calculate": "rule.formula", "readOnly": "rule.fixed", "visible": "rule.condition",
    "required": "rule.condition", "check": "rule.check", "row": "rule.check", "filter": "rule.filter",
}  # fmt: skip
OF_KIND = frozenset(("verdict", "exists", "dataset", "metadata"))
"""What a schema of answers says of rules that it cannot hold, and what to tell of each; those `OF_KIND`
come back with the kind of question."""


def left_out(part: Part, known: Collection[str], ledger: Ledger) -> None:
    """Name the rules and words that a schema of answers made here says it does not hold.

    `known` are the pointers of questions that came back as what they were.
    """
    written = part.get("x-rules")
    if isinstance(written, list) and isinstance(part.get("x-exact"), bool):
        ledger.taken(part.at("x-rules"), "about_schema")
        ledger.taken(part.at("x-exact"), "about_schema")
        for at, one in enumerate(written):
            told = one if isinstance(one, dict) else {}
            name = next((str(told[word]) for word in _NAMED if word in told), "")
            reason = RULES.get(str(told.get("rule")))
            if told.get("rule") in OF_KIND and _place(part, name) not in known:
                reason = "rule.kind"
            if reason:
                ledger.refused(part.at("x-rules", at), reason, name=words.visible(name)[:60])
    silent = part.get(SILENT)
    if isinstance(silent, list) and silent and all(isinstance(name, str) for name in silent):
        named = ", ".join(map(words.visible, silent[:MOST_NAMED]))
        ledger.look(part.at(SILENT), "rule.silent", count=len(silent), name=named[:200])


def _place(part: Part, name: str) -> str:
    """Return where the schema of a question stands that is called `name`, or `rows/*/name`."""
    way = [step for one in name.split("/*/") for step in ("properties", one, "items")]
    return part.at(*way[:-1])
