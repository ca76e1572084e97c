"""`manage.py move_cases plan|move|undo`: running cases to a newer version of their service, and back."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from runtime.modules import selectors as modules
from runtime.modules.models import ModuleVersion
from runtime.moves import described, selectors, services, working
from runtime.moves.models import Batch, Item
from runtime.moves.sentences import KINDS
from runtime.regions import scope
from runtime.regions.models import Region, User
from runtime.workflow.moving.values import Rules, loss_name


class Command(BaseCommand):
    """Plan a move, move cases of a plan, bring them back. Only `move` and `undo` change cases."""

    help = "Plans the move of open cases to another version of their service, moves them, moves them back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        plan = verbs.add_parser("plan", help="say what would become of each open case; changes none")
        plan.add_argument("--module", required=True, help="key of the service")
        plan.add_argument(
            "--from", dest="old", type=int, required=True, help="number of the version they have"
        )
        plan.add_argument("--to", dest="new", type=int, required=True, help="number of the version to go to")
        plan.add_argument("--rules", type=Path, help="JSON file: statuses, questions, answers")
        move = verbs.add_parser("move", help="move cases of a plan: those that are safe, or those named")
        move.add_argument("--limit", type=int, help="so many at most")
        move.add_argument("--loss", action="append", default=[], help="name of a loss that is agreed to")
        undo = verbs.add_parser("undo", help="bring moved cases back: all of the plan, or those named")
        for verb in (move, undo):
            verb.add_argument("batch", help="name of the plan")
            verb.add_argument("--case", action="append", default=[], help="reference of one case; repeatable")
        for verb in (plan, move, undo):
            verb.add_argument("--region", required=True, help="key of the region")
            verb.add_argument("--by", default="", help="user name of the administrator who wants it")
            verb.add_argument("--language", choices=("id", "en"), default="id")

    def handle(self, *args: Any, **options: Any) -> None:
        region = Region.objects.filter(key=options["region"]).first()
        if region is None:
            raise CommandError(_("There is no region “%(key)s”.") % {"key": options["region"]})
        with scope.use(region), translation.override(options["language"]):
            try:
                getattr(self, f"do_{options['verb']}")(region, _user(options["by"]), options)
            except services.NotAllowed:
                raise CommandError(_("Only administrators of the region move cases.")) from None
            except services.Busy:
                raise CommandError(_("This plan is being worked on. Wait until it is finished.")) from None

    def do_plan(self, region: Region, by: User | None, options: dict[str, Any]) -> None:
        old, new = (_version(region, options["module"], options[name]) for name in ("old", "new"))
        if old == new:
            raise CommandError(_("The cases are on this version already. Name another one."))
        now = timezone.now()
        try:
            batch = services.begin(
                region=region, old=old, new=new, rules=_rules(options["rules"]), by=by, now=now
            )
        except services.Unsound as unsound:
            for fault, key in unsound.faults:
                self.stderr.write(f"{fault}: {key}")
            raise CommandError(_("The rules do not fit the two versions. Nothing was planned.")) from None
        working.finish(batch, now)
        self._say(batch)

    def do_move(self, region: Region, by: User | None, options: dict[str, Any]) -> None:
        batch, now = _batch(region, options["batch"]), timezone.now()
        chosen = _items(batch, options["case"])
        services.choose(batch, by=by, items=chosen, limit=options["limit"], losses=options["loss"])
        working.finish(batch, now)
        self._say(batch)

    def do_undo(self, region: Region, by: User | None, options: dict[str, Any]) -> None:
        batch, now = _batch(region, options["batch"]), timezone.now()
        services.undo(batch, by=by, items=_items(batch, options["case"]))
        working.finish(batch, now)
        self._say(batch)

    def _say(self, batch: Batch) -> None:
        """Print each case with what becomes of it, then the counts and the name of the plan."""
        told = selectors.words_of(batch, timezone.now())
        for item in selectors.items(batch).iterator(chunk_size=500):
            kind = KINDS[item.kind] if item.state == Item.State.PLANNED else Item.State(item.state).label
            self.stdout.write(f"{item.case.reference}\t{kind}")
            losses = [f"{told.loss(*one)} [{loss_name(*one)}]" for one in item.plan["losses"]]
            said = [*told.hindrances(item.plan), *told.needs(item.plan), *losses, *told.changes(item.plan)]
            for line in [*filter(None, [told.left(item.why)]), *said]:
                self.stdout.write(f"\t{line}")
        found = selectors.tally(batch)
        for kind, count in found.kinds.items():
            self.stdout.write(f"{KINDS[kind]}: {count}")
        self.stdout.write(f"{Item.State.MOVED.label}: {found.moved}")
        self.stdout.write(_("Plan: %(key)s") % {"key": batch.key})


def _user(name: str) -> User | None:
    if not name:
        return None
    found = User.objects.filter(username=name).first()
    if found is None:
        raise CommandError(_("There is no user “%(name)s”.") % {"name": name})
    return found


def _version(region: Region, key: str, number: int) -> ModuleVersion:
    found = modules.numbered(region, key, number)
    if found is None:
        named = {"region": region.name, "key": key, "number": number}
        raise CommandError(_("%(region)s has no version %(number)s of the service “%(key)s”.") % named)
    return found


def _batch(region: Region, key: str) -> Batch:
    found = selectors.batch(region, key)
    if found is None:
        raise CommandError(_("There is no plan “%(key)s” in this region.") % {"key": key})
    return found


def _items(batch: Batch, references: list[str]) -> list[int] | None:
    """Return the ids of the cases that were named, None when none was."""
    if not references:
        return None
    known = dict(selectors.items(batch).values_list("case__reference", "pk"))
    missing = [reference for reference in references if reference not in known]
    if missing:
        raise CommandError(_("This plan has no case %(reference)s.") % {"reference": missing[0]})
    return [known[reference] for reference in references]


def _rules(path: Path | None) -> Rules:
    if path is None:
        return Rules()
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise CommandError(_("The file %(path)s cannot be read as JSON.") % {"path": path}) from None
    return described.rules_from_json(told)
