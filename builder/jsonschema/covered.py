"""Does one of several sets of conditions hold whenever a demand does?

Certain only where the sets are the branches of one decision: `then` and `else`, all values of a member
that tells alternatives apart, or all kinds of a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from builder.jsonschema.tree import All, Condition, Holds, Is, excludes

Left = frozenset[Condition]


def covered(demand: All, described: Iterable[All]) -> bool:
    """Say whether it is certain that where `demand` holds one of `described` holds, too."""
    held = frozenset(demand)
    return _always({frozenset(when) - held for when in described if not excludes(when, demand)})


def _always(sets: set[Left]) -> bool:
    if frozenset() in sets:
        return True
    deciders = {condition for left in sets for condition in left}
    return any(_each(sets, family) for one in deciders for family in _families(one, deciders))


def _each(sets: set[Left], family: list[Condition]) -> bool:
    """Say whether the sets cover every branch of a decision."""
    return all(_always({left - {branch} for left in sets if branch in left}) for branch in family)


def _families(one: Condition, known: set[Condition]) -> Iterator[list[Condition]]:
    """Yield the branches of the decision that a condition is a branch of, where all are known."""
    if isinstance(one, Holds):
        yield from ([one, other] for other in known if excludes((one,), (other,)) and not one.values)
        tests = [test for (at, _), test in one.scope.tests.items() if at == one.at]
        if one.values and all(test in known for test in tests):
            yield list(tests)
    if isinstance(one, Is):
        branches = [c for c in known if isinstance(c, Is) and c.switch is one.switch]
        if {v for c in branches for v in c.values} >= {value for value, _ in one.switch.options}:
            yield list(branches)
