"""Lists that are searched in a file, `search('file', …)` in the appearance, as that file with a filter.

One row of the sheet of choices stands for all rows of the file: it names the columns of value and words.
"""

from __future__ import annotations

from builder.jsonschema.logic import Unsayable
from builder.xlsform import xpath
from builder.xlsform.files import Files, stem
from builder.xlsform.lists import Lists
from builder.xlsform.tree import Node


def read(node: Node, listed: str, written: str, lists: Lists, files: Files) -> tuple[Lists, str]:
    """Return the file as lists and which of them is meant, and tell the node what it is searched for.

    Raises `Unsayable`.
    """
    call = xpath.parse(written)
    if not isinstance(call, xpath.Call) or not call.args or not isinstance(call.args[0], xpath.Text):
        raise Unsayable("expression.arguments", value=written[:120])
    file = call.args[0].value
    where = _where(call.args[1:], written)
    if files.table(file) is None:
        raise Unsayable("type.search", name=f"{file.removesuffix('.csv')}.csv")
    shown = lists.found.get(listed)
    if shown is None:
        raise Unsayable("list.none", name=listed, among=lists.sheet)
    if len(shown.options) != 1:
        raise Unsayable("search.mixed", name=listed)
    head, label = shown.options[0].name, shown.options[0].label
    found = files.listed(file, head, label) if isinstance(label, str) else None
    if found is None:
        raise Unsayable("type.file_column", name=f"{stem(file)}.csv", head=head)
    node.searched = where
    shown.users.append(node)
    return found, stem(file)


def _where(args: tuple[xpath.Tree, ...], written: str) -> xpath.Tree | None:
    """Return what rows are looked for: `'matches', 'column', value`, and another column and its value."""
    if not args:
        return None
    if args[0] != xpath.Text("matches") or len(args) not in (3, 5):
        raise Unsayable("search.how", value=written[:120])
    parts = []
    for column, value in zip(args[1::2], args[2::2], strict=True):
        if not isinstance(column, xpath.Text):
            raise Unsayable("search.how", value=written[:120])
        parts.append(xpath.Binary("=", xpath.Ref(column.value, step=True), value))
    return parts[0] if len(parts) == 1 else xpath.Binary("and", *parts)
