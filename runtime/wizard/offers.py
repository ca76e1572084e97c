"""First answers for a new application: from the person's profile, their latest case, the link they followed.

They are offers: shown on their page with where they come from, answers only once that page is left.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from django.http import QueryDict
from django.utils.translation import gettext as _

from runtime.cases import selectors as cases
from runtime.forms import fields as registry
from runtime.forms.face import Circumstances
from runtime.forms.given import possible, read
from runtime.modules import selectors as modules
from runtime.profiles import selectors as profiles
from runtime.regions.models import Region, User
from schemas.definition import Field, Json, Module
from schemas.rules.prefill import NEVER, SENSITIVE

LONGEST = 200
_TEXTS = frozenset({"text", "longtext"})


class Offer(TypedDict):
    """A first answer as the draft keeps it."""

    value: Json
    source: str


def offers(
    module: Module, *, person: User | None, query: QueryDict, around: Circumstances
) -> dict[str, Offer]:
    """Return the first answers there are, by question. Profile and cases are read for `person` only."""
    assert around.region is not None
    wanted = {source for field in _asked(module) for source in field.prefill or {}}
    facts = profiles.facts(around.region, person) if person and "profile" in wanted else {}
    earlier = _earlier(module, around.region, person) if person and "previous" in wanted else {}
    return fitting(module, facts=facts, earlier=earlier, query=query, around=around)


def fitting(
    module: Module,
    *,
    facts: Mapping[str, Json],
    earlier: Mapping[str, Json],
    query: QueryDict,
    around: Circumstances,
) -> dict[str, Offer]:
    """Return what of `facts` of a profile, of `earlier` answers and of a link the questions can take."""
    found: dict[str, Offer] = {}
    for field in _asked(module):
        source, value = _value(field, facts=facts, earlier=earlier, query=query, around=around)
        if possible(field, value, around):
            found[field.key] = {"value": value, "source": source}
    return found


def _asked(module: Module) -> list[Field]:
    """Return the questions that take a first answer from elsewhere."""
    return [f for page in module.filing_pages() for f in page.fields if f.prefill and f.type not in NEVER]


def at_counter(module: Module, stated: Mapping[str, str], around: Circumstances) -> dict[str, Offer]:
    """Return what was stated at the counter as first answers, where the service asks the same."""
    asked = {"name": module.applicant.name, "email": module.applicant.email}
    found: dict[str, Offer] = {}
    for what, key in asked.items():
        field = module.field(key) if key else None
        if field is not None and stated.get(what) and possible(field, stated[what], around):
            found[field.key] = {"value": stated[what], "source": "counter"}
    return found


def words(offer: Offer) -> str:
    """Say where a first answer comes from."""
    return {
        "profile": _("From your profile. Please check it."),
        "previous": _("From your last application. Please check it."),
        "query": _("From the link you followed. Please check it."),
        "counter": _("As stated at the counter. Please check it."),
    }[offer["source"]]


def _value(
    field: Field,
    *,
    facts: Mapping[str, Json],
    earlier: Mapping[str, Json],
    query: QueryDict,
    around: Circumstances,
) -> tuple[str, Json]:
    prefill = field.prefill or {}
    if "profile" in prefill:
        return "profile", _fitted(field, facts.get(prefill["profile"]), around)
    if "previous" in prefill:
        return "previous", earlier.get(field.key)
    values = query.getlist(prefill["query"]) if "query" in prefill else []
    if not values or len(values) > 50 or any(len(value) > LONGEST for value in values):
        return "query", None
    return "query", read(field, values, around)


def _fitted(field: Field, fact: Json, around: Circumstances) -> Json:
    """Return a fact as the question takes it: an address of parts, written out where a text is asked."""
    if not isinstance(fact, dict) or field.type not in _TEXTS:
        return fact
    address = registry.face("address")
    written = address.letter if field.type == "longtext" else address.say
    return written(field, fact, around)


def _earlier(module: Module, region: Region, person: User) -> dict[str, Json]:
    """Return answers of the person's latest case of this module: same key and type, nothing sensitive."""
    case = cases.cases_of_applicant(region, person).filter(version__key=module.key).first()
    if case is None:
        return {}
    before = {field.key: field for _page, field in modules.definition(case.version).fields()}
    return {
        field.key: case.answers[field.key]
        for _page, field in module.fields()
        if field.key in case.answers
        and (old := before.get(field.key)) is not None
        and old.type == field.type
        and not SENSITIVE & {old.privacy, field.privacy}
    }
