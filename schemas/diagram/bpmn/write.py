"""Writes a BPMN process and its diagram as XML in the order the schema of the OMG wants."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from schemas.definition import Module
from schemas.diagram import lanes
from schemas.diagram.bpmn import model, own, shapes
from schemas.diagram.bpmn.parts import Event, Flow, Graph, Node, Own
from schemas.diagram.bpmn.shapes import Map, Shape
from schemas.diagram.lanes import Lane

_MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_DI = "http://www.omg.org/spec/BPMN/20100524/DI"
_DC = "http://www.omg.org/spec/DD/20100524/DC"
_DD = "http://www.omg.org/spec/DD/20100524/DI"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_PYTHON = "https://docs.python.org/3/reference/expressions.html"

for _prefix, _space in (
    ("bpmn", _MODEL),
    ("bpmndi", _DI),
    ("dc", _DC),
    ("di", _DD),
    ("xsi", _XSI),
    ("rakit", own.NAMESPACE),
):
    register_namespace(_prefix, _space)


def bpmn(module: Module, language: str, current: str = "") -> str:
    """Return the BPMN 2.0 of `module`; a model knows no case, so `current` changes nothing."""
    graph = model.graph(module, language)
    used = {node.lane for node in graph.nodes.values()}
    row = [lane for lane in lanes.every(module, language) if lane.key in used]
    name = _name(module.key)
    root = Element(
        f"{{{_MODEL}}}definitions",
        {
            "id": f"definitions_{name}",
            "targetNamespace": own.NAMESPACE,
            "expressionLanguage": _PYTHON,
            "exporter": "Rakit",
        },
    )
    keys = [node.event.value for node in _every(graph) if node.event and node.event.type == "message"]
    for key in dict.fromkeys(keys):
        _sub(root, "message", id=f"m_{key}", name=key)
    together = _sub(root, "collaboration", id="collaboration")
    title = module.title.say(language)
    _sub(together, "participant", id="pool", name=title, processRef=f"process_{name}")
    _process(root, f"process_{name}", title, graph, row, own.losses(module, language))
    _diagram(root, shapes.draw(graph, [lane.key for lane in row]), row)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _every(graph: Graph) -> Iterable[Node]:
    for node in graph.nodes.values():
        yield node
        if node.inside:
            yield from _every(node.inside)


def _name(key: str) -> str:
    """Return a key as part of an XML name."""
    return key.replace("-", "_")


def _sub(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    made = SubElement(parent, f"{{{_MODEL}}}{tag}", attributes)
    made.text = text or None
    return made


def _process(
    root: Element, key: str, title: str, graph: Graph, row: Iterable[Lane], lost: Iterable[str]
) -> None:
    process = _sub(root, "process", id=key, name=title, isExecutable="true")
    sentences = list(lost)
    if sentences:
        _sub(process, "documentation", "\n".join(sentences))
        _extend(process, [("notSaid", (("text", one),)) for one in sentences])
    strips = _sub(process, "laneSet", id="lanes")
    for lane in row:
        strip = _sub(strips, "lane", id=_lane(lane.key), name=lane.title)
        for node in graph.nodes.values():
            if node.lane == lane.key:
                _sub(strip, "flowNodeRef", node.id)
    _elements(process, graph)


def _lane(key: str) -> str:
    return f"lane_{key.replace('.', '_')}"


def _elements(parent: Element, graph: Graph) -> None:
    for node in graph.nodes.values():
        _node(parent, node, graph)
    for flow in graph.flows.values():
        _flow(parent, flow)


def _node(parent: Element, node: Node, graph: Graph) -> None:
    attributes = {"id": node.id, **({"name": node.name} if node.name else {})}
    if node.host:
        attributes |= {"attachedToRef": node.host, "cancelActivity": "true" if node.interrupts else "false"}
    made = _sub(parent, node.tag, **attributes)
    _extend(made, node.own)
    for flow in graph.flows.values():
        if flow.head == node.id:
            _sub(made, "incoming", flow.id)
    for flow in graph.flows.values():
        if flow.tail == node.id:
            _sub(made, "outgoing", flow.id)
    if node.event:
        _event(made, node.event, f"{node.id}_event")
    if node.several:
        loop = _sub(made, "multiInstanceLoopCharacteristics", isSequential="false")
        _formal(loop, "loopCardinality", node.several)
        _formal(loop, "completionCondition", "decision != ''")
    if node.script:
        made.set("scriptFormat", "text/x-python")
        _sub(made, "script", node.script)
    if node.inside:
        _elements(made, node.inside)


def _event(parent: Element, event: Event, key: str) -> None:
    made = _sub(parent, f"{event.type}EventDefinition", id=key)
    if event.type == "message":
        made.set("messageRef", f"m_{event.value}")
    elif event.type == "timer":
        _formal(made, "timeDuration", event.value)
    elif event.type == "conditional":
        _formal(made, "condition", event.value)


def _flow(parent: Element, flow: Flow) -> None:
    named = {"name": flow.name} if flow.name else {}
    made = _sub(parent, "sequenceFlow", id=flow.id, **named, sourceRef=flow.tail, targetRef=flow.head)
    _extend(made, flow.own)
    if flow.condition:
        _formal(made, "conditionExpression", flow.condition)


def _formal(parent: Element, tag: str, text: str) -> None:
    _sub(parent, tag, text).set(f"{{{_XSI}}}type", "bpmn:tFormalExpression")


def _extend(parent: Element, known: Iterable[Own]) -> None:
    elements = list(known)
    if elements:
        inner = _sub(parent, "extensionElements")
        for name, attributes in elements:
            SubElement(inner, f"{{{own.NAMESPACE}}}{name}", dict(attributes))


def _diagram(root: Element, drawn: Map, row: Iterable[Lane]) -> None:
    diagram = SubElement(root, f"{{{_DI}}}BPMNDiagram", {"id": "diagram"})
    plane = SubElement(diagram, f"{{{_DI}}}BPMNPlane", {"id": "plane", "bpmnElement": "collaboration"})
    _shape(plane, "pool", drawn.pool, isHorizontal="true")
    for lane in row:
        _shape(plane, _lane(lane.key), drawn.lanes[lane.key], isHorizontal="true")
    for key, shape in drawn.shapes.items():
        more = {"isExpanded": "true"} if key in drawn.opened else {}
        _shape(plane, key, shape, drawn.labels.get(key), **more)
    for key, points in drawn.lines.items():
        edge = SubElement(plane, f"{{{_DI}}}BPMNEdge", {"id": f"{key}_di", "bpmnElement": key})
        for x, y in points:
            SubElement(edge, f"{{{_DD}}}waypoint", {"x": str(x), "y": str(y)})
        _label(edge, drawn.labels.get(key))


def _shape(plane: Element, key: str, shape: Shape, label: Shape | None = None, **attributes: str) -> None:
    made = SubElement(plane, f"{{{_DI}}}BPMNShape", {"id": f"{key}_di", "bpmnElement": key, **attributes})
    _bounds(made, shape)
    _label(made, label)


def _label(parent: Element, label: Shape | None) -> None:
    if label:
        _bounds(SubElement(parent, f"{{{_DI}}}BPMNLabel"), label)


def _bounds(parent: Element, shape: Shape) -> None:
    sizes = {"x": shape.x, "y": shape.y, "width": shape.width, "height": shape.height}
    SubElement(parent, f"{{{_DC}}}Bounds", {key: str(value) for key, value in sizes.items()})
