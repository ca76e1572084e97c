"""Files that arrive piece by piece for rows: each stays with its row whatever happens to the rows (F18)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from runtime.cases.models import Attachment
from runtime.modules.models import Installation
from runtime.regions import scope
from runtime.wizard.merging import digest
from runtime.wizard.models import Draft
from runtime.wizard.views import ApplyView
from tests import factories
from tests.journeys import papers
from tests.runtime import permit
from tests.runtime.wizard.forms import DATA, Applicant
from tests.runtime.wizard.test_pieces import Sender

DraftOf = Callable[[Applicant], Draft]
PDF = papers.letter("akta.pdf")["buffer"]


def question(key: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, "label": permit.text(key.capitalize()), **more}


DIPLOMAS = question("ijazah", "repeat", fields=[question("jenis", "text"), question("berkas", "file")])
CHILDREN = question(
    "anak",
    "repeat",
    maxItems=5,
    fields=[
        question("nama", "text"),
        question("akta", "file", maxItems=2),
        question("foto", "file"),
        DIPLOMAS,
    ],
)
TWO: dict[str, Any] = {"_row": ["anak.0", "anak.1"], "anak.0.nama": "Ani", "anak.1.nama": "Budi"}


class Parent(Sender):
    """Somebody with two children on the second page, whose script sends files for them."""

    def __init__(self, applicant: Applicant) -> None:
        super().__init__(applicant)
        self.applicant = applicant
        self.mark = applicant.drawn("more")
        self.save(**TWO)

    def save(self, **values: Any) -> Any:
        return self.client.post(self.applicant.at("more") + "autosave/", {"_revision": self.mark} | values)

    def begin(self, content: bytes = PDF, **changes: Any) -> Any:
        return super().begin(content, **({"_revision": self.mark} | changes))

    def piece(self, pk: str, offset: int, content: bytes, **headers: Any) -> Any:
        return super().piece(pk, offset, content, **({"page-mark": self.mark} | headers))

    def attach(self, place: str, name: str) -> Any:
        return self.whole(field=place, name=name)


@pytest.fixture
def parent(offered: Installation, client_on: Callable[..., Client]) -> Parent:
    document = permit.document()
    document["pages"][1]["fields"] = [CHILDREN]
    factories.installed(offered.region, permit.as_text(pages=document["pages"]), number=2)
    return Parent(Applicant(client_on(offered.region)))


@pytest.fixture
def rows(parent: Parent, draft_of: DraftOf) -> Callable[[], list[dict[str, Any]]]:
    """Return the rows as they are stored, files by their names."""

    def plain(value: Any) -> Any:
        if isinstance(value, list):
            return [plain(each) for each in value]
        if not isinstance(value, dict):
            return value
        return value["name"] if "sha256" in value else {key: plain(each) for key, each in value.items()}

    return lambda: plain(draft_of(parent.applicant).answers["anak"])


Rows = Callable[[], list[dict[str, Any]]]


class TestPiecesInRows:
    def test_arrive_in_their_row_and_in_rows_of_rows(self, parent: Parent, rows: Rows) -> None:
        done = parent.attach("anak.1.akta", "budi.pdf")
        assert 'value="anak.1.akta:' in done.json()["html"]
        assert rows() == [{"nama": "Ani"}, {"nama": "Budi", "akta": ["budi.pdf"]}]
        parent.save(**(TWO | {"_row": [*TWO["_row"], "anak.1.ijazah.0", "anak.1.ijazah.1"]}))
        parent.attach("anak.1.ijazah.1.berkas", "sma.pdf")
        assert rows()[1]["ijazah"] == [{}, {"berkas": ["sma.pdf"]}]
        assert rows()[1]["akta"] == ["budi.pdf"]

    def test_stay_with_their_row_when_rows_are_copied_and_taken_out(self, parent: Parent, rows: Rows) -> None:
        parent.save(**(TWO | {"_row": [*TWO["_row"], "anak.1.ijazah.0"]}))
        for place, name in {
            "anak.0.akta": "ani.pdf",
            "anak.1.akta": "budi.pdf",
            "anak.1.ijazah.0.berkas": "sma.pdf",
        }.items():
            parent.attach(place, name)
        page, both = parent.applicant, TWO | {"_row": [*TWO["_row"], "anak.1.ijazah.0"]}
        page.post("more", **both, _rows="copy:anak.0", _revision=parent.mark)
        budi = {"nama": "Budi", "akta": ["budi.pdf"], "ijazah": [{"berkas": ["sma.pdf"]}]}
        assert rows() == [{"nama": "Ani", "akta": ["ani.pdf"]}, {"nama": "Ani"}, budi]
        three = {
            "_row": ["anak.0", "anak.1", "anak.2", "anak.2.ijazah.0"],
            "anak.0.nama": "Ani",
            "anak.1.nama": "Adi",
            "anak.2.nama": "Budi",
        }
        page.post("more", **three, _rows="remove:anak.0", _revision=page.drawn("more"))
        assert rows() == [{"nama": "Adi"}, budi]
        assert page.send()["Location"] == f"{page.home}receipt/"

    def test_are_the_pages_own_and_never_in_conflict_with_it(
        self, parent: Parent, rows: Rows, draft_of: DraftOf
    ) -> None:
        parent.attach("anak.0.akta", "ani.pdf")
        later = TWO | {"anak.0.nama": "Ani Lestari"}
        saved = parent.save(**later, _revision=parent.mark, _turn="1")
        assert saved.json() == {"saved": True, "changed": []}
        assert rows()[0] == {"nama": "Ani Lestari", "akta": ["ani.pdf"]}
        assert draft_of(parent.applicant).others == {}

    def test_go_on_in_their_own_row_only(self, parent: Parent, rows: Rows) -> None:
        """The same paper may be meant for two rows."""
        known: dict[str, Any] = {"sha256": hashlib.sha256(PDF).hexdigest()}
        first = parent.begin(field="anak.0.akta", **known).json()["id"]
        parent.piece(first, 0, PDF[:100])
        second = parent.begin(field="anak.1.akta", **known).json()
        assert (second["id"] != first, second["offset"]) == (True, 0)
        assert parent.begin(field="anak.0.akta", **known).json() == {"id": first, "offset": 100}
        parent.piece(first, 100, PDF[100:])
        assert rows() == [{"nama": "Ani", "akta": ["surat.pdf"]}, {"nama": "Budi"}]

    def test_replace_a_single_file_and_join_several(self, parent: Parent, rows: Rows) -> None:
        for place in ("anak.0.foto", "anak.0.akta"):
            for name in ("lama.pdf", "baru.pdf"):
                assert parent.attach(place, name).status_code == 200
        assert rows()[0] == {"nama": "Ani", "foto": ["baru.pdf"], "akta": ["lama.pdf", "baru.pdf"]}
        refused = parent.begin(field="anak.0.akta")
        assert (refused.status_code, parent.begin(field="anak.1.akta").status_code) == (422, 201)


class TestAtOnce:
    @pytest.mark.parametrize("address", ["", "autosave/"])
    def test_no_file_is_lost_to_a_post_that_was_read_before_it_arrived(
        self, parent: Parent, rows: Rows, monkeypatch: pytest.MonkeyPatch, address: str
    ) -> None:
        prepare = ApplyView.prepare

        def slowly(view: ApplyView) -> None:
            prepare(view)
            monkeypatch.setattr(ApplyView, "prepare", prepare)
            assert parent.attach("anak.1.akta", "budi.pdf").status_code == 200

        monkeypatch.setattr(ApplyView, "prepare", slowly)
        post = TWO | {"anak.0.nama": "Ani Lestari", "_revision": parent.mark, "_turn": "1"}
        parent.client.post(parent.applicant.at("more") + address, post)
        assert rows() == [{"nama": "Ani Lestari"}, {"nama": "Budi", "akta": ["budi.pdf"]}]


class TestAnotherWindow:
    def test_that_gave_the_rows_other_numbers_moves_no_file_to_another_row(
        self, parent: Parent, rows: Rows
    ) -> None:
        parent.attach("anak.1.akta", "budi.pdf")
        page = parent.applicant
        shown = re.findall(r'name="_kept" value="([^"]+)"', page.get("more").content.decode())
        page.post("more", **TWO, _kept=shown, _rows="remove:anak.0", _revision=page.drawn("more"))
        assert rows() == [{"nama": "Budi", "akta": ["budi.pdf"]}]
        parent.save(**TWO, _kept=shown)
        assert rows() == [{"nama": "Budi", "akta": ["budi.pdf"]}]  # nothing was typed here
        changed = parent.save(**(TWO | {"anak.1.nama": "Budiman"}), _kept=shown).json()["changed"]
        assert "jendela lain" in changed[0]
        assert rows() == [{"nama": "Ani"}, {"nama": "Budiman", "akta": ["budi.pdf"]}]


class TestRefusals:
    def test_of_rows_that_another_window_has_changed(self, parent: Parent, rows: Rows) -> None:
        """A number may mean another row now; the file waits for its page to be opened again."""
        late = parent.begin(field="anak.1.akta", sha256=hashlib.sha256(PDF).hexdigest()).json()["id"]
        page = parent.applicant
        page.post("more", **TWO, _rows="remove:anak.0", _revision=page.drawn("more"))
        refused = parent.piece(late, 0, PDF)
        assert refused.status_code == 404  # there is one row left
        page.post("more", **{"_row": "anak.0", "anak.0.nama": "Budi"}, _rows="copy:anak.0")
        refused = parent.piece(late, 0, PDF)
        assert (refused.status_code, "jendela lain" in refused.json()["problem"]) == (409, True)
        assert parent.begin(field="anak.1.akta").status_code == 409
        assert rows() == [{"nama": "Budi"}, {"nama": "Budi"}]
        parent.mark = page.drawn("more")
        again = parent.begin(field="anak.1.akta", sha256=hashlib.sha256(PDF).hexdigest()).json()
        assert again == {"id": late, "offset": len(PDF)}
        assert parent.piece(late, len(PDF), b"").status_code == 200
        assert rows() == [{"nama": "Budi"}, {"nama": "Budi", "akta": ["surat.pdf"]}]

    def test_of_a_page_that_does_not_say_what_it_shows(self, parent: Parent) -> None:
        assert parent.begin(field="anak.0.akta", _revision="").status_code == 409
        pk = parent.begin(field="anak.0.akta").json()["id"]
        assert parent.piece(pk, 0, PDF, **{"page-mark": "x"}).status_code == 409

    @pytest.mark.parametrize(
        "place",
        ["akta", "anak", "anak.akta", "anak.0", "anak.0.nama", "anak.2.akta", "anak.00.akta", "anak.-1.akta",
         "anak.0.akta.0", "anak.0.ijazah.0.berkas", "anak.٠.akta", "anak.0.ijazah"],
    )  # fmt: skip
    def test_of_places_that_are_not_there(self, parent: Parent, place: str) -> None:
        assert parent.begin(field=place).status_code == 400


class TestTidiedAway:
    def test_of_a_version_that_lost_are_asked_for_again_and_break_no_page(
        self, parent: Parent, draft_of: DraftOf
    ) -> None:
        """Another version of the rows may name a file that was deleted with the rows that replaced it."""
        page = parent.applicant
        page.post("data", **DATA)
        parent.attach("anak.1.akta", "budi.pdf")
        held = draft_of(page)
        lost = held.answers["anak"]
        with scope.everywhere("a test arranges what two windows leave"):
            held.others = {"anak": [[lost, None, "w", 1]]}
            held.answers = held.answers | {"anak": [{"nama": "Ani"}]}
            held.save()
            Attachment.objects.all().delete()
        shown = page.get("more")
        assert shown.status_code == 200
        chosen = f"anak:{digest(lost, None)}"
        assert chosen in shown.content.decode()
        assert page.post("more", _take=chosen, _revision=page.drawn("more")).status_code in {200, 302}
        assert draft_of(page).answers["anak"] == lost
        assert page.get("more").status_code == 200
        assert page.get("review").status_code == 200
        sent = page.send()
        assert (sent.status_code, sent["Location"]) == (302, page.at("more"))
        told = page.client.get(sent["Location"]).content.decode()
        assert "Silakan periksa jawaban “Anak”" in told
