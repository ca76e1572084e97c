"""The words of a message of a module: filled in for one case, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from runtime.effects import tokens
from runtime.effects.contract import Hopeless
from runtime.effects.models import EffectRun
from runtime.modules import selectors as modules
from runtime.regions.models import Region
from schemas.definition import Message, Module, Text
from schemas.rules.messages import SHORTEST


def _both(indonesian: str, english: str) -> Text:
    return Text((("id", indonesian), ("en", english)))


OWN = {
    "comment:applicant": Message(
        "comment:applicant",
        _both(
            "Ada pesan tentang permohonan Anda ({reference})",
            "There is a message about your application ({reference})",
        ),
        _both(
            "{office} menulis pesan kepada Anda tentang permohonan {service} ({reference}). "
            "Baca dan balas di sini: {link}",
            "{office} has written to you about your application for {service} ({reference}). "
            "Read it and answer here: {link}",
        ),
    ),
    "consent:withdraw": Message(
        "consent:withdraw",
        _both(
            "Pemohon menarik persetujuan ({reference})", "The applicant has withdrawn a consent ({reference})"
        ),
        _both(
            "Pemohon {service} menarik persetujuan yang pernah diberikannya ({reference}). Hentikan "
            "penggunaan data atas dasar persetujuan itu. Baca di sini: {link}",
            "The applicant for {service} has withdrawn a consent ({reference}). Stop using data on the "
            "strength of it. Read it here: {link}",
        ),
    ),
    "answers:edit": Message(
        "answers:edit",
        _both(
            "Jawaban pada permohonan Anda dibetulkan ({reference})",
            "Answers in your application were put right ({reference})",
        ),
        _both(
            "{office} membetulkan jawaban pada permohonan {service} ({reference}). Lihat apa yang diubah dan "
            "alasannya di sini: {link}",
            "{office} has put answers right in your application for {service} ({reference}). See what was "
            "changed and why here: {link}",
        ),
    ),
    "letter:issued": Message(
        "letter:issued",
        _both("Surat Anda sudah terbit ({reference})", "Your letter has been issued ({reference})"),
        _both(
            "Surat dari {office} untuk permohonan {service} sudah terbit dengan nomor {number}. "
            "Unduh di sini: {link}",
            "The letter of {office} for your application for {service} has been issued under the number "
            "{number}. Download it here: {link}",
        ),
    ),
    "comment:answer": Message(
        "comment:answer",
        _both("Pemohon menulis pesan ({reference})", "A message from the applicant ({reference})"),
        _both(
            "Pemohon {service} menulis pesan ({reference}). Baca di sini: {link}",
            "The applicant for {service} has written ({reference}). Read it here: {link}",
        ),
    ),
}
"""What the platform says of itself, without a word of the service; keys of a document have no colon."""


SMS = 160  # characters of one part
TWO_PARTS = SHORTEST  # of an SMS: what a service may say to a telephone in its own words


@dataclass(frozen=True, slots=True)
class Composed:
    """A message as it will be read."""

    subject: str
    body: str
    link: str
    short: str = ""


def composed(row: EffectRun) -> Composed:
    """Return the message of `row`, from the version its case is pinned to."""
    payload = row.payload
    version = modules.version(row.region, payload["version"])
    found = modules.definition(version) if version else None
    message = named(found, payload["message"]) if found else None
    if message is None:
        raise Hopeless(f"no message {payload.get('message')!r}")
    link, language = absolute(row.region, payload["path"]), payload["language"]
    values = {**payload["tokens"], **_titles(found, payload), "link": link}
    return Composed(
        tokens.fill(message.subject.say(language), values),
        tokens.fill(message.body.say(language), values),
        link,
        tokens.fill(message.short.say(language), {**values, "note": ""}) if message.short.values else "",
    )


def titled(message: Message, payload: Mapping[str, Any], language: str) -> str:
    """Return the subject of a message for a list of many, without what an officer wrote."""
    told = {key: words for key, words in payload.get("tokens", {}).items() if key != "note"}
    return tokens.fill(message.subject.say(language), {"note": "…", **told})


def short(row: EffectRun) -> str:
    """Return what a telephone is told in the place of a mail: the service's own short words for it.

    Without these: title, reference and link in one SMS.
    """
    said, reference = composed(row), str(row.payload["tokens"].get("reference", ""))
    if said.short:
        return own(said)
    title = " ".join(said.subject.replace(f"({reference})", "").replace(reference, "").split()).strip(" :-–")
    return shortened(Composed("", title, f"{reference} {said.link}"), SMS, always=True)


def own(said: Composed) -> str:
    """Return the short words of a service, with the link, in two parts of an SMS at most."""
    brief = Composed("", said.short, said.link)
    return shortened(brief, TWO_PARTS, always=said.link not in said.short)


def shortened(said: Composed, most: int, *, always: bool = False) -> str:
    """Return the words on one line of `most` characters, without their end if need be, with the link.

    With `always` the link follows short words as well.
    """
    words = " ".join(said.body.split())
    if not always and len(words) <= most:
        return words
    if always and len(words) + len(said.link) < most:
        return f"{words} {said.link}"
    ending = f"… {said.link}" if always or said.link in words else "…"
    return words[: most - len(ending)].rstrip() + ending


def _titles(module: Module | None, payload: Mapping[str, Any]) -> dict[str, str]:
    """Return service and status in the language of the person, which may not be that of the case."""
    if module is None or "status" not in payload:
        return {}
    status, language = module.workflow.status(payload["status"]), payload["language"]
    return {
        "service": module.title.say(language),
        "status": (status.public_title or status.title).say(language),
    }


def named(module: Module, key: str) -> Message | None:
    """Return the message `key`: the platform's own, else one of the service."""
    return OWN.get(key) or module.message(key)


def absolute(region: Region, path: str) -> str:
    """Return the full address of `path` on the site of `region`."""
    port = f":{settings.RAKIT_BASE_PORT}" if settings.RAKIT_BASE_PORT else ""
    return f"{settings.RAKIT_BASE_SCHEME}://{region.host or 'localhost'}{port}{path}"
