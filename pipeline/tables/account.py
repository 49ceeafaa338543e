"""The account of a source: every character in exactly one run, with what it is and who took it.

Takes a Reading and its Ids. Gives `Account`: runs in order without hole or overlap, and findings.
Furniture comes first, then events, annex tables, and marks where no record says what it is.
What is left is `blank`, or a sign between two fields of an event, or `unread` and reported. Outside every
line, signs (commas between cells, pipes) and markup (tags, addresses of links) are `furniture`; other letters
and digits there are unread like any others.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline import chars
from pipeline.findings import Finding
from pipeline.model import Document, Event, Reading, Span, Text
from pipeline.tables.ids import Ids

_PIECES = re.compile(f"[{chars.BLANKS}]+|[^{chars.BLANKS}]+")
# Markup with letters in it that readers leave out of every line: tags, comments, pictures, addresses of links,
# signs of footnotes.
_MARKUP = re.compile(
    r"<!--.{0,500}?-->|</?[a-zA-Z][^<>\n]{0,500}>|!\[[^\]\n]{0,300}\]\([^)\n]{0,1000}\)|\]\([^)\n]{0,1000}\)"
    r"|\[\^[^\]\s]{1,40}\]"
)
_REGION_ROLES = {"title": "title", "preface": "note", "note": "note"}
_SHOWN = 40  # characters of unread text that a message shows


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that lie together and are one thing."""

    start: int
    end: int
    role: str
    record_id: str | None


@dataclass(frozen=True, slots=True)
class Account:
    """The runs in order, how many characters (blanks apart) nobody read, and what there is to report."""

    runs: tuple[Run, ...]
    unread: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Claim:
    """A run that a record or a mark says is its own; a quiet one takes only what is left."""

    span: Span
    role: str
    record_id: str | None
    quiet: bool = False


def cut_account(reading: Reading, ids: Ids) -> Account:
    """The account of this reading; it never fails, what two records claim goes to the first and is reported."""
    claims = list(_list_claims(reading, ids))
    owners, overlaps = _settle(claims, len(reading.document.text))
    cut = list(_merge(_cut_runs(claims, owners, reading.document)))
    runs = tuple(_merge(_adopt_signs(cut, reading.document.text, _name_events(ids))))
    unread = sum(run.end - run.start for run in runs if run.role == "unread")
    return Account(runs, unread, (*overlaps, *_report_unread(runs, reading.document.text)))


def _list_claims(reading: Reading, ids: Ids) -> Iterator[_Claim]:
    lines = reading.document.lines
    for line, role in zip(lines, reading.roles, strict=False):
        if role:
            yield _Claim(line.span, "furniture", None)
    for number, event in enumerate(reading.events):
        yield from _claim_event(event, ids.events[number], ids.details[number])
    for number, table in enumerate(reading.tables):
        for cell, cell_id in zip(table.cells, ids.cells[number], strict=True):
            yield from _claim(cell.text, "annex", cell_id)
        yield from _claim(table.caption, "annex", ids.tables[number])
        for note in table.notes:
            yield from _claim(note, "note", ids.tables[number], quiet=True)
    yield from (_Claim(mark.span, mark.role, None, quiet=True) for mark in reading.marks)
    edition = reading.edition
    for text in (edition.title, edition.body, edition.label):
        yield from _claim(text, "title", None, quiet=True)
    yield from (_Claim(span, "title", None, quiet=True) for span in edition.issued_spans)
    for line, region in zip(lines, reading.regions, strict=False):
        if region in _REGION_ROLES:
            yield _Claim(line.span, _REGION_ROLES[region], None, quiet=True)


def _claim_event(event: Event, event_id: str, detail_ids: tuple[str, ...]) -> Iterator[_Claim]:
    yield from _claim(event.parent, "headline", event_id, quiet=True)  # several events name one parent
    yield from _claim(event.number, "marker", event_id)
    yield from _claim(event.date.text, "date", event_id)
    yield from _claim(event.headline, "headline", event_id)
    for detail, detail_id in zip(event.details, detail_ids, strict=True):
        yield from _claim(detail.marker, "marker", detail_id)
        yield from _claim(detail.label, "label", detail_id)
        yield from _claim(detail.text, "detail", detail_id)
        role = "label" if detail.label else "marker"
        yield from (_Claim(span, role, detail_id) for span in detail.separators)


def _claim(text: Text | None, role: str, record_id: str | None, quiet: bool = False) -> Iterator[_Claim]:
    for span in text.spans if text else ():
        yield _Claim(span, role, record_id, quiet)


