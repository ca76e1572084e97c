"""What differs between two documents: nothing between equal ones, something between all others."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest

from schemas import diff
from tests.builder import edits

CORPUS = edits.corpus()


def told(old: Any, new: Any) -> list[tuple[str, str, str]]:
    """Return what differs, the last thing it differs in, and the property."""
    return [
        (one.what, one.things[-1][1] if one.things else "", "/".join(one.name))
        for one in diff.differences(old, new)
    ]


def page(*questions: dict[str, Any], key: str = "a", **more: Any) -> dict[str, Any]:
    return {"key": key, "fields": list(questions), **more}


def question(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "type": "text", **more}


def nodes(value: Any) -> list[tuple[Any, Any]]:
    """Return every container and the place in it."""
    found = []
    for place in list(value) if isinstance(value, dict) else range(len(value)):
        found.append((value, place))
        if isinstance(value[place], dict | list):
            found += nodes(value[place])
    return found


def disturb(document: dict[str, Any], chance: random.Random) -> None:
    """Change one thing anywhere, whether or not anybody could."""
    holder, place = chance.choice(nodes(document))
    how = chance.choice(["drop", "swap", "twice", True, 1, "x", None, [], {}])
    if how == "drop":
        del holder[place]
    elif how == "swap" and isinstance(holder, list):
        other = chance.randrange(len(holder))
        holder[place], holder[other] = holder[other], holder[place]
    elif how == "twice" and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[place]))
    else:
        holder[place] = how


class TestDifferences:
    @pytest.mark.parametrize("document", CORPUS, ids=lambda one: one["key"])
    def test_are_none_between_equal_documents(self, document: dict):
        again = json.loads(json.dumps(document, indent=9, sort_keys=True))
        assert diff.differences(document, again) == ()

    @pytest.mark.parametrize("document", CORPUS, ids=lambda one: one["key"])
    def test_are_never_overlooked_whatever_is_disturbed(self, document: dict):
        chance = random.Random(document["key"])
        for _time in range(100):
            other = copy.deepcopy(document)
            for _change in range(chance.choice([1, 1, 1, 3])):
                disturb(other, chance)
            for old, new in ((document, other), (other, document)):
                assert bool(diff.differences(old, new)) == (not diff.same(old, new))

    def test_follow_a_question_to_another_page(self):
        old = {"pages": [page(question("x"), question("y")), page(key="b")]}
        new = {"pages": [page(question("y")), page(question("x"), key="b")]}
        assert told(old, new) == [("moved", "x", "")]

    def test_name_the_one_question_that_was_moved_and_not_those_it_passed(self):
        old = {"pages": [page(*map(question, "abcde"))]}
        new = {"pages": [page(*map(question, "bcdea"))]}
        (one,) = diff.differences(old, new)
        assert (one.what, one.things[-1], one.after) == (
            "moved",
            ("fields", "a"),
            {"in": "page:a", "behind": "e"},
        )

    def test_tell_each_question_of_a_new_page(self):
        old = {"pages": []}
        new = {"pages": [page(question("x"))]}
        assert sorted(told(old, new)) == [("added", "a", ""), ("added", "x", "")]

    def test_know_questions_in_rows_by_the_rows_around_them(self):
        rows = {"key": "anak", "type": "repeat", "fields": [question("nama")]}
        old = {"pages": [page(question("nama"), rows)]}
        new = copy.deepcopy(old)
        new["pages"][0]["fields"][1]["fields"][0]["required"] = True
        assert told(old, new) == [("changed", "anak/nama", "required")]

    def test_do_not_take_yes_for_one(self):
        assert told({"x-a": True}, {"x-a": 1}) == [("changed", "", "x-a")]

    def test_tell_a_promise_of_the_standard_by_itself(self):
        old = {"standard": {"fee": "0", "product": "Surat"}}
        assert told(old, {"standard": {"fee": "1", "product": "Surat"}}) == [("changed", "", "standard/fee")]

    def test_tell_two_things_of_one_key_apart(self):
        old = {"pages": [page(question("x", label="A"), question("x", label="B"))]}
        new = {"pages": [page(question("x", label="A"))]}
        assert told(old, new) == [("removed", "x+", "")]
