"""Finding cases by words at the desk: within rights, in any order, whatever is typed."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from runtime.cases import searching, services, tasklists, wording
from runtime.cases.models import Case, Word
from runtime.regions import scope
from runtime.regions.models import Region
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import permit
from tests.runtime.conftest import Village
from tests.runtime.inbox.test_work import QUERIES, references

ALL, MINE = "?tab=all&q=", "?q="


def filed(desk: Village, name: str, **answers: object) -> str:
    given = permit.answers(village=desk.office.key, name=name, **answers)
    return str(desk.submit(answers=given).reference)


def detailed(desk: Village, name: str, detail: str) -> str:
    return filed(desk, name, reason="b", detail=detail)


class TestSearch:
    @pytest.mark.parametrize("where", [ALL, MINE, "?tab=unit&q="])
    @pytest.mark.parametrize(
        "typed", ["melati", "MEL", "melati toko", "tok Sri mel", "café", "cafe", "  sri,  toko  "]
    )
    def test_finds_words_of_name_and_answers_in_any_order(
        self, desk: Village, clerk_at: Client, where: str, typed: str
    ) -> None:
        case = detailed(desk, "Sri Rahayu", "Toko Melati, Jalan Café 4")
        detailed(desk, "Budi", "Warung")
        assert references(clerk_at, where + quote(typed)) == [case]

    def test_asks_for_the_letters_of_the_region_last_as_every_case_has_them(self, desk: Village) -> None:
        found = searching.sought(desk.region, (b"tng", b"7", b"sri"), (9_999, 9_999, 9_999))
        assert found.words == (b"7", b"sri", b"tng")

    def test_reads_no_cases_for_a_word_that_more_have_than_there_is_to_look_in(self, desk: Village) -> None:
        for _ in range(3):
            detailed(desk, "Sri", "Toko")

        def few(number: int, listed: int | None) -> int | None:
            found = searching.sought(desk.region, (b"sri",), (number,), listed=listed).few
            return None if found is None else len(found)

        assert [few(3, None), few(3, 3), few(3, 2), few(3, 0)] == [3, 3, None, None]
        assert few(1, 0) == 3, "the case of a whole reference is read in any event"

    def test_wants_every_word_of_the_same_case(self, desk: Village, clerk_at: Client) -> None:
        detailed(desk, "Sri", "Toko")
        detailed(desk, "Budi", "Warung")
        assert references(clerk_at, ALL + "sri%20warung") == []
        assert references(clerk_at, ALL + "arung") == []

    @pytest.mark.parametrize("few", [2_000, 0])
    def test_finds_the_same_whether_many_or_few_have_the_words(
        self, desk: Village, clerk_at: Client, monkeypatch: pytest.MonkeyPatch, few: int
    ) -> None:
        monkeypatch.setattr(searching, "FEW", few)
        first, second = detailed(desk, "Sri Ayu", "Toko"), detailed(desk, "Sri", "Toko")
        desk.forward(first)
        desk.perform(first, "sign", desk.head)
        detailed(desk, "Budi", "Toko")
        assert references(clerk_at, ALL + "toko%20sri") == [second, first]
        assert references(clerk_at, ALL + "toko%20sri&service=lain") == []
        assert references(clerk_at, MINE + "toko%20sri") == [second]
        detailed(desk, "Budi", "Toko")
        desk.forward(second)
        assert references(clerk_at, MINE + "toko%20sri") == []
        assert references(clerk_at, MINE + "toko%20budi") != []

    def test_looks_through_the_newest_only_for_words_that_many_have_and_says_so(
        self, desk: Village, clerk_at: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(searching, "FEW", 0)
        monkeypatch.setattr(searching, "LOOKED", 1)
        filed(desk, "Sri Lama")
        newest = filed(desk, "Sri Baru")
        page = clerk_at.get("/desk/" + ALL + "sri")
        assert [row.reference for row in page.context["work"].rows] == [newest]
        assert "tambahkan satu kata" in page.content.decode()

    @pytest.mark.parametrize("counted", [True, False])
    def test_looks_through_all_that_have_the_rarest_word_where_these_can_be_put_in_order(
        self, desk: Village, clerk_at: Client, monkeypatch: pytest.MonkeyPatch, counted: bool
    ) -> None:
        monkeypatch.setattr(searching, "FEW", 0)
        monkeypatch.setattr(searching, "LOOKED", 2)
        monkeypatch.setattr(searching, "COUNTED", 2 if counted else 0)
        older, old = detailed(desk, "Sri", "Toko"), detailed(desk, "Sri", "Toko")
        detailed(desk, "Budi", "Toko")
        page = clerk_at.get("/desk/" + ALL + "toko%20sri")
        found = [row.reference for row in page.context["work"].rows]
        assert found == ([old, older] if counted else [old])
        assert ("tambahkan satu kata" not in page.content.decode()) == counted
        assert references(clerk_at, ALL + "toko%20sri&via=desk") == []

    def test_counts_far_only_where_no_word_is_of_few(
        self, desk: Village, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(searching, "FEW", 1)
        monkeypatch.setattr(searching, "COUNTED", 3)
        for name in ("Sri", "Budi", "Budi", "Budi", "Budi"):
            detailed(desk, name, "Toko")

        def numbers(*words: bytes, far: bool) -> list[int]:
            return tasklists.counts([], most=0, beside=searching.rows(desk.region, words, far=far))

        assert numbers(b"toko", b"sri", far=True) == [2, 1]
        assert numbers(b"toko", b"budi", far=True) == [4, 4]
        assert numbers(b"toko", b"budi", far=False) == [2, 2]
        assert numbers(b"toko", far=True) == [4]

    def test_looks_through_all_that_a_post_was_ever_given_where_that_is_little(
        self, desk: Village, client_on: ClientOn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(searching, "FEW", 2)
        monkeypatch.setattr(searching, "LOOKED", 1)
        elsewhere = factories.office(desk.office.parent or desk.region, "lain")
        oldest = desk.submit(answers=permit.answers(village=elsewhere.key, name="Sri Lama")).reference
        for _ in range(3):
            filed(desk, "Sri Baru")
        client = client_on(desk.region, factories.staff("clerk", elsewhere, "loket-lain"))
        page = client.get("/desk/" + ALL + "sri")
        assert [row.reference for row in page.context["work"].rows] == [oldest]
        assert "tambahkan satu kata" not in page.content.decode()
        assert references(client, ALL + "sri%20baru") == []

    @pytest.mark.parametrize("typed", ["{0}", "{1}", "{2}"])
    def test_finds_a_reference_however_it_is_written(
        self, desk: Village, clerk_at: Client, typed: str
    ) -> None:
        case = filed(desk, "Sri")
        filed(desk, "Budi")
        plain = case.replace("-", "").lower()
        assert references(clerk_at, ALL + typed.format(case, plain, plain[3:12])) == [case]

    def test_finds_a_case_that_has_ended(self, desk: Village, clerk_at: Client) -> None:
        case = filed(desk, "Sri")
        desk.perform(case, "withdraw")
        assert references(clerk_at, MINE + "sri") == []
        assert references(clerk_at, ALL + "sri") == [case]

    def test_asks_for_words_first(self, desk: Village, clerk_at: Client) -> None:
        filed(desk, "Sri")
        page = clerk_at.get("/desk/?tab=all")
        assert page.context["work"].rows == ()
        assert "awal kata" in page.content.decode()

    def test_can_be_saved_as_a_view(self, desk: Village, clerk_at: Client) -> None:
        case = filed(desk, "Sri")
        clerk_at.post("/desk/saved/", {"name": "Bu Sri", "tab": "all", "q": "sri"})
        (view,) = clerk_at.get("/desk/").context["work"].views
        assert references(clerk_at, view.query) == [case]

    def test_asks_as_few_questions_as_the_list(self, desk: Village, clerk_at: Client) -> None:
        for _ in range(3):
            detailed(desk, "Sri", "Toko Melati")
        for where in (ALL, MINE):
            clerk_at.get("/desk/" + where + "sri")
            with CaptureQueriesContext(connection) as queries:
                clerk_at.get("/desk/" + where + "sri%20toko%20mel")
            assert len(queries) <= QUERIES


class TestRights:
    def test_keep_a_role_without_a_part_in_the_case_from_finding_it(
        self, desk: Village, head_at: Client, client_on: ClientOn
    ) -> None:
        case = detailed(desk, "Sri", "Toko Melati")
        other = client_on(desk.region, factories.staff("archivist", desk.office, "arsip"))
        for client in (head_at, other):
            for typed in ("sri", "melati", case):
                assert references(client, ALL + typed) == []
                assert references(client, "?tab=unit&q=" + typed) == []
        desk.forward(case)
        assert references(head_at, ALL + "melati") == [case]
        assert references(other, ALL + "melati") == []

    def test_keep_other_offices_out(self, desk: Village, client_on: ClientOn) -> None:
        filed(desk, "Sri")
        elsewhere = factories.office(desk.office.parent or desk.region, "lain")
        client = client_on(desk.region, factories.staff("clerk", elsewhere, "loket-lain"))
        assert references(client, ALL + "sri") == []

    @pytest.mark.parametrize("few", [2_000, 0])
    def test_never_lead_to_another_region(
        self,
        desk: Village,
        poso: Region,
        client_on: ClientOn,
        monkeypatch: pytest.MonkeyPatch,
        few: int,
    ) -> None:
        monkeypatch.setattr(searching, "FEW", few)
        case = filed(desk, "Sri")
        clerk = factories.staff("clerk", desk.office, "dua-daerah")
        with scope.use(poso):
            factories.installed(poso, permit.as_text())
            factories.member(clerk, "clerk", poso)
        assert references(client_on(desk.region, clerk), ALL + "sri") == [case]
        there = client_on(poso, clerk)
        for typed in ("sri", case):
            assert references(there, ALL + typed) == []

    def test_show_nobody_without_a_post_anything(self, desk: Village, client_on: ClientOn) -> None:
        filed(desk, "Sri")
        citizen = client_on(desk.region, factories.person("warga"))
        assert citizen.get("/desk/" + ALL + "sri").status_code == 403

    def test_leave_out_what_is_masked_or_guarded(self, desk: Village, clerk_at: Client) -> None:
        document = permit.document(key="izin-rahasia")
        document["pages"][0]["fields"] += [
            {"key": "illness", "type": "text", "label": {"id": "Penyakit"}, "privacy": "special"},
            {"key": "secret", "type": "text", "label": {"id": "Rahasia"}, "privacy": "never_export"},
            {"key": "nik", "type": "nik", "label": {"id": "NIK"}},
            {"key": "shop", "type": "text", "label": {"id": "Usaha"}, "privacy": "personal"},
        ]
        desk.version = factories.installed(desk.region, json.dumps(document)).version
        nik = "3671015708900001"
        case = filed(desk, "Sri", illness="kusta", secret="sandi", nik=nik, shop="Melati")
        for typed in ("kusta", "sandi", nik, nik[:6]):
            assert references(clerk_at, ALL + typed) == []
        assert references(clerk_at, ALL + "melati") == [case]


class TestWhateverIsTyped:
    @pytest.mark.parametrize(
        "typed",
        [
            *("%", "_", "'", '"', "\\", "*", "()", "sri* OR budi", '"sri" NEAR/2 "budi"', "sri:*", "-sri"),
            *("sri & !budi", "name:sri^2", "'; DROP TABLE cases_word; --", "zq\x00", "sr\x00i", "😀"),
            *("z" * 10_000, "zq xq " * 2_000, "\u0000\u0001\u0002", "ﷺ", "ß" * 90, "%' OR 1=1", "\u202esri"),
        ],
    )
    def test_gives_a_page(self, desk: Village, clerk_at: Client, typed: str) -> None:
        filed(desk, "Budi Santoso")
        for where in (ALL, MINE, "?tab=watched&q="):
            assert references(clerk_at, where + quote(typed)) == []

    def test_of_signs_between_words_finds_the_words(self, desk: Village, clerk_at: Client) -> None:
        case = filed(desk, "Sri D'Ayu_Ningsih")
        assert references(clerk_at, ALL + quote("%ayu_%ning'")) == [case]


class TestWords:
    def words(self, reference: str) -> set[bytes]:
        return {
            bytes(word)
            for word in Word.objects.filter(case__reference=reference).values_list("word", flat=True)
        }

    def test_follow_a_correction(self, desk: Village, clerk_at: Client) -> None:
        case = filed(desk, "Rahayu")
        desk.send_back(case, "name")
        desk.perform(case, "answer", answers={"name": "Aminah"})
        assert references(clerk_at, ALL + "rahayu") == []
        assert references(clerk_at, ALL + "aminah") == [case]

    def test_have_the_number_that_was_given(self, desk: Village, head_at: Client) -> None:
        case = filed(desk, "Siti")
        desk.forward(case)
        number = desk.perform(case, "sign", desk.head).case.number
        assert number
        assert references(head_at, ALL + quote(number)) == [case]

    def test_that_are_not_the_cases_are_told_and_written_anew(self, desk: Village) -> None:
        case = Case.objects.get(reference=filed(desk, "Siti"))
        right = self.words(case.reference)
        assert services.verify_chain(case) == []
        Word.objects.filter(case=case, word=b"siti").update(word=b"saya")
        assert [one.what for one in services.verify_chain(case)] == ["words of the search"]
        call_command("index_cases")
        assert self.words(case.reference) == right

    def test_are_given_to_cases_that_were_filed_before(self, desk: Village) -> None:
        filed(desk, "Siti")
        right = set(Word.objects.values_list("case", "word"))
        Word.objects.all().delete()
        fill = wording.Filling()
        assert [fill(desk.now + timedelta(seconds=n)) for n in range(3)] == [1, 0, 0]
        assert set(Word.objects.values_list("case", "word")) == right

    def test_are_no_more_than_the_most(self, desk: Village, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(wording, "MOST", 5)
        case = detailed(desk, "Siti", " ".join(f"kata{n}" for n in range(9)))
        assert len(self.words(case)) == 5
