"""What stands in the box of a status: its name, its time, its tasks, and a row for each action."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap
from xml.sax.saxutils import escape, quoteattr

from schemas.definition import Action, Module, Status
from schemas.diagram import decided, lanes, marks, words
from schemas.diagram.marks import Mark

WIDTH = 172
HEAD_LINE, LINE, INSET = 17, 15, 10
_HEAD_LETTERS, _LETTERS, _ROW_LETTERS = 17, 26, 21


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a box, maybe of several lines of text; `middle` is where its line leaves."""

    mark: Mark
    lines: tuple[str, ...]
    top: int
    action: Action | None = None

    @property
    def middle(self) -> int:
        return self.top + 8


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of a box: `head` in large, `notes` in small letters, then the rows."""

    status: Status
    head: tuple[str, ...]
    notes: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def top(self) -> int:
        """Return where the rows begin."""
        return INSET + len(self.head) * HEAD_LINE + len(self.notes) * LINE + (6 if self.rows else 0)

    @property
    def height(self) -> int:
        return self.top + sum(len(row.lines) * LINE + 3 for row in self.rows) + INSET - 2


def sheets(module: Module, language: str, current: str) -> dict[str, Sheet]:
    """Return what stands in each box, by the keys of the statuses."""
    return {one.key: _sheet(module, one, language, one.key == current) for one in module.workflow.statuses}


def _sheet(module: Module, status: Status, language: str, lit: bool) -> Sheet:
    head = cut(status.title.say(language) or status.key, _HEAD_LETTERS, 4)
    notes = [words.put(words.NOW, language)] if lit else []
    notes += [words.put(words.DUE, language, words.span(status.due, language))] if status.due else []
    notes += [words.put(words.OUTCOMES[status.outcome], language)] if status.outcome else []
    bare = Sheet(status, head, tuple(line for note in notes for line in cut(note, _LETTERS, 2)), ())
    found, top = [], bare.top + 6
    for mark, said, action in _told(module, status, language):
        row = Row(mark, cut(said, _ROW_LETTERS, 4), top, action)
        found.append(row)
        top += len(row.lines) * LINE + 3
    return Sheet(status, bare.head, bare.notes, tuple(found))


def _told(module: Module, status: Status, language: str) -> Iterator[tuple[Mark, str, Action | None]]:
    """Say each task and each action of `status`, with who acts when it is not the lane's own."""
    workflow = module.workflow
    own = lanes.lane_of(workflow, status)
    for task in status.tasks:
        if len(status.tasks) == 1 and task.title == status.title and not task.outcomes:
            continue
        role = workflow.role(task.role).title.say(language)
        said = decided.task(status, task, language)
        yield "task", said if f"role.{task.role}" == own else words.put(words.BY, language, said, role), None
    for action in workflow.actions_from(status.key):
        said, why = action.title.say(language), decided.trigger(workflow, status, action, language)
        actor = f"role.{action.who.role}" if action.who.kind == "role" else action.who.kind
        if why:
            said = f"{said} – {why}"
        elif actor != own:
            said = words.by(workflow, action.who, said, language)
        yield marks.kind(action, back=False), said, action


def drawn(sheet: Sheet, x: int, y: int, *, lit: bool) -> str:
    """Draw the box with its corner at `x`, `y`."""
    status = sheet.status
    kinds = [status.kind, *([status.outcome] if status.outcome else []), *(["current"] if lit else [])]
    name = " ".join(["diagram-status", *(f"diagram-status--{kind}" for kind in kinds)])
    step = ' aria-current="step"' if lit else ""
    parts = [
        f"<g class={quoteattr(name)}{step}>",
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{sheet.height}" rx="8" fill="none" '
        f'stroke="currentColor" stroke-width="{3 if lit else 1}"/>',
        text(sheet.head, x + INSET, y + INSET + 12, size=13, bold=True),
    ]
    below = y + INSET + len(sheet.head) * HEAD_LINE
    if sheet.notes:
        parts.append(text(sheet.notes, x + INSET, below + 10, size=11, step=LINE))
    for row in sheet.rows:
        parts.append(marks.sign(row.mark, x + INSET, y + row.middle))
        parts.append(text(row.lines, x + INSET + 16, y + row.top + 12, size=12, step=LINE))
    return "".join([*parts, "</g>"])


def cut(words: str, letters: int, lines: int) -> tuple[str, ...]:
    """Break a text into at most `lines` lines."""
    return tuple(wrap(words, letters, max_lines=lines, placeholder=" …"))


def text(
    lines: Sequence[str],
    x: int,
    y: int,
    *,
    size: int,
    step: int = HEAD_LINE,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    """Write `lines`, the first on the base line `y`; nothing when there is none."""
    if not lines:
        return ""
    inner = "".join(
        f'<tspan x="{x}" y="{y + at * step}">{escape(line)}</tspan>' for at, line in enumerate(lines)
    )
    weight = ' font-weight="650"' if bold else ""
    return f'<text text-anchor="{anchor}" font-size="{size}"{weight} fill="currentColor">{inner}</text>'
