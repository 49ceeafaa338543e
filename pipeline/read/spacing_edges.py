"""Finds the heads, feet and numbers of pages in a text with columns.

Takes the written rows of each page. Gives where rows start that belong to no table. Reads no rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.read.rows import Row
from pipeline.read.spacing_columns import has_number

_EDGE = 3  # lines at a page's edge that may be its head or foot
_TITLE_LINES = 12
_LONE_NUMBER = re.compile(
    r"[-－―—–‐]\s*[〇一二三四五六七八九十百]{1,5}\s*[-－―—–‐]|\W{0,3}(?:p\.?)?\s*[0-9０-９]{1,4}\s*(?:[/／]\s*[0-9０-９]{1,4})?\W{0,3}",
    re.I,
)
_PAGE_NUMBER = re.compile(
    r"([-－―—–‐]{1,3})\s?[0-9０-９]{1,4}\s?\1"
)  # also where no form feed tells the page
WIDE_GAP = re.compile(r"\S[\s\u3000]{3,}+\S")
_DIGITS = re.compile(r"[0-9０-９]+")

Written = tuple[Row, int]  # a row and the number of blank rows above it


def find_edges(pages: Sequence[Sequence[Written]]) -> frozenset[int]:
    """Where rows start that are a page's number, head or foot: lone numbers, and lines that come back.

    Heads of columns come back too, but they stand in columns and stay.
    """
    found = {row.start for page in pages for row, _ in page if is_page_number(row)}
    for edges in (_tops(pages), [page[-_EDGE:] for page in pages]):
        shapes = {row.start: _shapes(row, number) for number, edge in enumerate(edges) for row, _ in edge}
        counts = Counter(
            shape for edge in edges for shape in {one for row, _ in edge for one in shapes[row.start]}
        )
        for row, gap in (pair for edge in edges for pair in edge):
            often = max(counts[shape] for shape in shapes[row.start])
            comes_back = often >= max(3, 0.6 * len(pages)) and not WIDE_GAP.search(row.text)
            is_number = (len(pages) > 1 or gap > 1) and _LONE_NUMBER.fullmatch(row.text.strip())
            if is_number or (comes_back and not is_dated(row)):
                found.add(row.start)
    return frozenset(found | _above_heads_again(pages))


def _tops(pages: Sequence[Sequence[Written]]) -> list[Sequence[Written]]:
    """The rows of each page among which a running head stands; the first page has its title above it."""
    top = pages[0][:_TITLE_LINES]
    opening = _above_heads(top)
    has_heads = len(opening) < len(top)
    return [opening if has_heads else opening[:_EDGE], *(_above_heads(page[:_EDGE]) for page in pages[1:])]


def _above_heads(edge: Sequence[Written]) -> Sequence[Written]:
    """The rows above the heads of the columns; a running head stands nowhere else."""
    heads = (
        place for place, (row, _) in enumerate(edge) if WIDE_GAP.search(row.text) and not has_number(row)
    )
    return edge[: next(heads, len(edge))]


def _shapes(row: Row, page: int) -> tuple[str, ...]:
    """What comes back on other pages: the row as it is, and with a number that counts on with the pages."""
    text = "".join(row.text.split())
    counted = (
        f"{text[: number.start()]}#{int(number[0]) - page}{text[number.end() :]}"
        for number in _DIGITS.finditer(text)
    )
    return (text, *counted)


def is_page_number(row: Row) -> bool:
    """Whether it is a number between dashes, as pages bear them: - 12 -."""
    return _PAGE_NUMBER.fullmatch(row.text.strip()) is not None


def is_dated(row: Row) -> bool:
    """Whether it holds a day or a year, as the first line of a table's page may on every page."""
    return bool(re.search(r"[0-9０-９元] ?[年月日]|同日", row.text))


def _above_heads_again(pages: Sequence[Sequence[Written]]) -> set[int]:
    """Where rows start that stand above the heads of the columns as they do on the page before."""
    found: set[int] = set()
    for before, page in pairwise(pages):
        edge = page[:_EDGE]
        above = _above_heads(edge)
        seen = {_shapes(row, 0)[0]: row.start for row, _ in before[:_TITLE_LINES]}
        again = [(row.start, seen[shape]) for row, _ in above if (shape := _shapes(row, 0)[0]) in seen]
        found.update(start for pair in again for start in pair if len(above) < len(edge))
    return found
