"""Acting on a case: the engine decides, one transaction writes, exactly one of many wins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from runtime.cases import appendonly, chain, selectors, writing
from runtime.cases.models import Case, CaseEvent, Correction, RegisterCounter, Task
from runtime.cases.outcomes import Conflict, Performed, Refused
from runtime.cases.timers import fire_timers
from runtime.effects.models import EffectRun
from runtime.regions import scope
from runtime.regions.models import Region
from runtime.workflow import engine
from runtime.workflow.values import Actor, Command, Decision
from tests import factories
from tests.runtime import permit
from tests.runtime.conftest import Village
from tests.runtime.together import together

APPLICANT = Actor("applicant")


@contextmanager
def history_unlocked() -> Iterator[None]:
    """Take the triggers away for a moment, as somebody with the database in hand could."""
    appendonly.unlock(connection)
    yield
    appendonly.lock(connection)


def rows() -> tuple[Any, ...]:
    """Return everything an action might change."""
    return (
        list(Case.objects.order_by("pk").values()),
        list(Task.objects.order_by("pk").values()),
        list(Correction.objects.order_by("pk").values()),
        list(CaseEvent.objects.order_by("pk").values()),
        list(EffectRun.objects.order_by("pk").values()),
        list(RegisterCounter.objects.order_by("pk").values()),
    )


class TestPerform:
    def test_moves_the_case_and_writes_what_follows(self, desk: Village) -> None:
        reference = desk.submit().reference
        done = desk.forward(reference)
        case = Case.objects.get()
        assert (case.status, case.revision, case.entered) == ("sign", 2, 2)
        assert case.officer_answers == {"complete": True}
        assert done.event.actor == desk.clerk
        assert done.event.role == "clerk"
        closed, opened = Task.objects.order_by("pk")
        assert (closed.closed_by, opened.role, opened.closed_at) == (desk.clerk, "head", None)
        mail = EffectRun.objects.get(event_n=2)
        assert mail.payload["user"] == desk.head.pk
        assert chain.verify(case) == []

    def test_numbers_the_letter_when_it_is_signed(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.forward(reference)
        case = desk.perform(reference, "sign", desk.head).case
        assert (case.number, case.outcome) == ("470/001/SUKASARI/XI/2026", "granted")
        assert case.closed_at == desk.now
        assert not Task.objects.filter(closed_at__isnull=True).exists()
        assert EffectRun.objects.get(event_n=3).payload["tokens"]["number"] == case.number

    def test_gives_the_first_result_for_a_repeated_key(self, desk: Village) -> None:
        reference = desk.submit().reference
        first = desk.forward(reference, key="button")
        before = rows()
        again = desk.forward(reference, key="button")
        assert again.repeated
        assert again.event == first.event
        assert rows() == before

    def test_refuses_a_known_key_with_other_content(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.forward(reference, key="button")
        with pytest.raises(Refused) as error:
            desk.forward(reference, key="button", comment="Lain")
        assert error.value.refused.reason == "key_reused"

    def test_keeps_each_actors_keys_apart(self, desk: Village) -> None:
        """Nobody can use up the key of the clock or of a colleague."""
        reference = desk.submit().reference
        desk.forward(reference, key="clock:remind:2")
        desk.now += timedelta(days=2)
        assert fire_timers(desk.now) == 1
        desk.perform(reference, "sign", desk.head, key="clock:remind:2")

    def test_takes_a_key_of_any_length(self, desk: Village) -> None:
        reference = desk.submit().reference
        assert not desk.forward(reference, key="k" * 5000).repeated
        assert desk.forward(reference, key="k" * 5000).repeated

    def test_tells_who_was_first_when_the_view_is_stale(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.forward(reference, seen_revision=1)
        with pytest.raises(Conflict) as error:
            desk.perform(
                reference, "send_back", desk.clerk, comment="X", corrections=("age",), seen_revision=1
            )
        conflict = error.value
        assert conflict.by == "Loket (Petugas loket)"
        assert (conflict.action, conflict.at) == ("Teruskan", desk.now)

    @pytest.mark.parametrize(
        ("action", "who", "more", "reason"),
        [
            ("vanish", "clerk", {}, "unknown_action"),
            ("sign", "head", {}, "wrong_status"),
            ("forward", "head", {"answers": {"complete": True}}, "wrong_role"),
            ("forward", "clerk", {}, "answers_invalid"),
            ("forward", "clerk", {"answers": {"complete": True, "age": 1}}, "answers_invalid"),
            ("send_back", "clerk", {"corrections": ("age",)}, "comment_missing"),
            ("send_back", "clerk", {"comment": "X"}, "corrections_missing"),
            ("send_back", "clerk", {"comment": "X", "corrections": ("score",)}, "corrections_unknown"),
            ("answer", "", {"answers": {"age": 1}}, "wrong_status"),
        ],
    )
    def test_changes_nothing_when_it_refuses(
        self, desk: Village, action: str, who: str, more: dict[str, Any], reason: str
    ) -> None:
        reference = desk.submit().reference
        before = rows()
        with pytest.raises(Refused) as error:
            desk.perform(reference, action, getattr(desk, who) if who else None, **more)
        assert error.value.refused.reason == reason
        assert rows() == before

    def test_refuses_an_officer_of_another_office(self, desk: Village) -> None:
        elsewhere = factories.staff("clerk", factories.office(desk.region, "cibodas"))
        reference = desk.submit().reference
        with pytest.raises(Refused) as error:
            desk.perform(reference, "forward", elsewhere, answers={"complete": True})
        assert error.value.refused.reason == "wrong_role"

    def test_refuses_an_officer_whose_post_has_ended(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.clerk.memberships.all().delete()
        with pytest.raises(Refused):
            desk.forward(reference)

    def test_refuses_the_officer_who_filed_the_case(self, desk: Village) -> None:
        reference = desk.submit(applicant=desk.clerk).reference
        with pytest.raises(Refused) as error:
            desk.forward(reference)
        assert error.value.refused.reason == "own_case"

    def test_does_not_find_a_case_of_another_region(self, desk: Village, poso: Region) -> None:
        reference = desk.submit().reference
        desk.region = poso
        with scope.use(poso), pytest.raises(Case.DoesNotExist):
            desk.forward(reference)

    def test_asks_the_next_office_upward_when_nobody_holds_the_role_here(self, desk: Village) -> None:
        desk.head.memberships.all().delete()
        above = factories.staff("head", desk.region, "walikota")
        reference = desk.submit().reference
        desk.forward(reference)
        assert Task.objects.get(closed_at__isnull=True).office == desk.region
        assert EffectRun.objects.get(event_n=2).payload["user"] == above.pk

    def test_leaves_the_task_in_the_office_when_nobody_holds_the_role_at_all(self, desk: Village) -> None:
        desk.head.memberships.all().delete()
        desk.forward(desk.submit().reference)
        assert Task.objects.get(closed_at__isnull=True).office == desk.office


class TestCorrection:
    def test_goes_to_the_citizen_and_comes_back(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.send_back(reference, "age", "email", note="Umur keliru")
        correction = Correction.objects.get()
        assert (correction.fields, correction.note) == (["age", "email"], "Umur keliru")
        case = desk.perform(reference, "answer", answers={"age": 31}).case
        assert (case.status, case.answers["age"], case.contact_email) == ("review", 31, "")
        correction.refresh_from_db()
        assert correction.answered_at == desk.now
        assert correction.before == {"age": 30, "email": "siti@contoh.id"}
        assert chain.verify(case) == []

    def test_is_withdrawn_with_the_case(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.send_back(reference, "age")
        desk.perform(reference, "withdraw")
        assert Correction.objects.get().withdrawn_at == desk.now
        assert selectors.open_correction(Case.objects.get()) is None

    def test_moves_the_case_to_the_office_that_the_new_answer_names(self, desk: Village) -> None:
        other = factories.office(desk.region, "cibodas")
        factories.staff("clerk", other)
        reference = desk.submit().reference
        desk.send_back(reference, "village")
        case = desk.perform(reference, "answer", answers={"village": "cibodas"}).case
        assert case.office == other
        assert Task.objects.get(closed_at__isnull=True).office == other


class TestRaces:
    def test_have_exactly_one_winner_of_eight(self, transactional_db: None, desk: Village) -> None:
        reference = desk.submit().reference
        desk.forward(reference)
        heads = [desk.head] + [factories.staff("head", desk.office, f"lurah{n}") for n in range(7)]

        def sign(n: int) -> Performed | Conflict:
            with scope.use(desk.region):
                try:
                    return desk.perform(reference, "sign", heads[n], seen_revision=2)
                except Conflict as conflict:
                    return conflict

        results = together(8, sign)
        winners = [result for result in results if isinstance(result, Performed)]
        assert len(winners) == 1
        losers = {result.by for result in results if isinstance(result, Conflict)}
        assert losers == {f"{winners[0].event.actor_name} (Lurah)"}
        assert CaseEvent.objects.filter(action="sign").count() == 1
        assert RegisterCounter.objects.get().last == 1

    def test_are_decided_by_the_revision_alone_and_not_by_a_lock(self, desk: Village) -> None:
        case = desk.submit().case
        module = permit.module()
        command = Command("withdraw", key="one")
        seen, last = selectors.snapshot(case), CaseEvent.objects.get().hash
        decision = engine.decide(module, seen, command, APPLICANT, now=desk.now)
        assert isinstance(decision, Decision)
        stale = Case.objects.get()
        act = writing.Act(module, decision, command, APPLICANT, desk.now)
        writing.write(case, act, seen, previous=last)
        before = rows()
        again = writing.Act(module, decision, Command("withdraw", key="two"), APPLICANT, desk.now)
        with pytest.raises(writing.LostRace), transaction.atomic():
            writing.write(stale, again, seen, previous=last)
        assert rows() == before

    def test_of_one_button_pressed_eight_times_count_once(
        self, transactional_db: None, desk: Village
    ) -> None:
        reference = desk.submit().reference

        def press(_: int) -> bool:
            with scope.use(desk.region):
                return desk.forward(reference, key="button", seen_revision=1).repeated

        assert sorted(together(8, press)) == [False] + [True] * 7

    def test_for_numbers_leave_no_gap_and_give_none_twice(
        self, transactional_db: None, desk: Village
    ) -> None:
        references = [desk.submit().reference for _ in range(16)]
        for reference in references:
            desk.forward(reference)

        def sign(n: int) -> str:
            with scope.use(desk.region):
                return desk.perform(references[n], "sign", desk.head).case.number

        numbers = sorted(together(16, sign))
        assert numbers == [f"470/{n:03d}/SUKASARI/XI/2026" for n in range(1, 17)]


class TestNumbering:
    def test_gives_a_number_back_when_the_transaction_fails(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.forward(reference)
        with pytest.raises(RuntimeError), transaction.atomic():
            desk.perform(reference, "sign", desk.head)
            raise RuntimeError
        assert desk.perform(reference, "sign", desk.head).case.number.startswith("470/001/")

    def test_begins_anew_each_year_on_the_regions_calendar(self, desk: Village) -> None:
        for expected in ("470/001/SUKASARI/XI/2026", "470/001/SUKASARI/I/2027"):
            reference = desk.submit().reference
            desk.forward(reference)
            assert desk.perform(reference, "sign", desk.head).case.number == expected
            desk.now += timedelta(days=60)


class TestHistory:
    @pytest.mark.parametrize(
        "statement",
        ["UPDATE cases_caseevent SET note = 'forged'", "DELETE FROM cases_caseevent"],
    )
    def test_cannot_be_changed_even_by_sql(self, desk: Village, statement: str) -> None:
        desk.submit()
        refused = pytest.raises(DatabaseError, match="append-only")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert CaseEvent.objects.get().note == ""

    def test_has_one_line_per_number_and_per_key(self, desk: Village) -> None:
        desk.submit()
        event = CaseEvent.objects.get()
        for changes in ({"key": "other"}, {"n": 2}):
            copy = CaseEvent.objects.get()
            copy.pk = None
            for name, value in changes.items():
                setattr(copy, name, value)
            with pytest.raises(IntegrityError), transaction.atomic():
                copy.save(force_insert=True)
        assert list(CaseEvent.objects.all()) == [event]


class TestVerifyChain:
    @pytest.mark.parametrize(
        ("change", "what"),
        [
            ({"note": "forged"}, "hash"),
            ({"actor_name": "Somebody else"}, "hash"),
            ({"data": {}}, "hash"),
            ({"to_status": "done"}, "hash"),
        ],
    )
    def test_finds_a_changed_event(self, desk: Village, change: dict[str, Any], what: str) -> None:
        reference = desk.submit().reference
        desk.forward(reference)
        case = Case.objects.get()
        with history_unlocked():
            CaseEvent.objects.filter(n=1).update(**change)
        assert (1, what) in [(found.n, found.what) for found in chain.verify(case)]

    def test_finds_a_removed_event(self, desk: Village) -> None:
        reference = desk.submit().reference
        desk.forward(reference)
        with history_unlocked():
            CaseEvent.objects.filter(n=1).delete()
        assert chain.verify(Case.objects.get())[0].what == "gap"

    @pytest.mark.parametrize(
        ("change", "what"),
        [
            ({"status": "done"}, "status"),
            ({"answers": {"name": "Other"}}, "answers"),
            ({"officer_answers": {"complete": True}}, "answers"),
            ({"revision": 9}, "revision"),
            ({"number": "470/999"}, "number"),
        ],
    )
    def test_finds_a_case_changed_beside_its_history(
        self, desk: Village, change: dict[str, Any], what: str
    ) -> None:
        desk.submit()
        Case.objects.update(**change)
        found = [(one.n, one.what) for one in chain.verify(Case.objects.get())]
        assert [one for one in found if one[1] != "words of the search"] == [(0, what)]
