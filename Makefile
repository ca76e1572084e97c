# The only list of commands. Each is explained in cms/bootstrap/commands.py.
PYTHON ?= python3

run test check bench faults format screenshots lock install:
	@$(PYTHON) -m cms.bootstrap $@

.PHONY: run test check bench faults format screenshots lock install
.DEFAULT_GOAL := run
