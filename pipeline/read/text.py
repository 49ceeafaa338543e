"""Reads text of any layout: decodes it, tells its layout, cuts it into lines.

Takes a file's bytes. Gives a Document of kind text, csv, tsv or markdown.
The layout is told by content; the file's suffix only settles what the content leaves open.
Every Line's span is exact in the decoded text; what lies in no Line is blank or markup.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from pipeline import chars
from pipeline.errors import SourceError
from pipeline.model import Document, Line, Source
from pipeline.read.delimited import find_delimiter, read_delimited
from pipeline.read.encoding import decode
from pipeline.read.halves import part_halves
from pipeline.read.markdown import is_markdown, read_markdown
from pipeline.read.pipes import part_at_pipes
from pipeline.read.plain import read_plain
from pipeline.read.rows import cut_rows
from pipeline.read.spacing import read_every_way, read_spaced
from pipeline.read.spacing_choice import judge


def read_text(data: bytes, source_name: str) -> Document:
    """The Document of a text file's bytes.

    SourceError where it is binary, its encoding cannot be told, or nothing but blanks is in it.
    """
    decoded = decode(data, source_name)
    if chars.is_blank(decoded.text.replace("\x1a", "")):
        raise SourceError(f"{source_name}: expected a chronology, found nothing but blanks")
    kind, lines = read_lines(decoded.text, source_name)
    return Document(
        text=decoded.text,
        lines=lines,
        page_count=max((line.page for line in lines), default=1),
        source=Source(
            name=source_name,
            sha256=hashlib.sha256(data).hexdigest(),
            kind=kind,
            encoding=decoded.encoding,
            encoding_said_by=decoded.said_by,
        ),
    )


def read_lines(text: str, source_name: str) -> tuple[str, tuple[Line, ...]]:
    """The kind of the text (text, csv, tsv, markdown) and its lines in reading order."""
    delimiter = find_delimiter(text, source_name)
    if is_markdown(text, source_name) and not source_name.lower().endswith((".csv", ".tsv")):
        return "markdown", read_markdown(text)
    if delimiter:
        return "tsv" if delimiter == "\t" else "csv", read_delimited(text, delimiter)
    rows = part_at_pipes(cut_rows(text))
    halves = part_halves(rows)
    spaced = read_spaced(text, rows)
    if halves != rows and not (spaced and judge(text, spaced).is_good()):
        return "text", read_spaced(text, halves) or read_plain(halves)
    return "text", spaced or read_plain(rows)


def read_otherwise(document: Document) -> Iterator[Document]:
    """The Document with its lines read in every other way that its layout allows; none where its kind leaves no doubt."""
    if document.source.kind != "text":
        return
    rows = part_at_pipes(cut_rows(document.text))
    halves = part_halves(rows)
    seen = {document.lines}
    for each in (rows, halves) if halves != rows else (rows,):
        for lines in (*read_every_way(document.text, each), read_plain(each)):
            if lines not in seen:
                seen.add(lines)
                yield replace(document, lines=lines)
