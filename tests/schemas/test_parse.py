"""Documents in, problems or a module out: the corpus, and everything hostile."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import parse
from schemas.problems import LANGUAGES, SENTENCES, error
from schemas.reading import MAX_BYTES, MAX_VALUES
from tests.bounded import bounded
from tests.schemas.corpus import ANSWERS, INVALID, STARTERS, VALID, expectation, small_module

# Too large to be kept as files, or not possible in a file at all; each has its own test here.
WITHOUT_FILE = {"json.size", "json.values", "json.type", "file.unreadable", "answers.file"}

BOMBS: dict[str, bytes] = {
    "brackets": b"[" * MAX_BYTES,
    "objects": b'{"a":' * 200_000,
    "many small lists": b"[" + b"[]," * 300_000 + b"[]]",
    "unclosed text": b'{"a": "' + b"\\" * 900_000,
    "many quotes": b'"' * MAX_BYTES,
    "long digits": b'{"format": ' + b"9" * 900_000 + b"}",
    "long exponent": b'{"format": 1e' + b"9" * 900_000 + b"}",
    "many numbers": b"[" + b"1," * 400_000 + b"1]",
    "doubled names": b"{" + b'"a":1,' * 150_000 + b'"a":1}',
    "bad numbers": b"[" + b"NaN," * 200_000 + b"NaN]",
    "nothing but spaces": b" " * MAX_BYTES,
    "many fields": json.dumps(
        {
            "format": 1,
            "key": "a",
            "languages": ["id"],
            "title": "a",
            "pages": [{"key": "a", "title": "a", "fields": [{}] * 30_000}],
            "workflow": {},
        }
    ).encode(),
    "many wrong pages": json.dumps({"format": 1, "pages": [{"a": 1}] * 15_000}).encode(),
    "many wrong texts": json.dumps({"format": 1, "title": {f"x{i}": 1 for i in range(39_000)}}).encode(),
}


def many_conditions() -> bytes:
    """Return a sound document with as many and as large conditions as fit."""
    options = [{"value": value, "label": value} for value in "abcdefgh"]
    rule = {"or": [{"==": [{"var": f"c{n % 3}"}, value]} for n in range(3) for value in "abc"]}
    first = [{"key": f"c{n}", "type": "choice", "label": "C", "options": options} for n in range(3)]
    rest = [
        {"key": f"q{n}", "type": "text", "label": "Q", "visible": rule, "required": rule} for n in range(297)
    ]
    document = small_module([])
    document["pages"] = [
        {"key": f"p{at}", "title": "P", "fields": [*first, *rest][at : at + 100]} for at in range(0, 300, 100)
    ]
    return json.dumps(document).encode()


def many_actions() -> bytes:
    document = small_module([{"key": "a", "type": "text", "label": "A"}])
    states = [f"s{n}" for n in range(57)]
    workflow = document["workflow"]
    workflow["statuses"] += [{"key": key, "title": "S", "kind": "work"} for key in states]
    workflow["actions"] += [
        {"key": f"a{n}", "title": "A", "from": states, "to": states[n % 57], "who": "system"}
        for n in range(199)
    ]
    return json.dumps(document).encode()


def unlike_keys() -> bytes:
    keys: list[Any] = [f"k{n}" for n in range(36_000)]
    document = small_module([])
    document["workflow"]["actions"][0]["from"] = [*keys, {"a": 1}, 7]
    return json.dumps(document).encode()


LARGE = {"many conditions": many_conditions, "many actions": many_actions, "unlike keys": unlike_keys}


class TestCheck:
    @pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
    def test_finds_what_each_broken_document_says_it_has(self, path: Path) -> None:
        expected = expectation(path)
        checked = parse.check(path.read_bytes())
        found = {(problem.code, problem.pointer): problem for problem in checked.problems}
        assert (expected["code"], expected["pointer"]) in found
        if found[expected["code"], expected["pointer"]].blocks:
            assert checked.module is None

    @pytest.mark.parametrize("path", [*VALID, *STARTERS], ids=lambda path: path.stem)
    def test_accepts_each_sound_document(self, path: Path) -> None:
        checked = parse.check(path.read_bytes())
        assert checked.module is not None, [(p.code, p.pointer) for p in checked.problems]

    @pytest.mark.parametrize("path", STARTERS, ids=lambda path: path.stem)
    def test_has_nothing_at_all_to_say_about_a_starter(self, path: Path) -> None:
        assert parse.check(path.read_bytes()).problems == ()

    @pytest.mark.parametrize("name", BOMBS)
    def test_refuses_a_bomb_before_it_goes_off(self, name: str) -> None:
        with bounded():
            checked = parse.check(BOMBS[name])
        assert checked.module is None
        assert checked.problems
        assert all(problem.sentence("id") for problem in checked.problems)

    @pytest.mark.parametrize("name", LARGE)
    def test_judges_the_largest_documents_within_bounds(self, name: str) -> None:
        text = LARGE[name]()
        with bounded():
            found = parse.check(text).problems
        assert found
        assert not any(problem.code.startswith("json.") for problem in found)

    def test_takes_the_end_of_a_key_for_the_very_end(self) -> None:
        document = small_module([{"key": "a", "type": "text", "label": "A"}])
        document["workflow"]["start"] = "baru\n"
        assert [p.code for p in parse.check_value(document).problems] == ["structure.key"]

    def test_refuses_one_byte_too_many(self) -> None:
        assert [p.code for p in parse.check(b" " * (MAX_BYTES + 1)).problems] == ["json.size"]
        assert [p.code for p in parse.check("é" * (MAX_BYTES // 2 + 1)).problems] == ["json.size"]

    def test_refuses_more_values_than_any_service_has(self) -> None:
        text = json.dumps({"x-n": [0] * MAX_VALUES})
        assert [p.code for p in parse.check(text).problems] == ["json.values"]

    def test_refuses_text_that_was_never_unicode(self) -> None:
        assert [p.code for p in parse.check('"\ud800"').problems] == ["json.encoding"]

    @pytest.mark.parametrize("letter", ["\ufffe", "\uffff"])
    def test_refuses_letters_that_xml_does_not_take(self, letter: str) -> None:
        document = small_module([{"key": "a", "type": "text", "label": f"A{letter}"}])
        found = parse.check(json.dumps(document)).problems
        assert [(p.code, p.pointer) for p in found] == [("json.text", "/pages/0/fields/0/label")]

    @settings(max_examples=150, deadline=None)
    @given(st.one_of(st.binary(max_size=300), st.text(max_size=300)))
    def test_never_raises_on_any_text(self, text: str | bytes) -> None:
        checked = parse.check(text)
        assert checked.module is None

    @settings(max_examples=150, deadline=None)
    @given(st.data())
    def test_never_raises_on_a_sound_document_with_something_else_in_one_place(
        self, data: st.DataObject
    ) -> None:
        document = json.loads(VALID[0].read_text(encoding="utf-8"))
        path = data.draw(st.sampled_from(sorted(_paths(document), key=str)))
        _replace(document, path, data.draw(JSON))
        checked = parse.check_value(document)
        assert (checked.module is None) == any(problem.blocks for problem in checked.problems)
        for problem in checked.problems:
            assert problem.sentence("en")
            assert problem.sentence("id")


class TestCheckValue:
    def test_refuses_what_json_cannot_hold(self) -> None:
        assert parse.check_value({"format": 1, "x-a": {1, 2}}).problems[0].code == "json.type"
        assert parse.check_value({"format": 1, 3: "a"}).problems[0].code == "json.type"

    def test_refuses_a_value_that_contains_itself(self) -> None:
        endless: dict[str, Any] = {"format": 1}
        endless["x-self"] = endless
        assert parse.check_value(endless).problems[0].code == "json.depth"

    def test_says_the_same_as_check(self) -> None:
        for path in [*VALID, *STARTERS]:
            text = path.read_text(encoding="utf-8")
            assert parse.check_value(json.loads(text)) == parse.check(text)


class TestLoad:
    def test_raises_with_the_first_error_in_words(self) -> None:
        with pytest.raises(parse.InvalidDocument, match="format 1") as caught:
            parse.load('{"format": 7}')
        assert [problem.code for problem in caught.value.problems] == ["structure.format"]

    def test_derives_a_task_for_each_role_that_can_act_in_a_status_of_work(self) -> None:
        module = parse.load(_starter("surat-domisili"))
        tasks = {status.key: [task.role for task in status.tasks] for status in module.workflow.statuses}
        assert tasks["pemeriksaan"] == ["loket"]
        assert tasks["paraf_kasi"] == ["kasi"]
        assert tasks["perbaikan"] == []
        assert tasks["selesai"] == []

    def test_puts_the_first_language_first(self) -> None:
        module = parse.load(_starter("surat-domisili"))
        assert [code for code, _ in module.title.values] == ["id", "en"]
        assert module.title.say("jv") == "Surat Keterangan Domisili"

    def test_keeps_pages_of_actions_out_of_the_application(self) -> None:
        module = parse.load(_starter("aduan-warga"))
        assert [page.key for page in module.filing_pages()] == ["kejadian", "lokasi", "tujuan", "pelapor"]


class TestSentences:
    def test_exist_for_each_code_in_both_languages(self) -> None:
        for code, words in SENTENCES.items():
            assert set(words) == set(LANGUAGES), code
            assert all(text.endswith(".") for text in words.values()), code

    def test_are_each_provoked_by_some_file(self) -> None:
        documents = {expectation(path)["code"] for path in INVALID}
        answers = {json.loads(path.read_text(encoding="utf-8"))["expect"]["code"] for path in ANSWERS}
        tried = ("proof.", "told.")  # those: tests/proof, tests/runtime/workflow/test_story.py
        judged = {code for code in SENTENCES if not code.startswith(tried)}
        assert documents | answers | WITHOUT_FILE == judged

    def test_name_the_same_places_in_both_languages(self) -> None:
        for code, words in SENTENCES.items():
            places = [{part.partition("}")[0] for part in text.split("{")[1:]} for text in words.values()]
            assert places[0] == places[1], code

    def test_leave_no_place_empty(self) -> None:
        for path in INVALID:
            for problem in parse.check(path.read_bytes()).problems:
                words = SENTENCES[problem.code]["en"]
                places = {part.partition("}")[0] for part in words.split("{")[1:]}
                assert places <= set(problem.data), problem

    def test_never_read_data_as_a_template(self) -> None:
        said = error("names.duplicate", name="{limit}{0.__class__}\x00" + "a" * 500).sentence()
        assert "{limit}{0.__class__}" in said
        assert "\x00" not in said
        assert len(said) < 200


JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.just("applicant")
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["key", "role", "answer", "==", "var", "id", "x-a"]), inner, max_size=3
        ),
    ),
    max_leaves=12,
)


def _starter(name: str) -> str:
    return next(path for path in STARTERS if path.stem == name).read_text(encoding="utf-8")


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in items:
        found.extend(_paths(inner, (*path, name)))
    return found


def _replace(document: Any, path: tuple[str | int, ...], value: Any) -> None:
    for step in path[:-1]:
        document = document[step]
    document[path[-1]] = value
