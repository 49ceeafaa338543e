"""The edition: the document's title, the day it was issued, the body it was put before, its label.

Takes the reading with furniture roles and the steps before and behind the chronology. Gives an Edition.
The stamp (furniture) is asked first, then the lines of the title, then notes and the rest of the furniture.
Reads rules/layout.toml (title).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline import chars
from pipeline.model import DateValue, Edition, Reading, Span, Spans, Text
from pipeline.parse.dates import Said, find_date
from pipeline.parse.sheet import Piece
from pipeline.parse.starts import find_dates_inside
from pipeline.rules.layout import LayoutRules
from pipeline.rules.load import Rules

_LABEL_ENDS = "【】[]［］（）()〔〕 \u3000"


@dataclass(frozen=True, slots=True)
class _Issued:
    date: DateValue
    spans: Spans


def find_edition(reading: Reading, title: Sequence[Piece], behind: Sequence[Piece], rules: Rules) -> Edition:
    """The edition of this reading; `title` are the lines before the chronology, `behind` those after it."""
    stamp = tuple(_furniture(reading, ("stamp",)))
    heads = tuple(_furniture(reading, ("running_head",)))
    issued = (
        _alone(stamp, rules)
        or _said((*title, *stamp, *heads), rules)
        or _alone(title, rules)
        or _said(behind, rules)
    )
    label = next(_labels(reading, (*stamp, *title, *heads), rules), None)
    return Edition(
        title=_title(reading, title or heads, rules),
        issued_on=issued.date.start if issued else None,
        body=_body(reading, stamp, issued, label, rules) or _body_above(reading, title, issued, label, rules),
        label=label,
        issued_spans=issued.spans if issued else (),
    )


def _furniture(reading: Reading, roles: Sequence[str]) -> Iterator[Piece]:
    text = reading.document.text
    for index, (line, role) in enumerate(zip(reading.document.lines, reading.roles, strict=False)):
        span = chars.trim(text, line.span)
        if role in roles and span.start < span.end:
            yield Piece(index, span, text[span.start : span.end])


def _title(reading: Reading, lines: Sequence[Piece], rules: Rules) -> Text | None:
    """The line that says what the document is; else the first line that is no date and no label."""
    layout = rules.layout
    plain = [line for line in lines if not _is_date(line.text, rules) and not _label_of(line.text, rules)]
    plain = [line for line in plain if not is_head_line(line.text, layout)]
    short = [line for line in plain if "。" not in line.text and chars.width(line.text) <= 60]
    for line in short:
        if chars.key(line.text).rstrip("）)】］]」』").endswith(layout.title_words):
            return _text(reading, line)
    for line in short:
        if any(word in chars.key(line.text) for word in layout.title_words):
            return _text(reading, line)
    return _text(reading, short[0]) if short else None


def is_head_line(text: str, rules: LayoutRules) -> bool:
    """Whether the line holds words of a table's head and nothing else: `年月日　できごと`."""
    words = [chars.key(word) for word in text.split()]
    return len(words) >= 2 and all(word in rules.heads for word in words)


def _text(reading: Reading, line: Piece) -> Text:
    lead = len(line.text) - len(line.text.lstrip("#＃ \u3000"))
    return chars.make_text(reading.document.text, (Span(line.span.start + lead, line.span.end),))


def _is_date(text: str, rules: Rules) -> bool:
    bare = text.strip(_LABEL_ENDS)
    found = find_date(bare, Said(), rules.dates)
    return found is not None and len(bare) - found.end <= 2


def _alone(lines: Sequence[Piece], rules: Rules) -> _Issued | None:
    """The date on a line of its own."""
    for line in lines:
        if _is_date(line.text, rules):
            issued = _find_whole_day(line, rules)
            if issued:
                return issued
    return None


def _said(lines: Sequence[Piece], rules: Rules) -> _Issued | None:
    """The date that is said to be the day of issue: 令和6年3月8日現在."""
    words = rules.layout.issued_after
    for line in lines:
        if not any(word in chars.key(line.text) for word in words):
            continue
        issued = _find_whole_day(line, rules, words)
        if issued:
            return issued
    return None


def _find_whole_day(line: Piece, rules: Rules, words: tuple[str, ...] = ()) -> _Issued | None:
    """The first date in the line that is one whole day; followed by one of the words where some are given."""
    for found in find_dates_inside(line.text, rules):
        if found.value.precision != "day" or found.value.start is None:
            continue
        behind = chars.key(line.text[found.end :]).lstrip("(（)）【[")
        before = chars.key(line.text[: found.start]).rstrip(":(（【[")
        if not words or behind.startswith(words) or before.endswith((*words, "更新日", "作成日", "発行日")):
            span = Span(line.span.start + found.start, line.span.start + found.end)
            return _Issued(found.value, (span,))
    return None


def _labels(reading: Reading, lines: Sequence[Piece], rules: Rules) -> Iterator[Text]:
    for line in lines:
        label = _label_of(line.text, rules)
        if label is not None:
            span = Span(line.span.start + label[0], line.span.start + label[1])
            yield chars.make_text(reading.document.text, (span,))


def _label_of(text: str, rules: Rules) -> tuple[int, int] | None:
    """The place of the label, where the line holds nothing else (brackets aside)."""
    folded = chars.fold(text).text
    if len(folded) != len(text):
        return None
    body = folded.strip(_LABEL_ENDS)
    lead = folded.find(body)
    found = rules.layout.label.fullmatch(body) if body else None
    return (lead, lead + len(body)) if found else None


def _body(
    reading: Reading, lines: Sequence[Piece], issued: _Issued | None, label: Text | None, rules: Rules
) -> Text | None:
    """The line of the stamp that is neither its date nor its label."""
    taken = {span.start for span in (*(issued.spans if issued else ()), *(label.spans if label else ()))}
    for line in lines:
        if not any(line.span.start <= start < line.span.end for start in taken) and not _is_date(
            line.text, rules
        ):
            return chars.make_text(reading.document.text, (line.span,))
    return None


def _body_above(
    reading: Reading, lines: Sequence[Piece], issued: _Issued | None, label: Text | None, rules: Rules
) -> Text | None:
    """A short line beside the date of issue or the label that is named like a body."""
    if issued is None and label is None:
        return None
    title = _title(reading, lines, rules)
    rest = [line for line in lines if title is None or line.span.start != title.spans[0].start]
    named = [line for line in rest if chars.key(line.text).rstrip("）)").endswith(rules.layout.body_words)]
    short = [line for line in named if chars.width(line.text) <= 24 and "。" not in line.text]
    return _body(reading, short, issued, label, rules)
