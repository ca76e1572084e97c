"""The officers' pages. Each reads, asks `cases.services` to act, and shows."""
