"""Rows of dots are ruling lines, and painted heads have edges, where the table has lines with the same ends below."""

from __future__ import annotations

import pytest

from pipeline.read.pdf_dots import Box, is_dot, join_dots
from pipeline.read.pdf_fills import find_edges


def dots(start: float, count: int, gap: float = 0.75, top: float = 100.0) -> list[Box]:
    """So many dots of 0.75 points, each so far from the next."""
    step = 0.75 + gap
    return [Box(start + at * step, top, start + at * step + 0.75, top + 0.75) for at in range(count)]


@pytest.mark.parametrize(
    ("boxes", "lines", "why"),
    [
        (dots(50, 20), [(50.0, 79.25)], "dots in a row are a line"),
        (dots(50, 5), [], "five dots are an ornament"),
        (dots(50, 10, gap=4.0), [], "dots far apart make no line"),
        (
            [*dots(50, 10), *dots(64.25, 10)],
            [(50.0, 64.25), (64.25, 78.5)],
            "two that touch are the end of one cell's border and the beginning of the next",
        ),
        (dots(50, 10, gap=0.0), [(50.0, 57.5)], "where all touch, none is such an end"),
        ([*dots(50, 10), *dots(90, 10)], [(50.0, 64.25), (90.0, 104.25)], "a gap parts two lines"),
    ],
)
def test_level_dots(boxes: list[Box], lines: list[tuple[float, float]], why: str) -> None:
    found, rest = join_dots(boxes)
    assert [(round(line.x0, 2), round(line.x1, 2)) for line in found] == lines, why
    assert len(rest) == (0 if lines else len(boxes)), why


def test_dots_below_each_other_are_an_upright_line() -> None:
    found, rest = join_dots([Box(10, 20 + 1.5 * at, 10.75, 20.75 + 1.5 * at) for at in range(12)])
    assert [(line.x0, line.top, line.bottom) for line in found] == [(10, 20, 37.25)]
    assert rest == []


def test_what_a_dot_is() -> None:
    assert is_dot(Box(0, 0, 0.75, 0.75))
    assert not is_dot(Box(0, 0, 60, 0.75)), "a line"


HEAD = [Box(50, 80, 100, 104), Box(100, 80, 300, 104)]
LINES = [Box(50, top, 100, top) for top in (140, 180)] + [Box(100, top, 300, top) for top in (140, 180)]


@pytest.mark.parametrize(
    ("fills", "lines", "count", "why"),
    [
        (HEAD, LINES, 4, "each painted cell has an edge above and below"),
        (HEAD, LINES[:1], 0, "one line below says nothing"),
        (HEAD[:1], LINES, 0, "a single box is a button or a band"),
        (
            HEAD,
            [Box(60, top, 300, top) for top in (140, 180)],
            0,
            "lines that end elsewhere are of another table",
        ),
        ([HEAD[0], Box(120, 80, 300, 104)], LINES, 0, "boxes apart are no row of cells"),
        ([Box(50, 80, 100, 400), Box(100, 80, 300, 400)], LINES, 0, "a panel is too high for a head"),
    ],
)
def test_edges_of_a_painted_head(fills: list[Box], lines: list[Box], count: int, why: str) -> None:
    assert len(find_edges(fills, lines)) == count, why
