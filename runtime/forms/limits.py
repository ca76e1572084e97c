"""How long what people write beside answers may be. Plain Python: the engine judges by it, pages say it."""

LONGEST_COMMENT = 2000
"""Characters of a reason, a note or a comment."""
