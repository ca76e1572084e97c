"""The same five steps in SpiffWorkflow: five manual tasks in a row, saved after each."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from django.db import transaction
from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from tests.bench.peer.models import BlobAudit, BlobCase
from tests.bench.questions import MOST

_NODES = ["mulai", *(f"langkah{n}" for n in range(1, 6)), "selesai"]
_FLOWS = "".join(
    f'<sequenceFlow id="ke_{after}" sourceRef="{before}" targetRef="{after}"/>'
    for before, after in pairwise(_NODES)
)
_BPMN = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="ukur">'
    f'<process id="ukur" isExecutable="true"><startEvent id="{_NODES[0]}"/>'
    + "".join(f'<manualTask id="{node}"/>' for node in _NODES[1:-1])
    + f'<endEvent id="{_NODES[-1]}"/>{_FLOWS}</process></definitions>'
)
_SERIALIZER = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())


@cache
def _spec():
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(_BPMN.encode()))
    return parser.get_spec("ukur")


def begin(answers: dict[str, object]) -> int:
    """File a case; return its number. The answers are the engine's data, so that conditions may read them."""
    workflow = BpmnWorkflow(_spec())
    workflow.task_tree.set_data(**answers)
    workflow.do_engine_steps()
    return BlobCase.objects.create(status=_NODES[1], state=_SERIALIZER.serialize_json(workflow)).pk


def step(case: int) -> None:
    """Load the case, finish its one open task, save it with a line of history."""
    with transaction.atomic():
        row = BlobCase.objects.select_for_update().get(pk=case)
        workflow = _SERIALIZER.deserialize_json(row.state)
        task = workflow.get_next_task(state=TaskState.READY, manual=True)
        if task.data["q3"] > MOST:
            raise ValueError("The sum is too high.")
        task.run()
        workflow.do_engine_steps()
        following = workflow.get_next_task(state=TaskState.READY, manual=True)
        before, row.status = row.status, following.task_spec.name if following else _NODES[-1]
        row.state = _SERIALIZER.serialize_json(workflow)
        row.save(update_fields=["status", "state"])
        BlobAudit.objects.create(case=row, actor="petugas", data={"from": before, "to": row.status})
