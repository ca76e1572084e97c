"""The negative control of the fault runs: a planted loss and a planted double must be seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from runtime.cases.models import Case
from runtime.regions import scope
from runtime.regions.models import Region
from tests.faults import count
from tests.stack import Stack

MAIL = "Subject: received\nFrom: a@contoh.id\nTo: b@contoh.id\nMessage-ID: <{}@rakit>\n\nIsi\n"


@pytest.mark.django_db(transaction=True)
class TestCount:
    def test_finds_nothing_wrong_when_all_that_was_told_is_there(self, tangerang: Region, tmp_path: Path):
        count.install()
        result = count.count(Stack(tmp_path), count.fill(3))
        assert (result.stored, result.lost, result.doubled_cases, result.broken_histories) == (3, 0, 0, 0)
        assert result.effects == result.mails_missing > 0

    def test_sees_a_receipt_without_a_case(self, tangerang: Region, tmp_path: Path):
        count.install()
        told = {**count.fill(2), "Uji hilang": "TNG-0000-0000-0000"}
        assert count.count(Stack(tmp_path), told).lost == 1

    def test_sees_a_case_that_was_filed_twice(self, tangerang: Region, tmp_path: Path):
        count.install()
        told = count.fill(2)
        with scope.use(tangerang):
            first = min(told)
            Case.objects.exclude(applicant_name=first).update(applicant_name=first)
        assert count.count(Stack(tmp_path), {first: told[first]}).doubled_cases == 1

    def test_sees_a_mail_that_went_out_twice(self, tangerang: Region, tmp_path: Path):
        stack = Stack(tmp_path)
        stack.mail_folder.mkdir()
        for number, message in enumerate((1, 1, 2)):
            (stack.mail_folder / f"{number}.log").write_text(MAIL.format(message), encoding="utf-8")
        result = count.count(stack, {})
        assert (result.mails, result.mails_doubled) == (2, 1)
