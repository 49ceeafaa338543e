"""Sets the cells of a table without ruling lines where they are to stand: what set_pdf's layouts cannot show.

Takes rows of cells, a cell's lines parted by line ends. Gives a PDF in which rows that do not fit go on to a new page.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.pdf_editions.paper import find_font

PAGE, TOP, BOTTOM = (595.3, 841.9), 60.0, 780.0


def place_rows(
    path: Path,
    rows: Sequence[Sequence[str]],
    lefts: Sequence[float],
    *,
    place: str = "top",
    title: str = "",
    leading: float = 14.0,
    gap: float = 0.0,
    heads: int = 0,
) -> Path:
    """Writes the rows, each cell's lines at its column's left edge; `heads` rows come again on each page.

    `place` is `top` or `middle`: where cells lower than their row stand. A blank at a line's start is half an em.
    """
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen import canvas

    font = find_font()
    assert font is not None
    pdfmetrics.registerFont(TTFont("test-gothic", str(font)))
    paper = canvas.Canvas(str(path), pagesize=PAGE, invariant=1)

    def write(left: float, height: float, text: str, size: float = 10.0) -> None:
        paper.setFont("test-gothic", size)
        indent = len(text) - len(text.lstrip(" "))
        paper.drawString(left + indent * size / 2, PAGE[1] - height, text.lstrip(" "))

    def set_row(row: Sequence[str], height: float) -> float:
        lines = [cell.split("\n") for cell in row]
        tall = max(map(len, lines))
        for left, cell in zip(lefts, lines, strict=True):
            down = (tall - len(cell)) / 2 if place == "middle" else 0
            for at, line in enumerate(cell):
                write(left, height + (down + at) * leading, line)
        return height + tall * leading + gap

    height = TOP
    if title:
        write(lefts[0], height, title, 14.0)
        height += 1.4 * leading
    for at, row in enumerate(rows):
        if height + max(cell.count("\n") for cell in row) * leading > BOTTOM:
            paper.showPage()
            height = TOP
            for head in rows[:heads] if at >= heads else ():
                height = set_row(head, height)
        height = set_row(row, height)
    paper.save()
    return path
