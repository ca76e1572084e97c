"""From the tree of an XLSForm expression to an expression of ours; what cannot be said raises `Unsayable`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from builder.jsonschema import logic
from builder.jsonschema.logic import Unsayable
from builder.xlsform import cells, chosen, days, foreign, functions, joined, plain, terms, xpath
from builder.xlsform.files import Files
from builder.xlsform.terms import Term
from builder.xlsform.tree import Choices, Node
from schemas import fieldtypes
from schemas.expressions.tree import MAX_TEXT

Json = Any


@dataclass
class Place:
    """Where a rule stands: whose it is, what it may name, and whether a dot is the answer itself.

    `wide` rules may name questions of the same page or row, too. `offered` is the list that a filter chooses
    from; `heads` are its columns by the name filters use.
    """

    node: Node
    named: Mapping[str, Node]
    wide: bool = False
    own: bool = False
    offered: Choices | None = None
    heads: Mapping[str, str] = field(default_factory=dict)
    files: Files | None = None
    row: Node | None = None  # the repeat in whose rows something is added up

    def allows(self, other: Node) -> bool:
        """Say whether `other` is answered before this rule is asked."""
        if other is self.node:
            return self.own
        if other.at < self.node.at and other not in _above(self.node):
            return True
        together = other.page == self.node.page or (self.node.rows and other.rows[:1] == self.node.rows[:1])
        return self.wide and bool(together) and other not in _above(self.node)


def _above(node: Node) -> list[Node]:
    found, above = [], node.parent
    while above is not None:
        found.append(above)
        above = above.parent
    return found


def condition(text: str, place: Place, *, missing: bool = False) -> Json:
    """Return a condition; `missing` is what a rule of this kind makes of an unknown one anyway."""
    return of_tree(xpath.parse(text), place, missing=missing)


def of_tree(tree: xpath.Tree, place: Place, *, missing: bool = False) -> Json:
    """Return the condition that a tree stands for."""
    return measured(logic.yes_only(plain.plain(terms.truth(Translator(place).term(tree))), missing))


def value(text: str, place: Place) -> Term:
    """Return a formula."""
    return _formula(xpath.parse(text), place)


def first(text: str, place: Place) -> Term:
    """Return a formula for the first answer, which is worked out once, as `once(…)` says."""
    tree = xpath.parse(text)
    if isinstance(tree, xpath.Call) and tree.name == "once" and len(tree.args) == 1:
        tree = tree.args[0]
    return _formula(tree, place)


def _formula(tree: xpath.Tree, place: Place) -> Term:
    term = Translator(place).term(tree)
    if term.type == days.SHIFTED:
        raise Unsayable("expression.shifted")
    if term.type == days.YEAR:
        return joined.string(term)
    if term.type in ("thing", "rows", terms.NOW, days.SIGNS) or term.column:
        raise Unsayable("expression.types")
    measured(term.raw)
    return term


def measured(raw: Json) -> Json:
    if not logic.fits(raw):
        raise Unsayable("expression.long")
    return raw


class Translator:
    """Translates one expression at its place."""

    def __init__(self, place: Place) -> None:
        self.place = place

    def term(self, tree: xpath.Tree) -> Term:
        if isinstance(tree, xpath.Number):
            return terms.number(tree.text)
        if isinstance(tree, xpath.Text):
            if len(tree.value) > MAX_TEXT:
                raise Unsayable("expression.long")
            return terms.text(tree.value)
        if isinstance(tree, xpath.Self):
            return self._own()
        if isinstance(tree, xpath.Ref):
            return self._ref(tree)
        if isinstance(tree, xpath.Some):
            raise Unsayable("expression.rows")
        if isinstance(tree, xpath.Lookup):
            return self._lookup(tree)
        if isinstance(tree, xpath.Negative):
            return self._negative(self.term(tree.of))
        if isinstance(tree, xpath.Call):
            return self._call(tree)
        return self._binary(tree)

    def at_row(self, repeat: Node, where: xpath.Tree) -> Json:
        """Return a condition about the questions of one row of a repeat."""
        inner = Translator(replace(self.place, row=repeat))
        return plain.plain(terms.truth(inner.term(where)))

    def node(self, tree: xpath.Tree) -> Node:
        """Return the question that is named; it need not come earlier."""
        if not isinstance(tree, xpath.Ref):
            raise Unsayable("expression.question")
        found = self.place.named.get(tree.name)
        if found is None:
            raise Unsayable(
                "reference.none" if not tree.name.startswith("last-saved") else "expression.device",
                name=tree.name,
            )
        if found.refused:
            raise Unsayable("reference.refused")
        return found

    def answer(self, node: Node, *, maybe: bool = True) -> Term:
        """Return the answer of a question as a term."""
        kind = "rows" if node.kind == "repeat" else _type(node)
        if node.written.lower() in ("today", "get today"):
            return Term({"today": []}, "date")
        var = {"var": node.key}
        if kind == "boolean":
            raw = logic.otherwise(var, False) if maybe else var
            return Term(raw, kind, node=node)
        whole = node.type in ("integer", "rating")
        return Term(var, kind, maybe=maybe, node=node, choices=node.choices, whole=whole)

    def _own(self) -> Term:
        if not self.place.own:
            raise Unsayable("expression.self")
        return self.answer(self.place.node, maybe=False)

    def _ref(self, tree: xpath.Ref) -> Term:
        if tree.step and self.place.offered is not None and (column := self._column(tree.name)):
            return column
        node = self.node(tree)
        if not self.reaches(node):
            raise Unsayable("reference.rows")
        if not self.place.allows(node):
            raise Unsayable("reference.later" if node is not self.place.node else "reference.self")
        return self.answer(node, maybe=node is not self.place.node)

    def reaches(self, node: Node) -> bool:
        """Say whether the answer is one answer from here: in the same rows, or around them."""
        mine = [*self.place.node.rows, *([self.place.row] if self.place.row else [])]
        return list(node.rows) == mine[: len(node.rows)]

    def _column(self, name: str) -> Term | None:
        choices, head = self.place.offered, self.place.heads.get(name)
        if name == "name":
            return Term({"column": "value"}, "text", maybe=True, choices=choices)
        if head is None or choices is None:
            return None
        return Term({"column": cells.column(choices, head)}, "text", maybe=True, column=head)

    def _lookup(self, tree: xpath.Lookup) -> Term:
        """Return a cell of the chosen row, where the list is the one that the question chooses from."""
        answer = self.term(tree.of)
        choices = answer.choices
        if answer.type != "text" or answer.node is None or answer.node.other or choices is None:
            raise Unsayable("expression.lookup", name="instance")
        if choices.name != tree.listed or tree.key != "name":
            raise Unsayable("expression.lookup", name="instance")
        if tree.column == "name":
            return answer
        if tree.column == "label":
            return cells.worded(answer)
        head = choices.heads.get(tree.column)
        if head is None:
            raise Unsayable("expression.lookup", name="instance")
        raw = {"attr": [answer.raw, cells.column(choices, head)]}
        return Term(raw, "text", maybe=True)

    def _negative(self, of: Term) -> Term:
        if of.type != "number":
            raise Unsayable("expression.types")
        if of.constant:
            return terms.negative(of)
        return terms.worked_out("-", [of], "number", whole=of.whole)

    def _binary(self, tree: xpath.Binary) -> Term:
        if tree.op in ("and", "or"):
            join = logic.both if tree.op == "and" else logic.either
            return terms.boolean(
                join([terms.truth(self.term(tree.left)), terms.truth(self.term(tree.right))])
            )
        tree = xpath.filled(tree)
        left, right = days.numbered(self.term(tree.left)), days.numbered(self.term(tree.right))
        if tree.op in ("+", "-", "*", "div", "mod"):
            return functions.arithmetic(tree.op, left, right)
        for one, other in ((left, right), (right, left)):
            if one.column and self.place.offered is not None:
                functions.settle(self.place.offered, one.column, other)
        for special in (days.compared, chosen.compared):
            if (found := special(tree.op, left, right)) is not None:
                return terms.boolean(found)
        return terms.boolean(terms.compare(tree.op, left, right))

    def _call(self, tree: xpath.Call) -> Term:
        named: Callable[[Translator, tuple[xpath.Tree, ...]], Term] | None = functions.KNOWN.get(tree.name)
        if named is None:
            raise Unsayable(foreign.reason(tree.name), name=tree.name)
        return named(self, tree.args)


def _type(node: Node) -> str:
    kind = fieldtypes.get(node.type).value_type if fieldtypes.known(node.type) else None
    if kind is None:
        raise Unsayable("reference.no_answer")
    return kind
