"""What a region offers, read by another program."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from runtime.modules.models import Installation
from runtime.regions import scope
from runtime.regions.models import Region
from schemas import answers, openapi, parse
from tests import factories
from tests.conftest import ClientOn
from tests.runtime import permit
from tests.runtime.api.program import BASE, Program


class TestModules:
    def test_are_listed_with_their_addresses(self, program: Program) -> None:
        found = program.get(BASE).json()
        assert (found["total"], found["next"]) == (1, None)
        (module,) = found["modules"]
        assert (module["key"], module["version"], module["state"]) == ("izin", 1, "open")
        for name in ("schema", "openapi"):
            assert module["links"][name].startswith("http://tangerang.localhost/api/v1/modules/izin/1/")
            assert program.get(module["links"][name].removeprefix("http://tangerang.localhost")).json()

    def test_are_listed_a_page_at_a_time(self, program: Program, offered: Installation) -> None:
        factories.installed(offered.region)
        first = program.get(f"{BASE}?limit=1").json()
        assert [module["key"] for module in first["modules"]] == ["izin"]
        second = program.get(first["next"].removeprefix("http://tangerang.localhost")).json()
        assert ([module["key"] for module in second["modules"]], second["next"]) == (["surat-domisili"], None)

    @pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "offset=-1", "offset=99999999"])
    def test_are_never_listed_without_bounds_t39(self, program: Program, query: str) -> None:
        refused = program.get(f"{BASE}?{query}")
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["parameter"] == query.partition("=")[0]

    def test_of_another_region_are_not_here(
        self, program: Program, poso: Region, client_on: ClientOn
    ) -> None:
        other = client_on(poso)
        assert other.get(BASE).json()["modules"] == []
        for path in (f"{BASE}/izin", f"{program.home}/schema", f"{program.home}/openapi.json"):
            assert other.get(path).status_code == 404

    def test_that_are_closed_are_not_here(self, program: Program, offered: Installation) -> None:
        with scope.use(offered.region):
            Installation.objects.update(state="closed")
        assert program.get(BASE).json()["total"] == 0
        assert program.get(f"{BASE}/izin").status_code == 404
        assert program.submit({}).status_code == 404

    def test_tell_the_questions_of_the_applicant_only(self, program: Program) -> None:
        module = program.get(f"{BASE}/izin").json()
        assert [page["key"] for page in module["pages"]] == ["data", "more"]
        assert module["pages"][0]["fields"] == permit.document()["pages"][0]["fields"]

    def test_are_read_with_few_queries_t39(
        self, program: Program, offered: Installation, django_assert_max_num_queries: object
    ) -> None:
        factories.installed(offered.region)
        with django_assert_max_num_queries(5):  # type: ignore[operator]
            program.get(BASE)


class TestDocuments:
    def test_are_the_compiled_schema_and_the_openapi_of_the_version(self, program: Program) -> None:
        module = parse.load(permit.as_text())
        schema = program.get(f"{program.home}/schema")
        assert schema["Content-Type"] == "application/schema+json"
        assert schema.json() == json.loads(json.dumps(answers.schema(module)))
        described = program.get(f"{program.home}/openapi.json").json()
        assert described == json.loads(json.dumps(openapi.document(module, 1)))
        whole = program.get("/api/v1/openapi.json").json()
        assert whole == json.loads(json.dumps(openapi.whole()))

    @pytest.mark.parametrize("name", ["schema", "openapi.json"])
    def test_are_sent_once(self, program: Program, name: str) -> None:
        first = program.get(f"{program.home}/{name}")
        again = program.get(f"{program.home}/{name}", **{"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        other = program.get(f"{program.home}/{name}", **{"If-None-Match": '"other"'})
        assert other.status_code == 200

    def test_of_older_versions_stay_readable(self, program: Program, offered: Installation) -> None:
        document = permit.document()
        document["pages"][0]["fields"][0]["maxLength"] = 12
        factories.installed(offered.region, permit.as_text(pages=document["pages"]), number=2)
        older = program.get(f"{program.home}/schema").json()
        newer = program.get(f"{BASE}/izin/2/schema").json()
        assert older != newer
        assert program.get(f"{BASE}/izin/3/schema").status_code == 404

    @pytest.mark.parametrize("version", ["0", "9" * 30, "9" * 5000, "-1", "1.0", "a"])
    def test_of_impossible_versions_are_not_here(self, program: Program, version: str) -> None:
        refused = program.get(f"{BASE}/izin/{version}/schema")
        assert refused.status_code == 404
        assert refused["Content-Type"] == "application/problem+json"

    def test_answer_head(self, program: Program) -> None:
        assert program.client.head(f"{program.home}/schema").status_code == 200


class TestClients:
    """What goes for every caller."""

    def test_need_no_account_and_get_no_cookie(self, program: Program) -> None:
        for path in (BASE, f"{BASE}/izin", f"{program.home}/schema"):
            assert not program.get(path).cookies
        assert not program.validate({}).cookies

    def test_from_other_origins_get_no_permission_t38(self, program: Program) -> None:
        asked = program.client.options(
            f"{program.home}/submissions",
            headers={"Origin": "https://jahat.example", "Access-Control-Request-Method": "POST"},
        )
        assert asked.status_code == 405
        answer = program.get(BASE, Origin="https://jahat.example")
        assert not [name for name in answer.headers if name.lower().startswith("access-control-")]
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]

    def test_of_the_national_site_find_an_empty_list(self, db: None) -> None:
        factories.nation()
        assert Client(headers={"host": "localhost"}).get(BASE).json()["modules"] == []
