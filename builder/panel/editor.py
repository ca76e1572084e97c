"""The one panel of the edit page, and everything the script needs to draw it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.forms import Textarea
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, PublishingPanel

from builder import blank, permissions, proofs, selectors, services, staffing
from builder.approvals import catalogue as ways
from builder.approvals import pieces
from builder.governance import reviewing
from builder.governance.actions import another
from builder.models import Module, Review, digest_of
from builder.panel import kinds, lettershapes, palette, places, words, writing
from builder.panel.comparing import running
from builder.panel.comparing.revisions import DocumentComparison
from builder.panel.forms import ModuleForm
from builder.sharing import services as sharing
from runtime import preview
from runtime.areas import selectors as areas
from runtime.datasets import selectors as datasets
from runtime.regions.models import Region
from schemas import fieldtypes
from schemas.definition import Field
from schemas.rules import prefill

TABS = (
    ("info", _("Info")),
    ("questions", _("Questions")),
    ("workflow", _("Approval")),
    ("texts", _("Letters & messages")),
    ("publish", _("Publish")),
)
COUNTED = {"questions", "workflow", "publish"}
WORKED_OUT = {"text", "number", "boolean", "date", "time", "datetime"}
NAMES = {"id": _("Indonesian"), "en": _("English")}


class DocumentPanel(FieldPanel):
    """Draws the document as tabs of questions, steps and texts instead of as a text area."""

    def __init__(self, field_name: str = "document", **kwargs: Any) -> None:
        kwargs.setdefault("widget", Textarea(attrs={"hidden": True, "data-builder-target": "document"}))
        super().__init__(field_name, **kwargs)

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        return {**options, "fields": [*options["fields"], "put_away", "note", "answer"]}

    def get_comparison_class(self) -> type[DocumentComparison]:
        return DocumentComparison

    class BoundPanel(FieldPanel.BoundPanel):
        template_name = "builder/panel/panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            module: Module = self.instance
            releases = selectors.releases(module)
            return {
                "tabs": [{"name": name, "title": title, "counted": name in COUNTED} for name, title in TABS],
                "languages": settings_languages(module),
                "language": get_language(),
                "field": self.bound_field,
                "away": self.form["put_away"],
                "note": self.form["note"],
                "settings": settings(module, self.request)
                | {"writing": writing.described(module, self.request, refused=self.form.is_bound)},
                "module": module,
                "comments": sharing.open_comments(module),
                "releases": [(release, proofs.summary(release.proof)) for release in releases],
                "running": running.described(module, now=timezone.now()) if releases else [],
                "may_move": permissions.administers(self.request.user),
                "scheduled": module.scheduled_revision,
                "planned": module.go_live_at is not None and module.go_live_at > timezone.now(),
                **governance(module, self.request.user),
                "answer": self.form["answer"],
            }

        def show_panel_furniture(self) -> bool:
            return False


def governance(module: Module, user: Any) -> dict[str, Any]:
    """Return who may publish the draft, what waits, and what was answered last."""
    may = "publish" in permissions.actions(user)
    newest = module.get_latest_revision()
    own = may and newest is not None and module.worked_on_by(user, newest)
    review = reviewing.waiting(module)
    last = module.reviews.select_related("answered_by").first()
    return {
        "may_publish": may and not own,
        "another": another(user) if own else "",
        "publishers": list(reviewing.publishers(but=user)) if not may or own else [],
        "rules": reviewing.rules(module.region),
        "review": review,
        "asked_by_me": review is not None and review.asked_by_id == user.pk,
        "stale": review is not None and digest_of(module.document) != review.digest,
        "returned": last if last is not None and last.state == Review.State.RETURNED else None,
    }


def settings_languages(module: Module) -> list[tuple[str, Any]]:
    """Return the languages the document is written in, with their names."""
    try:
        written = services.read_draft(module.document).get("languages")
    except services.NotADraft:
        written = None
    codes = [code for code in written if isinstance(code, str)] if isinstance(written, list) else ["id"]
    return [(code, NAMES.get(code, code)) for code in codes]


def settings(module: Module, request: Any) -> dict[str, Any]:
    """Return what the script is told about the world around the document."""
    known = staffing.roles(module.region)
    return {
        "check": reverse("builder_check", args=[module.pk]),
        "bank": reverse("builder_bank"),
        "translation": reverse("builder_translation", args=[module.pk]),
        "approvals": reverse("builder_approvals"),
        "drawings": {form: reverse("builder_drawing", args=[module.pk, form]) for form in preview.DRAWINGS},
        "letter": reverse("builder_letter", args=[module.pk, "LETTER"]),
        "shapes": lettershapes.shapes(),
        "language": get_language() or "id",
        "region": str(module.region),
        "offset": offset(module.region),
        "released": released_keys(module),
        "roles": [{"key": role.key, "title": role.title} for role in known],
        "ways": ways.ticks(known),
        "registers": preview.registers(module.region, language=(get_language() or "id")[:2]),
        "profile": {fact: list(types) for fact, types in prefill.PROFILE.items()},
        "never_prefilled": sorted(prefill.NEVER),
        "palette": palette.described(),
        **catalogue(),
        "lists": lists(module.region),
        "lists_address": reverse("builder_lists"),
        "areas": [list(area) for area in areas.path(module.region.code)],
        "places": places.offered(module.region.code),
        "named": places.named(module.document),
        "categories": [[name, str(title)] for name, title in kinds.CATEGORIES.items()],
        "icons": [[name, str(title)] for name, title in kinds.ICONS.items()],
        "parts": parts(),
        "words": words.said(),
    }


def catalogue() -> dict[str, Any]:
    """Return what an answer of each kind is in a rule, what its parts are, and what a formula can give."""
    kinds_ = fieldtypes.all()
    return {
        "values": {kind.name: kind.value_type for kind in kinds_ if kind.value_type},
        "members": {kind.name: dict(kind.parts) for kind in kinds_ if kind.parts},
        "pieces": {
            kind.name: {name: [count, kind.piece_of] for name, count in kind.pieces.items()}
            for kind in kinds_
            if kind.pieces
        },
        "calculable": [kind.name for kind in kinds_ if kind.calculable and kind.value_type in WORKED_OUT],
    }


def parts() -> dict[str, Any]:
    """Return the ready-made pieces the script puts into documents, in every language at once.

    `begun` are the texts that only hold a place until somebody writes what is meant.
    """
    placed = {
        "page": blank.both(_("More questions")),
        "step": blank.both(_("Next approval")),
        "step_public": blank.both(_("Your application is waiting for approval")),
        "role": blank.both(_("Section head")),
        "officer_page": blank.both(_("Filled in by the officer")),
    }
    return {
        "begun": [*blank.begun(), *placed.values()],
        **placed,
        "yes": blank.both(_("Yes")),
        "no": blank.both(_("No")),
        "correction": blank.correction_status(),
        "refused": blank.refused_status(),
        "return": blank.return_action("STATUS", "ROLE"),
        "refuse": blank.refuse_action("STATUS", "ROLE"),
        "expired": blank.expired_status(),
        "expire": blank.expire_action("STATUS"),
        "resubmit": blank.resubmit_action("STATUS"),
        "approve": blank.approve_action("STATUS", "ROLE"),
        "pages": list(ways.pages().values()),
        "again": pieces.again_action("STATUS", "ROLE", ""),
        "voice": pieces.voice("voice", "ROLE", {}),
        "agreed": pieces.agreed_action("STATUS"),
        "declined": pieces.declined_action("STATUS"),
        "remind": pieces.remind_action("STATUS", "ROLE"),
        "escalate": pieces.escalate_action("STATUS"),
        "silence": pieces.silence_action("STATUS"),
        "skip": pieces.skip_action("STATUS"),
        "register": blank.register(),
        "messages": [*blank.messages(), *pieces.messages()],
    }


def released_keys(module: Module) -> list[str]:
    """Return the questions that were published once, whose keys therefore never change again.

    Those in rows are called by the keys of the repeats around them and their own, with / between.
    """
    documents = module.releases.values_list("document", flat=True)
    return sorted(frozenset().union(*map(_names, documents)))


@lru_cache(maxsize=64)
def _names(document: str) -> frozenset[str]:
    """Return the names of all questions of a published document, which never changes."""
    found = selectors.parsed(document)
    return (
        frozenset(name for _page, field in found.fields() for name in names_in(field))
        if found
        else frozenset()
    )


def names_in(question: Field, around: str = "") -> Iterator[str]:
    """Yield the name of a question and of those in its rows."""
    yield f"{around}{question.key}"
    for inner in question.fields:
        yield from names_in(inner, f"{around}{question.key}/")


def lists(region: Region) -> list[dict[str, Any]]:
    """Return the lists that services of the region can choose from, each with its editions, newest first."""
    return [
        {
            "key": dataset.key,
            "title": str(dataset),
            "editions": [
                {
                    "name": edition.name,
                    "columns": edition.types,
                    "count": edition.count,
                    "address": reverse("builder_list_edition", args=[edition.pk]),
                }
                for edition in dataset.editions.all()
            ],
        }
        for dataset in datasets.datasets(region)
    ]


def offset(region: Region) -> str:
    """Return how far the region's clocks are from UTC, such as `+07:00`. Indonesia has no summer time."""
    told = timezone.now().astimezone(ZoneInfo(region.timezone)).strftime("%z")
    return f"{told[:3]}:{told[3:]}"


class Editor(ObjectList):
    """The panels without Wagtail's headings and narrow column."""

    class BoundPanel(ObjectList.BoundPanel):
        template_name = "builder/panel/editor.html"


edit_handler = Editor([DocumentPanel(), PublishingPanel()], base_form_class=ModuleForm)
