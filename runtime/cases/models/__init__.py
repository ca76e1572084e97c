"""Cases and everything that happens to them. Only `runtime.cases` imports this; `services` alone writes.

Every query names its region. SQLite, which keeps no statistics, took an index of the region alone for as
good as that of a case, and read a region's every task for each row: events and tasks have none.

A case row is a cache of its events: `revision` counts them, `verify_cases` compares. Events are
append-only (database triggers, migration 0002) and chained by SHA-256.
"""

from runtime.cases.models.attachment import Attachment, attachment_path
from runtime.cases.models.attempt import ProofAttempt
from runtime.cases.models.case import Case, CaseEvent, Mention, Message, Move
from runtime.cases.models.edit import Edit
from runtime.cases.models.register import RegisterCounter, RegisterEntry, Verification
from runtime.cases.models.stated import Stated
from runtime.cases.models.task import Correction, Task
from runtime.cases.models.word import Word

__all__ = [
    "Attachment",
    "Case",
    "CaseEvent",
    "Correction",
    "Edit",
    "Mention",
    "Message",
    "Move",
    "ProofAttempt",
    "RegisterCounter",
    "RegisterEntry",
    "Stated",
    "Task",
    "Verification",
    "Word",
    "attachment_path",
]
