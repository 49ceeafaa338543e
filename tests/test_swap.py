"""A run that is killed at any moment leaves the old folder or the new one, never a mix."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import SchemaError
from pipeline.tables import swap

FILES = ("a", "b", "datapackage.json")


def write(content: str) -> Callable[[Path], None]:
    def fill(folder: Path) -> None:
        for name in FILES:
            (folder / name).write_text(content)

    return fill


def read(folder: Path) -> set[str]:
    return {(folder / name).read_text() for name in FILES}


def beside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.parent.iterdir() if path != folder)


def test_a_folder_comes_and_is_replaced_and_nothing_stays_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "2024-03-08"
    swap.replace_folder(folder, write("old"))
    (folder / "left over").write_text("x")
    swap.replace_folder(folder, write("new"))
    assert read(folder) == {"new"}
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    assert beside(folder) == []


def test_without_an_exchange_in_one_step_it_works_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    test_a_folder_comes_and_is_replaced_and_nothing_stays_beside_it(tmp_path)


def test_a_failing_run_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "2024-03-08"
    swap.replace_folder(folder, write("old"))

    def fail(fresh: Path) -> None:
        write("new")(fresh)
        raise SchemaError("no")

    with pytest.raises(SchemaError):
        swap.replace_folder(folder, fail)
    assert read(folder) == {"old"}
    assert beside(folder) == []


def test_a_folder_with_other_files_is_not_taken_away(tmp_path: Path) -> None:
    folder = tmp_path / "2024-03-08"
    folder.mkdir()
    (folder / "thesis.docx").write_text("years of work")
    with pytest.raises(SchemaError, match="expected the folder of one edition, found other files"):
        swap.replace_folder(folder, write("new"))
    assert (folder / "thesis.docx").read_text() == "years of work"


KILLED = """
import os, sys
from pathlib import Path
from pipeline.tables import swap

folder, moment, exchange = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "exchange"
count = 0

def step(event, args):
    global count
    if event in ("open", "os.rename", "os.mkdir", "os.rmdir", "os.remove", "shutil.rmtree", "ctypes.dlsym"):
        if str(folder.parent) in str(args) or event == "ctypes.dlsym":
            count += 1
            if count == moment:
                os._exit(9)

if not exchange:
    swap._exchange = lambda one, other: False

def fill(fresh):
    for name in ("a", "b", "datapackage.json"):
        (fresh / name).write_text("new")

sys.addaudithook(step)
swap.replace_folder(folder, fill)
os._exit(0)
"""


@pytest.mark.parametrize("how", ["exchange", "two renames"])
def test_killed_at_any_moment_the_folder_is_old_or_new(tmp_path: Path, how: str) -> None:
    """The run is ended before its first file operation, its second, …, until it comes to its end."""
    seen = []
    for moment in range(1, 60):
        folder = tmp_path / str(moment) / "2024-03-08"
        swap.replace_folder(folder, write("old"))
        code = subprocess.run(
            [sys.executable, "-c", KILLED, str(folder), str(moment), how], check=False
        ).returncode
        if how == "two renames":
            swap.sweep(folder)
        (content,) = read(folder)
        seen.append(content)
        swap.replace_folder(folder, write("next"))
        assert read(folder) == {"next"}
        assert beside(folder) == []
        if code == 0:
            break
    assert code == 0
    assert seen == sorted(seen, reverse=True), "old, old, …, new, new"
    assert seen[0] == "old"
    assert seen[-1] == "new"
    assert len(seen) > 6


def test_what_a_running_process_writes_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "2024-03-08"
    other = tmp_path / f".2024-03-08.{os.getppid()}.new"
    other.mkdir()
    swap.replace_folder(folder, write("new"))
    assert beside(folder) == [other.name]
