"""Words for an error that nobody foresaw: a mistake of the program, told in one sentence with its place."""

from __future__ import annotations

from pathlib import Path


def word_mistake(error: Exception) -> str:
    """What happened and where: `a mistake of the program, not of the file: KeyError at events.py:12: 'x'`."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"a mistake of the program, not of the file: {type(error).__name__}{where}: {error}"
