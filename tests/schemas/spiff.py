"""Runs the BPMN of a workflow in SpiffWorkflow: one decision after the other, clocks included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.defaults import ServiceTask
from SpiffWorkflow.bpmn.specs.event_definitions.conditional import ConditionalEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.events.end_event import EndEvent
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import EventBasedGateway
from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

_OPEN = TaskState.READY | TaskState.WAITING | TaskState.STARTED
OFFICES = 2


class _Engine(PythonScriptEngine):
    """Reads a span of time as the text it is, and knows how many offices are asked."""

    def __init__(self) -> None:
        super().__init__()
        self.offices = OFFICES

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        if expression.startswith("P") and expression[1:].isalnum():
            return expression
        return (
            self.offices
            if expression.startswith("offices_")
            else super().evaluate(task, expression, external_context)
        )


class _Service(ServiceTask):
    """An effect that succeeds."""

    def _execute(self, task: Any) -> bool:
        return True


class _Parser(BpmnParser):
    OVERRIDE_PARSER_CLASSES = {full_tag("serviceTask"): (TaskParser, _Service)}


class Run:
    """One case in the foreign engine."""

    def __init__(self, xml: str) -> None:
        parser = _Parser()
        parser.add_bpmn_xml(etree.fromstring(xml.encode()))
        (key,) = (name for name in parser.get_process_ids() if name.startswith("process_"))
        self.engine = _Engine()
        self.flow = BpmnWorkflow(
            parser.get_spec(key), parser.get_subprocess_specs(key), script_engine=self.engine
        )
        self.flow.task_tree.set_data(decision="")
        self.flow.do_engine_steps()

    def where(self) -> set[str]:
        """Return the statuses in which the case stands, or the one at which it ended."""
        tasks = self.flow.get_tasks(state=_OPEN)
        if self.flow.completed:
            done = self.flow.get_tasks(state=TaskState.COMPLETED)
            tasks = [task for task in done if isinstance(task.task_spec, EndEvent)]
        return {key for task in tasks if (key := self._id(task)).startswith("s_")}

    def decide(self, status: str, action: str, votes: int = 0) -> None:
        """Take `action`: send the event that stands for it, or let the people of the lane decide.

        In a sub-process first `votes` people decide without its being enough.
        """
        if not self._send(action, f"e_{status}_{action}", f"s_{status}"):
            for _ in range(votes):
                self._work("", f"t_{status}_")
            assert self._work(action, f"s_{status}", f"t_{status}_"), f"{action} is offered in {status}"
        self.flow.do_engine_steps()

    def vote(self, status: str, task: str, then: str) -> None:
        """Let one person decide `task`; `then` is the action for which it was enough, "" when it was not."""
        assert self._work(then, f"t_{status}_{task}"), f"{task} waits in {status}"
        self.flow.do_engine_steps()

    def happen(self, status: str, action: str) -> None:
        """Let the system do what waits for nothing but its condition."""
        assert self._send(action, f"e_{status}_{action}", f"s_{status}"), f"{action} is awaited in {status}"
        self.flow.do_engine_steps()

    def _send(self, action: str, *keys: str) -> bool:
        for task in self.flow.get_tasks(state=TaskState.WAITING):
            for key, definition in self._awaited(task):
                if key in keys and isinstance(definition, ConditionalEventDefinition):
                    task.parent.set_data(decision=action)
                    task.task_spec._update(task)
                    return True
                if key in keys:
                    self.flow.catch(BpmnEvent(definition, {}))
                    return True
        return False

    def _awaited(self, task: Any) -> Iterator[tuple[str, Any]]:
        """Yield what a waiting task waits for, by the ids of the events."""
        spec = task.task_spec
        if isinstance(spec, EventBasedGateway):
            names = [child.bpmn_id for child in spec.outputs]
            yield from zip(names, spec.event_definition.event_definitions, strict=True)
        elif hasattr(spec, "event_definition"):
            yield self._id(task), spec.event_definition

    def _work(self, decision: str, *keys: str) -> bool:
        for task in self.flow.get_tasks(state=TaskState.READY):
            if task.task_spec.manual and self._id(task).startswith(keys):
                task.data["decision"] = decision
                task.run()
                self.flow.do_engine_steps()
                return True
        return False

    @staticmethod
    def _id(task: Any) -> str:
        return str(task.task_spec.bpmn_id or "")
