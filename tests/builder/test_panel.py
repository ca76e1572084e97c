"""What the editor is told by the server, and its scripts' own tests."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.utils.translation import override

from builder import blank, problems
from builder.panel import editor, kits, lettershapes, palette, spoken, words
from schemas import fieldtypes, parse
from schemas.problems import Problem
from tests import samples
from tests.builder import edits, ways
from tests.builder.conftest import ROLE, broken, document

ASSETS = Path(editor.__file__).parent / "assets"
NODE = Path(sys.executable).parent / "node"
SAME = {"NIK", "NIP", "NIB", "NISN", "NPWP", "RT", "RW", "F4 (215 × 330 mm)", "A4 (210 × 297 mm)"}
"""Words that are the same in both languages."""
SCRIPTS = {path.name: path.read_text(encoding="utf-8") for path in ASSETS.glob("*.js")}


class TestScripts:
    def test_pass_their_own_tests(self, tmp_path: Path):
        sample = tmp_path / "sample.json"
        sample.write_text(
            json.dumps(
                {
                    "document": blank.document(key="x", title="X", role=ROLE),
                    "parts": editor.parts(),
                    "kits": kits.kits(),
                    "shapes": lettershapes.shapes(),
                    "corpus": edits.corpus(),
                    "paths": ways.paths(),
                    "ticks": ways.ticks(),
                    **editor.catalogue(),
                }
            )
        )
        tests = sorted(str(path) for path in (Path(__file__).parent / "js").glob("*.test.js"))
        done = subprocess.run(
            [str(NODE), "--test", *tests],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env={"RAKIT_PANEL_SAMPLE": str(sample)},
        )
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]

    def test_say_only_sentences_that_exist(self):
        known = words.said()
        named = {name for code in SCRIPTS.values() for name in re.findall(r"""\bt\(\s*"([a-z_]+)\"""", code)}
        named |= {
            n
            for code in SCRIPTS.values()
            for pair in re.findall(r'\bt\([^()]*\? "([a-z_]+)" : "([a-z_]+)"', code)
            for n in pair
        }
        assert named - set(known) == set()

    def test_use_every_sentence(self):
        code = "".join(SCRIPTS.values())
        dynamic = re.findall(r"t\(`([a-z_]+)\$", code)
        unused = [
            name for name in words.said() if f'"{name}"' not in code and not name.startswith(tuple(dynamic))
        ]
        assert unused == []

    def test_say_everything_in_indonesian(self):
        catalogue = Path(words.__file__).parents[2] / "locale/id/LC_MESSAGES/django.po"
        known = {entry.msgid for entry in polib.pofile(str(catalogue)) if entry.msgstr}
        with override("en"):
            said = [
                *words.said().values(),
                *(str(words_) for pair in palette.TYPES.values() for words_ in pair),
            ]
        assert sorted({sentence for sentence in said if any(map(str.isalpha, sentence))} - known - SAME) == []

    def test_change_questions_in_one_way_only(self):
        """What moves, adds or takes out goes through `edit`, which asks first."""
        moving = set(re.findall(r"export function (\w+)", SCRIPTS["moving.js"])) - {"beside"}
        for name, code in SCRIPTS.items():
            applied = re.findall(r"store\.apply\((.*)", code)
            assert not {word for line in applied for word in re.findall(r"\w+", line)} & moving, name

    def test_put_no_text_in_as_markup(self):
        assert [name for name, code in SCRIPTS.items() if "innerHTML" in code and name != "panel.js"] == []
        assert SCRIPTS["panel.js"].count("innerHTML") == 1


def glyphs() -> dict[str, list[str]]:
    """Return the paths of the picture of each kind of question, as the browser draws them."""
    script = f'import {{ GLYPHS }} from "{ASSETS.as_uri()}/glyphs.js"; console.log(JSON.stringify(GLYPHS));'
    told = [str(NODE), "--input-type=module", "-e", script]
    drawn: dict[str, list[str]] = json.loads(subprocess.check_output(told, timeout=60))
    return drawn


