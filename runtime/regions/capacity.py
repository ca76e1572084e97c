"""In which capacity somebody holds a post: in person, or standing in. Plain values, no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Post = tuple[str, int]
ADMINISTRATOR = "administrator"
"""The key of the standing role that manages a region."""
StandInKind = Literal["plt", "plh"]
PREFIXES: dict[str, str] = {"plt": "Plt. ", "plh": "Plh. "}


def prefixed(kind: str, title: str) -> str:
    """Return the title of a post as its holder bears it: “Plh. Lurah”, or “Lurah” in person."""
    return PREFIXES.get(kind, "") + title


@dataclass(frozen=True, slots=True)
class StandIn:
    """Why somebody may act for a post that is not theirs.

    `principal_id` and `principal_name` say for whom: the officer who is away; none for a vacant post
    (Plt.). `replaced` are all whose place is taken; with a chain that is the substitute before, too.
    `modules` are the services it is limited to; none means every service.
    """

    id: int
    post: Post
    kind: StandInKind
    principal_id: int | None = None
    principal_name: str = ""
    replaced: frozenset[int] = frozenset()
    modules: frozenset[str] = frozenset()

    def covers(self, module: str) -> bool:
        """Tell whether it counts for cases of the service `module`."""
        return not self.modules or module in self.modules


@dataclass(frozen=True, slots=True)
class Capacity:
    """A post somebody may act for just now; `standin` is none when it is held in person.

    With `counter` they may file for citizens who come to the office; with `heads` they head the office of
    the post and say who does its tasks (ADR 0046).
    """

    post: Post
    title: dict[str, str]  # of the role, by language
    standin: StandIn | None = None
    counter: bool = False
    heads: bool = False

    def covers(self, module: str) -> bool:
        """Tell whether the post may be used for cases of the service `module`."""
        return self.standin is None or self.standin.covers(module)

    def said(self, language: str) -> str:
        """Return the title as it is borne: “Plh. Lurah”."""
        title = self.title.get(language) or next(iter(self.title.values()), self.post[0])
        return prefixed(self.standin.kind, title) if self.standin else title
