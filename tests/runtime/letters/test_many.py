"""Many letters in one job: ordered once, watched to the end, signed with a secret that is kept nowhere."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from runtime.cases import registerbook
from runtime.cases import services as stepping
from runtime.cases.models import CaseEvent
from runtime.jobs import services as jobs
from runtime.jobs.models import Job
from runtime.letters import issuing, services, ways
from runtime.letters.adapters.contract import Secret
from runtime.letters.many import errands, reissue, sealed, sign
from runtime.letters.models import Errand, IssuedLetter
from runtime.modules import services as publishing
from runtime.regions.models import Membership, User
from tests import factories
from tests.runtime import lettered, permit
from tests.runtime.conftest import Village
from tests.runtime.letters.test_pages import Asking

State = IssuedLetter.State
RIGHT = Secret("3671010101800001", "benar")


@pytest.fixture
def chief(desk: Village) -> User:
    return factories.staff("administrator", desk.region, "pengelola")


@pytest.fixture
def three(desk: Village) -> list[IssuedLetter]:
    """Three letters that are valid."""
    for _ in range(3):
        lettered.sign(desk)
    lettered.work_off(desk)
    return lettered.letters()


def ask(desk: Village, chief: User, **changes: Any) -> Job:
    """Have the letters of the permit issued anew."""
    asked = {
        "service": "izin",
        "letter": "izin",
        "since": None,
        "until": None,
        "newest": False,
        "reason": "Kop keliru.",
    }
    wanted = reissue.Wanted(**(asked | changes))
    return begin(desk, chief, reissue.KIND, wanted.as_json())


def begin(desk: Village, by: User, kind: str, arguments: dict[str, Any]) -> Job:
    key = uuid.uuid4()
    return jobs.begin(region=desk.region, by=by, key=key, kind=kind, arguments=arguments, now=desk.now)


def issue(desk: Village) -> None:
    """Do what waits in the outbox, a little later than it was put in."""
    lettered.work_off(desk, now=desk.now + timedelta(minutes=1))


def finish(desk: Village, job: Job) -> None:
    for _ in range(20):
        jobs.work(job, now=desk.now, hand_over=True)
        if job.finished_at:
            return
        issue(desk)
    raise AssertionError("the job does not end")


def states(job: Job) -> list[tuple[str, str]]:
    return list(errands.of_job(job).values_list("state", "reason"))


class TestReissue:
    def test_issues_each_anew_once_without_a_gap(
        self, desk: Village, chief: User, three: list[IssuedLetter]
    ) -> None:
        job = ask(desk, chief)
        finish(desk, job)
        old, new = lettered.letters()[:3], lettered.letters()[3:]
        assert [one.state for one in old] == [State.REPLACED] * 3
        assert [(one.state, one.edition, one.replaces_id) for one in new] == [
            (State.VERIFIED, 2, one.pk) for one in old
        ]
        assert [entry.n for entry in registerbook.entries(desk.region).order_by("n")] == [1, 2, 3, 4, 5, 6]
        assert (job.state, job.total, job.done) == (Job.State.DONE, 3, 3)
        assert errands.tally(job) == errands.Tally(total=3, done=3, to_sign=0, refused=0, left=0)
        assert {one.why for one in old} == {"Kop keliru."}
        assert [stepping.verify_chain(one.case) for one in new] == [[], [], []]

    def test_goes_on_where_a_process_died_between_order_and_note(
        self, desk: Village, chief: User, three: list[IssuedLetter], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        job = ask(desk, chief)
        real, calls = services.reissue, []

        def dies(*given: Any, **named: Any) -> None:
            real(*given, **named)
            calls.append(given)
            if len(calls) == 2:
                raise SystemExit  # the second order is given, and not noted

        with monkeypatch.context() as patch:
            patch.setattr(services, "reissue", dies)
            with pytest.raises(SystemExit):
                jobs.work(job, now=desk.now)
        later = replace(desk, now=desk.now + timedelta(minutes=3))
        finish(later, job)
        assert len(lettered.letters()) == 6
        assert CaseEvent.objects.filter(action="letter:reissued").count() == 3
        assert states(job) == [("done", "")] * 3

    def test_rests_while_nothing_happens(self, desk: Village, chief: User, three: list[IssuedLetter]) -> None:
        job = ask(desk, chief)
        jobs.work(job, now=desk.now)
        assert jobs.work(job, now=desk.now, patience=60, hand_over=True) == 0
        assert job.finished_at is None
        assert job.lease_until is None

    def test_takes_only_the_days_that_were_named_and_what_is_valid(
        self, desk: Village, chief: User, three: list[IssuedLetter]
    ) -> None:
        day = three[0].issued_on
        IssuedLetter.objects.filter(pk=three[1].pk).update(issued_on=day - timedelta(days=9))
        IssuedLetter.objects.filter(pk=three[2].pk).update(state=State.WITHDRAWN)
        job = ask(desk, chief, since=day, until=day)
        finish(desk, job)
        assert [one.replaces_id for one in lettered.letters() if one.replaces_id] == [three[0].pk]

    def test_says_which_were_meanwhile_withdrawn(
        self, desk: Village, chief: User, three: list[IssuedLetter]
    ) -> None:
        job = ask(desk, chief)
        reissue.Reissue().count(job, desk.now)
        services.withdraw(three[1], reason="Keliru.", by=desk.head, now=desk.now)
        finish(desk, job)
        assert states(job) == [("done", ""), ("refused", "not_now"), ("done", "")]

    def test_ends_with_the_right_to_it(self, desk: Village, chief: User, three: list[IssuedLetter]) -> None:
        job = ask(desk, chief)
        Membership.objects.filter(user=chief).delete()
        jobs.work(job, now=desk.now)
        assert (job.state, job.why) == (Job.State.FAILED, "rights")
        assert len(lettered.letters()) == 3

    def test_leaves_the_rest_when_it_is_stopped(
        self, desk: Village, chief: User, three: list[IssuedLetter], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(reissue, "AT_ONCE", 1)
        job = ask(desk, chief)
        jobs.work(job, now=desk.now)
        assert jobs.cancel(job, now=desk.now)
        issue(desk)
        job.refresh_from_db()
        assert errands.tally(job).left == 2
        assert len(lettered.letters()) == 4

    def test_names_a_letter_that_could_not_be_printed(
        self, desk: Village, chief: User, three: list[IssuedLetter], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_given: Any, **_named: Any) -> bytes:
            raise issuing.typesetting.Unprintable("no")

        monkeypatch.setattr(issuing.typesetting, "pdf", broken)
        job = ask(desk, chief)
        finish(desk, job)
        assert states(job) == [("refused", "letter.print")] * 3
        assert {one.state for one in lettered.letters()[:3]} == {State.VERIFIED}


def _asks_more(document: dict[str, Any]) -> None:
    question = {"key": "tambahan", "type": "text", "label": permit.text("Tambahan")}
    document["pages"][0]["fields"].append(question)


def _renames(document: dict[str, Any]) -> None:
    document["letters"][0]["key"] = "lain"
    sign = next(one for one in document["workflow"]["actions"] if one["key"] == "sign")
    sign["effects"][-1]["letter"] = "lain"


class TestNewestText:
    def install(self, desk: Village, **changes: Any) -> None:
        text = lettered.as_text(**changes)
        publishing.install(region=desk.region, document=text, number=2, now=desk.now)

    def test_is_printed_for_applications_of_the_version_before(
        self, desk: Village, chief: User, three: list[IssuedLetter]
    ) -> None:
        self.install(desk, title=permit.text("Surat Izin Baru"))
        job = ask(desk, chief, newest=True)
        finish(desk, job)
        new = lettered.letters()[3:]
        assert {one.version.number for one in new} == {2}
        assert {one.case.version.number for one in new} == {1}
        assert {one.state for one in new} == {State.VERIFIED}

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            (_asks_more, "questions"),
            (_renames, "letter.absent"),
            (lambda one: one["letters"][0].pop("signer"), "signer"),
        ],
    )
    def test_is_refused_where_it_does_not_fit(
        self, desk: Village, chief: User, three: list[IssuedLetter], change: Any, reason: str
    ) -> None:
        document = json.loads(lettered.as_text())
        change(document)
        text = json.dumps(document)
        publishing.install(region=desk.region, document=text, number=2, now=desk.now)
        job = ask(desk, chief, newest=True)
        finish(desk, job)
        assert states(job) == [("refused", reason)] * 3
        assert len(lettered.letters()) == 3


class TestSignMany:
    @pytest.fixture(autouse=True)
    def _asked(self, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        settings.RAKIT_SIGNING = {"tangerang": {"adapter": "bsre"}}
        monkeypatch.setattr(ways, "adapter", lambda *_given: Asking())

    def work(self, desk: Village, job: Job, secret: Secret | None, **more: Any) -> None:
        with sealed.carried(secret):
            jobs.work(job, now=desk.now, hand_over=True, **more)

    def begin(self, desk: Village, letters: list[IssuedLetter], by: User | None = None) -> Job:
        return begin(desk, by or desk.head, sign.KIND, {"letters": [one.pk for one in letters]})

    def test_signs_all_with_one_passphrase(self, desk: Village, three: list[IssuedLetter]) -> None:
        job = self.begin(desk, three)
        self.work(desk, job, RIGHT, patience=60)
        assert {one.state for one in lettered.letters()} == {State.VERIFIED}
        assert (job.state, job.done) == (Job.State.DONE, 3)

    def test_signs_nothing_without_the_secret_and_ends_in_time(
        self, desk: Village, three: list[IssuedLetter]
    ) -> None:
        job = self.begin(desk, three)
        jobs.work_due(desk.now)
        job.refresh_from_db()
        assert job.finished_at is None
        jobs.work_due(desk.now + sealed.LIFE + timedelta(seconds=1))
        job.refresh_from_db()
        assert (job.state, errands.tally(job).left) == (Job.State.DONE, 3)
        assert {one.state for one in lettered.letters()} == {State.SENT}

    def test_tries_a_wrong_passphrase_once(
        self, desk: Village, three: list[IssuedLetter], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tried: list[bytes] = []
        real = Asking.sign
        monkeypatch.setattr(Asking, "sign", lambda *given: tried.append(b"") or real(*given))
        job = self.begin(desk, three)
        self.work(desk, job, Secret("3671010101800001", "salah"), patience=60)
        assert len(tried) == 1
        assert states(job) == [("left", "letter.passphrase")] * 3
        assert job.state == Job.State.DONE

    def test_gives_up_after_failures_in_a_row(
        self, desk: Village, three: list[IssuedLetter], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away(*_given: Any) -> bytes:
            raise issuing.Failed("connection", again=True)

        monkeypatch.setattr(Asking, "sign", away)
        job = self.begin(desk, three)
        for _ in range(sign.TRIES):
            assert job.finished_at is None
            self.work(desk, job, RIGHT, patience=60)
        assert states(job) == [("left", "connection")] * 3

    def test_signs_nobody_elses_letter(self, desk: Village, three: list[IssuedLetter]) -> None:
        job = self.begin(desk, three, by=desk.clerk)
        self.work(desk, job, RIGHT)
        assert (job.total, {one.state for one in lettered.letters()}) == (0, {State.SENT})

    def test_signs_no_letter_of_a_case_that_the_signer_may_no_longer_open(
        self, desk: Village, three: list[IssuedLetter]
    ) -> None:
        job = self.begin(desk, three)
        Membership.objects.filter(user=desk.head).delete()
        self.work(desk, job, RIGHT, patience=60)
        assert {one.state for one in lettered.letters()} == {State.SENT}
        assert Errand.objects.filter(state="done").count() == 0

    def test_goes_on_where_a_process_died_after_signing(
        self, desk: Village, three: list[IssuedLetter], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        job = self.begin(desk, three)
        with monkeypatch.context() as patch, pytest.raises(SystemExit):
            patch.setattr(sign, "_note", lambda *_given: (_ for _ in ()).throw(SystemExit))
            self.work(desk, job, RIGHT)
        later = desk.now + timedelta(minutes=3)
        with sealed.carried(RIGHT):
            jobs.work(job, now=later, hand_over=True, patience=60)
        assert states(job) == [("done", "")] * 3
        assert {one.state for one in lettered.letters()} == {State.VERIFIED}


class TestSealed:
    def test_opens_for_its_job_and_person_and_for_a_while(self, desk: Village) -> None:
        job = begin(desk, desk.head, sign.KIND, {"letters": []})
        other = begin(desk, desk.head, sign.KIND, {"letters": []})
        text = sealed.seal(RIGHT, job, desk.now)
        assert "benar" not in text
        assert sealed.unseal(text, job, desk.now) == RIGHT
        assert sealed.unseal(text, other, desk.now) is None
        assert sealed.unseal(text, job, desk.now + sealed.LIFE + timedelta(seconds=1)) is None
        assert sealed.unseal(text[:-3], job, desk.now) is None
        assert sealed.unseal("", job, desk.now) is None

    def test_is_at_hand_only_inside(self) -> None:
        with sealed.carried(RIGHT):
            assert sealed.at_hand() == RIGHT
        assert sealed.at_hand() is None
