"""A letter is issued step by step, once, without a gap, and only when it was verified."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail

from runtime.cases import anonymising, registerbook
from runtime.cases.models import Case
from runtime.cases.services import verify_chain
from runtime.cases.timers import fire_timers
from runtime.effects.contract import Hopeless
from runtime.effects.models import EffectRun
from runtime.letters import checking, frame, gathering, issuing, services, storing
from runtime.letters.models import IssuedLetter
from runtime.letters.typesetting import Unprintable
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import lettered, permit
from tests.runtime.conftest import Village

State = IssuedLetter.State


class Died(BaseException):
    """The process ends here, whatever it was about to do."""


def number_of(desk: Village) -> list[str]:
    return [entry.number for entry in registerbook.entries(desk.region).order_by("n")]


class TestIssue:
    def test_prints_numbers_stores_verifies_and_tells(self, desk: Village, files: Path) -> None:
        case = lettered.sign(desk)
        lettered.work_off(desk)
        (letter,) = lettered.letters()
        assert (letter.state, letter.edition, letter.number) == (
            State.VERIFIED,
            1,
            "470/001/SUKASARI/XI/2026",
        )
        assert (letter.issued_on, letter.valid_until) == (date(2026, 11, 23), date(2027, 5, 23))
        assert (letter.signer, len(letter.code)) == (desk.head, 13)
        assert storing.get(letter.file, letter.sha256).startswith(b"%PDF-")
        assert letter.unsigned_sha256 == letter.sha256
        (entry,) = registerbook.entries(desk.region)
        assert (entry.number, entry.case, entry.letter) == (letter.number, case, "izin")
        lettered.work_off(desk)
        told = [one for one in mail.outbox if "sudah terbit" in one.subject]
        assert len(told) == 1
        assert letter.number in told[0].body

    def test_bears_rank_and_number_of_who_signs(self, desk: Village) -> None:
        desk.head.nip, desk.head.rank = "198807052010011003", "Penata Tk. I, III/d"
        desk.head.save()
        lettered.sign(desk)
        row = issuing.prepared(lettered.effect(), now=desk.now)
        _module, letter = gathering.definition(row)
        below = frame.signature(letter, gathering.facts(row))["below"]
        assert below == ["Penata Tk. I, III/d", "NIP 19880705 201001 1 003"]

    def test_makes_one_letter_however_often_it_is_asked(self, desk: Village) -> None:
        lettered.sign(desk)
        row = lettered.effect()
        issuing.issue(row, now=desk.now)
        issuing.issue(row, now=desk.now)
        assert len(lettered.letters()) == 1
        assert len(number_of(desk)) == 1
        assert EffectRun.objects.filter(payload__message="letter:issued").count() == 1

    def test_gives_the_number_of_the_case_where_the_letter_has_no_register(self, desk: Village) -> None:
        other = factories.installed(desk.region, lettered.as_text(key="izin-lain", register=None))
        case = lettered.sign(desk, version=other.version)
        lettered.work_off(desk)
        assert lettered.letters()[0].number == case.number != ""

    def test_parks_a_letter_that_cannot_be_printed_and_keeps_its_number(
        self, desk: Village, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_given: Any, **_named: Any) -> bytes:
            raise Unprintable("no")

        lettered.sign(desk)
        with monkeypatch.context() as patch:
            patch.setattr(issuing.typesetting, "pdf", broken)
            lettered.work_off(desk)
        row = lettered.effect()
        assert (row.state, row.reason) == (EffectRun.State.FAILED, "letter.print")
        issuing.issue(row, now=desk.now)
        assert number_of(desk) == [lettered.letters()[0].number]

    def test_prints_anew_what_was_lost_before_it_was_signed(self, desk: Village, files: Path) -> None:
        lettered.sign(desk)
        letter = issuing.prepared(lettered.effect(), now=desk.now)
        issuing._print(letter)
        (files / letter.unsigned).unlink()
        with pytest.raises(issuing.Failed):
            issuing.forward(letter, now=desk.now)
        assert issuing.forward(letter, now=desk.now)

    def test_does_not_issue_a_file_that_is_not_what_was_stored(self, desk: Village, files: Path) -> None:
        lettered.sign(desk)
        letter = issuing.prepared(lettered.effect(), now=desk.now)
        issuing._print(letter)
        issuing._sign(letter, None)
        (files / letter.file).write_bytes(b"%PDF-other")
        with pytest.raises(issuing.Failed):
            issuing.forward(letter, now=desk.now)
        assert lettered.letters()[0].state == State.SENT
        assert issuing.forward(letter, now=desk.now)


STEPS: list[tuple[Any, str]] = [
    (issuing.numbering, "take"),
    (issuing.IssuedLetter.objects, "create"),
    (issuing.typesetting, "pdf"),
    (issuing.storing, "put"),
    (issuing, "_step"),
    (issuing.storing, "get"),
    (issuing, "_end_replaced"),
    (issuing.effects, "enqueue"),
    (issuing.storing, "keep_only"),
]


class TestDeath:
    @pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
    @pytest.mark.parametrize(("where", "name"), STEPS, ids=[name for _where, name in STEPS])
    def test_at_any_step_loses_no_number_and_doubles_nothing(
        self, desk: Village, monkeypatch: pytest.MonkeyPatch, where: Any, name: str, after: bool
    ) -> None:
        lettered.sign(desk)
        row, real = lettered.effect(), getattr(where, name)
        monkeypatch.setattr(issuing.typesetting, "pdf", _quick(desk))
        real = real if name != "pdf" else issuing.typesetting.pdf
        calls = 0
        for turn in range(1, 9):  # dies at the first call, then at the second, and so on
            monkeypatch.setattr(where, name, _deadly(real, turn, after))
            try:
                issuing.issue(row, now=desk.now)
            except Died:
                calls += 1
        monkeypatch.setattr(where, name, real)
        issuing.issue(row, now=desk.now)
        assert calls
        (letter,) = lettered.letters()
        assert letter.state == State.VERIFIED
        assert number_of(desk) == ["470/001/SUKASARI/XI/2026"]
        assert EffectRun.objects.filter(payload__message="letter:issued").count() == 1


def _quick(desk: Village) -> Callable[..., bytes]:
    return lambda *_given, **_named: b"%PDF-1.7 a letter"


def _deadly(real: Callable[..., Any], turn: int, after: bool) -> Callable[..., Any]:
    """Return `real`, ending the process at its call number `turn`."""
    calls = 0

    def dying(*given: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == turn and not after:
            raise Died
        found = real(*given, **named)
        if calls == turn:
            raise Died
        return found

    return dying


class TestReissue:
    def issued(self, desk: Village) -> IssuedLetter:
        lettered.sign(desk)
        lettered.work_off(desk)
        return lettered.letters()[-1]

    def test_gives_a_new_number_and_replaces_the_old_one_once_it_is_verified(self, desk: Village) -> None:
        old = self.issued(desk)
        services.reissue(old, reason="Nama keliru.", by=desk.head, now=desk.now)
        assert [one.state for one in lettered.letters()] == [State.VERIFIED]
        lettered.work_off(desk)
        before, after = lettered.letters()
        assert (before.state, before.why) == (State.REPLACED, "Nama keliru.")
        assert (after.state, after.edition, after.replaces) == (State.VERIFIED, 2, before)
        assert (
            number_of(desk)
            == [before.number, after.number]
            == [
                "470/001/SUKASARI/XI/2026",
                "470/002/SUKASARI/XI/2026",
            ]
        )

    def test_of_a_letter_that_bears_the_number_of_its_case_takes_the_next_one(self, desk: Village) -> None:
        other = factories.installed(desk.region, lettered.as_text(key="izin-lain", register=None))
        lettered.sign(desk, version=other.version)
        lettered.work_off(desk)
        services.reissue(lettered.letters()[0], reason="Nama keliru.", by=desk.head, now=desk.now)
        lettered.work_off(desk)
        assert [one.number for one in lettered.letters()] == number_of(desk)
        assert len(number_of(desk)) == 2

    def test_F16_prints_the_same_but_for_number_and_day(
        self, desk: Village, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old = self.issued(desk)
        first = storing.get(old.file, old.sha256)
        factories.installed(desk.region, lettered.as_text(title={"id": "Judul lain"}), number=2)
        services.reissue(old, reason="Salinan.", by=desk.head, now=desk.now)
        lettered.work_off(desk)
        new = lettered.letters()[-1]
        assert new.version == old.version
        assert storing.get(new.file, new.sha256) != first
        new.number, new.code, new.issued_on = old.number, old.code, old.issued_on
        new.valid_until = old.valid_until
        _module, definition = issuing.gathering.definition(new)
        assert issuing.typesetting.pdf(definition, issuing.gathering.facts(new)) == first

    def test_is_done_once(self, desk: Village) -> None:
        old = self.issued(desk)
        services.reissue(old, reason="Nama keliru.", by=desk.head, now=desk.now)
        with pytest.raises(services.NotNow):
            services.reissue(old, reason="Nama keliru.", by=desk.head, now=desk.now)
        lettered.work_off(desk)
        with pytest.raises(services.NotNow):
            services.withdraw(old, reason="Nama keliru.", by=desk.head, now=desk.now)
        assert len(lettered.letters()) == 2

    def test_stands_in_the_history_which_stays_whole(self, desk: Village) -> None:
        old = self.issued(desk)
        services.reissue(old, reason="Nama keliru.", by=desk.head, now=desk.now)
        lettered.work_off(desk)
        services.withdraw(lettered.letters()[-1], reason="Dicabut.", by=desk.head, now=desk.now)
        case = issuing.cases.of_region(desk.region).get(pk=old.case_id)
        told = issuing.cases.timeline(case, "id")[-2:]
        assert [(entry.note, entry.title.rpartition(": ")[2]) for entry in told] == [
            ("Nama keliru.", old.number),
            ("Dicabut.", lettered.letters()[-1].number),
        ]
        assert verify_chain(case) == []


class TestForget:
    def test_removes_the_files_and_keeps_number_and_digest(
        self, desk: Village, files: Path, django_capture_on_commit_callbacks: Any
    ) -> None:
        case = lettered.sign(desk)
        lettered.work_off(desk)
        before = lettered.letters()[0]
        with django_capture_on_commit_callbacks(execute=True):
            anonymising.remover(lettered.effect(), desk.now)
        after = lettered.letters()[0]
        assert (after.file, after.number, after.sha256) == ("", before.number, before.sha256)
        assert not list(files.rglob("*.pdf"))
        with pytest.raises(services.NotNow):
            services.reissue(after, reason="Salinan.", by=desk.head, now=desk.now)
        assert verify_chain(Case.objects.get(pk=case.pk)) == []


class TestShapes:
    def test_stop_the_step_that_signs_and_name_character_and_question(
        self, desk: Village, client_on: ClientOn
    ) -> None:
        reference = desk.submit(answers=permit.answers(village=desk.office.key, name="Siti 漢")).reference
        desk.forward(reference)
        posted = client_on(desk.region, desk.head).post(
            f"/desk/cases/{reference}/sign/", {"seen": "2", "key": "k"}
        )
        assert posted.status_code == 422
        assert "“漢” pada jawaban “Nama”" in posted.content.decode()
        assert Case.objects.get().status == "sign"

    def test_park_a_letter_that_was_signed_all_the_same(self, desk: Village, client_on: ClientOn) -> None:
        lettered.sign(desk, answers=permit.answers(village=desk.office.key, name="Siti 漢"))
        lettered.work_off(desk)
        row = lettered.effect()
        assert (row.state, row.reason) == (EffectRun.State.FAILED, "letter.characters")
        assert [letter.state for letter in lettered.letters()] == [State.PREPARED]
        manager = factories.staff("administrator", desk.region, "pengelola")
        page = client_on(desk.region, manager).get("/desk/deliveries/").content.decode()
        assert "“漢” pada jawaban “Nama”" in page

    def test_leave_alone_what_the_letter_does_not_say(self, desk: Village, client_on: ClientOn) -> None:
        given = permit.answers(village=desk.office.key, reason="b", detail="漢")
        reference = desk.submit(answers=given).reference
        desk.forward(reference)
        head = client_on(desk.region, desk.head)
        assert head.post(f"/desk/cases/{reference}/sign/", {"seen": "2", "key": "k"}).status_code == 302


class TestByTheClock:
    """Nobody signed in time, and the law says that the application counts as granted."""

    @pytest.fixture
    def granted(self, desk: Village) -> Case:
        """Return a case that the clock granted, with its letter."""
        document = json.loads(lettered.as_text(key="izin-diam"))
        lapse = next(one for one in document["workflow"]["actions"] if one["key"] == "lapse_sign")
        lapse |= {
            "to": "done",
            "legal_basis": permit.text("UU 30/2014 pasal 53"),
            "effects": [{"letter": "izin"}],
        }
        by = {"paragraph": permit.text("{signer.title} {office.name} memberi izin.")}
        document["letters"][0]["body"].append(by)
        version = factories.installed(desk.region, json.dumps(document)).version
        receipt = desk.submit(version=version)
        desk.forward(receipt.reference)
        late = desk.now + timedelta(days=100)
        assert fire_timers(late)
        lettered.work_off(desk, now=late)
        receipt.case.refresh_from_db()
        return receipt.case

    def test_issues_the_letter_unsigned_and_says_why(self, desk: Village, granted: Case) -> None:
        (letter,) = lettered.letters()
        assert (granted.outcome, letter.state, letter.signer, letter.event) == (
            "granted",
            State.VERIFIED,
            None,
            0,
        )
        facts = gathering.facts(letter)
        assert (facts.signature, facts.said["signer.title"]) == (None, "Lurah")
        assert facts.unsigned == (
            "Diterbitkan oleh sistem tanpa tanda tangan, karena permohonan tidak diputuskan dalam batas "
            "waktunya. Dasar hukum: UU 30/2014 pasal 53"
        )
        told = checking.checked(letter, "en", desk.now)
        assert (told.signer, told.unsigned[:24]) == ("", "Issued by the system and")

    def test_issues_it_anew_as_unsigned(self, desk: Village, granted: Case) -> None:
        (letter,) = lettered.letters()
        services.reissue(letter, by=desk.head, reason="Salah ketik.", now=desk.now)
        lettered.work_off(desk)
        assert [(one.state, one.event) for one in lettered.letters()] == [
            (State.REPLACED, 0),
            (State.VERIFIED, 0),
        ]
        assert gathering.facts(lettered.letters()[1]).unsigned.endswith("pasal 53")

    def test_still_needs_who_signs_where_an_officer_decides(self, desk: Village) -> None:
        text = lettered.as_text(key="izin-lain", signer={"action": "refuse"})
        lettered.sign(desk, version=factories.installed(desk.region, text).version)
        with pytest.raises(Hopeless):
            issuing.prepared(lettered.effect(), now=desk.now)
