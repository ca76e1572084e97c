"""A real server of map pictures on the loopback, which remembers what it was asked for."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from PIL import Image


def picture() -> bytes:
    """Return one tile."""
    out = io.BytesIO()
    Image.new("RGB", (256, 256), "#dfe8d8").save(out, "PNG")
    return out.getvalue()


@dataclass
class TileServer:
    """Where it listens, what was asked of it, and by whom."""

    port: int
    paths: list[str] = field(default_factory=list)
    referrers: set[str] = field(default_factory=set)

    def region_map(self) -> dict[str, Any]:
        """Return the setting of a region that uses this server."""
        tiles = f"http://127.0.0.1:{self.port}/{{z}}/{{x}}/{{y}}.png"
        return {"tiles": tiles, "credit": "© Peta <Uji>", "lat": -6.1783, "lon": 106.6319, "zoom": 13}


@contextmanager
def served() -> Iterator[TileServer]:
    """Serve tiles until the test is over."""
    tile = picture()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.paths.append(self.path)
            found.referrers.add(self.headers.get("Referer", ""))
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.send_header("Content-Length", str(len(tile)))
            self.end_headers()
            self.wfile.write(tile)

        def log_message(self, *args: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = TileServer(server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
