"""What was built from which source, so that only new or changed sources are read again.

Takes the folder of a series under `out`. Gives and keeps `.built.json` in it: for each source its
hash, the version of code, rules and settings, and its summary. Without the file everything is read.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.summary import SET_ASIDE, UNCHANGED, Summary, from_plain, to_plain

NAME = ".built.json"


@dataclass(frozen=True, slots=True)
class Made:
    """How a source was last read: `version` covers code, rules, settings and the source's own hash.

    `package` is the hash of the descriptor that was written; `group` names the files of its edition.
    """

    version: str
    package: str
    group: str
    summary: Summary


def hash_file(path: Path) -> str:
    """The SHA-256 of a file's bytes; empty where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


@cache
def hash_code() -> str:
    """The version of the code: a hash of every Python file and template of this package."""
    digest = hashlib.sha256(__version__.encode())
    for path in sorted(_list_code(files("pipeline")), key=str):
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def _list_code(folder: Traversable) -> list[Traversable]:
    inside = [each for each in folder.iterdir() if each.name != "__pycache__"]
    below = [path for each in inside if each.is_dir() for path in _list_code(each)]
    return below + [each for each in inside if each.name.endswith((".py", ".jinja"))]


def read_state(folder: Path) -> dict[str, Made]:
    """What was made in this series' folder, by source name; nothing where that cannot be told."""
    try:
        plain = json.loads((folder / NAME).read_text("utf-8"))
        return {name: _from_plain(made) for name, made in plain["sources"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # a state that cannot be read is no state: everything is read again


def write_state(folder: Path, state: dict[str, Made]) -> None:
    """Keeps what was made; the file is replaced in one step."""
    plain = {"sources": {name: _to_plain(state[name]) for name in sorted(state)}}
    fresh = folder / f"{NAME}.{os.getpid()}"
    fresh.write_text(json.dumps(plain, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    fresh.replace(folder / NAME)


def find_unchanged(made: Made | None, version: str, folder: Path) -> Summary | None:
    """The summary of a source that need not be read again, or None.

    It need not when its version is as it was and its tables still stand as they were written.
    """
    if made is None or made.version != version:
        return None
    if hash_file(folder / made.summary.edition / "datapackage.json") != made.package:
        return None
    is_aside = made.summary.status == SET_ASIDE
    return made.summary if is_aside else replace(made.summary, status=UNCHANGED)


def _to_plain(made: Made) -> dict[str, Any]:
    return {
        "version": made.version,
        "package": made.package,
        "group": made.group,
        "summary": to_plain(made.summary),
    }


def _from_plain(plain: dict[str, Any]) -> Made:
    return Made(plain["version"], plain["package"], plain["group"], from_plain(plain["summary"]))
