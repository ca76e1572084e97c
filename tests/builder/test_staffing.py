"""The holes in the staff that the editor tells."""

from __future__ import annotations

import json
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from builder import problems, services, staffing
from builder.models import Release
from runtime.modules.models import Installation
from runtime.regions import scope
from runtime.regions import services as regions
from runtime.regions.models import Region, User
from schemas import parse
from tests import factories
from tests.builder.conftest import document
from tests.proof import planting


def roles(**where: str) -> dict[str, object]:
    """Return a document that names roles and where they are looked for."""
    return {"workflow": {"roles": [{"key": key, "title": key, "where": one} for key, one in where.items()]}}


class TestVacant:
    def test_names_the_role_that_nobody_holds(self, tangerang: Region):
        with scope.use(tangerang):
            (problem,) = staffing.vacant(roles(lurah="office"), tangerang)
            assert (problem.code, problem.pointer) == (staffing.NEW, "/workflow/roles/0")
            regions.provide_roles(region=tangerang, titles={"lurah": {"id": "Lurah"}})
            (problem,) = staffing.vacant(roles(lurah="office"), tangerang)
        assert (problem.code, problem.pointer) == (staffing.NOBODY, "/workflow/roles/0")
        assert problem.severity == "warning"

    def test_is_content_when_somebody_holds_it_in_an_office(self, tangerang: Region, head: User):
        with scope.use(tangerang):
            assert staffing.vacant(roles(village_head="office"), tangerang) == []

    def test_is_content_when_somebody_stands_in_for_all_services(
        self, tangerang: Region, village: Region, head: User
    ):
        row = factories.standin(head, "section_head", village)
        with scope.use(tangerang):
            assert staffing.vacant(roles(section_head="office"), tangerang) == []
            row.modules = ",izin,"
            row.save()
            assert len(staffing.vacant(roles(section_head="office"), tangerang)) == 1

    def test_tells_when_it_is_held_in_offices_only_but_asked_for_all(self, tangerang: Region, head: User):
        with scope.use(tangerang):
            (problem,) = staffing.vacant(roles(village_head="region"), tangerang)
        assert problem.code == staffing.NOBODY_FOR_ALL

    def test_tells_when_it_is_held_only_where_no_case_comes(self, tangerang: Region, head: User):
        with scope.use(tangerang):
            told = roles(village_head="office")
            office = {"key": "place", "type": "office", "kinds": ["agency"]}
            told["workflow"] |= {"office": "place"}
            told["pages"] = [{"fields": [{"key": "group", "type": "group", "fields": [office]}]}]
            assert [one.code for one in staffing.vacant(told, tangerang)] == [staffing.NOBODY_THERE]
            office["kinds"] = ["village"]
            assert staffing.vacant(told, tangerang) == []

    def test_does_not_count_who_holds_it_in_another_region(self, tangerang: Region, outsider: User):
        with scope.use(tangerang):
            (problem,) = staffing.vacant(roles(village_head="office"), tangerang)
        assert problem.code == staffing.NEW

    def test_survives_a_document_of_any_shape(self, tangerang: Region):
        with scope.use(tangerang):
            for shape in (None, [], {"workflow": 3}, {"workflow": {"roles": {}}}, roles() | {"workflow": []}):
                assert staffing.vacant(shape, tangerang) == []
            assert staffing.vacant({"workflow": {"roles": [1, {"key": 2}]}}, tangerang) == []

    def test_is_said_in_words_with_the_region_and_the_title(self, tangerang: Region):
        held = roles(lurah="office")
        with scope.use(tangerang):
            (told,) = problems.described(tuple(staffing.vacant(held, tangerang)), held)
        assert "Kota Tangerang" in told["sentence"]
        assert "lurah" in told["sentence"]
        assert "{" not in told["sentence"]
        assert told["tab"] == "workflow"


class TestTooFew:
    def test_counts_the_people_a_vote_needs(self, village: Region):
        region = village.tenant
        assert region is not None
        made = document()
        made["workflow"]["roles"][0]["key"] = "loket"
        text = json.dumps(made).replace('"officer"', '"loket"')
        voting = json.loads(text)
        complete = [{"if": "all_decided", "do": "jadi_x"}, {"if": "any_against", "do": "gugur_x"}]
        planting.panel(voting, complete)
        voting["workflow"]["separate"] = [["ke_sidang_x", "suara_x"]]
        module = parse.load(json.dumps(voting))
        with scope.use(region):
            assert list(staffing.too_few(module, region)) == []
            for number, codes in (
                (1, ["staff.too_few", "staff.one_person"]),
                (2, ["staff.too_few"]),
                (3, []),
            ):
                factories.staff("loket", village, f"petugas-{number}")
                found = list(staffing.too_few(module, region))
                assert [problem.code for problem in found] == codes
                (told, *_rest) = [*problems.described(tuple(found), voting), {"sentence": ""}]
                assert "{" not in told["sentence"]


class TestCreateModule:
    def test_gives_the_first_step_to_the_counter_officers_the_region_has(self, village: Region):
        factories.staff("loket", village)
        region = village.tenant
        assert region is not None
        with scope.use(region):
            role = staffing.roles(region)[0]
            role.title = {"id": "Petugas loket"}
            role.save()
            made = services.create_module(region=region, title="Izin", user=None)
        assert [one["key"] for one in services.read_draft(made.document)["workflow"]["roles"]] == ["loket"]

    def test_never_offers_the_roles_of_those_who_design_services(self, tangerang: Region, clerk: User):
        with scope.use(tangerang):
            assert staffing.roles(tangerang) == []


class TestPublishScheduled:
    def test_publishes_what_is_due_in_every_region(self, tangerang: Region, poso: Region):
        now = timezone.now()
        for region in (tangerang, poso):
            with scope.use(region):
                module = services.create_module(region=region, title="Izin Keramaian", user=None)
                module.document = services.digests.pretty(document(key=module.key))
                module.go_live_at = now + timedelta(minutes=5)
                revision = module.save_revision(clean=False)
                services.publish(module=module, revision=revision, user=None, now=now)
                revision.refresh_from_db()
                revision.approved_go_live_at = now - timedelta(minutes=1)
                revision.content["go_live_at"] = (now - timedelta(minutes=1)).isoformat()
                revision.save()
                assert Release.objects.count() == 0
        call_command("publish_scheduled")
        for region in (tangerang, poso):
            with scope.use(region):
                assert Release.objects.count() == 1
                assert Installation.objects.get().state == Installation.State.OPEN
