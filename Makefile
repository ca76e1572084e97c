# The only list of commands. Each is explained in cms/bootstrap/commands.py.
PYTHON ?= python3

run test check bench faults conformance fuzz format screenshots lock install:
	@command -v "$(PYTHON)" >/dev/null || { echo "Rakit needs Python 3.11 or newer, and there is no $(PYTHON) here."; exit 1; }
	@"$(PYTHON)" -m cms.bootstrap $@

.PHONY: run test check bench faults conformance fuzz format screenshots lock install
.DEFAULT_GOAL := run
