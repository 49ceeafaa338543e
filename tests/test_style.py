"""The limits of the house that the linters do not hold: lengths, docstrings, words that do not belong."""

from __future__ import annotations

import ast
import csv
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "pipeline"
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MOST_LINES, MOST_OF_A_FUNCTION = 300, 60
HOSTS = re.compile(r"pypi\.org|pythonhosted|files\.python|npmjs|deb\.debian|artifactory|/root/|/home/|/work/")
names = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_has_fewer_than_300_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) < MOST_LINES


@names
def test_a_function_fits_a_screen(path: Path) -> None:
    long = [
        node.name for node in functions(path) if (node.end_lineno or 0) - node.lineno + 1 > MOST_OF_A_FUNCTION
    ]
    assert long == []


@names
def test_a_file_opens_with_what_it_is_for(path: Path) -> None:
    text = path.read_text("utf-8")
    said = ast.get_docstring(ast.parse(text))
    assert said or not text.strip(), "an empty __init__.py says nothing"
    assert said is None or len(said.splitlines()) <= 12 or path.name == "model.py"


@names
def test_public_functions_say_what_comes_back(path: Path) -> None:
    silent = [
        node.name
        for node in functions(path)
        if not node.name.startswith("_") and not ast.get_docstring(node) and not is_inner(node, path)
    ]
    assert silent == []


def is_inner(node: ast.FunctionDef | ast.AsyncFunctionDef, path: Path) -> bool:
    return node.col_offset > 0 and not any(
        isinstance(each, ast.ClassDef) and node in each.body
        for each in ast.walk(ast.parse(path.read_text("utf-8")))
    )


@names
def test_nothing_is_printed_outside_the_command_line(path: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    said = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]
    assert said == []


@names
def test_no_module_is_a_drawer_for_anything(path: Path) -> None:
    assert path.stem not in ("utils", "util", "helpers", "common", "misc")


@names
def test_nothing_of_the_clock_or_chance(path: Path) -> None:
    if path.stem.startswith("pdf"):
        pytest.skip("a page's time limit needs a clock")
    found = set(re.findall(r"^\s*(?:import|from) (\w+)", path.read_text("utf-8"), re.M))
    assert not found & {"random", "time", "uuid", "secrets"}


def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.splitlines() if done.returncode == 0 else []


@pytest.mark.parametrize(
    "name", [name for name in tracked() if not name.endswith((".parquet", ".pdf", ".png"))]
)
def test_no_file_names_a_registry_or_a_machine(name: str) -> None:
    path = ROOT / name
    if name == "tests/test_style.py" or not path.is_file():
        pytest.skip("names what it looks for, or was taken away")
    found = HOSTS.search(path.read_bytes().decode("utf-8", "replace"))
    assert found is None


def finding_codes(path: Path) -> set[str]:
    """The codes that this module gives to Finding as a literal."""
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Finding"]
    first = [call.args[0] for call in named if call.args]
    return {node.value for node in first if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_finding_code_has_its_row() -> None:
    with (PACKAGE / "rules" / "findings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes))
    assert all(row["severity"] in ("error", "warning", "note") and row["sentence"] for row in rows)
    assert set().union(*(finding_codes(path) for path in MODULES)) <= set(codes)


def test_there_are_no_word_lists_in_code() -> None:
    """A list of five or more Japanese words belongs into a rules file."""
    japanese = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]{2,}")
    wrong = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Tuple | ast.List | ast.Set):
                texts = [
                    each.value
                    for each in node.elts
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                ]
                if sum(bool(japanese.fullmatch(text)) for text in texts) >= 5:
                    wrong.append(f"{path.name}:{node.lineno}")
    assert wrong == []
