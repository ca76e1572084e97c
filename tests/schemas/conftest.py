"""Which tests need a package that only developers have."""

from __future__ import annotations

from importlib.util import find_spec

from tests.conftest import CI

collect_ignore = [] if CI or find_spec("SpiffWorkflow") else ["test_bpmn_elsewhere.py"]
