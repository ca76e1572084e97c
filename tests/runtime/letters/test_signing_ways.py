"""How a region signs, chosen on a page: judged before it is kept, sealed, tried out, refused in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page, expect

from runtime.letters import signingways, ways
from runtime.letters.models import IssuedLetter, SigningWay
from runtime.regions import scope
from runtime.regions.models import Region
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import lettered
from tests.runtime.conftest import Village
from tests.runtime.letters.test_adapters import SECRET, Service
from tests.runtime.letters.test_adapters import service as service  # the fixture
from tests.visiting import follow, judge, log_in_reading

ADDRESS = "/desk/letters/signing/"
DAY = dt.timedelta(days=1)
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def p12(*, since: dt.timedelta = -DAY, until: dt.timedelta = 90 * DAY, signs: bool = True) -> bytes:
    """Return a PKCS#12 file with the password “sandi”."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Pemerintah Kota Tangerang")])
    now = dt.datetime.now(dt.UTC)
    usage = x509.KeyUsage(signs, signs, not signs, False, False, False, False, False, False)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(KEY.public_key())
        .serial_number(1)
        .not_valid_before(now + since)
        .not_valid_after(now + until)
        .add_extension(usage, critical=True)
        .sign(KEY, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(b"kota", KEY, made, None, BestAvailableEncryption(b"sandi"))


def without_key() -> bytes:
    _key, certificate, _chain = pkcs12.load_key_and_certificates(p12(), b"sandi")
    return pkcs12.serialize_key_and_certificates(
        b"kota", None, certificate, None, BestAvailableEncryption(b"sandi")
    )


@pytest.fixture
def chief_at(desk: Village, client_on: ClientOn) -> Client:
    chief = factories.staff("administrator", desk.region, "pengelola")
    return client_on(desk.region, chief, HTTP_ACCEPT_LANGUAGE="en")


def certify(client: Client, content: bytes, password: str = "sandi") -> Any:
    given = {"file": SimpleUploadedFile("kota.p12", content), "password": password}
    return client.post(f"{ADDRESS}pdf/", given)


def serve(client: Client, address: str, password: str = "kunci", **changes: Any) -> Any:
    given = {"address": address, "user": "kota", "password": password, "version": 2}
    return client.post(f"{ADDRESS}bsre/", given | changes)


class TestCertificate:
    def test_is_kept_sealed_tried_out_and_signs_letters(self, desk: Village, chief_at: Client) -> None:
        assert certify(chief_at, p12()).status_code == 302
        kept = SigningWay.objects.get()
        assert "sandi" not in kept.sealed
        told = chief_at.get(ADDRESS).content.decode()
        assert "Pemerintah Kota Tangerang" in told
        assert "It works" in chief_at.post(ADDRESS).content.decode()
        lettered.sign(desk)
        lettered.work_off(desk)
        (letter,) = lettered.letters()
        assert (letter.adapter, letter.state) == ("pdf", IssuedLetter.State.VERIFIED)
        assert letter.sha256 != letter.unsigned_sha256

    @pytest.mark.parametrize(
        ("content", "password", "said"),
        [
            (p12(), "salah", "cannot be opened with this password"),
            (b"kein Zertifikat", "sandi", "cannot be opened with this password"),
            (bytes(signingways.MOST_BYTES + 1), "sandi", "too large to be a certificate"),
            (p12(until=-DAY / 2), "sandi", "no longer valid"),
            (p12(since=DAY), "sandi", "not valid yet"),
            (p12(signs=False), "sandi", "not for signing documents"),
            (without_key(), "sandi", "no certificate with its key"),
        ],
    )
    def test_is_refused_with_a_sentence(
        self, chief_at: Client, content: bytes, password: str, said: str
    ) -> None:
        answer = certify(chief_at, content, password)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert "salah" not in answer.content.decode()
        assert not SigningWay.objects.exists()

    def test_that_ends_soon_or_has_ended_is_marked(self, chief_at: Client) -> None:
        certify(chief_at, p12(until=DAY))
        assert "ends soon" in chief_at.get(ADDRESS).content.decode()
        SigningWay.objects.update(expires_at=dt.datetime.now(dt.UTC) - DAY)
        assert ">expired<" in chief_at.get(ADDRESS).content.decode()

    def test_counts_for_its_region_alone(self, desk: Village, chief_at: Client, poso: Region) -> None:
        certify(chief_at, p12())
        with scope.use(poso):
            assert ways.name(poso) == ways.PLAIN

    def test_that_can_be_opened_no_more_fails_in_words(
        self, desk: Village, chief_at: Client, settings: Any
    ) -> None:
        certify(chief_at, p12())
        SigningWay.objects.update(sealed="x")
        answer = chief_at.post(ADDRESS)
        assert answer.status_code == 422
        assert "certificate for signing cannot be opened" in answer.content.decode()


class TestService:
    def test_is_kept_sealed_and_tried_out_with_a_passphrase(
        self, desk: Village, chief_at: Client, service: Service
    ) -> None:
        assert serve(chief_at, service.address).status_code == 302
        assert "kunci" not in SigningWay.objects.get().sealed
        typed = {"nik": SECRET.nik, "passphrase": SECRET.passphrase}
        assert "It works" in chief_at.post(ADDRESS, typed).content.decode()
        wrong = chief_at.post(ADDRESS, typed | {"passphrase": "salah sekali"}).content.decode()
        assert "does not accept this NIK with this passphrase" in wrong
        assert "salah sekali" not in wrong
        assert chief_at.post(ADDRESS, {}).status_code == 422

    def test_keeps_its_password_when_none_is_typed(
        self, desk: Village, chief_at: Client, service: Service
    ) -> None:
        assert serve(chief_at, service.address, password="").status_code == 422
        serve(chief_at, service.address)
        assert serve(chief_at, service.address, password="", user="kota-baru").status_code == 302
        chief_at.post(ADDRESS, {"nik": SECRET.nik, "passphrase": SECRET.passphrase})
        assert len(service.basic) == 1
        shown = chief_at.get(f"{ADDRESS}bsre/").content.decode()
        assert "kota-baru" in shown
        assert "kunci" not in shown

    @pytest.mark.parametrize("address", ["", "ftp://x.example", "https://", "javascript:alert(1)"])
    def test_wants_an_address(self, chief_at: Client, address: str) -> None:
        assert serve(chief_at, address).status_code == 422
        assert not SigningWay.objects.exists()

    def test_stays_while_letters_wait_for_a_passphrase(
        self, desk: Village, chief_at: Client, service: Service
    ) -> None:
        serve(chief_at, service.address)
        lettered.sign(desk)
        lettered.work_off(desk)
        for way in ("plain", "pdf"):
            answer = chief_at.post(f"{ADDRESS}{way}/")
            assert answer.status_code == 422
            assert "One letter still waits for a passphrase" in answer.content.decode()
        assert ways.name(desk.region) == "bsre"


class TestChoosing:
    def test_goes_back_to_name_and_code_and_forgets_what_was_secret(
        self, desk: Village, chief_at: Client
    ) -> None:
        certify(chief_at, p12())
        assert chief_at.post(f"{ADDRESS}plain/").status_code == 302
        kept = SigningWay.objects.get()
        assert (kept.way, kept.sealed, kept.subject) == ("plain", "", "")

    def test_counts_before_the_settings(self, desk: Village, chief_at: Client, settings: Any) -> None:
        settings.RAKIT_SIGNING = {"tangerang": {"adapter": "bsre", "networks": ["10.0.0.0/8"]}}
        assert ways.name(desk.region) == "bsre"
        chief_at.post(f"{ADDRESS}plain/")
        assert ways.name(desk.region) == "plain"

    def test_is_for_administrators_and_known_ways(
        self, desk: Village, chief_at: Client, client_on: ClientOn
    ) -> None:
        for path in (ADDRESS, f"{ADDRESS}plain/"):
            assert client_on(desk.region, desk.head).post(path).status_code == 403
        assert chief_at.get(f"{ADDRESS}lain/").status_code == 404


@pytest.mark.browser
class TestInABrowser:
    @pytest.mark.parametrize(
        ("language", "heading"), [("id", "Cara menandatangani surat"), ("en", "How letters are signed")]
    )
    def test_an_administrator_uploads_a_certificate_and_tries_it_out(
        self,
        desk: Village,
        site: Callable[..., str],
        open_page: Callable[..., Page],
        language: str,
        heading: str,
    ) -> None:
        factories.staff("administrator", desk.region, "pengelola")
        page = open_page()
        log_in_reading(page, site(desk.region, ADDRESS), "pengelola", language, heading)
        judge(page)
        follow(page, page.locator(f"a[href$='{ADDRESS}bsre/']"))
        judge(page)
        page.goto(site(desk.region, f"{ADDRESS}pdf/"))
        file = {"name": "kota.p12", "mimeType": "application/x-pkcs12", "buffer": p12()}
        page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        follow(page, page.locator("form[method=post] button.btn").last)
        judge(page)
        page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        page.locator("input[type=password]").fill("sandi")
        follow(page, page.locator("form[method=post] button.btn").last)
        follow(page, page.locator("form[method=post] button.btn").last)
        expect(page.locator(".card--done[role=status]")).to_be_visible()
        judge(page)
