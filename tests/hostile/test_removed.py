"""T6, T8: ids of strangers among one's own, and people who no longer work here."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from runtime.cases.models import Case, CaseEvent, Task
from runtime.effects import services as effects
from runtime.inbox.models import SavedView, Watch
from runtime.letters.models import IssuedLetter
from runtime.regions import scope
from runtime.regions.models import Membership, Region, User
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import lettered, permit
from tests.runtime.bulk import many as many  # the fixture
from tests.runtime.bulk import waiting
from tests.runtime.conftest import Village
from tests.runtime.inbox.test_files import filed, picture

NAME = "Kanarinama"


def ticks(**which: object) -> list[str]:
    """Return what the boxes of these tasks send."""
    found = Task.objects.filter(closed_at=None, **which).select_related("case").order_by("pk")
    return [f"{task.pk}.{task.case.revision}" for task in found]


def events() -> int:
    with scope.everywhere("a test counts"):
        found: int = CaseEvent.objects.count()
    return found


@pytest.fixture
def strangers(many: Village, poso: Region) -> list[str]:
    """Tasks for the same role and action: of the office next door, and of another region."""
    next_door = factories.office(many.office.parent or many.region, "sukarasa")
    clerk = factories.staff("clerk", next_door, "loket.lain")
    factories.staff("head", next_door, "lurah.lain")
    given = permit.answers(village=next_door.key, name=NAME)
    reference = many.submit(answers=given).reference
    many.perform(reference, "forward", clerk, answers={"complete": True})
    found = ticks(case__reference=reference)
    with scope.use(poso):
        version = factories.installed(poso, permit.as_text(key="izin-banyak")).version
        office = Region.objects.get(key="bukit-bambu")
        factories.staff("clerk", office, "loket.poso")
        there = Village(poso, office, version, many.clerk, many.head)
        there.submit(answers=permit.answers(village=office.key, name=NAME))
        found += ticks()
    return found


class TestStrangersIds:
    """T6: the right to some rows is no right to others that are named beside them."""

    @pytest.mark.parametrize("way", ["sign", "give"])
    def test_T6_among_ones_own_are_left_alone_and_not_told_of(
        self, many: Village, strangers: list[str], client_on: ClientOn, way: str
    ) -> None:
        (own,) = waiting(many, 1)
        colleague = factories.staff("head", many.office, "lurah2")
        head, before = client_on(many.region, many.head), events()
        given: dict[str, Any] = {"t": [*strangers, *ticks(case__reference=own)], "key": str(uuid.uuid4())}
        if way == "sign":
            page = head.post("/desk/bulk/", given | {"do": "izin-banyak:sign"}, follow=True)
        else:
            more = {"person": str(colleague.pk), "reason": "Bagi"}
            page = head.post("/desk/bulk/give/", given | more, follow=True)
        told = page.content.decode()
        assert page.status_code == 200
        assert own in told
        assert NAME not in told
        assert events() == before + 1
        with scope.everywhere("a test looks"):
            foreign = Task.objects.filter(pk__in=[int(one.split(".")[0]) for one in strangers])
            assert {(task.closed_at, task.claimed_by_id, task.case.revision) for task in foreign} == {
                (None, None, int(one.split(".")[1])) for one in strangers
            }
            assert not set(foreign.values_list("case__reference", flat=True)) & set(re.findall(r"\S+", told))

    def test_T6_under_ones_own_case_do_not_exist(self, many: Village, client_on: ClientOn) -> None:
        """A task, a letter and a view that are somebody else's, asked for by an address that is one's own."""
        next_door = factories.office(many.office.parent or many.region, "sukarasa")
        factories.staff("clerk", next_door, "loket.lain")
        theirs = many.submit(answers=permit.answers(village=next_door.key, name=NAME)).reference
        own, clerk = many.submit().reference, client_on(many.region, many.clerk)
        task = Task.objects.get(case__reference=theirs)
        view = SavedView.objects.create(region=many.region, user=many.head, name="Kanari", query="?tab=unit")
        before = events()
        for path in (f"/desk/cases/{own}/hand/{task.pk}/", f"/desk/saved/{view.pk}/"):
            assert (
                clerk.post(path, {"to": str(many.clerk.pk), "name": "x", "do": "delete"}).status_code == 404
            )
        assert events() == before
        view.refresh_from_db()
        assert view.name == "Kanari"
        clerk.post(f"/desk/cases/{theirs}/watch/turn/", {"on": "1"})
        assert not Watch.objects.exists()


class Leaver:
    """An officer with everything that one may have kept: addresses, opened forms, a running session."""

    def __init__(self, desk: Village, user: User, client: Client) -> None:
        self.desk, self.user, self.client = desk, user, client
        desk.version = factories.installed(desk.region, lettered.as_text(), 2).version
        self.signed = lettered.sign(desk, answers=permit.answers(village=desk.office.key, name=NAME))
        lettered.work_off(desk)
        self.reference, self.file = filed(desk, "ktp.jpg", "image/jpeg", picture())
        Case.objects.filter(reference=self.reference).update(applicant_name=NAME)
        case = f"/desk/cases/{self.reference}/"
        letter = IssuedLetter.objects.get()
        self.saved = [
            *(
                "/desk/",
                "/desk/?tab=unit",
                "/desk/?tab=late",
                "/desk/?tab=watched",
                f"/desk/?tab=all&q={NAME.lower()}",
            ),
            *(case, f"{case}forward/", f"{case}send_back/", f"{case}print/page/", f"{case}comments/write/"),
            *(self.file, f"{self.file}?download", "/desk/saved/", "/desk/letters/", "/desk/exports/"),
            f"/desk/cases/{self.signed.reference}/letters/{letter.pk}/",
            f"/desk/bulk/give/?t={ticks(case__reference=self.reference)[0]}",
        ]
        form = client.get(f"{case}forward/").context["form"]
        self.form = {"key": form.key, "seen": form.seen, "comment": "", "page-complete": "yes"}
        self.posts: list[tuple[str, dict[str, Any]]] = [
            (f"{case}forward/", self.form),
            (case, {}),
            (f"{case}comments/write/", self._words()),
            (f"{case}watch/turn/", {"on": "1"}),
            (f"{case}hand/{Task.objects.get(case__reference=self.reference).pk}/", {"do": "take"}),
            ("/desk/saved/", {"name": "x", "query": "?tab=unit"}),
        ]

    def _words(self) -> dict[str, str]:
        return {"text": "halo", "reader": "comment:internal", "once": "e" * 32}

    def asked(self) -> list[tuple[str, int, str]]:
        """Return path, status and text of each address that was kept."""
        found = []
        for path in self.saved:
            answer = self.client.get(path)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            found.append((path, answer.status_code, body.decode("utf-8", "replace")))
        return found


@pytest.fixture
def leaver(desk: Village, client_on: ClientOn) -> Leaver:
    return Leaver(desk, desk.clerk, client_on(desk.region, desk.clerk))


class TestPeopleWhoLeft:
    """T8: what was kept opens nothing from the very next request on."""

    def test_all_that_is_kept_opens_while_they_work_here(self, leaver: Leaver) -> None:
        assert [(path, status) for path, status, _text in leaver.asked() if status != 200] == []

    @pytest.mark.parametrize("how", ["post", "account"])
    def test_T8_open_nothing_they_have_kept(self, leaver: Leaver, how: str) -> None:
        if how == "post":
            Membership.objects.filter(user=leaver.user).delete()
        else:
            User.objects.filter(pk=leaver.user.pk).update(is_active=False)
        before = events()
        for path, status, text in leaver.asked():
            assert status in (302, 403, 404), path
            assert NAME not in text
            assert "JFIF" not in text
        for path, given in leaver.posts:
            answer = leaver.client.post(path, given)
            assert answer.status_code in (302, 403, 404), path
            assert answer.status_code != 302 or "/accounts/" in answer["Location"], path
        assert events() == before
        assert not Watch.objects.exists()
        assert not SavedView.objects.exists()

    def test_T8_with_a_post_elsewhere_keep_nothing_of_the_old_one(self, leaver: Leaver) -> None:
        """Who was moved to another office of the region still sits at the desk, without the old cases."""
        other = factories.office(leaver.desk.office.parent or leaver.desk.region, "sukarasa")
        Membership.objects.filter(user=leaver.user).update(office=other)
        before = events()
        for path, _status, text in leaver.asked():
            assert NAME not in text, path
            echoed = text.replace(path, "")  # of the address in the switch of the language
            assert leaver.reference not in echoed, path
        for path, given in leaver.posts[:-1]:
            assert leaver.client.post(path, given).status_code in (403, 404), path
        assert events() == before

    def test_T8_are_written_to_no_more(self, leaver: Leaver, mailoutbox: list[Any]) -> None:
        """A mail to the head that waits when the head leaves goes to nobody."""
        leaver.desk.forward(leaver.reference)
        Membership.objects.filter(user=leaver.desk.head).delete()
        mailoutbox.clear()
        effects.run_due(now=leaver.desk.now)
        assert leaver.desk.head.email not in [to for one in mailoutbox for to in one.to]
