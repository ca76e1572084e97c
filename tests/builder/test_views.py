"""The admin pages: who may enter, whose services are seen, and what publishing and autosave do."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from builder import permissions, services
from builder.models import Module, Release
from runtime.modules import selectors as installed
from runtime.regions import scope
from runtime.regions.models import Region, User
from runtime.regions.rules import NOT_AT_DESK
from tests import factories
from tests.builder.conftest import broken, document, text

NAMES = "wagtailsnippets_builder_module"


def url(name: str, *args: object) -> str:
    return reverse(f"{NAMES}:{name}", args=args)


def pages_of(module: Module) -> dict[str, tuple[str, str]]:
    """Every page about one service: name → (method, address)."""
    with scope.use(module.region):
        revision = module.get_latest_revision().pk
    named = {
        name: ("get", url(name, module.pk))
        for name in [
            "edit",
            "delete",
            "usage",
            "history",
            "history_results",
            "copy",
            "inspect",
            "preview_on_edit",
            "unpublish",
        ]
    }
    return named | {
        "edit (post)": ("post", url("edit", module.pk)),
        "delete (post)": ("post", url("delete", module.pk)),
        "copy (post)": ("post", url("copy", module.pk)),
        "preview (post)": ("post", url("preview_on_edit", module.pk)),
        "lock": ("post", url("lock", module.pk)),
        "unlock": ("post", url("unlock", module.pk)),
        "revert": ("get", url("revisions_revert", module.pk, revision)),
        "view revision": ("get", url("revisions_view", module.pk, revision)),
        "compare": ("get", url("revisions_compare", module.pk, "earliest", "latest")),
        "unschedule": ("get", url("revisions_unschedule", module.pk, revision)),
        "check": ("post", reverse("builder_check", args=[module.pk])),
    }


def post_edit(client, module: Module, value: dict, **more: str):
    data = {"document": json.dumps(value), "note": "", "go_live_at": "", "expire_at": "", **more}
    return client.post(url("edit", module.pk), data)


class TestRights:
    def test_belong_to_the_roles_without_a_seat_at_the_desk(self):
        assert set(permissions.RIGHTS) == NOT_AT_DESK


class TestRegions:
    def test_lists_only_what_is_ones_own(
        self, client_on, module: Module, poso: Region, clerk: User, stranger: User
    ):
        assert "Izin Keramaian" in client_on(module.region, clerk).get(url("list")).text
        other = client_on(poso, stranger).get(url("list"))
        assert other.status_code == 200
        assert "Izin" not in other.text

    def test_knows_no_page_of_another_regions_service(
        self, client_on, module: Module, poso: Region, stranger: User
    ):
        client = client_on(poso, stranger)
        found = {
            name: getattr(client, method)(address).status_code
            for name, (method, address) in pages_of(module).items()
        }
        assert found == dict.fromkeys(found, 404)

    def test_writes_nothing_of_another_region(self, client_on, module: Module, poso: Region, stranger: User):
        post_edit(client_on(poso, stranger), module, document(title="Diretas"))
        with scope.use(module.region):
            assert module.revisions.count() == 2
            assert "Diretas" not in Module.objects.get().get_latest_revision_as_object().document

    def test_holds_a_superuser_to_the_region_of_the_host(self, client_on, module: Module, poso: Region):
        root = User.objects.create_superuser("root", "root@rakit.example", factories.PASSWORD)
        assert client_on(module.region, root).get(url("edit", module.pk)).status_code == 200
        assert client_on(poso, root).get(url("edit", module.pk)).status_code == 404

    def test_lets_a_builder_of_one_region_into_no_other(self, client_on, module: Module, stranger: User):
        response = client_on(module.region, stranger).get(url("edit", module.pk))
        assert response.status_code == 302
        assert urlsplit(response["Location"]).path != url("edit", module.pk)


class TestRoles:
    @pytest.mark.parametrize("role", ["builder", "publisher", "administrator"])
    def test_opens_the_editor_to_those_who_design(self, role: str, client_on, module: Module):
        person = factories.staff(role, module.region, f"orang-{role}")
        client = client_on(module.region, person)
        assert client.get(url("list")).status_code == 200
        assert client.get(url("edit", module.pk)).status_code == 200

    def test_turns_officers_and_citizens_away(self, client_on, module: Module, head: User, citizen: User):
        for person in (head, citizen):
            for method, address in pages_of(module).values():
                assert getattr(client_on(module.region, person), method)(address).status_code == 302

    def test_lets_a_publisher_add_and_delete_nothing(self, client_on, module: Module):
        client = client_on(module.region, factories.staff("publisher", module.region, "penerbit"))
        assert client.get(url("add")).status_code == 302
        client.post(url("delete", module.pk))
        with scope.use(module.region):
            assert Module.objects.count() == 1

    def test_shows_a_clerk_no_users_or_groups(self, client_on, module: Module, clerk: User):
        client = client_on(module.region, clerk)
        for name in ["wagtailusers_users:index", "wagtailusers_groups:index"]:
            assert client.get(reverse(name)).status_code == 302, name

    def test_keeps_the_history_of_services_within_a_region(
        self, client_on, module: Module, poso: Region, clerk: User, stranger: User
    ):
        address = reverse("wagtailadmin_reports:site_history")
        root = User.objects.create_superuser("root", "root@rakit.example", factories.PASSWORD)
        assert "Izin" in client_on(module.region, root).get(address).text
        for person in (root, stranger):
            assert "Izin" not in client_on(poso, person).get(address).text

    @pytest.mark.parametrize(("method", "status"), [("get", 405), ("put", 405), ("delete", 405)])
    def test_asks_the_check_by_post_only(
        self, method: str, status: int, client_on, module: Module, clerk: User
    ):
        address = reverse("builder_check", args=[module.pk])
        assert getattr(client_on(module.region, clerk), method)(address).status_code == status


class TestStart:
    def test_leads_from_a_title_straight_into_the_editor(self, client_on, tangerang: Region, clerk: User):
        client = client_on(tangerang, clerk)
        assert client.get(url("add")).status_code == 200
        response = client.post(url("add"), {"title": "Surat Jalan"})
        with scope.use(tangerang):
            module = Module.objects.get()
        assert response["Location"] == url("edit", module.pk)
        assert (module.key, module.region) == ("surat-jalan", tangerang)

    def test_asks_again_without_a_title(self, client_on, tangerang: Region, clerk: User):
        assert client_on(tangerang, clerk).post(url("add"), {"title": " "}).status_code == 200
        with scope.use(tangerang):
            assert not Module.objects.exists()

    def test_copies(self, client_on, module: Module, clerk: User):
        client = client_on(module.region, clerk)
        assert "Salinan Izin" in client.get(url("copy", module.pk)).text
        client.post(url("copy", module.pk), {"title": "Izin Lain"})
        with scope.use(module.region):
            assert set(Module.objects.values_list("key", flat=True)) == {"izin", "izin-lain"}

    @pytest.mark.parametrize("title", ["Aneh\x01judul", "\u202eRTL", "Surat\u200bJalan"])
    def test_refuses_a_title_with_marks_nobody_can_see(
        self, title: str, client_on, module: Module, clerk: User
    ):
        client = client_on(module.region, clerk)
        for address in (url("add"), url("copy", module.pk)):
            page = client.post(address, {"title": title})
            assert page.status_code == 200
            assert "karakter yang tidak terlihat" in page.text
        with scope.use(module.region):
            assert Module.objects.count() == 1

    def test_says_when_a_draft_cannot_be_read_to_be_copied(self, client_on, module: Module, clerk: User):
        with scope.use(module.region):
            Module.objects.update(document="[", latest_revision=None)
            module.revisions.all().delete()
        page = client_on(module.region, clerk).post(url("copy", module.pk), {"title": "Salinan"})
        assert page.status_code == 200
        assert "tidak dapat dibaca" in page.text

    def test_offers_no_chooser(self, client_on, module: Module, clerk: User):
        root = User.objects.create_superuser("root", "root@rakit.example", factories.PASSWORD)
        for person in (clerk, root):
            client = client_on(module.region, person)
            for path in ("", "create/"):
                answer = client.post(f"/admin/snippets/choose/builder/module/{path}", {"title": "x"})
                assert answer.status_code in {302, 404}
        assert client.post("/admin/snippets/choose/builder/module/create/").status_code == 404


class TestOddLanguages:
    """A draft may be wrong; its pages still open."""

    @pytest.mark.parametrize(
        "languages", [5, "id", [], {}, [[1]], [{}], [None, "id"], ["<b>"], ["id"] * 3000, {"id": 1}, None]
    )
    def test_break_no_page(self, languages: object, client_on, module: Module, clerk: User):
        client = client_on(module.region, clerk)
        value = {**document(), "languages": languages}
        assert post_edit(client, module, value).status_code == 302
        client.post(url("preview_on_edit", module.pk), {"document": json.dumps(value), "note": ""})
        pages = [url("list"), url("edit", module.pk), url("copy", module.pk), reverse("wagtailadmin_home")]
        pages += [f"{url('preview_on_edit', module.pk)}?mode={mode}" for mode in ("", "review", "flow")]
        assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
        assert client.post(url("copy", module.pk), {"title": "Salinan"}).status_code == 302
        with scope.use(module.region):
            copied = json.loads(Module.objects.get(title="Salinan").document)
        assert set(copied["title"].values()) == {"Salinan"}


class TestLanguage:
    def test_leaves_no_english_of_wagtails_on_a_clerks_pages(self, client_on, module: Module, clerk: User):
        client = client_on(module.region, clerk)
        pages = client.get(url("list")).text + client.get(url("edit", module.pk)).text
        for words in [
            "Select all", "Delete selected", "Anyone can edit", "JavaScript is required", "Add comment",
            ">Saved<", "Bulk actions", "items selected", "Autosave is",
        ]:  # fmt: skip
            assert words not in pages, words
        assert "Pilih semua" in pages


class TestAutosave:
    def test_writes_a_revision_and_not_the_live_row(self, client_on, module: Module, clerk: User):
        with scope.use(module.region):
            services.publish(module=module, user=clerk, now=timezone.now())
        client = client_on(module.region, clerk)
        data = {"document": json.dumps(document(title="Belum jadi")), "note": ""}
        response = client.post(url("edit", module.pk), data, headers={"accept": "application/json"})
        assert response.json()["success"] is True
        with scope.use(module.region):
            live = Module.objects.get()
            assert "Belum jadi" not in live.document
            assert live.get_latest_revision_as_object().title == "Belum jadi"
            assert Release.objects.count() == 1

    def test_rewrites_one_revision_per_session(self, client_on, module: Module, clerk: User):
        client = client_on(module.region, clerk)
        first = client.post(
            url("edit", module.pk),
            {"document": json.dumps(document(title="A"))},
            headers={"accept": "application/json"},
        ).json()
        again = client.post(
            url("edit", module.pk),
            {"document": json.dumps(document(title="B")), "overwrite_revision_id": first["revision_id"]},
            headers={"accept": "application/json"},
        ).json()
        assert again["revision_id"] == first["revision_id"]

    def test_keeps_a_document_that_was_not_touched_byte_for_byte(
        self, client_on, module: Module, clerk: User
    ):
        client = client_on(module.region, clerk)
        client.post(url("edit", module.pk), {"document": text(document()).replace("\n", "\r\n"), "note": ""})
        with scope.use(module.region):
            assert services.export(module=Module.objects.get()) == text(document()).encode()

    @pytest.mark.parametrize("sent", ["[]", "{", '{"key": "lain"}'])
    def test_refuses_what_is_no_longer_this_document(self, sent: str, client_on, module: Module, clerk: User):
        response = client_on(module.region, clerk).post(
            url("edit", module.pk), {"document": sent}, headers={"accept": "application/json"}
        )
        assert response.status_code == 400
        with scope.use(module.region):
            assert module.revisions.count() == 2


class TestPublish:
    def test_numbers_what_was_written_over_the_revision_that_is_live(
        self, client_on, module: Module, clerk: User
    ):
        client = client_on(module.region, clerk)
        for title in ("Pertama", "Kedua"):
            with scope.use(module.region):
                latest = str(Module.objects.get().latest_revision_id)
            more = {"overwrite_revision_id": latest, "action-publish": "action-publish"}
            post_edit(client, module, document(title=title), **more)
        with scope.use(module.region):
            assert list(Release.objects.values_list("number", flat=True)) == [2, 1]
            found = installed.installation(module.region, "izin")
            assert found is not None
            assert "Kedua" in found.version.document
            assert "Kedua" in Module.objects.get().document

    def test_publishes_with_the_note(self, client_on, module: Module, clerk: User):
        response = post_edit(
            client_on(module.region, clerk),
            module,
            document(title="Jadi"),
            note="Awal",
            **{"action-publish": "action-publish"},
        )
        assert response.status_code == 302
        with scope.use(module.region):
            assert Release.objects.get().note == "Awal"
            assert installed.installation(module.region, "izin") is not None
            assert Module.objects.get().title == "Jadi"

    def test_asks_first_where_nobody_holds_a_role(
        self, client_on, module: Module, clerk: User, officer: User
    ):
        with scope.use(module.region):
            officer.memberships.all().delete()
        client = client_on(module.region, clerk)
        pressed = {"action-publish": "action-publish"}
        for known, made in (("other", 0), ("other officer", 1)):
            post_edit(client, module, document(), **pressed, vacant=known)
            with scope.use(module.region):
                assert Release.objects.count() == made
            told = (
                "jabatan “Petugas loket” belum dipegang siapa pun" in client.get(url("edit", module.pk)).text
            )
            assert told is (made == 0)

    def test_refuses_what_is_wrong_names_it_and_keeps_the_draft(self, client_on, module: Module, clerk: User):
        client = client_on(module.region, clerk)
        wrong = broken()
        wrong["pages"][0]["fields"].append({**wrong["pages"][0]["fields"][1], "key": "jenis_dua"})
        response = post_edit(client, module, wrong, **{"action-publish": "action-publish"})
        assert response["Location"].endswith("#b-publish")
        page = client.get(url("edit", module.pk)).text
        assert "Draf tersimpan tetapi belum terbit" in page
        assert "Pertanyaan 2: Jenis" in page
        assert "Pertanyaan 3: Jenis" not in page
        assert "Dan 1 lagi yang serupa." in page
        with scope.use(module.region):
            assert not Release.objects.exists()
            assert "jenis" in Module.objects.get().get_latest_revision_as_object().document

    def test_is_not_offered_to_whom_it_is_not_given(self, client_on, module: Module, head: User):
        post_edit(client_on(module.region, head), module, document(), **{"action-publish": "action-publish"})
        with scope.use(module.region):
            assert not Release.objects.exists()


class TestDelete:
    def test_deletes_a_draft(self, client_on, module: Module, clerk: User):
        client_on(module.region, clerk).post(url("delete", module.pk))
        with scope.use(module.region):
            assert not Module.objects.exists()

    def test_never_deletes_what_was_published(self, client_on, module: Module, clerk: User):
        with scope.use(module.region):
            services.publish(module=module, user=clerk, now=timezone.now())
        client = client_on(module.region, clerk)
        client.post(url("delete", module.pk))
        client.post(reverse("wagtail_bulk_action", args=["builder", "module", "delete"]) + f"?id={module.pk}")
        with scope.use(module.region):
            assert Module.objects.count() == 1
        assert url("delete", module.pk) not in client.get(url("list")).text
        answer = client.get(url("delete", module.pk), follow=True)
        assert [str(one) for one in answer.context["messages"]] == [
            "Layanan yang pernah diterbitkan tidak dapat dihapus."
        ]


class TestAround:
    def test_says_what_stopping_a_service_means_and_what_goes_on(
        self, client_on, module: Module, clerk: User, village: Region
    ):
        with scope.use(module.region):
            services.publish(module=module, user=clerk, now=timezone.now())
        page = client_on(module.region, clerk).get(url("unpublish", module.pk)).text
        assert "Yang sedang berjalan diteruskan sampai selesai" in page
        assert "dirujuk" not in page

    def test_inspects_in_words_and_by_the_regions_clock(self, client_on, module: Module, clerk: User):
        moment = timezone.now().replace(hour=3, minute=48)
        with scope.use(module.region):
            Module.objects.filter(pk=module.pk).update(live=True, first_published_at=moment)
        page = client_on(module.region, clerk).get(url("inspect", module.pk)).text
        assert "10.48" in page
        assert "True" not in page
