"""T10: answers that the server works out, or that are only shown, are never the sender's to decide."""

from __future__ import annotations

from typing import Any

import pytest

from runtime.cases.models import Case
from runtime.modules.models import Installation
from runtime.regions import scope
from runtime.regions.models import Region
from tests import factories
from tests.runtime import permit
from tests.runtime.api.program import ANSWERS, Program, case_count

CHILDREN = [{"nama": "Adi", "umur": 4}, {"nama": "Budi", "umur": 7}]


REGISTER = {"register": "dukcapil", "by": {"nama": "name", "umur": "age"}, "value": "nama"}
FIXED = {"fee": 15_000, "later": 7, "half": 15, "or_else": "loket"}


def _field(key: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, "label": {"id": key}, **more}


@pytest.fixture
def counting(program: Program, offered: Installation) -> Program:
    """A program that knows a version with formulas, rows and questions that are only shown."""
    document = permit.document()
    document["pages"][0]["fields"] += [
        _field("twice", "integer", calculate={"*": [{"var": "age"}, 2]}),
        _field("fee", "money", readOnly=True, default=15_000),
        _field("later", "integer", readOnly=True, default=7, visible={"==": [{"var": "fee"}, 15_000]}),
        _field("half", "integer", readOnly=True, default={"/": [{"var": "age"}, 2, 0]}),
        _field("from_profile", "text", readOnly=True, prefill={"profile": "occupation"}),
        _field("or_else", "text", readOnly=True, prefill={"query": "asal"}, default="loket"),
        _field("by_hand", "text", readOnly=True, prefill=REGISTER),
        {
            **_field("anak", "repeat"),
            "fields": [
                _field("nama", "text", required=True),
                _field("umur", "integer"),
                _field("next", "integer", calculate={"+": [{"var": "umur"}, 1]}),
                _field("unit", "text", readOnly=True, default="tahun"),
            ],
        },
    ]
    factories.installed(offered.region, permit.as_text(pages=document["pages"]), number=2)
    return Program(program.client, version=2)


class TestNoted:
    """Rules that look at what the server notes: how an application came in, in which language."""

    @pytest.fixture
    def noting(self, program: Program, offered: Installation) -> Program:
        document, by_program = permit.document(), {"==": [{"var": "way"}, "api"]}
        document["pages"][0]["fields"] += [
            _field("way", "metadata", source="channel"),
            _field("sender", "text", required=True, visible=by_program),
            _field("counter", "text", required=True, visible={"!": by_program}),
            _field(
                "mark", "text", readOnly=True, default={"if": [{"==": [{"var": "way"}, "api"]}, "A", "B"]}
            ),
        ]
        factories.installed(offered.region, permit.as_text(pages=document["pages"]), number=2)
        return Program(program.client, version=2)

    def test_are_judged_alike_before_and_at_filing(self, noting: Program) -> None:
        verdict = noting.validate(ANSWERS | {"sender": "Dinas"}).json()
        assert verdict["problems"] == []
        assert "sender" in verdict["asked"]
        assert not {"way", "counter"} & set(verdict["asked"])
        assert noting.submit(ANSWERS | {"sender": "Dinas"}).status_code == 201
        with scope.everywhere("a test looks"):
            assert Case.objects.get().answers == ANSWERS | {"sender": "Dinas", "way": "api", "mark": "A"}

    def test_t10_cannot_be_turned_by_whoever_sends(self, noting: Program) -> None:
        refused = noting.submit(ANSWERS | {"way": "web", "counter": "3"})
        assert refused.status_code == 422
        found = [(error["pointer"], error["code"]) for error in refused.json()["errors"]]
        assert found == [("/way", "answers.unknown")]
        assert noting.submit(ANSWERS | {"counter": "3"}).status_code == 422
        assert case_count() == 0


