"""What DESIGN allows, and whether a figure keeps to it."""

from __future__ import annotations


def at_most(found: float, allowed: float, unit: str = "") -> str:
    """Return `≤ 5 ms, met` for a figure that may not be larger."""
    return f"≤ {allowed:g}{unit}, {'met' if found <= allowed else 'MISSED'}"


def at_least(found: float, wanted: float, unit: str = "") -> str:
    """Return `≥ 5x, met` for a figure that may not be smaller."""
    return f"≥ {wanted:g}{unit}, {'met' if found >= wanted else 'MISSED'}"
