"""A register that speaks plain JSON over HTTPS: facts are posted, the answer is read by pointers.

Entry of the settings: `address`, `credential` (sent as a bearer token), `echo` (parameters the answer
must repeat, or it is about somebody else), `take` (what is taken, and how it becomes canonical),
`nobody` (how an answer says that it knows nobody), `seconds` (at most 5), `networks`, `authority`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from ipaddress import ip_network

from runtime.outside.fetch import Limits, Reply, Unreachable, fetch
from runtime.registers.contract import MISSING, Answer, Config, Failed
from schemas.definition import Json

SECONDS = 5.0
LONGEST = 500
DEEPEST = 20
USUAL_WAIT = timedelta(minutes=1)


class JsonRegister:
    """Asks by POST, so that facts about people stay out of addresses and the logs they end up in."""

    def __init__(self, config: Config) -> None:
        self.config = config

    def ask(self, by: Mapping[str, Json]) -> Answer:
        """Return what the register knows; see `runtime.registers.contract`."""
        reply = self._reply(by)
        if reply.status in {204, 404}:
            return MISSING
        if reply.status == 429:
            raise Failed("429", _wait(reply))
        if reply.status != 200:
            raise Failed(str(reply.status))
        found = _read(reply.body)
        nobody = self.config.get("nobody")
        if nobody and _text(_at(found, nobody["at"])) in nobody["is"]:
            return MISSING
        self._must_be_about(by, found)
        taken = {name: taken_from(found, how) for name, how in self.config.get("take", {}).items()}
        return Answer("found", {name: value for name, value in taken.items() if value is not None})

    def _reply(self, by: Mapping[str, Json]) -> Reply:
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "Rakit"}
        if self.config.get("credential"):
            headers["Authorization"] = f"Bearer {self.config['credential']}"
        limits = Limits(
            seconds=min(float(self.config.get("seconds", SECONDS)), SECONDS),
            networks=tuple(ip_network(net) for net in self.config.get("networks", ())),
            authority=str(self.config.get("authority", "")),
        )
        body = json.dumps(dict(by), ensure_ascii=False).encode()
        try:
            return fetch(self.config["address"], method="POST", body=body, headers=headers, limits=limits)
        except Unreachable as error:
            raise Failed(error.code) from None

    def _must_be_about(self, by: Mapping[str, Json], found: Json) -> None:
        """Refuse an answer about somebody else, or one that does not say whom it is about."""
        repeated = {name: how for name, how in self.config.get("echo", {}).items() if name in by}
        said = {name: taken_from(found, how) for name, how in repeated.items()}
        if not said or any(_same(value) != _same(by[name]) for name, value in said.items()):
            raise Failed("person")


def taken_from(found: Json, how: Json) -> Json:
    """Return one value of an answer in canonical form, None when it is absent or unusable.

    `how` is a JSON Pointer, or `{"at": pointer, "words": {theirs: ours}, "date": "%d-%m-%Y"}`.
    """
    rule: Mapping[str, Json] = {"at": how} if isinstance(how, str) else how
    value = _at(found, rule["at"])
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        value = value if not {"words", "date"} & set(rule) else str(value)
    if not isinstance(value, str):
        return value if isinstance(value, int) else None
    text = _text(value)
    if "words" in rule:
        return {_same(theirs): ours for theirs, ours in rule["words"].items()}.get(_same(text))
    if "date" in rule and text:
        try:
            return datetime.strptime(text, rule["date"]).date().isoformat()  # noqa: DTZ007 - a day, no moment
        except ValueError:
            return None
    return text or None


def _read(body: bytes) -> Json:
    """Return the JSON of an answer; refuse everything that is not an object of a sane depth."""
    try:
        found = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Failed("garbage") from None
    if not isinstance(found, dict) or not _shallow(found, DEEPEST):
        raise Failed("garbage")
    return found


def _shallow(value: Json, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return levels > 0 and all(_shallow(one, levels - 1) for one in inner)


def _at(value: Json, pointer: str) -> Json:
    """Return what a JSON Pointer leads to, None when it leads nowhere."""
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict):
            value = value.get(name)
        elif isinstance(value, list) and re.fullmatch(r"0|[1-9]\d{0,3}", name) and int(name) < len(value):
            value = value[int(name)]
        else:
            return None
    return value


def _text(value: Json) -> str:
    """Return a text with its spaces in order and without control characters, bounded in length."""
    plain = unicodedata.normalize("NFC", "" if value is None else str(value))
    seen = "".join(mark if unicodedata.category(mark)[0] != "C" else " " for mark in plain)
    return " ".join(seen.split())[:LONGEST]


def _same(value: Json) -> str:
    return _text(value).casefold()


def _wait(reply: Reply) -> timedelta:
    """Return how long the register wants to be left alone."""
    said = reply.headers.get("retry-after", "")
    return timedelta(seconds=int(said)) if re.fullmatch(r"\d{1,6}", said) else USUAL_WAIT
