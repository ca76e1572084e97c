"""The event log: every step, in a form that tools of process mining read, and nobody's name or answer."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.management import CommandError, call_command

from runtime.cases import eventlog
from runtime.cases.models import Case, CaseEvent
from runtime.regions.models import Region
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import permit
from tests.runtime.conftest import Village

XES = "{http://www.xes-standard.org/}"
NAME = re.compile(r"[A-Za-z_:][\w:.-]*")
KEY = permit.document()["key"]


@pytest.fixture
def filed(desk: Village) -> Case:
    """A case that was forwarded once, of a Siti whose village the answers name."""
    reference = desk.submit().reference
    desk.forward(reference)
    return Case.objects.get(reference=reference)


def text(region: Region, form: Any, **more: Any) -> str:
    return "".join(eventlog.pieces(region, KEY, form, language="id", **more))


def table(region: Region, **more: Any) -> list[dict[str, str]]:
    content = text(region, "csv", **more)
    assert content.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(content[1:]), delimiter=";"))


class TestCsv:
    def test_tells_every_step_with_role_and_office(self, desk: Village, filed: Case) -> None:
        first, second = table(desk.region)
        assert {first["case"], second["case"]} == {str(filed.public_id)}
        assert first["activity"] == "Permohonan diterima"
        assert first["role"] == "Pemohon"
        assert (second["action"], second["to_status"]) == ("forward", filed.status)
        assert second["office"] == desk.office.name
        assert datetime.fromisoformat(second["timestamp"]).utcoffset() == timedelta(hours=7)

    def test_T12_guards_what_looks_like_a_formula(self, desk: Village, filed: Case) -> None:
        desk.office.name = "=HYPERLINK(1)"
        desk.office.save()
        assert table(desk.region)[1]["office"] == "'=HYPERLINK(1)"


class TestPrivacy:
    @pytest.mark.parametrize("form", ["xes", "csv"])
    def test_holds_no_name_answer_note_or_reference(self, form: str, desk: Village, filed: Case) -> None:
        told = text(desk.region, form)
        people = [filed.applicant_name, desk.clerk.get_full_name(), filed.contact_email]
        given = [str(value) for value in filed.answers.values() if isinstance(value, str) and len(value) > 5]
        notes = [event.note for event in CaseEvent.objects.filter(case=filed)]
        hidden = [word for word in (*people, *given, *notes, filed.reference, str(filed.proof_hash)) if word]
        assert len(hidden) > 3
        assert [word for word in hidden if word in told] == []


class TestXes:
    def test_keeps_to_the_written_structure(self, desk: Village, filed: Case) -> None:
        root = ElementTree.fromstring(text(desk.region, "xes"))
        assert root.tag == f"{XES}log"
        assert float(root.attrib["xes.version"])
        order = ["extension", "global", "classifier", "string", "trace"]
        places = [order.index(child.tag.removeprefix(XES)) for child in root]
        assert places == sorted(places)
        prefixes = {one.attrib["prefix"] for one in root.iter(f"{XES}extension")}
        for trace in root.iter(f"{XES}trace"):
            tags = [child.tag.removeprefix(XES) for child in trace]
            assert tags == sorted(tags, key=lambda tag: tag == "event")
            for one in (*trace, *(inner for event in trace.iter(f"{XES}event") for inner in event)):
                if "key" in one.attrib:
                    assert NAME.fullmatch(one.attrib["key"])
                    assert one.attrib["key"].partition(":")[0] in prefixes or ":" not in one.attrib["key"]

    def test_tells_a_case_as_a_trace(self, desk: Village, filed: Case) -> None:
        root = ElementTree.fromstring(text(desk.region, "xes"))
        (trace,) = root.iter(f"{XES}trace")
        names = [one.attrib["value"] for one in trace.iter() if one.attrib.get("key") == "concept:name"]
        assert names[:2] == [str(filed.public_id), "Permohonan diterima"]
        times = [datetime.fromisoformat(one.attrib["value"]) for one in trace.iter(f"{XES}date")]
        assert times == sorted(times)
        assert len(times) == 2

    def test_is_sound_xml_whatever_an_office_is_called(self, desk: Village, filed: Case) -> None:
        desk.office.name = '<a b="\x07&">'
        desk.office.save()
        told = ElementTree.fromstring(text(desk.region, "xes"))
        assert '<a b="&">' in [one.attrib.get("value") for one in told.iter(f"{XES}string")]


class TestDays:
    def test_takes_whole_cases_by_the_day_of_filing(self, desk: Village, filed: Case) -> None:
        day = filed.submitted_at.astimezone().date()
        assert len(table(desk.region, since=day - timedelta(days=1), until=day + timedelta(days=1))) == 2
        assert table(desk.region, since=day + timedelta(days=2)) == []
        assert table(desk.region, until=day - timedelta(days=2)) == []

    def test_goes_on_after_a_batch(self, desk: Village, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(eventlog, "BATCH", 2)
        filed = {desk.submit().reference for _ in range(5)}
        cases = Case.objects.filter(reference__in=filed)
        assert {row["case"] for row in table(desk.region)} == {str(case.public_id) for case in cases}


class TestCommand:
    def test_writes_a_file(self, desk: Village, filed: Case, tmp_path: Path) -> None:
        out = tmp_path / "log.csv"
        call_command("eventlog", str(out), region=desk.region.key, module=KEY, form="csv")
        assert str(filed.public_id) in out.read_text(encoding="utf-8")

    def test_says_what_is_not_there(self, desk: Village) -> None:
        with pytest.raises(CommandError, match="nowhere"):
            call_command("eventlog", "-", region="nowhere", module=KEY)
        with pytest.raises(CommandError, match="nothing"):
            call_command("eventlog", "-", region=desk.region.key, module="nothing")


class TestPage:
    def test_sends_the_file_to_an_administrator(
        self, desk: Village, filed: Case, client_on: ClientOn
    ) -> None:
        client = client_on(desk.region, factories.staff("administrator", desk.region, "pengelola"))
        assert client.get("/desk/eventlog/").status_code == 200
        response = client.get("/desk/eventlog/", {"service": KEY, "form": "xes"})
        assert response["Content-Disposition"] == f'attachment; filename="{KEY}.xes"'
        sent = b"".join(response.streaming_content)
        assert str(filed.public_id).encode() in sent

    def test_says_what_is_wrong_with_the_days(self, desk: Village, client_on: ClientOn) -> None:
        client = client_on(desk.region, factories.staff("administrator", desk.region, "pengelola"))
        wrong = {"service": KEY, "form": "csv", "since": date(2026, 5, 2), "until": date(2026, 5, 1)}
        assert "Hari terakhir" in client.get("/desk/eventlog/", wrong).content.decode()

    def test_sends_nothing_to_an_officer(self, desk: Village, client_on: ClientOn) -> None:
        assert (
            client_on(desk.region, desk.clerk)
            .get("/desk/eventlog/", {"service": KEY, "form": "csv"})
            .status_code
            == 403
        )
