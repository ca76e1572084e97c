"""Gapless numbers of a register: one counter row per office and period, raised where they are needed.

A transaction that fails gives its number back; the row lock of the counter makes others wait.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from runtime.cases.models import Case, RegisterCounter, RegisterEntry
from runtime.effects import tokens
from runtime.regions import calendar
from runtime.regions.models import Region
from schemas.definition import Register

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def take(*, case: Case, register: Register, now: datetime, letter: str = "") -> str:
    """Return the next number of `register` as text, for `case` or its `letter`, and enter it in the book.

    Holds the counter's row lock until commit.
    """
    region, office = case.region, case.office or case.region
    holder = office if register.scope == "office" else region
    local_now = calendar.local(now, region)
    period = f"{local_now.year}" if register.reset == "year" else ""
    module = "" if register.shared else case.version.key
    counter, n = _next(region.pk, holder.pk, module, register.key, period)
    number = written(register, n, holder, local_now)
    RegisterEntry.objects.create(
        region=region, counter_id=counter, n=n, number=number, at=now, case=case, letter=letter
    )
    return number


def written(register: Register, number: int, office: Region, local_now: datetime) -> str:
    """Return `number` in the pattern of `register`; tokens are replaced, nothing is evaluated."""
    values = {
        "number": f"{number:0{register.digits}d}",
        "year": f"{local_now.year}",
        "month": f"{local_now.month:02d}",
        "month_roman": _ROMAN[local_now.month - 1],
        "office": office.short_code or office.key.upper(),
    }
    return tokens.fill(register.pattern, values)


def _next(region: int, office: int, module: str, register: str, period: str) -> tuple[int, int]:
    """Raise the counter by one statement that both databases execute atomically; return it and the number."""
    table = connection.ops.quote_name(RegisterCounter._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (region_id, office_id, module, register, period, last) "  # noqa: S608 - name of a table
            "VALUES (%s, %s, %s, %s, %s, 1) "
            "ON CONFLICT (region_id, office_id, module, register, period) "
            f"DO UPDATE SET last = {table}.last + 1 RETURNING id, last",
            [region, office, module, register, period],
        )
        counter, last = cursor.fetchone()
    return int(counter), int(last)
