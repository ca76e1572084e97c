"""One or more photographs, re-encoded on arrival so that nothing hidden in them is kept."""

from __future__ import annotations

from runtime.forms.fields.file import FileFace

FACE = FileFace("photo", takes_files=True, control="govuk-file-upload")
