"""The page of a case names those that belong to it, with a link for whoever may open them."""

from __future__ import annotations

from django.test import Client
from django.utils import timezone

from runtime.cases import kin
from runtime.effects import services as effects
from runtime.effects.models import EffectRun
from runtime.modules.models import Installation
from tests import factories
from tests.conftest import ClientOn
from tests.runtime.conftest import NOW
from tests.runtime.subcases import Two
from tests.runtime.subcases import two as two  # the fixture


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def desk(reference: str) -> str:
    return f"/desk/cases/{reference}/"


class TestDesk:
    def test_links_both_cases_for_an_officer_of_both(self, two: Two, client_on: ClientOn) -> None:
        parent, child = two.asked()
        client = client_on(two.region, two.officer)
        above, below = page(client, desk(parent.reference)), page(client, desk(child.reference))
        assert f'href="{desk(child.reference)}"' in above
        assert "Rekomendasi teknis" in above
        assert f'href="{desk(parent.reference)}"' in below
        assert "yang menunggu hasilnya" in above
        assert "yang menunggu hasilnya" in below

    def test_names_a_case_without_a_link_that_may_not_be_opened(self, two: Two, client_on: ClientOn) -> None:
        parent, child = two.asked()
        child.tasks.update(role="lain")
        client = client_on(two.region, two.officer)
        told = page(client, desk(parent.reference))
        assert child.reference in told
        assert desk(child.reference) not in told
        assert client.get(desk(child.reference)).status_code == 404

    def test_says_why_nothing_was_filed_and_that_it_can_be_tried_again(
        self, two: Two, client_on: ClientOn
    ) -> None:
        Installation.objects.filter(key="rekomendasi").update(state="paused")
        parent = two.file()
        two.do(parent, "minta")
        effects.run_due(now=NOW)
        boss = factories.staff("administrator", two.region)
        told = page(client_on(two.region, two.officer), desk(parent.reference))
        assert "Daerah ini sedang tidak menerima permohonan untuk layanan itu." in told
        failed = page(client_on(two.region, boss), "/desk/deliveries/")
        assert "Permohonan layanan “Rekomendasi teknis”" in failed
        settled = client_on(two.region, boss).post(
            "/desk/deliveries/settle/", {"id": EffectRun.objects.get(type="case").pk}, follow=True
        )
        assert "tidak dapat ditandai selesai" in settled.content.decode()
        Installation.objects.filter(key="rekomendasi").update(state="open")
        client_on(two.region, boss).post("/desk/deliveries/retry/", {"all": "1"})
        effects.run_due(now=timezone.now())
        assert EffectRun.objects.get(type="case").state == "done"
        assert "belum diajukan" not in page(client_on(two.region, two.officer), desk(parent.reference))

    def test_names_the_questions_that_could_not_be_answered(self, two: Two, client_on: ClientOn) -> None:
        two.do(two.file(tamu=900), "minta")
        effects.run_due(now=NOW)
        boss = factories.staff("administrator", two.region)
        assert "<li>Jumlah orang: " in page(client_on(two.region, boss), "/desk/deliveries/")

    def test_lets_an_officer_act_while_the_case_waits(self, two: Two, client_on: ClientOn) -> None:
        parent, _child = two.asked()
        client = client_on(two.region, two.officer)
        assert parent.reference not in page(client, "/desk/")
        assert "Lanjut tanpa rekomendasi" in page(client, desk(parent.reference))
        fresh = factories.staff("petugas", two.region)
        assert "Lanjut tanpa rekomendasi" in page(client_on(two.region, fresh), desk(parent.reference))


class TestTracking:
    def test_links_both_for_their_applicant_and_says_what_goes_on(
        self, two: Two, client_on: ClientOn
    ) -> None:
        parent, child = two.asked()
        person = factories.person("siti")
        for one in (parent, child):
            one.applicant = person
            one.save()
        client = client_on(two.region, person)
        told = page(client, f"/track/{parent.reference}/")
        assert f'href="/track/{child.reference}/"' in told
        assert "Kode akses:" not in told
        assert f'href="/track/{parent.reference}/"' in page(client, f"/track/{child.reference}/")
        act = page(client, f"/track/{parent.reference}/urung/")
        assert f"Permohonan {child.reference}, yang diajukan dari permohonan ini, tetap diproses." in act

    def test_gives_whoever_has_no_account_the_code_of_the_other_one(
        self, two: Two, client_on: ClientOn
    ) -> None:
        parent, child = two.asked()
        client = client_on(two.region)
        code = kin.access_code(parent)
        client.post("/track/", {"reference": parent.reference, "proof": code})
        told = page(client, f"/track/{parent.reference}/")
        assert f'href="/track/?reference={child.reference}"' in told
        assert kin.access_code(child) in told
        assert client.get(f"/track/{child.reference}/").status_code == 302
        opened = client.post("/track/", {"reference": child.reference, "proof": kin.access_code(child)})
        assert opened.status_code == 302
        assert "Access code" not in page(client, f"/track/{parent.reference}/")
        assert kin.access_code(parent) not in page(client, f"/track/{child.reference}/")
