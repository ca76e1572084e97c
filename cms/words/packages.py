"""What the packages of others say on our screens, and what of it has no Indonesian, neither theirs nor ours.

Knows where a package keeps its sources and catalogues. Parts that are not installed say nothing to anybody.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps
from django.utils.translation.trans_real import DjangoTranslation

from cms.words import sources

OURS = frozenset({"schemas", "runtime", "builder", "cms"})
# What Wagtail shows of packages that are no apps of this site.
BESIDE = frozenset({"django_filters", "modelsearch", "treebeard"})
# Examples and trials that packages bring along.
LEFT_OUT = frozenset({"tests", "test", "testing", "project_template", "app_template"})
TEMPLATES = frozenset({".html", ".txt", ".xml", ".js", ".svg"})
LANGUAGE = "id"
DOMAINS = ("django", "djangojs")
LOCALES = Path(__file__).parent / "locale"
CATALOGUES = LOCALES / LANGUAGE / "LC_MESSAGES"


@dataclass(frozen=True, slots=True)
class Said:
    """A package, and its texts by kind of catalogue: `django`, and `djangojs` for scripts."""

    package: str
    texts: dict[str, frozenset[str]]

    @property
    def count(self) -> int:
        return sum(len(texts) for texts in self.texts.values())

    def lacks(self, shown: dict[str, DjangoTranslation]) -> list[tuple[str, str]]:
        """Return kind and text of what has no words in the catalogues given."""
        every = ((domain, text) for domain, texts in self.texts.items() for text in sorted(texts))
        return [(domain, text) for domain, text in every if not has(shown[domain], text)]


def has(catalogue: DjangoTranslation, text: str) -> bool:
    """Tell whether a catalogue has words for a text, counted ones among them."""
    kept = catalogue._catalog  # type: ignore[attr-defined] # Django has no public door to it
    return text in kept or (text, 0) in kept


def shown() -> dict[str, DjangoTranslation]:
    """Return what people are shown in Indonesian: the catalogues of all, ours above theirs."""
    return {domain: DjangoTranslation(LANGUAGE, domain=domain) for domain in DOMAINS}


def names() -> list[str]:
    """Return the packages whose texts people may meet."""
    installed = {app.name.partition(".")[0] for app in apps.get_app_configs()}
    return sorted((installed | BESIDE) - OURS)


@cache
def said(package: str) -> Said:
    """Read what a package says."""
    root = folder(package)
    found: dict[str, set[str]] = {domain: set() for domain in DOMAINS}
    for path in _files(root):
        if path.suffix == ".po":
            found["djangojs"] |= sources.keys_of_catalogue(path)
        else:
            found["django"] |= sources.keys_of(path)
    return Said(package, {domain: frozenset(texts) for domain, texts in found.items()})


def folder(package: str) -> Path:
    """Return where a package lies."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise LookupError(f"The package {package} is named in cms/words/packages.py but is not installed.")
    return Path(spec.origin).parent


def _files(root: Path) -> Iterator[Path]:
    """Yield the sources of texts in a package, without apps of it that this site does not install."""
    installed = {app.path for app in apps.get_app_configs()}
    for place, folders, files in os.walk(root):
        if "apps.py" in files and place not in installed and Path(place) != root:
            folders.clear()
            continue
        folders[:] = [one for one in folders if one not in LEFT_OUT]
        in_templates = f"{os.sep}templates" in place
        in_catalogue = place.endswith(os.path.join("locale", "en", "LC_MESSAGES"))
        for name in files:
            suffix = os.path.splitext(name)[1]
            if (
                suffix == ".py"
                or (in_templates and suffix in TEMPLATES)
                or (in_catalogue and name == "djangojs.po")
            ):
                yield Path(place, name)


def holes(every: list[Said], shown: dict[str, DjangoTranslation]) -> list[str]:
    """Return a line for each text that has no Indonesian."""
    path = {domain: _named(CATALOGUES / f"{domain}.po") for domain in DOMAINS}
    return [
        f"{one.package}: “{_readable(text)}” has no Indonesian. Write it into {path[domain]}."
        for one in every
        for domain, text in one.lacks(shown)
    ]


def leftovers(every: list[Said]) -> list[str]:
    """Return a line for each of our words for a text that no package has any more."""
    lines = []
    for domain in DOMAINS:
        known = frozenset[str]().union(*(one.texts[domain] for one in every))
        for path in sorted(LOCALES.rglob(f"{domain}.po")):
            for text in sorted(sources.keys_of_catalogue(path) - known):
                lines.append(f"{_named(path)}: no package says “{_readable(text)}” any more. Take it out.")
    return lines


def _readable(text: str) -> str:
    context, _separator, plain = text.rpartition("\x04")
    return f"{plain} ({context})" if context else plain


def _named(path: Path) -> str:
    return str(path.relative_to(LOCALES.parents[2]))
