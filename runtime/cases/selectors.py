"""Reading cases. Each function takes the region, a case, or the user who asks; there is no list of all."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from runtime.cases import (
    counter,
    mentioning,
    proof,
    reference,
    searching,
    talking,
)
from runtime.cases.asked import (
    applicant_actions,
    attending,
    available_actions,
    candidates,
    may_comment,
    may_edit,
    officer,
    snapshot,
    task_choices,
    would,
)
from runtime.cases.chain import FORGOTTEN as ANONYMISED
from runtime.cases.history import Coming, Entry, PublicView, actor_title, public_view, timeline
from runtime.cases.models import (
    Attachment,
    Case,
    CaseEvent,
    Correction,
    Mention,
    Move,
    Stated,
    Task,
    Verification,
)
from runtime.cases.searching import LOOKED, Kinds, Sought, readable, sought
from runtime.cases.tasklists import Held, TaskList, counts, of_unit, own, posts_of, told, work
from runtime.modules import selectors as modules
from runtime.modules.models import ModuleVersion
from runtime.regions import scope
from runtime.regions import selectors as regions
from runtime.regions.models import Region, User
from runtime.workflow import rights

__all__ = [
    "LOOKED",
    "Attachment",
    "Case",
    "CaseEvent",
    "Coming",
    "Correction",
    "Entry",
    "Kinds",
    "PublicView",
    "Sought",
    "Stated",
    "Task",
    "TaskList",
    "Verification",
    "actor_title",
    "applicant_actions",
    "attachment",
    "attending",
    "available_actions",
    "candidates",
    "case_by_reference",
    "case_for_officer",
    "case_of_draft",
    "cases_of_applicant",
    "compared",
    "counts",
    "draft_upload",
    "event",
    "is_anonymised",
    "last_step",
    "matches_proof",
    "may_comment",
    "may_edit",
    "normalised",
    "of_unit",
    "officer",
    "open_by_status",
    "open_by_version",
    "open_correction",
    "open_on",
    "openable",
    "own",
    "posts_of",
    "public_view",
    "readable",
    "rows_given",
    "rows_of_words",
    "running_of_applicant",
    "shows",
    "snapshot",
    "sought",
    "sought_by_posts",
    "stated",
    "task_choices",
    "timeline",
    "told",
    "verifications",
    "words",
    "work",
    "would",
]

matches_proof = proof.matches
shows = talking.shows
stated = counter.of_case
normalised = reference.normalise
words = searching.words
rows_of_words = searching.rows
rows_given = searching.given_rows
sought_by_posts = searching.of_posts


def case_by_reference(region: Region, reference: str) -> Case | None:
    """Return the case of `region` with that reference, however it was typed."""
    known = normalised(reference)
    return of_region(region).filter(reference=known).first() if known else None


def event(case: Case, n: int) -> CaseEvent | None:
    """Return the event `n` of the case."""
    found: CaseEvent | None = CaseEvent.objects.filter(case=case, n=n).first()
    return found


def last_step(case: Case, action: str) -> CaseEvent | None:
    """Return the last time an officer took the action, if any did."""
    steps = CaseEvent.objects.filter(case=case, action=action, by=CaseEvent.By.PERSON)
    found: CaseEvent | None = steps.order_by("-n").first()
    return found


def is_anonymised(case: Case) -> bool:
    """Tell whether what is personal was removed from the case."""
    found: bool = CaseEvent.objects.filter(case=case, action=ANONYMISED).exists()
    return found


def status_of(case_id: int) -> tuple[str, ...]:
    """Return where a case of the region in scope stands, then how versions it was moved from call that."""
    names: list[str] = [Case.objects.values_list("status", flat=True).get(pk=case_id)]
    moves = Move.objects.filter(case=case_id, undone__isnull=True).order_by("-n")
    for rules in moves.values_list("rules", flat=True):
        names += [old for old, new in rules["statuses"].items() if new in names]
    return tuple(names)


def open_on(version: ModuleVersion) -> QuerySet[Case]:
    """Return the cases that run under `version`."""
    return of_region(version.region).filter(version=version, closed_at__isnull=True)


def open_by_version(region: Region) -> dict[int, int]:
    """Return how many cases of `region` run under each version."""
    found = Case.objects.filter(region=region, closed_at__isnull=True).order_by()
    return dict(found.values_list("version").annotate(Count("pk")))


def open_by_status(version: ModuleVersion) -> dict[str, int]:
    """Return how many cases under `version` stand in each status that is no end."""
    return dict(open_on(version).order_by().values_list("status").annotate(Count("pk")))


def references(region: Region, ids: Collection[int]) -> dict[int, str]:
    """Return the references of cases of `region` by their ids."""
    return dict(of_region(region).filter(pk__in=ids).values_list("pk", "reference"))


def case_of_draft(region: Region, submit_key: str) -> Case | None:
    """Return the case that was filed under `submit_key`, if it has been."""
    return of_region(region).filter(submit_key=submit_key).first()


def cases_of_applicant(region: Region, user: User) -> QuerySet[Case]:
    """Return what `user` filed in `region` while logged in, newest first."""
    return of_region(region).filter(applicant=user)


def case_for_officer(region: Region, user: User, reference: str) -> Case | None:
    """Return the case if `user` may act for a desk post that was ever given a task of it, or needs none."""
    case, held = case_by_reference(region, reference), regions.at_desk(region, user)
    posts = posts_of(held)
    if case is None or posts is None:
        return None
    given = Task.objects.filter(posts, case=case).exists()
    return case if given or untasked(case, held) else None


def openable(region: Region, among: QuerySet[Any] | Collection[int], *, held: Held) -> list[Case]:
    """Return those cases with an id `among` these that the posts `held` open, without their answers.

    As in `case_for_officer`: a task of it was once given to one of the posts, or it needs none to act.
    """
    posts = posts_of(held)
    if posts is None:
        return []
    given = Exists(Task.objects.filter(posts, case=OuterRef("pk")).order_by())
    found = _whole(scope.chosen(Case, region, among)).annotate(given=given)
    found = found.defer("answers", "officer_answers", "version__document")
    return [case for case in found if getattr(case, "given", False) or untasked(case, held)]


def mentions(region: Region, user: User, *, held: Held, most: int) -> list[Mention]:
    """Return the latest mentions of `user` that wait, in cases that the posts `held` open; at most `most`."""
    posts = posts_of(held)
    if posts is None:
        return []
    given = Exists(Task.objects.filter(posts, case=OuterRef("case")).order_by())
    found = mentioning.unseen(region, user).annotate(given=given)
    found = found.select_related("case__version", "case__office", "case__region")
    found = found.defer("case__answers", "case__officer_answers", "case__version__document")
    return [one for one in found[:most] if getattr(one, "given", False) or untasked(one.case, held)]


def untasked(case: Case, held: Held) -> list[regions.Capacity]:
    """Return those of the posts that may act where the case stands, though nobody has a task there."""
    roles = rights.untasked(modules.definition(case.version).workflow, case.status)
    mine = [one for one in held if one.post[0] in roles and one.covers(case.version.key)]
    offices = {office.pk for office in (case.office or case.region).ancestors()} if mine else set()
    return [one for one in mine if one.post[1] in offices]


def verifications(case: Case) -> dict[str, Verification]:
    """Return what registers say about the answers of the case, by question."""
    return {row.field: row for row in Verification.objects.filter(case=case)}


def running_of_applicant(user: User) -> list[Case]:
    """Return what `user` filed anywhere while logged in and what has not ended."""
    with scope.everywhere("a person may have applied in several regions"):
        found = Case.objects.filter(applicant=user, closed_at__isnull=True)
        return list(found.select_related("region", "version"))


def compared(region: Region, among: Collection[int]) -> QuerySet[Verification]:
    """Return what registers have said about answers of these cases."""
    found: QuerySet[Verification] = Verification.objects.filter(region=region, case__in=among)
    return found.exclude(state=Verification.State.PENDING).order_by("pk")


def open_correction(case: Case) -> Correction | None:
    """Return the correction that waits for the applicant."""
    found: Correction | None = Correction.objects.filter(
        case=case, answered_at__isnull=True, withdrawn_at__isnull=True
    ).first()
    return found


def attachment(case: Case, pk: str) -> Attachment | None:
    """Return a file of this very case; who may see the case has been decided before."""
    found: Attachment | None = Attachment.objects.filter(case=case, pk=pk).first()
    return found


def draft_upload(region: Region, draft_token: str, pk: str) -> Attachment | None:
    """Return a file of a draft that no case has claimed."""
    found: Attachment | None = Attachment.objects.filter(
        region=region, case__isnull=True, draft_token=draft_token, pk=pk
    ).first()
    return found if draft_token else None


def of_region(region: Region) -> QuerySet[Case]:
    return _whole(Case.objects.filter(region=region))


def _whole(found: QuerySet[Case]) -> QuerySet[Case]:
    return found.select_related("region", "office", "version", "applicant", "filed_by")
