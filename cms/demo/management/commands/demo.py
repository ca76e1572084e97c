"""`manage.py demo` loads the demonstration and prints its addresses and accounts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.test.utils import override_settings
from django.utils import timezone
from django.utils.translation import override

from cms.demo import cases, rows
from cms.demo.people import INSTALLER, OUTSIDER, PASSWORD, PEOPLE, Person
from cms.demo.places import NATION, TENANTS
from runtime.effects import services as effects


class Command(BaseCommand):
    """Load what a first look needs. Repeating it adds nothing."""

    help = "Load the demonstration: two regions with people, services and cases."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, print, and keep what was printed for the next start."""
        if not settings.RAKIT_DEMO:
            raise CommandError("The demonstration has public passwords and is refused with these settings.")
        now = timezone.now()
        with override("id"), transaction.atomic():
            rows.write(now)
            cases.write(now)
        _send_old_mail(now)
        table = _table()
        (Path(settings.VAR_DIR) / "demo.txt").write_text(table, encoding="utf-8")
        if options["verbosity"]:
            self.stdout.write(table.replace("{port}", settings.RAKIT_BASE_PORT or "8000"))


def _send_old_mail(now: datetime) -> None:
    """Take the mails of made-up cases as sent, so that they do not fill the terminal at the start."""
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        while effects.run_due(now=now, limit=50):
            pass


def _table() -> str:
    """Return the addresses and accounts as text; the port is filled in by whoever starts the site."""
    lines = ["", "Alamat peragaan (demonstration addresses)", ""]
    for tenant in (NATION, *TENANTS):
        lines.append(f"  {tenant.name:<18} http://{tenant.host}:{{port}}/")
    lines += [
        "",
        "  Petugas bekerja di /desk/ (officers), perancang di /admin/ (designers), pada alamat daerahnya.",
        "",
        f"Akun peragaan, semua dengan kata sandi: {PASSWORD}   (only for demonstration)",
    ]
    for tenant in TENANTS:
        lines += ["", f"  {tenant.name}"]
        lines += [_line(person) for person in PEOPLE[tenant.key]]
    lines += ["", "  Lainnya", _line(OUTSIDER), _line(INSTALLER), ""]
    return "\n".join(lines)


def _line(person: Person) -> str:
    return f"    {person.username:<22} {person.name:<22} {person.does}"
