"""Walks a module in the order of its document and tells the JSON Pointer of each part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from schemas import fieldtypes
from schemas.definition import Action, EffectRule, Field, Group, Json, Module, Option, Page, Text
from schemas.rules import letterparts


def pages(module: Module) -> Iterator[tuple[str, Page]]:
    for at, page in enumerate(module.pages):
        yield f"/pages/{at}", page


def fields(module: Module) -> Iterator[tuple[str, Page, Field]]:
    """Yield every question, those inside rows too."""
    for page, field in module.every_field():
        yield field.at, page, field


def groups(module: Module) -> Iterator[Group]:
    """Yield every group, those inside rows too."""
    for page in module.pages:
        yield from page.groups
    for _page, field in module.every_field():
        yield from field.groups


def actions(module: Module) -> Iterator[tuple[str, Action]]:
    for at, action in enumerate(module.workflow.actions):
        yield f"/workflow/actions/{at}", action


def effects(module: Module) -> Iterator[tuple[str, EffectRule, Action | None]]:
    """Yield every effect with the action that sends it; None stands for filing."""
    for at, effect in enumerate(module.workflow.filed):
        yield f"/workflow/filed/{at}", effect, None
    for pointer, action in actions(module):
        for at, effect in enumerate(action.effects):
            yield f"{pointer}/effects/{at}", effect, action


def texts(module: Module) -> Iterator[tuple[str, Text, bool]]:
    """Yield every text as it is written, with whether it must not be empty."""
    yield "/title", module.title, True
    yield "/summary", module.summary, False
    yield from _standard(module)
    for pointer, page in pages(module):
        yield f"{pointer}/title", page.chipped.get("title", page.title), True
        yield f"{pointer}/intro", page.chipped.get("intro", page.intro), False
        yield from _messages(pointer, page.messages)
    for group in groups(module):
        yield f"{group.at}/label", group.chipped.get("label", group.label), True
        yield f"{group.at}/help", group.chipped.get("help", group.help), False
        yield from _messages(group.at, group.messages)
    for dataset in module.datasets.values():
        yield from _options(f"/datasets/{dataset.key}/items", dataset.items)
    for pointer, _page, field in fields(module):
        yield from _field(pointer, field)
        for name, words, needed in fieldtypes.get(field.type).texts(field):
            yield f"{pointer}/{name}", field.chipped.get(name) or _spoken(words, module.languages[0]), needed
    yield from _workflow(module)
    for at, message in enumerate(module.messages):
        yield f"/messages/{at}/subject", message.subject, True
        yield f"/messages/{at}/body", message.body, True
        yield f"/messages/{at}/short", message.short, False
    yield from letterparts.texts(module)
    for at, story in enumerate(module.stories):
        yield f"/stories/{at}/title", story.title, True
    yield "/privacy/notice", module.privacy.notice, False
    yield "/privacy/legal_basis", module.privacy.legal_basis, False


def chipped(module: Module) -> Iterator[tuple[str, Text]]:
    """Yield every text of the form that fills in answers, as it is written."""
    pages_ = ((pointer, page.chipped) for pointer, page in pages(module))
    groups_ = ((group.at, group.chipped) for group in groups(module))
    fields_ = ((pointer, field.chipped) for pointer, _page, field in fields(module))
    for pointer, texts_ in (*pages_, *groups_, *fields_):
        for name, text in texts_.items():
            yield f"{pointer}/{name}", text


def _standard(module: Module) -> Iterator[tuple[str, Text, bool]]:
    for name in module.standard.__dataclass_fields__:
        value = getattr(module.standard, name)
        if isinstance(value, Text):
            yield f"/standard/{name}", value, False
        else:
            for at, text in enumerate(value):
                yield f"/standard/{name}/{at}", text, True


def _field(pointer: str, field: Field) -> Iterator[tuple[str, Text, bool]]:
    yield f"{pointer}/label", field.chipped.get("label", field.label), True
    yield f"{pointer}/help", field.chipped.get("help", field.help), False
    yield from _messages(pointer, field.messages)
    yield from _messages(f"{pointer}/row", field.row.messages)
    if not field.dataset:
        yield from _options(f"{pointer}/options", field.options)


def _messages(pointer: str, messages: Mapping[str, Text]) -> Iterator[tuple[str, Text, bool]]:
    for name, text in messages.items():
        yield f"{pointer}/messages/{name}", text, False


def _options(pointer: str, options: tuple[Option, ...]) -> Iterator[tuple[str, Text, bool]]:
    for at, option in enumerate(options):
        yield f"{pointer}/{at}/label", option.label, True
        yield f"{pointer}/{at}/help", option.help, False


def _spoken(words: Json, first: str) -> Text:
    """Return a setting that is words as a text: without languages they are in the first one."""
    spoken = words if isinstance(words, dict) else {first: words}
    return Text(tuple((code, text) for code, text in spoken.items() if text and text.strip()))


def _workflow(module: Module) -> Iterator[tuple[str, Text, bool]]:
    workflow = module.workflow
    for at, role in enumerate(workflow.roles):
        yield f"/workflow/roles/{at}/title", role.title, True
    for at, status in enumerate(workflow.statuses):
        yield f"/workflow/statuses/{at}/title", status.title, True
        yield f"/workflow/statuses/{at}/public_title", status.public_title, False
        for task_at, task in enumerate(status.tasks):
            if task.title != status.title:  # derived tasks carry the status's own title
                yield f"/workflow/statuses/{at}/tasks/{task_at}/title", task.title, True
            for outcome_at, outcome in enumerate(task.outcomes):
                place = f"/workflow/statuses/{at}/tasks/{task_at}/outcomes/{outcome_at}"
                yield f"{place}/title", outcome.title, True
    for pointer, action in actions(module):
        yield f"{pointer}/title", action.title, True
        yield f"{pointer}/legal_basis", action.legal_basis, False
    if workflow.deadline is not None:
        yield "/workflow/deadline/legal_basis", workflow.deadline.legal_basis, False
    for at, register in enumerate(workflow.registers):
        yield f"/workflow/registers/{at}/title", register.title, True
