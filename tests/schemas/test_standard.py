"""The service standard follows from the document."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from schemas import parse, standard
from schemas.definition import Duration, Module
from tests.schemas.corpus import STARTERS, VALID


@pytest.fixture(scope="module")
def modules() -> dict[str, Module]:
    return {path.stem: parse.load(path.read_text(encoding="utf-8")) for path in [*STARTERS, *VALID]}


class TestDescribe:
    def test_takes_the_plain_way_to_the_granted_end(self, modules: dict[str, Module]) -> None:
        steps = standard.describe(modules["surat-domisili"], "id").steps
        assert [step.status for step in steps] == [
            "pemeriksaan",
            "paraf_kasi",
            "tanda_tangan",
            "siap_diambil",
            "selesai",
        ]
        assert steps[0].who == ("Petugas loket",)
        assert steps[0].title == "Berkas sedang diperiksa"

    def test_sums_the_promised_times_and_rounds_up(self, modules: dict[str, Module]) -> None:
        assert standard.describe(modules["surat-domisili"], "id").total == Duration(3, "working_days")

    def test_does_not_count_the_time_that_waits_for_the_applicant(self, modules: dict[str, Module]) -> None:
        assert standard.describe(modules["aduan-warga"], "id").total == Duration(26, "working_days")

    def test_lists_the_files_with_their_conditions_in_words(self, modules: dict[str, Module]) -> None:
        documents = standard.describe(modules["surat-domisili"], "en").documents
        by_label = {document.label: document for document in documents}
        assert by_label["Identity card (KTP-el)"].required
        assert by_label["Identity card (KTP-el)"].condition == ""
        assert not by_label["Letter from RT/RW"].required
        assert by_label["Notarial deed"].condition == (
            "This letter states the domicile of … is one of An organisation, A political party"
        )

    def test_promises_nothing_where_no_time_is_given(self, modules: dict[str, Module]) -> None:
        described = standard.describe(modules["smallest"], "id")
        assert described.total is None
        assert [step.status for step in described.steps] == ["baru", "selesai"]


HOUSE = {"==": [{"var": "kind"}, "house"]}
SEEN = {"==": [{"var": "seen"}, True]}


def amount(key: str, label: str, formula: Any, **more: Any) -> dict[str, Any]:
    return {"key": key, "type": "money", "label": {"id": label}, "calculate": formula, **more}


def described(language: str, tasks: Sequence[Any] = (), **changed: Any) -> standard.ServiceStandard:
    """Describe a permit with a page, a file and two steps that only some need, and amounts of money."""
    document = json.loads(next(path for path in VALID if path.stem == "smallest").read_text("utf-8"))
    kinds = [{"value": value, "label": {"id": value, "en": value.title()}} for value in ("house", "shop")]
    first = [
        {"key": "kind", "type": "choice", "label": {"id": "Jenis", "en": "Kind"}, "options": kinds},
        {"key": "income", "type": "money", "label": {"id": "Penghasilan"}},
        amount("half", "Half", {"+": [{"var": "income"}, 1]}),
        amount("base", "Base", {"if": [HOUSE, 5, 9]}),
        amount("fee", "Fee", {"*": [{"var": "base"}, 2]}),
    ]  # fmt: skip
    photo = {"key": "photo", "type": "photo", "label": {"id": "Foto", "en": "Photo"}}
    rooms = {"key": "rooms", "type": "repeat", "label": {"id": "Ruang", "en": "Rooms"}, "fields": [photo]}
    seen = {"key": "seen", "type": "boolean", "label": {"id": "Sudah dilihat"}}
    document |= {
        "languages": ["id", "en"],
        "pages": [
            {"key": "one", "title": {"id": "Satu"}, "fields": first},
            {"key": "two", "title": {"id": "Dua"}, "fields": [rooms], "visible": HOUSE},
            {"key": "found", "title": {"id": "Temuan"}, "for": "petugas", "fields": [seen]},
        ],
        **changed,
    }
    flow = document["workflow"]
    (advance,) = (one for one in flow["actions"] if one["from"] == [flow["start"]])
    (open_,) = (one for one in flow["statuses"] if one["key"] == flow["start"])
    if tasks:
        flow["roles"].append({"key": "ahli", "title": {"id": "Ahli"}})
        open_ |= {"tasks": tasks, "complete": [{"if": "all_decided", "do": advance["key"]}]}
        advance["who"] = "system"
    for key, condition in () if tasks else (("advice", HOUSE), ("visit", SEEN)):
        end = advance["to"]
        flow["statuses"].append(
            {**open_, "key": key, "title": {"id": key}, "due": {"amount": 2, "unit": "working_days"}}
        )
        flow["actions"] += [
            {**advance, "key": f"did_{key}", "from": [key], "to": end},
            {"key": f"no_{key}", "title": {"id": "Lewati"}, "from": [key], "to": end, "who": "system",
             "when": {"!": [{"default": [condition, False]}]}},
        ]  # fmt: skip
        advance["to"] = key
    return standard.describe(parse.load(json.dumps(document)), language)


class TestWhatDependsOnAnswers:
    def test_says_of_a_step_for_some_when_it_is_done(self) -> None:
        steps = {step.status: step for step in described("en").steps}
        assert (steps["advice"].optional, steps["advice"].condition) == (True, "Kind is House")
        assert (steps["visit"].optional, steps["visit"].condition) == (True, "")
        assert [step.optional for key, step in steps.items() if key not in ("advice", "visit")] == [False] * 2
        assert described("en").shorter

    def test_says_of_one_of_several_when_they_are_asked(self) -> None:
        yes = {"key": "yes", "title": {"id": "Ya"}, "counts": "for"}
        outcomes = [yes, {**yes, "key": "no", "counts": "against"}]
        tasks = [
            {"key": f"{r}_1", "title": "Saran", "role": r, "outcomes": outcomes} for r in ("petugas", "ahli")
        ]
        tasks[1]["when"] = HOUSE
        (step, *_) = described("en", tasks=tasks).steps
        assert (step.who, step.some) == (("Petugas",), (("Ahli", "Kind is House"),))

    def test_tells_a_cost_that_is_worked_out_unless_the_prose_does(self) -> None:
        assert described("en").amounts == ("Fee",)
        assert described("id", standard={"fee": {"id": "Gratis"}}).amounts == ()

    @pytest.mark.parametrize(
        ("named", "amounts"), [({}, ()), ({"cost": True}, ("Fee",)), ({"cost": False}, ())]
    )
    def test_tells_the_cost_that_the_document_names(self, named: Any, amounts: Any) -> None:
        document = json.loads(next(path for path in VALID if path.stem == "smallest").read_text("utf-8"))
        typed = {"key": "value", "type": "money", "label": {"id": "Nilai"}}
        fee = amount("fee", "Fee", {"*": [{"var": "value"}, 2]}, **named)
        document["pages"][0]["fields"] += [typed, fee]
        assert standard.describe(parse.load(json.dumps(document)), "id").amounts == amounts

    def test_counts_the_pages_that_everybody_fills_in(self) -> None:
        assert described("id").pages == (1, 2)

    def test_lists_the_files_of_entries(self) -> None:
        (document,) = described("en").documents
        assert (document.label, document.condition) == ("Rooms · Photo", "Kind is House")
