"""The same five steps in viewflow, by its documented API; importable where `make bench` installed it.

Its own rows of tasks are the history; nothing is added to them.
"""

from __future__ import annotations

from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS

from tests.bench.questions import MOST


def _begun(activation, answers):
    activation.process.data = answers
    return activation.process


def _agreed(activation):
    if activation.process.data["q3"] > MOST:
        raise ValueError("The sum is too high.")
    return activation.process


class Approval(flow.Flow):
    process_class = Process
    lock_impl = lock.SelectForUpdateLock()

    start = flow.StartHandle(_begun).Next(this.langkah1)
    langkah1 = flow.Handle(_agreed).Next(this.langkah2)
    langkah2 = flow.Handle(_agreed).Next(this.langkah3)
    langkah3 = flow.Handle(_agreed).Next(this.langkah4)
    langkah4 = flow.Handle(_agreed).Next(this.langkah5)
    langkah5 = flow.Handle(_agreed).Next(this.end)
    end = flow.End()


def begin(answers: dict[str, object]) -> int:
    """File a case; return its number."""
    return Approval.start.run(answers=answers).pk


def step(process: int) -> None:
    """Take the one open task of the case."""
    task = Task.objects.get(process=process, status=STATUS.NEW)
    task.flow_task.run(task)
