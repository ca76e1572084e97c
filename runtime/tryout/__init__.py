"""A service tried out before it is published: pages, desks, clock and letters of one case in memory.

A test run is a story that grows by one step at a time and is played anew for every page. Nothing here reads
or writes a case, a number, a mail or a file.
"""

from __future__ import annotations
