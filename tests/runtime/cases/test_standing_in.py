"""A substitute acts on a case: with which rights, on whose cases not, and what history keeps of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest
from django.db import connection

from runtime.cases import appendonly, chain, selectors, signing, snapshots
from runtime.cases.models import Case, CaseEvent
from runtime.cases.outcomes import Conflict, Refused
from runtime.effects.models import EffectRun
from runtime.modules import selectors as modules
from runtime.regions.models import Membership, Substitution, User
from tests import factories
from tests.runtime.conftest import NOW, Village

DATES: dict[str, Any] = {"from_on": NOW.date(), "until_on": NOW.date() + timedelta(days=3)}


@pytest.fixture
def deputy(desk: Village) -> User:
    """Somebody who works in the region, in no post of the service."""
    return factories.staff("guard", desk.region, "wakil")


def standin(desk: Village, user: User, **values: Any) -> Substitution:
    return factories.standin(user, "head", desk.office, **{"principal": desk.head, **DATES, **values})


def waiting(desk: Village, **changes: Any) -> str:
    """Return the reference of a case that waits for the head's signature."""
    reference = desk.submit(**changes).reference
    desk.forward(reference)
    return reference


def refusal(desk: Village, reference: str, user: User) -> str:
    events = CaseEvent.objects.count()
    with pytest.raises(Refused) as caught:
        desk.perform(reference, "sign", user)
    assert CaseEvent.objects.count() == events
    return caught.value.refused.reason


class TestASubstitute:
    def test_acts_for_the_officer_and_both_names_stay(self, desk: Village, deputy: User) -> None:
        reference, row = waiting(desk), standin(desk, deputy)
        event = desk.perform(reference, "sign", deputy).event
        assert (event.actor, event.as_kind, event.on_behalf_of) == (deputy, "plh", desk.head)
        assert (event.actor_name, event.on_behalf_name) == ("Wakil", desk.head.get_full_name())
        assert event.data["substitution"] == row.pk
        last = selectors.timeline(event.case, "id")[-1]
        assert last.by == "Wakil (Plh. Lurah, mewakili Lurah)"
        assert selectors.public_view(event.case, "id").past[-1].by == "Plh. Lurah"

    def test_of_a_vacant_post_is_told_as_plt(self, desk: Village, deputy: User) -> None:
        reference = waiting(desk)
        Membership.objects.filter(user=desk.head).delete()
        standin(desk, deputy, principal=None)
        event = desk.perform(reference, "sign", deputy).event
        assert (event.as_kind, event.on_behalf_of, event.on_behalf_name) == ("plt", None, "")
        assert selectors.timeline(event.case, "id")[-1].by == "Wakil (Plt. Lurah)"

    def test_is_named_to_whoever_comes_too_late(self, desk: Village, deputy: User) -> None:
        reference = waiting(desk)
        standin(desk, deputy)
        seen = Case.objects.get(reference=reference).revision
        desk.perform(reference, "sign", deputy)
        with pytest.raises(Conflict) as caught:
            desk.perform(reference, "sign", desk.head, seen_revision=seen)
        assert caught.value.by == "Wakil (Plh. Lurah, mewakili Lurah)"

    @pytest.mark.parametrize(
        "values",
        [
            {"from_on": NOW.date() + timedelta(days=1)},
            {"from_on": NOW.date() - timedelta(days=3), "until_on": NOW.date() - timedelta(days=1)},
            {"ended_at": NOW},
            {"modules": ",another,"},
        ],
        ids=["coming", "over", "ended", "for another service"],
    )
    def test_has_no_right_otherwise(self, desk: Village, deputy: User, values: dict[str, Any]) -> None:
        reference = waiting(desk)
        standin(desk, deputy, **values)
        assert refusal(desk, reference, deputy) == "wrong_role"
        assert selectors.available_actions(Case.objects.get(), deputy, desk.now) == ()

    def test_does_not_decide_their_own_case(self, desk: Village, deputy: User) -> None:
        reference = waiting(desk, applicant=deputy)
        standin(desk, deputy)
        assert refusal(desk, reference, deputy) == "own_case"

    def test_does_not_decide_the_case_of_whom_they_stand_in_for(self, desk: Village, deputy: User) -> None:
        reference = waiting(desk, applicant=desk.head)
        standin(desk, deputy)
        assert refusal(desk, reference, deputy) == "principals_case"
        (button, *_more) = selectors.available_actions(Case.objects.get(), deputy, desk.now)
        assert button.refused is not None
        assert button.refused.reason == "principals_case"

    def test_nor_that_of_a_substitute_they_replace(self, desk: Village, deputy: User) -> None:
        between = factories.staff("guard", desk.region, "antara")
        reference = waiting(desk, applicant=between)
        first = standin(desk, between)
        standin(desk, deputy, through=first)
        assert refusal(desk, reference, deputy) == "principals_case"

    def test_who_holds_the_post_too_acts_in_person(self, desk: Village, deputy: User) -> None:
        reference = waiting(desk, applicant=desk.head)
        standin(desk, deputy)
        factories.member(deputy, "head", desk.office)
        event = desk.perform(reference, "sign", deputy).event
        assert (event.as_kind, event.on_behalf_of) == ("", None)
        assert "substitution" not in event.data

    def test_finds_the_work_of_the_post_on_their_desk(self, desk: Village, deputy: User) -> None:
        reference = waiting(desk)
        assert selectors.case_for_officer(desk.region, deputy, reference) is None
        factories.standin(deputy, "head", desk.office, desk.head, modules=",another,")
        assert list(selectors.work(desk.region, deputy)) == []
        Substitution.objects.update(modules="")
        assert [task.case.reference for task in selectors.work(desk.region, deputy)] == [reference]
        assert selectors.case_for_officer(desk.region, deputy, reference) is not None


