"""The test run of a draft (“Coba”): the page around it, what is shown in its frame, and where it is kept."""

from __future__ import annotations
