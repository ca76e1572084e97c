"""Several open tasks given to one person: which of the ticked ones may be, and who can have them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.translation import gettext as _

from runtime.batches import reasons
from runtime.batches.naming import fitting, named
from runtime.batches.services import Ticked
from runtime.cases import selectors as cases
from runtime.cases.selectors import Task
from runtime.inbox import access, handing, opentasks
from runtime.inbox.access import Officer
from runtime.inbox.rows import step_title
from runtime.modules import selectors as modules
from runtime.regions.models import User
from runtime.workflow.values import ActionRefused, Command


@dataclass(frozen=True, slots=True)
class Line:
    """One ticked task, and why it cannot be given away, if so. `ticked` goes into the form.

    `applicant` is "" for whoever gives the task away without being allowed to open its case.
    """

    ticked: str
    reference: str = ""
    applicant: str = ""
    step: str = ""
    refused: str = ""


@dataclass(slots=True)
class Giving:
    """All that the page shows; `people` attend to the posts of the tasks that can be given."""

    verb: str
    lines: tuple[Line, ...]
    people: tuple[User, ...]
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def possible(self) -> int:
        """How many tasks can be given."""
        return sum(not line.refused for line in self.lines)


def verb(officer: Officer) -> str:
    """Return in which way the officer gives tasks away: those of their posts, or any of others as well."""
    return "task:reassign" if officer.administers or officer.heads else "task:delegate"


def giving(officer: Officer, ticked: tuple[Ticked, ...], *, language: str, now: datetime) -> Giving:
    """Return what the page says of the ticked tasks."""
    wanted, lines, posts = verb(officer), [], {}
    for one in ticked:
        task, reason = named(officer.region, officer.user, wanted, "", one.task)
        line = _line(officer, one, task, reason, language, now)
        lines.append(line)
        if task is not None and not line.refused:
            posts[task.role, task.office_id] = task.office
    people = {
        user.pk: user
        for (role, _pk), office in posts.items()
        for user in opentasks.attending(officer.region, role, office, now)
    }
    return Giving(wanted, tuple(lines), tuple(sorted(people.values(), key=handing.name)))


def _line(
    officer: Officer, one: Ticked, task: Task | None, reason: str, language: str, now: datetime
) -> Line:
    line = Line(f"{one.task}.{one.seen}")
    if task is None:
        return replace(line, refused=reasons.sentence(reason, {}))
    case, module = task.case, modules.definition(task.case.version)
    line = replace(
        line,
        reference=case.reference,
        applicant=(case.applicant_name or _("No name given")) if _may_read(officer, task) else "",
        step=f"{module.title.say(language)} · {step_title(module, task, language)}",
    )
    if reason:
        return replace(line, refused=reasons.sentence(reason, {}, module))
    command = Command(
        fitting(task, officer.user, verb(officer)), task=task.pk, person=-1, seen_revision=one.seen
    )
    would = cases.would(case, officer.user, command, now)
    if isinstance(would, ActionRefused):
        return replace(line, refused=reasons.sentence(would.reason, would.data, module))
    return line


def _may_read(officer: Officer, task: Task) -> bool:
    """Tell whether the officer may open the case; of one they may not, a head knows the task."""
    return not (officer.administers or officer.heads) or access.opens(officer, task.case.reference)
