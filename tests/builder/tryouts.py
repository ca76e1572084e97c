"""What a clerk does with the test run of a draft, for the tests that watch it."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client
from django.urls import reverse

from builder import services
from builder.models import Module
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests.builder.conftest import text


class Tryout:
    """What a clerk does with the test run of one draft."""

    def __init__(self, module: Module, user: User) -> None:
        self.client, self.module = Client(headers={"host": module.region.host}), module
        self.client.force_login(user)
        self.room = reverse("builder_tryout", args=[module.pk])
        self.stage = reverse("builder_stage", args=[module.pk])

    def look(self, **query: str) -> str:
        return self.client.get(self.room, query).content.decode()

    def press(self, do: str, steps: int, **data: Any) -> str:
        answer = self.client.post(self.room, {"do": do, "steps": str(steps), **data}, follow=True)
        assert answer.status_code == 200
        return answer.content.decode()

    def send(self) -> None:
        self.press("fill", -1)
        answer = self.client.post(f"{self.stage}?step=review", {"agree": "on"})
        assert b"data-onward" in answer.content, answer.content

    def act(self, who: str, do: str, seen: int, **data: Any) -> Any:
        return self.client.post(f"{self.stage}?who={who}&do={do}", {"seen": str(seen), **data})

    def stories(self) -> list[dict[str, Any]]:
        with scope.use(self.module.region):
            draft = Module.objects.get(pk=self.module.pk).get_latest_revision_as_object()
        return json.loads(draft.document).get("stories", [])


def made(region: Region, user: User, value: dict[str, Any]) -> Module:
    """A draft with this content."""
    with scope.use(region):
        return services.create_from(region=region, document=value, user=user)


def save(module: Module, value: dict[str, Any], user: User) -> None:
    """Somebody saves the draft with other content."""
    with scope.use(module.region):
        draft = Module.objects.get(pk=module.pk).get_latest_revision_as_object()
        services.save_document(module=draft, document=text({**value, "key": module.key}), user=user)
