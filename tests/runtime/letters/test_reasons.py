"""A letter prints the reason written with the step that issues it, as it stands; nothing else carries it."""

from __future__ import annotations

import io
import json
import re
import uuid
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core import mail
from pypdf import PdfReader

from runtime.cases.models import Case, Task
from runtime.cases.services import verify_chain
from runtime.effects.models import EffectRun
from runtime.letters import samples, services, storing, typesetting
from runtime.letters.models import IssuedLetter
from runtime.regions import scope
from runtime.regions.models import Region
from schemas import parse
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import lettered, permit
from tests.runtime.conftest import Village
from tests.runtime.letters.payloads import TYPST

TODAY = date(2026, 3, 16)
REASON = 'Alamat di KK bukan di kelurahan ini.\n*Bukan* #eval("1") {case.number} $x$'
LETTER = lettered.LETTER | {
    "title": permit.text("Surat Penolakan"),
    "body": [{"paragraph": permit.text("Ditolak karena **{letter.reason}**")}],
    "signer": {"action": "refuse"},
}


def refusing(*, bulky: bool = False) -> str:
    """Return the permit whose refusal issues a letter that prints its reason."""
    document = permit.document(key="izin-tolak")
    refuse = next(one for one in document["workflow"]["actions"] if one["key"] == "refuse")
    refuse |= {"effects": [{"letter": "izin"}], **({"bulk": True} if bulky else {})}
    story = {
        "key": "ditolak",
        "title": permit.text("Ditolak"),
        "at": "2026-03-16T09:00",
        "answers": {},
        "steps": [{"by": "head", "do": "refuse", "comment": "Menurut cerita."}],
    }
    return json.dumps(document | {"letters": [LETTER], "stories": [story]})


@pytest.fixture
def refused(desk: Village) -> Case:
    """A case that was refused; its letter waits in the outbox."""
    version = factories.installed(desk.region, refusing()).version
    reference = desk.submit(version=version).reference
    desk.forward(reference)
    desk.perform(reference, "refuse", desk.head, comment=REASON)
    return Case.objects.get(reference=reference)


def said(letter: IssuedLetter) -> str:
    return text(storing.get(letter.file, letter.sha256))


def text(file: bytes) -> str:
    return tight("".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages))


def tight(words: str) -> str:
    return re.sub(r"[\s\u200b]", "", words)


class TestReason:
    def test_is_printed_as_it_was_written(self, desk: Village, refused: Case) -> None:
        lettered.work_off(desk)
        (letter,) = lettered.letters()
        assert letter.state == IssuedLetter.State.VERIFIED
        assert tight(f"Ditolak karena {REASON}") in said(letter)

    def test_goes_nowhere_but_into_the_letter(
        self, desk: Village, refused: Case, caplog: pytest.LogCaptureFixture
    ) -> None:
        lettered.work_off(desk)
        payloads = json.dumps(list(EffectRun.objects.values_list("payload", flat=True)))
        told = "".join(sent.subject + sent.body for sent in mail.outbox) + payloads + caplog.text
        assert "Alamat di KK" not in told

    def test_stays_when_the_letter_is_issued_anew(self, desk: Village, refused: Case) -> None:
        lettered.work_off(desk)
        for _turn in range(2):
            services.reissue(lettered.letters()[-1], reason="Kop keliru.", by=desk.head, now=desk.now)
            lettered.work_off(desk)
        letter = lettered.letters()[-1]
        assert (letter.edition, "Kop" in said(letter)) == (3, False)
        assert tight(REASON) in said(letter)
        assert verify_chain(Case.objects.get(pk=refused.pk)) == []

    def test_T17_is_never_read_by_the_typesetter(self, tangerang: Region) -> None:
        module = parse.load(refusing())
        (letter,) = module.letters
        with scope.use(tangerang):
            known = samples.facts(module, letter, region=tangerang, language="id", today=TODAY)
        for words in ("\n".join(TYPST[:40]), "\n".join(TYPST[40:])):
            facts = replace(known, said={**known.said, "letter.reason": words}, draft=False)
            printed = text(typesetting.pdf(letter, facts))
            assert [each for each in words.split("\n") if tight(each) not in printed] == []

    def test_is_a_made_up_one_in_a_draft_or_that_of_a_story(self, tangerang: Region) -> None:
        module = parse.load(refusing())
        how: dict[str, Any] = {"region": tangerang, "language": "id", "today": TODAY}
        with scope.use(tangerang):
            facts = samples.facts(module, module.letters[0], **how)
            told = samples.facts(module, module.letters[0], **how, story="ditolak")
        assert facts.said["letter.reason"] == "Alasan yang ditulis petugas"
        assert told.said["letter.reason"] == "Menurut cerita."


class TestWriting:
    def post(self, desk: Village, client_on: ClientOn, comment: str) -> Any:
        version = factories.installed(desk.region, refusing()).version
        reference = desk.submit(version=version).reference
        desk.forward(reference)
        head = client_on(desk.region, desk.head)
        address = f"/desk/cases/{reference}/refuse/"
        assert "Ini dicetak dalam surat" in head.get(address).content.decode()
        return head.post(address, {"seen": "2", "key": "k", "comment": comment})

    def test_names_beside_the_box_what_no_font_has(self, desk: Village, client_on: ClientOn) -> None:
        page = self.post(desk, client_on, "Tidak lengkap 漢").content.decode()
        assert "Ini dicetak dalam surat, dan tidak ada jenis huruf yang punya “漢”" in page
        assert 'id="comment-error"' in page
        assert Case.objects.get().status == "sign"

    def test_refuses_with_what_can_be_printed(self, desk: Village, client_on: ClientOn) -> None:
        assert self.post(desk, client_on, "Tidak lengkap").status_code == 302
        assert Case.objects.get().status == "refused"

    def test_on_many_cases_is_judged_as_well(self, desk: Village, client_on: ClientOn) -> None:
        version = factories.installed(desk.region, refusing(bulky=True)).version
        reference = desk.submit(version=version).reference
        desk.forward(reference)
        task = Task.objects.get(case__reference=reference, closed_at__isnull=True)
        given = {
            "t": f"{task.pk}.2",
            "do": "izin-tolak:refuse",
            "comment": "Tidak 漢",
            "key": str(uuid.uuid4()),
        }
        page = client_on(desk.region, desk.head).post("/desk/bulk/", given)
        assert page.status_code == 422
        assert "“漢”" in page.content.decode()
        assert "Ini dicetak dalam surat persis" in page.content.decode()
        assert Case.objects.get().status == "sign"
