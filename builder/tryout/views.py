"""The page of a test run: the phone, whose turn it is, the clock, what happened, what was never tried."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from builder import problems, services
from builder.tryout import runs, saving, stage, words
from builder.tryout.forms import CitizenForm, DaysForm, NameForm
from builder.tryout.rooms import Room
from runtime.regions.models import Region, User
from runtime.tryout import asking, coverage, desks, telling
from runtime.tryout import citizen as citizens
from runtime.tryout.coverage import Gone
from runtime.tryout.trial import Trial
from schemas import parse

ALWAYS = frozenset({"restart", "replay"})


class TryoutView(WagtailAdminTemplateMixin, Room):
    """A draft tried out from the citizen's first page to the end of the case."""

    template_name = "builder/tryout/index.html"
    header_icon = "mobile-alt"
    page_title = gettext_lazy("Test run")

    def get(self, request: HttpRequest, pk: int, name_error: str = "") -> HttpResponse:
        if self.checked.module is None:
            return self.drawn({"problems": self.problems()})
        if self.changed:
            return self.drawn({"changed": True, "run": self.run})
        self.keep()
        return self.drawn(self.room(name_error))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.checked.module is None:
            return redirect(request.path)
        do = "ending" if request.POST.get("ending") else request.POST.get("do", "")
        late = request.POST.get("steps") != str(self.run.steps)
        if do not in ALWAYS and (late or self.changed):
            if not self.changed:
                messages.warning(request, _("The test run was further on already. Nothing was added."))
            return redirect(request.path)
        doing = {
            "fill": self.fill,
            "explore": self.explore,
            "citizen": self.citizen,
            "next": self.skip,
            "wait": self.wait,
            "ending": self.end,
            "back": self.back,
            "restart": self.restart,
            "replay": self.replay,
            "save": self.save,
        }.get(do)
        return (doing and doing()) or redirect(request.path)

    # What its buttons do ---------------------------------------------------------------------

    def citizen(self) -> None:
        """Choose who applies; first answers that were offered go with whom they were about."""
        form = CitizenForm(self.request.POST, offices=self.offices)
        if self.run.told is None and form.is_valid():
            self.run.citizen = form.citizen
            self.keep()

    def explore(self) -> None:
        """Fill in so that questions come up, or are left out, that never were."""
        self.fill(self.tried(None))

    def fill(self, tried: Gone | None = None) -> None:
        """Fill in what is missing of the application."""
        if self.run.told is not None:
            return
        answers, kept = self.filling.examples(tried)
        if not answers and self.filling.walked.first_incomplete() is not None:
            messages.error(self.request, _("No examples could be made up for this form. Fill it in by hand."))
            return
        if not kept:
            messages.info(self.request, _("Your answers left no way to go on, so examples took their place."))
        self.run.filling = {"answers": answers}
        self.keep()

    def skip(self) -> None:
        """Let time pass until the clock does something."""
        trial = self.so_far
        if trial is None or trial.coming is None:
            return
        span = trial.until(trial.coming.at)
        self.take({"wait": {"amount": span.amount, "unit": span.unit}})

    def wait(self) -> None:
        """Let working days pass."""
        form = DaysForm(self.request.POST)
        if not form.is_valid():
            messages.error(self.request, _("Write how many working days are to pass, from 1 to 250."))
            return
        self.take({"wait": {"amount": form.cleaned_data["days"], "unit": "working_days"}})

    def end(self) -> None:
        """Let an application end that this one waits for."""
        trial, wanted = self.so_far, self.request.POST["ending"]
        for one in desks.endings(trial) if trial else ():
            if words.value(one) == wanted:
                self.take({"case": one.service, "outcome": one.outcome})

    def take(self, step: dict[str, Any]) -> None:
        """Add a step to the run, if it can be taken."""
        if self.run.told is None:
            return
        try:
            told = self.run.with_step(step)
        except runs.TooLong:
            messages.error(self.request, str(stage.TOO_LONG))
            return
        refused = asking.refusal(self.trial(told))
        if refused:
            messages.error(self.request, refused)
            return
        self.run.told = told
        self.keep()

    def back(self) -> None:
        """Take the last step back."""
        self.run.step_back()
        self.keep()

    def restart(self) -> None:
        """Begin anew with the draft as it is now; what was tried of the same content stays known."""
        been = {} if self.changed else self.tried(self.so_far).kept()
        self.run = replace(self.fresh(), been=been, citizen=self.run.citizen)
        self.keep()

    def replay(self) -> None:
        """Take the same steps again with the draft as it is now, as far as they can be taken."""
        self.run.digest, self.run.been = self.digest, {}
        told = self.run.told
        if told is not None:
            stopped = self.trial(told).stopped
            steps = told.get("steps", [])
            if stopped is not None:
                self.run.told = {**told, "steps": steps[: stopped - 1]} if stopped else None
                messages.warning(self.request, words.dropped(len(steps) - stopped + 1, filed=stopped > 0))
        self.keep()

    def save(self) -> HttpResponse | None:
        """Keep the run as a story of the draft."""
        trial, form = self.so_far, NameForm(self.request.POST)
        if trial is None or not isinstance(self.request.user, User):
            return None
        if not form.is_valid():
            return self.get(self.request, self.module.pk, name_error=str(form.errors["name"][0]))
        name = form.cleaned_data["name"]
        try:
            saving.save(module=self.module, run=self.run, trial=trial, name=name, user=self.request.user)
        except saving.NotSaved as refused:
            messages.error(self.request, str(refused))
            return None
        self.keep()
        said = _("The story “{name}” was saved with the draft.").replace("{name}", name)
        link = messages.button(f"{self.edit_url}#b-publish", _("See it on the tab “Publish”"))
        messages.success(self.request, said, buttons=[link])
        return None

    @cached_property
    def offices(self) -> list[Region]:
        return citizens.offices(self.filling.module, self.module.region)

    def choices(self) -> dict[str, Any]:
        """Return what can be chosen of the sample citizen; empty where nothing of them matters."""
        module, now = self.filling.module, self.filling.citizen
        registers = words.registers() if citizens.asks_registers(module) else []
        prefilled = citizens.is_prefilled(module)
        if not (self.offices or registers or prefilled):
            return {}
        return {"now": now, "offices": self.offices, "registers": registers, "prefilled": prefilled}

    # What it shows ---------------------------------------------------------------------------

    @property
    def so_far(self) -> Trial | None:
        return self.trial(self.run.told) if self.run.told is not None else None

    @property
    def edit_url(self) -> str:
        return reverse("wagtailsnippets_builder_module:edit", args=[self.module.pk])

    def problems(self) -> list[dict[str, Any]]:
        value, _unreadable = parse.read_json(self.draft.document)
        return problems.described(services.errors(self.checked.problems), value)

    def drawn(self, context: dict[str, Any]) -> HttpResponse:
        around = {"module": self.module, "edit_url": self.edit_url}
        answer: HttpResponse = self.render_to_response(self.get_context_data(**around, **context))
        return answer

    def room(self, name_error: str) -> dict[str, Any]:
        """Return what the page draws of a draft that can be tried."""
        trial = self.so_far
        tried, module = self.tried(trial), self.filling.module
        tallies = coverage.tallies(module, tried, self.language)
        context = {
            "run": self.run,
            "trial": trial,
            "covered": [words.tried(tally) for tally in tallies],
            "untried": coverage.untried(module, tried),
        }
        frame = reverse("builder_stage", args=[self.module.pk])
        if trial is None:
            return context | {"frame": frame, "chosen": self.choices()}
        shown = desks.desks(trial)
        wanted = self.request.GET.get("who", "")
        who = wanted if wanted in {desk.who for desk in shown} else desks.turn(trial)
        since, ended = trial.player.since, trial.status.kind == "final"
        return context | {
            "frame": f"{frame}?{urlencode({'who': who})}",
            "who": who,
            "desks": shown,
            "turn": words.turn(trial, shown),
            "due": None if ended else since.due,
            "deadline": None if ended else since.deadline,
            "waits": not ended or trial.coming is not None,
            "coming": words.coming(trial),
            "endings": [words.ending(one) for one in desks.endings(trial)],
            "lines": telling.lines(trial)[::-1],
            "name": self.request.POST.get("name", "") if name_error else words.proposed(trial),
            "name_error": name_error,
        }
