"""The description of the region's API as OpenAPI 3.1.1: of one version of a module, or of the whole.

The answers' JSON Schema stands in it unchanged; OpenAPI 3.1 speaks the same dialect. Knows the shapes
that `runtime.api` gives, nothing of Django or of a region.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from typing import Any

from schemas import answers
from schemas.definition import Field, Json, Module
from schemas.walk import FILE_TYPES

BASE = "/api/v1"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
IDEMPOTENCY_KEY = r"^[A-Za-z0-9_-]{16,64}$"
UPLOAD_TOKEN = r"^[A-Za-z0-9_-]{20,64}$"  # noqa: S105 - the shape of a token

_PROBLEM_MEDIA = "application/problem+json"


def _shapes() -> dict[str, Json]:
    text = resources.files("schemas").joinpath("apishapes.json").read_text(encoding="utf-8")
    shapes: dict[str, Json] = json.loads(text)
    return shapes


SHAPES = _shapes()
_STATUSES = {
    "400": "The request cannot be read: broken JSON, a doubled name, a number that is no answer.",
    "404": "There is no such service or version here.",
    "409": "The service takes no application of this version now.",
    "411": "The length of the body is not announced; bodies in chunks are not read.",
    "413": "The body is larger than anything that could be asked for.",
    "415": "The body is of another type than this address reads.",
    "422": "The answers are not complete and right; `errors` says what, where and what to do.",
    "429": "Too many requests from this address; `Retry-After` says how many seconds to wait.",
}
_IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "A random text of your own, one per application. A repeat gives the same receipt.",
    "schema": {"type": "string", "pattern": IDEMPOTENCY_KEY},
}
_UPLOAD = {
    "name": "Upload-Token",
    "in": "header",
    "description": "The token that the first uploaded file was answered with.",
    "schema": {"type": "string", "pattern": UPLOAD_TOKEN},
}
_WORDS = {"type": "string", "maxLength": 100}
_KEY = {
    "name": "key",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": "^[a-z0-9_-]+$"},
}
_VERSION = {
    "name": "version",
    "in": "path",
    "required": True,
    "schema": {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
}


def document(module: Module, version: int) -> dict[str, Json]:
    """Describe what can be done with one version of a module, with its answers' schema unchanged."""
    files, lists = tuple(file_questions(module)), tuple(list_questions(module))
    module_path = f"{BASE}/modules/{module.key}"
    paths = {
        module_path: _reading("readModule", "The service and its questions", "ModuleWithPages"),
        **_version_paths(f"{module_path}/{version}", _ref("Answers"), files, lists),
    }
    schemas = {**SHAPES, "Answers": answers.schema(module)}
    return _frame(module.title.say(), str(version), paths, schemas)


def file_questions(module: Module) -> dict[str, Field]:
    """Return the questions that take files by name; in the rows of a repeat it is `repeat.question`."""
    return {name: question for name, question in _named(module) if question.type in FILE_TYPES}


def list_questions(module: Module) -> dict[str, Field]:
    """Return the questions that choose from a list of the region, by the same names."""
    return {name: question for name, question in _named(module) if question.dataset and not question.options}


def _named(module: Module) -> Iterator[tuple[str, Field]]:
    waiting = [(question.key, question) for page in module.filing_pages() for question in page.fields]
    for name, question in waiting:
        yield name, question
        waiting.extend((f"{name}.{inner.key}", inner) for inner in question.fields)


def whole() -> dict[str, Json]:
    """Describe every address of the API; the answers of each module are in its own document."""
    module_path, version_path = f"{BASE}/modules/{{key}}", f"{BASE}/modules/{{key}}/{{version}}"
    listed = _reading("listModules", "What the region offers", "Modules", "400", "422")
    listed["get"]["parameters"] = [
        _page_parameter("limit", minimum=1, maximum=100, default=100),
        _page_parameter("offset", minimum=0, maximum=10_000, default=0),
    ]
    one = _reading("readModule", "A service and its questions", "ModuleWithPages")
    paths = {
        f"{BASE}/modules": listed,
        module_path: {"parameters": [_KEY], **one},
        **{
            path: {"parameters": [_KEY, _VERSION], **operations}
            for path, operations in _version_paths(version_path, {"type": "object"}, None, None).items()
        },
        f"{BASE}/openapi.json": _plain_reading("readApi", "This document", "application/json"),
    }
    return _frame("Rakit", "1", paths, SHAPES)


