"""How long a citizen waits for the copy of an account with 100 applications, beside the printing alone."""

from __future__ import annotations

import io
import tempfile
import time
from zipfile import ZipFile

from django.test import override_settings
from django.utils import timezone

from runtime.account import copying
from runtime.cases import selectors as cases
from runtime.regions import scope
from runtime.tracking import owned, paper
from tests import factories
from tests.bench import budget, manyletters, timing
from tests.bench.world import Scene
from tests.runtime import lettered

CASES = 100
SERVICE = "izin-salinan"
LONGEST = 60
"""Seconds: what a gateway in front of the site commonly waits, and what a person does."""


def report(scene: Scene) -> None:
    """Print seconds: the PDF pages alone, the whole archive, and until its first piece leaves."""
    with tempfile.TemporaryDirectory() as files, override_settings(MEDIA_ROOT=files), scope.use(scene.region):
        person = factories.person("warga-salinan")
        desk = manyletters.desk_of(scene, key=SERVICE)
        for _ in range(CASES):
            lettered.sign(desk, applicant=person)
        manyletters.work_off(desk.now)
        now = timezone.now()
        own = cases.cases_of_applicant(scene.region, person)
        alone = timing.seconds(lambda: [paper.pdf(owned.owned(case, "id", now), now) for case in own])
        began = time.perf_counter()
        parts = copying.archive(scene.region, person, language="id", now=now)
        made = [next(parts)]
        first = time.perf_counter() - began
        made += parts
        whole = time.perf_counter() - began
    with ZipFile(io.BytesIO(b"".join(made))) as archive:
        papers = sum(name.endswith(copying.PAPER) for name in archive.namelist())
        letters = sum("/letters/" in name for name in archive.namelist())
    if (papers, letters) != (CASES, CASES):
        raise SystemExit(f"The copy holds {papers} pages and {letters} letters, not {CASES} of each.")
    size = sum(map(len, made)) / 2**20
    print(
        f"\nThe copy of an account with {CASES} applications and their letters: {size:.1f} MiB, wall seconds"
    )
    print(f"{'printing alone (floor)':26}{alone:8.1f}   1.00 × the floor")
    met = budget.at_most(whole, LONGEST, " s")
    print(f"{'the archive':26}{whole:8.1f}   {whole / alone:.2f} × the floor   {met}")
    print(f"{'its first piece':26}{first:8.2f}")
