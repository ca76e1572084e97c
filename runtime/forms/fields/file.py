"""One or more documents. What is kept are descriptions of stored files, never the bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from runtime.forms import uploads
from runtime.forms.face import Circumstances, FieldFace, Refused, Typed
from schemas.definition import Field, Json


@dataclass(frozen=True)
class FileFace(FieldFace):
    """Judges each new file by content; `kept` are the descriptions already stored."""

    def read(self, get: Callable[[str], Sequence[Any]], name: str) -> Typed:
        return {"": [item for item in get(name) if isinstance(item, UploadedFile)]}

    def clean(self, question: Field, typed: Typed, around: Circumstances) -> Json:
        accepted = []
        most = uploads.most_items(question)
        kept = 0 if most == 1 else len(typed.get("kept", []))  # a single file is replaced
        if len(typed[""]) + kept > most:
            raise Refused("file.many", limit=most)
        for upload in typed[""]:
            verdict = uploads.judge(upload, question)
            if isinstance(verdict, uploads.Refused):
                raise Refused(verdict.code, name=verdict.name, **verdict.data)
            accepted.append(verdict)
        return accepted

    def show(self, question: Field, answer: Json, around: Circumstances) -> Typed:
        return {"": [], "kept": list(answer or [])}

    def say(self, question: Field, answer: Json, around: Circumstances) -> str:
        return ", ".join(f"{item['name']} ({uploads.size_words(item['size'])})" for item in answer)


FACE = FileFace("file", takes_files=True)
