"""The writer of datasets: a reading becomes an edition, an edition comes into use, an unused one goes."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from runtime.datasets import selectors
from runtime.datasets.models import Dataset, Edition, Row, Upload
from runtime.datasets.reading import Reading
from runtime.datasets.searching import folded
from runtime.regions import scope
from runtime.regions.models import Region, User

BATCH = 5000
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_EDITION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}", re.ASCII)


class Refused(Exception):
    """Nothing was stored; `sentence` says why and what to do, `name` which part of the form is meant."""

    def __init__(self, sentence: str, name: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.name = name


@transaction.atomic
def import_edition(
    *,
    region: Region,
    key: str,
    title: dict[str, str],
    edition: str,
    reading: Reading,
    by: User | None,
    now: datetime,
) -> Edition:
    """Store a reading without findings as a new edition of the dataset `key`, which is added if need be.

    Raises `Refused` when the reading has findings or a name is not sound; nothing is stored then.
    """
    if reading.findings:
        raise Refused(_("The file has mistakes. Put them right and upload it again."), "file")
    _judge_names(region, key, edition)
    dataset, _new = Dataset.objects.get_or_create(
        region=region, key=key, defaults={"title": title or {"id": key}}
    )
    last = dataset.editions.order_by("-number").first()
    made: Edition = Edition.objects.create(
        region=region,
        dataset=dataset,
        number=last.number + 1 if last else 1,
        name=edition,
        columns=[list(pair) for pair in reading.types.items()],
        count=len(reading.entries),
        digest=reading.digest,
        imported_at=now,
        imported_by=by,
    )
    _store(made, reading)
    return made


def _store(edition: Edition, reading: Reading) -> None:
    """Store the rows of a reading in their order, some thousand at a time."""
    rows = (
        Row(
            region=edition.region,
            edition=edition,
            position=position,
            value=entry.value,
            label=dict(entry.label),
            cells=dict(entry.cells),
            search=folded(" ".join([*entry.label.values(), entry.value])),
        )
        for position, entry in enumerate(reading.entries, 1)
    )
    Row.objects.bulk_create(rows, batch_size=BATCH)


def _judge_names(region: Region, key: str, edition: str) -> None:
    if not _KEY.fullmatch(key):
        words = _("“%(key)s” cannot be the key of a dataset: take small letters, digits and _, at most 40.")
        raise Refused(words % {"key": key}, "key")
    if not _EDITION.fullmatch(edition):
        words = _("“%(name)s” cannot name an edition: take letters, digits and . _ -, for example 2026.")
        raise Refused(words % {"name": edition}, "edition")
    taken = selectors.edition(region, key, edition)
    if taken is not None:
        words = _("There is an edition “%(name)s” of this dataset already (%(region)s). Choose another name.")
        raise Refused(words % {"name": edition, "region": taken.region.name}, "edition")


@transaction.atomic
def delete_edition(*, region: Region, edition: Edition) -> None:
    """Delete an edition of `region` that no service ever used; its dataset goes with the last one."""
    row: Edition = Edition.objects.select_for_update().get(region=region, pk=edition.pk)
    if row.used_at is not None:
        raise Refused(_("This edition is used by a service that was published, so it stays for good."))
    dataset = row.dataset
    row.delete()
    if not dataset.editions.exists():
        dataset.delete()


def use(*, region: Region, key: str, edition: str, now: datetime) -> bool:
    """Note that a service of `region` uses an edition it can see; say whether there is one."""
    found = selectors.edition(region, key, edition)
    if found is None:
        return False
    with scope.use(found.region):
        Edition.objects.filter(pk=found.pk, used_at=None).update(used_at=now)
    return True


@transaction.atomic
def keep_upload(
    *,
    region: Region,
    user: User,
    dataset: Dataset | None,
    title: str,
    edition: str,
    filename: str,
    content: bytes,
    now: datetime,
) -> Upload:
    """Keep a file to look through; it takes the place of the one this person looked through before."""
    Upload.objects.filter(region=region, user=user).delete()
    made: Upload = Upload.objects.create(
        region=region,
        user=user,
        dataset=dataset,
        title=title,
        edition=edition,
        filename=filename[-200:],
        content=content,
        created_at=now,
    )
    return made


def free_key(region: Region, title: str) -> str:
    """Return a key made of `title` that no dataset visible in `region` has."""
    base = re.sub(r"^[^a-z]+", "", slugify(title).replace("-", "_"))[:36].strip("_") or "data"
    taken = {dataset.key for dataset in selectors.datasets(region)}
    numbered = (f"{base}_{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (base, *numbered) if key not in taken)
