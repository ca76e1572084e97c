"""How long 500 letters take as one job, beside the same pages from the typesetter alone, in one process."""

from __future__ import annotations

import tempfile
import uuid
from datetime import datetime, timedelta

from django.test import override_settings
from django.utils import timezone

from runtime.effects import services as effects
from runtime.effects.models import EffectRun
from runtime.jobs import services as jobs
from runtime.jobs.models import Job
from runtime.letters import gathering, typesetting
from runtime.letters.many import reissue
from runtime.letters.models import IssuedLetter
from runtime.modules import services as modules
from runtime.regions import scope
from tests import factories
from tests.bench import timing
from tests.bench.world import Scene
from tests.runtime import lettered
from tests.runtime.conftest import Village

LETTERS = 500
SERVICE = "izin-sekaligus"


def report(scene: Scene) -> None:
    """Print seconds: the typesetter alone, issuing for the first time, issuing anew as a job."""
    with tempfile.TemporaryDirectory() as files, override_settings(MEDIA_ROOT=files), scope.use(scene.region):
        desk = desk_of(scene)
        for _ in range(LETTERS):
            lettered.sign(desk)
        first = timing.seconds(lambda: work_off(desk.now))
        alone = timing.seconds(_typeset)
        again = timing.seconds(lambda: _anew(desk))
    print(f"\n{LETTERS} letters, wall seconds in one process")
    for name, took in (
        ("typesetter alone (floor)", alone),
        ("first issue", first),
        ("anew, as a job", again),
    ):
        print(f"{name:26}{took:8.1f}{LETTERS / took:8.1f}/s   {took / alone:.2f} × the floor")


def desk_of(scene: Scene, *, key: str = SERVICE) -> Village:
    """Return an office whose service ends in a letter, with its clerk and its head."""
    now = timezone.now()
    installed = modules.install(region=scene.region, document=lettered.as_text(key=key), number=1, now=now)
    office = factories.office(scene.region)
    clerk = factories.staff("clerk", office, f"loket-{key}")
    head = factories.staff("head", office, f"lurah-{key}")
    return Village(scene.region, office, installed.version, clerk, head, now=now)


def _typeset() -> None:
    """Print each letter as its issuing does, and throw it away."""
    for row in IssuedLetter.objects.filter(version__key=SERVICE).select_related("region", "version", "case"):
        _module, letter = gathering.definition(row)
        typesetting.pdf(letter, gathering.facts(row))


def _anew(desk: Village) -> None:
    chief = factories.staff("administrator", desk.region, "pengelola-surat")
    wanted = reissue.Wanted(SERVICE, "izin", None, None, newest=False, reason="Kop keliru.")
    now = desk.now + timedelta(minutes=1)
    job = jobs.begin(
        region=desk.region, by=chief, key=uuid.uuid4(), kind=reissue.KIND, arguments=wanted.as_json(), now=now
    )
    while job.finished_at is None:
        now += timedelta(minutes=1)
        jobs.work(job, now=now, patience=3.0, hand_over=True)
        work_off(now + timedelta(seconds=30))
    assert (job.state, job.done) == (Job.State.DONE, LETTERS), "every letter was issued anew"


def work_off(now: datetime) -> None:
    """Do what waits in the outbox but for the mails, which are no part of what is measured."""
    EffectRun.objects.filter(type="mail", state="new").update(state="dropped")
    while effects.run_due(now=now, limit=100):
        EffectRun.objects.filter(type="mail", state="new").update(state="dropped")
