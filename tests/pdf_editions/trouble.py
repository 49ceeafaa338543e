"""PDFs that are hard to read or cannot be read: encrypted, scanned, damaged, endless, in fonts without a map."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.pdf_editions.chronology import Row
from tests.pdf_editions.paper import find_font
from tests.pdf_editions.setting import Layout, set_pdf

ROWS = (
    Row(("平成２６年",), ()),
    Row(("9月 10日",), ("区長会総会", "・会場：東京区政会館")),
    Row(("9月 16日",), ("ロゴマークを決定",)),
    Row(("11月 14日",), ("意見交換会の実施",)),
)
SMALL = Layout(page=(420, 300), columns=(90, 0), margin=(40, 40, 40, 60))


def many_pages(count: int) -> bytes:
    """A ruled chronology with a year a page."""
    rows = []
    for number in range(count):
        rows += [Row((f"{1900 + number}年",), ()), *ROWS[1:], Row(("12月 1日",), (f"第{number + 1}回 総会",))]
    return set_pdf(
        tuple(rows), Layout(page=(420, 300), columns=(90, 0), margin=(40, 40, 40, 60), size=13, leading=22)
    )


def encrypted(password: str) -> bytes:
    return set_pdf(ROWS, SMALL, password=password)


def drawn(*pages: Callable[[Any], None], compress: int = 1) -> bytes:
    """A PDF whose pages are drawn by these functions, each given a canvas with the test font."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen import canvas

    font = find_font()
    assert font is not None
    pdfmetrics.registerFont(TTFont("test-gothic", str(font)))
    out = io.BytesIO()
    paper = canvas.Canvas(out, pagesize=(420, 300), pageCompression=compress, invariant=1)
    for page in pages:
        paper.setFont("test-gothic", 12)
        page(paper)
        paper.showPage()
    paper.save()
    return out.getvalue()


def words(*lines: str, left: float = 40, top: float = 260) -> Callable[[Any], None]:
    """A page with these lines one below the other."""

    def draw(paper: Any) -> None:
        for number, line in enumerate(lines):
            paper.drawString(left, top - 20 * number, line)

    return draw


def picture(paper: Any) -> None:
    """A page that is one picture, as scanners make them."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    paper.drawImage(ImageReader(Image.new("L", (84, 60), 230)), 0, 0, 420, 300)


def break_page(data: bytes, number: int) -> bytes:
    """The file with the object of its n-th page (from 1) overwritten with nonsense of the same length."""
    pattern = rb"<<[^<>]*(?:<<[^<>]*>>[^<>]*)*/Type\s*/Page\b[^s].*?>>\s*endobj"
    found = list(re.finditer(pattern, data, re.S))
    place = found[number - 1]
    return (
        data[: place.start()] + b"%" * (place.end() - place.start() - 8) + b"\nendobj\n" + data[place.end() :]
    )


def raw_pdf(objects: list[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first one is the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer <</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def _stream(body: bytes, extra: bytes = b"") -> bytes:
    return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (extra, len(body), body)


def endless(depth: int = 14, width: int = 10) -> bytes:
    """Three pages; the second one draws a form that draws a form ..., ten times each."""
    pages = b"<</Type /Pages /Kids [3 0 R 4 0 R 5 0 R] /Count 3>>"
    font = b"/Font <</F 7 0 R>>"
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 420 300] /Resources <<%s%s>> /Contents %d 0 R>>"
    text = _stream(b"BT /F 12 Tf 40 200 Td (2014. 9.10 Meeting) Tj ET")
    first = 9
    forms = []
    for level in range(depth):
        inner = first + level + 1
        resources = b"/XObject <</X %d 0 R>>" % inner if level < depth - 1 else font
        body = b"/X Do " * width if level < depth - 1 else b"BT /F 1 Tf (x) Tj ET"
        form = b"/Type /XObject /Subtype /Form /BBox [0 0 420 300] /Resources <<%s>>" % resources
        forms.append(_stream(body, form))
    return raw_pdf(
        [
            b"<</Type /Catalog /Pages 2 0 R>>",
            pages,
            page % (font, b"", 6),
            page % (font, b"/XObject <</X %d 0 R>>" % first, 8),
            page % (font, b"", 6),
            text,
            b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
            _stream(b"/X Do"),
            *forms,
        ]
    )


def without_map(data: bytes, only: int | None = None) -> bytes:
    """The file with the Unicode maps taken from its fonts, or from one of them (counted from 0)."""
    found = list(re.finditer(rb"/ToUnicode", data))
    for number, match in enumerate(found):
        if only is None or number == only:
            data = data[: match.start()] + b"/NoUnicode" + data[match.end() :]
    return data


def other_font(folder: Path, signs: dict[str, str] | None = None) -> str:
    """The name of a second font: the test font, with characters more that show the glyph of another one."""
    from fontTools.ttLib import TTFont as Font
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font = Font(str(find_font()))
    for table in font["cmap"].tables:
        for sign, like in (signs or {}).items():
            if table.isUnicode() and ord(like) in table.cmap:
                table.cmap[ord(sign)] = table.cmap[ord(like)]
    name = "Other" + "".join(f"{ord(sign):x}" for sign in signs or {})
    for record in font["name"].names:
        if record.nameID in (1, 4, 6):
            record.string = name
    path = folder / f"{name}.ttf"
    font.save(str(path))
    pdfmetrics.registerFont(TTFont(name, str(path)))
    return name


def grid(
    paper: Any,
    left: float,
    top: float,
    widths: tuple[float, ...],
    rows: list[list[str | None]],
    tall: float = 24,
) -> None:
    """A ruled table; None: the cell above goes on (a merged cell), `/` parts the lines of a cell."""
    height = 300
    for number, row in enumerate(rows):
        x = left
        for column, text in enumerate(row):
            y = height - top - number * tall
            paper.line(x, y, x, y - tall)
            paper.line(x + widths[column], y, x + widths[column], y - tall)
            if text is not None:
                paper.line(x, y, x + widths[column], y)
                lines = text.split("/")
                for place, line in enumerate(lines):
                    paper.drawString(x + 3, y - tall / 2 - 3 + (len(lines) - 1) * 6 - place * 12, line)
            if number + 1 == len(rows) or rows[number + 1][column] is not None:
                paper.line(x, y - tall, x + widths[column], y - tall)
            x += widths[column]
