"""What has changed, in words: complete, readable, and with the place it is about."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from builder import services
from builder.models import Module
from builder.panel.comparing import names, sentences, values
from builder.panel.comparing.saying import Speaker
from runtime.cases import services as cases
from runtime.modules.models import ModuleVersion
from runtime.regions import scope
from runtime.regions.models import User
from runtime.wizard import drafts
from schemas import diff, fieldtypes, parse, structure
from tests.builder import edits
from tests.builder.conftest import document, text
from tests.builder.test_views import url
from tests.factories import staff

UNSPOKEN = {"currency", "category", "icon", "refused"}
"""Fixed values that are said elsewhere, are codes that people use, or stand in stories alone."""


def speaker(value: dict[str, Any], language: str = "id") -> Speaker:
    return Speaker(value, parse.understood(value), language)


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[sentences.Change]:
    with override("id"):
        return sentences.changes(speaker(old), speaker(new))


def said(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return [f"{one.where} | {one.sentence}" if one.where else one.sentence for one in changes(old, new)]


def changed(how: Any, base: dict[str, Any] | None = None) -> list[str]:
    """Return what is said when `how` has changed a small service with a choice and a consequence."""
    old = base or document()
    new = copy.deepcopy(old)
    how(new)
    return said(old, new)


def questions(value: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = value["pages"][0]["fields"]
    return found


JENIS = {
    "key": "jenis",
    "type": "choice",
    "label": {"id": "Jenis usaha", "en": "Kind"},
    "options": [{"value": v, "label": {"id": v.title(), "en": v}} for v in ("toko", "bengkel", "warung")],
}


@pytest.fixture
def shop() -> dict[str, Any]:
    made = document()
    questions(made).extend(
        [copy.deepcopy(JENIS), {"key": "luas", "type": "number", "label": {"id": "Luas", "en": "Area"}}]
    )
    return made


class TestSentences:
    def test_name_a_new_question_its_place_and_its_kind(self):
        new = {"key": "usaha", "type": "text", "label": {"id": "Nama usaha", "en": "Business"}}
        (line,) = changed(lambda doc: questions(doc).append(new))
        assert line.endswith("Pertanyaan 2: Nama usaha | Ditambah: Teks pendek")

    def test_name_a_question_that_is_gone_where_it_was(self, shop: dict):
        (line,) = changed(lambda doc: questions(doc).pop(), shop)
        assert line.endswith("Pertanyaan 3: Luas | Dihapus")

    def test_say_other_words_before_and_after(self):
        def how(doc: dict) -> None:
            questions(doc)[0]["label"]["id"] = "Nama lengkap"

        (line,) = changed(how)
        assert line.endswith("Kata-kata (Bahasa Indonesia): dari “Nama” menjadi “Nama lengkap”")

    def test_say_whether_a_question_must_be_answered(self):
        (line,) = changed(lambda doc: questions(doc)[0].pop("required"))
        assert line.endswith("Tidak wajib diisi lagi")

    def test_say_conditions_as_sentences(self, shop: dict):
        def how(doc: dict) -> None:
            questions(doc)[2]["visible"] = {"==": [{"var": "jenis"}, "toko"]}

        (line,) = changed(how, shop)
        assert line.endswith("Kapan ditampilkan: kini “Muncul bila Jenis usaha adalah Toko”")

    def test_say_which_answers_were_added_removed_and_moved(self, shop: dict):
        def how(doc: dict) -> None:
            options = questions(doc)[1]["options"]
            del options[1]
            options.reverse()
            options.append({"value": "kios", "label": {"id": "Kios", "en": "Stall"}})

        lines = [line.rpartition(" | ")[2] for line in changed(how, shop)]
        assert lines == ["“Warung” dipindah, kini yang pertama", "“Kios” ditambah", "“Bengkel” dihapus"]

    def test_say_where_a_question_was_moved(self, shop: dict):
        (line,) = changed(lambda doc: questions(doc).append(questions(doc).pop(0)), shop)
        assert line.endswith("Pertanyaan 3: Nama | Dipindah: kini setelah “Luas”")

    def test_say_how_long_a_step_may_take(self):
        def how(doc: dict) -> None:
            doc["workflow"]["statuses"][0]["due"] = {"amount": 9, "unit": "working_days"}

        (line,) = changed(how)
        assert line.endswith("menjadi “9 hari kerja”")

    def test_show_of_long_words_the_part_that_differs(self):
        def how(doc: dict) -> None:
            doc["messages"][0]["body"]["id"] = "a" * 400 + "ini baru"

        base = document()
        base["messages"][0]["body"]["id"] = "a" * 400 + "itu lama"
        (line,) = changed(how, base)
        assert "ini baru" in line
        assert len(line) < 600

    def test_never_read_what_was_typed_as_a_place(self):
        def how(doc: dict) -> None:
            questions(doc)[0]["label"]["id"] = "{before} {name}"

        (line,) = changed(how)
        assert line.endswith("menjadi “{before} {name}”")

    def test_say_words_written_in_one_language_or_in_a_list_of_them_alike(self):
        def how(doc: dict) -> None:
            doc["languages"] = ["id"]
            doc["title"] = doc["title"]["id"]

        lines = changed(how)
        assert any(line.startswith("Judul") for line in lines)

    def test_come_of_every_edit_and_of_nothing_else(self):
        corpus = edits.corpus()
        spoken = 0
        with override("id"):
            speakers = [speaker(one) for one in corpus]
            for end in edits.ended(60, 7, corpus, every=1):
                begun, now = corpus[end["from"]], unmarked(end["document"])
                found = sentences.changes(speakers[end["from"]], speaker(now))
                assert bool(found) == (not diff.same(begun, now)), end["seed"]
                assert all(one.sentence for one in found)
                spoken += len(found)
        assert spoken > 250

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_show_no_key_of_the_format(self, language: str):
        lines = []
        corpus = edits.corpus()
        with override(language):
            for end in edits.ended(20, 3, corpus, every=1):
                new = speaker(unmarked(end["document"]), language)
                lines += [c.sentence for c in sentences.changes(speaker(corpus[end["from"]], language), new)]
        keyed = [line for line in lines if "working_days" in line or "readOnly" in line or "x-" in line]
        assert keyed == []


def unmarked(value: Any) -> Any:
    """Take out the marks by which the edits tell questions apart."""
    if isinstance(value, dict):
        return {name: unmarked(inner) for name, inner in value.items() if name != "x-mark"}
    return [unmarked(one) for one in value] if isinstance(value, list) else value


class TestNames:
    def test_are_given_to_every_property_there_is(self):
        assert properties()[0] - set(names.NAMES) == set()

    def test_are_given_to_every_fixed_value(self):
        for name, fixed in properties()[1].items():
            if name in UNSPOKEN:
                continue
            known = set().union(
                *(group for key, group in values.VALUES.items() if key in (name, "demand")), values.DURATIONS
            )
            assert {one for one in fixed if isinstance(one, str)} - known == set(), name


def properties() -> tuple[set[str], dict[str, set[Any]]]:
    """Return the names of all properties in the format, and the fixed values that some have."""
    found: set[str] = set()
    fixed: dict[str, set[Any]] = {}

    def look(schema: Any) -> None:
        if isinstance(schema, dict):
            for name, inner in (schema.get("properties") or {}).items():
                if isinstance(inner, dict):
                    found.add(name)
                    fixed.setdefault(name, set()).update(inner.get("enum", ()))
            for inner in schema.values():
                look(inner)
        elif isinstance(schema, list):
            for inner in schema:
                look(inner)

    for path in (Path(structure.__file__).parent / "documents/v1").glob("*.json"):
        look(json.loads(path.read_text(encoding="utf-8")))
    for kind in fieldtypes.all():
        look({"properties": dict(kind.settings)})
    return found, fixed


def check(client, module: Module, value: dict[str, Any]) -> dict[str, Any]:
    address = reverse("builder_check", args=[module.pk])
    found: dict[str, Any] = client.post(address, json.dumps(value), content_type="application/json").json()
    return found


class TestCheck:
    def test_says_that_all_is_new_before_the_first_publication(self, client_on, module: Module, clerk: User):
        found = check(client_on(module.region, clerk), module, document())
        assert (found["since"], found["changes"]) == (0, [])

    def test_tells_what_differs_from_the_latest_release(self, client_on, module: Module, clerk: User):
        client = client_on(module.region, clerk)
        with scope.use(module.region):
            services.publish(module=module, user=clerk, now=timezone.now())
        assert check(client, module, document())["changes"] == []
        other = document()
        questions(other)[0]["label"]["id"] = "<script>alert(1)</script>"
        found = check(client, module, other)
        assert found["since"] == 1
        (change,) = found["changes"]
        assert change["target"]["key"] == "nama"
        assert change["sentence"].endswith("menjadi “<script>alert(1)</script>”")

    def test_compares_a_document_that_is_broken_all_over(self, client_on, module: Module, clerk: User):
        client = client_on(module.region, clerk)
        with scope.use(module.region):
            services.publish(module=module, user=clerk, now=timezone.now())
        for value in (
            {"key": "izin", "pages": "x", "workflow": [1], "messages": {"a": None}},
            {"key": "izin", "pages": [{"key": "a", "fields": [1, {"key": 2}]}], "languages": {}},
        ):
            assert check(client, module, value)["changes"]


class TestRevisions:
    def test_are_compared_in_sentences(self, client_on, module: Module, clerk: User):
        other = document()
        questions(other)[0]["label"]["id"] = "<b>Nama</b>"
        with scope.use(module.region):
            services.save_document(module=module, document=text(other), user=clerk)
            newer = module.get_latest_revision().pk
            older = module.revisions.exclude(pk=newer).latest("pk").pk
        page = client_on(module.region, clerk).get(url("revisions_compare", module.pk, older, newer))
        assert "dari “Nama” menjadi “&lt;b&gt;Nama&lt;/b&gt;”" in page.text
        assert "&quot;pages&quot;" not in page.text

    def test_that_are_only_written_otherwise_are_the_same(self, client_on, module: Module, clerk: User):
        with scope.use(module.region):
            services.save_document(module=module, document=json.dumps(document()), user=clerk)
            newer = module.get_latest_revision().pk
            older = module.revisions.exclude(pk=newer).latest("pk").pk
        page = client_on(module.region, clerk).get(url("revisions_compare", module.pk, older, newer))
        assert "b-change" not in page.text


def page_of(client_on, module: Module, person: User) -> str:
    shown: str = client_on(module.region, person).get(url("edit", module.pk)).text
    return shown


class TestRunning:
    @pytest.fixture
    def version(self, module: Module, clerk: User) -> ModuleVersion:
        with scope.use(module.region):
            services.publish(module=module, user=clerk, now=timezone.now())
            return ModuleVersion.objects.get()

    def test_is_nothing_at_first(self, client_on, module: Module, clerk: User, version: ModuleVersion):
        assert "Tidak ada permohonan yang sedang berjalan" in page_of(client_on, module, clerk)

    def test_names_the_versions_that_applications_keep(
        self, client_on, module: Module, clerk: User, version: ModuleVersion
    ):
        region, now = module.region, timezone.now()
        with scope.use(region):
            drafts.start(region=region, version=version, language="id", owner=None, now=now)
            for name in ("Ana", "Budi"):
                cases.submit_case(
                    region=region,
                    version=version,
                    answers={"nama": name},
                    submit_key=name,
                    draft_token="",
                    language="id",
                    now=now,
                )
        shown = page_of(client_on, module, clerk)
        assert "Versi 1: 2 permohonan, 1 sedang diisi" in shown

        assert reverse("inbox:moves") not in shown
        administrator = staff("administrator", region, "pengelola")
        assert reverse("inbox:moves") in page_of(client_on, module, administrator)
