"""Django's admin: where the installation's operator repairs things. Superusers only.

Rows of a region are shown on that region's host only; documents and history are never changed here.
"""

from __future__ import annotations

from cms.admin import effects, modules, people, places

__all__ = ["effects", "modules", "people", "places"]
