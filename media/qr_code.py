"""QR codes, by which a reader of paper comes back to the page."""

from functools import lru_cache

import segno
from django.utils.safestring import mark_safe

QUIET_ZONE = 4  # modules of white around it, as ISO/IEC 18004 asks


@lru_cache(maxsize=2048)
def qr_code(address):
    """The QR code of an address as an `<svg class="qr-code">` that has no style and no
    size of its own. A quarter of it may be stained and it still reads (level Q)."""
    code = segno.make(address, error="q", micro=False)
    svg = code.svg_inline(border=QUIET_ZONE, omitsize=True, svgclass="qr-code", lineclass=None)
    return mark_safe(svg)  # noqa: S308 - nothing but coordinates
