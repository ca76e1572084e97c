"""One or more documents. What is kept are descriptions of stored files, never the bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from runtime.forms import uploads
from runtime.forms.face import Attributes, Circumstances, FieldFace, Refused, Typed
from runtime.forms.sentences import accepted_words
from schemas.definition import Field, Json


@dataclass(frozen=True)
class FileFace(FieldFace):
    """Judges each new file by content; `kept` are the descriptions already stored."""

    def hint(self, question: Field, language: str) -> str:
        """Return the author's help and what may be attached."""
        facts = {
            "kinds": accepted_words(uploads.accepted_types(question)),
            "size": uploads.size_words(uploads.most_bytes(question)),
            "count": uploads.most_items(question),
        }
        if uploads.most_items(question) > 1:
            words = gettext("%(kinds)s, at most %(size)s each, up to %(count)s files.") % facts
        else:
            words = gettext("%(kinds)s, at most %(size)s.") % facts
        return f"{question.help.say(language)} {words}".strip()

    def facts(self, question: Field) -> dict[str, Any]:
        return {"most_items": uploads.most_items(question)}

    def attributes(self, question: Field) -> Attributes:
        return {
            "type": "file",
            "accept": ",".join(sorted(uploads.accepted_types(question))),
            "multiple": uploads.most_items(question) > 1,
            "data-most-bytes": uploads.most_bytes(question),
        }

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

    def letter(self, question: Field, answer: Json, around: Circumstances) -> str:
        return ", ".join(str(item["name"]) for item in answer)

    def cells(self, question: Field, answer: Json, around: Circumstances | None = None) -> dict[str, str]:
        return {"": "; ".join(str(item["name"]) for item in answer or [])}


FACE = FileFace("file", takes_files=True, control="govuk-file-upload")
