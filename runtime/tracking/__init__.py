"""The citizen's status page: find a case, follow it, put answers right, act."""
