"""The command line: what it says where, and the exit code. Every command runs without a shell."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline import __version__
from pipeline.cli import main

from .conftest import REAL

OLD = "令和5年3月10日\n町の沿革\n\n平成２６年\n9月10日　区長会総会\n9月16日　町村会との懇談会\n"
NEW = OLD.replace("令和5年3月10日", "令和6年3月8日") + "11月4日　市民まつり\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture
def town(tmp_path: Path) -> Path:
    path = tmp_path / "raw" / "town"
    path.mkdir(parents=True)
    (path / "old.txt").write_text(OLD, encoding="utf-8")
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def test_build_says_what_there_is_and_where(town: Path, out: Path) -> None:
    result = run("build", town, "--out", out)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout == (
        "town 2023-03-10: grade A, built from old.txt\n"
        "  2 events, 0 details, 0 people\n"
        "  0 of 41 characters unread\n"
        "  findings: none\n"
        f"  tables: {out}/town/2023-03-10\n"
        f"1 source: 1 built; tables in {out}\n"
    )


def test_a_new_edition_is_compared(town: Path, out: Path) -> None:
    run("build", town, "--out", out)
    (town / "new.txt").write_text(NEW, encoding="utf-8")
    lines = run("build", town, "--out", out).stdout.splitlines()
    folder = out / "town" / "diff" / "2023-03-10..2024-03-08"
    assert f"town: 2023-03-10 -> 2024-03-08: 1 added, 0 changed, 0 removed; {folder}/report.md" in lines
    assert lines[-1] == f"2 sources: 1 built, 1 unchanged; tables in {out}"


def test_build_reads_raw_into_output_by_default(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(town.parent.parent)
    assert run("build").exit_code == 0
    assert Path("output/town/2023-03-10/events.csv").is_file()


def test_many_editions_are_a_line_each_the_doubtful_first(tmp_path: Path, out: Path) -> None:
    for number in range(7):
        folder = tmp_path / "raw" / f"town{number}"
        folder.mkdir(parents=True)
        text = OLD.replace("9月16日", "9月31日") if number == 3 else OLD
        (folder / "a.txt").write_text(text, encoding="utf-8")
    lines = run("build", tmp_path / "raw", "--out", out, "--workers", 2).stdout.splitlines()
    assert lines[0].startswith("grade  events  unread  undated  findings  edition (A nothing doubtful")
    assert lines[1].split() == ["D", "2", "0.0%", "1", "1", "town3/2023-03-10"]
    assert lines[2].split()[0] == "A"
    assert lines[-1].startswith("7 sources: 7 built")


BAD: list[tuple[str, Callable[[Path], object], str]] = [
    ("no such file", lambda path: None, "found nothing of that name"),
    ("folder without sources", lambda path: path.mkdir(), "found none in it"),
    ("empty file", lambda path: path.write_bytes(b""), "found an empty file"),
    ("binary file", lambda path: path.write_bytes(bytes(range(256)) * 8), ""),
    ("blanks only", lambda path: path.write_text(" \n\u3000\n"), ""),
    (
        "no date",
        lambda path: path.write_text("今日は晴れ。\n四日市の第2回総会\n"),
        "has no date in it; looked for",
    ),
    (
        "web page named pdf",
        lambda path: path.write_text("<!DOCTYPE html><p>9月10日"),
        "found a web page (HTML)",
    ),
]


@pytest.mark.parametrize(("make", "said"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_input_gets_one_sentence_and_changes_nothing(
    town: Path, out: Path, make: Callable[[Path], object], said: str
) -> None:
    run("build", town, "--out", out)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    bad = town.parent / "bad" / "bad.txt"
    bad.parent.mkdir()
    make(bad)
    result = run("build", bad, "--out", out)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("nenpyo: ")
    assert result.stderr.count("\n") == 1
    assert "bad.txt" in result.stderr
    assert said in result.stderr
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_one_bad_source_among_good_ones(town: Path, out: Path) -> None:
    (town / "bad.txt").write_bytes(b"")
    result = run("build", town, "--out", out)
    assert result.exit_code == 2
    assert result.stderr.startswith("nenpyo: bad.txt: ")
    assert result.stdout.endswith(f"2 sources: 1 built, 1 failed; tables in {out}\n")


WRONG = [
    ("unknown command", ["bild"]),
    ("unknown option", ["build", "--fast"]),
    ("no workers", ["build", "--workers", "0"]),
    ("diff of one", ["diff", "a"]),
    ("unknown form", ["diff", "a", "b", "--format", "docx"]),
    ("line 0", ["show", "a", "--line", "0"]),
    ("check of nothing", ["check", "nowhere"]),
    ("show of nothing", ["show", "nowhere.txt"]),
    ("diff of nothing", ["diff", "nowhere", "nowhere2"]),
    ("rules of nothing", ["build", "--rules", "nowhere.toml"]),
]


@pytest.mark.parametrize("arguments", [row[1] for row in WRONG], ids=[row[0] for row in WRONG])
def test_wrong_arguments_end_with_2(
    arguments: list[str], town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(town.parent.parent)
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr
    assert "Traceback" not in result.stderr


def test_a_mistake_of_ours_is_a_sentence_too(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.show.render_entry", lambda *args: 1 // 0)
    result = run("show", town / "old.txt")
    assert result.exit_code == 2
    assert "a mistake of the program, not of the file: ZeroDivisionError at test_cli.py" in result.stderr


def test_a_bad_rules_file_is_named_with_key_and_reason(town: Path, out: Path) -> None:
    rules = town / "mine.toml"
    rules.write_text("[labels]\nlables = ['担当']\n")
    result = run("build", town, "--out", out, "--rules", rules)
    assert result.exit_code == 2
    assert "mine.toml: labels: lables: is not a key known here" in result.stderr
    assert not out.exists()


def test_findings_of_severity_error_end_with_1(town: Path, out: Path) -> None:
    (town / "old.txt").write_text(OLD.replace("9月16日", "9月31日"), encoding="utf-8")
    result = run("build", town, "--out", out)
    assert result.exit_code == (1 if "error" in result.stdout else 0)


def test_check_finds_good_tables_good_and_bad_ones_bad(town: Path, out: Path) -> None:
    run("build", town, "--out", out)
    good = run("check", out)
    assert (good.exit_code, good.stderr) == (0, "")
    assert good.stdout.startswith(f"{out}/town/2023-03-10: good\n  account: ")
    (out / "town" / "2023-03-10" / "people.csv").write_text("name\nx\n")
    bad = run("check", out)
    assert bad.exit_code == 1
    assert ": wrong\n" in bad.stdout
    assert "people.csv: expected the columns series, edition, person_id" in bad.stdout


def test_check_names_a_table_that_cannot_be_read(town: Path, out: Path) -> None:
    run("build", town, "--out", out)
    (out / "town" / "2023-03-10" / "events.parquet").write_bytes(b"PAR1")
    result = run("check", out / "town" / "2023-03-10")
    assert result.exit_code == 1
    assert "events.parquet: cannot be read as the Parquet file of events" in result.stdout


def test_diff_of_two_editions_and_of_two_sources(town: Path, out: Path) -> None:
    (town / "new.txt").write_text(NEW, encoding="utf-8")
    run("build", town, "--out", out)
    editions = run("diff", out / "town" / "2023-03-10", out / "town" / "2024-03-08")
    sources = run("diff", town / "old.txt", town / "new.txt", "--out", out.parent / "again")
    assert (editions.exit_code, editions.stderr) == (1, "")
    assert "1 added" in editions.stdout
    assert sources.stdout == editions.stdout
    assert (out / "town" / "diff" / "2023-03-10..2024-03-08" / "report.html").is_file()
    assert (out.parent / "again" / "town" / "diff" / "2023-03-10..2024-03-08" / "report.html").is_file()


def test_an_edition_against_itself_is_no_difference(town: Path, out: Path) -> None:
    run("build", town, "--out", out)
    assert run("diff", town / "old.txt", town / "old.txt", "--out", out).exit_code == 0


def test_show_prints_the_entry_of_a_line() -> None:
    result = run("show", REAL, "--line", 5)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "date     2014-09-10" in result.stdout


def test_the_password_is_asked_for_and_not_shown(town: Path, out: Path) -> None:
    result = CliRunner().invoke(
        main, ["build", str(town), "--out", str(out), "--password", "-"], input="geheim\n"
    )
    assert result.exit_code == 0
    assert "geheim" not in result.stdout + result.stderr


def test_version() -> None:
    assert run("--version").stdout == f"nenpyo, version {__version__}\n"


def test_the_module_is_the_command(town: Path, out: Path) -> None:
    """As a process of its own: standard output has the result, standard error nothing."""
    command = [sys.executable, "-m", "pipeline", "build", str(town / "old.txt"), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("town 2023-03-10: grade A")