class TestPalette:
    def test_offers_every_kind_of_question_once(self):
        offered = [kind for _key, _title, kinds in palette.GROUPS for kind in kinds]
        assert sorted(offered) == sorted(["group", *(kind.name for kind in fieldtypes.all())])
        assert set(palette.TYPES) == set(offered)

    def test_draws_every_kind_as_a_picture_of_its_own(self):
        drawn = glyphs()
        assert set(palette.TYPES) | {f"kit:{kit['key']}" for kit in kits.kits()} == set(drawn)
        pictures = ["".join(drawn[kind]) for kind in palette.TYPES]
        assert len(set(pictures)) == len(pictures)
        assert [one for one in pictures if not re.fullmatch(r"[MmLlHhVvCcSsQqAaZz0-9 .,-]+", one)] == []

    def test_knows_in_the_browser_which_kinds_only_show_something(self):
        said = re.search(r"const SHOWN = new Set\((\[.*?\])\)", SCRIPTS["outline.js"])
        assert said
        assert set(json.loads(said[1])) == fieldtypes.UNANSWERED

    @pytest.mark.parametrize("kit", kits.kits(), ids=lambda kit: kit["key"])
    def test_has_kits_that_a_service_can_be_made_of(self, kit: dict):
        made = blank.document(key="x", title="X", role=ROLE)
        made["pages"][0]["fields"] = kit["fields"]
        checked = parse.check_value(made)
        assert checked.module is not None, checked.problems

    def test_has_kits_that_can_all_be_put_in_twice(self):
        made = blank.document(key="x", title="X", role=ROLE)
        script = f"""
            import {{ insert }} from "{ASSETS.as_uri()}/moving.js";
            let sent = "";
            for await (const part of process.stdin) sent += part;
            const {{ doc, kits }} = JSON.parse(sent);
            for (const kit of [...kits, ...kits]) insert(doc, {{ pageIndex: 0, items: kit.fields }});
            console.log(JSON.stringify(doc));
        """
        done = subprocess.run(
            [str(NODE), "--input-type=module", "-e", script],
            input=json.dumps({"doc": made, "kits": kits.kits()}),
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        checked = parse.check_value(json.loads(done.stdout))
        assert checked.module is not None, checked.problems
        assert checked.module.applicant.name == "full_name"
        assert checked.module.field("attorney_nik_2") is not None

    @pytest.mark.parametrize("kind", sorted(palette.TYPES))
    def test_has_new_questions_that_are_right_once_they_are_worded(self, kind: str):
        made = blank.document(key="x", title="X", role=ROLE)
        field = {
            "key": "q",
            "type": kind,
            "label": {"id": "Apa?", "en": "What?"},
            **palette.new_fields()[kind],
        }
        if "options" in field:
            field["options"] = [{"value": "a", "label": {"id": "A", "en": "A"}}]
        if "rows" in field:
            field["rows"] = [{"value": "a", "label": {"id": "A", "en": "A"}}]
        if "image" in field:
            field["image"] = {"data": samples.PICTURE, "alt": {"id": "Peta", "en": "A map"}}
        made["pages"][0]["fields"] = [field]
        checked = parse.check_value(made)
        assert checked.module is not None, checked.problems


def nested() -> dict:
    """Return a service with questions in a group and in two levels of rows, and a rule in each."""
    said = {"answered": {"var": "nama"}}
    year = {"key": "tahun", "type": "text", "label": {"id": "Tahun", "en": "Year"}, "visible": said}
    school: dict = {
        "key": "sekolah",
        "type": "repeat",
        "label": {"id": "Sekolah", "en": "School"},
        "fields": [year],
    }
    name = {"key": "nama", "type": "text", "label": {"id": "Nama anak", "en": "Name of child"}}
    inner = {"key": "data", "type": "group", "label": {"id": "Data", "en": "Data"}, "fields": [name]}
    made = document()
    (applicant,) = made["pages"][0]["fields"]
    group: dict = {
        "key": "pemohon",
        "type": "group",
        "label": {"id": "Pemohon", "en": "You"},
        "fields": [applicant],
    }
    rows = {"key": "anak", "type": "repeat", "label": {"id": "Anak", "en": "Children"}}
    rows |= {"visible": said, "row": {"check": said}, "fields": [inner, school]}
    made["pages"][0]["fields"] = [group, rows]
    return made


class TestRules:
    def test_are_said_under_the_names_the_script_has(self):
        module = parse.check_value(nested()).module
        assert module is not None
        said = spoken.rules(module, "id")
        assert said == {
            "anak": {"visible": "Muncul bila Nama diisi", "row": "Diterima bila Nama anak diisi"},
            "anak/sekolah/tahun": {"visible": "Muncul bila Nama anak diisi"},
        }

    def test_are_said_of_a_draft_with_faults_too(self):
        made = nested()
        made["workflow"]["start"] = "nowhere"
        assert parse.check_value(made).module is None
        understood = parse.understood(made)
        assert understood is not None
        assert spoken.rules(understood, "en")["anak"]["visible"] == "Shown if Name is answered"

    def test_are_not_said_of_what_has_no_shape(self):
        assert parse.understood({"pages": 1}) is None


class TestPlace:
    def found(self, pointer: str) -> dict:
        return problems.place(pointer, broken())

    def test_names_the_question_and_its_page(self):
        place = self.found("/pages/0/fields/1/options")
        assert place["tab"] == "questions"
        assert place["target"] == {"kind": "fields", "index": 1, "parent": 0, "key": "jenis"}
        assert "Jenis" in place["where"]

    @pytest.mark.parametrize(
        ("pointer", "key"),
        [
            ("/pages/0/fields/0/label", "#pemohon"),
            ("/pages/0/fields/0/fields/0/label", "nama"),
            ("/pages/0/fields/1/row/check", "anak"),
            ("/pages/0/fields/1/fields/0/fields/0/options", "anak/nama"),
            ("/pages/0/fields/1/fields/1/fields/0/visible", "anak/sekolah/tahun"),
        ],
    )
    def test_names_what_stands_in_groups_and_rows(self, pointer: str, key: str):
        place = problems.place(pointer, nested())
        assert (place["tab"], place["target"]["kind"], place["target"]["key"]) == ("questions", "fields", key)

    @pytest.mark.parametrize(
        ("pointer", "tab"),
        [
            ("/datasets/nowhere/items/0", "info"),
            ("/workflow/actions/0/effects/0", "workflow"),
            ("/messages/0/subject", "texts"),
            ("/title", "info"),
            ("/privacy", "info"),
            ("", "info"),
            ("/pages/99/fields", "questions"),
        ],
    )
    def test_finds_the_tab(self, pointer: str, tab: str):
        assert self.found(pointer)["tab"] == tab

    def test_leads_from_a_list_to_the_first_question_that_chooses_from_it(self):
        made = nested()
        made["pages"][0]["fields"][1]["fields"][0]["fields"].append(
            {"key": "kelas", "type": "choice", "dataset": "kelas", "label": {"id": "Kelas"}}
        )
        place = problems.place("/datasets/kelas/items/0/label", made)
        assert (place["tab"], place["target"]["key"]) == ("questions", "anak/kelas")

    def test_says_titles_where_the_problem_names_keys(self):
        with override("id"):
            problem = Problem("workflow.dead_end", "/workflow/statuses/0", data={"name": "check"})
            (said,) = problems.described((problem,), document())
        assert "Pemeriksaan berkas" in said["sentence"]
        assert "check" not in said["sentence"]
