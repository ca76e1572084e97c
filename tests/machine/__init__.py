"""Random workflows through the real services and the real database, watched after every step.

`walk.py` is the state machine, `workflows.py` makes the services, `watching.py` says what must always hold.
"""
