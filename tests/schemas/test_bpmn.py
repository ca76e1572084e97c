"""The BPMN draws every element in its lane, is the same each time, and says what it leaves out."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from schemas import diagram, parse
from schemas.definition import Module
from schemas.diagram.bpmn import losses
from tests.schemas.corpus import STARTERS, VALID

NAMES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
}


def load(path: Path) -> Module:
    return parse.load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [*STARTERS, *VALID], ids=lambda path: path.stem)
class TestBpmn:
    def test_is_the_same_text_each_time(self, path: Path) -> None:
        assert diagram.bpmn(load(path), "id") == diagram.bpmn(load(path), "id")

    def test_draws_each_element_once(self, path: Path) -> None:
        root = ElementTree.fromstring(diagram.bpmn(load(path), "id"))
        known = [element.get("id") for element in root.iterfind(".//bpmn:process//*[@id]", NAMES)]
        hidden = {
            e.get("id") for e in root.iterfind(".//bpmn:process//*[@id]", NAMES) if "Definition" in e.tag
        }
        drawn = [e.get("bpmnElement") for e in root.iterfind(".//bpmndi:BPMNPlane/*", NAMES)]
        assert len(drawn) == len(set(drawn))
        assert set(drawn) == (set(known) - hidden - {"lanes"}) | {"pool"}

    def test_keeps_each_shape_in_its_lane(self, path: Path) -> None:
        root = ElementTree.fromstring(diagram.bpmn(load(path), "id"))
        shapes = {}
        for shape in root.iterfind(".//bpmndi:BPMNShape", NAMES):
            bounds = shape.find("dc:Bounds", NAMES)
            assert bounds is not None
            x, y, width, height = (int(bounds.attrib[key]) for key in ("x", "y", "width", "height"))
            shapes[shape.get("bpmnElement")] = (x, y, x + width, y + height)
        for lane in root.iterfind(".//bpmn:lane", NAMES):
            left, top, right, bottom = shapes[lane.get("id")]
            for reference in lane.iterfind("bpmn:flowNodeRef", NAMES):
                x, y, far, low = shapes[reference.text]
                assert left <= x < far <= right
                assert top <= y < low <= bottom

    def test_lists_what_it_cannot_say(self, path: Path) -> None:
        module = load(path)
        text = diagram.bpmn(module, "en")
        assert all(sentence in text for sentence in losses(module, "en"))
