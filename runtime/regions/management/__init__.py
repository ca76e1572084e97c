"""Commands of the region tree."""
