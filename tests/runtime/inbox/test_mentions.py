"""Colleagues who are mentioned in a comment: who can be, how they are told, and who never is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from runtime.cases import anonymising, chain, services
from runtime.cases.models import Case, CaseEvent, Mention
from runtime.digests import gathering
from runtime.effects import services as outbox
from runtime.regions.models import Membership, User
from runtime.workflow.commenting import INTERNAL, TO_APPLICANT
from tests import factories
from tests.conftest import ClientOn
from tests.runtime.conftest import Village
from tests.runtime.digests.test_digests import to, wish
from tests.runtime.postoffice import Post

SECRET = "Tolong cek KTP Siti"
MENTIONED = "Anda disebut"


@pytest.fixture
def colleague(desk: Village) -> User:
    """Another clerk of the office."""
    return factories.staff("clerk", desk.office, "rekan")


def write(client: Client, reference: str, *people: User, text: str = SECRET, reader: str = INTERNAL) -> Any:
    given = {"reader": reader, "text": text, "tell": [str(user.pk) for user in people]}
    return client.post(f"/desk/cases/{reference}/comments/write/", given)


class TestMentions:
    def test_stand_on_the_desk_until_the_colleague_has_looked(
        self, desk: Village, clerk_at: Client, client_on: ClientOn, colleague: User
    ) -> None:
        reference = desk.submit().reference
        assert write(clerk_at, reference, colleague).status_code == 302
        theirs = client_on(desk.region, colleague)
        page = theirs.get("/desk/").content.decode()
        assert MENTIONED in page
        assert SECRET not in page
        assert MENTIONED not in clerk_at.get("/desk/").content.decode()
        shown = theirs.get(f"/desk/cases/{reference}/").content.decode()
        assert "Diberi tahu: Rekan" in shown
        assert MENTIONED not in theirs.get("/desk/").content.decode()
        assert chain.verify(Case.objects.get()) == []

    def test_are_told_in_a_mail_of_reference_and_link(
        self, desk: Village, clerk_at: Client, colleague: User, post: Post
    ) -> None:
        wish(desk, colleague, "now")
        reference = desk.submit().reference
        gathering.gather_due(desk.now + timedelta(minutes=1))
        desk.perform(reference, INTERNAL, desk.clerk, comment=SECRET, mentioned=[colleague.pk])
        for minute in (2, 5):
            gathering.gather_due(desk.now + timedelta(minutes=minute))
            outbox.run_due(now=desk.now + timedelta(minutes=minute))
        told = [one for one in to(post, colleague) if "Anda disebut dalam komentar" in one.get_content()]
        assert len(told) == 1
        assert f"/desk/cases/{reference}/" in told[0].get_content()
        assert "Siti" not in told[0].as_string()

    def test_are_not_told_once_they_were_seen(
        self, desk: Village, client_on: ClientOn, colleague: User, post: Post
    ) -> None:
        wish(desk, colleague)
        reference = desk.submit().reference
        desk.perform(reference, INTERNAL, desk.clerk, comment=SECRET, mentioned=[colleague.pk])
        client_on(desk.region, colleague).get(f"/desk/cases/{reference}/")
        gathering.gather_due(desk.now + timedelta(days=1))
        outbox.run_due(now=desk.now + timedelta(days=1))
        assert not [one for one in to(post, colleague) if "Anda disebut" in one.get_content()]

    def test_are_found_in_the_words_behind_an_at(
        self, desk: Village, clerk_at: Client, colleague: User
    ) -> None:
        reference = desk.submit().reference
        write(clerk_at, reference, text="Mohon dilihat, @rekan. Terima kasih")
        assert [one.user for one in Mention.objects.all()] == [colleague]

    def test_mean_nobody_by_a_name_that_two_have(
        self, desk: Village, clerk_at: Client, colleague: User
    ) -> None:
        reference = desk.submit().reference
        other = factories.staff("clerk", desk.office, "lain")
        User.objects.filter(pk__in=(colleague.pk, other.pk)).update(first_name="Budi", last_name="")
        assert write(clerk_at, reference, text="@Budi lihat ini").status_code == 302
        assert not Mention.objects.exists()

    def test_are_of_people_only_who_may_open_the_case(
        self, desk: Village, clerk_at: Client, colleague: User
    ) -> None:
        stranger = factories.staff("archivist", desk.office, "arsip")
        reference = desk.submit().reference
        left = factories.staff("clerk", desk.office, "pergi")
        off = factories.staff("clerk", desk.office, "mati")
        page = clerk_at.get(f"/desk/cases/{reference}/comments/write/").content.decode()
        assert all(name in page for name in ("Rekan", "Pergi", "Mati"))
        Membership.objects.filter(user=left).delete()
        User.objects.filter(pk=off.pk).update(is_active=False)
        page = clerk_at.get(f"/desk/cases/{reference}/comments/write/").content.decode()
        assert not any(name in page for name in ("Arsip", "Pergi", "Mati", "Lurah"))
        for user in (stranger, left, off, desk.head, desk.clerk):
            assert write(clerk_at, reference, user).status_code == 422
            with pytest.raises(services.Refused, match="not_mentionable"):
                desk.perform(reference, INTERNAL, desk.clerk, comment="Halo", mentioned=[user.pk])
        assert (CaseEvent.objects.count(), Mention.objects.count()) == (1, 0)

    def test_are_not_of_the_applicant_though_an_officer(
        self, desk: Village, clerk_at: Client, colleague: User
    ) -> None:
        reference = desk.submit(applicant=colleague).reference
        assert write(clerk_at, reference, colleague).status_code == 422

    def test_stand_in_comments_for_officers_only(
        self, desk: Village, clerk_at: Client, colleague: User
    ) -> None:
        reference = desk.submit().reference
        refused = write(clerk_at, reference, colleague, reader=TO_APPLICANT)
        assert refused.status_code == 422
        assert SECRET in refused.content.decode()
        with pytest.raises(services.Refused, match="not_mentionable"):
            desk.perform(reference, TO_APPLICANT, desk.clerk, comment="Halo", mentioned=[colleague.pk])
        assert CaseEvent.objects.count() == 1

    def test_show_nothing_to_whoever_lost_the_post_since(
        self, desk: Village, clerk_at: Client, client_on: ClientOn, colleague: User
    ) -> None:
        reference = desk.submit().reference
        write(clerk_at, reference, colleague)
        Membership.objects.filter(user=colleague).delete()
        factories.member(colleague, "archivist", desk.office)
        page = client_on(desk.region, colleague).get("/desk/").content.decode()
        assert reference not in page

    def test_go_with_the_words(self, desk: Village, clerk_at: Client, colleague: User) -> None:
        reference = desk.submit().reference
        write(clerk_at, reference, colleague)
        case = Case.objects.get(reference=reference)
        anonymising._remove(case, "system:anonymised:9", desk.now)
        assert not Mention.objects.exists()
