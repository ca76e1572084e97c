"""Staff's face: the work list, a case, acting on it. Writes nothing itself; `cases.services` does."""
