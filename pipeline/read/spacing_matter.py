"""Tells what stands above and below the table of a text whose columns are kept apart by blanks.

Takes the written rows of each page. Gives the places of rows that are titles, datelines and notes around the
table, so that they neither blur its columns nor fall into its first and last row. Reads no rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline import chars
from pipeline.read.rows import Row
from pipeline.read.spacing_columns import by_width
from pipeline.read.spacing_tight import FIELD, find_tight, is_date_text

_DRAWN = re.compile(r"[\s\u3000]*([-=_*~─━―－＝＿…ー・+#])\1{2,}[\s\u3000]*")  # a line drawn with signs
_DIGIT = re.compile(r"[0-9０-９]")
_WEEKDAY = re.compile(r" ?[(（][月火水木金土日祝・ ]+[)）]")
_KANJI = re.compile(r"[〇一二三四五六七八九十百]+(?=[年月日])")
_PART = re.compile(
    r"(?:[^\W\d_]{2}[ \u3000]?)?(?:[0-9０-９]{1,2}|元)|[12１２][0-9０-９]{3}"
)  # in a column of its own
_UNITS = re.compile(r"[0-9元〃] ?[年月日./:時-]|同[年月]?日|[0-9]{4}")
_UNIT = re.compile(
    r"[年月日頃末度上中下旬()（）月火水木金土〃同~〜～0-9０-９]{1,3}"
)  # of a narrow date cell: （金）
_DAY = re.compile(r"(?:月 ?[0-9]{1,2} ?日|[0-9] ?[./] ?[0-9]{1,2} ?[./] ?[0-9]{1,2})")
_LONGEST_HEAD = 8  # characters of a head of a column
_TOP = 12  # rows of a document among which the heads of its columns, or its first date, stand
_USUAL = 0.15  # of the dated rows whose texts start at one place
_SHARE = 0.6  # of the dated rows that begin with their date
_LEAST = 3  # dated rows

Written = tuple[Row, int]  # a row and the number of blank rows above it
Field = tuple[int, int]


def find_matter(pages: Sequence[Sequence[Written]]) -> frozenset[int]:
    """Where the rows start that stand above the first and below the last row of the table, and drawn lines."""
    written = [pair for page in pages for pair in page]
    fields = [fields_of(row.text) for row, _ in written]
    dated = [place for place in range(len(written)) if _is_dated(written[place][0].text, fields[place])]
    drawn = frozenset(row.start for row, _ in written if _DRAWN.fullmatch(row.text))
    if len(dated) < _LEAST:
        return drawn
    above = _rows_above(written, fields, dated)
    below = _rows_below(written, fields, dated)
    return drawn | frozenset(written[place][0].start for place in (*above, *below))


def fields_of(text: str) -> list[Field]:
    """The texts of a row that two blanks or more keep apart, a text one blank behind an opening date among them."""
    found = [match.span() for match in FIELD.finditer(text)]
    tight = find_tight(text)
    if tight and found and found[0][0] < tight < found[0][1]:
        start, end = found[0]
        return [(start, tight - 1), (tight, end), *found[1:]]
    return found


def _is_dated(text: str, fields: Sequence[Field]) -> bool:
    texts = [text[start:end] for start, end in fields]
    numbers = next((n for n, cell in enumerate(texts) if not _PART.fullmatch(cell)), len(texts))
    return len(texts) > 1 and (1 < numbers < len(texts) or any(map(_is_date, texts)))


def _is_date(text: str) -> bool:
    """Whether nothing but a date stands here, with a unit or a sign between its numbers: 資料２ is none."""
    plain = _KANJI.sub("1", _WEEKDAY.sub("", chars.fold(text.strip()).text))
    return bool(_UNITS.search(plain)) and (is_date_text(plain) or plain.startswith("同"))


def _rows_above(written: Sequence[Written], fields: Sequence[Sequence[Field]], dated: Sequence[int]) -> range:
    """The places of the rows above the heads of the columns, or above the lines of the first row's text."""
    first = dated[0]
    usual = _usual_starts(written, fields, dated)
    heads = [place for place in range(min(first, _TOP)) if _is_head(written[place][0], fields[place])]
    for place in heads:
        below = written[place + 1][0].text
        stands = not usual.isdisjoint(_starts(below, fields[place + 1]))
        # above a title, these are words of a running head
        if len(fields[place + 1]) > 1 or stands or _is_date(below):
            return range(place)
    if first > _TOP:
        return range(0)
    top = first
    while top > 0:
        text = written[top - 1][0].text
        is_text = not usual.isdisjoint(_starts(text, fields[top - 1]))
        is_above_text = top < first and not _is_date(written[top][0].text)
        if not is_text and not (_is_date(text) and (is_above_text or not _is_whole_day(text))):
            break
        top -= 1
    return range(top)


