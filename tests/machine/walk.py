"""The state machine: people, rightful and not, the clock, the outbox, in any order, on random services."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core import mail
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from runtime.cases import selectors, services, timers
from runtime.cases.models import Case, CaseEvent, Correction, Task
from runtime.cases.outcomes import Conflict, Refused
from runtime.effects import services as effects
from runtime.effects.models import EffectRun
from runtime.modules import selectors as modules
from runtime.regions import calendar, scope
from runtime.regions.models import User
from runtime.workflow import engine, example
from runtime.workflow.values import Actor, Command, Snapshot
from schemas.definition import Module
from tests import factories
from tests.machine import watching, workflows
from tests.machine.world import MORNING, World

SERVICES = 400  # so many random services there are to choose from
MOST_OPEN = 3
MOST_ROUNDS = 20
KINDS = ("a", "b", "c")
MIX = (
    *("act_rightly",) * 10,
    *("try_anything",) * 4,
    *("hand_a_task",) * 3,
    *("lead_an_office",) * 3,
    *("let_time_pass",) * 3,
    *("deliver", "deliver", "file", "file", "send_again", "send_again", "act_on_an_old_page"),
)
PAUSES = (
    timedelta(minutes=20),
    timedelta(hours=5),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=9),
    timedelta(days=45),
)


@dataclass
class Figures:
    """What a run came to; filled while it goes."""

    steps: int = 0
    taken: int = 0
    struck: int = 0
    services: set[int] = field(default_factory=set)
    refused: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    longest: int = 0

    def told(self) -> str:
        """Return the figures in lines."""
        refused = ", ".join(f"{reason} {count:,}" for reason, count in self.refused.most_common())
        ends = ", ".join(f"{end} {count:,}" for end, count in self.ends.most_common())
        return (
            f"  {self.steps:,} steps through {len(self.services)} random services; "
            f"{self.taken:,} commands taken, {self.struck:,} strikes of the clock\n"
            f"  {self.refused.total():,} refused: {refused}\n"
            f"  {self.ends.total():,} cases: {ends}; the longest history has {self.longest} events"
        )


@dataclass(frozen=True)
class Asked:
    """A command as it was sent, so that it can be sent again."""

    reference: str
    action: str
    key: str
    who: dict[str, Any]
    given: dict[str, Any]


class Cases(RuleBasedStateMachine):
    """Random cases of one random service. `world` and `figures` are set by whoever runs it."""

    world: World
    figures: Figures

    def __init__(self) -> None:
        super().__init__()
        self.now = MORNING
        self.keys = itertools.count(1)
        self.sent: list[Asked] = []
        self.references: list[str] = []
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.region = scope.use(self.world.region)
        self.region.__enter__()
        mail.outbox.clear()
        timers._resting.clear()
        self.actors: tuple[Actor, ...] = ()
        self.touched: set[str] = set()

    def teardown(self) -> None:
        """Count what came of it, and leave the database as it was."""
        for case in Case.objects.all():
            self.figures.ends[case.outcome or "open"] += 1
            self.figures.longest = max(self.figures.longest, case.revision)
        transaction.set_rollback(True)
        self.region.__exit__(None, None, None)
        self.undo.__exit__(None, None, None)
        modules.forget()

    # What is done ------------------------------------------------------------------------------

    @initialize(number=st.integers(0, SERVICES - 1), kind=st.sampled_from(KINDS))
    def publish(self, number: int, kind: str) -> None:
        self.version = factories.installed(self.world.region, workflows.service(number)).version
        self.module: Module = modules.definition(self.version)
        self.figures.services.add(number)
        self.submit(kind, None)

    @rule(data=st.data(), what=st.sampled_from(MIX))
    def step(self, data: st.DataObject, what: str) -> None:
        """Something happens; the mix decides how often what."""
        self.figures.rules[what] += 1
        getattr(self, what)(data)

    def file(self, data: st.DataObject) -> None:
        if Case.objects.filter(closed_at=None).count() < MOST_OPEN:
            applicant = data.draw(st.sampled_from((None, "citizen", "officer")))
            self.submit(data.draw(st.sampled_from(KINDS)), applicant)

    def act_rightly(self, data: st.DataObject) -> None:
        """Take one right step with one of the cases."""
        case = self._some_case(data)
        snapshot = selectors.snapshot(case)
        ways = self._ways(case, snapshot)
        if not ways:
            self.let_time_pass(data)
            return
        who, command = data.draw(st.sampled_from(ways))
        filled = self._filled(snapshot, command)
        given = _given(filled)
        if "jenis" in snapshot.corrections and command.action == "kirim":
            given["answers"] = {**filled.answers, "jenis": data.draw(st.sampled_from(KINDS))}
        assert self._send(case.reference, command.action, who, given) == "", command

    def try_anything(self, data: st.DataObject) -> None:
        """Anybody tries anything, filled in or not."""
        case = self._some_case(data)
        action, outcome = data.draw(st.sampled_from(self._everything()))
        people = self.world.everybody
        who = data.draw(st.sampled_from((*({"actor_user": one} for one in people), {"applicant": True})))
        command = Command(action, outcome=outcome, comment=data.draw(st.sampled_from(("", "Catatan"))))
        if data.draw(st.booleans()):
            command = self._filled(selectors.snapshot(case), command)
        given = _given(command)
        if data.draw(st.integers(0, 5)) == 0:
            given["answers"] = {"bukan_x": 1}
        self._send(case.reference, action, who, given)

    def send_again(self, data: st.DataObject) -> None:
        """What was sent is sent again under its key: the first result, or a refusal if it says otherwise."""
        if not self.sent:
            return
        changed = data.draw(st.booleans())
        asked = data.draw(st.sampled_from(self.sent))
        given = asked.given | ({"comment": asked.given.get("comment", "") + "!"} if changed else {})
        before, reason, done = self._stored(), "", None
        try:
            done = self._perform(asked.reference, asked.action, asked.who, given, asked.key)
        except Refused as refused:
            reason = refused.refused.reason
            self.figures.refused[reason] += 1
        assert reason == ("key_reused" if changed else "")
        assert done is None or done.repeated
        assert self._stored() == before

    def act_on_an_old_page(self, data: st.DataObject) -> None:
        """What is sent from a page that was opened before the last step is refused."""
        case = self._some_case(data)
        snapshot = selectors.snapshot(case)
        ways = [(who, command) for who, command in self._ways(case, snapshot) if not command.outcome]
        if not ways:
            return
        who, command = data.draw(st.sampled_from(ways))
        given = {**_given(command), "seen_revision": case.revision - 1}
        assert self._send(case.reference, command.action, who, given) == "stale"

    def hand_a_task(self, data: st.DataObject) -> None:
        """A task is taken on, given back, handed on, by anybody to anybody."""
        case = self._some_case(data)
        tasks = list(Task.objects.filter(case=case, closed_at__isnull=True).order_by("pk"))
        task = data.draw(st.sampled_from(tasks)).pk if tasks else 0
        verb = data.draw(st.sampled_from(("task:claim", "task:release", "task:delegate", "task:reassign")))
        people = self.world.everybody
        doer = data.draw(st.sampled_from(people))
        given: dict[str, Any] = {"task": task}
        if verb in ("task:delegate", "task:reassign"):
            given["person"] = data.draw(st.sampled_from(people)).pk
        self._send(case.reference, verb, {"actor_user": doer}, given)

    def lead_an_office(self, data: st.DataObject) -> None:
        """A head gives a task to somebody or takes it back: refused where they lead nothing."""
        case, head = self._some_case(data), data.draw(st.sampled_from(self.world.heads))
        tasks = list(Task.objects.filter(case=case, closed_at__isnull=True).order_by("pk"))
        if not tasks:
            return
        task, led = data.draw(st.sampled_from(tasks)), self.world.led(head)
        given: dict[str, Any] = {"task": task.pk}
        verb = data.draw(st.sampled_from(("task:release", "task:reassign", "task:reassign")))
        if verb == "task:reassign":
            people = [one for one in self.world.officers if one.username.startswith(f"{task.role}-")]
            given["person"] = data.draw(st.sampled_from(people)).pk
        reason = self._send(case.reference, verb, {"actor_user": head}, given)
        if task.office_id not in led:
            assert reason == "wrong_role", f"{head} disposed of a task of another office: {reason!r}"
        elif verb == "task:release":
            assert reason == ("" if task.claimed_by_id else "in_no_hands")
        else:
            assert reason in ("", "person_unfit")

    def let_time_pass(self, data: st.DataObject) -> None:
        """The clock strikes what is due, however often it is looked at; then nothing is due any more."""
        self.touched.update(self.references)
        self.now += data.draw(st.sampled_from(PAUSES))
        rounds = itertools.takewhile(bool, (timers.fire_timers(self.now) for _ in range(MOST_ROUNDS)))
        self.figures.struck += sum(rounds)
        assert timers.fire_timers(self.now) == 0
        assert not Case.objects.filter(timer_at__lte=self.now).exists()

    def deliver(self, data: st.DataObject) -> None:
        """The outbox is worked off; a worker that died keeps its row until its lease runs out."""
        self.touched.update(self.references)
        if data.draw(st.booleans()):
            effects.claim(now=self.now)
        effects.run_due(now=self.now)
        done = EffectRun.objects.filter(type="mail", state=EffectRun.State.DONE).count()
        assert len(mail.outbox) == done, f"{len(mail.outbox)} mails for {done} effects"

    # What must hold ----------------------------------------------------------------------------

    @invariant()
    def every_case_is_whole(self) -> None:
        self.figures.steps += 1
        for case in self._cases(self.touched):
            snapshot, officers = selectors.snapshot(case), self._officers(case)
            found = list(watching.faults(case, self.module, snapshot, officers))
            found += watching.numbers(self.module)
            assert not found, found
        if self.touched:
            found = list(watching.times(self.world.region, self.now))
            assert not found, found
        self.touched.clear()

    # How ---------------------------------------------------------------------------------------

    def submit(self, kind: str, applicant: str | None) -> None:
        person = {"citizen": self.world.citizen, "officer": self.world.officers[1]}.get(applicant or "")
        receipt = services.submit_case(
            region=self.world.region,
            version=self.version,
            answers={
                "nama": "Siti",
                "email": "siti@contoh.id",
                "kantor": self.world.village.key,
                "jenis": kind,
            },
            language="id",
            submit_key=f"s{next(self.keys)}",
            draft_token="",
            now=self.now,
            applicant=person,
        )
        self.references.append(receipt.reference)
        self.touched.add(receipt.reference)

    def _send(self, reference: str, action: str, who: dict[str, Any], given: dict[str, Any]) -> str:
        """Send a command; return why it was refused, "" when it was taken. A refusal changes nothing."""
        asked = Asked(reference, action, f"k{next(self.keys)}", who, given)
        before = self._stored()
        try:
            done = self._perform(reference, action, who, given, asked.key)
        except Refused as refused:
            reason: str = refused.refused.reason
        except Conflict:
            reason = "stale"
        else:
            assert not done.repeated
            self.touched.add(reference)
            self.figures.taken += 1
            self.sent.append(asked)
            return ""
        assert self._stored() == before, f"{reason} and yet something changed"
        self.figures.refused[reason] += 1
        return reason

    def _perform(
        self, reference: str, action: str, who: dict[str, Any], given: dict[str, Any], key: str
    ) -> services.Performed:
        return services.perform(
            region=self.world.region,
            case_reference=reference,
            action=action,
            key=key,
            now=self.now,
            **who,
            **given,
        )

    def _ways(self, case: Case, snapshot: Snapshot) -> list[tuple[dict[str, Any], Command]]:
        """Return everything that somebody may do with the case now."""
        found: list[tuple[dict[str, Any], Command]] = []
        now = calendar.local(self.now, self.world.region)
        applicant = Actor("applicant", case.applicant_id)
        people: list[tuple[dict[str, Any], Actor]] = [({"applicant": True}, applicant)]
        users = {user.pk: user for user in self.world.officers}
        people += [({"actor_user": users[one.id]}, one) for one in self._officers(case) if one.id in users]
        for who, actor in people:
            for able in engine.available(self.module, snapshot, actor, now=now):
                if able.refused is None:
                    found.append((who, Command(able.action.key)))
            for choice in engine.choices(self.module, snapshot, actor):
                if choice.refused is None:
                    found.append((who, Command(choice.rule.key, outcome=choice.outcome.key)))
        return found

    def _filled(self, snapshot: Snapshot, command: Command) -> Command:
        today = calendar.local(self.now, self.world.region).date()
        return example.completed(self.module, snapshot, command, today=today)

    def _everything(self) -> list[tuple[str, str]]:
        workflow = self.module.workflow
        found = [(action.key, "") for action in workflow.actions]
        rules = [one for status in workflow.statuses for one in status.tasks]
        found += [(one.key, outcome.key) for one in rules for outcome in one.outcomes]
        return [*found, ("tidak_ada", ""), ("tidak_ada", "setuju")]

    def _some_case(self, data: st.DataObject) -> Case:
        """Return one of the cases, mostly one that is still open; file one where none is."""
        if not Case.objects.filter(closed_at=None).exists():
            self.submit(data.draw(st.sampled_from(KINDS)), None)
        open_ = [case.reference for case in self._cases(self.references) if case.closed_at is None]
        chosen = self.references if not open_ or data.draw(st.integers(0, 7)) == 7 else open_
        return self._cases([data.draw(st.sampled_from(chosen))])[0]

    def _cases(self, references: Collection[str]) -> Sequence[Case]:
        mine = Case.objects.filter(reference__in=references)
        found = mine.select_related("region", "version", "office")
        return sorted(found, key=lambda case: self.references.index(case.reference))

    def _officers(self, case: Case) -> tuple[Actor, ...]:
        """Return everybody who may act here; who that is does not change while a machine runs."""
        if not self.actors:
            people: tuple[User, ...] = (*self.world.officers, self.world.administrator)
            self.actors = tuple(selectors.officer(case, one, self.now) for one in people)
        return self.actors

    def _stored(self) -> list[Any]:
        """Return everything that is stored about cases and may change."""
        return [
            list(model.objects.order_by("pk").values())
            for model in (Case, CaseEvent, Task, Correction, EffectRun)
        ]


def _given(command: Command) -> dict[str, Any]:
    return {
        "comment": command.comment,
        "answers": command.answers,
        "corrections": command.corrections,
        "outcome": command.outcome,
    }


def machine(world: World, figures: Figures) -> type[Cases]:
    """Return the machine for these people, which counts into `figures`."""
    return type("Machine", (Cases,), {"world": world, "figures": figures})
