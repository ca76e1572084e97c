"""Whole use cases in a real browser, told as steps, on a whole installation (`tests.stack`)."""
