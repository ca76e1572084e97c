"""Comments: one history with everything else, and no way out of the office for what officers say inside."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.base import ContentFile

from runtime.cases import anonymising, chain, commenting, eventlog, selectors, services, talking
from runtime.cases.models import Attachment, Case, CaseEvent, Message, Task
from runtime.effects import services as effects
from runtime.effects.models import EffectRun
from runtime.forms.uploads import Accepted
from runtime.regions import appointing
from runtime.regions.appointing import Wanted
from runtime.regions.models import Membership, User
from runtime.workflow.commenting import ANSWER, INTERNAL, MOST_A_DAY, MOST_ANSWERS, TO_APPLICANT
from tests import factories
from tests.runtime.conftest import Village

ROOT = Path(__file__).parents[3]
SECRET = "Berkas ini mencurigakan <b>sekali</b>"
_keys = iter(range(10_000))


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def case_of(reference: str) -> Case:
    return Case.objects.select_related("region", "version", "office").get(reference=reference)


def say(
    desk: Village, reference: str, verb: str, text: str, officer: User | None = None, **more: Any
) -> services.Performed:
    who: dict[str, Any] = {"officer": officer} if officer else {"applicant": True}
    given: dict[str, Any] = {"key": f"c{next(_keys)}", "now": desk.now} | who | more
    return commenting.comment(case_of(reference), verb, text, **given)


def refusal(
    desk: Village, reference: str, verb: str, text: str, officer: User | None = None, **more: Any
) -> str:
    with pytest.raises(services.Refused) as refused:
        say(desk, reference, verb, text, officer, **more)
    return refused.value.refused.reason


def paper() -> Accepted:
    return Accepted("denah.pdf", "application/pdf", 4, "0" * 64, ContentFile(b"%PDF"))


class TestComment:
    def test_is_a_line_of_the_one_history_and_its_words_are_sealed(self, desk: Village) -> None:
        reference = desk.submit().reference
        say(desk, reference, INTERNAL, SECRET, desk.clerk)
        say(desk, reference, TO_APPLICANT, "Satu.\n\nDua.", desk.clerk)
        case = case_of(reference)
        assert [e.action for e in CaseEvent.objects.order_by("n")] == ["filed", INTERNAL, TO_APPLICANT]
        assert [e.note for e in selectors.timeline(case, "id")][1:] == [
            SECRET,
            "Satu.\n\nDua.",
        ]
        assert chain.verify(case) == []
        Message.objects.filter(text=SECRET).update(text="Berkas ini bagus")
        assert [(one.n, one.what) for one in chain.verify(case)] == [(2, "words")]
        Message.objects.filter(event__n=2).delete()
        assert [(one.n, one.what) for one in chain.verify(case)] == [(2, "words")]

    def test_leaves_the_pages_of_colleagues_good(self, desk: Village) -> None:
        reference = desk.submit().reference
        seen = case_of(reference).revision
        for verb in (INTERNAL, TO_APPLICANT):
            say(desk, reference, verb, "Sebentar", desk.clerk)
        say(desk, reference, ANSWER, "Baik")
        assert selectors.shows(case_of(reference), seen)
        desk.forward(reference, seen_revision=seen)
        assert not selectors.shows(case_of(reference), seen)
        assert case_of(reference).status == "sign"

    def test_excuses_nobody_who_saw_an_older_stage(self, desk: Village) -> None:
        reference = desk.submit().reference
        seen = case_of(reference).revision
        desk.perform(reference, "task:claim", desk.clerk, task=Task.objects.get().pk)
        say(desk, reference, INTERNAL, "Sebentar", desk.clerk)
        with pytest.raises(services.Conflict) as conflict:
            desk.forward(reference, seen_revision=seen)
        assert conflict.value.event.action == "task:claim"

    def test_names_who_wrote_it_and_for_whom(self, desk: Village) -> None:
        reference = desk.submit().reference
        deputy = factories.staff("other", desk.region, "wakil")
        post = Membership.objects.get(user=desk.clerk)
        first = desk.now.date()
        appointing.appoint(
            region=desk.region,
            wanted=Wanted("plh", post.role, post.office, deputy, first, first, "SK 1", principal=desk.clerk),
            by=desk.head,
            now=desk.now,
        )
        say(desk, reference, TO_APPLICANT, "Halo", deputy)
        inside = selectors.timeline(case_of(reference), "id")[-1].by
        outside = selectors.public_view(case_of(reference), "id").past[-1].by
        assert ("Wakil" in inside, "Loket" in inside, "Plh." in inside) == (True, True, True)
        assert ("Wakil" in outside, outside.startswith("Plh.")) == (False, True)

    def test_written_twice_with_one_key_is_one_and_other_words_are_refused(self, desk: Village) -> None:
        reference = desk.submit().reference
        say(desk, reference, INTERNAL, "Satu", desk.clerk, key="k")
        assert say(desk, reference, INTERNAL, "Satu", desk.clerk, key="k").repeated
        assert refusal(desk, reference, INTERNAL, "Dua", desk.clerk, key="k") == "key_reused"
        assert [row.text for row in Message.objects.all()] == ["Satu"]

    def test_sent_twice_with_its_document_is_one(self, desk: Village) -> None:
        reference = desk.submit().reference
        sent = [
            say(desk, reference, INTERNAL, "Denah", desk.clerk, key="k", file=paper()) for _press in range(2)
        ]
        assert [done.repeated for done in sent] == [False, True]
        assert sent[0].event == sent[1].event
        assert [file.case for file in Attachment.objects.all()] == [sent[0].case]

    def test_sent_again_with_another_document_is_refused(self, desk: Village) -> None:
        reference = desk.submit().reference
        say(desk, reference, INTERNAL, "Denah", desk.clerk, key="k", file=paper())
        other = replace(paper(), sha256="1" * 64)
        assert refusal(desk, reference, INTERNAL, "Denah", desk.clerk, key="k", file=other) == "key_reused"
        assert refusal(desk, reference, INTERNAL, "Denah", desk.clerk, key="k") == "key_reused"

    def test_is_for_those_who_have_a_part_in_the_case(self, desk: Village, outsider: User) -> None:
        reference = desk.submit().reference
        stranger = factories.staff("clerk", factories.office(desk.region), "jauh")
        assert refusal(desk, reference, INTERNAL, "Halo", stranger) == "no_part"
        assert refusal(desk, reference, INTERNAL, "Halo", outsider) == "no_part"
        assert refusal(desk, reference, INTERNAL, "Halo") == "no_part"  # the applicant
        assert refusal(desk, reference, ANSWER, "Halo", desk.clerk) == "no_part"
        Membership.objects.filter(user=desk.clerk).delete()
        assert refusal(desk, reference, INTERNAL, "Halo", desk.clerk) == "no_part"
        assert (CaseEvent.objects.count(), Message.objects.count()) == (1, 0)

    def test_is_not_written_to_ones_own_case(self, desk: Village) -> None:
        reference = desk.submit(applicant=desk.clerk).reference
        assert refusal(desk, reference, INTERNAL, "Setujui saja", desk.clerk) == "own_case"

    @pytest.mark.parametrize(("text", "reason"), [("  \n ", "nothing_written"), ("x" * 2001, "too_long")])
    def test_of_no_words_or_too_many_is_refused(self, desk: Village, text: str, reason: str) -> None:
        reference = desk.submit().reference
        assert refusal(desk, reference, INTERNAL, text, desk.clerk) == reason
        say(desk, reference, INTERNAL, "x" * 2000, desk.clerk)

    def test_is_no_step_of_whoever_wrote_it(self, desk: Village) -> None:
        """Who acted last gets the next task of a kind; who only wrote does not."""
        reference = desk.submit().reference
        say(desk, reference, INTERNAL, "Halo", desk.clerk)
        assert case_of(reference).timer_at == Case.objects.get().timer_at
        assert talking.unchanged_since(case_of(reference)) == 1


class TestAnswer:
    def test_follows_what_the_office_wrote_and_is_limited_until_it_writes_again(self, desk: Village) -> None:
        reference = desk.submit().reference
        assert refusal(desk, reference, ANSWER, "Halo") == "not_asked"
        for _round in range(MOST_A_DAY // MOST_ANSWERS):
            say(desk, reference, TO_APPLICANT, "Kapan bisa datang?", desk.clerk)
            for n in range(MOST_ANSWERS):
                say(desk, reference, ANSWER, f"Besok {n}")
            assert refusal(desk, reference, ANSWER, "Lagi") == "answers_full"
        say(desk, reference, TO_APPLICANT, "Baik", desk.clerk)
        assert refusal(desk, reference, ANSWER, "Lagi") == "answers_often"
        say(desk, reference, ANSWER, "Lagi", now=desk.now + timedelta(days=1, seconds=1))

    def test_ends_with_the_case_but_officers_still_write(self, desk: Village) -> None:
        reference = desk.submit().reference
        say(desk, reference, TO_APPLICANT, "Halo", desk.clerk)
        desk.perform(reference, "withdraw")
        assert refusal(desk, reference, ANSWER, "Halo") == "final"
        say(desk, reference, INTERNAL, "Arsipkan", desk.clerk)

    def test_tells_the_post_that_asked_that_there_is_something_to_read(self, desk: Village) -> None:
        reference = desk.submit().reference
        say(desk, reference, TO_APPLICANT, "Halo", desk.clerk)
        EffectRun.objects.all().delete()
        say(desk, reference, ANSWER, "Rahasia saya")
        (run,) = EffectRun.objects.all()
        assert run.payload["user"] == desk.clerk.pk
        assert "Rahasia" not in str(run.payload)
        (task,) = selectors.told(Task.objects.all())
        assert task.written


class TestExits:
    """Whatever leaves the office: nothing of what officers say to each other is in it."""

    @pytest.fixture
    def spoken(self, desk: Village) -> str:
        reference = desk.submit().reference
        say(desk, reference, INTERNAL, SECRET, desk.clerk, file=paper())
        return reference

    def test_the_status_page_is_told_nothing(self, desk: Village, spoken: str) -> None:
        view = selectors.public_view(case_of(spoken), "id")
        assert [entry.title for entry in view.past] == ["Permohonan diterima"]
        assert "mencurigakan" not in str(view)

    def test_no_mail_message_or_notice_to_another_system_is_written(self, desk: Village, spoken: str) -> None:
        last = CaseEvent.objects.get(action=INTERNAL)
        assert EffectRun.objects.filter(event_n=last.n).count() == 0
        desk.forward(spoken)
        assert "mencurigakan" not in str(list(EffectRun.objects.values_list("payload", flat=True)))

    def test_the_event_log_does_not_know_of_it(self, desk: Village, spoken: str) -> None:
        for form in ("xes", "csv"):
            log = "".join(eventlog.pieces(desk.region, desk.version.key, form, language="id"))
            assert "filed" in log
            assert [word for word in ("comment", "mencurigakan", "Loket") if word in log] == []

    def test_the_words_have_one_door(self) -> None:
        """Letters, programs and every later exit have to come through the history, which knows who reads."""
        rooms = [path for top in ("runtime", "builder", "cms") for path in (ROOT / top).rglob("*.py")]
        asking = {
            path.name for path in rooms if re.search(r"talking\.words|models.*Message\b", path.read_text())
        }
        assert asking == {
            "__init__.py",
            "history.py",
            "talking.py",
            "chain.py",
        }  # the first gathers the models
        telling = {path.name for path in rooms if re.search(r"\btimeline\(", path.read_text())}
        assert telling == {"history.py", "casepage.py", "doing.py", "hand.py", "comment.py"}

    def test_a_message_to_the_applicant_is_told_of_without_its_words(self, desk: Village) -> None:
        reference = desk.submit().reference
        EffectRun.objects.all().delete()
        say(desk, reference, TO_APPLICANT, "Bawa KTP asli", desk.clerk)
        (run,) = EffectRun.objects.filter(type="mail")
        effects.run_due(now=desk.now)
        assert "KTP" not in str(run.payload).replace(reference, "")
        assert f"/track/{reference}/" in mail.outbox[-1].body
        told = mail.outbox[-1].body + mail.outbox[-1].subject
        assert "KTP" not in told.replace(reference, "")


class TestForgetting:
    def test_takes_the_words_and_files_and_keeps_the_history_whole(self, desk: Village) -> None:
        reference = desk.submit().reference
        say(desk, reference, INTERNAL, SECRET, desk.clerk, file=paper())
        say(desk, reference, TO_APPLICANT, "Halo Bu Siti", desk.clerk)
        desk.perform(reference, "withdraw")
        case = case_of(reference)
        anonymising._remove(case, "system:anonymised:9", desk.now)
        assert (Message.objects.count(), Attachment.objects.count()) == (0, 0)
        assert chain.verify(case_of(reference)) == []
        assert [e.note for e in selectors.timeline(case, "id") if e.comment] == ["", ""]
        assert refusal(desk, reference, INTERNAL, "Siapa tadi?", desk.clerk) == "forgotten"
