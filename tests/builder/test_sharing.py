"""A draft that is shared by a link: who gets in, what they see, what they say, what the clerk makes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page as Window
from playwright.sync_api import expect

from builder import services as modules
from builder.models import LONGEST_COMMENT, DraftComment, DraftLink, Module
from builder.sharing import services
from runtime.cases.models import Case
from runtime.regions import scope
from runtime.regions.models import Region, User
from runtime.wizard.models import Draft
from tests.builder.conftest import DESK, broken, document, text
from tests.visiting import judge, log_in

pytestmark = pytest.mark.django_db
ClientOn = Callable[..., Any]


@pytest.fixture
def link(in_tangerang: Region, module: Module, clerk: User) -> DraftLink:
    """A link of seven days to the draft."""
    return services.make(module=module, days=7, user=clerk, now=timezone.now())


def draft(link: DraftLink, page: str = "") -> str:
    return reverse("sharing:draft", args=[services.token(link)]) + (f"?page={page}" if page else "")


def picture(link: DraftLink, page: str = "") -> str:
    return reverse("sharing:picture", args=[services.token(link)]) + (f"?page={page}" if page else "")


class TestVisitors:
    def test_see_every_page_of_the_newest_draft_and_nothing_is_kept(
        self, client_on: ClientOn, tangerang: Region, module: Module, clerk: User, link: DraftLink
    ) -> None:
        made = document(title="Izin Pasar Malam")
        modules.save_document(module=Module.objects.get(pk=module.pk), document=text(made), user=clerk)
        client = client_on(tangerang)
        page = client.get(draft(link))
        assert "Izin Pasar Malam" in page.text
        assert 'content="noindex, nofollow"' in page.text
        assert page["X-Robots-Tag"] == "noindex, nofollow"
        for mode in ("page:page_1", "review", "service", "flow", "tiada"):
            shown = client.get(picture(link, mode))
            assert shown.status_code == 200
            assert shown["X-Frame-Options"] == "SAMEORIGIN"
            assert "form-action 'none'" in shown["Content-Security-Policy"]
        assert 'name="nama"' in client.get(picture(link)).text
        assert client.post(picture(link), {"nama": "Siti"}).status_code == 405
        assert (Case.objects.count(), Draft.objects.count()) == (0, 0)

    def test_are_not_let_in_by_what_does_not_count(
        self, client_on: ClientOn, tangerang: Region, poso: Region, link: DraftLink
    ) -> None:
        client, good = client_on(tangerang), services.token(link)
        forged = [
            good[:-1] + ("A" if good[-1] != "A" else "B"),
            link.public_id.hex,
            signing.Signer(salt="else").sign(link.public_id.hex),
            signing.Signer(salt="builder.sharing").sign("no id"),
            "x" * 3000,
        ]
        for token in forged:
            assert client.get(reverse("sharing:draft", args=[token])).status_code == 404
        assert client_on(poso).get(draft(link)).status_code == 404
        DraftLink.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
        assert client.get(draft(link)).status_code == 404
        DraftLink.objects.update(ends_at=timezone.now() + timedelta(days=1))
        assert client.get(draft(link)).status_code == 200
        services.end(link=link, now=timezone.now())
        assert client.get(draft(link)).status_code == 404
        assert client.get(picture(link)).status_code == 404

    def test_of_a_draft_with_errors_read_what_it_lacks(
        self, client_on: ClientOn, tangerang: Region, module: Module, clerk: User, link: DraftLink
    ) -> None:
        modules.save_document(module=Module.objects.get(pk=module.pk), document=text(broken()), user=clerk)
        client = client_on(tangerang)
        assert client.get(draft(link)).status_code == 200
        assert client.get(picture(link)).status_code == 200


class TestComment:
    def test_is_kept_with_its_page_and_shown_as_text(
        self, client_on: ClientOn, tangerang: Region, module: Module, clerk: User, link: DraftLink
    ) -> None:
        sent = {"text": "<script>alert(1)</script> Kurang jelas", "name": "Bu Ani"}
        assert client_on(tangerang).post(draft(link, "review"), sent).status_code == 302
        [kept] = DraftComment.objects.all()
        assert (kept.name, kept.page) == ("Bu Ani", "Periksa sebelum kirim")
        client = client_on(tangerang, clerk)
        edit = client.get(reverse("wagtailsnippets_builder_module:edit", args=[module.pk])).text
        assert "1 komentar perlu dilihat" in edit
        here = reverse("builder_sharing", args=[module.pk])
        page = client.get(here).text
        assert "&lt;script&gt;alert(1)&lt;/script&gt; Kurang jelas" in page
        assert "<script>alert" not in page
        assert client.post(here, {"do": "done", "which": kept.pk}).status_code == 302
        assert "Tidak ada komentar di sini" in client.get(here).text
        assert "Selesai:" in client.get(f"{here}?show=all").text

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ({"text": " "}, "Tulis pendapat Anda"),
            ({"text": "x" * (LONGEST_COMMENT + 1)}, "paling banyak 2000 karakter"),
            ({"text": "a\x00b"}, "Karakter null"),
            ({"text": "a", "name": "n" * 101}, "Nama ini terlalu panjang"),
        ],
    )
    def test_that_is_none_is_refused_and_what_was_written_stays(
        self, client_on: ClientOn, tangerang: Region, link: DraftLink, sent: dict[str, str], words: str
    ) -> None:
        page = client_on(tangerang).post(draft(link), sent)
        assert page.status_code == 422
        assert words in page.text
        assert sent["text"].strip("\x00 ")[:20] in page.text or "\x00" in sent["text"]
        assert not DraftComment.objects.exists()

    def test_comes_in_so_often_in_an_hour(
        self, client_on: ClientOn, tangerang: Region, link: DraftLink, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(services, "AN_HOUR", 2)
        codes = [client_on(tangerang).post(draft(link), {"text": f"{n}"}).status_code for n in range(3)]
        assert codes == [302, 302, 429]
        assert DraftComment.objects.count() == 2


class TestClerk:
    def test_makes_links_and_ends_them(
        self, client_on: ClientOn, tangerang: Region, module: Module, clerk: User, in_tangerang: Region
    ) -> None:
        client, here = client_on(tangerang, clerk), reverse("builder_sharing", args=[module.pk])
        client.post(here, {"do": "make", "days": "30"})
        [link] = DraftLink.objects.all()
        assert (link.ends_at - link.made_at).days == 30
        assert services.token(link) in client.get(here).text
        for days in ("31", "", "x"):
            client.post(here, {"do": "make", "days": days})
        assert DraftLink.objects.count() == 1
        client.post(here, {"do": "end", "which": link.pk})
        assert services.token(link) not in client.get(here).text
        for which in ("", "x", "9" * 30, "٣"):
            assert client.post(here, {"do": "end", "which": which}).status_code == 404

    def test_has_at_most_twenty_at_once(
        self, client_on: ClientOn, tangerang: Region, module: Module, clerk: User, link: DraftLink
    ) -> None:
        for _n in range(25):
            client_on(tangerang, clerk).post(
                reverse("builder_sharing", args=[module.pk]), {"do": "make", "days": "7"}
            )
        assert DraftLink.objects.count() == services.MOST_LINKS


@pytest.mark.browser
def test_somebody_without_an_account_looks_and_comments(
    site: Callable[..., str],
    open_page: Callable[..., Window],
    tangerang: Region,
    clerk: User,
    module: Module,
) -> None:
    made = document()
    made["pages"][0]["fields"].append(
        {
            "key": "usaha",
            "type": "text",
            "label": {"id": "Nama usaha", "en": "Business"},
            "visible": {"==": [{"var": "nama"}, "Siti"]},
        }
    )
    with scope.use(tangerang):
        modules.save_document(module=Module.objects.get(pk=module.pk), document=text(made), user=clerk)
    desk = open_page(viewport=DESK)
    log_in(desk, site(tangerang, reverse("builder_sharing", args=[module.pk])), "perancang")
    desk.get_by_role("button", name="Buat tautan").click()
    address = desk.get_by_label("Berlaku sampai").input_value()
    desk.reload()  # without the message, which fades in
    judge(desk)

    phone = open_page()
    phone.goto(address)
    frame = phone.frame_locator("iframe.shown-draft")
    expect(frame.get_by_label("Nama usaha")).to_be_hidden()
    frame.get_by_label("Nama", exact=True).fill("Siti")
    expect(frame.get_by_label("Nama usaha")).to_be_visible()
    judge(phone)
    phone.get_by_label("Komentar Anda").fill("Apa itu nama usaha?")
    phone.get_by_role("button", name="Kirim komentar").click()
    expect(phone.get_by_text("Terima kasih.")).to_be_visible()

    desk.reload()
    expect(desk.get_by_text("Apa itu nama usaha?")).to_be_visible()
    judge(desk)
