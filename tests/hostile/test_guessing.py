"""T7, T34: numbers and codes cannot be guessed, and no answer tells who or what is known."""

from __future__ import annotations

import math
import re
import secrets
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from runtime.cases import proof, reference
from runtime.cases.models import Case, ProofAttempt
from runtime.letters.models import IssuedLetter
from runtime.regions.models import User
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import lettered
from tests.runtime.conftest import Village

GUESSES = 10_000
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def guess() -> str:
    """Return a reference of the right shape: with its check digit, of this region."""
    return reference.generate("TNG")


class TestReferences:
    """T7."""

    def test_T7_have_sixty_random_bits_and_codes_of_letters_as_well(self) -> None:
        assert math.log2(len(reference.ALPHABET)) * reference.LETTERS >= 60
        assert math.log2(len(reference.ALPHABET)) * (len("7K4M92QX5F3HA") - 1) >= 55
        assert len({guess() for _ in range(2000)}) == 2000

    def test_T7_are_met_by_none_of_ten_thousand_guesses(self, desk: Village) -> None:
        for _ in range(20):
            desk.submit()
        guessed = {guess() for _ in range(GUESSES)}
        assert len(guessed) == GUESSES
        known = set(Case.objects.values_list("reference", flat=True))
        assert len(known) == 20
        assert not guessed & known

    def test_T7_lock_an_address_after_thirty_guesses_whatever_it_asks_for(
        self, desk: Village, client_on: ClientOn
    ) -> None:
        receipt, client = desk.submit(), client_on(desk.region)
        tries = [
            client.post("/track/", {"reference": guess(), "proof": "x"}).status_code
            for _ in range(proof.PER_ADDRESS + 5)
        ]
        assert tries == [200] * proof.PER_ADDRESS + [429] * 5
        right = {"reference": receipt.reference, "proof": receipt.access_code}
        assert client.post("/track/", right).status_code == 429
        elsewhere = client_on(desk.region, REMOTE_ADDR="203.0.113.9")
        assert elsewhere.post("/track/", right).status_code == 302

    def test_T7_lock_a_case_after_ten_wrong_facts_from_one_address(
        self, desk: Village, client_on: ClientOn
    ) -> None:
        receipt, client = desk.submit(), client_on(desk.region)
        tries = [
            client.post(
                "/track/", {"reference": receipt.reference, "proof": secrets.token_hex(4)}
            ).status_code
            for _ in range(proof.PER_CASE_AND_ADDRESS + 3)
        ]
        assert tries == [200] * proof.PER_CASE_AND_ADDRESS + [429] * 3

    def test_T7_lock_a_case_that_many_addresses_try(self, desk: Village, client_on: ClientOn) -> None:
        receipt = desk.submit()
        given = {"reference": receipt.reference, "proof": "salah"}
        tries = [
            client_on(desk.region, REMOTE_ADDR=f"203.0.113.{n}").post("/track/", given).status_code
            for n in range(proof.PER_CASE + 3)
        ]
        assert tries == [200] * proof.PER_CASE + [429] * 3


class TestForgedLetters:
    """T7: a QR or an address that was forged vouches for nothing."""

    @pytest.fixture
    def letter(self, desk: Village) -> IssuedLetter:
        desk.version = factories.installed(desk.region, lettered.as_text(), 2).version
        lettered.sign(desk)
        lettered.work_off(desk)
        return IssuedLetter.objects.get()

    def test_T7_vouch_for_nothing_when_one_character_is_another(
        self, letter: IssuedLetter, desk: Village, client_on: ClientOn
    ) -> None:
        client = client_on(desk.region)
        real = client.get(f"/verify/{letter.code}/").content.decode()
        assert letter.number in real
        for at in range(len(letter.code)):
            other = "7" if letter.code[at] != "7" else "8"
            forged = letter.code[:at] + other + letter.code[at + 1 :]
            cache.clear()
            ProofAttempt.objects.all().delete()
            told = client.get(f"/verify/{forged}/").content.decode()
            assert letter.number not in told
            assert letter.sha256 not in told

    def test_T7_vouch_for_nothing_on_another_regions_site(
        self, letter: IssuedLetter, poso: Any, client_on: ClientOn
    ) -> None:
        told = client_on(poso).get(f"/verify/{letter.code}/").content.decode()
        assert letter.number not in told
        assert letter.sha256 not in told

    def test_T7_show_the_number_that_is_stored_whatever_the_address_says(
        self, letter: IssuedLetter, desk: Village, client_on: ClientOn
    ) -> None:
        given = {"number": "999/PALSU", "sha256": "f" * 64, "holder": "Orang Palsu", "state": "verified"}
        page = client_on(desk.region).get(f"/verify/{letter.code}/", given).content.decode()
        told = page.split("<main")[1].split("</main>")[0]
        assert letter.number in told
        assert not re.search("PALSU|Palsu|ffffffff", told)


