"""Reports: what they say, that they need nothing, and that no text of a document is more than text."""

from __future__ import annotations

import csv
import html.parser
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest

from pipeline.editions import diff_editions
from pipeline.editions.diff import Diff, compare_editions
from pipeline.editions.marks import mark_changes
from pipeline.editions.report import escape_markdown, render
from pipeline.errors import SchemaError
from tests.made_editions import Item, counts, edition, make_rows, write_edition

HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(1)> | `x` ](javascript:alert(1)) ``` \"'> *b* _u_ &amp; # - \n# h"
OLD = (
    Item("2014-09-10", "意見交換会の実施", ("知見を収集する取り組みの一環として開催",)),
    Item("2014-09-16", "区長会総会", ("実施を決定",)),
    Item("2014-11-14", "ロゴマークの決定"),
    Item("2014-12-16", "区長会総会", ("分析版について報告",)),
    Item("2015-01-16", "ホームページの運用開始"),
)
NEW = (
    Item("2014-09-11", "意見交換会の開催", ("知見を収集する取組みの一環として開催", "会場：東京区政会館")),
    OLD[1],
    OLD[3],
    OLD[2],
    Item("2015-02-16", "雪の活用の提案", ((1, "・", "対象", "荒川区"),)),
)


@pytest.fixture
def diff() -> Diff:
    old = edition(OLD, "2023-03-08", partner_counts=counts({"合計": {2022: 1105}}))
    return compare_editions(old, edition(NEW, "2024-03-08", partner_counts=counts({"合計": {2022: 1106}})))


@pytest.fixture
def hostile() -> Diff:
    lines = ((1, HOSTILE, HOSTILE, HOSTILE),)
    items = (
        Item(
            "2014-09-11", f"意見交換会の実施{HOSTILE}", lines, ((HOSTILE, HOSTILE, HOSTILE),), parent=HOSTILE
        ),
        Item(None, HOSTILE, lines, date_text=HOSTILE),
    )
    row = {"table_id": "t", "organisation": HOSTILE, "signed_on": date(2020, 1, 1), "municipality_count": 1}
    cell = {"table_id": "x", "caption": HOSTILE, "row": 0, "column": 0, "row_name": None, "column_name": None}
    new = edition(
        items, "2024-03-08", agreements=[row], annex_cells=[{**cell, "text": HOSTILE, "value": None}]
    )
    return compare_editions(edition(OLD, "2023-03-08"), new)


class Tags(html.parser.HTMLParser):
    """All tags of a page with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))


def test_text_says_it_in_a_few_lines(diff):
    assert render(diff).splitlines() == [
        "made-up 2023-03-08 -> 2024-03-08: 1 added, 1 changed (1 date, 1 text, 1 detail added, 1 detail changed), "
        "1 removed, 1 moved, annex: 1 number changed",
        "~ 2014-09-11 意見交換会の開催",
        "    date: 2014-09-10 -> 2014-09-11",
        "    headline: 意見交換会の実施 -> 意見交換会の開催",
        "    detail: 知見を収集する取り組みの一環として開催 -> 知見を収集する取組みの一環として開催",
        "    detail: + 会場：東京区政会館",
        *[line for line in render(diff).splitlines() if line.startswith((">", "    place"))],
        "+ 2015-02-16 雪の活用の提案",
        "- 2015-01-16 ホームページの運用開始",
        "  annex partner_counts 合計 / 2022: 1105 -> 1106",
    ]


def test_a_move_that_an_added_entry_hides_is_told():
    """One entry up and one more above it: the number stays, and the words say that it moved."""
    second, third, fourth = OLD[1:4]
    for one, other in ((third, second), (fourth, third)):
        rest = [item for item in OLD if item not in (one, other)]
        at = OLD.index(other)
        new = (Item("2014-09-01", "準備会の発足"), *rest[:at], one, other, *rest[at:])
        said = render(compare_editions(edition(OLD, "2023-03-08"), edition(new, "2024-03-08"))).splitlines()
        places = [line.strip() for line in said if "place:" in line]
        assert len(places) == 1
        number = places[0].removeprefix("place: ").split(" -> ")
        assert number[0] != number[1]


def test_markdown_shows_changes_as_a_diff(diff):
    said = render(diff, "md")
    assert "# これまでの経過: 2023-03-08 → 2024-03-08" in said
    assert (
        "```diff\n  date\n- 2014-09-10\n+ 2014-09-11\n  headline\n- 意見交換会の実施\n+ 意見交換会の開催\n"
        in said
    )
    assert "- 2015-02-16 雪の活用の提案 (+1 detail)" in said
    assert "\n\n\n" not in said


def test_html_needs_nothing_and_runs_nothing(diff):
    page = render(diff, "html")
    tags = Tags()
    tags.feed(page)
    assert {tag for tag, _ in tags.found}.isdisjoint({"script", "link", "img", "iframe", "object", "form"})
    addresses = [value for _, found in tags.found for name, value in found.items() if name in ("href", "src")]
    assert all(address and address.startswith("#") for address in addresses)
    assert "@media print" in page
    assert "2014-09-1<del>0</del>" in page
    assert "2014-09-1<ins>1</ins>" in page


