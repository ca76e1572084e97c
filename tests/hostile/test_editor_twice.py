"""T6, T25: forms of the editor that are sent twice, late, or with ids of what somebody else has."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from builder import services
from builder.models import BankEntry, DraftComment, DraftLink, Module, PublishingRules, Release, Review
from builder.sharing import services as sharing
from builder.translation import services as translation
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests.builder.conftest import document, text
from tests.builder.conftest import module as module  # the fixture
from tests.builder.conftest import officer as officer  # one that it needs
from tests.builder.conftest import publisher as publisher  # the fixture
from tests.builder.conftest import reviewed as reviewed  # the fixture
from tests.builder.conftest import stranger as stranger  # the fixture
from tests.builder.test_governance import follow, latest, press, releases
from tests.builder.test_views import url
from tests.conftest import ClientOn

pytestmark = pytest.mark.django_db
LABEL = "pages/page_1/fields/nama/label"
SCHEMA = '{"title": "Izin", "type": "object", "properties": {"nama": {"type": "string"}}}'


def held(region: Region) -> int:
    with scope.use(region):
        return int(Module.objects.count())


class TestTwice:
    """T25: the second time the same form is sent nothing more happens, and somebody is told what did."""

    @pytest.mark.parametrize(
        ("name", "sent"),
        [
            ("add", {"title": "Izin Pasar", "approval": ""}),
            ("from_schema", {"title": "", "schema_text": SCHEMA, "make": "1"}),
            ("copy", {"title": "Izin Lain"}),
        ],
    )
    def test_begins_one_service(
        self, client_on: ClientOn, module: Module, clerk: User, name: str, sent: dict[str, str]
    ) -> None:
        client, here = client_on(module.region, clerk), url(name, *([module.pk] if name == "copy" else []))
        first, second = (client.post(here, {**sent, "csrfmiddlewaretoken": "a"}) for _ in range(2))
        assert (first.status_code, second["Location"]) == (302, first["Location"])
        assert "sudah dikirim sebelumnya" in client.get(second["Location"]).text
        assert held(module.region) == 2
        for again in ({"csrfmiddlewaretoken": "b"}, {"csrfmiddlewaretoken": "a", "title": "Izin Baru"}):
            assert client.post(here, {**sent, **again})["Location"] != first["Location"]
        assert held(module.region) == 4

    def test_begins_another_where_the_first_was_deleted(
        self, client_on: ClientOn, tangerang: Region, clerk: User
    ) -> None:
        client, sent = client_on(tangerang, clerk), {"title": "Izin", "csrfmiddlewaretoken": "a"}
        client.post(url("add"), sent)
        with scope.use(tangerang):
            Module.objects.get().delete()
        assert client.post(url("add"), sent).status_code == 302
        assert held(tangerang) == 1

    def test_publishes_one_release(self, client_on: ClientOn, module: Module, clerk: User) -> None:
        client = client_on(module.region, clerk)
        for _ in range(2):
            assert press(client, module, "publish", note="Baru").status_code == 302
        assert releases(module) == 1

    @pytest.mark.parametrize("button", ["approve-review", "return-review", "withdraw-review"])
    def test_answers_a_review_once(
        self,
        client_on: ClientOn,
        module: Module,
        clerk: User,
        publisher: User,
        reviewed: PublishingRules,
        button: str,
    ) -> None:
        press(client_on(module.region, clerk), module, "ask-review")
        theirs = client_on(module.region, publisher)
        follow(theirs, press(theirs, module, button, answer="Lengkapi."))
        sent, state, made = len(mail.outbox), latest(module).state, releases(module)
        for late in (button, "approve-review", "return-review", "withdraw-review"):
            told = follow(theirs, press(theirs, module, late, answer="Lain."))
            assert "Tidak ada lagi yang menunggu" in told
        with scope.use(module.region):
            assert Review.objects.count() == 1
        assert (len(mail.outbox), latest(module).state, releases(module)) == (sent, state, made)

    def test_keeps_a_translation_and_finds_nothing_to_change(
        self, client_on: ClientOn, module: Module, clerk: User
    ) -> None:
        client, here = client_on(module.region, clerk), reverse("builder_translation", args=[module.pk])
        with scope.use(module.region):
            lines = translation.lines_of(module, translation.draft_of(module)[1], "en")
            seal = next(line.seal for line in lines if line.path == LABEL)
        for words in ("1 teks diterjemahkan", "Tidak ada yang diubah"):
            answer = client.post(here, {f"text:{LABEL}": "Full name", f"seal:{LABEL}": seal}, follow=True)
            assert answer.status_code == 200
            assert words in answer.text

    def test_takes_a_version_off_the_schedule(self, client_on: ClientOn, module: Module, clerk: User) -> None:
        with scope.use(module.region):
            revision = module.get_latest_revision()
            revision.approved_go_live_at = timezone.now() + timedelta(days=1)
            revision.save()
        client, here = client_on(module.region, clerk), url("revisions_unschedule", module.pk, revision.pk)
        assert "tidak dijadwalkan" not in client.post(here, {"next": "x y"}, follow=True).text
        assert "sudah tidak dijadwalkan" in client.post(here, follow=True).text


class TestLeadingOn:
    """T30: an address to go on to that is none of this site is left out, and what was asked for is done."""

    @pytest.mark.parametrize("wanted", ["tiada", "a\x00b", "//evil.example", "https://evil.example/", "x:y"])
    def test_T30_locks_and_stays_here(
        self, client_on: ClientOn, module: Module, clerk: User, wanted: str
    ) -> None:
        client = client_on(module.region, clerk)
        for name in ("lock", "unlock"):
            answer = client.post(url(name, module.pk), {"next": wanted})
            assert (answer.status_code, answer["Location"]) == (302, url("edit", module.pk))


@pytest.fixture
def theirs(poso: Region, stranger: User) -> dict[str, Any]:
    """What the other region has: a service with two versions, a link, a comment, an entry of the bank."""
    with scope.use(poso):
        made = services.create_module(region=poso, title="Kanariposo", user=stranger)
        first = made.get_latest_revision().pk
        services.save_document(module=made, document=text(document(made.key, "Kanariposo")), user=stranger)
        link = sharing.make(module=made, days=7, user=stranger, now=timezone.now())
        comment = sharing.comment(link=link, name="", text="Kanari", page="", now=timezone.now())
        bank = BankEntry.objects.create(
            region=poso, name="Kanari", bundle="{}", count=1, saved_at=timezone.now()
        )
    return {"module": made, "first": first, "link": link, "comment": comment, "bank": bank}


class TestIdsOfStrangers:
    """T6: the right to a service here is none to what another region has."""

    def test_T6_of_versions_are_not_looked_at_compared_or_taken_back(
        self, client_on: ClientOn, module: Module, clerk: User, theirs: dict[str, Any]
    ) -> None:
        client, foreign = client_on(module.region, clerk), theirs["first"]
        for name in ("revisions_view", "revisions_revert", "revisions_unschedule"):
            for send in (client.get, client.post):
                assert send(url(name, module.pk, foreign)).status_code in {404, 405}
        for pair in ((foreign, "latest"), ("earliest", foreign), (foreign, foreign)):
            assert client.get(url("revisions_compare", module.pk, *pair)).status_code == 404

    def test_T6_of_versions_are_not_written_over(
        self, client_on: ClientOn, module: Module, clerk: User, theirs: dict[str, Any]
    ) -> None:
        client, foreign = client_on(module.region, clerk), theirs["module"].latest_revision_id
        sent = {"document": text(document(title="Dari sini")), "note": ""}
        named = {"overwrite_revision_id": foreign, "loaded_revision_id": foreign}
        for how in ({}, {"headers": {"accept": "application/json"}}):
            client.post(url("edit", module.pk), {**sent, **named, "loaded_revision_created_at": ""}, **how)
        with scope.use(theirs["module"].region):
            kept = Module.objects.get(pk=theirs["module"].pk).get_latest_revision()
            assert (kept.pk, kept.as_object().title) == (foreign, "Kanariposo")

    def test_T6_of_links_and_comments_end_and_settle_nothing(
        self, client_on: ClientOn, module: Module, clerk: User, theirs: dict[str, Any]
    ) -> None:
        client, here = client_on(module.region, clerk), reverse("builder_sharing", args=[module.pk])
        for do, what in (("end", theirs["link"]), ("done", theirs["comment"])):
            assert client.post(here, {"do": do, "which": what.pk}).status_code == 404
        assert client.post(reverse("builder_bank_remove", args=[theirs["bank"].pk])).status_code == 404
        with scope.use(theirs["module"].region):
            assert DraftLink.objects.get().ended_at is None
            assert DraftComment.objects.get().done_at is None
            assert BankEntry.objects.exists()

    def test_T6_of_a_document_are_its_own_alone(
        self, client_on: ClientOn, module: Module, clerk: User, theirs: dict[str, Any]
    ) -> None:
        """The document of another service is no draft of this one, whatever button is pressed."""
        client, foreign = client_on(module.region, clerk), theirs["module"].key
        for button in ("publish", "ask-review", "edit"):
            answer = press(client, module, button, document(foreign, "Kanariposo"))
            assert answer.status_code == 200
            assert "layanan lain" in answer.text
        with scope.use(module.region):
            assert not Release.objects.exists()


class TestLinksToDrafts:
    """T5, T7: a link that does not count any more lets nobody in, and takes nothing."""

    @pytest.mark.parametrize("how", ["past", "ended", "deleted", "of the neighbour", "tampered"])
    def test_T7_takes_no_comment(
        self, client_on: ClientOn, module: Module, clerk: User, poso: Region, how: str
    ) -> None:
        now = timezone.now()
        with scope.use(module.region):
            link = sharing.make(module=module, days=7, user=clerk, now=now)
            here = reverse("sharing:draft", args=[sharing.token(link)])
            picture = reverse("sharing:picture", args=[sharing.token(link)])
            if how == "past":
                DraftLink.objects.update(ends_at=now - timedelta(seconds=1))
            elif how == "ended":
                sharing.end(link=link, now=now)
            elif how == "deleted":
                module.delete()
        visitor: Client = client_on(poso if how == "of the neighbour" else module.region)
        if how == "tampered":
            here, picture = (address.replace(link.public_id.hex, "0" * 32) for address in (here, picture))
        for address in (here, picture):
            assert visitor.get(address).status_code == 404
            assert visitor.post(address, {"text": "Halo"}).status_code in {404, 405}
        with scope.everywhere("a test counts"):
            assert not DraftComment.objects.exists()