class Counted(MD5PasswordHasher):
    """Counts how often a password is worked out: what takes nearly all the time of logging in."""

    algorithm = "counted"
    times = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).times += 1
        return super().encode(password, salt)


class TestAlike:
    """T34: same words, same status, same work, whether somebody or something is known or not."""

    @pytest.fixture
    def hasher(self, settings: Any) -> type[Counted]:
        settings.PASSWORD_HASHERS = [f"{__name__}.Counted"]
        return Counted

    def alike(self, known: Callable[[], Any], unknown: Callable[[], Any], clean: str) -> list[int]:
        """Compare both answers and their headers; return how many questions the database was asked."""
        seen, asked = [], []
        for ask in (known, unknown, known, unknown):  # the first two warm up
            with CaptureQueriesContext(connection) as queries:
                answer = ask()
            text = re.sub(clean, "", CSRF.sub("", answer.content.decode()))
            named = {name: value for name, value in answer.items() if name != "Content-Length"}
            seen.append((answer.status_code, text, named.get("Location"), sorted(named)))
            asked.append(len(queries))
        assert seen[2] == seen[3]
        return asked[2:]

    def test_T34_log_in_with_a_wrong_password(
        self, desk: Village, client_on: ClientOn, hasher: type[Counted]
    ) -> None:
        factories.person("dikenal")
        work = []
        for name in ("dikenal", "asing", "dikenal@rakit.example", "asing@rakit.example"):
            client, before = client_on(desk.region), hasher.times
            client.post("/accounts/login/", {"login": name, "password": "salah"})
            work.append(hasher.times - before)
        assert len(set(work)) == 1
        assert work[0] > 0

    def test_T34_ask_for_a_new_password(self, desk: Village, client_on: ClientOn) -> None:
        factories.person("dikenal")

        def asks(address: str) -> Callable[[], Any]:
            return lambda: client_on(desk.region).post("/accounts/password/reset/", {"email": address})

        known, unknown = asks("dikenal@rakit.example")(), asks("asing@rakit.example")()
        assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])

    def test_T34_open_an_account(self, desk: Village, client_on: ClientOn, hasher: type[Counted]) -> None:
        factories.person("dikenal")
        password = "kata-sandi-panjang"
        answers, work = [], []
        for name in ("dikenal", "asing"):
            given = {"name": "Siti", "email": f"{name}@rakit.example"}
            before = hasher.times
            passwords = {"password1": password, "password2": password}
            answer = client_on(desk.region).post("/accounts/signup/", given | passwords)
            work.append(hasher.times - before)
            answers.append((answer.status_code, answer["Location"]))
        assert answers[0] == answers[1]
        assert work[0] == work[1]
        assert User.objects.filter(email="dikenal@rakit.example").count() == 1

    def test_T34_ask_where_a_case_stands(
        self, desk: Village, client_on: ClientOn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        filed, work = desk.submit().reference, []
        digest = proof.digest
        monkeypatch.setattr(proof, "digest", lambda *given: work.append(1) or digest(*given))
        other, client = guess(), client_on(desk.region)

        def asks(number: str) -> Callable[[], Any]:
            return lambda: client.post("/track/", {"reference": number, "proof": "salah"})

        known, unknown = self.alike(asks(filed), asks(other), f"{filed}|{other}")
        assert known == unknown
        work.clear()
        asks(filed)()
        facts = len(work)
        asks(other)()
        assert facts > 0
        assert len(work) == 2 * facts

    def test_T34_open_a_status_page_or_a_file_of_it(self, desk: Village, client_on: ClientOn) -> None:
        filed, other = desk.submit().reference, guess()
        client = client_on(desk.region)
        for path in ("/track/{}/", "/track/{}/views/", "/track/{}/letters/1/", "/track/{}/correct/"):
            answers = [client.get(path.format(number)) for number in (filed, other)]
            told = {(one.status_code, re.sub(f"{filed}|{other}", "", one["Location"])) for one in answers}
            assert len(told) == 1, path

    def test_T34_open_a_case_of_another_office(self, desk: Village, client_on: ClientOn) -> None:
        next_door = factories.office(desk.office.parent or desk.region, "sukarasa")
        clerk = client_on(desk.region, factories.staff("clerk", next_door, "loket.lain"))
        filed, other = desk.submit().reference, guess()
        for path in ("/desk/cases/{}/", "/desk/cases/{}/forward/", "/desk/cases/{}/print/page/"):
            self.alike(
                partial(clerk.get, path.format(filed)),
                partial(clerk.get, path.format(other)),
                f"{filed}|{other}",
            )
