"""Clocks of one status: which of them is sure to come too late, and which only may."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from schemas import parse
from tests.schemas.corpus import small_module

REMIND = {"key": "ingatkan", "title": "Ingatkan", "from": ["baru"], "who": "system"}
LEAVE = {"key": "habis", "title": "Habis", "from": ["baru"], "to": "selesai", "who": "system"}


def days(amount: int, unit: str = "working_days") -> dict[str, Any]:
    return {"amount": amount, "unit": unit}


def overtaken(remind: dict[str, Any], leave: dict[str, Any], *more: dict[str, Any]) -> bool:
    """Tell whether a reminder is found to come after a clock that leads a case of three days away."""
    document = small_module([{"key": "nama", "type": "text", "label": "Nama"}])
    workflow = document["workflow"]
    workflow["deadline"] = {"within": days(10)}
    workflow["statuses"][0]["due"] = days(3)
    workflow["actions"] += [REMIND | remind, LEAVE | leave | {"legal_basis": "UU"}, *copy.deepcopy(more)]
    return "clocks.overtaken" in {one.code for one in parse.check_value(document).problems}


class TestOvertaken:
    @pytest.mark.parametrize(
        ("remind", "leave"),
        [
            ({"after": days(5)}, {"after": days(4)}),
            ({"after": days(5)}, {"after": days(1), "of": "due"}),
            ({"after": days(3), "of": "due"}, {"after": days(5)}),
            ({"before": days(1), "of": "due"}, {"before": days(2), "of": "due"}),
        ],
    )
    def test_is_what_comes_after_a_case_has_gone(self, remind: dict[str, Any], leave: dict[str, Any]) -> None:
        assert overtaken(remind, leave)
        assert not overtaken(leave, remind)

    @pytest.mark.parametrize(
        ("remind", "leave"),
        [
            ({"after": days(5)}, {"after": days(4), "when": {"answered": {"var": "nama"}}}),
            ({"after": days(5)}, {"after": days(4, "days")}),
            ({"after": days(2), "of": "deadline"}, {"before": days(2), "of": "deadline"}),
            ({"after": days(1), "of": "deadline"}, {"after": days(1)}),
            ({"before": days(1), "of": "due"}, {"before": days(4), "of": "due"}),
        ],
    )
    def test_is_not_what_may_come_first(self, remind: dict[str, Any], leave: dict[str, Any]) -> None:
        assert not overtaken(remind, leave)

    def test_is_not_counted_across_a_limit_that_can_be_prolonged(self) -> None:
        times = ({"after": days(3), "of": "due"}, {"after": days(5)})
        more = {"key": "tambah", "title": "Tambah", "from": ["baru"], "who": {"role": "petugas"}}
        assert overtaken(*times)
        assert not overtaken(*times, more | {"changes": [{"extend": days(2)}]})
