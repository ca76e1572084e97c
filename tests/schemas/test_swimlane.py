"""The picture with lanes: every box in its lane, no line over a box, everything said in words."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import diagram, parse
from schemas.diagram.layout import Box, Edge, Node, Picture, Space, place
from tests.schemas.corpus import STARTERS, VALID

SVG = "{http://www.w3.org/2000/svg}"


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Node], list[Edge], int, Space]:
    lanes = draw(st.integers(1, 6))
    count = draw(st.integers(1, 60))
    side = st.integers(1, 19)
    nodes = [
        Node(f"n{at}", draw(st.integers(0, lanes - 1)), draw(st.integers(20, 90)), draw(st.integers(20, 120)))
        for at in range(count)
    ]
    ends = draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=120))
    edges = [
        Edge(f"e{at}", f"n{tail}", f"n{head}", draw(st.none() | side), draw(st.booleans()))
        for at, (tail, head) in enumerate(ends)
        if tail != head
    ]
    space = Space(gap=draw(st.integers(20, 40)), pad=12, margin=10, slots=draw(st.integers(1, 3)))
    return nodes, edges, lanes, space


def inside(box: Box, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Say whether a straight piece of a line runs through the inside of a box."""
    low, high = sorted((one[0], other[0]))
    left, right = sorted((one[1], other[1]))
    return (
        low < box.along + box.length
        and box.along < high + (low == high)
        and left < box.across + box.breadth
        and box.across < right + (left == right)
        and not (low == high and low <= box.along)
        and not (left == right and left <= box.across)
    )


class TestPlace:
    @settings(max_examples=150, deadline=None)
    @given(graphs())
    def test_keeps_boxes_apart_in_their_lanes_and_lines_off_them(
        self, graph: tuple[list[Node], list[Edge], int, Space]
    ) -> None:
        nodes, edges, lanes, space = graph
        picture = place(nodes, edges, lanes, space)
        assert picture == place(nodes, edges, lanes, space)
        self.check_boxes(picture, nodes)
        for edge in edges:
            points = picture.lines[edge.key]
            assert points[-1] == (picture.boxes[edge.head].along, picture.boxes[edge.head].middle)
            for one, other in pairwise(points):
                assert one[0] == other[0] or one[1] == other[1]
                assert all(0 <= p[0] <= picture.length and 0 <= p[1] <= picture.breadth for p in (one, other))
                assert not any(inside(box, one, other) for box in picture.boxes.values())

    @staticmethod
    def check_boxes(picture: Picture, nodes: list[Node]) -> None:
        for node in nodes:
            box, (start, breadth) = picture.boxes[node.key], picture.lanes[node.lane]
            assert start <= box.across
            assert box.across + box.breadth <= start + breadth
            assert box.along + box.length <= picture.length
        for one, other in combinations(picture.boxes.values(), 2):
            assert (
                one.along + one.length <= other.along
                or other.along + other.length <= one.along
                or one.across + one.breadth <= other.across
                or other.across + other.breadth <= one.across
            )


@pytest.mark.parametrize("path", [*STARTERS, *VALID], ids=lambda path: path.stem)
class TestSwimlane:
    def test_has_a_box_for_each_status_and_a_lane_for_each_who_acts(self, path: Path) -> None:
        module = parse.load(path.read_text(encoding="utf-8"))
        root = ElementTree.fromstring(diagram.swimlane(module, "id"))
        groups = [group.attrib["class"] for group in root.findall(f"{SVG}g")]
        assert sum("diagram-status " in name for name in groups) == len(module.workflow.statuses)
        said = " ".join("".join(lane.itertext()) for lane in root.findall(f"{SVG}g[@class='diagram-lane']"))
        assert "Pemohon" in said

    def test_names_itself_and_tells_each_action_in_words(self, path: Path) -> None:
        module = parse.load(path.read_text(encoding="utf-8"))
        root = ElementTree.fromstring(diagram.swimlane(module, "id"))
        told = {child.attrib.get("id"): child.text or "" for child in root}
        title, desc = (told[name] for name in root.attrib["aria-labelledby"].split())
        assert module.title.say("id") in title
        assert all(action.title.say("id") in desc for action in module.workflow.actions)

    def test_needs_no_style_of_its_own(self, path: Path) -> None:
        module = parse.load(path.read_text(encoding="utf-8"))
        picture = diagram.swimlane(module, "en", module.workflow.start)
        assert "style" not in picture
        assert "<script" not in picture


class TestRows:
    def test_lights_the_current_status_and_says_so(self) -> None:
        module = parse.load(STARTERS[0].read_text(encoding="utf-8"))
        picture = diagram.swimlane(module, "id", module.workflow.start)
        assert len(re.findall("diagram-status--current", picture)) == 1
        assert "Permohonan ada di sini" in picture

    def test_draws_clocks_and_ways_back_apart(self) -> None:
        module = parse.load(STARTERS[0].read_text(encoding="utf-8"))
        picture = diagram.swimlane(module, "id")
        clocks = [action for action in module.workflow.actions if action.after]
        assert picture.count("diagram-edge--clock") == sum(len(action.from_) for action in clocks) > 0
        assert "diagram-edge--return" in picture
        assert "setelah 10 hari" in " ".join(picture.replace("</tspan>", " ").split())
