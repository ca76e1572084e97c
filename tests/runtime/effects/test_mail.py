"""The mail effect: plain tokens, a stable identity, nothing personal, no header tricks."""

from __future__ import annotations

import smtplib
from typing import Any

import pytest
from django.core import mail

from runtime.effects import composing, services, tokens
from runtime.effects.handlers import mail as handler
from runtime.effects.models import EffectRun
from runtime.regions.models import User
from tests import factories
from tests.runtime import permit
from tests.runtime.conftest import Village

State = EffectRun.State


class TestMail:
    def test_says_reference_status_and_an_absolute_link(self, desk: Village, settings: Any) -> None:
        settings.RAKIT_BASE_SCHEME, settings.RAKIT_BASE_PORT = "https", ""
        reference = desk.submit().reference
        services.run_due(now=desk.now)
        (sent,) = mail.outbox
        assert sent.to == ["siti@contoh.id"]
        assert sent.subject == f"received: {reference}"
        assert sent.body == f"Diperiksa  https://tangerang.localhost/track/{reference}/"

    def test_names_the_port_where_there_is_one(self, desk: Village, settings: Any) -> None:
        settings.RAKIT_BASE_SCHEME, settings.RAKIT_BASE_PORT = "http", "8123"
        assert composing.absolute(desk.region, "/x/") == "http://tangerang.localhost:8123/x/"

    def test_leads_officers_to_their_desk(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.forward(reference)
        services.run_due(now=desk.now)
        assert mail.outbox[1].to == [desk.head.email]
        assert f"/desk/cases/{reference}/" in str(mail.outbox[1].body)

    def test_keeps_its_message_id_on_every_attempt(self, desk: Village) -> None:
        desk.submit()
        row = EffectRun.objects.get()
        first, again = handler.compose(row, "a@b.id"), handler.compose(row, "a@b.id")
        identity = first.extra_headers["Message-ID"]
        assert identity == again.extra_headers["Message-ID"]
        desk.submit()
        assert len({handler.message_id(each) for each in EffectRun.objects.all()}) == 2

    def test_forgets_the_address_once_the_mail_is_sent(self, desk: Village) -> None:
        desk.submit()
        services.run_due(now=desk.now)
        row = EffectRun.objects.get()
        assert row.state == State.DONE
        assert "siti@contoh.id" not in str(row.payload)

    def test_T35_leaves_no_address_behind_when_the_server_repeats_it(
        self, desk: Village, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def refuse(_self: mail.EmailMessage, **_given: Any) -> int:
            said = b"5.1.1 <siti@contoh.id>: call +62 812-3456-7890"
            raise smtplib.SMTPRecipientsRefused({"siti@contoh.id": (550, said)})

        monkeypatch.setattr(mail.EmailMessage, "send", refuse)
        desk.submit()
        services.run_due(now=desk.now)
        row = EffectRun.objects.get()
        assert (row.reason, "550" in row.last_error) == ("mailbox", True)
        for place in (caplog.text, row.last_error):
            assert "siti" not in place
            assert "3456" not in place

    def test_writes_to_nobody_who_gave_no_address(self, desk: Village) -> None:
        desk.submit(answers=permit.answers(email=None))
        assert not EffectRun.objects.exists()

    def test_T8_skips_an_officer_who_has_left_meanwhile(self, desk: Village) -> None:
        desk.forward(desk.submit().reference)
        User.objects.filter(pk=desk.head.pk).update(is_active=False)
        services.run_due(now=desk.now)
        assert len(mail.outbox) == 1

    def test_T36_cannot_be_given_another_header(self, desk: Village) -> None:
        messages = permit.document()["messages"]
        messages[0]["subject"] = {"id": "{service}"}
        title = {"id": "Izin\r\nBcc: victim@contoh.id"}
        text = permit.as_text(key="lain", title=title, messages=messages)
        desk.submit(version=factories.installed(desk.region, text).version)
        row = EffectRun.objects.get()
        composed = handler.compose(row, "a@b.id")
        assert composed.message()["Bcc"] is None
        assert "\n" not in composed.subject

    def test_T36_parks_an_address_that_cannot_be_written_to(self, desk: Village) -> None:
        desk.submit()
        row = EffectRun.objects.get()
        row.payload["to"] = "siti@contoh.id\nBcc: victim@contoh.id"
        row.save()
        services.run_due(now=desk.now)
        row.refresh_from_db()
        assert row.state == State.FAILED
        assert not mail.outbox
        assert "victim" not in row.last_error


class TestTokens:
    @pytest.mark.parametrize(
        ("text", "filled"),
        [
            ("{reference}", "R"),
            ("{unknown} {0} {reference.__class__}", "{unknown} {0} {reference.__class__}"),
            ("{note}", "{reference}"),
            ("%s {{ reference }} {% now %}", "%s {{ reference }} {% now %}"),
        ],
    )
    def test_T17_are_replaced_once_and_never_evaluated(self, text: str, filled: str) -> None:
        assert tokens.fill(text, {"reference": "R", "note": "{reference}"}) == filled
