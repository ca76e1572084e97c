"""`manage.py region add|list|member`: the first region, its offices, and who holds which role."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.http.request import validate_host
from django.utils.translation import gettext as _

from runtime.regions import scope, selectors, services
from runtime.regions.models import Region, Role, User
from runtime.regions.refused import Refused


class Command(BaseCommand):
    """Add a region or an office, list them, give and take roles."""

    help = "Add regions and offices, list them, and give people roles in them."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("add", help="add a region with a site (--host) or an office (--parent)")
        add.add_argument("key", help="small letters, digits and hyphens, for example tangerang")
        add.add_argument("--name", required=True, help='for example "Kota Tangerang"')
        add.add_argument("--kind", required=True, help=", ".join(Region.Kind.values))
        add.add_argument("--host", default="", help="the site's host name, without https:// and port")
        add.add_argument("--parent", default="", help="key of the region or office above it")
        add.add_argument("--code", default="", help="official code, for example 36.71")
        add.add_argument("--letters", default="", help="in front of reference numbers, for example TNG")
        add.add_argument("--timezone", default="", help="Asia/Jakarta, Asia/Makassar or Asia/Jayapura")
        verbs.add_parser("list", help="list the tree of regions and offices")
        member = verbs.add_parser("member", help="give a person a role in an office, or take it away")
        member.add_argument("username", help="user name or e-mail address")
        member.add_argument("role", help="key of the role, for example administrator")
        member.add_argument("--office", required=True, help="key of the office, or of the region itself")
        member.add_argument("--title", default="", help='what a new role is called, "Petugas loket"')
        member.add_argument("--remove", action="store_true", help="take the role away")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"do_{options['verb']}")(options)
        except Refused as refused:
            raise CommandError(f"{refused.sentence} {_('Nothing was changed.')}") from None

    def do_add(self, options: dict[str, Any]) -> None:
        names = ("key", "name", "kind", "host", "code", "letters", "timezone")
        parent = _region(options["parent"]) if options["parent"] else None
        region = services.add_region(parent=parent, **{name: options[name] for name in names})
        if region.tenant:
            words = _("%(name)s is now an office of %(region)s.")
            self.stdout.write(words % {"name": region.name, "region": region.tenant.name})
            return
        self.stdout.write(_("%(name)s was added.") % {"name": region.name})
        if region.host and not validate_host(region.host, settings.ALLOWED_HOSTS):
            words = _("Add %(host)s to RAKIT_HOSTS, or its site will not answer.")
            self.stdout.write(words % {"host": region.host})
        if region.host:
            words = _("Next: manage.py region member USERNAME administrator --office %(key)s")
            self.stdout.write(words % {"key": region.key})

    def do_list(self, options: dict[str, Any]) -> None:
        below: dict[int | None, list[Region]] = {}
        for region in Region.objects.select_related("tenant"):
            below.setdefault(region.parent_id, []).append(region)
        waiting = [(region, 0) for region in reversed(below.get(None, []))]
        if not waiting:
            self.stdout.write(_("There is no region yet. Add one with manage.py region add."))
        while waiting:
            region, depth = waiting.pop()
            facts = [region.kind, region.host or "", region.short_code, region.code]
            told = "\t".join(["  " * depth + region.key, region.name, *filter(None, facts)])
            self.stdout.write(told)
            waiting += [(child, depth + 1) for child in reversed(below.get(region.pk, []))]

    def do_member(self, options: dict[str, Any]) -> None:
        office = _region(options["office"])
        region = office.tenant or office
        if not region.host:
            words = _("%(name)s has no site. Give a region with a site or one of its offices.")
            raise Refused("no_site", words % {"name": office.name})
        user = _user(options["username"])
        with scope.use(region), transaction.atomic():
            if options["remove"]:
                words = _take(region, office, user, options["role"])
            else:
                role = _role(region, options["role"], options["title"].strip())
                services.give_post(region=region, office=office, user=user, role=role, by=None)
                words = _("%(user)s now holds the role “%(role)s” in %(office)s.")
        self.stdout.write(words % {"user": user, "role": options["role"], "office": office.name})


def _take(region: Region, office: Region, user: User, key: str) -> str:
    """Take the post away; return the sentence that says so."""
    held = selectors.all_posts(region).filter(office=office, user=user, role__key=key).first()
    if held is None:
        words = _("%(user)s does not hold the role “%(role)s” in %(office)s.")
        raise Refused("not_held", words % {"user": user, "role": key, "office": office.name})
    services.take_post(region=region, post=held, by=None)
    return _("%(user)s no longer holds the role “%(role)s” in %(office)s.")


def _region(key: str) -> Region:
    found = Region.objects.select_related("tenant").filter(key=key).first()
    if found is None:
        raise Refused("unknown_region", _("There is no region or office “%(key)s”.") % {"key": key})
    return found


def _user(name: str) -> User:
    """Return the person with this user name, else the only one with this e-mail address."""
    found = list(User.objects.filter(username=name)) or list(User.objects.filter(email__iexact=name)[:2])
    if len(found) != 1 or not name:
        words = _("Several accounts have the address “%(name)s”. Give the user name.")
        if not found or not name:
            words = _("There is no account “%(name)s”. People sign up on the site themselves.")
        raise Refused("unknown_user", words % {"name": name})
    return found[0]


def _role(region: Region, key: str, title: str) -> Role:
    """Return the role; a new one needs a title."""
    known = selectors.roles(region)
    role = known.filter(key=key).first()
    if role is not None:
        if title and title not in role.title.values():
            words = _("The role “%(key)s” exists and is called “%(title)s”. Leave --title out.")
            raise Refused("titled", words % {"key": key, "title": role})
        return role
    if not title:
        words = _("There is no role “%(key)s” in %(region)s. Its roles: %(roles)s. A new one needs --title.")
        keys = ", ".join(known.values_list("key", flat=True))
        raise Refused("unknown_role", words % {"key": key, "region": region.name, "roles": keys})
    return services.add_role(region=region, key=key, title={"id": title})
