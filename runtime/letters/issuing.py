"""Issue a letter: prepared → sent → signed → verified. Each step may be done again after a crash.

The number is taken in the transaction that writes the row, so that neither is ever without the other. A
file is stored before the row says so. Only what was read back and verified is issued: then, in one
transaction, the letter it replaces ends and the applicant is told.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet
from django.urls import reverse

from runtime.cases import mails, numbering, registerbook
from runtime.cases import selectors as cases
from runtime.cases.reference import ALPHABET
from runtime.cases.selectors import Case, CaseEvent
from runtime.effects import services as effects
from runtime.effects.contract import Hopeless, Needless
from runtime.effects.models import EffectRun
from runtime.letters import checking, gathering, shapes, storing, typesetting, ways
from runtime.letters.adapters.contract import About, Failed, Secret
from runtime.letters.models import IssuedLetter
from runtime.modules import selectors as modules
from runtime.regions import calendar
from schemas.definition import Letter, Module

State = IssuedLetter.State
CODE_LETTERS = 13  # of 5 bits each
TOLD = "letter:issued"


def issue(row: EffectRun, *, now: datetime) -> None:
    """Issue the letter that an effect wants, as far as it goes without its signer.

    Raises `Hopeless` when trying again cannot help, `Failed` when it may.
    """
    letter = prepared(row, now=now)
    try:
        forward(letter, now=now)
    except Failed as failed:
        if failed.again:
            raise
        raise Hopeless(failed.reason, reason=failed.reason) from None
    except typesetting.Shapeless as shapeless:
        found = shapes.found_in(gathering.facts(letter), shapeless.characters)
        raise Hopeless(str(shapeless), reason="letter.characters", found=found) from None
    except typesetting.Unprintable as words:
        raise Hopeless(str(words), reason="letter.print") from None


def prepared(row: EffectRun, *, now: datetime) -> IssuedLetter:
    """Return the letter of the effect; the first time it is written, with its number."""
    known = _found().filter(source=row.dedupe).first()
    if known is not None:
        return known
    with transaction.atomic():
        _prepare(row, now)
    return _found().get(source=row.dedupe)


def forward(letter: IssuedLetter, *, now: datetime, secret: Secret | None = None) -> bool:
    """Take the letter through the steps that are left; return whether it is verified.

    Without a `secret` it stops where its signer has to type one. Raises `adapters.contract.Failed`.
    """
    if letter.state == State.PREPARED:
        _print(letter)
    if letter.state == State.SENT:
        if ways.adapter(letter.region, letter.adapter).asks and secret is None:
            return False
        _sign(letter, secret)
    if letter.state == State.SIGNED:
        _verify(letter, now)
    return letter.state == State.VERIFIED


def _prepare(row: EffectRun, now: datetime) -> None:
    region = row.region
    version = modules.version(region, row.payload["version"])
    case = cases.of_region(region).filter(pk=row.case_id).first()
    assert version is not None, "a case keeps the version it was filed with"
    assert case is not None, "an effect belongs to a case of its region"
    module = modules.definition(version)
    letter = next((one for one in module.letters if one.key == row.payload["letter"]), None)
    if letter is None:
        raise Hopeless("no such letter", reason="letter.absent")
    if cases.is_anonymised(case):
        raise Needless("the personal data of the case were removed")
    replaces = _replaced(case, row.payload.get("replaces"))
    event = cases.event(case, replaces.event) if replaces else gathering.signer(letter, case)
    unsigned = replaces is not None or gathering.silence(module, case, row.event_n) is not None
    if letter.signer and event is None and not unsigned:
        raise Hopeless("nobody has taken the step that signs", reason="letter.signer")
    number, register = _number(module, letter, case, replaces, now)
    today = calendar.local(now, region).date()
    earlier = IssuedLetter.objects.filter(region=region, case=case, letter=letter.key)
    IssuedLetter.objects.create(
        region=region,
        case=case,
        version=version,
        letter=letter.key,
        edition=(earlier.aggregate(last=Max("edition"))["last"] or 0) + 1,
        source=row.dedupe,
        code="".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS)),
        number=number,
        register=register,
        event=event.n if event else 0,
        signer_id=event.actor_id if event else None,
        issued_on=today,
        valid_until=gathering.until(letter.validity, today),
        adapter=_way(case, event),
        prepared_at=now,
        replaces=replaces,
    )


def _way(case: Case, event: CaseEvent | None) -> str:
    """Return how the letter is signed; one that nobody signs waits for no passphrase."""
    chosen = ways.name(case.region)
    asks = event is None and ways.adapter(case.region, chosen).asks
    return ways.PLAIN if asks else chosen


def _replaced(case: Case, pk: object) -> IssuedLetter | None:
    """Return the letter that the new one is to replace; raise `Needless` when it holds no longer."""
    if pk is None:
        return None
    found: IssuedLetter = IssuedLetter.objects.get(region=case.region, case=case, pk=pk)
    if found.state != State.VERIFIED:
        raise Needless(f"the letter to be replaced is {found.state}")
    return found


def _number(
    module: Module, letter: Letter, case: Case, replaces: IssuedLetter | None, now: datetime
) -> tuple[str, str]:
    """Return the number of the letter and the register it is from.

    A letter without a register bears the number of the case, its later editions the next one of the same
    register.
    """
    key = letter.register or registerbook.register_of(case)
    if letter.register or (replaces and key):
        register = module.workflow.register(key)
        return numbering.take(case=case, register=register, now=now, letter=letter.key), key
    if not case.number:
        raise Hopeless("the case has no number", reason="letter.number")
    return case.number, key


def _print(letter: IssuedLetter) -> None:
    _module, definition = gathering.definition(letter)
    pdf = typesetting.pdf(definition, gathering.facts(letter))
    _step(
        letter, State.SENT, unsigned=storing.put(letter, "unsigned", pdf), unsigned_sha256=storing.digest(pdf)
    )


def _sign(letter: IssuedLetter, secret: Secret | None) -> None:
    try:
        unsigned = storing.get(letter.unsigned, letter.unsigned_sha256)
    except storing.Lost:  # printed anew, and tried again
        _step(letter, State.PREPARED, unsigned="", unsigned_sha256="")
        raise Failed("letter.file", again=True) from None
    signed = ways.adapter(letter.region, letter.adapter).sign(unsigned, _about(letter), secret)
    _step(letter, State.SIGNED, file=storing.put(letter, "signed", signed), sha256=storing.digest(signed))


def _verify(letter: IssuedLetter, now: datetime) -> None:
    """Read the signed file back and have it verified; one that is no good is signed anew."""
    try:
        signed = storing.get(letter.file, letter.sha256)
        ways.adapter(letter.region, letter.adapter).verify(signed)
    except storing.Lost:
        _step(letter, State.SENT, file="", sha256="")
        raise Failed("letter.file", again=True) from None
    except Failed as failed:
        if not failed.again:
            _step(letter, State.SENT, file="", sha256="")
        raise
    with transaction.atomic():
        _step(letter, State.VERIFIED, verified_at=now, unsigned="")
        _end_replaced(letter, now)
        _tell(letter, now)
    storing.keep_only(letter, letter.file)


def _step(letter: IssuedLetter, state: str, **values: object) -> None:
    """Note the step if the row is still where it was; raise `Failed` when somebody else took it on."""
    same = IssuedLetter.objects.filter(region=letter.region, pk=letter.pk, state=letter.state)
    if not same.update(state=state, **values):
        raise Failed("letter.meanwhile", again=True)
    for name, value in {"state": state, **values}.items():
        setattr(letter, name, value)


def _end_replaced(letter: IssuedLetter, now: datetime) -> None:
    if letter.replaces_id is not None:
        old = IssuedLetter.objects.filter(region=letter.region, pk=letter.replaces_id, state=State.VERIFIED)
        old.update(state=State.REPLACED, ended_at=now)


def _tell(letter: IssuedLetter, now: datetime) -> None:
    """Have the applicant told, by e-mail if they left an address."""
    case = letter.case
    if not case.contact_email:
        return
    said = {
        "version": letter.version_id,
        "message": TOLD,
        "language": case.language,
        "path": reverse("tracking:case", args=[case.reference]),
        "tokens": mails.tokens(case, modules.definition(case.version), "", case.language)
        | {"number": letter.number},
        **mails.applicant(case),
    }
    effects.enqueue(
        region=letter.region,
        case_id=case.pk,
        event_n=letter.event,
        type="mail",
        payload=said,
        dedupe=f"{letter.source[:100]}:issued",
        lane="mail:applicant",
        now=now,
    )


def _about(letter: IssuedLetter) -> About:
    module, definition = gathering.definition(letter)
    signed = gathering.signature(letter, module, definition, settings.LANGUAGE_CODE)
    office = letter.case.office or letter.case.region
    title = checking.title(definition.title, settings.LANGUAGE_CODE)
    return About(signed.name if signed else "", f"{title} {letter.number}", office.name)


def _found() -> QuerySet[IssuedLetter]:
    found: QuerySet[IssuedLetter] = IssuedLetter.objects.select_related(
        "region", "version", "case__region", "case__office__parent", "case__office__tenant", "case__version"
    )
    return found