def _usual_starts(
    written: Sequence[Written], fields: Sequence[Sequence[Field]], dated: Sequence[int]
) -> frozenset[tuple[str, int]]:
    """Where the texts beside the dates start in a good part of the dated rows."""
    places = set(dated)
    counts = Counter(
        start
        for place, (row, _) in enumerate(written)
        for start in set(_starts(row.text, fields[place][1:] if place in places else fields[place][:1]))
    )
    beside = Counter(
        start for place in dated for start in set(_starts(written[place][0].text, fields[place][1:]))
    )
    if not beside:
        return frozenset()
    # the measure in which more texts stand at one place
    measure, _ = max(beside, key=lambda start: (counts[start], start))
    enough = max(2, _USUAL * len(dated))
    return frozenset(start for start, count in beside.items() if start[0] == measure and count >= enough)


def _starts(text: str, fields: Sequence[Field]) -> Iterator[tuple[str, int]]:
    """Where these fields start, in characters and in half-widths."""
    widths = by_width(text)
    for start, _ in fields:
        yield "characters", start
        yield "widths", widths[start]


def _is_head(row: Row, fields: Sequence[Field]) -> bool:
    short = all(len(re.sub(r"[\s\u3000]", "", row.text[start:end])) <= _LONGEST_HEAD for start, end in fields)
    return len(fields) > 1 and short and not _DIGIT.search(row.text)


def _is_whole_day(text: str) -> bool:
    """Whether it is a day, as the day of issue is; a year alone heads rows of the table."""
    return bool(_DAY.search(chars.fold(text).text))


def _rows_below(written: Sequence[Written], fields: Sequence[Sequence[Field]], dated: Sequence[int]) -> range:
    """The places from the first row on, behind the last date, that begins at the dates' edge and is none."""
    end = len(written)
    opening = [place for place in dated if _is_date(_field(written[place][0].text, fields[place][0]))]
    if len(opening) < _SHARE * len(dated):
        return range(end, end)
    usual = _usual_starts(written, fields, dated)
    before = [
        place for place in opening if usual.isdisjoint(_starts(written[place][0].text, fields[place][:1]))
    ]
    edge = max((fields[place][0][0] for place in before), default=0)  # 平成28年度 of a text stands further in
    shown = Counter(row.text.strip() for row, _ in written)
    for place in range(dated[-1] + 1, end):
        text = written[place][0].text
        if shown[text.strip()] > 1:
            continue  # a running head
        start, stop = fields[place][0]
        bare = text[start:stop].rstrip("、､,・･~～〜")  # 6月 10、 above 11日
        if start <= edge and not _UNIT.fullmatch(bare) and not _is_date(bare):
            return range(place, _next_table(fields, place))
    return range(end, end)


def _next_table(fields: Sequence[Sequence[Field]], place: int) -> int:
    """The first of the rows from here on that stand in columns again, one below the other."""
    for row in range(place, len(fields) - 1):
        if len(fields[row]) > 1 and len(fields[row + 1]) > 1:
            return row
    return len(fields)


def _field(text: str, field: Field) -> str:
    return text[field[0] : field[1]]
