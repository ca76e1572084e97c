"""Tags of the look."""
