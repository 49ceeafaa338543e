"""Puts a finished folder in the place of an old one, so that a reader finds one of them, whole.

Takes a path and a function that fills a folder. Gives the folder at that path, new.
A run that is killed at any moment leaves the old folder or the new one, and perhaps a hidden
folder beside it (.name.PID.new), which the next run sweeps away.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import SchemaError

_AT_FDCWD = -100
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS


def replace_folder(folder: Path, fill: Callable[[Path], None]) -> None:
    """Fills a new folder beside `folder` and swaps it in; when `fill` fails, nothing has changed."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    sweep(folder)
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}.new")
    fresh.mkdir()
    try:
        fill(fresh)
        _swap(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Takes away what runs that were killed left beside this folder; puts back a folder moved aside."""
    leftover = re.compile(rf"\.{re.escape(folder.name)}\.(\d+)\.(new|old)")
    for path in sorted(folder.parent.iterdir()):
        found = leftover.fullmatch(path.name)
        if not found or _is_running(int(found[1])):
            continue
        if found[2] == "old" and not folder.exists():
            path.rename(folder)
        else:
            shutil.rmtree(path, ignore_errors=True)


def _swap(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
        return
    if any(folder.iterdir()) and not (folder / "datapackage.json").is_file():
        raise SchemaError(
            f"{folder}: expected the folder of one edition, found other files; nothing was replaced"
        )
    if _exchange(fresh, folder):
        return
    # No exchange in one step here: a run killed between these two lines leaves the old folder
    # under its hidden name, and `sweep` puts it back.
    aside = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    folder.rename(aside)
    try:
        fresh.rename(folder)
    except OSError:
        aside.rename(folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Whether the system exchanged the two folders in one step; False where it cannot."""
    paths = (os.fsencode(one), os.fsencode(other))
    with contextlib.suppress(AttributeError, OSError):
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(libc.renamex_np(*paths, _EXCHANGE) == 0)
        return bool(libc.renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _EXCHANGE) == 0)
    return False


def _is_running(process: int) -> bool:
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
