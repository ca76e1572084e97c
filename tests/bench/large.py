"""A service of 300 questions and 150 rules: the journey, and a page of 100 beside Django's drawing of it."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from runtime.forms.journey import journey
from runtime.modules import services as modules
from runtime.regions import scope
from schemas import parse
from tests.bench import budget, questions, timing
from tests.bench.world import HOST, Scene

PAGES, EACH = 3, 100
REPEATS = 25
JOURNEY_BUDGET, PAGE_BUDGET = 5, 40
RULE_SOURCES = {"integer": {">": [None, 3]}, "choice": {"==": [None, "hijau"]}, "boolean": {"answered": None}}
PEERS: dict[str, Any] = {
    "singleline": forms.CharField,
    "email": forms.EmailField,
    "date": forms.DateField,
    "number": forms.DecimalField,
    "dropdown": lambda: forms.ChoiceField(choices=[(w, w) for w in questions.OPTIONS]),
    "radio": lambda: forms.ChoiceField(choices=[(w, w) for w in questions.OPTIONS], widget=forms.RadioSelect),
    "checkboxes": lambda: forms.MultipleChoiceField(
        choices=[(w, w) for w in questions.OPTIONS], widget=forms.CheckboxSelectMultiple
    ),
    "multiline": lambda: forms.CharField(widget=forms.Textarea),
    "checkbox": lambda: forms.BooleanField(required=False),
}


def document() -> dict[str, Any]:
    """Return the service: every second question depends on one before it."""
    whole = questions.document()
    whole["key"] = "besar"
    fields = [questions.field(key, kind) for key, kind, *_ in questions.questions(PAGES * EACH)]
    source: dict[str, Any] | None = None
    for number, field in enumerate(fields):
        if number % 2 and source is not None:
            field["visible"] = _rule(source)
        if field["type"] in RULE_SOURCES and "visible" not in field:
            source = field
    whole["pages"] = [
        {"key": f"p{n}", "title": f"Halaman {n}", "fields": fields[n * EACH : (n + 1) * EACH]}
        for n in range(PAGES)
    ]
    return whole


def _rule(source: dict[str, Any]) -> Any:
    ((operator, arguments),) = RULE_SOURCES[source["type"]].items()
    variable = {"var": source["key"]}
    return {operator: [variable, *arguments[1:]] if isinstance(arguments, list) else variable}


def report(scene: Scene) -> None:
    """Print milliseconds of CPU beside the budgets."""
    whole = document()
    module = parse.load(json.dumps(whole))
    answers = questions.canonical_answers(PAGES * EACH)
    rules = sum("visible" in field for page in whole["pages"] for field in page["fields"])
    today = timezone.localdate()
    with scope.use(scene.region):
        modules.install(region=scene.region, document=json.dumps(whole), number=1, now=timezone.now())
    client = Client(headers={"host": HOST})
    started = client.post(reverse("wizard:start", args=["besar"]), follow=True)
    page = str(started.redirect_chain[-1][0])
    kinds = [kind for _key, _ours, kind, *_ in questions.questions(EACH)]
    peer = type("Peer", (forms.Form,), {f"q{n}": PEERS[kind]() for n, kind in enumerate(kinds)})

    taken = timing.cpu(
        {
            "journey": lambda: journey(module, answers, today=today),
            "judged": lambda: journey(module, answers, today=today).complete,
            "page": lambda: client.get(page),
            "peer": lambda: peer().as_div(),
        },
        repeats=REPEATS,
    )
    print(
        f"\n{PAGES * EACH} questions, {rules} rules, CPU milliseconds (median of {REPEATS} alternating runs)"
    )
    walked = budget.at_most(taken["journey"], JOURNEY_BUDGET, " ms")
    drawn = budget.at_most(taken["page"], PAGE_BUDGET, " ms")
    print(f"journey from the answers       {taken['journey']:8.2f}   {walked}")
    print(f"journey, every answer judged   {taken['judged']:8.2f}")
    print(f"page of {EACH} questions, whole    {taken['page']:8.2f}   {drawn}")
    print(f"Django's as_div of the same    {taken['peer']:8.2f}   {taken['peer'] / taken['page']:.1f}x")
