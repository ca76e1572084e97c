"""What the buttons of the Publish tab do: each saves the draft first, as every button of the editor does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext as count

from builder import permissions, problems, services
from builder.governance import mails, reviewing
from builder.models import AnotherPersonNeeded, Module, Review
from runtime.regions.models import User

ASKING = ("ask-review", "withdraw-review")
ANSWERING = ("approve-review", "return-review")


class PublishingActions:
    """Publishing, asking for it, and answering, for the view of the editor."""

    request: HttpRequest
    object: Module
    form: Any
    action: str
    new_revision: Any
    get_edit_url: Callable[[], str]

    def get_available_actions(self) -> list[str]:
        view: Any = super()
        actions: list[str] = [*view.get_available_actions(), *ASKING]
        return [*actions, *ANSWERING] if "publish" in permissions.actions(self.request.user) else actions

    def publish_action(self) -> HttpResponse | None:
        return self._tried(self._publish)

    @property
    def known_vacant(self) -> list[str]:
        """The roles that whoever publishes has ticked to know that nobody holds them."""
        ticked: str = self.request.POST.get("vacant", "")
        return ticked.split()

    def _publish(self) -> None:
        user, note = self.request.user, self.form.cleaned_data.get("note", "")
        assert isinstance(user, User), "nobody else gets into the editor"
        services.publish(
            module=self.object,
            revision=self.new_revision,
            user=user,
            note=note,
            now=timezone.now(),
            known_vacant=self.known_vacant,
        )

    def ask_review_action(self) -> HttpResponse | None:
        return self._tried(self._ask)

    def approve_review_action(self) -> HttpResponse | None:
        approve = partial(self._did, reviewing.approve, known_vacant=self.known_vacant)
        return self._tried(lambda: self._answered(approve()[0]))

    def return_review_action(self) -> HttpResponse | None:
        answer = self.form.cleaned_data.get("answer", "")
        return self._tried(lambda: self._answered(self._did(reviewing.send_back, answer=answer)))

    def withdraw_review_action(self) -> HttpResponse | None:
        return self._tried(lambda: self._did(reviewing.withdraw))

    def _did(self, do: Callable[..., Any], **more: Any) -> Any:
        return do(module=self.object, user=self.request.user, now=timezone.now(), **more)

    def _ask(self) -> None:
        review = self._did(reviewing.ask, note=self.form.cleaned_data.get("note", ""))
        mails.asked(self.request, review, self._link())

    def _answered(self, review: Review) -> None:
        mails.answered(self.request, review, self._link())

    def _link(self) -> str:
        return self.request.build_absolute_uri(f"{self.get_edit_url()}#b-publish")

    def _tried(self, do: Callable[[], Any]) -> HttpResponse | None:
        """Do it; when it is refused, say why and go back to the tab. The draft stays saved."""
        try:
            do()
        except services.NotReady as refused:
            self.say_refused(refused)
        except services.Vacant as vacant:
            titles = problems.titles_in(services.read_draft(self.object.document).get("workflow"))
            roles = "”, “".join(titles.get(key, key) for key in vacant.roles)
            words = _(
                "Not published, but saved: nobody is “{roles}” yet. "
                "Tick that you know it, or choose other officers."
            )
            messages.error(self.request, words.replace("{roles}", roles))
        except AnotherPersonNeeded:
            messages.error(self.request, another(self.request.user))
        except reviewing.Changed:
            messages.error(
                self.request,
                _("Not published: the draft has changed since somebody asked. Look again and ask anew."),
            )
        except (reviewing.Settled, reviewing.NotYours):
            messages.error(self.request, _("Nothing is waiting for your answer any more."))
        except reviewing.NoReason:
            messages.error(self.request, _("Write what has to be changed, then send it back."))
        else:
            return None
        response: HttpResponse = redirect(f"{self.get_edit_url()}#b-publish")
        return response

    def say_refused(self, refused: services.NotReady) -> None:
        document = services.read_draft(self.object.document)
        found = problems.described(refused.problems, document)
        number = len(found)
        sentence = count(
            "The draft is saved but not published: one thing has to be put right first.",
            "The draft is saved but not published: {number} things have to be put right first.",
            number,
        ).replace("{number}", str(number))
        kinds: dict[str, list[dict[str, Any]]] = {}
        for problem in found:
            kinds.setdefault(problem["alike"], []).append(problem)
        lines = ((place(one), one["sentence"], more(others)) for one, *others in list(kinds.values())[:10])
        messages.error(
            self.request,
            format_html("{}<ul>{}</ul>", sentence, format_html_join("", "<li>{}{}{}</li>", lines)),
        )


def place(problem: dict[str, Any]) -> str:
    """Return where a problem is, in front of its sentence; the editor's own list has the links."""
    return f"{problem['where']}: " if problem["where"] else ""


def more(others: list[dict[str, Any]]) -> str:
    """Return how many more are like the one that is told."""
    words = _("And {count} more like this").replace("{count}", str(len(others)))
    return f" {words}." if others else ""


def another(user: Any) -> str:
    """Return why `user` cannot publish, and who can."""
    names = ", ".join(
        person.get_full_name() or person.username for person in reviewing.publishers(but=user)[:10]
    )
    if not names:
        return _(
            "You have worked on this version, so somebody else must publish it, and nobody else may yet. "
            "Ask the administrator to make somebody a publisher."
        )
    return _("You have worked on this version, so somebody else must publish it: {names}.").replace(
        "{names}", names
    )