def _settle(claims: list[_Claim], length: int) -> tuple[array[int], list[Finding]]:
    """For each character the number of the claim that has it (-1: none); the first claim wins."""
    owners = array("i", [-1]) * length
    findings = []
    for number, claim in enumerate(claims):
        start = max(claim.span.start, 0)
        end = max(start, min(claim.span.end, length))
        taken = owners[start:end]
        if not taken:
            continue
        if max(taken) < 0:
            owners[start:end] = array("i", [number]) * (end - start)
            continue
        for place in range(start, end):
            if owners[place] < 0:
                owners[place] = number
        if not claim.quiet:
            findings.append(_report_overlap(claim, claims[max(taken)]))
    return owners, findings


def _report_overlap(claim: _Claim, other: _Claim) -> Finding:
    by, of = (f"{each.role} of {each.record_id or 'the page'}" for each in (claim, other))
    message = f"read both as {of} and as {by}; expected one of them; the account gives it to the first"
    return Finding("read_twice", message, claim.span.start, claim.span.end)


def _cut_runs(claims: list[_Claim], owners: array[int], document: Document) -> Iterator[Run]:
    """Runs between the places where the owner can change; what nobody owns is cut by blanks and lines."""
    cuts = {0, len(owners)}
    for claim in claims:
        cuts |= {min(max(claim.span.start, 0), len(owners)), min(max(claim.span.end, 0), len(owners))}
    ordered = sorted(cuts)
    lines = sorted((line.span.start, line.span.end) for line in document.lines)
    for start, end in pairwise(ordered):
        owner = owners[start]
        if owner >= 0:
            yield Run(start, end, claims[owner].role, claims[owner].record_id)
        else:
            yield from _cut_gap(document.text, start, end, lines)


def _cut_gap(text: str, start: int, end: int, lines: list[tuple[int, int]]) -> Iterator[Run]:
    """What no record took: blanks, unread text, and the markup that stands outside every line."""
    while start < end:
        number = bisect_right(lines, (start, len(text))) - 1
        inside = number >= 0 and start < lines[number][1]
        following = lines[number + 1][0] if number + 1 < len(lines) else end
        stop = min(end, lines[number][1] if inside else following)
        is_markup = not inside and not any(map(str.isalnum, _MARKUP.sub("", text[start:stop])))
        role = "furniture" if is_markup else "unread"
        for piece in _PIECES.finditer(text, start, stop):
            yield Run(*piece.span(), "blank" if chars.is_blank(piece.group()) else role, None)
        start = stop


def _name_events(ids: Ids) -> dict[str, str]:
    """The event of each event and detail id."""
    details = ((detail, event) for event, of in zip(ids.events, ids.details, strict=True) for detail in of)
    return {**{event: event for event in ids.events}, **dict(details)}


def _adopt_signs(runs: list[Run], text: str, event_of: dict[str, str]) -> Iterator[Run]:
    """Signs behind a field of an event on its line (10月5日 - 総会, 6日、) are markers of that event."""
    event, end = None, 0
    for run in runs:
        if run.role == "blank":
            yield run
            continue
        is_sign = run.role == "unread" and not any(
            map(str.isalnum, text[run.start : run.end].replace("ー", ""))
        )
        if is_sign and event and "\n" not in text[end : run.start]:
            yield Run(run.start, run.end, "marker", event)
        else:
            event = event_of.get(run.record_id or "")
            yield run
        end = run.end


def _merge(runs: Iterable[Run]) -> Iterator[Run]:
    """Neighbours that are the same thing are one run."""
    last: Run | None = None
    for run in runs:
        if last and (last.role, last.record_id) == (run.role, run.record_id):
            last = Run(last.start, run.end, run.role, run.record_id)
            continue
        if last:
            yield last
        last = run
    if last:
        yield last


def _report_unread(runs: Iterable[Run], text: str) -> Iterator[Finding]:
    """One finding for each stretch of unread runs with nothing but blanks between them."""
    stretch: list[Run] = []
    for run in (*runs, Run(len(text), len(text), "", None)):
        if run.role == "unread":
            stretch.append(run)
        elif run.role != "blank" and stretch:
            yield _report_stretch(stretch, text)
            stretch = []


def _report_stretch(stretch: list[Run], text: str) -> Finding:
    start, end = stretch[0].start, stretch[-1].end
    count = sum(run.end - run.start for run in stretch)
    shown = chars.clean(text[start : min(end, start + _SHOWN)])
    more = "…" if end - start > _SHOWN else ""
    message = (
        f"{count} characters belong to no record: {shown}{more}; expected none; kept in the account as unread"
    )
    return Finding("unread_text", message, start, end)
