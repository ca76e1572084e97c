"""What an answer has to keep to: whether it must be given, its bounds, its pattern, how many rows."""

from __future__ import annotations

import re
from typing import Any

from builder.jsonschema import logic
from builder.jsonschema.logic import Unsayable
from builder.xlsform import patterns, translate, xpath
from builder.xlsform.rules import Reader
from builder.xlsform.structure import NO, YES
from builder.xlsform.terms import Term
from builder.xlsform.tree import Node
from schemas import fieldtypes
from schemas.fieldtypes import longtext, text
from schemas.fieldtypes.integer import LARGEST
from schemas.fieldtypes.repeat import MOST

Json = Any
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
_BOUND = {
    "number": ("minimum", "maximum"),
    "text": ("minLength", "maxLength"),
    "choices": ("minItems", "maxItems"),
}
MEASURES = {"string-length": "text", "count-selected": "choices"}
MOST_CHOSEN = 1_000


class Demands(Reader):
    """Read when every question has its type: demands may name what stands further down the page."""

    def fill(self, node: Node) -> None:
        if node.kind == "repeat":
            self._count(node)
        elif node.kind == "group":
            for column in ("required", "constraint", "calculation", "default"):
                if self.text(node, column) and self.text(node, column).lower() not in NO:
                    self.without(node, column, "rule.no_use")
        elif node.type == "metadata" or fieldtypes.get(node.type).value_type is None:
            self._no_use(node)
        else:
            self._required(node)
            self._constraint(node)
            self._steps(node)

    def _no_use(self, node: Node) -> None:
        for column in ("required", "constraint", "calculation"):
            if self.text(node, column) and self.text(node, column).lower() not in NO:
                self.without(node, column, "rule.no_use")

    def _required(self, node: Node) -> None:
        written = self.text(node, "required")
        if not written or written.lower() in NO:
            return
        if "calculate" in node.rules:
            self.look(node, "required", "rule.no_use")
            return
        place = self.place(node, wide=True)
        told = written.lower() in YES
        found = True if told else self.said(node, "required", lambda words: translate.condition(words, place))
        if found:
            node.rules["required"] = found

    def _constraint(self, node: Node) -> None:
        if not self.text(node, "constraint"):
            return
        if "calculate" in node.rules:
            self.without(node, "constraint", "rule.no_use")
            return
        found = self.said(node, "constraint", lambda written: self._checked(node, written))
        if found is False:
            self.without(node, "constraint", "expression.constant", value=self.text(node, "constraint")[:120])
        elif found is not None and found is not True:
            self._add(node, found)

    def _checked(self, node: Node, written: str) -> Json:
        """Return the check that is left when bounds and pattern have become settings of the question."""
        place = self.place(node, wide=True, own=True)
        rest, settings = [], dict[str, Json]()
        for part in xpath.conjuncts(patterns.answered(xpath.parse(written))):
            if not self._setting(node, part, settings):
                rest.append(translate.of_tree(part, place, missing=True))
        made = translate.measured(logic.both(rest))
        if made is not False:
            self._settle(node, settings)
        return made

    def _settle(self, node: Node, settings: dict[str, Json]) -> None:
        if "pattern" in settings:
            node.type = "pattern"
            node.rules["format"] = True
            if least := settings.pop("minLength", None):  # a pattern has no setting for it
                self._add(node, {">=": [{"length": [{"var": node.key}]}, least]})
        node.settings.update(settings)
        node.rules["bounded"] = [name for name in ("minimum", "maximum") if name in settings]
        if self.text(node, "constraint_message") and set(settings) & {"minItems", "maxItems"}:
            self.look(node, "constraint_message", "message.count")

    def _setting(self, node: Node, part: xpath.Tree, into: dict[str, Json]) -> bool:
        """Make a setting of what is said about the answer alone, if there is one for it."""
        if (pattern := patterns.of(part)) is not None:
            self._pattern(node, pattern, into)
            return True
        if not isinstance(part, xpath.Binary) or part.op not in _TURNED:
            return False
        op, subject, limit = part.op, part.left, part.right
        if isinstance(subject, xpath.Number):
            op, subject, limit = _TURNED[op], limit, subject
        if not isinstance(limit, xpath.Number) or "." in limit.text:
            return False
        measure = self._measure(node, subject)
        return bool(measure) and self._bound(node, measure, op, int(limit.text), into)

    def _measure(self, node: Node, subject: xpath.Tree) -> str:
        """Return what is measured: the number itself, the length of a text, how many were chosen."""
        if isinstance(subject, xpath.Self) and node.type in ("integer", "number"):
            return "number"
        if isinstance(subject, xpath.Call) and subject.args == (xpath.Self(),):
            measure = MEASURES.get(subject.name, "")
            messages = self.text(node, "constraint_message")
            fits = {
                "text": node.type in ("text", "longtext") and not messages,
                "choices": node.type == "choices",
            }
            return measure if fits.get(measure) else ""
        return ""

    def _bound(self, node: Node, measure: str, op: str, limit: int, into: dict[str, Json]) -> bool:
        low, high = _BOUND[measure]
        if op in ("<", ">") and measure == "number" and node.type == "number":
            return False
        limit += {"<": -1, ">": 1}.get(op, 0)
        longest = text.LONGEST if node.type == "text" else longtext.LONGEST
        most = {"number": LARGEST, "text": longest, "choices": MOST_CHOSEN}[measure]
        least = {"number": -LARGEST, "text": 1, "choices": 0}[measure]
        for name, ops in ((low, (">", ">=", "=")), (high, ("<", "<=", "="))):
            if op in ops:
                if not least <= limit <= most:
                    return False
                into[name] = (
                    max(limit, into.get(name, limit)) if name == low else min(limit, into.get(name, limit))
                )
        return True

    def _pattern(self, node: Node, pattern: str, into: dict[str, Json]) -> None:
        """Ask for a pattern, of the whole text and only once; of a whole number it says how many digits."""
        if node.type == "integer" and (digits := patterns.digits(pattern)):
            for op, limit in zip((">=", "<="), digits, strict=True):
                if limit is not None and not self._bound(node, "number", op, limit, into):
                    raise Unsayable("integer.long")
            return
        if node.type != "text":
            raise Unsayable("pattern.not_here")
        made = patterns.both(into["pattern"], pattern) if "pattern" in into else pattern
        if made is None:
            raise Unsayable("pattern.foreign")
        into["pattern"] = made

    def _steps(self, node: Node) -> None:
        """Check what a range asks for beyond whole bounds."""
        var = {"var": node.key}
        for name, op in (("minimum", ">="), ("maximum", "<=")):
            if name in node.rules.get("bounds", {}):
                self._add(node, {op: [var, node.rules["bounds"][name]]})
        if "step" in node.rules:
            start, step = (int(one) if one.lstrip("-").isdigit() else one for one in node.rules["step"])
            times = {"round": [{"/": [{"-": [var, start]}, step, 6]}, 0]}
            self._add(node, {"==": [var, {"+": [start, {"*": [step, times]}]}]})

    def _add(self, node: Node, check: Json) -> None:
        before = node.rules.get("check")
        node.rules["check"] = logic.both([before, check]) if before is not None else check

    def _count(self, node: Node) -> None:
        written = self.text(node, "repeat_count")
        if not written:
            return
        if re.fullmatch(r"[0-9]+", written):
            if not 1 <= int(written) <= MOST:
                self.without(node, "repeat_count", "repeat.many", limit=MOST)
                return
            node.settings |= {"minItems": int(written), "maxItems": int(written)}
            return
        place = self.place(node)
        found = self.said(node, "repeat_count", lambda words: _whole(translate.value(words, place)))
        if found is not None:
            node.settings["maxItems"] = MOST
            node.rules["check"] = {"==": [{"count": [{"var": node.key}]}, found]}
            self.without(node, "repeat_count", "repeat.counted")


def _whole(term: Term) -> Json:
    if term.type != "number":
        raise Unsayable("expression.numbers")
    return term.raw
