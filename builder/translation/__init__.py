"""Translating a service: its texts side by side, what is missing or stale, as files and back."""