class TestWorkedOut:
    def test_may_be_left_out_and_is_filed_t10(self, counting: Program) -> None:
        answers = ANSWERS | {"anak": CHILDREN}
        assert counting.validate(answers).json()["calculated"] == {
            "/twice": 60,
            "/anak/0/next": 5,
            "/anak/1/next": 8,
        }
        assert counting.submit(answers).status_code == 201
        with scope.everywhere("a test looks"):
            case = Case.objects.get()
        rows = [{**row, "next": row["umur"] + 1, "unit": "tahun"} for row in CHILDREN]
        assert case.answers == ANSWERS | FIXED | {"twice": 60, "anak": rows}

    def test_is_typed_by_hand_where_only_a_register_locks_it(self, counting: Program) -> None:
        assert counting.submit(ANSWERS | {"by_hand": "Siti"}).status_code == 201
        with scope.everywhere("a test looks"):
            assert Case.objects.get().answers["by_hand"] == "Siti"

    def test_may_be_sent_when_it_is_the_same_t10(self, counting: Program) -> None:
        rows = [{"nama": "Adi", "umur": 4, "next": 5, "unit": "tahun"}]
        answers = ANSWERS | FIXED | {"twice": 60, "anak": rows}
        assert counting.validate(answers).json()["valid"] is True
        assert counting.submit(answers).status_code == 201

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"twice": 61}, "/twice"),
            ({"fee": 1}, "/fee"),
            ({"later": 8}, "/later"),
            ({"half": 14}, "/half"),
            ({"from_profile": "Penjahit"}, "/from_profile"),
            ({"or_else": "pasar"}, "/or_else"),
            ({"anak": [{"nama": "Adi", "umur": 4, "next": 50}]}, "/anak/0/next"),
            ({"anak": [{"nama": "Adi"}, {"nama": "Budi", "unit": "bulan"}]}, "/anak/1/unit"),
            ({"anak": [{"nama": "Adi", "next": 5}]}, "/anak/0/next"),
        ],
    )
    def test_is_refused_when_it_differs_t10(
        self, counting: Program, change: dict[str, Any], pointer: str
    ) -> None:
        refused = counting.submit(ANSWERS | change)
        assert refused.status_code == 422
        found = [(error["pointer"], error["code"]) for error in refused.json()["errors"]]
        assert found == [(pointer, "answers.calculated")]
        assert counting.validate(ANSWERS | change).json()["valid"] is False
        assert case_count() == 0

    def test_stays_out_while_it_is_unknown(self, counting: Program) -> None:
        answers = {key: value for key, value in ANSWERS.items() if key != "age"}
        assert counting.validate(answers).json()["calculated"] == {}
        assert counting.submit(answers | {"half": 15}).json()["errors"][0]["code"] == "answers.calculated"

    @pytest.mark.parametrize("rows", [[], None, "x", [1], [[]], [{}], {"0": {}}, [{"nama": None}]])
    def test_never_stumbles_over_rows_that_are_none(self, counting: Program, rows: Any) -> None:
        refused = counting.submit(ANSWERS | {"anak": rows})
        assert refused.status_code == 422
        assert all(error["pointer"].startswith("/anak") for error in refused.json()["errors"])
        assert counting.validate(ANSWERS | {"anak": rows}).json()["valid"] is False

    def test_points_at_the_question_in_its_row_in_the_authors_words(
        self, program: Program, offered: Installation
    ) -> None:
        document = permit.document()
        name = _field("nama", "text", required=True, messages={"required": {"id": "Siapa namanya?"}})
        document["pages"][0]["fields"].append({**_field("anak", "repeat"), "fields": [name]})
        factories.installed(offered.region, permit.as_text(pages=document["pages"]), number=2)
        refused = Program(program.client, version=2).submit(ANSWERS | {"anak": [{"nama": "Adi"}, {}]})
        (error,) = refused.json()["errors"]
        assert (error["pointer"], error["message"]) == ("/anak/1/nama", "Siapa namanya?")


class TestRows:
    def test_name_only_offices_of_the_region_t10(
        self, program: Program, offered: Installation, poso: Region
    ) -> None:
        document = permit.document()
        inner = [_field("desa", "office", kinds=["village"])]
        document["pages"][0]["fields"].append({**_field("anak", "repeat"), "fields": inner})
        factories.installed(offered.region, permit.as_text(pages=document["pages"]), number=2)
        newer = Program(program.client, version=2)
        assert newer.submit(ANSWERS | {"anak": [{"desa": "sukasari"}]}).status_code == 201
        for foreign in ("bukit-bambu", "tidak-ada"):
            refused = newer.submit(ANSWERS | {"anak": [{"desa": foreign}]})
            (wrong,) = refused.json()["errors"]
            assert (wrong["code"], wrong["pointer"]) == ("answers.option", "/anak/0/desa")


class TestFilesInRows:
    def test_are_uploaded_under_the_name_of_repeat_and_question(
        self, program: Program, offered: Installation
    ) -> None:
        document = permit.document()
        document["pages"][0]["fields"].append(
            {**_field("anak", "repeat"), "fields": [_field("akta", "photo"), _field("nama", "text")]}
        )
        factories.installed(offered.region, permit.as_text(pages=document["pages"]), number=2)
        newer = Program(program.client, version=2)
        assert newer.upload("akta").status_code == 422
        stored = newer.upload("anak.akta").json()
        answers = ANSWERS | {"anak": [{"nama": "Adi"}, {"akta": [stored["file"]]}]}
        for refused in (newer.submit(answers).json()["errors"], newer.validate(answers).json()["problems"]):
            assert [(each["code"], each["pointer"]) for each in refused] == [("answers.file", "/anak/1/akta")]
        filed = newer.submit(answers, **{"Upload-Token": stored["upload_token"]})
        assert filed.status_code == 201, filed.content
