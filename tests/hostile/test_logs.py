"""T35: whoever asks cannot write lines of their own into the log."""

from __future__ import annotations

import logging

import pytest

from tests.conftest import ClientOn
from tests.runtime.conftest import Village
from tests.runtime.conftest import desk as desk  # the fixture

FORGED = "x\r\nERROR everything is fine \x1b[2K"
QUOTED = "x%0D%0AERROR%20everything%20is%20fine%20%1B%5B2K"


@pytest.mark.parametrize(
    "path",
    [
        f"/{QUOTED}",
        f"/track/{QUOTED}/",
        f"/desk/cases/{QUOTED}/",
        f"/api/v1/modules/{QUOTED}",
        f"/services/{QUOTED}/?q={QUOTED}",
    ],
)
def test_T35_an_address_stays_on_its_line(
    desk: Village, client_on: ClientOn, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    client = client_on(desk.region, desk.clerk)
    with caplog.at_level(logging.DEBUG):
        client.get(path, headers={"user-agent": FORGED, "referer": FORGED})
        client.post(path, {"reference": FORGED, "login": FORGED, "q": FORGED})
    lines = [line for line in caplog.messages if not line.startswith("(0.")]  # statements, at a desk only
    assert any("everything" in line for line in lines)
    forged = [line for line in lines if {"\r", "\n", "\x1b"} & set(line) and "everything" in line]
    assert forged == []
