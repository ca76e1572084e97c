"""Letters look as they were approved: each page beside its picture in `pictures/`.

After a change that is meant, `RAKIT_RENEW_PICTURES=1 pytest tests/runtime/letters/test_pictures.py` draws
them anew; look at each before it is committed.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from runtime.letters import typesetting
from tests.runtime.letters import printed

PICTURES = Path(__file__).parent / "pictures"
PPI = 60
CLEARLY = 96
"""How much darker or lighter a dot is that differs: edges of letters may, on another machine."""
TOLERATED = 0.0005


def pages(name: str) -> list[Image.Image]:
    made = printed.LETTERS[name]()
    files = typesetting.pictures(made.letter, made.facts, ppi=PPI)
    return [Image.open(io.BytesIO(file)).convert("L") for file in files]


def difference(first: Image.Image, second: Image.Image) -> float:
    """Return the share of dots that differ clearly; all of them where the sizes differ."""
    if first.size != second.size:
        return 1.0
    counts = ImageChops.difference(first, second).histogram()
    return sum(counts[CLEARLY:]) / (first.width * first.height)


class TestPictures:
    @pytest.mark.parametrize("name", printed.LETTERS)
    def test_are_those_approved(self, name: str) -> None:
        drawn = pages(name)
        if os.environ.get("RAKIT_RENEW_PICTURES"):
            for at, page in enumerate(drawn, 1):
                page.quantize(8).save(PICTURES / f"{name}-{at}.png", optimize=True)
        approved = [Image.open(path).convert("L") for path in sorted(PICTURES.glob(f"{name}-*.png"))]
        assert len(drawn) == len(approved)
        for page, kept in zip(drawn, approved, strict=True):
            assert difference(page, kept) <= TOLERATED

    def test_tell_a_missing_line(self) -> None:
        """The tolerance is below what one short line of a letter takes."""
        page = pages("domisili")[0]
        without = page.copy()
        without.paste(255, (page.width // 2, 430, page.width, 455))
        assert difference(page, without) > TOLERATED
