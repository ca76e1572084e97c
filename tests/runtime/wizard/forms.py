"""A citizen filling in the permit of `tests.runtime.permit`, page by page, through the real addresses."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

DATA: dict[str, Any] = {"name": "Siti Aminah", "email": "", "age": "30", "village": "sukasari", "reason": "a"}


class Applicant:
    """A browser without script that has begun an application."""

    def __init__(self, client: Client, service: str = "izin", address: str = "") -> None:
        self.client = client
        begun = client.post(address or f"/services/{service}/start/")
        assert begun.status_code == 302, begun.status_code
        self.home = begun["Location"]
        self.token = self.home.strip("/").split("/")[-1]

    def at(self, step: str) -> str:
        return f"{self.home}{step}/"

    def get(self, step: str) -> Any:
        return self.client.get(self.at(step))

    def drawn(self, step: str) -> str:
        """Open a step and return the mark of what it was drawn from."""
        found = re.search(r'name="_revision" value="([^"]+)"', self.get(step).content.decode())
        assert found, step
        return found[1]

    def post(self, step: str, **values: Any) -> Any:
        return self.client.post(self.at(step), values)

    def fill(self, **changes: Any) -> None:
        """Fill in both pages."""
        assert self.post("data", **(DATA | changes)).status_code == 302
        assert self.post("more").status_code == 302

    def send(self) -> Any:
        return self.post("review", agree="on")
