"""Consents are listed in the words they were given in, and withdrawn for good where the form allows it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from runtime.cases import chain, services
from runtime.cases import selectors as cases
from runtime.cases.models import Case, CaseEvent
from runtime.cases.outcomes import Receipt
from runtime.effects import selectors as effects
from runtime.notices import selectors as notices
from runtime.notices import services as wishes
from runtime.profiles import selectors as profiles
from runtime.profiles import services as keeping
from runtime.regions.models import User
from runtime.tracking import consents
from runtime.workflow.consenting import WITHDRAW
from schemas.fieldtypes import wording
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import permit
from tests.runtime.conftest import Village
from tests.visiting import follow, judge, log_in, speak

CONTACT = "Saya bersedia dihubungi tentang layanan lain"
TRUTH = "Data ini benar"


def document() -> str:
    data, *rest = permit.document()["pages"]
    more = [
        {"key": "kabar", "type": "consent", "label": permit.text(CONTACT), "revocable": True},
        {"key": "benar", "type": "consent", "label": permit.text(TRUTH), "required": True},
        {
            "key": "lewat",
            "type": "text",
            "label": permit.text("Lewat apa"),
            "visible": {"==": [{"var": "kabar"}, True]},
        },
    ]
    return permit.as_text(pages=[{**data, "fields": [*data["fields"], *more]}, *rest])


def filed(desk: Village, owner: User | None = None) -> Receipt:
    version = factories.installed(desk.region, document(), 2).version
    module = cases.modules.definition(version)
    said = {}
    for key in ("kabar", "benar"):
        question = module.field(key)
        assert question is not None
        said[key] = {"accepted": True, "text": wording.of(question)}
    given = permit.answers(village=desk.office.key, lewat="Surel", **said)
    receipt = desk.submit(version=version, answers=given, now=timezone.now())
    Case.objects.filter(reference=receipt.reference).update(applicant=owner)
    return receipt


def case_of(receipt: Receipt) -> Case:
    found: Case = Case.objects.get(reference=receipt.reference)
    return found


def withdraw(case: Case, key: str = "kabar", **who: Any) -> None:
    services.perform(
        region=case.region,
        case_reference=case.reference,
        action=WITHDRAW,
        corrections=[key],
        key=f"consent:{key}",
        now=timezone.now(),
        **(who or {"applicant": True}),
    )


def proved(desk: Village, receipt: Receipt, client_on: ClientOn) -> Client:
    client = client_on(desk.region)
    client.post("/track/", {"reference": receipt.reference, "proof": receipt.access_code})
    return client


class TestWithdrawal:
    def test_takes_the_answer_and_what_was_asked_because_of_it(self, desk: Village) -> None:
        case = case_of(filed(desk))
        before = set(case.answers)
        withdraw(case)
        case.refresh_from_db()
        assert before - set(case.answers) == {"kabar", "lewat"}
        event = CaseEvent.objects.get(case=case, action=WITHDRAW)
        assert (event.by, event.data["changed"]) == ("applicant", ["kabar", "lewat"])
        assert (event.from_status, event.to_status) == ("review", "review")
        assert chain.verify(case) == []
        assert "Surel" not in str(event.data)

    def test_is_read_by_office_and_applicant_and_told_to_whoever_has_the_case(self, desk: Village) -> None:
        case = case_of(filed(desk))
        withdraw(case)
        case.refresh_from_db()
        for told in (cases.timeline(case, "id"), cases.public_view(case, "id").past):
            assert told[-1].title == f"Persetujuan ditarik: “{CONTACT}”"
        (mail,) = effects.notices(case.region).filter(case_id=case.pk, payload__message=WITHDRAW)
        assert mail.payload["user"] == desk.clerk.pk

    @pytest.mark.parametrize("key", ["benar", "name", "nichts"])
    def test_of_anything_else_is_refused(self, desk: Village, key: str) -> None:
        case = case_of(filed(desk))
        with pytest.raises(services.Refused) as refused:
            withdraw(case, key)
        assert refused.value.refused.reason == "not_revocable"

    def test_is_the_applicants_alone(self, desk: Village) -> None:
        case = case_of(filed(desk))
        with pytest.raises(services.Refused) as refused:
            withdraw(case, actor_user=desk.clerk)
        assert refused.value.refused.reason == "no_part"

    def test_is_possible_after_the_end(self, desk: Village) -> None:
        case = case_of(filed(desk))
        desk.forward(case.reference)
        desk.perform(case.reference, "sign", desk.head)
        withdraw(case)
        case.refresh_from_db()
        assert (case.status, "kabar" in case.answers) == ("done", False)
        assert chain.verify(case) == []


class TestListed:
    def test_are_consents_in_the_words_of_their_version_with_their_days(self, desk: Village) -> None:
        case = case_of(filed(desk))
        contact, truth = consents.of_case(case)
        assert [str(one.question.label.say("id")) for one in (contact, truth)] == [CONTACT, TRUTH]
        assert (contact.revocable, truth.revocable) == (True, False)
        assert contact.given_at == truth.given_at == case.submitted_at
        withdraw(case)
        case.refresh_from_db()
        contact, truth = consents.of_case(case)
        assert contact.withdrawn_at is not None
        assert contact.withdrawn_at - case.submitted_at < timedelta(minutes=5)
        assert (contact.revocable, truth.withdrawn_at) == (False, None)


class TestPages:
    def test_withdraw_by_reference_and_second_fact_once(self, desk: Village, client_on: ClientOn) -> None:
        receipt = filed(desk)
        client = proved(desk, receipt, client_on)
        address = f"/track/{receipt.reference}/consents/kabar/"
        assert CONTACT in client.get(f"/track/{receipt.reference}/").content.decode()
        assert CONTACT in client.get(address).content.decode()
        for _twice in range(2):
            assert client.post(address)["Location"] == f"/track/{receipt.reference}/"
        assert CaseEvent.objects.filter(action=WITHDRAW).count() == 1

    @pytest.mark.parametrize(("key", "status"), [("benar", 302), ("name", 404), ("nichts", 404)])
    def test_refuse_what_cannot_be_withdrawn(
        self, desk: Village, client_on: ClientOn, key: str, status: int
    ) -> None:
        receipt = filed(desk)
        client = proved(desk, receipt, client_on)
        assert client.post(f"/track/{receipt.reference}/consents/{key}/").status_code == status
        assert not CaseEvent.objects.filter(action=WITHDRAW).exists()

    def test_T5_are_nobody_elses(self, desk: Village, client_on: ClientOn) -> None:
        receipt = filed(desk)
        address = f"/track/{receipt.reference}/consents/kabar/"
        for stranger in (None, factories.person("lain")):
            assert client_on(desk.region, stranger).post(address)["Location"].startswith("/track/?")
        assert "kabar" in case_of(receipt).answers

    def test_of_the_account_take_back_profile_and_channel(
        self, desk: Village, citizen: User, client_on: ClientOn
    ) -> None:
        region, client = desk.region, client_on(desk.region, citizen)
        filed(desk, citizen)
        keeping.save(region=region, user=citizen, facts={"name": "Siti"}, now=desk.now)
        wishes.of_citizen(
            region=region,
            user=citizen,
            channel="sms",
            number="+6281200000001",
            fallback=True,
            quiet_from=None,
            quiet_until=None,
            language="",
        )
        page = client.get("/account/consents/").content.decode()
        for words in (CONTACT, TRUTH, "+6281200000001", "hapus profil saya"):
            assert words in page
        client.post("/profile/forget/")
        assert client.post("/account/consents/channel/").status_code == 302
        assert not profiles.exists(region, citizen)
        wish = notices.wish(region, citizen)
        assert (wish.channel, wish.number) == ("mail", "")


@pytest.mark.browser
class TestBrowser:
    @pytest.mark.parametrize(
        ("language", "width", "words"),
        [
            ("id", 360, ("Persetujuan saya", "Tarik", "Tarik persetujuan ini", "sudah ditarik")),
            ("en", 1366, ("My consents", "Withdraw", "Withdraw this consent", "has been withdrawn")),
        ],
    )
    def test_a_consent_is_withdrawn(
        self,
        desk: Village,
        citizen: User,
        site: Callable[..., str],
        open_page: Callable[..., Page],
        language: str,
        width: int,
        words: tuple[str, ...],
    ) -> None:
        mine, button, sure, done = words
        filed(desk, citizen)
        page = open_page(javascript=True, viewport={"width": width, "height": 740})
        start = site(desk.region, "/account/")
        speak(page, start, language)
        log_in(page, start, citizen.username)
        follow(page, page.get_by_role("link", name=mine))
        judge(page)
        follow(page, page.get_by_role("link", name=f"{button} {CONTACT}"))
        judge(page)
        follow(page, page.get_by_role("button", name=sure))
        expect(page.locator("main, body").first).to_contain_text(done)
        judge(page)
        page.goto(site(desk.region, "/account/consents/"))
        judge(page)
        expect(page.get_by_role("link", name=f"{button} {CONTACT}")).to_have_count(0)
