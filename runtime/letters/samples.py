"""What a letter of a draft would be printed with: invented answers, names and numbers, marked as a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from django.utils import translation
from django.utils.translation import gettext

from runtime.cases.signing import Signature
from runtime.forms.face import Circumstances
from runtime.letters import gathering
from runtime.letters.facts import Facts, Letterhead
from runtime.regions.models import Region
from schemas import chips, synthetic
from schemas.definition import Field, Json, Letter, Module
from schemas.rules import places

LONGEST = 40


def facts(
    module: Module, letter: Letter, *, region: Region, language: str, today: date, story: str = ""
) -> Facts:
    """Return invented facts for a letter of a draft, in `language`; a story may give its answers."""
    with translation.override(language):
        office = gettext("Name of the office")
        return Facts(
            module=module,
            answers=answers(module, today, language) | _told(module, story),
            around=Circumstances(language, today, region, module.tables),
            letterhead=_letterhead(region, office),
            issued=today,
            place=gathering.place(region),
            said={
                "case.reference": "AB12-CD34",
                "case.number": gettext("Number of the case"),
                "case.submitted": today,
                "case.applicant": gettext("Name of the applicant"),
                "letter.number": gettext("Number of the letter"),
                chips.REASON: _reason(module, letter, story) or gettext("The reason that the officer writes"),
                "letter.valid_until": gathering.until(letter.validity, today) or "",
                "office.name": office,
                "office.above": gettext("Office above"),
                "office.address": gettext("Address of the office"),
                "region.name": region.name,
            },
            signature=_signature(module, letter, language),
            draft=True,
        )


def _letterhead(region: Region, office: str) -> Letterhead:
    """Return the region's own letterhead, of an invented office."""
    own = gathering.letterhead(region)
    return replace(own, office=office, address=own.address or gettext("Address of the office"))


def answers(module: Module, today: date, language: str) -> dict[str, Json]:
    """Return the plainest answer to each question that is not worked out; words say which question it is."""
    found: dict[str, Json] = {}
    for _page, field in module.fields():
        plain = [*_words(field, language), *synthetic.answers(field, (), today=today, tables=module.tables)]
        if plain and field.calculate is None:
            found[field.key] = plain[0]
    return found


def _words(field: Field, language: str) -> Iterator[str]:
    """Yield words that may stand in a text: its own label as an example, else a number."""
    if field.type not in ("text", "longtext"):
        return
    label = " ".join(field.label.say(language).split()).rstrip("?")
    small = label[:1].lower() + label[1:] if label[1:2].islower() else label
    said = gettext("Sample of {label}").replace("{label}", small)
    yield from (words for words in (said[:LONGEST], "123") if synthetic.right(field, words))


def _told(module: Module, story: str) -> dict[str, Json]:
    """Return the answers that a story gives, the applicant's and the officers', as far as they are right."""
    told = next((one.told for one in module.stories if one.key == story), {})
    known = {field.key: field for _page, field in module.fields()}
    given = {key: answer for some in _given(told) for key, answer in some.items()}
    return {
        key: answer for key, answer in given.items() if key in known and synthetic.right(known[key], answer)
    }


def _reason(module: Module, letter: Letter, story: str) -> str:
    """Return the reason that a story gives with the step that issues the letter, "" where it tells none."""
    told = next((one.told for one in module.stories if one.key == story), {})
    issuing = {
        action.key
        for _place, effect, action in places.effects(module)
        if action and effect.letter == letter.key
    }
    said = [str(step.get("comment", "")) for step in told.get("steps", ()) if step.get("do") in issuing]
    return said[-1] if said else ""


def _given(told: Mapping[str, Json]) -> Iterator[Mapping[str, Json]]:
    for part in (told, *told.get("steps", ())):
        if isinstance(some := part.get("answers"), dict):
            yield some


def _signature(module: Module, letter: Letter, language: str) -> Signature | None:
    if letter.signer is None:
        return None
    action = module.workflow.action(letter.signer.action)
    who = action.who.role if action else ""
    title = next((role.title.say(language) for role in module.workflow.roles if role.key == who), "")
    return Signature(
        title,
        gettext("Name of the officer"),
        mandate=letter.signer.mandate.say(language),
        through=letter.signer.through.say(language),
        rank=gettext("Rank and grade"),
        nip="19790101 200501 1 003",
    )
