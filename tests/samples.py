"""Small pieces of real content that tests of several rooms need."""

from __future__ import annotations

import base64
import io

from PIL import Image


def data_uri(form: str = "PNG", width: int = 24, height: int = 12) -> str:
    """Draw a picture and return it as a document carries it."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#e4f1ec").save(out, form)
    return f"data:image/{form.lower()};base64,{base64.b64encode(out.getvalue()).decode()}"


PICTURE = data_uri()
