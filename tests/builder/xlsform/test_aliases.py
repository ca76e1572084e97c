"""Heads and types mean here what they mean to pyxform, in each of the spellings that it takes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyxform import aliases, constants
from pyxform.parsing.sheet_headers import process_header
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from builder.xlsform.columns import FOREIGN
from builder.xlsform.heads import Head, head
from builder.xlsform.typenames import OF_PROGRAMS, meant
from tests.builder.xlsform.books import choices, fields, q, run, told

OURS = {
    ("bind", "relevant"): "relevant", ("bind", "readonly"): "readonly", ("bind", "required"): "required",
    ("bind", "constraint"): "constraint", ("bind", "calculate"): "calculation",
    ("bind", "jr:constraintMsg"): "constraint_message", ("bind", "jr:requiredMsg"): "required_message",
    ("bind", "jr:noAppErrorString"): "noapperrorstring", ("bind", "entities:saveto"): "save_to",
    ("control", "appearance"): "appearance", ("control", "jr:count"): "repeat_count",
    ("control", "autoplay"): "autoplay", ("control", "rows"): "rows",
    ("instance", "odk:tag"): "instance::odk:tag", ("control",): "control",
    ("list name",): "list_name", ("title",): "form_title", ("id_string",): "form_id",
    ("jr:constraintMsg",): "constraint_message", ("jr:requiredMsg",): "required_message",
}  # fmt: skip
TABLES = {
    "survey": (aliases.survey_header, aliases.TRANSLATABLE_SURVEY_COLUMNS),
    "choices": (aliases.list_header, aliases.TRANSLATABLE_CHOICES_COLUMNS),
    "settings": (aliases.settings_header, {}),
}
MOST_USED = ("type", "name", "label", "hint", "guidance_hint", "default", "choice_filter", "parameters")


def meaning(tokens: tuple[str, ...], spoken: str = "") -> tuple[str, str]:
    """Return name and language of a head that pyxform has read."""
    plain = tokens[:-1] if spoken and tokens[-1] == spoken else tokens
    if plain[0] == "media" and len(plain) == 2:
        return f"media::{plain[1]}", spoken if plain != tokens else ""
    return OURS.get(plain, "::".join(plain)), spoken if plain != tokens else ""


def spellings(written: str) -> Iterator[str]:
    """Yield a head as people write it."""
    yield from (written, f" {written} ", written.replace("_", " "), written.replace("_", "  "))
    if ":" not in written:
        yield from (written.upper(), written.title())


def read(written: str, sheet: str, *, double: bool = False) -> tuple[str, ...]:
    """Return the tokens that pyxform makes of a head of a sheet."""
    known = set(MOST_USED) | {constants.MEDIA, "bind", "control"} if sheet == "survey" else {"label", "name"}
    tokens: tuple[str, ...] = process_header(written, double, TABLES[sheet][0], known)[1]
    return tokens


CASES = [(sheet, name) for sheet, (table, _) in TABLES.items() for name in table]


class TestHeads:
    @pytest.mark.parametrize(("sheet", "name"), CASES)
    def test_mean_what_pyxform_reads(self, sheet: str, name: str) -> None:
        for written in spellings(name):
            found = head(written, sheet)
            assert (found.name, found.language) == meaning(read(written, sheet)), written

    @pytest.mark.parametrize("colons", [":", "::"])
    @pytest.mark.parametrize(
        ("sheet", "name"),
        [(sheet, name) for sheet, (_, spoken) in TABLES.items() for name in spoken if ":" not in name],
    )
    def test_have_a_language_behind_one_colon_or_two(self, sheet: str, name: str, colons: str) -> None:
        for language in ("Bahasa Indonesia", "English (en)"):
            for written in (f"{name}{colons}{language}", f"{name.upper()} {colons} {language}"):
                found = head(written, sheet)
                expected = meaning(read(written, sheet, double=colons == "::"), language)
                assert (found.name, found.language) == expected, written

    @pytest.mark.parametrize(
        ("written", "name", "language"),
        [
            ("bind:jr:constraintMsg", "constraint_message", ""),
            ("bind:jr:constraintMsg:Bahasa Indonesia", "constraint_message", "Bahasa Indonesia"),
            ("bind::jr:requiredMsg::English (en)", "required_message", "English (en)"),
            ("control:jr:count", "repeat_count", ""),
            ("body:appearance", "appearance", ""),
            ("media:image", "media::image", ""),
            ("media:image:Bahasa Indonesia", "media::image", "Bahasa Indonesia"),
            ("Big-Image", "media::big-image", ""),
            ("Constraint Message", "constraint_message", ""),
            ("jr:count", "repeat_count", ""),
            ("orx:max-pixels", "orx:max-pixels", ""),
            ("bind:oc:itemgroup", "bind::oc::itemgroup", ""),
            ("wilayah:kode", "wilayah:kode", ""),
        ],
    )
    def test_of_older_forms_are_understood(self, written: str, name: str, language: str) -> None:
        assert head(written) == Head(written, name, language)

    def test_of_lists_are_those_of_lists(self) -> None:
        """Words that are a column of questions are a column for filters in the lists."""
        listed = [{**row, "tag": "t", "value": "v", "count": "3"} for row in choices(ab=("a", "b"))]
        made = run(
            q("text", "t"),
            q("select_one ab", "x", choice_filter="tag = ${t} or value = ${t} or count = ${t}"),
            choices=listed,
        )
        assert told(made) == []
        assert made.document is not None
        assert made.document["datasets"]["ab"]["items"][0] == {
            "value": "a", "label": "A", "tag": "t", "value_2": "v", "count": "3",
        }  # fmt: skip

    def test_that_pyxform_knows_and_we_do_not_are_named_in_each_row(self) -> None:
        named = {meaning(read(name, "survey"))[0] for name in aliases.survey_header}
        assert {name for name in named if "sms" in name} <= FOREIGN


class TestTypes:
    @pytest.mark.parametrize("written", sorted(QUESTION_TYPE_DICT))
    def test_of_pyxform_are_all_known(self, written: str) -> None:
        with_list = "select" in written or written == "rank"
        asked = f"{written} ab" if with_list else written
        made = run(q("text", "first"), q(asked, "x"), choices=choices(ab=("a", "b")))
        codes = {code for row, _, code in told(made) if row == 3}
        assert codes.isdisjoint({"type.unknown", "type.near", "type.select", "type.program"}), codes

    @pytest.mark.parametrize("written", sorted(aliases.select))
    def test_with_lists_are_all_known(self, written: str) -> None:
        for other in ("", " or_other", " or other", " or specify other"):
            made = run(q("text", "first"), q(f"{written} ab{other}", "x"), choices=choices(ab=("a", "b")))
            codes = [code for row, _, code in told(made) if row == 3]
            ranked = ["rank.other", "rank.places"] if other else ["rank.places"]
            expected = {"rank": ranked, "select_one_external": ["list.none"]}
            assert codes == (["type.file"] if "file" in written else expected.get(written, []))

    @pytest.mark.parametrize("written", sorted(aliases.control))
    @pytest.mark.parametrize("gap", [" ", "_"])
    def test_that_begin_something_are_all_known(self, written: str, gap: str) -> None:
        made = run(
            q("text", "first"),
            q(f"begin{gap}{written}", "g"), q("text", "inner"), q(f"end{gap}{written}", ""),
        )  # fmt: skip
        codes = [code for _, _, code in told(made)]
        assert codes == (["type.old", "inside", "inside"] if written == "loop" else [])

    @pytest.mark.parametrize(
        ("written", "reason"),
        [
            ("cascading_select desa", "type.cascade"),
            ("Cascading Select desa", "type.cascade"),
            ("include", "type.include"),
            ("include rumah", "type.include"),
            ("osm", "type.lines"),
            ("osm gedung", "type.lines"),
            ("select_one", "type.select"),
            ("text audit", "type.device"),
            ("begin_kobomatrix", "type.program"),
            ("integerx", "type.near"),
            ("selectone ab", "whole"),
            ("select_onex ab", "type.near"),
            ("select_multiplex ab", "type.near"),
            ("photograph of the house", "type.unknown"),
        ],
    )
    def test_that_are_not_asked_say_which_and_what_to_do(self, written: str, reason: str) -> None:
        made = run(q("text", "first"), q(written, "x"), choices=choices(ab=("a", "b")))
        codes = [code for row, _, code in told(made) if row == 3]
        assert codes[:1] == ([] if reason == "whole" else [reason])

    def test_near_ones_are_meant(self) -> None:
        found = {written: meant(written) for written in ("integerx", "select_onex", "end groupx", "x", "")}
        assert found == {
            "integerx": "integer", "select_onex": "select_one", "end groupx": "end group",
            "x": "", "": "",
        }  # fmt: skip

    def test_of_one_program_take_what_stands_inside_with_them(self) -> None:
        made = run(
            q("text", "first"),
            q("begin_score", "s"),
            q("score__row", "r"),
            q("end_score", ""),
            q("text", "last"),
        )
        assert [code for _, _, code in told(made)] == ["type.program", "inside", "inside"]
        assert set(fields(made)) == {"first", "last"}
        assert OF_PROGRAMS.fullmatch("begin group") is None

    def test_with_bounds_have_them_unless_the_row_has_its_own(self) -> None:
        found = fields(
            run(q("percentage", "a"), q("percentage", "b", constraint=". > 50"), q("phone number", "c"))
        )
        assert (found["a"]["minimum"], found["a"]["maximum"]) == (0, 100)
        assert (found["b"]["minimum"], found["b"].get("maximum")) == (51, None)
        assert (found["c"]["type"], found["c"]["pattern"]) == ("pattern", "[0-9]*")

    def test_that_are_settings_give_the_title(self) -> None:
        made = run(
            q("set form title", "Izin Keramaian", None), q("set_form_id", "izin", None), q("text", "a")
        )
        assert made.document is not None
        assert made.document["title"] == {"id": "Izin Keramaian"}
        assert made.conversion.whole


def test_a_sheet_with_nearly_the_right_name_is_named() -> None:
    made = run(q("select_one ab", "a"), q("text", "b"), others={"choicesx": choices(ab=("a",))})
    assert made.document is not None
    assert [(e.sheet, e.reason) for e in made.conversion.ledger.of("without")] == [("choicesx", "sheet.near")]
