"""An address as a QR code, for paper: drawn as SVG, so that it is sharp in print."""

from __future__ import annotations

import qrcode


def svg(address: str) -> str:
    """Return the QR code of an address as SVG, "" for none."""
    if not address:
        return ""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
    code.add_data(address)
    matrix = code.get_matrix()
    squares = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark
    )
    size = len(matrix)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{squares}"/></svg>'
