"""The form of a service as the sheets of an XLSForm, and what of it they cannot hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from builder import keys
from builder.jsonschema.logic import Unsayable
from builder.xlsform.kindsout import KINDS, Kind, constraints
from builder.xlsform.listsout import Listed
from builder.xlsform.namesout import Names
from builder.xlsform.speak import NO, YES, Speaker
from schemas import chips, fieldtypes
from schemas.definition import Field, Group, Module, Page, Text
from schemas.expressions import Expression
from schemas.fieldtypes.repeat import least, most

Json = Any
Cells = dict[str, str]
LANGUAGES = {"id": "Bahasa Indonesia (id)", "en": "English (en)"}


@dataclass(frozen=True, slots=True)
class Loss:
    """What a workbook cannot hold: of which question, why, and the setting it is about."""

    at: str
    name: Text
    reason: str
    what: str = ""


@dataclass
class Exported:
    """The sheets, each a list of rows by column, and what is lost."""

    survey: list[Cells] = field(default_factory=list)
    choices: list[Cells] = field(default_factory=list)
    settings: list[Cells] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)


def export(module: Module, *, version: str = "") -> Exported:
    """Write the pages that applicants fill in before the application is sent."""
    return _Work(module).export(version)


class _Work:
    def __init__(self, module: Module) -> None:
        self.module = module
        self.made = Exported()
        self.pages = module.filing_pages()
        self.spoken = [LANGUAGES.get(code, f"{code} ({code})") for code in module.languages]
        self.lists = Listed(module, self.text, self.made.choices)
        self.names = Names([page.fields for page in self.pages])

    def export(self, version: str) -> Exported:
        speaker = Speaker(self.names.references())
        for page in self.pages:
            self._page(page, speaker)
        self.made.settings.append(
            {
                "form_title": self.module.title.say(),
                "form_id": self.module.key,
                "version": version,
                "default_language": self.spoken[0],
                "style": "pages",
            }
        )
        self.made.losses.append(Loss("", self.module.title, "loss.service"))
        return self.made

    def text(self, column: str, text: Text) -> Cells:
        """Return the words of a column in each language; what looks like a reference is taken apart."""
        return self._cells(column, _apart(text))

    def _cells(self, column: str, text: Text) -> Cells:
        return {
            f"{column}::{self.spoken[self.module.languages.index(code)]}": words
            for code, words in text.values
            if words and code in self.module.languages
        }

    def words(self, holder: Field | Group | Page, speaker: Speaker, **columns: str) -> Cells:
        """Return the words that may hold answers, column → property; an answer is a reference there."""

        def said(chip: chips.Chip) -> str:
            return speaker.named[chip.name][0] if chip.name in speaker.named else f"({chip.name})"

        found: Cells = {}
        for column, name in columns.items():
            written = holder.chipped.get(name)
            if written is None:
                found |= self.text(column, getattr(holder, name))
            else:
                values = ((code, chips.filled(words, said)) for code, words in _apart(written).values)
                found |= self._cells(column, Text(tuple(values)))
        return found

    def _page(self, page: Page, speaker: Speaker) -> None:
        cells = {"type": "begin_group", "name": self.names.free(page.key), "appearance": "field-list"}
        cells |= self.words(page, speaker, label="title", hint="intro")
        self._rule(cells, "relevant", page.visible, speaker.yes, page.key, page.title)
        if page.check is not None:
            self._lose(page.key, page.title, "loss.page_check")
        self.made.survey.append(cells)
        self._fields(page.fields, page.groups, speaker)
        self.made.survey.append({"type": "end_group"})

    def _fields(
        self, questions: Iterable[Field], groups: Iterable[Group], speaker: Speaker, above: str = ""
    ) -> None:
        known, opened = {group.key: group for group in groups}, ""
        for question in questions:
            if question.group != opened:
                if opened:
                    self.made.survey.append({"type": "end_group"})
                opened = question.group
                if opened:
                    self._group(known[opened], speaker)
            self._question(question, speaker, above)
        if opened:
            self.made.survey.append({"type": "end_group"})

    def _group(self, group: Group, speaker: Speaker) -> None:
        cells = {"type": "begin_group", "name": self.names.free(group.key)}
        cells |= self.words(group, speaker, label="label", hint="help")
        self._rule(cells, "relevant", group.visible, speaker.yes, group.key, group.label)
        if group.required is not False or group.check is not None:
            self._lose(group.key, group.label, "loss.group_rule")
        self.made.survey.append(cells)

    def _question(self, question: Field, speaker: Speaker, above: str) -> None:
        name = self.names.of(question, above)
        cells = {"type": "", "name": name} | self.words(question, speaker, label="label", hint="help")
        self._rule(cells, "relevant", question.own_visible, speaker.yes, question.key, question.label)
        if question.type == "repeat":
            self._repeat(question, cells, speaker)
        elif question.type == "matrix":
            self._matrix(question, cells)
        elif question.type == "date_range":
            self._range(question, cells)
        elif question.type == "metadata":
            self._noted(question, cells)
        else:
            self._plain(question, cells, speaker)

    def _plain(self, question: Field, cells: Cells, speaker: Speaker) -> None:
        kind = KINDS.get(question.type, Kind("text", loss="loss.kind"))
        cells |= {"type": kind.type} | ({"appearance": kind.appearance} if kind.appearance else {})
        if kind.loss:
            self._lose(question.key, question.label, kind.loss)
        if question.type in ("choice", "choices"):
            self._select(question, cells, kind.type, speaker)
        if question.type == "boolean":
            self.lists.yes_no()
        if question.type == "rating":
            cells["parameters"] = f"start=1 end={question.settings.get('max', 5)} step=1"
        if fieldtypes.get(question.type).value_type is not None:
            self._rules(question, cells, speaker)
        self.made.survey.append(cells)

    def _select(self, question: Field, cells: Cells, kind: str, speaker: Speaker) -> None:
        listed = self.lists.of(question)
        if not listed:
            cells["type"] = "text"
            self._lose(question.key, question.label, "loss.list")
            return
        cells["type"] = f"{kind} {listed}"
        if question.settings.get("style") == "select":
            cells["appearance"] = "minimal"
        offering = Speaker(speaker.named, columns=self.lists.columns(question.dataset))
        self._rule(cells, "choice_filter", question.filter, offering.yes, question.key, question.label)

    def _rules(self, question: Field, cells: Cells, speaker: Speaker) -> None:
        """Write what must be given, what is checked, worked out, and filled in at first."""
        own = speaker.at(question.key)
        place = (question.key, question.label)
        if question.required is True:
            cells["required"] = YES
        elif isinstance(question.required, Expression):
            self._rule(cells, "required", question.required, speaker.yes, *place)
        self._constraint(question, cells, own)
        kind = str(fieldtypes.get(question.type).value_type)
        if question.calculate is not None:
            self._rule(cells, "calculation", question.calculate, lambda raw: speaker.value(raw, kind), *place)
            cells["readonly"] = YES
        elif isinstance(question.default, Expression):
            self._rule(cells, "default", question.default, lambda raw: speaker.value(raw, kind), *place)
        elif question.default is not None:
            cells |= self._default(question)
        if question.read_only:
            cells["readonly"] = YES
        self._messages(question, cells)
        self._beyond(question)

    def _messages(self, question: Field, cells: Cells) -> None:
        """Write what is said when something is wrong; a workbook has one text for all that is checked."""
        told = {name: words for name, words in question.messages.items() if words}
        if "required" in told and "required" in cells:
            cells |= self.text("required_message", told["required"])
        checked = [told[name] for name in ("check", "minimum", "maximum", "format") if name in told]
        if checked and "constraint" in cells:
            cells |= self.text("constraint_message", checked[0])
            if any(words != checked[0] for words in checked):
                self._lose(question.key, question.label, "loss.messages")
        elif checked:
            self._lose(question.key, question.label, "loss.messages")

    def _constraint(self, question: Field, cells: Cells, own: Speaker) -> None:
        try:
            found = constraints(question)
        except Unsayable as fault:
            found = []
            self._lose(question.key, question.label, fault.reason, "pattern")
        if question.check is not None:
            checked: Cells = {}
            self._rule(checked, "constraint", question.check, own.passes, question.key, question.label)
            found += checked.values()
        if found:
            cells["constraint"] = " and ".join(found)

    def _default(self, question: Field) -> Cells:
        default = question.default
        if isinstance(default, bool):
            return {"default": YES if default else NO}
        if isinstance(default, list) and question.type == "choices":
            return {"default": " ".join(map(str, default))}
        if isinstance(default, (str, int)):
            return {"default": str(default)}
        self._lose(question.key, question.label, "loss.default")
        return {}

    def _beyond(self, question: Field) -> None:
        """Name what no column is for."""
        if question.prefill:
            self._lose(question.key, question.label, "loss.prefill")
        if question.settings.get("maxItems", 1) > 1 and question.type in ("file", "photo"):
            self._lose(question.key, question.label, "loss.files")
        if any(option.help for option in question.options):
            self._lose(question.key, question.label, "loss.option_help")
        if question.type in ("file", "photo") and set(question.settings) & {"accept", "maxBytes"}:
            self._lose(question.key, question.label, "loss.accept")
        if question.type == "number":
            self._lose(question.key, question.label, "loss.decimals")

    def _repeat(self, question: Field, cells: Cells, speaker: Speaker) -> None:
        cells["type"] = "begin_repeat"
        if least(question) == most(question):
            cells["repeat_count"] = str(most(question))
        elif least(question) or "maxItems" in question.settings or question.required is not False:
            self._lose(question.key, question.label, "loss.rows")
        if question.check is not None or question.row.check is not None:
            self._lose(question.key, question.label, "loss.row_check")
        self.made.survey.append(cells)
        inner = {one.key: speaker.named[f"{question.key}/{one.key}"] for one in question.fields}
        self._fields(
            question.fields, question.groups, Speaker({**speaker.named, **inner}), f"{question.key}/"
        )
        self.made.survey.append({"type": "end_repeat"})

    def _matrix(self, question: Field, cells: Cells) -> None:
        """Write a group that is shown as a table: one question for each row."""
        self._lose(question.key, question.label, "loss.matrix")
        if question.check is not None or isinstance(question.required, Expression):
            self._lose(question.key, question.label, "loss.group_rule")
        required = {"required": YES} if question.required is True else {}
        cells |= {"type": "begin_group", "appearance": "table-list"}
        listed = self.lists.of(question)
        self.made.survey.append(cells)
        for row in question.settings["rows"]:
            name = self.names.free(keys.question_key(f"{cells['name']}_{row['value']}"))
            words = self.text("label", self.lists.words(row["label"]))
            self.made.survey.append({"type": f"select_one {listed}", "name": name, **words, **required})
        self.made.survey.append({"type": "end_group"})

    def _range(self, question: Field, cells: Cells) -> None:
        """Write two days, of which the second is not before the first."""
        self._lose(question.key, question.label, "loss.range")
        if question.check is not None or isinstance(question.required, Expression):
            self._lose(question.key, question.label, "loss.group_rule")
        last = self.names.free(f"{cells['name']}_to")
        required = {"required": YES} if question.required is True else {}
        self.made.survey.append({**cells, "type": "date", **required})
        later = {"constraint": f". >= ${{{cells['name']}}}"}
        self.made.survey.append({**cells, "type": "date", "name": last, **required, **later})

    def _noted(self, question: Field, cells: Cells) -> None:
        if question.settings.get("source") != "filed_on":
            self._lose(question.key, question.label, "loss.noted")
            return
        told = {
            head: text for head, text in cells.items() if head == "name" or head.startswith(("label", "hint"))
        }
        self.made.survey.append({"type": "today", **told})

    def _rule(
        self,
        cells: Cells,
        column: str,
        rule: Expression | None,
        speak: Callable[[Json], str],
        at: str,
        name: Text,
    ) -> None:
        """Write a rule into its column; one that cannot be said there is named and left out."""
        if rule is None:
            return
        try:
            cells[column] = speak(rule.raw)
        except Unsayable:
            self._lose(at, name, "loss.rule", column)

    def _lose(self, at: str, name: Text, reason: str, what: str = "") -> None:
        self.made.losses.append(Loss(at, name, reason, what))


def _apart(text: Text) -> Text:
    """Return words in which nothing looks like a reference."""
    return Text(tuple((code, words.replace("${", "$ {")) for code, words in text.values))
