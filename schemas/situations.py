"""The situations that answers can be in, as far as the conditions of a service tell them apart.

Boundary points stand for all answers between them, so a few complete, right sets of answers stand for all
that can be given. Where a rule compares two answers or counts days they are only examples: then the
result is not `exact`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schemas import expressions, synthetic
from schemas.definition import Field, Json, Module, Page
from schemas.expressions import Expression, Node, points
from schemas.walk import Asked, Walk, is_asked

MOST = 600

Answers = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Situations:
    """Sets of answers to some pages. Where there are none, `unfilled` is the page that takes no answers."""

    answers: tuple[dict[str, Json], ...]
    exact: bool
    unfilled: str = ""


@dataclass(frozen=True, slots=True)
class _Partial:
    """Answers on the way through a page: those given, all that is known, what was asked."""

    given: dict[str, Json]
    known: dict[str, Json]
    asked: tuple[Asked, ...] = ()


def situations(
    module: Module,
    pages: Sequence[Page],
    rules: Iterable[Expression],
    *,
    today: date,
    keys: Mapping[str, Iterable[int]] | None = None,
    around: Answers | None = None,
    fixed: Answers | None = None,
    most: int = MOST,
    whole: bool = True,
) -> Situations:
    """Fill in `pages` in every way that `rules` can tell apart; `around` was answered before.

    `keys` are repeats that name offices, and how many they are to name: all that counts, whether or not a
    rule reads them. Questions of `fixed` are answered so and not otherwise.
    Unless the answers are to be `whole`, only what the rules read is answered, which is much quicker.
    """
    roots = tuple(rule.root for rule in rules)
    reading = _Reading(module, pages, roots, keys or {}, whole, fixed or {})
    walk = Walk(today, module.tables, fresh=True)
    own = {field.key for page in pages for field in page.fields}
    before = {key: value for key, value in (around or {}).items() if key not in own}
    partials, exact = [_Partial({}, before)], reading.exact
    for page in pages:
        filled = list(_on(page, partials, walk, reading))
        if not filled and reading.heeds(page):
            filled = list(_on(page, partials, walk, reading))
        if not filled:
            return Situations((), exact=False, unfilled=page.key)
        partials = _unlike(filled, reading.kept)
        if len(partials) > most:
            partials, exact = partials[:: 1 + len(partials) // most], False
    return Situations(tuple(partial.given for partial in _unlike(partials, reading.told)), exact)


class _Reading:
    """Which questions the rules read, in themselves (`told`) and through the rules of the form (`kept`)."""

    def __init__(
        self,
        module: Module,
        pages: Sequence[Page],
        rules: tuple[Node, ...],
        keys: Mapping[str, Iterable[int]],
        whole: bool,
        fixed: Answers,
    ) -> None:
        self.module, self.whole, self.fixed = module, whole, fixed
        self.told, self.keys = _names(rules) | set(keys), keys
        self.rules = list(rules)
        self.kept = set(self.told)
        waiting = list(self.told)
        by_key = {field.key: (page, field) for page in pages for field in page.fields}
        while waiting:
            key = waiting.pop()
            if key not in by_key:
                continue
            found = list(_form_rules(*by_key[key]))
            self.rules.extend(found)
            fresh = _names(found) - self.kept
            self.kept |= fresh
            waiting.extend(fresh)
        self.exact = all(settles(node) for rule in self.rules for node in rule.walk())

    def heeds(self, page: Page) -> bool:
        """Have more than the plainest answers tried to what checks of the page read; tell if any do."""
        checks = [page.check, *(group.check for group in page.groups)]
        found = [rule.root for rule in checks if rule is not None]
        self.rules.extend(found)
        self.kept |= _names(found)
        return bool(found)

    def answers(self, field: Field, walk: Walk) -> list[Json]:
        """Return the answers of which one is to be given; None stands for none."""
        if field.settled or not (is_asked(field) or field.type == "metadata"):
            return [None]
        if field.key in self.fixed:
            return [self.fixed[field.key]]
        reading = [rule for rule in self.rules if field.key in _names([rule])]
        around = self.rules if reading and field.type == "repeat" else reading
        told = synthetic.answers(field, around, today=walk.today, tables=self.module.tables)
        if field.key in self.keys:
            made = synthetic.rows(field, self.keys[field.key], today=walk.today, tables=self.module.tables)
            told += [value for value in made if value not in told]
        if field.key not in self.kept:
            return [*told, None] if field.required is True or field.group else [None, *told]
        return [None, *self._unlike(field, told, reading, walk)]

    def _unlike(self, field: Field, told: list[Json], reading: list[Node], walk: Walk) -> Iterator[Json]:
        """Yield one answer of each kind that no part of a rule can tell apart."""
        atoms = [atom for rule in reading for atom in _atoms(rule, field.key)]
        seen: list[object] = []
        for value in told:
            if field.key in self.keys or any(_names([atom]) != {field.key} for atom in atoms):
                yield value
                continue
            known = walk.questions((field,), {field.key: value}, {})[2] if field.type == "repeat" else {}
            results = tuple(walk.value(Expression(None, atom), {field.key: value, **known}) for atom in atoms)
            if results not in seen:
                seen.append(results)
                yield value


def _on(page: Page, partials: list[_Partial], walk: Walk, reading: _Reading) -> Iterator[_Partial]:
    """Yield the ways to fill in a page after each of `partials`."""
    fields = [field for field in page.fields if reading.whole or field.key in reading.kept]
    answers = {field.key: reading.answers(field, walk) for field in fields}
    for start in partials:
        if not walk.shows(page.visible, page.fields, {}, start.known):
            yield start
            continue
        ways = [_Partial(start.given, start.known)]
        for field in fields:
            every = field.key in reading.kept
            ways = [way for one in ways for way in _with(field, one, answers[field.key], walk, every=every)]
            ways = ways[:: 1 + len(ways) // (4 * MOST)]
        for way in ways:
            judge = walk.page_problems if reading.whole else walk.page_check
            if not any(judge(page, way.asked, way.known)):
                yield way


def _with(
    field: Field, partial: _Partial, answers: list[Json], walk: Walk, *, every: bool
) -> Iterator[_Partial]:
    """Yield `partial` with the right answers to one question: all of them, or the first."""
    for value in answers:
        given = {} if value is None else {field.key: value}
        asked, kept, known = walk.questions((field,), given, partial.known)
        if any(walk.problems(asked, (), known)):
            continue
        yield _Partial({**partial.given, **kept}, known, (*partial.asked, *asked))
        if not asked or not every:
            return


def _unlike(partials: list[_Partial], keys: Iterable[str]) -> list[_Partial]:
    """Return the first of those that agree in all of `keys`."""
    wanted = sorted(keys)
    found: dict[str, _Partial] = {}
    for partial in partials:
        found.setdefault(repr([partial.known.get(key) for key in wanted]), partial)
    return list(found.values())


def _form_rules(page: Page, field: Field) -> Iterator[Node]:
    """Yield the rules that have a say in whether and how the question is answered."""
    groups = [group for group in page.groups if field.key in group.keys]
    rules = [page.visible, page.check, field.visible, field.required, field.check, field.calculate]
    rules += [
        field.default,
        field.filter,
        *(rule for group in groups for rule in (group.required, group.check)),
    ]
    yield from (rule.root for rule in rules if isinstance(rule, Expression))


def settles(node: Node) -> bool:
    """Tell whether the answers tried stand for all others: also of days or years up to now.

    What reads no answer is settled by the day.
    """
    read = any(inner.op == "var" for inner in node.walk())
    return points.is_simple(node) or node.op in ("years", "days", "today") or not read


def _names(rules: Iterable[Node]) -> set[str]:
    return {name for rule in rules for name in expressions.names(Expression(None, rule))}


def _atoms(node: Node, key: str) -> Iterator[Node]:
    """Yield the largest parts of a rule that read this question alone, else the parts it is compared in."""
    names = _names([node])
    if key not in names:
        return
    if names == {key} or not node.args or node.op not in ("and", "or", "!", "if"):
        yield node
        return
    for arg in node.args:
        yield from _atoms(arg, key)
