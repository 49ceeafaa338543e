"""Opens a source; the stages are loaded while a PDF is read by a process of its own.

Takes a path. Gives its Document.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

from pipeline.model import Document
from pipeline.read.source import open_source


def open_beside(path: Path, password: str | None) -> Document:
    """The source's Document; SourceError where it cannot be read."""
    if path.suffix.lower() != ".pdf":
        return open_source(path, password=password)
    with ThreadPoolExecutor(1) as beside:
        opening = beside.submit(open_source, path, password=password)
        import_module("pipeline.build")
        return opening.result()
