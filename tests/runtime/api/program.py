"""Another program that talks to the API of a region, through the real addresses."""

from __future__ import annotations

import io
import json
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from runtime.cases.models import Case
from runtime.regions import scope

BASE = "/api/v1/modules"
ANSWERS: dict[str, Any] = {"name": "Siti Aminah", "age": 30, "village": "sukasari", "reason": "a"}


def key() -> str:
    """Make a new idempotency key."""
    return uuid.uuid4().hex


def picture(name: str = "ktp.jpg") -> SimpleUploadedFile:
    """Make a small photo."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def case_count() -> int:
    with scope.everywhere("a test counts"):
        return int(Case.objects.count())


class Program:
    """Knows one version of one module."""

    def __init__(self, client: Client, module: str = "izin", version: int = 1) -> None:
        self.client = client
        self.home = f"{BASE}/{module}/{version}"

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path, headers=headers)

    def post(self, name: str, body: Any, **headers: str) -> Any:
        """Post JSON, or bytes as they are."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.post(f"{self.home}/{name}", data, content_type="application/json", headers=headers)

    def validate(self, body: Any, **headers: str) -> Any:
        return self.post("validate", body, **headers)

    def submit(self, body: Any, idempotency_key: str = "", **headers: str) -> Any:
        return self.post("submissions", body, **{"Idempotency-Key": idempotency_key or key(), **headers})

    def upload(self, field: str = "paper", file: Any = None, token: str = "", **more: Any) -> Any:
        headers = {"Upload-Token": token} if token else {}
        form = {"field": field, "file": file or picture(), **more}
        return self.client.post(f"{self.home}/files", form, headers=headers)
