"""One command on many cases: each its own transaction, with progress, cancel and what came of each."""
