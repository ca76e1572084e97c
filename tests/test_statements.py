"""What a second run tries again sends every statement from every place once more, and little else."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import connection

from runtime.regions.models import Region
from tests import factories, statements


class TestShape:
    @pytest.mark.parametrize(
        ("one", "same"),
        [
            ("SELECT a FROM b WHERE c IN (%s)", "SELECT a FROM b WHERE c IN (%s, %s, %s)"),
            ("INSERT INTO a (b, c) VALUES (%s, %s)", "INSERT INTO a (b, c) VALUES (%s, %s), (%s, %s)"),
            ('SAVEPOINT "s123_x1"', 'SAVEPOINT "s99_x27"'),
            ("SELECT a FROM b LIMIT 21", "SELECT a FROM b LIMIT 1"),
        ],
    )
    def test_is_the_same_whatever_the_values(self, one: str, same: str) -> None:
        assert statements.shape(one) == statements.shape(same)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("SELECT a FROM b WHERE c = %s", "SELECT a FROM b WHERE c > %s"),
            ("SELECT a FROM b", "SELECT a FROM b FOR UPDATE"),
            ("SELECT a FROM b", "SELECT a FROM d"),
        ],
    )
    def test_is_another_for_another_question(self, one: str, other: str) -> None:
        assert statements.shape(one) != statements.shape(other)


class TestEnough:
    def test_leaves_out_what_others_send(self) -> None:
        sent = {"rich": {"a", "b"}, "poor": {"b"}, "own": {"c"}, "anyway": {"d"}}
        assert statements.enough(sent, {"d"}) == {"rich", "own"}

    def test_sends_everything(self) -> None:
        sent = {str(number): {str(number), str(number // 3), str(number % 5)} for number in range(40)}
        chosen = statements.enough(sent, set())
        assert set().union(*(sent[one] for one in chosen)) == set().union(*sent.values())


@pytest.mark.django_db
class TestNote:
    def test_tells_places_apart_that_send_the_same(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(statements, "_now", [])
        sent: statements.Sent = {"one": set(), "two": set()}
        monkeypatch.setattr(statements, "_sent", sent)
        factories.tenant()
        monkeypatch.setattr(statements, "_place", lambda: f"the line of {statements._now[-1]}")
        with connection.execute_wrapper(statements._note):  # once more, where a first run notes anyway
            for test in sent:
                statements.begin(test)
                assert Region.objects.filter(key="tangerang").exists()
        assert len(sent["one"]) == len(sent["two"]) == 1
        assert sent["one"] != sent["two"]


def test_listens_on_whichever_connection_a_test_has(monkeypatch: pytest.MonkeyPatch) -> None:
    another = SimpleNamespace(execute_wrappers=[])
    monkeypatch.setattr(statements, "NOTES", "somewhere")
    monkeypatch.setattr(statements, "_now", [])
    monkeypatch.setattr(statements, "connection", another)
    for test in ("one", "two"):
        statements.begin(test)
    assert another.execute_wrappers == [statements._note]
