"""Says of each line whether the page broke a paragraph at its end.

Takes rows and groups of lines that share an edge. Gives SOFT, FULL, HARD or OPEN for each.
Told by the document's own habit: the blank that closes a paragraph, or the edge where lines are full.
OPEN wherever the document shows no habit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline import chars
from pipeline.model import FULL, HARD, OPEN, SOFT, Line

_MANY = 20  # lines below which a habit cannot be told from chance
_SELDOM = 0.25  # of the lines below full ones that may open with a date or a marker
_SLACK = 2.0  # what a line may stop short of the edge for a sign that must not open the next line
_LONG, _FEW = (
    20.0,
    8,
)  # where no edge shows: full-width characters of the longest line, and lines of its column
_SQUEEZED = re.compile(r"[、。，．・：；（）「」『』【】〔〕［］《》〈〉]")
_RAGGED = 2.5  # full-width characters by which full lines end at different places in a proportional font
_FEWEST_FULL, _MOSTLY = 3, 0.6  # of the lines that another one of their cell follows
_NARROW = (4.0, 11.0)  # full-width characters of a column that may break inside words
_FEWEST_NARROW, _NEARLY_ALL = 2, 0.8  # of its lines that another one of their cell follows
_NARROWEST = 12  # full-width characters; a column narrower than that holds words, not sentences
# What opens an entry or a paragraph: a digit, a marker, a year, month or day behind its era or in kanji.
_OPENS = re.compile(
    r"\s*(?:[①-⑳(（［\[<＜【・･●○◎〇■□◆◇★☆※〃*-]|\d+(?:\s*[年月日./．／:：)）~～〜、-]|\s|$)"
    r"|\S{0,2}[元〇一二三四五六七八九十]{1,4}[年月日]|[^\W\d_]{2} ?(?:[0-9０-９]{1,2}|元) ?[年.．]|同[年月日]|[A-Za-z]\d)"
)
# What opens a paragraph inside a table cell, where a digit opens no entry.
_OPENS_IN_CELL = re.compile(r"\s*(?:[①-⑳(（［\[<＜【・･●○◎〇■□◆◇★☆※〃*]|[0-9０-９]{1,2}[.．、)）])")
_BRACKET = re.compile(
    r"\s*[(（](?![0-9０-９]{1,2}[)）])"
)  # that goes on where it had no room: （第1回海外研修）
_ENDS_SENTENCE = tuple("。．！？!?」』）)】＞>")
_VERB = re.compile(r"(?:[すなれせまわ]る|[しれせ]た|なった|ます)$")  # 新築する, 設置された
_HANGING = ("、", "。", "，", "．")
_LONE_NUMBER = re.compile(r"[-–—―－ー\s]*[0-9０-９]{1,3}(?:\s*[/／]\s*[0-9０-９]{1,3})?[-–—―－ー\s]*")
# What a line break does not part: a Latin word or number, or a sign with what must not open a line.
UNIT_OF_LINE = re.compile(
    r"[（「『【〔〈《“‘]*[!-~\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+|[（「『【〔〈《“‘]*\S?[、。，．）」』】・：；！？ー]*"
)


def closes_with_blanks(lines: Sequence[str]) -> bool:
    """Whether this text closes a paragraph with a blank and breaks a line inside one without.

    True where some lines end in one blank and some in none, most do, and those without run further right.
    `lines` are not blank.
    """
    open_ended = [chars.width(line) for line in lines if not line[-1:].isspace()]
    closed = sorted(chars.width(line.rstrip()) for line in lines if line[-1:].isspace())
    if len(lines) < _MANY or not open_ended or len(closed) < 0.6 * len(lines):
        return False
    opened = [bool(_OPENS.match(after)) for line, after in pairwise(lines) if not line[-1:].isspace()]
    if sum(opened) > _SELDOM * len(opened):
        return False  # what stands below a broken line goes on with it
    # lines that the page broke are about as long as the longest lines; chance would make them ordinary
    long_line = closed[int(len(closed) * 0.75)]
    return sum(1 for width in open_ended if width >= 0.7 * long_line) >= 0.8 * len(open_ended)


def wrap_by_blank(lines: Sequence[str]) -> list[str]:
    """HARD for a line that closes with a blank, SOFT for one without."""
    return [HARD if line[-1:].isspace() else SOFT for line in lines]


def find_edge(lines: Sequence[tuple[str, float]]) -> float | None:
    """The column where the page breaks its lines, or None: a peak of lines end there and none beyond.

    `lines` are (text, right end in full-width characters) in reading order. What stands under a full
    line must go on with it: where such lines mostly open with a date or a marker, the peak is chance.
    """
    counts = Counter(round(width) for _, width in lines)
    edge = max(counts, default=0)
    while edge and sum(count for place, count in counts.items() if place >= edge) < 0.02 * len(lines):
        edge -= 1  # a line that runs over, one in fifty, is no edge
    if _only_hang(lines, edge) and counts[edge - 1] > 0:
        edge -= 1
    full = [place for place, (_, width) in enumerate(lines) if edge - 1 <= round(width) <= edge]
    before = sum(counts[place] for place in (edge - 2, edge - 3))
    many = len(full) >= max(3, 0.08 * len(lines), 1.5 * before)
    sharp = len(full) >= max(
        5, 0.02 * len(lines), 4 * before
    )  # a wide page has few full lines, all of one width
    if edge < _NARROWEST or not (many or sharp):
        return None
    following = [_next_text(lines, place) for place in full if place + 1 < len(lines)]
    opening = sum(1 for text in following if _OPENS.match(text))
    return float(edge) if opening <= _SELDOM * len(following) else None


def _only_hang(lines: Sequence[tuple[str, float]], edge: int) -> bool:
    """Whether all lines that end there end in a sign that is set beyond the edge rather than below it."""
    return all(text.rstrip().endswith(_HANGING) for text, width in lines if round(width) == edge)


def wrap_by_width(
    lines: Sequence[tuple[str, float]], edge: float | None, opens: re.Pattern[str] = _OPENS
) -> list[str]:
    """Wraps of lines that share an edge: (text, right end) each, in reading order.

    A full line is FULL unless it ends a sentence or the next one opens something (`opens`); one that
    had room for what follows is HARD, a sign short of the edge only where it ends a sentence.
    """
    if edge is None:
        return [OPEN] * len(lines)
    wraps = []
    for place, (text, width) in enumerate(lines):
        following = _next_text(lines, place)
        unit = UNIT_OF_LINE.match(following.lstrip())
        room = edge - width - chars.width(unit.group() if unit else "")
        if width >= edge - _SLACK and width <= edge + 1:
            ends = text.rstrip().endswith(_ENDS_SENTENCE)
            begins = opens.match(following) and not (room < 0 and _BRACKET.match(following))
            full = HARD if ends and room >= 0 else OPEN if ends or begins else FULL
            wraps.append(full)
        else:
            wraps.append(HARD if room >= _SLACK / 2 else OPEN)
    return wraps


def _next_text(lines: Sequence[tuple[str, float]], place: int) -> str:
    """What stands under a line, a page's number left out: a paragraph runs on over the page's end."""
    for text, _ in lines[place + 1 : place + 3]:
        if not _LONE_NUMBER.fullmatch(text):
            return text
    return ""


def _ragged_lines(
    placed: Sequence[tuple[str, float]], cells: Sequence[tuple[int, int, int] | None]
) -> frozenset[int]:
    """The lines of a column that are full although they end at no one place, as in a proportional font.

    They are if most of those with another line below in their cell are nearly as long as the longest of the column,
    signs that a typesetter squeezes counted half.
    """
    widths = [width - 0.5 * len(_SQUEEZED.findall(text)) for text, width in placed]
    edge = max(widths) - _RAGGED
    followed = [place for place, (cell, below) in enumerate(pairwise(cells)) if cell == below]
    full = frozenset(place for place in followed if widths[place] >= edge)
    is_edge = edge >= _NARROWEST - _RAGGED and len(full) >= max(_FEWEST_FULL, _MOSTLY * len(followed))
    return full if is_edge else _narrow_lines(widths, followed)


def _narrow_lines(widths: Sequence[float], followed: Sequence[int]) -> frozenset[int]:
    """The full lines of a column of a few characters that breaks inside words: 第1回策定委員 above 会.

    Nearly all lines with another one below in their cell are as long as the longest, but for a character, and most
    that end a cell so are shorter: a list of names has none of that.
    """
    full = frozenset(place for place in followed if widths[place] >= max(widths) - 1.0)
    ends = [place + 1 for place in followed if place + 1 not in followed]
    short = sum(widths[place] < max(widths) - 1.0 for place in ends)
    if not _NARROW[0] <= max(widths) <= _NARROW[1] or short < 0.5 * len(ends):
        return frozenset()
    return full if len(full) >= max(_FEWEST_NARROW, _NEARLY_ALL * len(followed)) else frozenset()


def may_open_entry(text: str) -> bool:
    """Whether a line opens with a date, a number or a marker."""
    return _OPENS.match(text) is not None


def opens_or_ends(text: str, after: str) -> bool:
    """Whether a line ends a sentence or with its verb, or the one below opens a paragraph by its sign."""
    ends = text.rstrip()
    if ends.endswith(_ENDS_SENTENCE) or _VERB.search(ends):
        return True
    return _OPENS_IN_CELL.match(after) is not None


def wrap_cells(text: str, lines: Sequence[Line], inside: str = HARD) -> tuple[Line, ...]:
    """The lines of table cells with their wraps: HARD at a cell's end, `inside` at a line end in the cell.

    Where the lines of a column share an edge, as when a page was copied, the edge decides inside a cell.
    A wrap that is SOFT already stays, and lines outside of tables stay as they are.
    """
    columns: dict[tuple[int, int], list[int]] = {}
    for place, line in enumerate(lines):
        if line.cell:
            columns.setdefault((line.cell[0], line.cell[2]), []).append(place)
    wrapped = list(lines)
    for places in columns.values():
        places.sort(
            key=lambda place: lines[place].cell or ()
        )  # a row goes on below the head of the next page
        shown = [text[lines[place].span.start : lines[place].span.end] for place in places]
        placed = [
            (show, lines[place].indent + chars.width(show)) for show, place in zip(shown, places, strict=True)
        ]
        edge = find_edge(placed)
        ragged = (
            _ragged_lines(placed, [lines[place].cell for place in places]) if edge is None else frozenset()
        )
        longest = max(width for _, width in placed)
        for order, wrap in enumerate(wrap_by_width(placed, edge, _OPENS_IN_CELL)):
            place = places[order]
            goes_on = order + 1 < len(places) and lines[places[order + 1]].cell == lines[place].cell
            if not goes_on:
                wrap = HARD
            elif lines[place].wrap == SOFT:
                wrap = SOFT
            elif edge is None:
                is_longest = longest >= _LONG and placed[order][1] >= longest - 1.0 and len(places) >= _FEW
                is_full = is_longest or order in ragged
                ends = opens_or_ends(shown[order], shown[order + 1])
                wrap = FULL if inside == OPEN and is_full and not ends else inside
            wrapped[place] = replace(lines[place], wrap=wrap)
    return tuple(wrapped)
