"""From the parts that describe a place to the questions, groups and repeats that ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from builder.jsonschema import arrays, defaults, fitting, marks, objects, scalars, shape, words
from builder.jsonschema.gather import Claim, Gathered, Gatherer
from builder.jsonschema.ledger import Ledger
from builder.jsonschema.resolve import Sources
from builder.jsonschema.tree import All, Check, Is, Item, Scope

Json = Any
Needs = list[tuple[All, str]]
MOST_QUESTIONS = 250
COUNTS = ("minItems", "maxItems")
OF_TEXT = ("pattern", "minLength", "maxLength")
CHECKABLE = frozenset(("enum", "const", *shape.BY_KEYWORD["number"], "minLength", "maxLength", *COUNTS))


class Builder:
    """Builds the items of one schema document."""

    def __init__(self, sources: Sources, said: words.Words, lists: frozenset[str] = frozenset()) -> None:
        self.sources = sources
        self.said = said
        self.lists = lists  # where the UI asks for tick boxes
        self.consumed: set[str] = set()
        self.containers: dict[tuple[int, str], tuple[str, Needs]] = {}
        self.scopes: dict[int, Scope] = {}
        self.nulls: dict[tuple[int, str], list[All]] = {}  # where `null` is written, and when
        self.wide: list[Check] = []
        self.some: list[tuple[Item, Check]] = []  # groups in which something must be answered
        self.datasets: dict[str, Json] = {}  # lists that marked questions name
        self.known: set[str] = set()  # where a question of ours came back as itself
        self.questions = 0
        self.fixed = scalars.Scalars(sources.ledger)

    @property
    def ledger(self) -> Ledger:
        return self.sources.ledger

    def contain(self, place: objects.Place, kind: str) -> None:
        """Note what stands at `place`, and when it is there even though nothing in it is answered."""
        key = id(place.scope), place.at
        other, before = self.containers.get(key, (kind, []))
        needs = [((*place.when, *when), pointer) for when, pointer in place.needs]
        same = other == kind  # where one of two kinds can stand, nothing stands there by itself
        self.containers[key] = (kind, [*before, *needs]) if same else ("", [])

    def always(self) -> dict[tuple[int, str], list[All]]:
        """Return the places where something stands that nobody answered, an object or null, and when."""
        found = {
            place: [when for when, _ in needs]
            for place, (kind, needs) in self.containers.items()
            if kind and needs
        }
        for place, whens in self.nulls.items():
            found[place] = [*found.get(place, ()), *whens]
        return found

    def demand_members(self, left: set[int]) -> None:
        """Demand that something is answered where no group among `left`, by identity, does so itself."""
        self.wide += [check for group, check in self.some if not (group.marks["some"] and id(group) in left)]

    def root(self) -> tuple[list[Item], Scope]:
        """Return everything that the whole schema asks for."""
        scope = Scope()
        parts = self.sources.parts_of(self.sources.root, "", frozenset({""}))
        claims = [Claim((), part) for part in parts]
        items = self.node(claims, "", scope, "", [((), "")])
        for part in parts:
            marks.left_out(part, self.known, self.ledger)
        return items, scope

    def node(
        self, incoming: Sequence[Claim], at: str, scope: Scope, name: str, needs: Needs, label: str = ""
    ) -> list[Item]:
        """Return the items that ask for the value at `at`; none when nothing can be asked."""
        title = next((words.text(c.part.get("title")) for c in incoming if c.part.get("title")), "")
        label = title or label or words.humanised(name) or self.said.title
        mark = marks.found(incoming, self.sources.root, label, self.ledger)
        if mark is not None and mark.field.type != "repeat":
            place = objects.Place(at, scope, name, label, (), needs)
            return marks.ask(self, place, mark, [claim for claim in incoming if claim is not mark.claim])
        gatherer = Gatherer(self.sources, at, scope, name or "data", label, self.said, self.consumed)
        for claim in incoming:
            if claim.options:
                gatherer.found.claims.append(claim)
            else:
                gatherer.add([claim.part], claim.when)
        found = gatherer.found
        for switch in found.switches:
            switch.required = list(needs)
            self.questions += 1
        self._of_every_kind(found)
        items: list[Item] = list(found.switches)
        for when, own, others in self.alternatives(found):
            items += self.alternative(objects.Place(at, scope, name, label, when, needs), found, own, others)
        if not items:
            self._nothing(found.claims)
        if mark is not None:
            marks.of_rows(items, mark, self.ledger)
        return items

    def _of_every_kind(self, found: Gathered) -> None:
        """Enter what a condition says of a value that is one of several kinds: not each can be told."""
        for claim in found.claims if found.switches else ():
            if claim.when and not any(isinstance(c, Is) and c.switch in found.switches for c in claim.when):
                for keyword in claim.part.schema:
                    if keyword in CHECKABLE or keyword in ("type", "pattern"):
                        self.ledger.partial(claim.part.at(keyword), "conditional.text")

    def gathered(self, incoming: Sequence[Claim], place: objects.Place) -> list[Claim]:
        """Return all claims about a value that is one of several in the same answer."""
        gatherer = Gatherer(
            self.sources, place.at, place.scope, place.name, place.label, self.said, self.consumed
        )
        for claim in incoming:
            gatherer.add([claim.part], claim.when)
        return gatherer.found.claims

    def alternatives(self, found: Gathered) -> list[tuple[All, list[Claim], list[Claim]]]:
        """Return what the value can be: under which condition, what describes it, and what is added."""
        told = [claim for claim in found.claims if shape.shaped(claim)]
        if found.switches:
            base = [claim for claim in told if not claim.when]
            if shape.kinds(base, self.ledger) != ["object"]:
                told = [claim for claim in told if claim.when] or told
        sets = {frozenset(claim.when): claim.when for claim in told}
        least = [s for s in sets if not any(other < s for other in sets)]
        if len(least) > 1 and self._one_object(told) and any(not claim.when for claim in found.claims):
            least = [frozenset()]
            sets[frozenset()] = ()
        result = []
        for chosen in least:
            own = [c for c in found.claims if frozenset(c.when) <= chosen]
            others = [c for c in found.claims if frozenset(c.when) > chosen]
            result.append((sets[chosen], own, others))
        return result

    def _one_object(self, told: Sequence[Claim]) -> bool:
        """Say whether all that is told under conditions is about the members of one object."""
        chosen = any(isinstance(condition, Is) for claim in told for condition in claim.when)
        return not chosen and all(shape.kinds([claim], self.ledger) == ["object"] for claim in told)

    def alternative(
        self, place: objects.Place, found: Gathered, own: list[Claim], others: list[Claim]
    ) -> list[Item]:
        """Return the items for one thing that the value can be."""
        silent = not any(shape.shaped(claim) for claim in own)
        kinds, values = shape.kinds(others if silent else own, self.ledger), shape.values_of(own)
        if not kinds:
            return []
        if len(kinds) > 1 and values is None:
            return self._several_kinds(place, found, kinds, own)
        kind = "string" if values is not None and kinds[0] in ("object", "array") else kinds[0]
        items = self._of_kind(kind, place, found, own, others)
        if not silent:
            shape.guessed(own, self.ledger)
        return items

    def _of_kind(
        self, kind: str, place: objects.Place, found: Gathered, own: list[Claim], others: list[Claim]
    ) -> list[Item]:
        """Return the items for a value of one kind."""
        if kind == "object":
            return objects.build(self, place, own, others, found)
        if kind == "array":
            items = arrays.build(self, place, own)
            self.conditional(items, others, place.when)
        else:
            items = self._question(place, kind, own, others)
        self._attach(items, found, place.when, [*own, *others])
        return items

    def _question(self, place: objects.Place, kind: str, own: list[Claim], others: list[Claim]) -> list[Item]:
        if self.full(own):
            return []
        item = place.item("question", own[0].part.pointer)
        self.fixed.fill(item, kind, own)
        scalars.describe(item, own, self.ledger, self.said)
        defaults.fill(item, own, self.ledger)
        self.conditional([item], others, place.when)
        return [item]

    def full(self, claims: Sequence[Claim]) -> bool:
        """Count one question more; refuse it when the form has as many as it may have."""
        self.questions += 1
        if self.questions <= MOST_QUESTIONS:
            return False
        self.too_many(claims[0].part.pointer)
        return True

    def spent(self) -> bool:
        """Say whether the form has as many questions as it may have."""
        return self.questions > MOST_QUESTIONS

    def too_many(self, pointer: str) -> None:
        self.ledger.refused(pointer, "questions.many", limit=MOST_QUESTIONS)

    def conditional(self, items: Sequence[Item], others: Sequence[Claim], chosen: All) -> None:
        """Turn what is said about a question only under a condition into checks of it."""
        for claim in others if items else ():
            when = _without(claim.when, chosen)
            if items[-1].options and items[-1].type == "choice":
                self._fewer(items[-1], claim, when)
            for keyword in claim.part.schema:
                if keyword in CHECKABLE:
                    items[-1].checks.append(Check(claim.part, keyword, when))
                elif keyword in ("title", "description", "default", "examples", "readOnly"):
                    self.ledger.partial(claim.part.at(keyword), "conditional.text")
                elif keyword == "type" and items[-1].kind == "question":
                    items[-1].checks.append(Check(claim.part, keyword, when))
                elif keyword == "type":
                    self.typed([claim], "array")
            if claim.options:  # what the alternatives allow, as if it stood in an `enum`
                allowed = replace(claim.part, schema={"enum": [value for value, _ in claim.options]})
                items[-1].checks.append(Check(allowed, "enum", when))

    def typed(self, claims: Sequence[Claim], kind: str) -> None:
        """Enter the types named for a group or for rows; another type under a condition cannot be asked."""
        for written, part in shape.all_of(claims, "type"):
            if kind in (written if isinstance(written, list) else [written]):
                self.ledger.taken(part.at("type"), "question")
            else:
                self.ledger.refused(part.at("type"), "condition.keyword")

    def _fewer(self, item: Item, claim: Claim, when: All) -> None:
        """Leave those options that a claim under a condition leaves possible; its own lists are checks."""
        words = {word: claim.part.schema[word] for word in OF_TEXT if word in claim.part.schema}
        left = [value for value, _ in item.options if fitting.fits(value, words)]
        if words and len(left) < len(item.options):
            listed = replace(claim.part, schema={"enum": left})
            item.checks.append(Check(listed, "enum", when))
        for word in words:
            self.ledger.taken(claim.part.at(word), "check")

    def _attach(self, items: list[Item], found: Gathered, when: All, own: list[Claim]) -> None:
        """Hang demands on the one question they are about."""
        for check in found.checks:
            mine = any(check.part.pointer == c.part.pointer and check.when == c.when for c in own)
            if mine and items:
                items[-1].checks.append(replace(check, when=_without(check.when, when)))

    def _several_kinds(
        self, place: objects.Place, found: Gathered, kinds: list[str], own: list[Claim]
    ) -> list[Item]:
        """Ask first which kind of value it is, then for a value of that kind."""
        switch = Item("question", place.at, place.scope, f"{place.name or 'data'} kind", own[0].part.pointer)
        switch.type = "choice"
        switch.label = self.said.kind.replace("{label}", place.label)
        switch.marks["variant"] = True
        switch.visible = [place.when] if place.when else []
        switch.required = list(place.needs)
        said = self.said.of_type()
        items: list[Item] = []
        for number, kind in enumerate(kinds, 1):
            value = f"v{number}"
            only = [replace(claim, part=_restricted(claim, kind)) for claim in own]
            inner = replace(place, when=(*place.when, Is(switch, (value,))))
            made = self.alternative(inner, found, only, [])
            if made:
                switch.options.append((value, said[kind]))
                items += made
            else:
                for part in (claim.part for claim in own):
                    at = part.at("type") if "type" in part.schema else part.pointer
                    self.ledger.partial(at, "type.not_all", value=kind)
        self.questions += 1
        if len(switch.options) != 1:
            return [switch, *items] if items else []
        for item in items:
            item.visible = [tuple(c for c in when if not isinstance(c, Is)) for when in item.visible]
        return items

    def _nothing(self, claims: Sequence[Claim]) -> None:
        """Say why nothing is asked for the place."""
        for number, claim in enumerate(claims):
            part = claim.part
            if part.get("type") == "null" or ("const" in part.schema and part.get("const") is None):
                for keyword in part.schema:
                    self.ledger.taken(
                        part.at(keyword), "empty" if keyword in ("type", "const") else "no_effect"
                    )
            elif any(self.ledger.refuses(part.at(keyword)) for keyword in part.schema):
                continue  # the reason is told there
            elif not number and part.pointer and not self.ledger.knows(part.pointer):
                told = any(shape.shaped(one) for one in claims)
                self.ledger.refused(part.pointer, "nothing.left" if told else "type.any")


def _without(when: All, chosen: All) -> All:
    return tuple(condition for condition in when if condition not in chosen)


def _restricted(claim: Claim, kind: str) -> Any:
    """Return the claim's part as if it named only the type `kind`."""
    part = claim.part
    schema = {
        keyword: value
        for keyword, value in part.schema.items()
        if shape.OWNER.get(keyword, kind) in (kind, "number" if kind == "integer" else kind)
    }
    return replace(part, schema={**schema, "type": kind})
