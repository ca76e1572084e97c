"""T17, T36: no text becomes a header or a template, and no mail goes out unencrypted where it should not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.mail import EmailMessage

from runtime.effects import composing, services, tokens
from runtime.effects.handlers import mail as handler
from runtime.effects.handlers import message as telephone
from runtime.effects.models import EffectRun
from runtime.regions.models import Region
from schemas import parse
from tests import factories
from tests.hostile.payloads import PAYLOADS
from tests.runtime import permit
from tests.runtime.conftest import Village
from tests.runtime.letters.payloads import TYPST
from tests.runtime.postoffice import Post

NEWLINES = (
    "\n",
    "\r",
    "\r\n",
    "\r\n\r\n",
    "\n\t",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x85",
    "\u2028",
    "\u2029",
)
SMUGGLED = "Bcc: korban@contoh.id"
TEMPLATES = (
    *TYPST,
    *(words for words in PAYLOADS if words.isprintable()),
    "{{ 7*7 }}",
    "{% debug %}",
    "{% include '/etc/passwd' %}",
    "{{ request.user.password }}",
    "{reference.__class__.__mro__}",
    "{0}",
    "{!r}",
    "{:>999999999}",
    "%(reference)s",
    "${reference}",
    "#{7*7}",
    "{{''.__class__.__mro__[1].__subclasses__()}}",
)
"""What a template language, `format` or a typesetter would make something of."""


def only(row: type[EffectRun] = EffectRun, **which: str) -> EffectRun:
    found: EffectRun = row.objects.get(**which)
    return found


def sent(post: Post) -> Any:
    (mail,) = post.taken
    return mail


class TestHeaders:
    """T36: what authors, administrators and applicants write stands inside the line it belongs to."""

    @pytest.mark.parametrize("line", NEWLINES, ids=ascii)
    def test_T36_take_no_second_line_from_a_title_a_region_or_a_subject(
        self, desk: Village, post: Post, line: str
    ) -> None:
        words = f"Izin{line}{SMUGGLED}"
        document = permit.document(key="lain", title={"id": words})
        document["messages"][0]["subject"] = {"id": f"{{service}} {line} {SMUGGLED}"}
        Region.objects.filter(pk=desk.region.pk).update(name=words[:90])
        try:
            desk.version = factories.installed(desk.region, json.dumps(document)).version
        except parse.InvalidDocument:  # the service is refused, so nothing is sent either
            return
        desk.submit()
        services.run_due(now=desk.now)
        mail = sent(post)
        assert mail["To"] == "siti@contoh.id"
        assert mail["Bcc"] is None
        assert not [name for name in mail if name.lower() not in HEADERS]
        assert len(mail.get_all("Subject")) == 1
        assert SMUGGLED in " ".join(mail["Subject"].split())

    @pytest.mark.parametrize("line", NEWLINES, ids=ascii)
    @pytest.mark.parametrize("address", ["siti@contoh.id{line}{more}", "{more}{line}siti@contoh.id"])
    def test_T36_take_no_second_address_from_an_applicant(
        self, desk: Village, post: Post, line: str, address: str
    ) -> None:
        desk.submit()
        row = only()
        row.payload["to"] = address.format(line=line, more=SMUGGLED)
        row.save()
        services.run_due(now=desk.now)
        row.refresh_from_db()
        assert (row.state, row.reason) == (EffectRun.State.FAILED, "mailbox")
        assert post.taken == []
        assert "korban" not in row.last_error

    @pytest.mark.parametrize("line", ["\n", "\r\n"], ids=ascii)
    def test_T36_take_no_second_line_from_the_name_of_the_sender(
        self, desk: Village, post: Post, settings: Any, line: str
    ) -> None:
        settings.DEFAULT_FROM_EMAIL = f"Rakit{line}{SMUGGLED} <rakit@contoh.id>"
        desk.submit()
        services.run_due(now=desk.now)
        assert post.taken == []
        assert only().state == EffectRun.State.NEW


HEADERS = {
    *("content-type", "content-transfer-encoding", "mime-version", "subject", "from", "to", "date"),
    *("message-id", "auto-submitted"),
}


class TestEncryption:
    def test_T36_that_the_server_does_not_offer_is_an_error_and_nothing_is_said_in_the_clear(
        self, desk: Village, post: Post, settings: Any
    ) -> None:
        settings.EMAIL_USE_TLS = True
        desk.submit()
        services.run_due(now=desk.now)
        row = only()
        assert (row.state, row.reason, row.attempts) == (EffectRun.State.NEW, "mail", 0)
        assert post.taken == []
        assert not [line for line in post.heard if line.upper().startswith(("MAIL", "RCPT", "DATA", "AUTH"))]


class TestTemplates:
    """T17: whatever an author writes comes out as it was written."""

    def test_T17_are_said_literally_in_mails_and_short_messages(self, desk: Village) -> None:
        assert len(TEMPLATES) >= 100
        filled = {"reference": "{link}", "service": "{status}", "status": "s", "link": "l", "office": "o"}
        for words in TEMPLATES:
            known = {f"{{{name}}}" for name in filled}
            assert tokens.fill(words, filled) == words or any(one in words for one in known), words

    def test_T17_in_a_title_are_said_literally_in_subject_and_body(self, desk: Village) -> None:
        for number, words in enumerate(TEMPLATES[-20:], start=2):
            document = permit.document(title={"id": words})
            document["messages"][0] |= {"subject": {"id": "{service}"}, "body": {"id": "{service} {link}"}}
            document["workflow"]["filed"] += [{"message": "received", "to": "applicant", "via": "sms"}]
            document["pages"][0]["fields"].append({"key": "hp", "type": "phone", "label": {"id": "HP"}})
            document["applicant"]["phone"] = "hp"
            desk.version = factories.installed(desk.region, json.dumps(document), number).version
            given = permit.answers(village=desk.office.key, hp="+6281234567890", name=words)
            desk.submit(answers=given)
            rows = EffectRun.objects.order_by("-pk")
            said = composing.composed(rows.filter(type="mail")[0])
            assert said.subject == words
            assert said.body.startswith(f"{words} http")
            assert telephone.text(rows.filter(type="message")[0]).startswith(" ".join(words.split()))
            mail: EmailMessage = handler.compose(rows.filter(type="mail")[0], "a@b.id")
            assert mail.subject == " ".join(words.split())


class TestVersions:
    """F16: who changes the text of a message changes it for what is filed from then on."""

    def test_F16_say_what_the_version_of_the_case_says(self, desk: Village, post: Post) -> None:
        reference = desk.submit().reference
        document = permit.document()
        for message in document["messages"]:
            message["subject"] = {"id": f"Baru {message['key']}"}
        newer = factories.installed(desk.region, json.dumps(document), 2).version
        desk.forward(reference)
        desk.submit(version=newer)
        services.run_due(now=desk.now)
        told = sorted(str(one["Subject"]) for one in post.taken)
        assert told == ["Baru received", f"received: {reference}", f"to_sign: {reference}"]
