"""Random services that may be published: desks, panels, waiting rooms, corrections, clocks, ways back."""

from __future__ import annotations

import json
from functools import cache
from random import Random
from typing import Any

from runtime.workflow.proof import prove
from schemas import parse
from tests.machine.world import MORNING

Document = dict[str, Any]
ROLES = ("petugas", "kepala", "panitia")
MOST_STATES = 3_000
TRIES = 60


def said(words: str) -> dict[str, str]:
    return {"id": words, "en": words}


def span(random: Random, most: int, *units: str) -> dict[str, Any]:
    units = units or ("working_days", "working_hours", "days")
    return {"amount": random.randint(1, most), "unit": random.choice(units)}


def is_(key: str, value: str) -> dict[str, Any]:
    return {"==": [{"var": key}, value]}


class Maker:
    """Makes one workflow, a stage after the other; each leads on to the next."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.statuses: list[Document] = []
        self.actions: list[Document] = []
        self.count = random.randint(1, 4)
        self.first = "s0"

    def maybe(self, share: float) -> bool:
        return self.random.random() < share

    def role(self) -> str:
        return self.random.choice(ROLES)

    def status(self, key: str, kind: str, **more: Any) -> Document:
        made = {"key": key, "title": said(f"Status {key}"), "kind": kind, **more}
        self.statuses.append(made)
        return made

    def action(self, key: str, from_: list[str], to: str | None, who: Any, **more: Any) -> Document:
        made = {"key": key, "title": said(f"Tindakan {key}"), "from": from_, "who": who, **more}
        if to is not None:
            made["to"] = to
        if "effects" not in made and (effects := self.effects(to)):
            made["effects"] = effects
        self.actions.append(made)
        return made

    def effects(self, to: str | None) -> list[Document]:
        """Return notices: to the applicant or to a role, at once or later, and perhaps not any more then."""
        found: list[Document] = []
        for _ in range(self.random.choice((0, 0, 1, 1, 2))):
            one: Document = {"mail": "kabar", "to": self.random.choice(("applicant", {"role": self.role()}))}
            if self.maybe(0.3):
                one["after"] = span(self.random, 3)
            if "after" in one and to and self.maybe(0.5):
                one["while"] = [to]
            found.append(one)
        return found

    def stage(self, at: int) -> None:
        key, after = f"s{at}", f"s{at + 1}" if at + 1 < self.count else "terbit"
        kind = self.random.choice(("desk", "desk", "panel", "panel", "room", "fork"))
        if at == 0 and kind == "room":
            kind = "desk"
        getattr(self, f"_{kind}")(key, after, at)

    def _desk(self, key: str, after: str, at: int) -> None:
        """A status in which one role works, or two, with ways on, back, aside and out."""
        role = self.role()
        who = {"role": role}
        made = self.status(key, "work")
        ask = {"page": "telaah"} if role == "petugas" and self.maybe(0.4) else {}
        if self.maybe(0.3):
            self.action(f"maju_{key}", [key], after, who, when=is_("jenis", "a"), **self._asked(ask))
            other = {"!=": [{"var": "jenis"}, "a"]}
            self.action(f"lanjut_{key}", [key], after, {"role": self.role()}, when=other)
        else:
            self.action(f"maju_{key}", [key], after, who, **self._asked(ask), **self._number(after))
        if self.maybe(0.6):
            self.action(f"tolak_{key}", [key], "ditolak", who, ask={"comment": "required"}, tone="refuse")
        if at and self.maybe(0.4):
            back = f"s{self.random.randrange(at)}"
            self.action(f"kembali_{key}", [key], back, who, ask={"comment": "required"}, tone="return")
        if self.maybe(0.4):
            asked = {"comment": "required", "corrections": True}
            self.action(f"perbaiki_{key}", [key], "perbaikan", who, ask=asked, tone="return")
        self._clocks(key, made)

    def _asked(self, ask: Document) -> Document:
        return {"ask": ask} if ask else {}

    def _number(self, after: str) -> Document:
        return {"changes": [{"number": "keluar"}]} if after == "terbit" and self.maybe(0.7) else {}

    def _panel(self, key: str, after: str, at: int) -> None:
        """A status in which several people decide, perhaps with somebody after them."""
        abstain, seats = self.maybe(0.4), self.random.randint(1, 3)
        rule = self._vote(f"suara_{key}", seats, abstain)
        tasks, complete = [rule], []
        if self.maybe(0.4):
            veto = self._vote(f"veto_{key}", 1, False) | {"after": [rule["key"]]}
            if self.maybe(0.5):
                veto["when"] = is_("jenis", "a")
            tasks.append(veto)
            complete.append({"if": "any_against", "of": [veto["key"]], "do": f"gugur_{key}"})
            complete.append({"if": "all_decided", "do": f"jadi_{key}"})
        else:
            complete += self._rules(key, seats)
        made = self.status(key, "work", tasks=tasks, complete=complete)
        self.action(f"jadi_{key}", [key], after, "system")
        self.action(f"gugur_{key}", [key], "ditolak", "system")
        self._clocks(key, made)

    def _vote(self, key: str, seats: int, abstain: bool) -> Document:
        outcomes = [
            {"key": "setuju", "title": said("Setuju"), "counts": "for"},
            {"key": "tolak", "title": said("Tolak"), "counts": "against", "comment": "required"},
            *([{"key": "abstain", "title": said("Abstain"), "counts": "abstain"}] if abstain else []),
        ]
        rule = {"key": key, "title": said(key), "role": self.role(), "outcomes": outcomes, "seats": seats}
        if self.maybe(0.3):
            rule["due"] = span(self.random, 3)
        if self.maybe(0.3):
            rule["assign"] = self.random.choice(("least_loaded", "previous"))
        return rule

    def _rules(self, key: str, seats: int) -> list[Document]:
        on, off = f"jadi_{key}", f"gugur_{key}"
        needed = self.random.randint(1, seats)
        return self.random.choice(
            (
                [{"if": "any_against", "do": off}, {"if": "all_decided", "do": on}],
                [{"if": {"for": needed}, "do": on}, {"if": {"unreachable": needed}, "do": off}],
                [{"if": "all_for", "do": on}, {"if": "all_decided", "do": off}],
            )
        )

    def _room(self, key: str, after: str, at: int) -> None:
        """A status that only time leaves."""
        self.status(key, "wait")
        law = {"legal_basis": said("UU 30/2014 Pasal 53")} if after == "terbit" else {}
        self.action(f"lepas_{key}", [key], after, "system", after=span(self.random, 6), **law)

    def _fork(self, key: str, after: str, at: int) -> None:
        """A status that the system leaves at once, by one way or another."""
        self.status(key, "wait")
        self.action(f"cabang_{key}", [key], after, "system", when=is_("jenis", "a"))
        self.action(f"ranting_{key}", [key], "terbit", "system", when={"!=": [{"var": "jenis"}, "a"]})

    def _clocks(self, key: str, made: Document) -> None:
        """Rungs of a status: said before it is due, handed up after it, given up at the end."""
        if self.maybe(0.7):
            made["due"] = {"amount": self.random.randint(2, 4), "unit": "working_days"}
            day = {"amount": 1, "unit": "working_days"}
            if self.maybe(0.5):
                self.action(f"ingat_{key}", [key], None, "system", of="due", before=day)
            if self.maybe(0.5):
                up = [{"escalate": True}]
                self.action(f"naik_{key}", [key], None, "system", of="due", after=day, changes=up)
            if self.maybe(0.3):
                more, asked = [{"extend": span(self.random, 3, "working_days")}], {"comment": "required"}
                self.action(f"ulur_{key}", [key], None, {"role": self.role()}, changes=more, ask=asked)
        if self.maybe(0.3):
            long = {"amount": self.random.randint(20, 40), "unit": "days"}
            self.action(f"lewat_{key}", [key], "kedaluwarsa", "system", after=long)

    def workflow(self) -> Document:
        for at in range(self.count):
            self.stage(at)
        works = [one["key"] for one in self.statuses if one["kind"] == "work"]
        corrected = any(action.get("to") == "perbaikan" for action in self.actions)
        if corrected:
            self.status("perbaikan", "applicant")
            self.action("kirim", ["perbaikan"], "s0", "applicant", ask={"answers": True})
            self.action("telat", ["perbaikan"], "kedaluwarsa", "system", after=span(self.random, 14, "days"))
        if works and self.maybe(0.7):
            self.action("tarik", [*works, *(["perbaikan"] if corrected else [])], "batal", "applicant")
        for key, outcome in (("ditolak", "refused"), ("batal", "withdrawn"), ("kedaluwarsa", "expired")):
            if any(action.get("to") == key for action in self.actions):
                self.status(key, "final", outcome=outcome)
        self.status("terbit", "final", outcome="granted")
        if any(one["key"] == "ditolak" for one in self.statuses) and self.maybe(0.4):
            law = {"legal_basis": said("UU 30/2014 Pasal 75")}
            self.action("buka", ["ditolak"], "s0", {"role": "kepala"}, ask={"comment": "required"}, **law)
        made: Document = {"start": "s0", "statuses": self.statuses, "actions": self.actions}
        return made | self._around()

    def _around(self) -> Document:
        """Return what holds for the whole of it: offices, roles, the promise, who may not do both."""
        local = self.maybe(0.5)
        places = {role: "office" if local and role != "panitia" else "region" for role in ROLES}
        made: Document = {
            "roles": [{"key": key, "title": said(key), "where": where} for key, where in places.items()],
            "registers": [{"key": "keluar", "title": said("Keluar"), "pattern": "{number}/{year}"}],
        }
        if local:
            made["office"] = "kantor"
        extended = any(action["key"].startswith("ulur_") for action in self.actions)
        if extended or self.maybe(0.4):
            law = said("Perda 1/2026")
            made["deadline"] = {"within": {"amount": 25, "unit": "working_days"}, "legal_basis": law}
            works = [one["key"] for one in self.statuses if one["kind"] == "work"]
            if works:
                day = {"amount": 1, "unit": "working_days"}
                self.action("janji", works, None, "system", of="deadline", after=day)
        apart = [action["key"] for action in self.actions if action["key"].startswith("maju_")]
        apart += [task["key"] for status in self.statuses for task in status.get("tasks", ())]
        if len(apart) > 1 and self.maybe(0.4):
            made["separate"] = [self.random.sample(apart, 2)]
        if self.maybe(0.5):
            made["filed"] = [{"mail": "kabar", "to": "applicant"}]
        return made


def document(random: Random, key: str) -> Document:
    """Return a random service; it may still be refused."""
    options = [{"value": value, "label": said(value)} for value in "abc"]
    asked = [
        {"key": "nama", "type": "text", "label": said("Nama"), "required": True, "privacy": "personal"},
        {"key": "email", "type": "email", "label": said("Email"), "privacy": "personal"},
        {"key": "kantor", "type": "office", "label": said("Kantor"), "required": True, "kinds": ["village"]},
        {"key": "jenis", "type": "choice", "label": said("Jenis"), "required": True, "options": options},
        {"key": "jumlah", "type": "integer", "label": said("Jumlah"), "minimum": 0, "maximum": 9},
    ]
    found = {"key": "hasil", "type": "choice", "label": said("Hasil"), "required": True, "options": options}
    workflow = Maker(random).workflow()
    pages: list[Document] = [{"key": "isi", "title": said("Isi"), "fields": asked}]
    if any(action.get("ask", {}).get("page") for action in workflow["actions"]):
        pages.append({"key": "telaah", "title": said("Telaah"), "for": "petugas", "fields": [found]})
    return {
        "format": 1,
        "key": key,
        "languages": ["id", "en"],
        "title": said("Layanan acak"),
        "applicant": {"name": "nama", "email": "email"},
        "pages": pages,
        "messages": [{"key": "kabar", "subject": said("Kabar {reference}"), "body": said("{status} {link}")}],
        "privacy": {"notice": said("Untuk ini."), "legal_basis": said("Tugas."), "retention": 12},
        "workflow": workflow,
    }


@cache
def service(number: int) -> str:
    """Return the random service with this number: one that may be published, for the proof finds no fault."""
    random = Random(number)
    for _ in range(TRIES):
        made = document(random, f"acak-{number}")
        checked = parse.check_value(made)
        if checked.module is None:
            continue
        if not prove(checked.module, now=MORNING, most=MOST_STATES).faults:
            return json.dumps(made)
    raise AssertionError(f"none of {TRIES} services of number {number} may be published")
