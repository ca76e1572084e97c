"""formtools' idea of a storage, on top of a draft row: nothing raw is kept, and a GET wipes nothing."""

from __future__ import annotations

from typing import Any

from formtools.wizard.storage.base import BaseStorage

from runtime.wizard import drafts
from runtime.wizard.models import Draft


class DraftStorage(BaseStorage):
    """Where the wizard stands and what was answered, read from one draft."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("draft")
        self.draft = draft
        self.init_data()

    def reset(self) -> None:
        """Keep everything: no address may wipe what a citizen typed."""

    def _get_current_step(self) -> str | None:
        return self.draft.step or None

    def _set_current_step(self, step: str) -> None:
        drafts.remember_step(draft=self.draft, step=step)

    current_step = property(_get_current_step, _set_current_step)

    def get_step_data(self, step: str) -> None:
        """Return nothing: a page is filled from the draft's answers, not from an old request."""
        return

    def get_step_files(self, step: str) -> None:
        """Return nothing: files are stored when they arrive and live on as answers."""
        return

    def set_step_data(self, step: str, cleaned_data: Any) -> None:
        """Refuse: pages are saved by `drafts.save` inside its lock."""
        raise NotImplementedError

    def set_step_files(self, step: str, files: Any) -> None:
        """Refuse: files are kept by `cases.services.store_upload`."""
        raise NotImplementedError
