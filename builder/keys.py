"""Names for machines, proposed once from words for people. Nobody types a key."""

from __future__ import annotations

from django.utils.text import slugify

from builder.models import Module
from runtime.regions.models import Region

LONGEST = 40


def module_key(title: str) -> str:
    """Return a key in the form `[a-z][a-z0-9-]*` that resembles `title`."""
    key = slugify(title).replace("_", "-").strip("-")
    if not key[:1].isalpha():
        key = f"layanan-{key}".rstrip("-")
    return key[:LONGEST].rstrip("-")


def free_module_key(region: Region, title: str) -> str:
    """Return the first such key that no module of `region` has."""
    wanted = module_key(title)
    taken = set(Module.objects.filter(region=region).values_list("key", flat=True))
    key, number = wanted, 1
    while key in taken:
        number += 1
        ending = f"-{number}"
        key = wanted[: LONGEST - len(ending)].rstrip("-") + ending
    return key
