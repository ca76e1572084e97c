"""The names of static files in an installation: with their digest, and still finding each other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.test import override_settings

from cms.staticfiles import Storage

SITE = 'import{a as t}from"./parts/chunk-A.js";import"./parts/chunk-B.js";[()=>import("./parts/maps-C.js")];'
FILES = {
    "runtime/look/site.js": SITE,
    "runtime/look/parts/chunk-A.js": "export{t as a};",
    "runtime/look/parts/chunk-B.js": 'import{a}from"./chunk-A.js";',
    "runtime/look/parts/maps-C.js": 'import{a}from"./chunk-A.js";const words="import from nothing";',
    "wagtailadmin/js/vendor.js": 'const example = `import("./missing.js")`;',
}
REFERENCE = re.compile(r'(?:import\(|from|import)"(\./[^"]+)"')


@pytest.fixture
def collected(tmp_path: Path) -> Path:
    """Collect the files as `collectstatic` does in an installation."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    source = StaticFilesStorage(location=tmp_path)
    with override_settings(WHITENOISE_KEEP_ONLY_HASHED_FILES=True):
        storage = Storage(location=tmp_path)
        done = list(storage.post_process({name: (source, name) for name in FILES}))
    assert [outcome for _name, _hashed, outcome in done if isinstance(outcome, Exception)] == []
    return tmp_path


class TestStorage:
    """`cms.staticfiles.Storage`."""

    def test_keeps_every_reference_between_parts_of_the_site_alive(self, collected: Path) -> None:
        scripts = list((collected / "runtime").rglob("*.js"))
        found = [
            (script.parent / name).exists()
            for script in scripts
            for name in REFERENCE.findall(script.read_text())
        ]
        assert len(scripts) == 4
        assert len(found) == 5
        assert all(found)

    def test_names_each_file_by_its_digest_only(self, collected: Path) -> None:
        assert all(re.search(r"\.[0-9a-f]{12}\.js$", script.name) for script in collected.rglob("*.js"))
        assert (collected / "staticfiles.json").exists()

    def test_leaves_the_scripts_of_others_as_they_are(self, collected: Path) -> None:
        (vendor,) = (collected / "wagtailadmin/js").glob("vendor.*.js")
        assert vendor.read_text() == FILES["wagtailadmin/js/vendor.js"]
