"""What the schema of answers says of a question beside the shape of its answer: its words and its kind.

All of it is annotation: no validator minds it, and an import makes the same question of it again. What
belongs to people or to other questions (first answers, prefilling, privacy, formulas) is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from schemas import fieldtypes
from schemas.definition import Dataset, Field, Json, Module, Option, with_rows

TYPE = "x-rakit-type"
SETTINGS = "x-rakit-settings"
WORDS = "x-rakit-words"
DATASETS = "x-rakit-datasets"
SILENT = "x-rakit-silent"
NOT_TOLD = frozenset(("filter", "fields", "row"))
"""Settings that are rules, or that the schema says itself."""


def told(name: str) -> frozenset[str]:
    """Return the settings of the field type `name` that its mark may hold."""
    return frozenset(fieldtypes.get(name).settings) - NOT_TOLD


def marked(field: Field, answer: Mapping[str, Json]) -> dict[str, Json]:
    """Return the schema of an answer with the words of its question and what makes its kind."""
    words = {name: text.say() for name, text in (("title", field.label), ("description", field.help)) if text}
    settings = {name: _own(value) for name, value in field.settings.items() if name in told(field.type)}
    if field.dataset:
        settings["dataset"] = field.dataset
    elif field.options:
        settings["options"] = [_option(option) for option in field.options]
    return {
        **words,
        **answer,
        TYPE: field.type,
        **({SETTINGS: settings} if settings else {}),
        **({WORDS: _words(field)} if fieldtypes.get(field.type).worded else {}),
    }


def around(module: Module, fields: Iterable[Field]) -> dict[str, Json]:
    """Return what is told once for all questions: the lists they name, and what has no answer."""
    every = [one for field in fields for one in with_rows(field)]
    lists = {one.dataset: module.datasets[one.dataset] for one in every if one.dataset in module.datasets}
    silent = [one.key for one in every if fieldtypes.get(one.type).value_type is None]
    return {
        **({DATASETS: {key: _dataset(found) for key, found in lists.items()}} if lists else {}),
        **({SILENT: silent} if silent else {}),
    }


def _dataset(found: Dataset) -> dict[str, Json]:
    if found.source:
        return {"source": found.source, "edition": found.edition}
    return {"items": [_option(item) for item in found.items]}


def _option(option: Option) -> dict[str, Json]:
    texts = {"label": option.label, "help": option.help}
    return {"value": option.value, **{name: dict(text.values) for name, text in texts.items() if text}}


def _own(value: Json) -> Json:
    """Return a setting without what people have noted in it."""
    if isinstance(value, dict):
        return {name: _own(part) for name, part in value.items() if not name.startswith("x-")}
    return [_own(part) for part in value] if isinstance(value, list) else value


def _words(field: Field) -> dict[str, Json]:
    """Return the words in all languages, as an answer that was given to them keeps their digest."""
    return {name: dict(text.values) for name, text in (("label", field.label), ("help", field.help)) if text}
