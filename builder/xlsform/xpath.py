"""Reads an expression of XLSForm: XPath as its forms use it, closed and bounded. Knows no questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.jsonschema.logic import Unsayable

LONGEST = 4_000
MOST_TOKENS = 800
DEEPEST = 40

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)
    |(?P<text>"[^"]*"|'[^']*')
    |\$\{\s*(?P<ref>[^{}]{1,200}?)\s*\}
    |(?P<name>[^\W\d][\w.-]*(?::[^\W\d][\w.-]*)?)
    |(?P<sign>!=|<=|>=|//|::|\.\.|[-+*/=<>()\[\],|.@]))""",
    re.VERBOSE,
)
_BINDS = {
    "or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4,
    "+": 5, "-": 5, "*": 6, "div": 6, "mod": 6,
}  # fmt: skip
_NEGATIVE = 7
_MARKS = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
"""The marks that a word processor sets; pyxform takes them for plain ones as well."""


@dataclass(frozen=True, slots=True)
class Number:
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    value: str


@dataclass(frozen=True, slots=True)
class Ref:
    """Another question by its name; `step` tells that it was a bare name or a path, not `${name}`."""

    name: str
    step: bool = False


@dataclass(frozen=True, slots=True)
class Self:
    """The answer itself, a dot."""


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    args: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Binary:
    op: str
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Negative:
    of: Tree


@dataclass(frozen=True, slots=True)
class Lookup:
    """A cell of a list: the one of the row whose `key` is `of`."""

    listed: str
    key: str
    of: Tree
    column: str


@dataclass(frozen=True, slots=True)
class Some:
    """The rows of a repeat for which `where` holds."""

    of: Ref
    where: Tree


Tree = Some | Lookup | Number | Text | Ref | Self | Call | Binary | Negative
Token = tuple[str, str]


def parse(text: str) -> Tree:
    """Return the tree of an expression. Raises `Unsayable`."""
    if len(text) > LONGEST:
        raise Unsayable("expression.long")
    parser = _Parser(list(_tokens(text)))
    found = parser.expression(0, 0)
    if parser.at < len(parser.tokens):
        raise Unsayable("expression.syntax")
    return found


def conjuncts(tree: Tree) -> Iterator[Tree]:
    """Yield what stands between the `and` at the top."""
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Binary) and part.op == "and":
            waiting += [part.right, part.left]
        else:
            yield part


_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_THERE = {(">", "0"), (">=", "1"), ("!=", "0")}
_NOT_THERE = {("=", "0"), ("<", "1"), ("<=", "0")}


def filled(tree: Binary) -> Binary:
    """Say plainly that an answer is there, or not, where it is asked how long it is, or without its blanks.

    No answer here is made of blanks alone.
    """
    for op, one, other in (
        (tree.op, tree.left, tree.right),
        (_TURNED.get(tree.op, ""), tree.right, tree.left),
    ):
        if isinstance(other, Text) and other.value == "" and op in ("=", "!=") and (of := _spaced(one)):
            return Binary(op, of, other)
        long = (
            one.args[0]
            if isinstance(one, Call) and one.name == "string-length" and len(one.args) == 1
            else None
        )
        if isinstance(other, Number) and (of := long if isinstance(long, Ref) else _spaced(long)):
            asked = (op, other.text)
            if asked in _THERE or asked in _NOT_THERE:
                return Binary("!=" if asked in _THERE else "=", of, Text(""))
    return tree


def _spaced(tree: Tree | None) -> Ref | Self | None:
    """Return the answer whose blanks are left out."""
    of = (
        tree.args[0]
        if isinstance(tree, Call) and tree.name == "normalize-space" and len(tree.args) == 1
        else None
    )
    return of if isinstance(of, Ref | Self) else None


def _is_step(tree: Tree) -> bool:
    return isinstance(tree, Ref) and tree.step


