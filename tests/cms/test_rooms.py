"""Wagtail's own rooms: there are no files in them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.users.models import UserProfile

from runtime.regions.models import Region, User
from tests import factories
from tests.conftest import ClientOn

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(db: None) -> User:
    return factories.person("admin", is_staff=True, is_superuser=True)


class TestFiles:
    @pytest.mark.parametrize("path", ["documents/", "documents/multiple/add/", "images/", "images/add/"])
    def test_have_no_room_even_for_an_operator(
        self, path: str, tangerang: Region, root: User, client_on: ClientOn
    ) -> None:
        client = client_on(tangerang, root)
        assert client.get(f"/admin/{path}").status_code == 404
        sent = {"title": "Syarat", "file": SimpleUploadedFile("a.txt", b"a")}
        assert client.post(f"/admin/{path}", sent).status_code == 404

    def test_are_in_no_menu_or_search(self, tangerang: Region, root: User, client_on: ClientOn) -> None:
        client = client_on(tangerang, root)
        for path in ("/admin/", "/admin/pages/search/?q=izin"):
            page = client.get(path).text
            assert "/admin/images/" not in page
            assert "/admin/documents/" not in page

    def test_show_nobodys_picture(self, tangerang: Region, clerk: User, client_on: ClientOn) -> None:
        client = client_on(tangerang, clerk)
        page = client.get("/admin/account/").text
        assert "name_email-first_name" in page
        assert "avatar-avatar" not in page
        sent = {
            "name_email-first_name": "Rina",
            "name_email-last_name": "Kusuma",
            "locale-preferred_language": "id",
            "theme-theme": "dark",
            "theme-contrast": "system",
            "theme-density": "default",
            "avatar-avatar": SimpleUploadedFile("a.gif", b"GIF89a"),
        }
        client.post("/admin/account/", sent)
        clerk.refresh_from_db()
        profile = UserProfile.objects.get(user=clerk)
        assert (clerk.first_name, profile.theme, bool(profile.avatar)) == ("Rina", "dark", False)
