"""The picture of a workflow is sound XML, says everything in words, and hides nothing."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from schemas import diagram, parse
from schemas.definition import Duration
from schemas.diagram import words
from tests.schemas.corpus import STARTERS, VALID, small_module

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("path", [*STARTERS, *VALID], ids=lambda path: path.stem)
class TestSvg:
    def test_shows_each_status_once_and_inside_the_picture(self, path: Path) -> None:
        module = parse.load(path.read_text(encoding="utf-8"))
        root = ElementTree.fromstring(diagram.svg(module, "id"))
        boxes = root.findall(f"{SVG}g")
        assert len(boxes) == len(module.workflow.statuses)
        _, _, width, height = map(int, root.attrib["viewBox"].split())
        assert width == 360
        spans = []
        for box in boxes:
            rect = box.find(f"{SVG}rect")
            assert rect is not None
            x, y, w, h = (int(rect.attrib[name]) for name in ("x", "y", "width", "height"))
            assert 0 <= x <= width - w
            assert 0 <= y <= height - h
            spans.append((x, y, x + w, y + h))
        for at, (left, top, right, bottom) in enumerate(spans):
            for other in spans[at + 1 :]:
                assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top

    def test_keeps_words_off_the_edges_of_their_boxes(self, path: Path) -> None:
        module = parse.load(path.read_text(encoding="utf-8"))
        root = ElementTree.fromstring(diagram.svg(module, "id", module.workflow.start))
        for box in root.findall(f"{SVG}g"):
            rect = box.find(f"{SVG}rect")
            assert rect is not None
            letter = 8.6 if "current" in box.attrib["class"] else 7.6  # pixels, in a wide font
            for line in box.iter(f"{SVG}tspan"):
                assert len(line.text or "") * letter + 12 <= int(rect.attrib["width"])

    def test_has_a_title_and_tells_each_action_in_words(self, path: Path) -> None:
        module = parse.load(path.read_text(encoding="utf-8"))
        root = ElementTree.fromstring(diagram.svg(module, "id"))
        names = root.attrib["aria-labelledby"].split()
        told = {child.attrib.get("id"): child.text or "" for child in root}
        assert module.title.say("id") in told[names[0]]
        assert all(action.title.say("id") in told[names[1]] for action in module.workflow.actions)

    def test_needs_no_style_of_its_own(self, path: Path) -> None:
        module = parse.load(path.read_text(encoding="utf-8"))
        picture = diagram.svg(module, "en", module.workflow.start)
        assert "style" not in picture
        assert "<script" not in picture


class TestCurrent:
    def test_lights_the_current_status_alone(self) -> None:
        module = parse.load(STARTERS[0].read_text(encoding="utf-8"))
        picture = diagram.svg(module, "id", module.workflow.start)
        assert len(re.findall("diagram-status--current", picture)) == 1
        assert "Sekarang:" in picture

    def test_breaks_the_bold_words_of_the_current_status_earlier(self) -> None:
        document = small_module([{"key": "a", "type": "text", "label": "A"}])
        said = {"id": "Permohonan diperiksa"}
        document["workflow"]["statuses"][0] |= {"title": said, "public_title": said}
        module = parse.check_value(document).module
        assert module is not None
        lines = (r">(Permohonan diperiksa)<", r">(Permohonan)<")
        plain, lit = (re.findall(line, diagram.svg(module, "id")) for line in lines)
        assert (len(plain), len(lit)) == (1, 0)
        plain, lit = (re.findall(line, diagram.svg(module, "id", module.workflow.start)) for line in lines)
        assert (len(plain), len(lit)) == (0, 1)

    def test_counts_one_day_as_one(self) -> None:
        span = words.span
        assert span(Duration(1, "working_days"), "en") == "1 working day"
        assert span(Duration(2, "working_days"), "en") == "2 working days"

    def test_treats_titles_as_text(self) -> None:
        document = small_module([{"key": "a", "type": "text", "label": "A"}])
        document["workflow"]["statuses"][0]["title"] = '<b onload=x>&"{}' + "panjang " * 40
        module = parse.check_value(document).module
        assert module is not None
        root = ElementTree.fromstring(diagram.svg(module, "id"))
        assert not list(root.iter("b"))
