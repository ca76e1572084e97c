"""The tests. Names finish a sentence; nothing of our own is replaced by a double."""