def _tokens(text: str) -> Iterator[Token]:
    at, seen = 0, 0
    text = text.translate(_MARKS).strip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or seen == MOST_TOKENS:
            raise Unsayable("expression.syntax" if found is None else "expression.long")
        kind = str(found.lastgroup)
        yield kind, found[kind]
        at, seen = found.end(), seen + 1


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def expression(self, floor: int, depth: int) -> Tree:
        """Read operators that bind more than `floor`."""
        if depth > DEEPEST:
            raise Unsayable("expression.long")
        left = self._operand(depth)
        while (op := self._operator()) and _BINDS[op] > floor:
            self.at += 1
            left = Binary(op, left, self.expression(_BINDS[op], depth + 1))
        return left

    def _operator(self) -> str:
        kind, value = self._peek()
        return value if kind in ("sign", "name") and value in _BINDS else ""

    def _operand(self, depth: int) -> Tree:
        kind, value = self._peek()
        self.at += 1
        if kind == "number":
            return Number(value)
        if kind == "text":
            return Text(value[1:-1])
        if kind == "ref":
            return self._some(Ref(value), depth)
        if kind == "name":
            return self._named(value, depth)
        if value == "-":
            return Negative(self.expression(_NEGATIVE, depth + 1))
        if value == "(":
            inner = self.expression(0, depth + 1)
            self._expect(")")
            return inner
        if value == "." and not self._is("/"):
            return Self()
        if value in ("/", ".", ".."):
            return self._some(self._path(), depth)
        raise Unsayable("expression.path" if value in ("//", "@") else "expression.syntax")

    def _named(self, name: str, depth: int) -> Tree:
        if not self._is("("):
            self.at -= 1
            return self._some(self._path(), depth)
        if name == "position":  # of dots, which are no path to an answer
            raise Unsayable("expression.rows_one")
        self.at += 1
        args: list[Tree] = []
        while not self._is(")"):
            args.append(self.expression(0, depth + 1))
            if not self._is(")"):
                self._expect(",")
        self.at += 1
        if name == "current" and not args and self._is("/"):
            return self._path()
        if name == "instance" and len(args) == 1 and isinstance(args[0], Text) and self._is("/"):
            return self._lookup(args[0].value, depth)
        if self._is("/") or self._is("["):
            raise Unsayable("expression.path")
        return Call(name, tuple(args))

    def _some(self, of: Ref, depth: int) -> Ref | Some:
        """Read `[…]` behind a repeat, when it stands there."""
        if not self._is("["):
            return of
        self.at += 1
        where = self.expression(0, depth + 1)
        self._expect("]")
        if self._is("/") or self._is("["):
            raise Unsayable("expression.path")
        return Some(of, where)

    def _lookup(self, listed: str, depth: int) -> Lookup:
        """Read `/root/item[name = …]/column` behind `instance('list')`."""
        for kind, value in (("sign", "/"), ("name", "root"), ("sign", "/"), ("name", "item"), ("sign", "[")):
            if self._peek() != (kind, value):
                raise Unsayable("expression.path")
            self.at += 1
        found = self.expression(0, depth + 1)
        self._expect("]")
        self._expect("/")
        kind, column = self._peek()
        self.at += 1
        if kind != "name" or not isinstance(found, Binary) or found.op != "=":
            raise Unsayable("expression.path")
        key, of = (found.left, found.right) if _is_step(found.left) else (found.right, found.left)
        if not isinstance(key, Ref) or not _is_step(key):
            raise Unsayable("expression.path")
        return Lookup(listed, key.name, of, column)

    def _path(self) -> Ref:
        """Read steps such as `/data/group/name` or `../name`; the last one names the question."""
        name, previous = "", ""
        while True:
            kind, value = self._peek()
            step = kind == "name" and (not previous or previous == "/")
            dots = value in (".", "..") and kind == "sign" and previous in ("", "/")
            slash = value == "/" and kind == "sign" and previous != "/"
            if not (step or dots or slash):
                break
            self.at += 1
            previous, name = value, value if step else name
        if self._is("::") or self._is("//") or not name or previous == "/":
            raise Unsayable("expression.path")
        return Ref(name, step=True)

    def _peek(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("", "")

    def _is(self, sign: str) -> bool:
        return self._peek() == ("sign", sign)

    def _expect(self, sign: str) -> None:
        if not self._is(sign):
            raise Unsayable("expression.syntax")
        self.at += 1
