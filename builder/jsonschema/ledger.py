"""What became of every part of the source: taken, partial or refused, each at its JSON Pointer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from builder.jsonschema import pointers

Json = Any
Status = Literal["taken", "partial", "refused"]
About = Literal["data", "look"]
Source = Literal["schema", "ui"]

WEIGHT: Mapping[Status, int] = {"taken": 0, "partial": 1, "refused": 2}


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of the source. `reason` is a code; `about` says whether data or only the look suffers."""

    source: Source
    pointer: str
    status: Status
    reason: str
    about: About = "data"
    data: Mapping[str, Any] = field(default_factory=dict)


class Ledger:
    """Keeps one entry for each pointer; when a part is met again, the worse outcome stays."""

    def __init__(self, source: Source) -> None:
        self.source: Source = source
        self.entries: dict[str, Entry] = {}

    def taken(self, pointer: str, reason: str, **data: Any) -> None:
        self._enter(Entry(self.source, pointer, "taken", reason, "data", data))

    def partial(self, pointer: str, reason: str, *, about: About = "data", **data: Any) -> None:
        self._enter(Entry(self.source, pointer, "partial", reason, about, data))

    def refused(self, pointer: str, reason: str, *, about: About = "data", **data: Any) -> None:
        self._enter(Entry(self.source, pointer, "refused", reason, about, data))

    def look(self, pointer: str, reason: str, **data: Any) -> None:
        """Name a wish about the look alone that is not followed."""
        self.partial(pointer, reason, about="look", **data)

    def again(self, pointer: str, reason: str, **data: Any) -> None:
        """Say something else of a part that is there for the parts inside it."""
        self.entries.pop(pointer, None)
        self.taken(pointer, reason, **data)

    def knows(self, pointer: str) -> bool:
        return pointer in self.entries

    def refuses(self, pointer: str) -> bool:
        entry = self.entries.get(pointer)
        return entry is not None and entry.status == "refused"

    def lost(self, pointer: str) -> bool:
        """Say whether a part is partial or refused already."""
        entry = self.entries.get(pointer)
        return entry is not None and entry.status != "taken"

    def of(self, status: Status) -> Iterator[Entry]:
        return (entry for entry in self.entries.values() if entry.status == status)

    def moved(self, name: str) -> None:
        """Say where everything stands in a file that holds this source under `name`."""
        at = pointers.below("", name)
        self.entries = {
            f"{at}{place}": replace(entry, pointer=f"{at}{place}") for place, entry in self.entries.items()
        }

    def only_real(self, source: Json) -> None:
        """Forget entries of what does not stand in the source, such as a type that was only inferred."""
        self.entries = {
            at: entry
            for at, entry in self.entries.items()
            if pointers.follow(source, at) is not pointers.MISSING
        }

    def _enter(self, entry: Entry) -> None:
        if entry.pointer and not entry.pointer.startswith("/"):
            return  # a condition of the other source; its keyword there has the entry
        before = self.entries.get(entry.pointer)
        if before is None or _weight(before) < _weight(entry):
            self.entries[entry.pointer] = entry


def _weight(entry: Entry) -> tuple[int, int]:
    return WEIGHT[entry.status], int(entry.about == "data")
