"""Many letters at the desk: counted first, then issued anew; signed with one passphrase; nobody else's."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from runtime.jobs import services as jobs
from runtime.jobs.models import Job
from runtime.letters import issuing, ways
from runtime.letters.adapters.contract import Failed
from runtime.letters.models import IssuedLetter
from runtime.regions import scope
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import lettered
from tests.runtime.conftest import Village
from tests.runtime.letters.test_pages import Asking
from tests.visiting import follow, judge, log_in, log_in_reading, speak

State = IssuedLetter.State
AGAIN = "/desk/letters/again/?what=izin/izin&since=&until=&text=same"
TYPED = {"nik": "3671010101800001", "passphrase": "benar"}


@pytest.fixture
def chief_at(desk: Village, client_on: ClientOn) -> Client:
    chief = factories.staff("administrator", desk.region, "pengelola")
    return client_on(desk.region, chief, HTTP_ACCEPT_LANGUAGE="en")


@pytest.fixture
def head_at(desk: Village, client_on: ClientOn) -> Client:
    return client_on(desk.region, desk.head, HTTP_ACCEPT_LANGUAGE="en")


@pytest.fixture
def two(desk: Village) -> list[IssuedLetter]:
    for _ in range(2):
        lettered.sign(desk)
    lettered.work_off(desk)
    return lettered.letters()


@pytest.fixture
def asked(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters here wait for a passphrase."""
    settings.RAKIT_SIGNING = {"tangerang": {"adapter": "bsre"}}
    monkeypatch.setattr(ways, "adapter", lambda *_given: Asking())


