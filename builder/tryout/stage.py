"""What stands in the frame of a test run: the citizen's pages, their status, the desk of each officer."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from builder import preview
from builder.tryout import runs
from builder.tryout.rooms import Room
from runtime.tryout import asking, desks, mending, telling
from runtime.tryout.asking import Asked
from runtime.tryout.citizen import Mark
from runtime.tryout.desks import APPLICANT, Offer
from runtime.tryout.filling import REMOVE, REVIEW, first_open, may_enter
from runtime.tryout.mending import Mending
from runtime.tryout.trial import Trial

FOLDER = "builder/tryout"
TOO_LONG = gettext_lazy(
    "A test run has at most 40 steps. Save it as a story, take a step back or start anew."
)


class StageView(Room):
    """One screen of the phone. Steps that are taken lead on to the page around the frame."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.checked.module is None:
            return preview.show(request, document=self.draft.document, mode="", region=self.module.region)
        if self.changed:
            return self.onward()
        if self.run.told is None:
            return self.page(request.GET.get("step", ""))
        trial = self.trial(self.run.told)
        offer = self.offer(trial, request.GET)
        if offer is not None and not offer.refused:
            if offer.edits:
                return self.edited(trial, mending.mend(trial, offer))
            tried = self.tried(trial) if "fill" in request.GET else None
            return self.asked(trial, asking.ask(trial, offer, filled=tried is not None, tried=tried))
        return self.desk(trial, request.GET.get("who", ""))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.checked.module is None or self.changed:
            return self.onward()
        if self.run.told is None:
            return self.fill(request.GET.get("step", ""))
        if "do" not in request.GET:
            return self.onward(_("This application was sent already. The test run is further on."))
        return self.act(self.trial(self.run.told))

    # The citizen's pages ---------------------------------------------------------------------

    def page(self, name: str) -> HttpResponse:
        """Show a page of the application, if everything before it is right; else what comes first."""
        filling = self.filling
        if not may_enter(filling.walked, name):
            return self.to_step(first_open(filling.walked))
        return self.drawn(name, filling.form(name))

    def fill(self, name: str) -> HttpResponse:
        """Keep a page and go on; the last one files the application."""
        filling = self.filling
        if name not in filling.names:
            return self.to_step(first_open(filling.walked))
        form: Any = filling.form(name, self.request.POST, self.request.FILES)
        if form.unknown:
            return self.unknown()
        if name == REVIEW:
            return self.file(form)
        in_order, before = may_enter(filling.walked, name), filling.known
        valid = form.is_valid()
        self.run.filling = dict(filling.keep(form))
        self.keep()
        del self.filling
        if REMOVE in self.request.POST or form.command:
            anchor = f"#id_{form.command.anchor}" if form.command else ""
            return redirect(f"{self.address(step=name, at=str(len(self.request.body)))}{anchor}")
        if news := self.filling.known.news(form.asked, before):
            return self.once_more(name, news)
        if valid or not in_order:
            return self.after(name, in_order=in_order)
        return self.drawn(name, form)

    def once_more(self, name: str, news: list[str]) -> HttpResponse:
        """Show the page again with what registers have filled in, which nobody has seen yet."""
        for sentence in news:
            messages.info(self.request, sentence)
        return self.to_step(name)

    def after(self, name: str, *, in_order: bool) -> HttpResponse:
        """Go to the page that follows, or to the first that is not right."""
        filling = self.filling
        if not in_order or self.request.POST.get("_return") == REVIEW or name not in filling.names:
            return self.to_step(first_open(filling.walked))
        return self.to_step(filling.names[filling.names.index(name) + 1])

    def file(self, form: Any) -> HttpResponse:
        """File the application in memory."""
        walked = self.filling.walked
        if walked.first_incomplete() is not None:
            return self.to_step(first_open(walked))
        if not form.is_valid():
            return self.drawn(REVIEW, form)
        told = {"at": self.run.at, "answers": walked.answers}
        if self.trial(told).stopped is not None:
            messages.error(
                self.request, _("The application is not taken like this. Look at the answers again.")
            )
            return self.drawn(REVIEW, form)
        self.run.told = told
        self.keep()
        return self.onward()

    def drawn(self, name: str, form: Any) -> HttpResponse:
        """Draw a page, or the check before sending."""
        names = self.filling.names
        at = names.index(name)
        context = {
            "form": form,
            "module": self.filling.module,
            "number": at + 1,
            "count": len(names),
            "action": self.address(step=name),
            "back": self.address(step=names[max(at - 1, 0)]),
            "return_to": REVIEW if self.returns() else "",
        }
        if name == REVIEW:
            context["pages"] = self.filling.review()
            return render(self.request, f"{FOLDER}/review.html", context)
        return render(self.request, f"{FOLDER}/page.html", context | {"page": form.page})

    def returns(self) -> bool:
        """Say whether the page is left to the check before sending."""
        return REVIEW in (self.request.GET.get("return"), self.request.POST.get("_return"))

    # Once it is filed ------------------------------------------------------------------------

    def desk(self, trial: Trial, who: str) -> HttpResponse:
        """Show what the applicant sees, or whoever holds a role."""
        roles = {role.key for role in trial.module.workflow.roles}
        who = who if who in roles else APPLICANT
        context: dict[str, Any] = {
            "desk": desks.desk(trial, who),
            "module": trial.module,
            "status": trial.status,
            "deadline": trial.player.since.deadline,
            "pages": trial.answers(officers=who != APPLICANT),
            "marks": [] if who == APPLICANT else self.marks(trial),
            "offer_address": reverse("builder_stage", args=[self.module.pk]),
        }
        if who == APPLICANT:
            return render(
                self.request, f"{FOLDER}/status.html", context | {"sent": telling.to_applicant(trial)}
            )
        return render(self.request, f"{FOLDER}/desk.html", context)

    def marks(self, trial: Trial) -> list[tuple[str, Mark]]:
        """Return the questions that registers can confirm, and what came of it, as officers read it."""
        fields = ((key, trial.module.field(key), mark) for key, mark in self.filling.known.marks().items())
        return [
            (field.label.say(trial.language), mark)
            for key, field, mark in fields
            if field and key in trial.snapshot.answers
        ]

    def offer(self, trial: Trial, asked: Any) -> Offer | None:
        """Return what the address names, if it can be done now."""
        return desks.find(trial, asked.get("who", ""), asked.get("do", ""), asked.get("outcome", ""))

    def act(self, trial: Trial) -> HttpResponse:
        """Take the step that the form asks for."""
        request, offer = self.request, self.offer(trial, self.request.GET)
        if request.POST.get("seen") != str(trial.steps):
            return self.onward(_("This step was taken already, or others came before it. Nothing was added."))
        if offer is None or offer.refused:
            return self.onward(offer.refused if offer else _("This step cannot be taken now."))
        if offer.edits:
            return self.edit(trial, mending.mend(trial, offer, data=request.POST))
        asked = asking.ask(trial, offer, data=request.POST, files=request.FILES)
        page = asked.form.page
        if page is not None and page.unknown:
            return self.unknown()
        if page is not None and page.command:
            asked.form.page = page.again()
            return self.asked(trial, asked)
        if REMOVE in request.POST or not asked.form.is_valid():
            return self.asked(trial, asked)
        try:
            told = self.run.with_step(asking.step(trial, asked))
        except runs.TooLong:
            return self.onward(str(TOO_LONG))
        asked.refused = asking.refusal(self.trial(told))
        if asked.refused:
            return self.asked(trial, asked)
        self.run.told = told
        self.keep()
        return self.onward()

    def edit(self, trial: Trial, mended: Mending) -> HttpResponse:
        """Put answers right as the form says."""
        form = mended.form
        if form.page.unknown:
            return self.unknown()
        if form.page.command:
            form.page = form.page.again()
            return self.edited(trial, mended)
        if not form.is_valid() or mending.refusal(trial, mended):
            return self.edited(trial, mended)
        return self.taken(mending.step(mended))

    def edited(self, trial: Trial, mended: Mending) -> HttpResponse:
        """Show the applicant's questions with their answers, to be put right."""
        offer = mended.offer
        context = {
            "mended": mended,
            "form": mended.form,
            "kept": mended.kept,
            "refused": mended.refused,
            "module": trial.module,
            "address": self.address(who=offer.by, do=offer.action.key),
            "back": self.address(who=offer.by.partition("#")[0]),
        }
        status = 422 if mended.form.bound else 200
        return render(self.request, f"{FOLDER}/edit.html", context, status=status)

    def taken(self, step: dict[str, Any]) -> HttpResponse:
        """Add a step that was judged, and lead on."""
        assert self.run.told is not None, "steps follow the filing"
        try:
            self.run.told = self.run.with_step(step)
        except runs.TooLong:
            return self.onward(str(TOO_LONG))
        self.keep()
        return self.onward()

    def asked(self, trial: Trial, asked: Asked) -> HttpResponse:
        """Show what an action asks for and does."""
        offer = asked.offer
        named = {"who": offer.by, "do": offer.action.key, "outcome": offer.outcome}
        context = {
            "asked": asked,
            "form": asked.form,
            "action": offer.action,
            "comment_asked": asked.comment_asked,
            "printed": asked.printed,
            "comment_needed": asked.comment_needed,
            "told": asked.told,
            "by_applicant": offer.by == APPLICANT,
            "refused": asked.refused,
            "module": trial.module,
            "address": self.address(**named),
            "fill": "" if "fill" in self.request.GET else self.address(**named, fill="1"),
            "back": self.address(who=offer.by.partition("#")[0]),
        }
        status = 422 if asked.form.bound else 200
        return render(self.request, f"{FOLDER}/act.html", context, status=status)

    # Where it leads --------------------------------------------------------------------------

    def address(self, **query: str) -> str:
        return f"{reverse('builder_stage', args=[self.module.pk])}?{urlencode(query)}"

    def to_step(self, name: str) -> HttpResponse:
        query = {"step": name}
        if self.returns() and name != REVIEW:
            query["return"] = REVIEW
        return redirect(self.address(**query))

    def onward(self, words: str = "") -> HttpResponse:
        """Lead to the page around the frame, which shows what came of it."""
        if words:
            messages.warning(self.request, words)
        around = reverse("builder_tryout", args=[self.module.pk])
        return render(self.request, f"{FOLDER}/onward.html", {"around": around})

    def unknown(self) -> HttpResponse:
        """Refuse a post with answers that the page does not ask for."""
        return render(
            self.request, f"{FOLDER}/unknown.html", {"back": self.request.get_full_path()}, status=400
        )
