"""Writes tables in a process of its own, which loads its libraries while this one still reads.

Takes rows, a folder, and where they come from, as `write.write_tables` does. Gives the same files.
Loading pandas and pandera takes as long as reading a document; with two processors it costs nothing.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.child import start_child

if TYPE_CHECKING:
    from pipeline.tables.write import Rows, Write


@contextmanager
def write_beside() -> Iterator[Write]:
    """A `write_tables` that a process started now carries out; this one, where that one has died."""
    with start_child("pipeline.tables.beside", "serve") as process:

        def write(rows: Rows, folder: Path, where: str) -> None:
            answer = _ask(process, (rows, folder, where))
            if isinstance(answer, Exception):
                raise answer
            if answer is not True:
                from pipeline.tables.write import write_tables

                write_tables(rows, folder, where)

        try:
            yield write
        finally:
            process.kill()
            with suppress(OSError):  # what it did not take any more
                if process.stdin is not None:
                    process.stdin.close()


def _ask(process: subprocess.Popen[bytes], job: tuple[Rows, Path, str]) -> object:
    """True where the tables were written, the error where they were not, None where the process died."""
    assert process.stdin is not None and process.stdout is not None
    with suppress(OSError, EOFError, pickle.UnpicklingError):
        process.stdin.write(pickle.dumps(job))
        process.stdin.flush()
        return pickle.load(process.stdout)
    return None


def serve() -> None:
    """Writes the tables that come in on standard input, and says on standard output how that went."""
    from pipeline.tables.write import load_libraries, write_tables

    load_libraries()
    answer: object = True
    try:
        write_tables(*pickle.load(sys.stdin.buffer))
    except EOFError:  # the other process had nothing to write
        return
    except Exception as error:  # the other process raises it
        answer = error
    sys.stdout.buffer.write(pickle.dumps(answer))
    sys.stdout.buffer.flush()