def _frame(title: str, version: str, paths: dict[str, Json], schemas: dict[str, Json]) -> dict[str, Json]:
    return {
        "openapi": "3.1.1",
        "jsonSchemaDialect": DIALECT,
        "info": {"title": title, "version": version},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _version_paths(
    path: str, body: Json, files: tuple[str, ...] | None, lists: tuple[str, ...] | None
) -> dict[str, Json]:
    """Return the addresses below one version.

    `files` are its questions for files, `lists` those from a list of the region; None when any may be named.
    """
    found = {
        f"{path}/schema": _plain_reading(
            "readSchema", "The JSON Schema of the answers", "application/schema+json"
        ),
        f"{path}/openapi.json": _plain_reading(
            "readOpenapi", "The addresses of this version", "application/json"
        ),
        f"{path}/validate": _posting(
            "checkAnswers",
            "Judge answers and store nothing",
            {"application/json": {"schema": {"type": "object"}}},
            {"200": _answer("The judgement.", "Verdict")},
        ),
        f"{path}/submissions": _posting(
            "fileApplication",
            "File an application",
            {"application/json": {"schema": body}},
            {"201": _answer("Filed.", "Receipt"), "200": _answer("It had been filed before.", "Receipt")},
            _IDEMPOTENCY,
            _UPLOAD,
        ),
    }
    found[f"{path}/submissions"]["post"]["responses"]["201"]["headers"] = {"Location": _header("string")}
    if files is None or files:
        found[f"{path}/files"] = _posting(
            "uploadFile",
            "Store one file for an answer",
            {"multipart/form-data": {"schema": _file_form(files)}},
            {"201": _answer("Stored.", "Upload")},
            _UPLOAD,
        )
    if lists is None or lists:
        found[f"{path}/choices/{{field}}"] = _choosing(lists)
    return found


def _choosing(lists: tuple[str, ...] | None) -> dict[str, Any]:
    """Return how a list of the region is searched; which answers narrow it stands in the module's pages."""
    operation = _reading(
        "searchChoices", "Search the list of the region that a question is answered from", "Choices", "422"
    )
    named: Json = {"type": "string"} if lists is None else {"type": "string", "enum": list(lists)}
    operation["get"]["parameters"] = [
        {"name": "field", "in": "path", "required": True, "schema": named},
        {"name": "q", "in": "query", "description": "Words that stand in the row.", "schema": _WORDS},
        _page_parameter("limit", minimum=1, maximum=100, default=20),
        {
            "name": "given",
            "in": "query",
            "description": "The answers that decide what is offered, each as `a.` and its question.",
            "style": "form",
            "explode": True,
            "schema": {"type": "object", "additionalProperties": {"type": "string"}},
        },
    ]
    return operation


def _file_form(files: tuple[str, ...] | None) -> Json:
    field: Json = {"type": "string", "description": "The question the file answers."}
    return {
        "type": "object",
        "properties": {
            "field": field if files is None else {**field, "enum": list(files)},
            "file": {"type": "string", "contentMediaType": "application/octet-stream"},
        },
        "required": ["field", "file"],
    }


def _reading(name: str, summary: str, shape: str, *statuses: str) -> dict[str, Any]:
    responses = {"200": _answer("Found.", shape), **_refusals(*statuses, "404", "429")}
    return {"get": {"operationId": name, "summary": summary, "responses": responses}}


def _plain_reading(name: str, summary: str, media: str) -> dict[str, Any]:
    found = {
        "description": "Found.",
        "headers": {"ETag": _header("string")},
        "content": {media: {"schema": {"type": "object"}}},
    }
    responses = {
        "200": found,
        "304": {"description": "Unchanged since the `If-None-Match` you sent."},
        **_refusals("404", "429"),
    }
    return {"get": {"operationId": name, "summary": summary, "responses": responses}}


def _posting(
    name: str, summary: str, content: Json, responses: dict[str, Json], *parameters: Json
) -> dict[str, Any]:
    return {
        "post": {
            "operationId": name,
            "summary": summary,
            **({"parameters": list(parameters)} if parameters else {}),
            "requestBody": {"required": True, "content": content},
            "responses": {**responses, **_refusals(*_STATUSES)},
        }
    }


def _refusals(*statuses: str) -> dict[str, Json]:
    found: dict[str, Json] = {
        status: {
            "description": _STATUSES[status],
            **({"headers": {"Retry-After": _header("integer")}} if status == "429" else {}),
            "content": {_PROBLEM_MEDIA: {"schema": _ref("Problem")}},
        }
        for status in statuses
    }
    return found | {
        "default": {
            "description": "Anything else that went wrong.",
            "content": {_PROBLEM_MEDIA: {"schema": _ref("Problem")}},
        }
    }


def _answer(description: str, shape: str) -> dict[str, Json]:
    return {"description": description, "content": {"application/json": {"schema": _ref(shape)}}}


def _ref(shape: str) -> dict[str, Json]:
    return {"$ref": f"#/components/schemas/{shape}"}


def _header(kind: str) -> dict[str, Json]:
    return {"schema": {"type": kind}}


def _page_parameter(name: str, **limits: int) -> dict[str, Json]:
    return {"name": name, "in": "query", "schema": {"type": "integer", **limits}}
