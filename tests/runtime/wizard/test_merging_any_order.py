"""Posts of several windows in any order: what somebody typed last, unseen by anybody, is there (F10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from runtime.wizard.merging import Posted, Seen, Sheet, digest, discarded, merged, taken

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
KEYS = ("name", "place")
MOST_WINDOWS = 3


@dataclass
class Window:
    """A page as its script keeps it: what stands in it, what was typed, which posts are under way."""

    name: str
    revision: int
    shown: dict[str, str | None]
    edits: dict[str, int] = field(default_factory=dict)
    turn: int = 0
    known: dict[str, int] = field(default_factory=dict)
    under_way: list[tuple[int, bool, dict[str, str | None]]] = field(default_factory=list)


class Windows(RuleBasedStateMachine):
    """Windows open, people type, posts arrive late, twice or never; pages are left and come back."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet({}, {}, {}, 0)
        self.windows: list[Window] = []
        self.texts = 0
        self.typed: dict[tuple[str, str], str] = {}  # (window, question) → the last text that has arrived
        self.past: dict[str, set[str]] = {}  # text → the texts its writer had seen
        self.reached: dict[str, int] = {}

    # --- what people do ---

    @precondition(lambda self: len(self.windows) < MOST_WINDOWS)
    @rule()
    def open(self) -> None:
        shown = {key: self.now(key) for key in KEYS}
        self.windows.append(Window(f"{len(self.reached):08x}", self.sheet.revision, shown))
        self.reached[self.windows[-1].name] = 0

    @precondition(lambda self: self.windows)
    @rule(at=st.integers(0, 99), key=st.sampled_from(KEYS))
    def type(self, at: int, key: str) -> None:
        window = self.window(at)
        self.texts += 1
        text = f"text {self.texts}"
        before = window.shown[key]
        self.past[text] = {before, *self.past.get(before, set())} if before else set()
        window.shown[key] = text

    @precondition(lambda self: self.windows)
    @rule(at=st.integers(0, 99), leaving=st.booleans())
    def post(self, at: int, leaving: bool) -> None:
        """Write a post; it is under way. A page that leaves is not seen again."""
        window = self.window(at)
        window.turn += 1
        window.under_way.append((window.turn, leaving, dict(window.shown)))

    @precondition(lambda self: any(window.under_way for window in self.windows))
    @rule(at=st.integers(0, 99), which=st.integers(0, 99), again=st.booleans())
    def arrive(self, at: int, which: int, again: bool) -> None:
        """Any post under way arrives, also one that others have overtaken; sometimes it arrives twice."""
        busy = [window for window in self.windows if window.under_way]
        window = busy[at % len(busy)]
        which %= len(window.under_way)
        turn, leaving, shown = window.under_way[which] if again else window.under_way.pop(which)
        seen = Seen(window.revision, window.name, turn, window.known)
        answers: Mapping[str, Any] = {key: text for key, text in shown.items() if text}
        self.sheet, _clashes = merged(self.sheet, Posted(KEYS, answers, leaving=leaving), seen=seen, at=NOW)
        if turn > self.reached[window.name]:
            self.reached[window.name] = turn
            for key, text in shown.items():
                if text:
                    self.typed[window.name, key] = text

    @precondition(lambda self: len(self.windows) > 1)
    @rule(at=st.integers(0, 99))
    def come_back(self, at: int) -> None:
        """The page is drawn anew and puts back what the phone holds of a window that has gone."""
        gone = self.windows.pop(at % len(self.windows))
        self.open()
        fresh = self.windows[-1]
        for key in KEYS:
            changed = self.sheet.log.get(key, [[0, 0, "", ""]])[-1]
            has = self.sheet.last_turn(gone.name) >= gone.turn
            elsewhere = changed[0] > gone.revision and changed[3] != gone.name
            if gone.shown[key] and not has and not elsewhere:
                fresh.shown[key] = gone.shown[key]
                fresh.known[gone.name] = gone.turn

    @precondition(lambda self: self.sheet.others)
    @rule(take=st.booleans())
    def choose(self, take: bool) -> None:
        """Somebody who sees both versions takes the other one, or lets it go."""
        key, others = next(iter(self.sheet.others.items()))
        text = others[0][0]
        mark = digest(*others[0][:2])
        now = self.now(key)
        if take:
            self.sheet = taken(self.sheet, key, mark, seen=None, at=NOW)
            assert self.now(key) == text
            assert now is None or now in self.kept(key)
        else:
            self.sheet = discarded(self.sheet, key, mark)
            self.past.setdefault(str(now), set()).add(text)  # decided against, knowingly

    # --- what must hold ---

    @invariant()
    def nothing_unseen_is_lost(self) -> None:
        for (_window, key), text in self.typed.items():
            kept = self.kept(key)
            assert text in kept or text in self.seen_by(kept), (text, kept)

    @invariant()
    def one_window_alone_never_conflicts(self) -> None:
        if len(self.reached) == 1:
            assert self.sheet.others == {}

    def seen_by(self, texts: set[str]) -> set[str]:
        """Return all that the writers of texts had seen, and what was decided against in their favour."""
        found: set[str] = set()
        waiting = list(texts)
        while waiting:
            new = self.past.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        return found

    def window(self, at: int) -> Window:
        return self.windows[at % len(self.windows)]

    def now(self, key: str) -> str | None:
        found: Any = self.sheet.answers.get(key)
        return found

    def kept(self, key: str) -> set[str]:
        others = {other[0] for other in self.sheet.others.get(key, [])}
        return {text for text in (self.now(key), *others) if text}


TestWindows = Windows.TestCase
TestWindows.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
