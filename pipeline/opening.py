"""Opens a source; while a PDF is read by a process of its own, this one makes ready to parse it.

Takes a path and rules. Gives the source's Document. A rehearsal, reading rules/rehearsal.md through every
stage, loads what the stages load when they are first used: patterns, the gazetteer, tables of signs.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

from pipeline.model import Document
from pipeline.read.source import open_source
from pipeline.rules.load import Rules


def open_beside(path: Path, password: str | None, rules: Rules) -> Document:
    """The source's Document; SourceError where it cannot be read."""
    if path.suffix.lower() != ".pdf":
        return open_source(path, password=password)
    with ThreadPoolExecutor(1) as beside:
        opening = beside.submit(open_source, path, password=password)
        rehearse(rules)
        return opening.result()


def rehearse(rules: Rules) -> None:
    """Reads the rehearsal text through every stage; what comes out is of no use."""
    from pipeline.build import parse_document  # all stages: loaded while the PDF is read
    from pipeline.read.text import read_text

    name = "rehearsal.md"
    parse_document(read_text(files("pipeline.rules").joinpath(name).read_bytes(), name), rules)
