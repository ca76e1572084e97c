"""The mail with an officer's news: a line and a link for each case that they may still see, nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from runtime.cases import mentioning
from runtime.cases import selectors as cases
from runtime.cases.selectors import Case
from runtime.effects import composing, posting
from runtime.effects import telling as effects
from runtime.effects.contract import Needless
from runtime.effects.models import EffectRun
from runtime.modules import selectors as modules
from runtime.notices import masks, selectors
from runtime.notices.selectors import News
from runtime.regions import selectors as regions
from runtime.regions.models import Region, User
from runtime.regions.selectors import Capacity

MOST = 30  # lines; whoever has more has the desk


@dataclass(frozen=True, slots=True)
class Line:
    """One case in the mail and what is new of it."""

    case: Case
    what: tuple[str, ...]


def send(row: EffectRun, now: datetime) -> None:
    """Send the news of `row`, unless nothing is left of them or the officer is gone."""
    user = User.objects.filter(pk=row.payload["user"], is_active=True).first()
    held = regions.at_desk(row.region, user, on=now) if user else ()
    if user is None or not held:
        raise Needless("the officer has left", reason="told.left")
    wish = effects.wish(row)
    effects.not_in_quiet_hours(wish, now)
    language = (wish and wish.language) or settings.LANGUAGE_CODE
    with translation.override(language):
        found = lines(row, user, held)
        if not found:
            raise Needless("nothing of it is left", reason="told.nothing")
        if not user.email:
            raise Needless("there is no address", reason="told.address")
        subject, body = words(row.region, found, language)
    posting.send(posting.mail(row, to=posting.checked(user.email), subject=subject, body=body), now)
    row.payload = row.payload | {"language": language}
    effects.noted(row, via="mail", masked=masks.mail(user.email))


def lines(row: EffectRun, user: User, held: tuple[Capacity, ...]) -> list[Line]:
    """Return what is still new: tasks that still wait for the officer, mentions they have not seen."""
    news = list(selectors.of_mail(row.region, user.pk, row.dedupe))
    waiting = _waiting(row.region, user, held, news)
    left = [one for one in news if one.task_id is None or one.task_id in waiting]
    unseen = set(mentioning.unseen(row.region, user).values_list("case_id", flat=True))
    left = [one for one in left if one.kind != News.Kind.MENTION or one.case_id in unseen]
    opened = cases.openable(row.region, [one.case_id for one in left], held=held)
    by_case: dict[int, dict[str, None]] = {}
    for one in left:
        by_case.setdefault(one.case_id, {})[str(News.Kind(one.kind).label)] = None
    found = {case.pk: case for case in opened}
    return [Line(found[pk], tuple(what)) for pk, what in by_case.items() if pk in found]


def words(region: Region, found: Sequence[Line], language: str) -> tuple[str, str]:
    """Return subject and body."""
    subject = ngettext(
        "%(count)s application waits for you · %(region)s",
        "%(count)s applications wait for you · %(region)s",
        len(found),
    )
    told = [_told(region, line, language) for line in found[:MOST]]
    if len(found) > MOST:
        more = ngettext(
            "%(count)s more stands at your desk: %(link)s",
            "%(count)s more stand at your desk: %(link)s",
            len(found) - MOST,
        )
        link = composing.absolute(region, reverse("inbox:work"))
        told.append(more % {"count": len(found) - MOST, "link": link})
    ending = _("How and when you are told: %(link)s") % {
        "link": composing.absolute(region, reverse("inbox:notices"))
    }
    return subject % {"count": len(found), "region": region.name}, "\n\n".join([*told, ending]) + "\n"


def _told(region: Region, line: Line, language: str) -> str:
    service = modules.definition(line.case.version).title.say(language)
    link = composing.absolute(region, reverse("inbox:case", args=[line.case.reference]))
    return f"{', '.join(line.what)}: {service} ({line.case.reference})\n{link}"


def _waiting(region: Region, user: User, held: tuple[Capacity, ...], news: Sequence[News]) -> set[int]:
    asked = [one.task_id for one in news if one.task_id is not None]
    mine = cases.own(region, user, held=held).every.filter(pk__in=asked)
    return set(mine.values_list("pk", flat=True))
