"""Reads one page with pdfplumber: the reader for pages in doubt.

Takes an open pdfplumber document and a page's index. Gives its `PageInk`, the same as pdf_pdfium gives
where both can read the page. Slower by an order, but its fonts and its parser fail at other places.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from pipeline.read.pdf_ink import MOST_EM, UNREADABLE, PageInk, RawGlyph, RawPath, make_ink

_DEEPEST = 50  # levels of a page tree
_NO_MAP = re.compile(r"\(cid:\d+\)")


def read_page(document: Any, index: int) -> PageInk:
    """What stands on the page, in the PDF's own coordinates until `make_ink` turns it."""
    page = document.pages[index]
    try:
        page.page_obj.rotate = 0
        media = page.page_obj.mediabox
        left, bottom, right, top = (float(edge) for edge in (page.page_obj.cropbox or media))
        view = (left, bottom, right, top)
        origin = (float(media[0]), float(media[1]))
        elements = page.objects
        glyphs = [_make_glyph(char, origin) for char in elements.get("char", ())]
        paths = list(_make_paths(page, elements, origin))
        area = max((view[2] - view[0]) * (view[3] - view[1]), 1.0)
        largest = max((image["width"] * image["height"] for image in elements.get("image", ())), default=0.0)
        return make_ink(index + 1, view, glyphs, paths, largest / area)
    finally:
        page.close()


def find_leaves(document: Any) -> list[int | None]:
    """For each page that the file should have, its index among the pages it has; None where it is damaged."""
    leaves: list[int | None] = []
    whole = 0
    for is_whole in _walk(document.doc.catalog.get("Pages"), 0):
        leaves.append(whole if is_whole else None)
        whole += is_whole
    return leaves if whole == len(document.pages) else list(range(len(document.pages)))


def _walk(node: Any, depth: int) -> Iterator[bool]:
    """Whether each page below this node of the page tree is there."""
    from pdfminer.pdftypes import resolve1

    found = resolve1(node)
    kids = resolve1(found.get("Kids")) if isinstance(found, dict) else None
    if isinstance(kids, list) and depth < _DEEPEST:
        for kid in kids:
            yield from _walk(kid, depth + 1)
    else:
        yield isinstance(found, dict)


def _make_glyph(char: dict[str, Any], origin: tuple[float, float]) -> RawGlyph:
    a, b, c, d, e, f = char["matrix"]
    angle = round(math.degrees(math.atan2(b, a))) % 360
    x, y = e + origin[0], f + origin[1]
    size = char["size"] if angle % 180 == 0 else char["width"]
    em = size * math.hypot(a, b) / (math.hypot(c, d) or 1.0)
    along = min(char["adv"] * math.hypot(a, b), MOST_EM * em)
    turned = math.radians(angle)
    text = UNREADABLE if _NO_MAP.fullmatch(char["text"]) else char["text"]
    return RawGlyph(text, x, y, x + along * math.cos(turned), y + along * math.sin(turned), size, angle)


def _make_paths(page: Any, elements: dict[str, Any], origin: tuple[float, float]) -> Iterator[RawPath]:
    """Lines, boxes and curves; pdfplumber counts their points from the top of the page."""
    top = page.mediabox[3] if hasattr(page, "mediabox") else page.height
    for kind in ("line", "rect", "curve"):
        for drawn in elements.get(kind, ()):
            points = [(x + origin[0], top - y) for x, y in drawn["pts"]]
            if kind == "rect":
                points.append(points[0])
            yield RawPath((tuple(points),), bool(drawn["stroke"]), bool(drawn["fill"]))
