"""Standing in where several decide: whose task it is, whose vote it was, whom four eyes count."""

from __future__ import annotations

from dataclasses import replace

from runtime.regions.capacity import StandIn
from runtime.workflow import standing
from runtime.workflow.values import ActionRefused, Actor, Decision
from tests.runtime.workflow.test_votes import HEAD, ONE, REGION, TWO, member, sitting

OFFICE = 5


def deputy(
    number: int, of: Actor, role: str = "panitia", office: int = REGION, *own: tuple[str, int]
) -> Actor:
    """Return somebody who stands in for a post of `of`, with posts of their own if given."""
    assert of.id is not None
    post = (role, office)
    stood_in = StandIn(1, post, "plh", of.id, of.name, frozenset({of.id}))
    return replace(member(number, post, *own), standins=(stood_in,))


class TestATaskInHand:
    def test_of_whoever_is_away_is_the_substitutes(self) -> None:
        case = sitting()
        given = tuple(replace(task, held_by=ONE.id) for task in case.snapshot.tasks)
        case.snapshot = replace(case.snapshot, tasks=given)
        assert case.vote(TWO) == "claimed"
        assert case.vote(deputy(8, of=TWO)) == "claimed"
        assert case.vote(deputy(9, of=ONE)) == ""

    def test_is_the_substitutes_for_actions_too(self) -> None:
        case = sitting("penetapan")
        given = tuple(replace(task, held_by=HEAD.id) for task in case.snapshot.tasks)
        case.snapshot = replace(case.snapshot, tasks=given)
        other = case.do("tetapkan", member(7, ("kepala", REGION)))
        assert isinstance(other, ActionRefused)
        assert other.reason == "claimed"
        assert isinstance(case.do("tetapkan", deputy(9, HEAD, "kepala")), Decision)


class TestAVote:
    def test_is_not_given_twice_by_somebodys_substitute(self) -> None:
        case = sitting()
        assert case.vote(ONE) == ""
        assert case.vote(deputy(9, of=ONE)) == "voted"
        assert case.vote(deputy(9, of=TWO)) == ""

    def test_says_for_whom_it_was(self) -> None:
        case, acting = sitting(), deputy(9, of=TWO)
        before = case.snapshot
        decision = case.do("suara", acting, outcome="setuju")
        assert isinstance(decision, Decision)
        found = standing.standin(acting, decision, before)
        assert found is not None
        assert found.principal_id == TWO.id

    def test_uses_the_post_of_the_seat_that_was_taken(self) -> None:
        case = sitting()
        first, second, third = case.snapshot.tasks
        tasks = (replace(first, office_id=OFFICE, held_by=ONE.id), second, third)
        case.snapshot = replace(case.snapshot, tasks=tasks)
        both = deputy(9, ONE, "panitia", OFFICE, ("panitia", REGION))
        before = case.snapshot
        decision = case.do("suara", both, outcome="setuju")
        assert isinstance(decision, Decision)
        assert decision.settled is not None
        assert decision.settled.task == tasks[0]
        assert standing.standin(both, decision, before) == both.standins[0]

    def test_never_takes_the_seat_of_the_applicant(self) -> None:
        case = sitting()
        first, second, third = case.snapshot.tasks
        tasks = (replace(first, office_id=OFFICE), second, third)
        case.snapshot = replace(case.snapshot, tasks=tasks, applicant_id=ONE.id)
        both = deputy(9, ONE, "panitia", OFFICE, ("panitia", REGION))
        decision = case.do("suara", both, outcome="setuju")
        assert isinstance(decision, Decision)
        assert decision.settled is not None
        assert decision.settled.task == second
        assert case.vote(deputy(8, ONE, "panitia", OFFICE)) == "principals_case"


class TestFourEyes:
    def test_see_through_a_substitute(self) -> None:
        case = sitting()
        case.vote(ONE)
        case.vote(TWO)
        refused = case.do("tetapkan", deputy(9, of=replace(HEAD, id=ONE.id), role="kepala"))
        assert isinstance(refused, ActionRefused)
        assert refused.reason == "separated"
        assert isinstance(case.do("tetapkan", deputy(9, HEAD, "kepala")), Decision)

    def test_do_not_mind_what_the_principal_did_when_one_acts_in_person(self) -> None:
        case = sitting()
        case.vote(ONE)
        case.vote(TWO)
        own = deputy(9, ONE, "petugas", OFFICE, ("kepala", REGION))
        assert isinstance(case.do("tetapkan", own), Decision)


class TestReopening:
    def test_by_a_substitute_says_for_whom(self) -> None:
        case = sitting("ditolak")
        case.snapshot = replace(case.snapshot, offices=frozenset({REGION}))
        acting = deputy(9, HEAD, "kepala")
        held = standing.acting(acting, "kepala", (), case.snapshot)
        assert standing.for_whom(acting, held, None) == acting.standins[0]