def words(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def again(client: Client, key: str = "", reason: str = "Kop keliru.") -> Any:
    return client.post(AGAIN, {"reason": reason, "key": key or str(uuid.uuid4())})


class TestAgain:
    def test_counts_first_and_tells_what_came_of_it(
        self, desk: Village, two: list[IssuedLetter], chief_at: Client
    ) -> None:
        assert "2 letters will be issued anew" in words(chief_at, AGAIN)
        address = again(chief_at).url
        answer = chief_at.get(address)
        assert answer["Refresh"] == "3"
        assert "0 of 2 letters" in answer.content.decode()
        lettered.work_off(desk, now=lettered.effect().due_at)
        jobs.work(Job.objects.get(), now=lettered.effect().due_at, hand_over=True)
        answer = chief_at.get(address)
        assert "Refresh" not in answer
        assert "2 letters are issued anew." in answer.content.decode()

    def test_says_why_a_try_failed_while_it_is_tried_again(
        self,
        desk: Village,
        two: list[IssuedLetter],
        chief_at: Client,
        head_at: Client,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def away(*_given: Any, **_named: Any) -> bytes:
            raise Failed("connection", again=True)

        address = again(chief_at).url
        assert "The last try failed" not in words(chief_at, address)
        jobs.work(Job.objects.get(), now=desk.now, hand_over=True)
        monkeypatch.setattr(issuing, "forward", away)
        lettered.work_off(desk, now=lettered.effect().due_at)
        told = words(chief_at, address)
        assert "The last try failed: The other side does not answer." in told
        assert "Refresh" in chief_at.get(address)
        for letter in two:
            case = words(head_at, f"/desk/cases/{letter.case.reference}/")
            assert case.count("The last try failed: The other side does not answer.") == 1

    def test_pressed_twice_is_one_job(self, two: list[IssuedLetter], chief_at: Client) -> None:
        key = str(uuid.uuid4())
        assert again(chief_at, key).url == again(chief_at, key).url
        assert Job.objects.count() == 1

    def test_wants_a_reason_and_days_in_order(self, two: list[IssuedLetter], chief_at: Client) -> None:
        assert again(chief_at, reason="").status_code == 422
        wrong = AGAIN.replace("since=&until=", "since=2026-02-02&until=2026-02-01")
        answer = chief_at.get(wrong)
        assert answer.status_code == 422
        assert "The last day lies before the first." in answer.content.decode()
        assert chief_at.post(wrong, {"reason": "x", "key": str(uuid.uuid4())}).status_code == 422
        assert chief_at.get(AGAIN.replace("izin/izin", "izin/lain")).status_code == 422
        assert not Job.objects.exists()

    def test_says_when_there_is_none(self, desk: Village, chief_at: Client) -> None:
        assert "There is no valid letter of this kind" in words(chief_at, AGAIN)

    def test_T5_is_nobody_elses(
        self, desk: Village, two: list[IssuedLetter], chief_at: Client, client_on: ClientOn
    ) -> None:
        address = again(chief_at).url
        other = client_on(desk.region, factories.staff("administrator", desk.region, "lain"))
        assert other.get(address).status_code == 404
        assert other.post(f"{address}cancel/").status_code == 404

    def test_is_stopped(self, two: list[IssuedLetter], chief_at: Client) -> None:
        address = again(chief_at).url
        assert chief_at.post(f"{address}cancel/", follow=True).status_code == 200
        assert Job.objects.get().state == Job.State.CANCELLED


@pytest.mark.usefixtures("asked")
class TestSignMany:
    def sign(self, client: Client, letters: list[IssuedLetter], **changes: Any) -> Any:
        given = TYPED | {"letter": [one.pk for one in letters], "key": str(uuid.uuid4())}
        return client.post("/desk/letters/sign/", given | changes)

    def test_signs_all_that_are_ticked_and_keeps_no_passphrase(
        self, two: list[IssuedLetter], head_at: Client
    ) -> None:
        assert "2 letters wait for you" in words(head_at, "/desk/letters/sign/")
        answer = self.sign(head_at, two)
        cookie = answer.cookies["rakit_signing"]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (answer.url, True, "Strict")
        assert "benar" not in cookie.value
        assert "2 letters are signed and were verified." in words(head_at, answer.url)
        assert {one.state for one in lettered.letters()} == {State.VERIFIED}
        job = Job.objects.get()
        assert "benar" not in f"{job.arguments} {job.place}"
        assert head_at.cookies["rakit_signing"].value == ""

    def test_leaves_what_is_not_ticked(self, two: list[IssuedLetter], head_at: Client) -> None:
        words(head_at, self.sign(head_at, two[:1]).url)
        assert [one.state for one in lettered.letters()] == [State.VERIFIED, State.SENT]

    def test_says_that_the_passphrase_is_wrong_and_what_still_waits(
        self, two: list[IssuedLetter], head_at: Client
    ) -> None:
        told = words(head_at, self.sign(head_at, two, passphrase="salah").url)
        assert "does not accept this NIK with this passphrase" in told
        assert "2 letters still wait for your signature." in told
        assert "salah" not in told

    def test_says_why_a_try_failed_before_it_gives_up(
        self, two: list[IssuedLetter], head_at: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away(*_given: Any, **_named: Any) -> bytes:
            raise Failed("connection", again=True)

        real = Asking.sign
        monkeypatch.setattr(Asking, "sign", away)
        address = self.sign(head_at, two).url
        for page in (words(head_at, address), words(head_at, "/desk/letters/sign/")):
            assert "The other side does not answer." in page
        monkeypatch.setattr(Asking, "sign", real)
        told = words(head_at, address)
        assert "2 letters are signed and were verified." in told
        assert "does not answer" not in told

    def test_asks_again_for_what_is_wrong(self, two: list[IssuedLetter], head_at: Client) -> None:
        answer = self.sign(head_at, [], nik="12")
        assert answer.status_code == 422
        for said in ("Tick the letters", "A NIK has 16 digits"):
            assert said in answer.content.decode()
        assert self.sign(head_at, two, letter=[999999]).status_code == 422

    def test_signs_no_letter_of_another(
        self, desk: Village, two: list[IssuedLetter], client_on: ClientOn
    ) -> None:
        assert self.sign(client_on(desk.region, desk.clerk), two).status_code == 422

    def test_does_not_go_on_with_a_cookie_of_another_job(
        self, desk: Village, two: list[IssuedLetter], head_at: Client
    ) -> None:
        first = self.sign(head_at, two[:1]).url
        second = self.sign(head_at, two[1:])
        head_at.cookies["rakit_signing"]["path"] = "/"
        words(head_at, first)
        assert {one.state for one in lettered.letters()} == {State.SENT}
        words(head_at, second.url)
        assert [one.state for one in lettered.letters()] == [State.SENT, State.VERIFIED]

    def test_a_head_request_signs_nothing(self, two: list[IssuedLetter], head_at: Client) -> None:
        head_at.head(self.sign(head_at, two).url)
        assert {one.state for one in lettered.letters()} == {State.SENT}


@pytest.mark.browser
class TestInABrowser:
    @pytest.mark.parametrize(
        ("language", "heading"), [("id", "Tanda tangani beberapa surat"), ("en", "Sign several letters")]
    )
    def test_an_officer_signs_all_without_javascript(
        self,
        desk: Village,
        asked: None,
        two: list[IssuedLetter],
        site: Callable[..., str],
        open_page: Callable[..., Page],
        language: str,
        heading: str,
    ) -> None:
        judged = open_page(viewport={"width": 360, "height": 740})
        log_in_reading(judged, site(desk.region, "/desk/letters/sign/"), "lurah", language, heading)
        judge(judged)
        page = open_page(javascript=False, viewport={"width": 360, "height": 740})
        speak(page, site(desk.region, ""), language)
        log_in(page, site(desk.region, "/desk/letters/"), "lurah")
        follow(page, page.locator("a[href$='/desk/letters/sign/']"))
        expect(page.locator("h1")).to_have_text(heading)
        page.locator("input[name=nik]").fill(TYPED["nik"])
        page.locator("input[name=passphrase]").fill(TYPED["passphrase"])
        follow(page, page.locator("form[method=post] button.btn").last)
        expect(page.locator("[role=status] .tag--ok")).to_be_visible()
        judged.goto(page.url)
        judge(judged)
        with scope.use(desk.region):
            assert {one.state for one in lettered.letters()} == {State.VERIFIED}

    @pytest.mark.parametrize(
        ("language", "heading"), [("id", "Terbitkan ulang banyak surat"), ("en", "Issue many letters anew")]
    )
    def test_an_administrator_issues_all_anew(
        self,
        desk: Village,
        two: list[IssuedLetter],
        site: Callable[..., str],
        open_page: Callable[..., Page],
        language: str,
        heading: str,
    ) -> None:
        factories.staff("administrator", desk.region, "pengelola")
        page = open_page(viewport={"width": 360, "height": 740})
        log_in_reading(page, site(desk.region, "/desk/letters/again/"), "pengelola", language, heading)
        judge(page)
        follow(page, page.locator("form[method=get] button").last)
        judge(page)
        page.locator("input[name=reason]").fill("Kop surat keliru.")
        follow(page, page.locator("form.card button.btn"))
        expect(page.locator("progress")).to_be_visible()
        judge(page)
