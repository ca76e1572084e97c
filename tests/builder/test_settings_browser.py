"""Every setting of every kind of question is offered by the editor, or left out for a reason told here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

import schemas
from builder.panel import editor, palette
from schemas import fieldtypes
from tests import axe
from tests.builder.test_boxes_browser import held

pytestmark = pytest.mark.browser
FORM = json.loads((Path(schemas.__file__).parent / "documents/v1/form.json").read_text(encoding="utf-8"))[
    "$defs"
]
MARKS = {
    "visible": "visible:",
    "check": "check:",
    "row": "row:",
    "kinds": "kind:village",
    "dataset": "source",
    "image": "picture",
    "style": "style",
}
"""Where the mark of a setting's control begins, when it is not the setting's name."""

SELF = {"key", "type", "fields"}
"""Not settings: keys follow the words, the kind is chosen from the palette, questions stand in the list."""
ANSWERED = {
    "required",
    "check",
    "default",
    "calculate",
    "readOnly",
    "prefill",
    "messages",
    "privacy",
    "autocomplete",
}
ONE_PERSONS = {"email", "phone", "nik", "no_kk", "npwp", "nip", "nisn", "nib", "plate", "pattern"}
BROWSERS_KNOW = {"text", "longtext", "email", "phone", "date", "postcode", "url"}


def hidden(kind: str, setting: str) -> str:
    """Return why the editor does not offer a setting, "" when it has to."""
    reasons = [
        (kind in fieldtypes.UNANSWERED and setting in ANSWERED, "nothing is answered"),
        (
            kind == "metadata" and setting in (ANSWERED | {"width"}) - {"privacy"},
            "nobody is asked, the server notes it",
        ),
        (setting == "calculate" and kind not in worked_out(), "a formula cannot give such an answer"),
        (setting == "default" and kind in ONE_PERSONS, "belongs to one person: no answer fits everybody"),
        (setting == "default" and kind == "datetime", "a moment that fits everybody is never wanted"),
        (
            setting == "default" and kind not in worked_out() | {"choices"},
            "of several parts, chosen or drawn by each person",
        ),
        (setting == "default" and kind in {"office", "region", "consent"}, "chosen by each person"),
        (setting == "readOnly" and hidden_default(kind), "an answer that is only shown comes from `default`"),
        (
            setting == "prefill" and kind in {"file", "photo", "signature", "consent", "repeat"},
            "never filled in",
        ),
        (setting == "autocomplete" and kind not in BROWSERS_KNOW, "no browser knows such an answer"),
        (setting == "width" and kind == "repeat", "entries take the whole line"),
        (setting == "chips", "inserting an answer sets it"),
        (setting == "filter", "offered once there is a list with columns: tests of lists"),
    ]
    return next((reason for holds, reason in reasons if holds), "")


def worked_out() -> set[str]:
    """Return the kinds that the editor lets a formula answer."""
    return set(editor.catalogue()["calculable"])


def hidden_default(kind: str) -> bool:
    """Say whether nothing can stand in a question before it is answered."""
    return bool(hidden(kind, "default"))


def settings_of(kind: str) -> set[str]:
    """Return everything the format lets a question of this kind have."""
    if kind == "group":
        return set(FORM["group"]["properties"]) - SELF
    return (set(FORM["field"]["properties"]) | set(fieldtypes.get(kind).settings)) - SELF


def variants(kind: str) -> list[dict[str, Any]]:
    """Return the question bare and with what brings further controls up."""
    bare: dict[str, Any] = {
        "key": f"the_{kind}",
        "type": kind,
        "label": {"id": kind},
        **{name: value for name, value in palette.new_fields()[kind].items() if name != "label"},
    }
    if "options" in bare and not bare["options"]:
        bare["options"] = [{"value": "a", "label": {"id": "A"}}, {"value": "b", "label": {"id": "B"}}]
    if kind == "repeat":
        bare["fields"] = [{"key": "inner", "type": "text", "label": {"id": "Inner"}}]
    more = {**bare, "required": True}
    if kind == "metadata":
        more = {**bare, "source": "query", "parameter": "the_metadata"}
    elif kind not in fieldtypes.UNANSWERED and kind != "group":
        more["default"] = {"boolean": True, "choices": ["a"], "choice": "a"}.get(kind, 1)
    calculated = [{**bare, "calculate": {"var": "a_number"}}] if kind == "money" else []
    return [bare, more, *calculated]


ALL = [kind for _key, _title, kinds in palette.GROUPS for kind in kinds]
BEFORE = [
    {"key": "a_text", "type": "text", "label": {"id": "Nama"}},
    {"key": "a_number", "type": "integer", "label": {"id": "Jumlah"}},
    {"key": "a_day", "type": "date", "label": {"id": "Tanggal"}},
    {"key": "a_clock", "type": "time", "label": {"id": "Jam"}},
    {"key": "a_moment", "type": "datetime", "label": {"id": "Janji"}},
    {"key": "a_tick", "type": "boolean", "label": {"id": "Setuju"}},
]
SHOW = """([fields, id]) => {
  const panel = document.querySelector(".b-panel");
  const builder = window.wagtail.app.getControllerForElementAndIdentifier(panel, "builder");
  builder.store.apply((doc) => { doc.pages[0].fields = fields; });
  builder.moreOpen = true;
  builder.select("field", id);
  return [...panel.querySelectorAll(".b-inspector [data-f]")].map((one) => one.dataset.f);
}"""


def offered(page: Page, kind: str) -> list[set[str]]:
    """Return the marks of the controls shown for a bare question of this kind, then for fuller ones."""
    return [
        set(
            page.evaluate(
                SHOW, [[*BEFORE, question], f"#{question['key']}" if kind == "group" else question["key"]]
            )
        )
        for question in variants(kind)
    ]


def belongs(mark: str, setting: str) -> bool:
    """Say whether the control with this mark is one of the setting."""
    start = MARKS.get(setting, setting)
    if setting == "messages":
        return mark.endswith(":message")
    return mark.startswith(start) if start.endswith(":") else mark == start or mark.startswith(f"{start}:")


class TestSettings:
    def test_are_offered_or_left_out_for_a_reason(self, panel: Page):
        panel.get_by_role("tab", name="Pertanyaan").click()
        missing, needless = [], []
        for kind in ALL:
            bare, *more = offered(panel, kind)
            anywhere = bare.union(*more)
            for setting in sorted(settings_of(kind)):
                if not hidden(kind, setting) and not any(belongs(mark, setting) for mark in anywhere):
                    missing.append((kind, setting))
                if hidden(kind, setting) and any(belongs(mark, setting) for mark in bare):
                    needless.append((kind, setting, hidden(kind, setting)))
        assert missing == []
        assert needless == []

    def test_of_no_kind_have_a_fault_that_axe_finds(self, panel: Page):
        panel.get_by_role("tab", name="Pertanyaan").click()
        for kind in ALL:
            offered(panel, kind)
            found = axe.run(panel, context=".b-inspector", options=axe.BUILDER)
            assert found.violations_count == 0, f"{kind}: {found.generate_report()}"

    def test_of_own_kinds_are_written_as_the_format_wants_them(self, panel: Page):
        panel.get_by_role("tab", name="Pertanyaan").click()
        question = variants("metadata")[0]
        panel.evaluate(SHOW, [[*BEFORE, question], "the_metadata"])
        panel.get_by_label("Yang dicatat").select_option("query")
        assert held(panel)["pages"][0]["fields"][-1]["parameter"] == "the_metadata"
        panel.get_by_label("Yang dicatat").select_option("channel")
        assert held(panel)["pages"][0]["fields"][-1] == {**question, "source": "channel"}
        panel.evaluate(SHOW, [[*BEFORE, variants("choices")[0]], "the_choices"])
        panel.get_by_label("Jawaban paling banyak").fill("2")
        panel.get_by_label("Jawaban awal").select_option("fixed")
        panel.get_by_label("B", exact=True).check()
        made = held(panel)["pages"][0]["fields"][-1]
        assert (made["maxItems"], made["default"]) == (2, ["a", "b"])
        panel.evaluate(SHOW, [[*BEFORE, variants("rating")[0]], "the_rating"])
        panel.get_by_label("Banyaknya bintang").fill("10")
        assert held(panel)["pages"][0]["fields"][-1]["max"] == 10
