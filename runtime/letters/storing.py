"""The files of letters: each letter has a folder of its own, so that what a crash left there is found."""

from __future__ import annotations

import hashlib
from typing import Literal

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from runtime.letters.models import IssuedLetter


class Lost(Exception):
    """The file is not there, or is not what was stored."""


def digest(content: bytes) -> str:
    """Return the SHA-256 by which a file is known."""
    return hashlib.sha256(content).hexdigest()


def put(letter: IssuedLetter, kind: Literal["unsigned", "signed"], content: bytes) -> str:
    """Store the file and return its name; what a process that died left under that name is written anew."""
    name = f"{_folder(letter)}/{kind}-{digest(content)[:32]}.pdf"
    if default_storage.exists(name):
        default_storage.delete(name)
    return str(default_storage.save(name, ContentFile(content)))


def get(name: str, sha256: str) -> bytes:
    """Return the file, read back; raise `Lost` unless it is the one that was stored."""
    try:
        with default_storage.open(name, "rb") as file:
            content: bytes = file.read()
    except OSError:
        raise Lost(name) from None
    if digest(content) != sha256:
        raise Lost(name)
    return content


def keep_only(letter: IssuedLetter, name: str = "") -> None:
    """Delete every file of the letter but the one named `name`."""
    folder = _folder(letter)
    if not default_storage.exists(folder):
        return
    for file in default_storage.listdir(folder)[1]:
        if f"{folder}/{file}" != name:
            default_storage.delete(f"{folder}/{file}")


def _folder(letter: IssuedLetter) -> str:
    return f"letters/{letter.region_id}/{letter.pk}"
