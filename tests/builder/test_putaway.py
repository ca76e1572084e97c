"""A warning that somebody knows better is put away for its place, until what it speaks about is different."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from builder import putaway, services
from builder.models import Module
from runtime.regions import scope
from runtime.regions.models import Region, User
from schemas import parse
from tests.builder.conftest import document, text
from tests.builder.test_views import post_edit

QUESTIONS: list[dict[str, Any]] = [
    {"key": "hp", "type": "text", "label": {"id": "Nomor HP", "en": "Mobile"}, "required": True},
    {"key": "luas", "type": "number", "label": {"id": "Luas lahan", "en": "Area of the land"}},
]


def twice() -> dict[str, Any]:
    """Return a service with a telephone number asked as text and an area without its unit."""
    made = document()
    made["pages"][0]["fields"] += copy.deepcopy(QUESTIONS)
    return made


def marks(made: dict[str, Any]) -> dict[str, str]:
    """Return the mark of each usual mistake by its code."""
    found = [one for one in parse.check_value(made).problems if one.code.startswith("pitfalls.")]
    return dict(zip([one.code for one in found], putaway.marks(found, made), strict=True))


def newest(module: Module) -> Module:
    """Return the draft as it was saved last."""
    module.refresh_from_db()
    draft: Module = module.get_latest_revision_as_object()
    return draft


class TestMarks:
    def test_of_two_warnings_differ(self):
        found = marks(twice())
        assert len(set(found.values())) == len(found) == 2

    @pytest.mark.parametrize("change", ["moved", "another", "title"])
    def test_stay_while_other_things_change(self, change: str):
        made = twice()
        fields = made["pages"][0]["fields"]
        if change == "moved":
            made["pages"].insert(0, {**made["pages"][0], "key": "awal", "fields": [fields.pop(0)]})
        elif change == "another":
            fields.insert(0, {"key": "baru", "type": "date", "label": {"id": "Hari", "en": "Day"}})
        else:
            made["title"] = {"id": "Lain", "en": "Other"}
        assert marks(made) == marks(twice())

    def test_change_with_the_question_alone(self):
        made = twice()
        made["pages"][0]["fields"][1]["help"] = {"id": "Yang aktif", "en": "In use"}
        before, after = marks(twice()), marks(made)
        assert after["pitfalls.typed"] != before["pitfalls.typed"]
        assert after["pitfalls.unit"] == before["pitfalls.unit"]

    def test_change_with_the_question_that_a_rule_names(self):
        def made(label: str) -> dict[str, Any]:
            value = document()
            owns = {"key": "sewa", "type": "boolean", "label": {"id": label, "en": "Do you rent?"}}
            owner = {
                "key": "pemilik",
                "type": "text",
                "label": {"id": "Jika ya, siapa pemiliknya?", "en": "If yes, whose is it?"},
            }
            value["pages"][0]["fields"] += [owns, owner]
            return value

        first, second = (marks(made(label))["pitfalls.for_some"] for label in ("Sewa?", "Menyewa?"))
        assert first != second

    def test_stay_when_a_key_follows_the_words_it_was_made_from(self):
        made = twice()
        made["pages"][0]["fields"][1]["key"] = "nomor_hp"
        assert marks(made) == marks(twice())

    def test_of_a_copy_are_its_own(self):
        made = twice()
        made["pages"][0]["fields"].append({**made["pages"][0]["fields"][1], "key": "hp_2"})
        found = [one for one in parse.check_value(made).problems if one.code == "pitfalls.typed"]
        first, second = putaway.marks(found, made)
        assert first == marks(twice())["pitfalls.typed"]
        assert second != first

    def test_are_none_of_an_error(self):
        made = document()
        made["pages"][0]["fields"].append({"key": "jenis", "type": "choice", "label": {"id": "Jenis"}})
        found = [one for one in parse.check_value(made).problems if one.severity == "error"]
        assert set(putaway.marks(found, made)) == {""}

    def test_are_made_of_whatever_a_hand_has_written(self):
        for made in ({}, [], None, {"pages": [None, {"key": []}]}):
            found = list(parse.check_value(made).problems)
            assert len(putaway.marks(found, made)) == len(found)


class TestDraft:
    def test_keeps_what_is_put_away_and_the_release_does_not(
        self, module: Module, client_on: Any, tangerang: Region, clerk: User
    ):
        away = list(marks(twice()).values())
        publishing = {"put_away": json.dumps(away), "action-publish": "action-publish"}
        post_edit(client_on(tangerang, clerk), module, twice(), **publishing)
        with scope.use(tangerang):
            module.refresh_from_db()
            assert module.put_away == away
            assert newest(module).put_away == away
            assert not any(mark in module.releases.get().document for mark in away)
            copied = services.copy(module=module, title="Salinan", user=clerk)
            assert copied.get_latest_revision_as_object().put_away == away

    def test_is_as_it_was_where_nothing_was_sent(self, module: Module, client_on: Any, clerk: User):
        away = ["a" * putaway.LENGTH]
        with scope.use(module.region):
            module.put_away = away
            services.save_document(module=module, document=text(document()), user=clerk)
        post_edit(client_on(module.region, clerk), module, twice())
        with scope.use(module.region):
            assert newest(module).put_away == away

    @pytest.mark.parametrize("sent", ["{", '{"a": 1}', '["<script>"]', "[1]", '"x"'])
    def test_refuses_what_is_no_mark(self, sent: str, module: Module, client_on: Any, clerk: User):
        response = post_edit(client_on(module.region, clerk), module, twice(), put_away=sent)
        assert "peringatan yang disembunyikan tidak dapat dibaca" in response.content.decode()
        with scope.use(module.region):
            assert newest(module).put_away == []

    def test_holds_no_more_than_can_be_shown(self, module: Module, client_on: Any, clerk: User):
        many = [f"{number:0{putaway.LENGTH}x}" for number in range(putaway.MOST + 5)]
        post_edit(client_on(module.region, clerk), module, twice(), put_away=json.dumps(many * 2))
        with scope.use(module.region):
            assert newest(module).put_away == many[5:]

    def test_can_be_published_with_and_without(self, module: Module, clerk: User):
        with scope.use(module.region):
            services.save_document(module=module, document=text(twice()), user=clerk)
            assert services.publish(module=module, user=clerk, now=timezone.now())


def test_each_warning_has_its_mark_and_no_error(module: Module, client_on: Any, clerk: User):
    made = twice()
    made["pages"][0]["fields"].append({"key": "jenis", "type": "choice", "label": {"id": "Jenis"}})
    address = reverse("builder_check", args=[module.pk])
    answer = client_on(module.region, clerk).post(address, json.dumps(made), content_type="application/json")
    found = answer.json()["problems"]
    assert {bool(one["mark"]) for one in found if one["severity"] == "error"} == {False}
    assert {len(one["mark"]) for one in found if one["severity"] == "warning"} == {putaway.LENGTH}
