"""Areas chosen list by list: province, regency, district, village. Reads, draws and says them.

Questions for an area, an address and a place share it. Which areas exist is for `runtime.areas` to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from runtime.areas import selectors
from runtime.areas.models import AreaEdition
from runtime.areas.selectors import Named
from runtime.forms.face import Attributes, Circumstances, Refused, Typed, part_name
from schemas import areacodes
from schemas.areacodes import LEVELS, Level
from schemas.definition import Field
from schemas.fieldtypes import region

NAMES = {
    "province": gettext_lazy("Province"),
    "regency": gettext_lazy("Regency or city"),
    "district": gettext_lazy("District"),
    "village": gettext_lazy("Village"),
}
SHOW = {
    "regency": gettext_lazy("Show the regencies and cities"),
    "district": gettext_lazy("Show the districts"),
    "village": gettext_lazy("Show the villages"),
}


@dataclass(frozen=True, slots=True)
class Chain:
    """What was chosen from the top: `next` is the level still to choose, None when all are."""

    code: str
    next: Level | None


@dataclass(frozen=True, slots=True)
class AreaList:
    """One list to choose from. A list that is not `open` waits for the one above it."""

    id: str
    label: str
    attributes: SafeString
    options: tuple[Named, ...]
    chosen: str
    open: bool


@dataclass(frozen=True)
class Cascade:
    """The lists of one question as they stand, for its template."""

    question: Field
    typed: Typed
    name: str
    wrong: str = ""

    @cached_property
    def edition(self) -> AreaEdition | None:
        return selectors.current()

    @property
    def source(self) -> str:
        """Return what the list of areas is called, which its licence wants to be said."""
        return self.edition.name if self.edition else ""

    @property
    def address(self) -> str:
        """Return where a script finds the lists; it changes with the edition, so it may be kept for long."""
        return reverse("areas:children", args=[self.edition.digest[:12]]) if self.edition else ""

    @property
    def inside(self) -> str:
        """Return the area inside which one is asked, in words."""
        return said(region.within(self.question))

    @cached_property
    def chain(self) -> Chain:
        return read(self.question, self.typed)

    @property
    def button(self) -> str:
        """Return what the button says that fetches the next list without a script."""
        closed = [level for level in region.asked(self.question) if not self._is_open(level)]
        return str(SHOW[closed[0]]) if closed else _("Show the lists for this choice")

    @property
    def several(self) -> bool:
        return len(region.asked(self.question)) > 1

    @cached_property
    def lists(self) -> list[AreaList]:
        """Return the lists from the top, those still closed too."""
        return [self._list(level) for level in region.asked(self.question)]

    def _list(self, level: Level) -> AreaList:
        open_ = self._is_open(level)
        chosen = (
            str(self.typed.get(level, "")) if areacodes.covers(self._above(level), self._typed(level)) else ""
        )
        id_ = f"id_{part_name(self.name, level)}"
        about: Attributes = {
            "class": f"govuk-select{' govuk-select--error' if self.wrong == level else ''}",
            "id": id_,
            "name": part_name(self.name, level),
            "data-level": level,
            "disabled": None if open_ else True,
            "aria-invalid": "true" if self.wrong == level else None,
            "autocomplete": "off",
        }
        options = selectors.children(self._above(level), self.edition) if open_ else ()
        return AreaList(id_, str(NAMES[level]), flatatt(about), options, chosen, open_)

    def _is_open(self, level: Level) -> bool:
        return self.chain.next is None or LEVELS.index(level) <= LEVELS.index(self.chain.next)

    def _above(self, level: Level) -> str:
        """Return the code of the area whose parts the list of a level shows."""
        at = LEVELS.index(level)
        return self.chain.code[: areacodes.LENGTHS[at - 1]] if at else ""

    def _typed(self, level: Level) -> str:
        return str(self.typed.get(level, ""))


def read(question: Field, typed: Mapping[str, object]) -> Chain:
    """Follow what was chosen from the top as far as it hangs together and exists."""
    at = region.within(question)
    for level in region.asked(question):
        code = str(typed.get(level, "")).strip()
        if areacodes.parent(code) != at or code not in dict(selectors.children(at)):
            return Chain(at, level)
        at = code
    return Chain(at, None)


def code_of(question: Field, typed: Mapping[str, object]) -> str:
    """Return the code of the area that was chosen; raise `Refused` with the list that is missing."""
    chain = read(question, typed)
    if chain.next is not None:
        if selectors.current() is None:
            raise Refused("region.none")
        raise Refused(f"region.{chain.next}", part=chain.next)
    return chain.code


def shown(question: Field, code: str, around: Circumstances) -> Typed:
    """Return what stands in the lists for a code; for none where the site's own region is."""
    begin = code or start(question, around)
    found = {level: begin[: areacodes.LENGTHS[LEVELS.index(level)]] for level in region.asked(question)}
    return {level: part if areacodes.level(part) == level else "" for level, part in found.items()}


def start(question: Field, around: Circumstances) -> str:
    """Return the code of the site's region as far as the question may begin there."""
    own = around.region.code if around.region is not None else ""
    return own if areacodes.is_code(own) and areacodes.covers(region.within(question), own) else ""


def untouched(question: Field, typed: Mapping[str, object], around: Circumstances) -> bool:
    """Tell whether nobody chose anything: the lists are as they began, and that is no answer yet."""
    begun = shown(question, "", around)
    same = all(str(typed.get(level, "")) in ("", begun[level]) for level in region.asked(question))
    return same and read(question, begun).next is not None


def said(code: str) -> str:
    """Return the whole path of an area in words, the smallest first, so that no two are alike."""
    names = [name for _code, name in selectors.path(code)]
    return ", ".join(reversed(names)) or code
