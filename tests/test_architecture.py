"""What imports cannot show: directions of foreign keys, sizes of files, walls, places of templates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from runtime.regions import rls
from runtime.regions.models import Region
from runtime.regions.scope import ScopedModel

ROOT = Path(__file__).parents[1]
PACKAGES = ("schemas", "runtime", "builder", "cms")
ROOMS = (
    *(
        "look",
        "regions",
        "outside",
        "registers",
        "areas",
        "datasets",
        "modules",
        "forms",
        "workflow",
        "notices",
        "effects",
        "jobs",
    ),
    *(
        "cases",
        "viewlog",
        "digests",
        "batches",
        "letters",
        "profiles",
        "wizard",
        "tracking",
        "inbox",
        "api",
        "builder",
        "demo",
        "cms",
    ),
)
LONG_FILES: dict[str, str] = {}  # path: why it may be longer than 400 lines


def _own_models() -> list[type[models.Model]]:
    return [
        model
        for label in ROOMS
        if label in apps.app_configs
        for model in apps.get_app_config(label).get_models()
    ]


def _sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (path for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts)


class TestForeignKeys:
    def test_point_only_to_the_same_room_or_a_lower_one(self) -> None:
        wrong = [
            f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
            for model in _own_models()
            for field in model._meta.get_fields()
            if isinstance(field, models.ForeignKey | models.ManyToManyField)
            and field.related_model._meta.app_label in ROOMS
            and ROOMS.index(field.related_model._meta.app_label) > ROOMS.index(model._meta.app_label)
        ]
        assert wrong == []


class TestScopedModels:
    def test_are_all_models_that_belong_to_a_region(self) -> None:
        unscoped = [
            model._meta.label
            for model in _own_models()
            if model is not Region
            and any(f.name == "region" and f.related_model is Region for f in model._meta.get_fields())
            and not issubclass(model, ScopedModel)
        ]
        assert unscoped == []

    def test_each_have_a_region_that_must_be_set(self) -> None:
        assert rls.scoped_models()
        for model in rls.scoped_models():
            field = model._meta.get_field("region")
            assert field.related_model is Region, model._meta.label
            assert not field.null, model._meta.label


class TestFiles:
    def test_stay_short(self) -> None:
        lines = {
            str(path.relative_to(ROOT)): path.read_text(encoding="utf-8").count("\n") for path in _sources()
        }
        assert {path: count for path, count in lines.items() if count > 400 and path not in LONG_FILES} == {}
        assert len(lines) > 100

    def test_T27_keep_no_page_in_a_cache(self) -> None:
        kept = [
            p for p in _sources() if re.search(r"cache_page|CacheMiddleware|{% cache", p.read_text("utf-8"))
        ]
        templates = [p for name in PACKAGES for p in (ROOT / name).rglob("*.html")]
        kept += [p for p in templates if "{% cache" in p.read_text("utf-8")]
        assert kept == []

    def test_T28_spread_nothing_of_a_request_into_arguments(self) -> None:
        spread = re.compile(r"\*\*\s*(self\.)?request\.(GET|POST|data|FILES)|\*\*json\.loads")
        assert [p for p in _sources() if spread.search(p.read_text("utf-8"))] == []

    def test_called_utils_do_not_exist(self) -> None:
        assert [path for path in _sources() if path.stem in {"utils", "helpers", "misc"}] == []

    def test_open_with_what_they_own(self) -> None:
        silent = [
            str(path.relative_to(ROOT))
            for path in _sources()
            if path.name not in {"apps.py"}
            and path.read_text(encoding="utf-8").strip()
            and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        ]
        assert silent == []


class TestTemplates:
    def test_of_an_app_lie_under_its_own_name(self) -> None:
        """Exceptions: pages that Django, Wagtail and allauth look for under their own names."""
        foreign = re.compile(r"^(allauth|account|mfa|wagtailadmin|wagtailsnippets)/|^\d{3}(_csrf)?\.html$")
        wrong = []
        for package in ("runtime", "builder", "cms"):
            for folder in (ROOT / package).rglob("templates"):
                owner = str(folder.parent.relative_to(ROOT))
                for path in folder.rglob("*.html"):
                    name = str(path.relative_to(folder))
                    if not name.startswith(f"{owner}/") and not foreign.match(name):
                        wrong.append(f"{owner}: {name}")
        assert wrong == []

    def test_of_citizens_and_officers_hold_nothing_inline(self) -> None:
        inline = re.compile(
            r"<script(?![^>]*\b(src|type=\"application/json\"))[^>]*>|<style|\sstyle=|\son[a-z]+=|javascript:"
        )
        wrong = [
            str(path.relative_to(ROOT))
            for path in (ROOT / "runtime").rglob("templates/**/*.html")
            if inline.search(path.read_text(encoding="utf-8"))
        ]
        assert wrong == []


@pytest.mark.django_db
class TestMigrations:
    def test_are_complete(self) -> None:
        output = StringIO()
        call_command("makemigrations", check_changes=True, dry_run=True, stdout=output)


class TestTexts:
    def test_are_translated_and_name_the_same_placeholders(self) -> None:
        call_command("texts", check=True, stdout=StringIO())
