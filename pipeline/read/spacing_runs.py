"""Cuts a block of lines at its headings: a year alone, a title, heads of columns, lines outside of the columns.

Takes a block and its date columns. Gives `Run`s: the headings and the lines between them. Reads no rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline import chars
from pipeline.read.spacing_blocks import Block
from pipeline.read.spacing_cut import Cut
from pipeline.read.spacing_edges import is_page_number

DATED = re.compile(r"[0-9〃同翌\"″]|元(?!号)|[〇一二三四五六七八九十]{1,4}[年月日]")
_YEAR = re.compile(r"\S{0,8}(?:[0-9]{1,4}|元) ?年度?(?: ?[(（].{1,12}[)）])?|[12][0-9]{3}")
_WORD = re.compile(r"[^\W\d_]{2}")
_OPENS_DATED = re.compile(r"(?:[^\W\d_]{1,2} ?)?[0-9〇一二三四五六七八九十元]{1,4} ?[年月日./]|同[年月]?日")
_CENTRED = 1.0  # full-width characters by which a title above the first row is set in
_OVER_ALL = 2.0  # the same for a year that stands in the middle over all columns
_ERA_YEAR = re.compile(r"(?:[^\W\d_]{2} ?(?:[0-9]{1,2}|元)|[12][0-9]{3}) ?年度?(?: ?[(（].{1,12}[)）])?")
_LONGEST_JOINED = 6  # characters; a longer text without a digit is no part of a date


@dataclass(frozen=True, slots=True)
class Run:
    """Lines between two headings of a block, or one heading.

    `opens_page`: no heading stands above them on the page; `closes_page`: none stands below.
    """

    cuts: tuple[Cut, ...]
    is_heading: bool
    opens_page: bool
    closes_page: bool = False


def years_are_dates(blocks: Sequence[Block], dates: tuple[int, ...]) -> bool:
    """Whether most dates of the table are years alone, so that such a year is no heading."""
    texts = [date_text(cut, dates) for block in blocks for cut in block.cuts]
    dated = [text for text in texts if DATED.search(text)]
    return sum(1 for text in dated if _YEAR.fullmatch(text)) > 0.6 * len(dated)


def date_text(cut: Cut, dates: tuple[int, ...]) -> str:
    """What stands in the date columns of the line, folded; "" where nothing does."""
    return chars.fold(" ".join(cut.text(column) for column in dates if column in cut.cells)).text


def cut_runs(block: Block, dates: tuple[int, ...], is_yearly: bool, goes_on: bool) -> Iterator[Run]:
    """The headings of a block and the runs of lines between them; `goes_on`: the table began on a page before."""
    run: list[Cut] = []
    opens = True
    has_dates = False
    last = max((place for place, cut in enumerate(block.cuts) if cut.cells), default=-1)
    titles = _titles(block, dates) | _years_over_all(block, dates)
    heads: set[str] = set()  # of columns: they come again where a page that no form feed tells begins
    for place, cut in enumerate(_with_entries_outside(block.cuts, dates)):
        has_dates = has_dates or bool(cut.cells and DATED.search(date_text(cut, dates)))
        if run and not cut.cells and is_page_number(cut.row):
            run.append(cut)  # a row goes on below it
            continue
        if run and is_page_number(run[-1].row):
            cut = replace(cut, blank_before=0)
        is_heading = _is_heading(cut, dates, is_yearly, has_dates)
        if is_heading and not has_dates and len(cut.cells) > 1:
            heads.add(chars.key(cut.row.text))
        if place in titles or is_heading or (heads and chars.key(cut.row.text) in heads):
            if run:
                yield Run(tuple(run), False, opens, place > last)
                opens, run = False, []
            yield Run((cut,), True, False)
            # heads, and a title at the top of a page that the table goes on over, open nothing
            opens = opens and (not cut.cells or (goes_on and (len(cut.cells) > 1 or place in titles)))
        else:
            run.append(cut)
    if run:
        yield Run(tuple(run), False, opens, True)


def _with_entries_outside(cuts: Sequence[Cut], dates: tuple[int, ...]) -> Iterator[Cut]:
    """The lines; those below a date that runs over the columns lie outside of them too, up to the next date."""
    is_outside = has_dates = False
    for cut in cuts:
        if not cut.cells:
            is_outside = has_dates and _OPENS_DATED.match(chars.fold(cut.row.text.strip()).text) is not None
        elif DATED.search(date_text(cut, dates)):
            is_outside, has_dates = False, True
        yield replace(cut, cells={}, indents={}) if is_outside and _is_whole(cut) else cut


def _is_whole(cut: Cut) -> bool:
    """Whether the cells hold all that stands on the row: not where it is cut into tables side by side."""
    text = cut.row.text.strip()
    spans = cut.cells.values()
    return bool(spans) and max(end for _, end in spans) - min(start for start, _ in spans) == len(text)


def _titles(block: Block, dates: tuple[int, ...]) -> frozenset[int]:
    """Where lines stand at the head of the block that are set in from their column and have no date."""
    places = []
    for place, cut in enumerate(block.cuts):
        is_centred = len(cut.cells) == 1 and max(cut.indents.values()) >= _CENTRED
        if cut.cells and not (is_centred and not DATED.search(date_text(cut, dates))):
            break
        places.append(place)
    return frozenset(places)


def _years_over_all(block: Block, dates: tuple[int, ...]) -> frozenset[int]:
    """Where years stand alone in the middle of the table, which rule the dates below them: those say no year."""
    dated = [text for cut in block.cuts if DATED.search(text := date_text(cut, dates))]
    if 2 * sum(1 for text in dated if _ERA_YEAR.match(text)) > len(dated):
        return frozenset()
    return frozenset(
        place
        for place, cut in enumerate(block.cuts)
        if len(cut.cells) == 1
        and not date_text(cut, dates)
        and (block.is_told or max(cut.indents.values()) >= _OVER_ALL)
        and _ERA_YEAR.fullmatch(chars.fold(cut.row.text.strip()).text)
    )


def _is_heading(cut: Cut, dates: tuple[int, ...], is_yearly: bool, has_dates: bool) -> bool:
    """A line outside of the columns, a year or a name alone, or heads of columns above the first date."""
    if not cut.cells:
        return True
    text = date_text(cut, dates)
    if len(cut.cells) > 1:
        return (
            bool(text) and not has_dates and not any(DATED.search(cut.text(column)) for column in cut.cells)
        )
    if not text or not DATED.search(text):
        is_title = not has_dates and bool(_WORD.search(text))  # 沿革 above the first date
        return len(text) > _LONGEST_JOINED or is_title
    return bool(_YEAR.fullmatch(text)) and not is_yearly
