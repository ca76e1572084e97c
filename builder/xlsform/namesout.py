"""What questions are called in a workbook: each by a name that no other row has, for rules know no rows."""

from __future__ import annotations

from collections.abc import Iterable

from schemas.definition import Field

TAKEN = ("instanceID", "meta", "data")


class Names:
    """The names of all questions; those in rows are kept with the key of their repeat before theirs, too."""

    def __init__(self, pages: Iterable[Iterable[Field]]) -> None:
        self.taken: set[str] = set(TAKEN)
        self.known: dict[str, tuple[str, Field]] = {}
        for questions in pages:
            self._add(questions, "")

    def free(self, wanted: str) -> str:
        """Return `wanted`, or the first of `wanted_2`, `wanted_3`, … that no row has; it is taken then."""
        name, number = wanted, 1
        while name in self.taken:
            number += 1
            name = f"{wanted}_{number}"
        self.taken.add(name)
        return name

    def of(self, question: Field, above: str) -> str:
        return self.known[f"{above}{question.key}"][0]

    def references(self) -> dict[str, tuple[str, Field]]:
        """Return how rules refer to each question."""
        return {key: (f"${{{name}}}", question) for key, (name, question) in self.known.items()}

    def _add(self, questions: Iterable[Field], above: str) -> None:
        for question in questions:
            doubled = above and question.key in self.taken
            wanted = f"{above.rstrip('/')}_{question.key}" if doubled else question.key
            self.known[f"{above}{question.key}"] = (self.free(wanted), question)
            self._add(question.fields, f"{question.key}/")