class TestTheSnapshot:
    def test_counts_what_was_done_for_somebody_as_done_by_both(self, desk: Village, deputy: User) -> None:
        reference = waiting(desk)
        standin(desk, deputy)
        event = desk.perform(reference, "sign", deputy).event
        module = modules.definition(event.case.version)
        apart = replace(module, workflow=replace(module.workflow, separate=(("sign", "forward"),)))
        found = snapshots.of_case(event.case, apart)
        assert found.acted == {"sign": {deputy.pk, desk.head.pk}, "forward": {desk.clerk.pk}}


class TestMails:
    def test_reach_the_substitute_and_not_whoever_is_away(self, desk: Village, deputy: User) -> None:
        standin(desk, deputy)
        reference = waiting(desk)
        told = {
            run.payload["user"]
            for run in EffectRun.objects.filter(case_id=Case.objects.get(reference=reference).pk)
            if "user" in run.payload
        }
        assert deputy.pk in told
        assert desk.head.pk not in told


class TestTheSeal:
    def test_covers_for_whom_somebody_acted(self, desk: Village, deputy: User) -> None:
        reference = waiting(desk)
        standin(desk, deputy)
        desk.perform(reference, "sign", deputy)
        case = Case.objects.get(reference=reference)
        assert chain.verify(case) == []
        appendonly.unlock(connection)
        event = CaseEvent.objects.filter(case=case, as_kind="plh")
        for change in ({"as_kind": "plt"}, {"on_behalf_name": "X"}, {"on_behalf_of": deputy}):
            before = event.values(*change).get()
            pk = event.get().pk
            CaseEvent.objects.filter(pk=pk).update(**change)
            assert [found.what for found in chain.verify(case)] == ["hash"]
            CaseEvent.objects.filter(pk=pk).update(**before)
        CaseEvent.objects.filter(pk=pk).update(as_kind="", on_behalf_of=None, on_behalf_name="")
        assert [found.what for found in chain.verify(case)] == ["hash"]
        appendonly.lock(connection)

    def test_of_older_events_stays_good(self, desk: Village) -> None:
        event = desk.forward(desk.submit().reference).event
        assert event.hash == chain.digest(
            {
                "case": str(event.case.public_id),
                "n": event.n,
                "key": event.key,
                "at": event.at.astimezone(UTC).isoformat(),
                "by": event.by,
                "actor": event.actor_id,
                "actor_name": chain.digest(event.actor_name),
                "role": event.role,
                "action": event.action,
                "from": event.from_status,
                "to": event.to_status,
                "note": chain.digest(event.note),
                "data": event.data,
                "prev": event.prev_hash,
            }
        )


class TestASignature:
    def test_bears_the_title_and_both_names(self, desk: Village, deputy: User) -> None:
        reference = waiting(desk)
        standin(desk, deputy)
        event = desk.perform(reference, "sign", deputy).event
        module = modules.definition(event.case.version)
        found = signing.signature(module, event, language="id", mandate="Wali Kota")
        assert found.lines == ("a.n. Wali Kota", "Plh. Lurah")
        assert (found.name, found.principal, found.kind) == ("Wakil", "Lurah", "plh")

    def test_of_an_officer_in_person_is_plain(self, desk: Village) -> None:
        event = desk.perform(waiting(desk), "sign", desk.head).event
        found = signing.signature(modules.definition(event.case.version), event, language="id")
        assert (found.lines, found.name, found.principal) == (("Lurah",), "Lurah", "")
