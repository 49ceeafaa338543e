"""Links and changes, applied to the old edition's tables, give the new edition's tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.editions.apply import apply_changes, apply_diff, make_carried
from pipeline.editions.diff import Diff, compare_editions
from pipeline.editions.faces import fold
from pipeline.editions.records import Change
from tests.made_editions import Item, edition
from tests.test_diff import BASE, CASES, NO_CHANGE, OTHERS
from tests.test_diff_annex import AGREEMENT, ANNEX
from tests.test_match import CASES as LINK_CASES


def apply_all(diff: Diff, changes: tuple[Change, ...] | None = None) -> dict:
    carried = make_carried(diff.old, diff.new, diff.links, diff.changes)
    return apply_diff(
        diff.old, diff.links, diff.changes if changes is None else changes, carried, diff.new.edition
    )


def assert_exact(diff: Diff) -> None:
    reached = apply_all(diff)
    for table, rows in diff.new.rows.items():
        assert tuple(reached[table]) == rows, table


PAIRS = [
    *[(name, (*OTHERS, BASE), (*OTHERS, new)) for name, new, *_ in [*CASES, *NO_CHANGE]],
    *[(name, old, new) for name, old, new, _ in LINK_CASES],
]


@pytest.mark.parametrize(("old", "new"), [pair[1:] for pair in PAIRS], ids=[pair[0] for pair in PAIRS])
def test_apply_gives_the_new_tables(old, new):
    assert_exact(compare_editions(edition(old, "old"), edition(new, "new")))
    assert_exact(compare_editions(edition(new, "new"), edition(old, "old")))


@pytest.mark.parametrize(("old", "new"), [case[1:3] for case in ANNEX], ids=[case[0] for case in ANNEX])
def test_apply_gives_the_new_annex(old, new):
    assert_exact(compare_editions(edition(OTHERS, "old", **old), edition(OTHERS, "new", **new)))
    assert_exact(compare_editions(edition(OTHERS, "new", **new), edition(OTHERS, "old", **old)))


@pytest.mark.parametrize("new", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_changes_alone_say_what_the_document_says(new):
    """Without `carried`: every event's date and words, and every person whom changed words name."""
    diff = compare_editions(edition((*OTHERS, BASE), "old"), edition((*OTHERS, new), "new"))
    reached = apply_changes(diff.old, diff.links, diff.changes, "new")
    assert said(reached) == said(diff.new.rows)


def said(rows) -> list:
    """Dates and words in order; markers that count are left out, they follow from the order."""
    events = [(row["date_edtf"], row["parent"], fold(row["headline"])) for row in rows["events"]]
    details = [(row["event_id"], row["label"], fold(row["text"])) for row in rows["details"]]
    return [events, details, [(row["name"], row["affiliation"]) for row in rows["people"]]]


def test_no_change_can_be_left_out():
    """`carried` holds no change: without any one of them the new tables are not reached.

    A removed event is the exception: its link already says that it is gone.
    """
    new = replace(BASE, date="2024-01-31", headline="講演会の開催", details=(*BASE.details[1:], "追加"))
    items = (Item("2010-01-01", "準備会の発足"), OTHERS[0], new)
    diff = compare_editions(edition((*OTHERS, BASE), "old", agreements=[AGREEMENT]), edition(items, "new"))
    assert len(diff.changes) >= 6
    for left_out in (change for change in diff.changes if change.cause != "event_removed"):
        try:
            reached = apply_all(diff, tuple(change for change in diff.changes if change is not left_out))
        except (KeyError, IndexError):  # the table is too short for what is carried
            continue
        assert any(tuple(reached[table]) != rows for table, rows in diff.new.rows.items()), left_out


def test_carried_holds_nothing_where_files_are_equal_but_for_changes():
    diff = compare_editions(edition(OTHERS, "old"), edition((*OTHERS, BASE), "new"))
    carried = make_carried(diff.old, diff.new, diff.links, diff.changes)
    assert [one for one in carried if one.table != "editions"] == []
