"""Imports go down only, seen in the syntax tree of every module."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "pipeline"
MODULES = sorted(PACKAGE.rglob("*.py"))
BASE = {"model", "findings", "errors", "rules", "chars", "child"}
# What each part may know, besides itself and the base. Files beside build.py are the top: they know all.
KNOWS = {
    "read": set(),
    "parse": set(),
    "tables": set(),
    "editions": {"tables.schema", "tables.columns", "tables.frames", "tables.package", "tables.swap"},
    "rules": set(),
    "model": set(),
    "findings": set(),
    "errors": set(),
    "chars": set(),
    "child": set(),
}
HEAVY = ("pandas", "pandera", "pdfplumber", "pypdfium2", "pyarrow", "jinja2", "rich", "rapidfuzz")


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """The project's own modules that this one imports, without `pipeline.`, wherever the import stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        yield from (name.removeprefix("pipeline.") for name in names if name.startswith("pipeline."))


def is_known(name: str, part: str) -> bool:
    top = name.split(".")[0]
    if top == part or (top in BASE and part not in ("model", "findings", "errors")):
        return True
    return any(name == known or name.startswith(f"{known}.") for known in KNOWS[part]) or name == "tables"


LOWER = [path for path in MODULES if part_of(path) in KNOWS]


@pytest.mark.parametrize("path", LOWER, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_knows_only_what_lies_below(path: Path) -> None:
    part = part_of(path)
    allowed = {"model": {"findings"}, "findings": {"rules"}, "errors": set()}.get(part, set())
    wrong = [name for name in imports(path) if not is_known(name, part) and name.split(".")[0] not in allowed]
    assert wrong == []


def test_the_layering_test_bites(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("def f():\n    from pipeline.tables.frames import make_frame\n")
    assert not all(is_known(name, "parse") for name in imports(bad))


def test_pandera_is_loaded_at_the_gate_only() -> None:
    users = {
        part
        for path in MODULES
        for part in [str(path.relative_to(PACKAGE))]
        if "import pandera" in path.read_text("utf-8")
    }
    assert users == {"tables/checks.py"}


@pytest.mark.parametrize(
    "command", [[], ["build"], ["diff"], ["check"], ["show"]], ids=lambda each: " ".join(each) or "-"
)
def test_help_loads_nothing_heavy(command: list[str]) -> None:
    code = (
        "import sys\nfrom pipeline.cli import main\n"
        f"try:\n    main({[*command, '--help']!r})\nexcept SystemExit as end:\n    assert end.code in (0, None)\n"
        f"print(sorted(set(sys.modules) & set({HEAVY!r})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"
