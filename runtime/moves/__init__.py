"""Moves of running cases to a newer version of their service: a plan first, then chosen cases, undoable.

Owns the plans and their progress. What becomes of a single case is told by `workflow.moving`; its rows are
written by `cases` alone.
"""
