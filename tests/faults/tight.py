"""F7, F8: somebody else holds a lock for too long, or the disk is full."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from django.db import DatabaseError, connection, connections, transaction

from runtime.cases.models import Case
from runtime.regions import scope
from runtime.wizard.models import Draft
from tests.faults import count, forked, world
from tests.faults.citizen import Browser, Page, to_review
from tests.faults.crowd import photo
from tests.faults.table import Row
from tests.faults.world import World, sign, status

HONEST = 3.0  # seconds until somebody is told that nothing was saved
LONG, SHORT = 6.0, 0.8
MOST_RESERVES = 2000  # applications
DISK = 300  # megabytes of the small disk
PICTURE = 400_000


def lock_wait(here: World) -> Iterator[Row]:
    """F7: a lock that others wait for is held for a moment, and for too long."""
    cases = here.to_sign(4, "F7")
    short_case, long_case, *_ = cases.values()
    officer, browser = here.browser(here.person("head")), here.browser()
    review = to_review(browser, "F7 filed")
    token = review.path.split("/")[2]
    told, wrong = dict(cases), []
    with _held(here, SHORT, short_case, token):
        page = sign(officer, short_case)
    if not world.done(page):
        wrong.append(f"a short wait was answered with {page.status}")
    asked = world.asked(officer, long_case)
    with _held(here, LONG, long_case, token):
        acted = officer.post(asked, asked.path, comment="")
        filed = browser.post(review, review.path, agree="on")
        before = status(long_case)
    for what, answer in (("signature", acted), ("submit", filed)):
        if answer.status != 503 or "Retry-After" not in answer.headers:
            wrong.append(f"the {what} was answered with {answer.status}")
    if before != ("sign", 2):
        wrong.append(f"the case was at {before} though nothing was to be saved")
    again = officer.post(asked, asked.path, comment="")
    wrong += [] if world.done(again) else [f"the same signature sent again: {again.status}"]
    told["F7 filed"] = browser.post(review, review.path, agree="on").reference
    slowest = max(acted.seconds, filed.seconds)
    yield here.judged(
        "F7",
        f"a lock held for {SHORT:g} s, then for {LONG:g} s, under a signature and a submit; both sent again",
        told=told,
        among="F7",
        signed=[short_case, long_case],
        gap=slowest,
        most=HONEST,
        wrong=wrong,
        notes=["gap: until the page says that nothing was saved"],
    )


@contextmanager
def _held(here: World, seconds: float, reference: str, token: str) -> Iterator[None]:
    """Hold, in another process, the locks that acting on a case and filing a draft need."""

    def hold() -> None:
        with scope.use(count.city()), transaction.atomic():
            if connection.vendor == "postgresql":
                Case.objects.select_for_update().get(reference=reference)
                Draft.objects.select_for_update().get(token=token)
            (here.stack.folder / "held").touch()
            time.sleep(seconds)

    (here.stack.folder / "held").unlink(missing_ok=True)
    holder = forked.Forked(hold)
    world.until((here.stack.folder / "held").exists, 30)
    try:
        yield
    finally:
        holder.result()


def disk_full(here: World) -> Iterator[Row]:
    """F8: the disk with database and files fills up, and is given room again."""
    cases = here.to_sign(3, "F8")
    officer = here.browser(here.person("head"))
    small = world.folder_beside(here.stack, "small")
    try:
        command = ["mount", "-t", "tmpfs", "-o", f"size={DISK}m,mode=755", "tmpfs", str(small)]
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        yield Row("F8", "disk full", left_out="needs the right to mount a small disk", database=here.database)
        return
    try:
        with _on_small_disk(here, small):
            told, signed, wrong, notes = _fill_up(here, small, cases, officer)
    finally:
        subprocess.run(["umount", "-l", str(small)], check=False)
    yield here.judged(
        "F8",
        "the disk with database and files full: submit, signature, upload; then room again, all sent again",
        told=told,
        among="F8",
        signed=signed,
        wrong=wrong,
        notes=notes,
    )


def _fill_up(
    here: World, small: Path, cases: dict[str, str], officer: Browser
) -> tuple[dict[str, str], list[str], list[str], list[str]]:
    browser, other = here.browser(), here.browser()
    review, wrong = to_review(browser, "F8 filed"), []
    page = other.get(to_review(other, "F8 other").path.replace("/review/", "/more/"))
    reference = next(iter(cases.values()))
    asked = world.asked(officer, reference)

    def attempts() -> dict[str, Page]:
        return {
            "submit": browser.post(review, review.path, agree="on"),
            "signature": officer.post(asked, asked.path, comment=""),
            "upload": _upload(other, page),
        }

    _use_up(small)
    cases |= _use_up_reserves(here)
    full = attempts()
    reading = {
        "service page": other.get("/services/izin/"),
        "case page": officer.get(f"/desk/cases/{reference}/"),
    }
    (small / "filler").unlink()
    if here.postgres is not None:
        here.postgres.wait()
    after = attempts()
    honest = {what: page.status == 503 or _done(what, page) for what, page in full.items()}
    wrong += [f"full: {what} answered {full[what].status}" for what in full if not honest[what]]
    refused = {what for what, page in full.items() if page.status == 503}
    wrong += [] if refused & {"submit", "signature"} else ["the disk was not full"]
    wrong += [f"full: {what} answered {page.status}" for what, page in reading.items() if page.status != 200]
    wrong += [
        f"room again: {what} answered {page.status}" for what, page in after.items() if not _done(what, page)
    ]
    notes = ["full: " + ", ".join(f"{what} {page.status}" for what, page in (full | reading).items())]
    return cases | {"F8 filed": after["submit"].reference}, [reference], wrong, notes


def _done(what: str, page: Page) -> bool:
    """Tell whether the page says that it was done; what little a full disk still holds may be."""
    if what == "submit":
        return bool(page.reference)
    return world.done(page) if what == "signature" else page.status == 200 and page.step == "review"


def _upload(browser: Browser, page: Page) -> Page:
    """Send a picture with a page of the application."""
    return browser.send_file(page, page.path, "paper", photo(PICTURE), detail="Uji coba")


def _use_up(small: Path) -> None:
    """Leave no room on the disk."""
    with (small / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        for size in (1 << 20, 1 << 12, 1):
            with suppress(OSError):
                while filler.write(b"\0" * size):
                    pass


def _use_up_reserves(here: World) -> dict[str, str]:
    """File into the room that PostgreSQL still has in its files, until it is refused; return what it took."""
    told: dict[str, str] = {}
    with suppress(DatabaseError):
        while here.postgres is not None and len(told) < MOST_RESERVES:
            told |= count.fill(1, "F8 reserve")
    connections.close_all()
    return told


@contextmanager
def _on_small_disk(here: World, small: Path) -> Iterator[None]:
    """Let the site live on the small disk for a while."""
    home, stack = here.stack.folder, here.stack
    stack.stop()
    if here.postgres is not None:
        room = small / "table-space"
        room.mkdir()
        here.postgres.lend(room)
        here.postgres.ask(f"CREATE TABLESPACE small LOCATION '{room}'").close()
        _move(here, "small")
    shutil.copytree(home, small / "site", ignore=shutil.ignore_patterns("*.log", "mail", "held"))
    (small / "site" / "mail").mkdir()
    _without_reserves(small / "site" / "rakit.sqlite3")
    stack.folder = small / "site"
    try:
        stack.start()
        yield
    finally:
        stack.stop()
        (small / "filler").unlink(missing_ok=True)
        stack.folder = home
        for file in home.glob("rakit.sqlite3*"):  # a log of before would be laid over what is now
            file.unlink()
        shutil.copytree(small / "site", home, dirs_exist_ok=True)
        if here.postgres is not None:
            _move(here, "pg_default")
            here.postgres.ask("DROP TABLESPACE small").close()
        stack.start()


def _without_reserves(database: Path) -> None:
    """Take from a SQLite database the room that it keeps for later, or a full disk would not be felt."""
    if database.exists():
        with closing(sqlite3.connect(database)) as opened:
            opened.execute("VACUUM")
            opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _move(here: World, where: str) -> None:
    """Move the database, which nobody may be using, into a table space."""
    assert here.postgres is not None
    name = here.stack._database
    connection.close()
    gone = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    here.postgres.ask(gone, f'ALTER DATABASE "{name}" SET TABLESPACE {where}').close()
