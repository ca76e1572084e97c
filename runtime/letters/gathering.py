"""What a letter may say, gathered from its case: facts for the typesetter. Reads only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from runtime.cases import selectors as cases
from runtime.cases import signing
from runtime.cases.selectors import Case, CaseEvent
from runtime.cases.signing import Signature
from runtime.effects import composing
from runtime.effects import services as effects
from runtime.forms.face import Circumstances
from runtime.letters import logos, signatureimages
from runtime.letters.facts import Facts, Letterhead, Said
from runtime.letters.models import IssuedLetter
from runtime.modules import selectors as modules
from runtime.regions import calendar
from runtime.regions import selectors as regions
from runtime.regions.capacity import prefixed
from runtime.regions.models import Region
from runtime.regions.standinrules import months_later
from schemas import chips
from schemas.definition import Action, Letter, Module, Validity

_KINDS = ("Kelurahan", "Desa", "Kecamatan", "Distrik", "Kota", "Kabupaten", "Provinsi")


def definition(row: IssuedLetter) -> tuple[Module, Letter]:
    """Return the letter as the module version of the row has it, with its module."""
    module = modules.definition(row.version)
    return module, next(letter for letter in module.letters if letter.key == row.letter)


def facts(row: IssuedLetter) -> Facts:
    """Return what the letter `row` may say, as the case stands now."""
    module, letter = definition(row)
    case, language = row.case, settings.LANGUAGE_CODE
    office = case.office or case.region
    return Facts(
        module=module,
        answers={**case.answers, **case.officer_answers},
        around=Circumstances(language, row.issued_on, case.region, module.tables),
        letterhead=letterhead(office),
        issued=row.issued_on,
        place=place(office),
        said={**_said(row, case, office), **_post(row, module, letter, language)},
        signature=signature(row, module, letter, language),
        signed_by_hand=signatureimages.standing(row, cases.event(case, row.event)),
        unsigned=unsigned(row, module, letter, language),
        verification=address(row),
    )


def address(row: IssuedLetter) -> str:
    """Return the full address of the page that says whether the letter is real."""
    return composing.absolute(row.region, reverse("letters:verify", args=[row.code]))


def signature(row: IssuedLetter, module: Module, letter: Letter, language: str) -> Signature | None:
    """Return who signs the letter and in which capacity; None when nobody does. Nothing is filled in."""
    event = cases.event(row.case, row.event)
    if event is None or letter.signer is None:
        return None
    signed = signing.signature(
        module,
        event,
        language=language,
        mandate=chips.bare(letter.signer.mandate.say(language)),
        through=chips.bare(letter.signer.through.say(language)),
    )
    return replace(signed, title=_title(row, event, language) or signed.title)


def silence(module: Module, case: Case, event_n: int) -> Action | None:
    """Return the action by which the clock took the step `event_n`; None when it was somebody's step."""
    event = cases.event(case, event_n)
    action = module.workflow.action(event.action) if event else None
    return action if action and action.who.kind == "system" and action.by_clock else None


def unsigned(row: IssuedLetter, module: Module, letter: Letter, language: str) -> str:
    """Return what stands where the signature would, as no officer took the step that signs; "" elsewhere."""
    if letter.signer is None or row.event:
        return ""
    action = silence(module, row.case, _issued_by(row))
    with translation.override(language):
        said = gettext("Issued by the system and not signed, as it was not decided within its time.")
        law = action.legal_basis.say(language) if action else ""
        return f"{said} {gettext('Legal basis: {law}').format(law=law)}" if law else said


def _post(row: IssuedLetter, module: Module, letter: Letter, language: str) -> dict[str, str]:
    """Return the post that would have signed where the clock was faster: it is said to decide."""
    action = module.workflow.action(letter.signer.action) if letter.signer and not row.event else None
    if action is None:
        return {}
    own = regions.role_title(row.region, action.who.role, language)
    return {"signer.title": own or module.workflow.role(action.who.role).title.say(language)}


def signer(letter: Letter, case: Case) -> CaseEvent | None:
    """Return the step whose officer signs: the last time the action was taken."""
    return cases.last_step(case, letter.signer.action) if letter.signer else None


def until(validity: Validity | None, day: date) -> date | None:
    """Return the last day on which a letter of `day` holds; None when it holds for ever."""
    if validity is None:
        return None
    if validity.unit == "days":
        return day + timedelta(days=validity.amount)
    return months_later(day, validity.amount * (12 if validity.unit == "years" else 1))


def letterhead(office: Region) -> Letterhead:
    """Return what stands above a letter of `office`: government, office above, itself, contact, emblem."""
    tenant = office.tenant or office
    above = office.parent if office.parent and office.parent.pk != tenant.pk else None
    logo = logos.picture(tenant)
    return Letterhead(
        government=f"Pemerintah {tenant.name}",
        above=above.name if above and office.pk != tenant.pk else "",
        office=office.name if office.pk != tenant.pk else "",
        address=office.contact or tenant.contact,
        logo=logo.content if logo else b"",
        logo_type=logo.type if logo else "",
    )


def place(office: Region) -> str:
    """Return the place that stands before the day: the name of the office without what kind it is."""
    first, _space, rest = office.name.partition(" ")
    return rest if rest and first in _KINDS else office.name


def _title(row: IssuedLetter, event: CaseEvent, language: str) -> str:
    """Return what the signer is called in this region, "" when it has no word of its own for that role."""
    title = regions.role_title(row.region, event.role, language)
    return prefixed(event.as_kind, title) if title else ""


def _reason(row: IssuedLetter) -> str:
    """Return the reason written with the step that issued the letter, or the first of those it replaces."""
    event = cases.event(row.case, _issued_by(row))
    return event.note if event else ""


def _issued_by(row: IssuedLetter) -> int:
    """Return the number of the step that issued the letter, or the first of those it replaces."""
    first = row
    while first.replaces is not None:
        first = first.replaces
    return effects.event_of(row.region, first.source)


def _said(row: IssuedLetter, case: Case, office: Region) -> Said:
    said: dict[str, str | date | int] = {
        "case.reference": case.reference,
        "case.number": case.number,
        "case.submitted": calendar.local(case.submitted_at, case.region).date(),
        "case.applicant": case.applicant_name,
        "letter.number": row.number,
        chips.REASON: _reason(row),
        "office.name": office.name,
        "office.above": office.parent.name if office.parent else "",
        "office.address": office.contact or case.region.contact,
        "region.name": case.region.name,
    }
    return said | ({"letter.valid_until": row.valid_until} if row.valid_until else {})
