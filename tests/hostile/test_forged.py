"""T10: whatever is posted, what is stored is what the server itself works out of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from runtime.cases.models import Case
from runtime.forms.journey import journey
from runtime.regions import scope
from runtime.regions.models import Region
from runtime.wizard.models import Draft
from schemas import answers, parse
from tests import factories
from tests.runtime import permit
from tests.runtime.wizard.forms import DATA, Applicant

ROUNDS = 60
SEED = 20261124
TWICE = {"*": [{"var": "age"}, 2]}
FEE = {"*": [{"var": "age"}, 1000]}
STRANGE = (
    *("", " ", "1", "-1", "999999999", "b", "a", "done"),
    *("\ufeff", "😀", "null", "{}", "[]", "true", "yes", "0x1F"),
)
NAMES = (
    *("name", "email", "age", "village", "reason", "detail", "fee", "fixed", "paper", "hint"),
    *("status", "case", "fee-day", "name.0", "complete"),
    *("children.0.nick", "children.9.nick", "children.0.fee", "children.0.twice"),
    *("_row", "_rows", "_do", "_return", "_known", "__proto__", "csrfmiddlewaretoken"),
)


def document() -> dict[str, Any]:
    """Return the permit with a fee that is worked out, an answer nobody may change, and rows."""
    made = permit.document()
    more = made["pages"][1]["fields"]
    more += [
        {"key": "fee", "type": "integer", "label": "Biaya", "calculate": FEE},
        {"key": "fixed", "type": "text", "label": "Tetap", "readOnly": True, "default": "tetap"},
        {
            "key": "children",
            "type": "repeat",
            "label": "Anak",
            "item": "Anak",
            "fields": [
                {"key": "nick", "type": "text", "label": "Panggilan"},
                {"key": "twice", "type": "integer", "label": "Dua kali", "calculate": TWICE},
            ],
        },
    ]
    return made


@pytest.fixture
def forger(tangerang: Region, village: Region, client_on: Callable[..., Client]) -> Applicant:
    """Somebody who posts what no page ever asked."""
    factories.staff("clerk", village, "loket")
    factories.staff("head", village, "kepala")
    factories.installed(tangerang, json.dumps(document()))
    return Applicant(client_on(tangerang))


MODULE = parse.load(json.dumps(document()))


def _stored(person: Applicant) -> dict[str, Any]:
    with scope.everywhere("a test looks at what was stored"):
        found: dict[str, Any] = Draft.objects.get(token=person.token).answers
    return found


class TestForgedAnswers:
    """Posts of a forger."""

    def test_T10_keeps_only_what_the_server_works_out(self, forger: Applicant) -> None:
        random, refused = Random(SEED), 0
        for _ in range(ROUNDS):
            step = random.choice(("data", "more", "data/autosave", "more/autosave"))
            posted = {name: random.choice(STRANGE) for name in random.sample(NAMES, random.randint(1, 6))}
            if random.random() < 0.6:
                posted = {**(DATA if step.startswith("data") else {}), **posted}
            response = forger.post(step, **posted)
            assert response.status_code < 500, (step, posted)
            refused += response.status_code == 400
            kept = _stored(forger)
            own = journey(MODULE, kept, today=timezone.localdate()).answers
            assert {key: own.get(key) for key in kept} == kept, (step, posted)
            assert set(kept) <= {field.key for _page, field in MODULE.fields()}
        assert 5 < refused < ROUNDS

    def test_T10_files_the_servers_own_price(self, forger: Applicant, tangerang: Region) -> None:
        assert forger.post("data", **(DATA | {"age": "30"})).status_code == 302
        for smuggled in ({"fee": "1"}, {"fixed": "lain"}, {"detail": "selundupan"}):
            forger.post("more", **smuggled)
            forger.post("more/autosave", **smuggled)
        forger.post("more")
        sent = forger.post("review", agree="on", fee="1", fixed="lain")
        if sent.status_code == 400:
            sent = forger.send()
        assert sent.status_code == 302
        with scope.use(tangerang):
            filed = Case.objects.get().answers
        assert filed["fee"] == 30_000
        assert filed.get("fixed") in (None, "tetap")
        assert "detail" not in filed
        assert not answers.validate(MODULE, filed, today=timezone.localdate())
