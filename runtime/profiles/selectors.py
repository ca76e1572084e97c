"""Reading one's own profile, and the questions it answers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from runtime.profiles.models import Profile
from runtime.regions.models import Region, User
from schemas import parse
from schemas.definition import Json, Module
from schemas.fieldtypes.address import LONGEST


@cache
def definition() -> Module:
    """Return the questions of a profile: a module document like any other, never filed."""
    return parse.load(resources.files("runtime.profiles").joinpath("profile.json").read_bytes())


def facts(region: Region, user: User) -> dict[str, Json]:
    """Return what `user` keeps in `region`; nothing for somebody without a profile."""
    found = Profile.objects.filter(region=region, user=user).values_list("facts", flat=True)
    return dict(next(iter(found), {}))


def typed(facts: Mapping[str, Json]) -> dict[str, dict[str, str]]:
    """Return facts that were kept before they had parts, as text to go on with.

    An address was one text once. Nobody can tell its village from it, so the person is asked.
    """
    text = facts.get("address")
    return (
        {"address": {"street": ", ".join(text.splitlines())[: LONGEST["street"]]}}
        if isinstance(text, str)
        else {}
    )


def exists(region: Region, user: User) -> bool:
    """Say whether `user` keeps a profile in `region`."""
    return bool(Profile.objects.filter(region=region, user=user).exists())


def account_facts(user: User) -> dict[str, Json]:
    """Return what the account itself says, to begin a profile with."""
    name = f"{user.first_name} {user.last_name}".strip()
    return {key: value for key, value in {"name": name, "email": user.email}.items() if value}
