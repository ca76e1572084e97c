"""Which way of signing a region has: the one its administrators chose, or that of the settings.

`RAKIT_SIGNING` counts for regions whose administrators have chosen none; what it says of the network of a
signing service counts always, for that is the operator's to say.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from django.conf import settings

from runtime.letters.adapters.contract import Adapter, Config
from runtime.letters.models import SigningWay
from runtime.outside import sealing
from runtime.regions.models import Region

PLAIN = "plain"
NAMED = frozenset({"networks", "authority"})
ELECTRONIC = frozenset({"pdf", "bsre"})
"""Ways that put a signature into the file, which a program for PDF can verify by itself."""


def name(region: Region) -> str:
    """Return the way `region` has chosen for its letters."""
    return str(_config(region).get("adapter", PLAIN))


def adapter(region: Region, name: str) -> Adapter:
    """Return the way called `name` as `region` has set it up."""
    made: Adapter = import_module(f"runtime.letters.adapters.{name}").adapter(_config(region))
    return made


def _config(region: Region) -> Config:
    known: Mapping[str, Config] = settings.RAKIT_SIGNING
    given = known.get(region.key, {})
    chosen = SigningWay.objects.filter(region=region).first()
    return given if chosen is None else _opened(chosen) | {name: given[name] for name in NAMED & given.keys()}


def _opened(chosen: SigningWay) -> dict[str, Any]:
    """Return what was chosen as adapters read it; a secret that cannot be opened any more is left out."""
    try:
        secret = json.loads(sealing.unseal(chosen.sealed)) if chosen.sealed else {}
    except sealing.Unreadable:
        secret = {}
    return {
        "adapter": chosen.way,
        "address": chosen.address,
        "user": chosen.user,
        "version": chosen.version,
        "password": secret.get("password", ""),
        "pkcs12": base64.b64decode(secret.get("file", "")),
    }
