"""Wagtail's command for scheduled publishing, past the walls between regions: it serves all of them."""

from __future__ import annotations

from typing import Any

from wagtail.management.commands import publish_scheduled

from runtime.regions import scope


class Command(publish_scheduled.Command):
    """Publishes and unpublishes what is due, in every region."""

    def handle(self, *args: Any, **options: Any) -> None:
        with scope.everywhere("scheduled publishing serves every region"):
            super().handle(*args, **options)
