"""The pages of stand-ins: who may open them, what they change, what bad input reads, what the desk shows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from runtime.regions import appointing, scope, standins
from runtime.regions.models import Membership, Region, Role, Substitution, User
from tests import factories
from tests.conftest import ClientOn
from tests.runtime.conftest import Village

LIST, PLH, PLT = "/desk/staff/standins/", "/desk/staff/standins/plh/", "/desk/staff/standins/plt/"
RULES, AWAY = "/desk/staff/standins/rules/", "/desk/account/away/"


@pytest.fixture
def chief_at(desk: Village, client_on: ClientOn) -> Client:
    chief = factories.staff("administrator", desk.region, "pengelola")
    Role.objects.filter(key="head").update(title={"id": "Lurah", "en": "Village head"})
    return client_on(desk.region, chief)


def today(desk: Village) -> date:
    return standins.today(desk.region)


def asked(desk: Village, **changes: Any) -> dict[str, Any]:
    post = Membership.objects.get(user=desk.head)
    values = {
        "post": f"m{post.pk}",
        "substitute": desk.clerk.pk,
        "from_on": today(desk).isoformat(),
        "until_on": (today(desk) + timedelta(days=4)).isoformat(),
        "basis": "Surat Perintah 12",
    }
    return values | changes


def let_officers(desk: Village) -> None:
    appointing.change_rules(region=desk.region, by=None, officers_appoint=True)


class TestAppointing:
    def test_a_plh_shows_it_in_the_list_and_on_both_accounts(
        self, desk: Village, chief_at: Client, clerk_at: Client, head_at: Client
    ) -> None:
        answer = chief_at.post(PLH, asked(desk, modules=["izin"]), follow=True)
        assert answer.redirect_chain == [(LIST, 302)]
        page = answer.content.decode()
        assert "Loket sudah ditunjuk sebagai Plh. Lurah di Kelurahan Sukasari." in page
        assert "<b>Loket</b> menggantikan Lurah" in page
        assert "Hanya untuk: Surat Izin" in page
        row = Substitution.objects.get()
        assert (row.principal, row.substitute, row.module_keys) == (desk.head, desk.clerk, ("izin",))
        assert row.appointed_by is not None
        assert row.appointed_by.username == "pengelola"
        assert "Plh. Lurah" in clerk_at.get("/desk/account/").content.decode()
        assert "<b>Loket</b> menggantikan Anda sebagai Plh. Lurah." in (
            head_at.get("/desk/account/").content.decode()
        )

    def test_a_plt_of_a_vacant_post(self, desk: Village, chief_at: Client) -> None:
        Membership.objects.filter(user=desk.head).delete()
        role = Role.objects.get(key="head")
        values = asked_plt(desk, role)
        assert chief_at.post(PLT, values).status_code == 302
        assert Substitution.objects.get().kind == "plt"

    def test_of_one_who_replaces_a_substitute(self, desk: Village, chief_at: Client) -> None:
        third = factories.staff("guard", desk.region, "ketiga")
        assert chief_at.post(PLH, asked(desk)).status_code == 302
        first = Substitution.objects.get()
        assert chief_at.post(PLH, asked(desk, post=f"s{first.pk}", substitute=third.pk)).status_code == 302
        assert Substitution.objects.get(substitute=third).through == first
        assert "<b>Ketiga</b> menggantikan Loket" in chief_at.get(LIST).content.decode()

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"substitute": "head"}, "Seseorang tidak dapat menggantikan dirinya sendiri."),
            ({"substitute": "stranger"}, "Pilih orang yang bertugas di daerah ini."),
            ({"substitute": "999999"}, "Pilih orang yang bertugas di daerah ini."),
            ({"substitute": ""}, "Pilih siapa yang menggantikan."),
            ({"post": "m999999"}, "Pilih salah satu jabatan di daerah ini."),
            ({"post": "x"}, "Pilih salah satu jabatan di daerah ini."),
            ({"from_on": "besok"}, "Tulis hari seperti 24-12-2026."),
            ({"until_on": "2020-01-01"}, "Hari terakhir lebih awal daripada hari pertama."),
            ({"until_on": ""}, "Pilih hari terakhir."),
            ({"basis": "  "}, "Isi nomor keputusan atau surat perintah."),
            ({"basis": "x" * 201}, "Tulis paling banyak 200 huruf."),
            ({"modules": ["nothing"]}, "Pilih layanan daerah ini."),
        ],
    )
    def test_says_what_is_wrong_and_changes_nothing(
        self, desk: Village, chief_at: Client, outsider: User, changes: dict[str, Any], sentence: str
    ) -> None:
        people = {"head": desk.head.pk, "stranger": outsider.pk}
        if changes.get("substitute") in people:
            changes = {"substitute": people[changes["substitute"]]}
        answer = chief_at.post(PLH, asked(desk, **changes))
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert not Substitution.objects.exists()

    def test_keeps_what_was_typed(self, desk: Village, chief_at: Client) -> None:
        page = chief_at.post(PLH, asked(desk, basis="<b>12</b>", until_on="")).content.decode()
        assert "&lt;b&gt;12&lt;/b&gt;" in page
        assert f'value="{today(desk).isoformat()}"' in page

    def test_is_prepared_from_the_page_of_a_person(self, desk: Village, chief_at: Client) -> None:
        post = Membership.objects.get(user=desk.head)
        address = f"{PLH}?post=m{post.pk}"
        assert f'href="{address}"' in chief_at.get(f"/desk/staff/{desk.head.pk}/").content.decode()
        assert f'<option value="m{post.pk}" selected>' in chief_at.get(address).content.decode()

    def test_offers_no_post_of_another_region_and_no_standing_role(
        self, desk: Village, chief_at: Client, poso: Region
    ) -> None:
        factories.staff("head", poso, "lurah-poso")
        page = chief_at.get(PLH).content.decode()
        assert "lurah-poso" not in page.lower()
        assert "Pengelola daerah ·" not in page


def asked_plt(desk: Village, role: Role) -> dict[str, Any]:
    values = asked_days(desk)
    return values | {"role": role.pk, "office": desk.office.pk}


def asked_days(desk: Village) -> dict[str, Any]:
    return {
        "substitute": desk.clerk.pk,
        "from_on": today(desk).strftime("%d-%m-%Y"),
        "until_on": (today(desk) + timedelta(days=4)).strftime("%d/%m/%Y"),
        "basis": "Keputusan 3",
    }


class TestEnding:
    def test_asks_first_and_ends_at_once(self, desk: Village, chief_at: Client) -> None:
        row = factories.standin(desk.clerk, "head", desk.office, desk.head)
        address = f"{LIST}{row.pk}/end/"
        assert "Akhiri sekarang" in chief_at.get(address).content.decode()
        assert chief_at.post(address).status_code == 302
        row.refresh_from_db()
        assert row.ended_at is not None
        again = chief_at.post(address)
        assert again.status_code == 409
        assert "Penggantian ini sudah berakhir." in again.content.decode()

    def test_does_not_reach_another_region(self, desk: Village, chief_at: Client, poso: Region) -> None:
        head = factories.staff("head", poso, "lurah-poso")
        row = factories.standin(factories.staff("clerk", poso, "loket-poso"), "head", poso, head)
        assert chief_at.post(f"{LIST}{row.pk}/end/").status_code == 404


class TestTheRules:
    def test_are_changed_by_the_region(self, desk: Village, chief_at: Client) -> None:
        assert "Plt. paling lama 3 bulan." in chief_at.get(LIST).content.decode()
        values = {"plt_months": "6", "plt_source": "Perwal 1/2026", "officers_appoint": "on"}
        assert chief_at.post(RULES, values).status_code == 302
        found = standins.rules(desk.region)
        assert (found.plt_months, found.plh_months, found.officers_appoint) == (6, None, True)
        assert "Perwal 1/2026" in chief_at.get(LIST).content.decode()

    @pytest.mark.parametrize("months", ["0", "-1", "tiga", "999999999999"])
    def test_take_no_nonsense(self, desk: Village, chief_at: Client, months: str) -> None:
        answer = chief_at.post(RULES, {"plt_months": months})
        assert answer.status_code == 422
        assert "Tulis jumlah bulan dari 1 sampai 120." in answer.content.decode()


class TestBeingAway:
    def test_is_for_administrators_to_arrange_unless_the_region_says_otherwise(
        self, desk: Village, head_at: Client
    ) -> None:
        answer = head_at.get(AWAY)
        assert answer.status_code == 403
        assert "Pengganti ditunjuk oleh pengelola daerah" in answer.content.decode()
        assert AWAY not in head_at.get("/desk/account/").content.decode()
        let_officers(desk)
        assert head_at.get(AWAY).status_code == 200
        assert AWAY in head_at.get("/desk/account/").content.decode()

    def test_lets_an_officer_hand_over_their_own_posts_only(
        self, desk: Village, head_at: Client, clerk_at: Client
    ) -> None:
        let_officers(desk)
        assert clerk_at.post(AWAY, asked(desk, substitute=desk.head.pk)).status_code == 422
        assert head_at.post(AWAY, asked(desk)).status_code == 302
        row = Substitution.objects.get()
        assert (row.appointed_by, row.principal) == (desk.head, desk.head)
        assert clerk_at.post(f"{AWAY}{row.pk}/back/").status_code == 404
        assert head_at.post(f"{AWAY}{row.pk}/back/").status_code == 302
        row.refresh_from_db()
        assert row.ended_at is not None

    def test_is_not_for_whoever_only_stands_in(self, desk: Village, client_on: ClientOn) -> None:
        let_officers(desk)
        deputy = factories.staff("builder", desk.region, "wakil")
        factories.standin(deputy, "head", desk.office, desk.head)
        assert client_on(desk.region, deputy).get(AWAY).status_code == 403


class TestTheDesk:
    def test_of_a_substitute_shows_the_work_with_a_mark(self, desk: Village, client_on: ClientOn) -> None:
        deputy = factories.staff("builder", desk.region, "wakil")
        at = client_on(desk.region, deputy)
        reference = desk.submit().reference
        desk.forward(reference)
        assert at.get("/desk/").status_code == 403
        row = factories.standin(deputy, "head", desk.office, desk.head)
        assert "sebagai Plh. Lurah, mewakili Lurah" in at.get("/desk/").content.decode()
        page = at.get(f"/desk/cases/{reference}/").content.decode()
        assert "Anda bertindak sebagai Plh. Lurah, mewakili Lurah." in page
        page = at.get(f"/desk/cases/{reference}/sign/?seen=2").content.decode()
        assert "Anda bertindak sebagai Plh. Lurah, mewakili Lurah." in page
        with scope.use(desk.region):
            appointing.end(region=desk.region, substitution=row, by=None, now=timezone.now())
        assert at.get("/desk/").status_code == 403

    def test_of_the_officer_shows_no_mark(self, desk: Village, head_at: Client) -> None:
        desk.forward(desk.submit().reference)
        factories.standin(desk.clerk, "head", desk.office, desk.head)
        page = head_at.get("/desk/").content.decode()
        assert "TNG-" in page
        assert "sebagai" not in page
