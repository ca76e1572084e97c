"""Draws the pages of a PDF in a process of its own: the file in, pictures out. Started by `paging`, never
imported by us.

It is started without environment, runs in an empty folder, and once its libraries are loaded it can open
nothing any more: no file, no connection. Memory and processor time are limited where the system can do it,
time in all by whoever started it. No script of a file runs: the library is built without an engine for them.

In: the bytes of the file; as arguments, how many pages at most and how many dots the longest side has.
Out: the number of pages of the file in eight bytes, then for each picture (WebP) its length in eight bytes
and its bytes. On a fault an exit status other than 0; where a password is missing it is LOCKED.
"""

from __future__ import annotations

import io
import sys

import pypdfium2
import pypdfium2.raw
from PIL import Image, WebPImagePlugin

if sys.platform != "win32":
    import resource

MOST_MEMORY = 1 << 30
MOST_SECONDS = 30
LEAST_SIDE = 16  # dots of the shorter side, also of a page like a thread
LOCKED = 4


def main() -> None:
    most, longest = int(sys.argv[1]), int(sys.argv[2])
    content = sys.stdin.buffer.read()
    _limit()
    try:
        file = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        sys.exit(LOCKED if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD else 1)
    file.init_forms()  # so that what was typed into it is drawn
    count = len(file)
    sys.stdout.buffer.write(count.to_bytes(8, "big"))
    for number in range(min(count, most)):
        picture = _drawn(file[number], longest)
        sys.stdout.buffer.write(len(picture).to_bytes(8, "big") + picture)


def _drawn(page: pypdfium2.PdfPage, longest: int) -> bytes:
    width, height = page.get_size()
    scale = longest / max(width, height, 1.0)
    if min(width, height) * scale < LEAST_SIDE:
        raise ValueError("a page that is no page")
    drawn = page.render(scale=scale, may_draw_forms=True).to_pil()
    into = io.BytesIO()
    drawn.convert("RGB").save(into, "WEBP", quality=80, method=2)
    page.close()
    return into.getvalue()


def _limit() -> None:
    Image.registered_extensions()  # loads what Pillow would load later
    WebPImagePlugin.WebPImageFile  # noqa: B018 - loaded before nothing can be opened
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


if __name__ == "__main__":
    main()