def test_html_holds_hostile_text_as_text(hostile):
    tags = Tags()
    page = render(hostile, "html")
    tags.feed(page)
    assert {tag for tag, _ in tags.found}.isdisjoint({"script", "img"})
    assert not any(name.startswith("on") for _, found in tags.found for name in found)
    assert page.count("<h1>") == 1


def test_markdown_holds_hostile_text_as_text(hostile):
    """Outside fences every sign of Markdown is escaped; inside them no line is the closing fence."""
    fence = ""
    for line in render(hostile, "md").splitlines():
        ticks = re.match(r"(`{3,})(diff)?$", line)
        if fence:
            assert line == fence or not line.startswith(fence)
            fence = "" if line == fence else fence
        elif ticks:
            fence = ticks[1]
        else:
            assert not re.search(r"(?<!\\)[`|\[\]]|<(?!/?\Z)", line), line
            assert "<script" not in line
    assert fence == ""


def test_hostile_text_stays_on_its_line(hostile):
    """A line break in a text of the document opens no heading and no line of its own."""
    for form in ("text", "md"):
        assert not [line for line in render(hostile, form).splitlines() if line.startswith("# h")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a|b", r"a\|b"),
        ("1. x", r"1\. x"),
        ("- x", r"\- x"),
        ("2014-09-10", "2014-09-10"),
        ("<b>&", "&lt;b&gt;&amp;"),
    ],
)
def test_escape_markdown(text, expected):
    assert escape_markdown(text) == expected


def test_json_holds_everything(diff):
    said = json.loads(render(diff, "json"))
    assert said["summary"] == diff.summary
    assert len(said["links"]) == len(diff.links)
    assert [change["cause"] for change in said["changes"]] == [change.cause for change in diff.changes]
    added = next(change for change in said["changes"] if change["cause"] == "event_added")
    assert added["record"]["events"][0]["details"][0]["label"] == "対象"


def test_csv_guards_formulas():
    old, new = edition(OLD[:1], "old"), edition((*OLD[:1], Item("2020-01-01", "=HYPERLINK(1)")), "new")
    rows = list(csv.DictReader(io.StringIO(render(compare_editions(old, new), "csv"))))
    assert [row["new"] for row in rows] == ["'=HYPERLINK(1)"]


def test_an_unknown_form_is_named(diff):
    with pytest.raises(ValueError, match="'pdf' is no form of a report; there are text, md, html, json, csv"):
        render(diff, "pdf")


def test_same_and_nothing_in_common_are_said():
    same = compare_editions(edition(OLD, "old"), edition(OLD, "new"))
    assert same.summary == "no change"
    assert "違いはありません" in render(same, "html")
    other = compare_editions(edition(OLD, "old"), edition((Item("1950-01-01", "浄水場の竣工"),), "new"))
    assert "共通する項目がありません" in render(other, "html")
    assert "no entry in common" in render(other, "md")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("取り組み", "取組み", ("取[り]組み", "取組み")),
        ("2014-09-10", "2014-09-11", ("2014-09-1[0]", "2014-09-1[1]")),
        ("フェア ２", "フェア2", ("フェア ２", "フェア2")),
        ("区長会総会", "浄水場", ("[区長会総会]", "[浄水場]")),
        ("", "追加", ("", "[追加]")),
    ],
)
def test_marks(old, new, expected):
    shown = [
        "".join(f"[{run.text}]" if run.is_changed else run.text for run in side)
        for side in mark_changes(old, new)
    ]
    assert tuple(shown) == expected


def test_folder_is_written_whole(tmp_path: Path):
    import pyarrow.parquet as pq

    folders = [
        write_edition(tmp_path / name, make_rows(items, name))
        for name, items in (("2023", OLD), ("2024", NEW))
    ]
    diff = diff_editions(*folders, tmp_path / "output")
    there = tmp_path / "output" / "made-up" / "diff" / "2023..2024"
    assert sorted(path.name for path in there.iterdir()) == [
        *("carried.parquet", "changes.csv", "changes.parquet", "datapackage.json"),
        *("links.csv", "links.parquet", "report.html", "report.md"),
    ]
    assert pq.read_table(there / "links.parquet").num_rows == len(diff.links)
    assert (there / "changes.csv").read_bytes().startswith(b"\xef\xbb\xbfseries,")
    before = {path.name: path.read_bytes() for path in there.iterdir()}
    diff_editions(*folders, tmp_path / "output")
    assert {path.name: path.read_bytes() for path in there.iterdir()} == before
    assert [path.name for path in there.parent.iterdir()] == ["2023..2024"]


def test_without_out_nothing_is_written(tmp_path: Path):
    folders = [write_edition(tmp_path / name, make_rows(OLD, name)) for name in ("2023", "2024")]
    assert diff_editions(*folders).is_same
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2023", "2024"]


def test_a_folder_that_is_none_is_refused(tmp_path: Path):
    with pytest.raises(SchemaError, match=r"has no editions\.parquet; expected the folder of one edition"):
        diff_editions(tmp_path, tmp_path)
