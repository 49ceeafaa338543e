"""nenpyo reads Japanese chronologies into validated tables and says what a new edition changed.

The public verbs: `build_edition` (a source becomes tables), `check_edition` (tables that stand
keep the contract), `diff_editions` (two editions are compared). They load what they need when called.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.9.0"
__all__ = ["build_edition", "check_edition", "diff_editions"]

_HOMES = {
    "build_edition": "pipeline.build",
    "check_edition": "pipeline.inspect",
    "diff_editions": "pipeline.editions",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
