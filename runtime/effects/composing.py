"""The words of a message of a module: filled in for one case, in one language."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from runtime.effects import tokens
from runtime.effects.contract import Hopeless
from runtime.effects.models import EffectRun
from runtime.modules import selectors as modules
from runtime.regions.models import Region


@dataclass(frozen=True, slots=True)
class Composed:
    """A message as it will be read."""

    subject: str
    body: str
    link: str


def composed(row: EffectRun) -> Composed:
    """Return the message of `row`, from the version its case is pinned to."""
    payload = row.payload
    version = modules.version(row.region, payload["version"])
    message = modules.definition(version).message(payload["message"]) if version else None
    if message is None:
        raise Hopeless(f"no message {payload.get('message')!r}")
    link, language = absolute(row.region, payload["path"]), payload["language"]
    values = {**payload["tokens"], "link": link}
    return Composed(
        tokens.fill(message.subject.say(language), values),
        tokens.fill(message.body.say(language), values),
        link,
    )


def absolute(region: Region, path: str) -> str:
    """Return the full address of `path` on the site of `region`."""
    port = f":{settings.RAKIT_BASE_PORT}" if settings.RAKIT_BASE_PORT else ""
    return f"{settings.RAKIT_BASE_SCHEME}://{region.host or 'localhost'}{port}{path}"
