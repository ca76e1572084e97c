"""Filling in an application: formtools' named-URL wizard over draft rows.

A GET shows and changes nothing but the place; every POST stores what can be stored, also when the
page is not yet right. Only the POST of the review step files.
"""

from __future__ import annotations

import json
import secrets
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from formtools.wizard.views import NamedUrlWizardView, StepsHelper, WizardView

from runtime.cases import services as cases
from runtime.forms.journey import Journey
from runtime.forms.pageform import PageForm, page_form
from runtime.forms.posted import LACKS
from runtime.forms.summary import summary
from runtime.modules import site
from runtime.wizard import counter, drafts, filing, grants, posting, rowfiles, steps
from runtime.wizard.choosing import ChoosingMixin
from runtime.wizard.fetching import FetchMixin
from runtime.wizard.finding import DraftMixin, answered
from runtime.wizard.merging import Seen, last_changes, last_turns
from runtime.wizard.reviewform import ReviewForm
from runtime.wizard.storage import DraftStorage

KEPT = "X-Page-Kept"
"""Tells our script that the draft holds what it posted."""


class ApplyView(DraftMixin, FetchMixin, ChoosingMixin, NamedUrlWizardView):
    """One step of an application."""

    template_name = "runtime/wizard/page.html"
    kept = False
    overtaken = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the draft first; formtools' own storage look-up is replaced by it."""
        trouble = self.find_draft(request, kwargs["token"])
        if trouble is not None:
            return trouble
        if self.draft.submitted_at is not None:
            return answered(request, redirect("wizard:receipt", token=self.draft.token))
        self.prepare()
        response: HttpResponseBase = super(WizardView, self).dispatch(request, *args, **kwargs)
        response = answered(request, response)
        if self.kept:
            response[KEPT] = "yes"
        patch_cache_control(response, no_store=True, private=True)
        return response

    def prepare(self) -> None:
        """Read the draft: its module, the steps for its answers, and where it stands."""
        self.now = timezone.now()
        self.module = counter.module(self.draft)
        self.walked = filing.walk(self.draft, now=self.now)
        self.prefix = "draft"
        self.storage = DraftStorage(self.draft)
        self.steps = StepsHelper(self)

    def get_form_list(self) -> dict[str, type]:
        """Return the steps there are for the answers so far, the review last."""
        return {**dict.fromkeys(steps.by_name(self.walked), PageForm), steps.REVIEW: ReviewForm}

    def get_step_url(self, step: str) -> str:
        """Return the address of a step."""
        return reverse(self.url_name, kwargs={"token": self.draft.token, "step": step})

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show a step, if everything before it is complete; else go to what is missing."""
        if not filing.is_taken(self.draft):
            return self.closed()
        step = kwargs.get("step") or self.storage.current_step or self.steps.first
        if not steps.may_enter(self.walked, step):
            if kwargs.get("step"):
                self.say_why_not(step)
            return redirect(self.get_step_url(steps.first_open(self.walked)))
        if kwargs.get("step") is None:
            return redirect(self.get_step_url(step))
        self.storage.current_step = step
        return self.render(self.get_form(step))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Store the page, then go where it leads."""
        step = kwargs.get("step")
        if step not in self.get_form_list():
            self.say_why_not(step)
            return redirect(self.get_step_url(steps.first_open(self.walked)))
        self.keep_lacks(step)
        with rowfiles.held(self.draft, steps.by_name(self.walked).get(step), request):
            form = self.get_form(step, data=request.POST, files=request.FILES)
            if form.unknown:
                return self.unknown(form)
            if step == steps.REVIEW:
                return self.file(form)
            before = steps.may_enter(self.walked, step)
            clashes = self.save_page(step, form)
        for words in clashes:
            messages.warning(request, words)
        again = bool(clashes) or self.choose()
        if not filing.is_taken(self.draft):
            return self.closed()
        return self.go_on(step, form, before, again=self.look_up(form) or again)

    def keep_lacks(self, step: str) -> None:
        """Keep what a clerk ticked below the questions of a page that the applicant has not."""
        asked = steps.by_name(self.walked).get(step)
        if self.draft.clerk_id and asked:
            counter.note_lacks(self.draft, asked.page, self.request.POST.getlist(LACKS))
            self.prepare()

    def say_why_not(self, step: str | None) -> None:
        """Say why a step cannot be opened now; its address may be old, or typed by hand."""
        if step in self.get_form_list():
            words = _("This page comes first. What you filled in on other pages is kept.")
        else:
            words = _("Your answers have changed the order of the pages. Please go on here.")
        messages.info(self.request, words)

    def go_on(self, step: str, form: PageForm, in_order: bool, *, again: bool) -> HttpResponse:
        """Answer a stored page: the next step, the same once more, or where the button says."""
        if self.request.POST.get("_do") == "save":
            return redirect("wizard:save", token=self.draft.token)
        if again or "_remove" in self.request.POST or form.command:
            return redirect(self.same_step(step, form))
        if not in_order:
            return redirect(self.get_step_url(steps.first_open(self.walked)))
        self.storage.current_step = step
        if not form.is_valid():
            return redirect(self.same_step(step, form)) if self.overtaken else self.render(form)
        if self.request.POST.get("_return") == steps.REVIEW:
            return redirect(self.get_step_url(steps.first_open(self.walked)))
        return self.render_next_step(form)

    def same_step(self, step: str, form: PageForm) -> str:
        """Return the address of the page once more, at the rows whose button was pressed.

        The revision is part of it, so that a browser loads the page anew and does not only scroll.
        """
        query = {"return": steps.REVIEW} if self.request.POST.get("_return") == steps.REVIEW else {}
        if form.command is None:
            return self.get_step_url(step) + (f"?{urlencode(query)}" if query else "")
        query["at"] = str(self.draft.revision)
        return f"{self.get_step_url(step)}?{urlencode(query)}#id_{form.command.anchor}"

    def render_next_step(self, form: PageForm, **kwargs: Any) -> HttpResponseRedirect:
        """Go to the step that follows for the answers as they are now."""
        return HttpResponseRedirect(self.get_step_url(self.get_next_step() or steps.REVIEW))

    def save_page(self, step: str, form: PageForm) -> list[str]:
        """Keep all that was typed: right answers as answers, the rest as text to go on with.

        Returns what to say about answers that another window had changed meanwhile. A post that a
        later one of the same page has overtaken changes nothing: that one held all this one holds.
        """
        form.is_valid()
        filing.refuse_excess(form, self.draft)
        form.store_uploads(filing.keeper(self.draft, now=self.now))
        seen = posting.seen(self.request)
        page = posting.posted(form, leaving=self.request.POST.get("_do") == "leave")
        saved = drafts.save(draft=self.draft, page=page, seen=seen, step=step, now=self.now)
        self.kept, self.overtaken = True, saved.overtaken
        self.walked = filing.walk(self.draft, now=self.now)
        return posting.clash_sentences(saved.clashes, self.module, form.around)

    def get_form(self, step: str | None = None, data: Any = None, files: Any = None) -> Any:
        """Return the form of a step, filled from the draft or from what was posted."""
        found = steps.by_name(self.walked).get(step or self.steps.current)
        if found is None:
            return ReviewForm(data=data)
        own = {question.key for question in found.page.fields}
        kept = {key: value for key, value in self.draft.answers.items() if key in own}
        return page_form(
            self.module,
            found.page,
            answers={**self.walked.answers, **kept},
            language=site.language(),
            region=self.draft.region,
            today=filing.today(self.draft, now=self.now),
            data=data,
            files=files,
            given=self.given(found.page.fields),
            typed={key: typed for key, typed in self.draft.typed.items() if key in own},
        )

    def file(self, form: ReviewForm) -> HttpResponse:
        """File the application, or say what is still missing. The receipt is shown after commit."""
        if not filing.is_taken(self.draft):
            return self.closed()
        self.settle()
        missing = self.walked.first_incomplete()
        if missing is not None:
            return redirect(self.get_step_url(steps.name(missing)))
        if not form.is_valid():
            self.storage.current_step = steps.REVIEW
            return self.render(form)
        try:
            receipt = filing.submit(
                draft=self.draft,
                language=site.language(),
                applicant=site.person(self.request),
                seen=posting.seen(self.request),
                now=self.now,
            )
        except filing.ChangedSince as changed:
            messages.warning(self.request, posting.changed_sentence(changed.keys, self.module))
            return redirect(self.get_step_url(steps.REVIEW))
        except cases.NotOffered:
            return self.closed()
        except cases.InvalidAnswers as refused:
            return self.not_accepted(refused)
        except cases.Refused:
            messages.error(self.request, filing.CIRCLE)
            return redirect(self.get_step_url(steps.REVIEW))
        if not self.draft.clerk_id:  # the case is the citizen's who came, not this browser's
            grants.grant(self.request, receipt.reference, now=self.now)
        grants.forget_draft(self.request, self.draft.token)
        if receipt.access_code:
            grants.keep_code(self.request, self.draft.token, receipt.access_code)
        return redirect("wizard:receipt", token=self.draft.token)

    def not_accepted(self, refused: cases.InvalidAnswers) -> HttpResponse:
        """Lead back to the first page whose answer is no longer acceptable."""
        keys = {key for p in refused.problems for key in (p.data.get("field"), *p.pointer.split("/")[1:2])}
        for known, step in steps.by_name(self.walked).items():
            wrong = [question for question in step.fields if question.key in keys]
            if wrong:
                words = _("Please check your answer to “%(label)s”: it can no longer be accepted.")
                messages.warning(self.request, words % {"label": wrong[0].label.say(site.language())})
                return redirect(self.get_step_url(known))
        messages.warning(self.request, _("Some answers can no longer be accepted. Please check them again."))
        return redirect(self.get_step_url(self.steps.first))

    def unknown(self, form: Any) -> HttpResponse:
        """Refuse a post with answers this page does not ask for; nothing is stored."""
        context = {"draft": self.draft, "back": self.request.path}
        return render(self.request, "runtime/wizard/unknown_answers.html", context, status=400)

    def closed(self) -> HttpResponse:
        """Say that the service takes nothing now, and that the draft is kept."""
        context = {"draft": self.draft, "module": self.module, "state": filing.state(self.draft)}
        return render(self.request, "runtime/wizard/closed.html", context)

    def render(self, form: Any = None, **kwargs: Any) -> HttpResponse:
        """Draw a page or the review."""
        return render(self.request, self.template(), self.page_context(form))

    def template(self) -> str:
        """Return the template of the present step."""
        is_review = self.steps.current == steps.REVIEW
        return "runtime/wizard/review.html" if is_review else self.template_name

    def page_context(self, form: Any) -> dict[str, Any]:
        """Return what a step's template draws."""
        current = self.steps.current
        back = self.get_prev_step(current)
        context: dict[str, Any] = {
            "form": form,
            "draft": self.draft,
            "module": self.module,
            "step": current,
            "number": self.steps.step1,
            "count": self.steps.count,
            "back": self.get_step_url(back) if back else reverse("modules:service", args=[self.module.key]),
            "action": self.get_step_url(current),
            "autosave": reverse("wizard:autosave", args=[self.draft.token, current]),
            "upload": reverse("wizard:files", args=[self.draft.token, current]),
            "revision": Seen(self.draft.revision, secrets.token_hex(4)),
            "now": self.now,
            "shared": grants.is_shared(self.request),
            "return_to": self.request.GET.get("return") or self.request.POST.get("_return", ""),
        }
        if current == steps.REVIEW:
            context["pages"] = self.summary_pages(self.walked)
        else:
            keys = [question.key for question in form.page.fields]
            context["page"] = form.page
            context["changes"] = json.dumps(last_changes(self.draft.log, keys), separators=(",", ":"))
            context["turns"] = json.dumps(last_turns(self.draft.turns), separators=(",", ":"))
            context["versions"] = self.versions(form)
            private = (q.key for q in form.page.fields if self.draft.clerk_id or posting.is_private(q))
            context["special"] = " ".join(private)
        return context

    def summary_pages(self, walked: Journey) -> list[Any]:
        """Return the answers in words, each with the address where it can be changed."""
        names = {step.page.key: known for known, step in steps.by_name(walked).items()}
        pages = summary(
            self.module, walked.answers, language=site.language(), region=self.draft.region, doubts=True
        )
        for page in pages:
            for row in page.rows:
                if row.field.shown_only:
                    continue
                place = self.get_step_url(names[page.page.key])
                row.change = f"{place}?return={steps.REVIEW}#id_{row.place}"
        return pages
