"""Runs over many sources: only what is new is read, nothing stops the others, files of one edition are settled."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import pipeline.build
from pipeline import series as run
from pipeline.series import Options, Result, build_all
from pipeline.tables.frames import read_parquet
from pipeline.tables.schema import EDITIONS, EVENTS, FINDINGS

OLD = """令和5年3月10日
町の沿革

平成２６年
9月10日　区長会総会
9月16日　町村会との懇談会
10月1日　庁舎の完成
"""
NEW = OLD.replace("令和5年3月10日", "令和6年3月8日") + "11月4日　市民まつり\n"
OTHER = """令和6年3月8日
会社の年表

平成２６年
1月10日　工場の開設
2月16日　社名の変更
"""
Folder = Callable[..., Path]


def build(path: Path, out: Path, **options: object) -> Result:
    return build_all((path,), out, Options(**options))  # type: ignore[arg-type]


def statuses(result: Result) -> dict[str, str]:
    return {each.source: each.status for each in result.summaries}


def files(out: Path) -> dict[str, bytes]:
    """Every written file but the state, by its name under `out`."""
    inside = (path for path in sorted(out.rglob("*")) if path.is_file() and path.name != ".built.json")
    return {str(path.relative_to(out)): path.read_bytes() for path in inside}


def test_an_edition_is_named_by_the_day_it_was_issued(folder: Folder, out: Path) -> None:
    (summary,) = build(folder(a=OLD), out).summaries
    assert (summary.series, summary.edition, summary.events) == ("town", "2023-03-10", 3)
    assert (out / "town" / "2023-03-10" / "events.parquet").is_file()


def test_without_a_day_it_is_named_by_the_file(folder: Folder, out: Path) -> None:
    (summary,) = build(folder(history=OLD.split("\n", 1)[1]), out).summaries
    assert (summary.edition, summary.issued_on) == ("history", None)


def test_only_what_is_new_or_changed_is_read(folder: Folder, out: Path) -> None:
    path = folder(a=OLD)
    build(path, out)
    before = files(out)
    assert statuses(build(path, out)) == {"a.txt": "unchanged"}
    folder(b=NEW)
    assert statuses(build(path, out)) == {"a.txt": "unchanged", "b.txt": "built"}
    assert {name: data for name, data in files(out).items() if name in before} == before
    folder(a=OLD.replace("庁舎の完成", "庁舎の開設"))
    assert statuses(build(path, out)) == {"a.txt": "built", "b.txt": "unchanged"}
    assert statuses(build(path, out, force=True)) == {"a.txt": "built", "b.txt": "built"}


REREAD: list[tuple[str, Callable[[Path, Path], object]]] = [
    ("a table is gone", lambda path, out: shutil.rmtree(out / "town" / "2023-03-10")),
    (
        "the descriptor was touched",
        lambda path, out: (out / "town/2023-03-10/datapackage.json").write_text("{}"),
    ),
    ("the state is broken", lambda path, out: (out / "town" / ".built.json").write_text("{")),
    ("series.toml came", lambda path, out: (path / "series.toml").write_text('title = "町"')),
    ("rules.toml came", lambda path, out: (path / "rules.toml").write_text("[labels]\nlabels = ['担当課']")),
]


@pytest.mark.parametrize("change", [row[1] for row in REREAD], ids=[row[0] for row in REREAD])
def test_it_is_read_again_when(folder: Folder, out: Path, change: Callable[[Path, Path], object]) -> None:
    path = folder(a=OLD)
    build(path, out)
    change(path, out)
    assert statuses(build(path, out)) == {"a.txt": "built"}
    assert statuses(build(path, out)) == {"a.txt": "unchanged"}


def test_it_is_read_again_when_the_code_changed(
    folder: Folder, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder(a=OLD)
    build(path, out)
    monkeypatch.setattr(run, "hash_code", lambda: "another")
    assert statuses(build(path, out)) == {"a.txt": "built"}


def test_a_failing_source_stops_no_other(folder: Folder, out: Path) -> None:
    path = folder(a=OLD, b="日付のない文章\n", c=NEW)
    result = build(path, out)
    assert statuses(result) == {"a.txt": "built", "b.txt": "failed", "c.txt": "built"}
    (failed,) = (each for each in result.summaries if each.error)
    assert failed.error.startswith("b.txt: has no date in it; looked for an era year (平成26年, H26)")
    assert failed.grade == "E"


def test_a_mistake_of_ours_stops_no_other(folder: Folder, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = pipeline.build.build_edition

    def fail(path: Path, *args: object, **options: object) -> object:
        if path.name == "a.txt":
            raise KeyError("x")
        return real(path, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline.build, "build_edition", fail)
    result = build(folder(a=OLD, b=NEW), out)
    assert statuses(result) == {"a.txt": "failed", "b.txt": "built"}
    assert (
        "a mistake of the program, not of the file: KeyError at test_series.py" in result.summaries[0].error
    )


def test_the_number_of_workers_changes_nothing(folder: Folder, tmp_path: Path) -> None:
    folder("town", a=OLD, b=NEW)
    path = folder("company", c=OTHER, d="x\n").parent
    one, three = tmp_path / "one", tmp_path / "three"
    results = [build(path, one, workers=1), build(path, three, workers=3)]
    assert files(one) == files(three)
    assert results[0].summaries == results[1].summaries


def test_each_folder_is_a_series(folder: Folder, out: Path) -> None:
    folder("town", a=OLD)
    path = folder("company", a=OTHER).parent
    assert [(each.series, each.edition) for each in build(path, out).summaries] == [
        ("company", "2024-03-08"),
        ("town", "2023-03-10"),
    ]


def test_a_new_edition_is_compared_with_the_one_before(folder: Folder, out: Path) -> None:
    path = folder(a=OLD)
    assert build(path, out).compared == ()
    folder(b=NEW)
    (compared,) = build(path, out).compared
    assert (compared.old, compared.new) == ("2023-03-10", "2024-03-08")
    assert compared.line.startswith("1 added")
    assert compared.folder
    assert (compared.folder / "links.parquet").is_file()


def test_what_has_nothing_in_common_is_not_compared(folder: Folder, out: Path) -> None:
    (compared,) = build(folder(a=OLD, b=OTHER), out).compared
    assert (compared.folder, compared.line[:18]) == (None, "no event in common")


def findings(out: Path, edition: str = "2024-03-08") -> list[tuple[str, str]]:
    frame = read_parquet(FINDINGS, out / "town" / edition / "findings.parquet")
    return list(zip(frame["code"], frame["message"], strict=True))


def source_of(out: Path, edition: str) -> str:
    return str(read_parquet(EDITIONS, out / "town" / edition / "editions.parquet")["source_file"].iloc[0])


def test_two_files_of_one_edition_are_settled(folder: Folder, out: Path) -> None:
    """The one that reads better stands; where they disagree, its findings say so."""
    worse = NEW.replace("庁舎の完成", "庁舎の完成式").replace("9月16日", "9月31日")
    path = folder(a=worse, b=NEW)
    assert statuses(build(path, out)) == {"a.txt": "set aside", "b.txt": "built"}
    assert source_of(out, "2024-03-08") == "b.txt"
    said = findings(out)
    assert ("source_set_aside", "a.txt is the same edition; read and compared, not used") in said
    messages = " ".join(message for code, message in said if code == "sources_disagree")
    assert "a.txt does not have 2014-10-01 庁舎の完成" in messages
    assert "a.txt has 2014-10-01 庁舎の完成式, which was not found here" in messages
    assert statuses(build(path, out)) == {"a.txt": "set aside", "b.txt": "unchanged"}


def test_a_second_file_of_an_edition_that_was_built_before(folder: Folder, out: Path) -> None:
    path = folder(b=NEW)
    build(path, out)
    folder(a=NEW.replace("9月16日", "9月31日"))
    assert statuses(build(path / "a.txt", out)) == {"a.txt": "set aside", "b.txt": "built"}
    assert source_of(out, "2024-03-08") == "b.txt"


def test_two_documents_of_one_day_do_not_overwrite_each_other(folder: Folder, out: Path) -> None:
    result = build(folder(a=NEW, b=OTHER), out)
    assert {each.source: each.edition for each in result.summaries} == {
        "a.txt": "2024-03-08",
        "b.txt": "2024-03-08_b",
    }
    assert source_of(out, "2024-03-08") == "a.txt"
    assert source_of(out, "2024-03-08_b") == "b.txt"


def test_what_replaces_another_file_says_so(folder: Folder, out: Path) -> None:
    path = folder(a=NEW)
    build(path, out)
    (path / "a.txt").rename(path / "z.txt")
    (summary,) = build(path, out).summaries
    assert (summary.source, summary.replaced) == ("z.txt", "a.txt")


def test_series_toml_gives_title_and_expected_counts(folder: Folder, out: Path) -> None:
    path = folder(a=OLD)
    (path / "series.toml").write_text(
        'title = "町"\n[expected]\nevents = [5, 9]\n[expected.2023-03-10]\ndetails = [0, 1]\n'
    )
    build(path, out)
    assert ("count_outside", "events has 3 rows; series.toml expects 5 to 9") in findings(out, "2023-03-10")
    assert read_parquet(EDITIONS, out / "town/2023-03-10/editions.parquet")["series_title"].iloc[0] == "町"


def test_bad_rules_beside_a_source_fail_that_series_only(folder: Folder, out: Path) -> None:
    (folder("company", c=OTHER) / "rules.toml").write_text("[labells]\n")
    path = folder("town", a=OLD).parent
    result = build(path, out)
    assert statuses(result) == {"c.txt": "failed", "a.txt": "built"}
    assert "rules.toml: labells: no such topic" in result.summaries[0].error


def test_event_ids_stay_from_edition_to_edition(folder: Folder, out: Path) -> None:
    build(folder(a=OLD, b=NEW), out)
    old, new = (
        read_parquet(EVENTS, out / "town" / name / "events.parquet")["event_id"].to_list()
        for name in ("2023-03-10", "2024-03-08")
    )
    assert new[:3] == old
