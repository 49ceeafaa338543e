"""Pairing the events of two editions: each thing that can befall an entry is told as what it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.editions.assign import assign
from pipeline.editions.diff import compare_editions
from pipeline.editions.order import find_moved
from tests.made_editions import Item, edition

REPORT = "これまでのプロジェクトの取り組み状況を報告"
BASE = (
    Item(
        "2014-09-10",
        "特別区制度懇談会委員と特別区長会役員との意見交換会の実施",
        ("知見を収集する取り組みの一環として開催",),
    ),
    Item(
        "2014-09-16",
        "区長会総会",
        ("特別区全国連携プロジェクトの実施を決定", "全国の市町村に向けてプロジェクトをお知らせ"),
    ),
    Item("2014-11-14", "区長会総会", ("アンケート結果（速報）について報告",)),
    Item("2014-11-27", "特別区制度懇談会", ("アンケート結果（速報）について報告",)),
    Item("2014-12-16", "区長会総会", ("アンケート結果（分析版・詳細版）について報告",)),
    Item("2015-05-13", "東北六魂祭「協力・連携締結式」の実施"),
    Item("2015-06-16", "ロゴマークを決定（区長会総会）"),
    Item("2015-08-19", "特別区制度懇談会", (REPORT,)),
    Item("2016-08-19", "特別区制度懇談会", (REPORT,)),
    Item("2017-08-21", "特別区制度懇談会", (REPORT,)),
)


def links_of(old, new) -> list[tuple[str, int | None, int | None]]:
    """Every link that is not `same`, by place from 0."""
    diff = compare_editions(edition(old, "old"), edition(new, "new"))

    def place(sequence: int | None) -> int | None:
        return None if sequence is None else sequence - 1

    return [
        (link.kind, place(link.old_sequence), place(link.new_sequence))
        for link in diff.links
        if link.kind != "same"
    ]


def without(*places: int) -> tuple[Item, ...]:
    return tuple(item for place, item in enumerate(BASE) if place not in places)


def changed(place: int, **fields) -> tuple[Item, ...]:
    return tuple(replace(item, **fields) if at == place else item for at, item in enumerate(BASE))


SEVERAL_AT_ONCE = changed(
    0,
    date="2014-09-11",
    headline="特別区制度懇談会委員と区長会役員の意見交換会",
    details=("知見を収集する取り組みの一環として開催", "会場：東京区政会館"),
)
NEW = Item("2024-03-08", "新しい催し", ("これまでに無い内容",))
MARKED = Item("2014-09-16", "区長会総会", ((1, "・", None, "議会の日程について報告"),))
CASES = [
    ("nothing_changed", BASE, BASE, []),
    ("inserted_at_top_changes_nothing_else", BASE, (NEW, *BASE), [("added", None, 0)]),
    ("added_at_the_end", BASE, (*BASE, NEW), [("added", None, 10)]),
    ("removed", BASE, without(2), [("removed", 2, None)]),
    ("date_headline_and_detail_at_once", BASE, SEVERAL_AT_ONCE, [("edited", 0, 0)]),
    ("date_of_a_common_headline_corrected", BASE, changed(2, date="2014-11-17"), [("edited", 2, 2)]),
    ("year_slipped_for_a_rare_headline", BASE, changed(5, date="2016-05-13"), [("edited", 5, 5)]),
    (
        "details_rewritten_on_the_same_day",
        BASE,
        changed(4, details=("別のことを決めた",)),
        [("edited", 4, 4)],
    ),
    ("reworded_on_the_same_day", BASE, changed(6, headline="ロゴマークの決定"), [("edited", 6, 6)]),
    ("wraps_widths_waves", BASE, changed(6, headline="ロゴマーク を決定(区長会総会）"), []),
    (
        "another_meeting_of_the_same_name",
        BASE,
        (*without(2), Item("2018-05-16", "区長会総会", ("第４回の実施について了承",))),
        [("removed", 2, None), ("added", None, 9)],
    ),
    (
        "another_meeting_with_the_same_details",
        BASE,
        (*without(7), Item("2024-03-08", "特別区制度懇談会", (REPORT,))),
        [("removed", 7, None), ("added", None, 9)],
    ),
    (
        "another_meeting_of_the_same_month",
        BASE,
        (*without(2)[:3], Item("2014-11-28", "区長会総会", ("決算を承認",)), *without(2)[3:]),
        [("removed", 2, None), ("added", None, 3)],
    ),
    (
        "next_years_event_is_another_one",
        (
            *BASE,
            Item(
                "2022-11-01",
                "令和４年度 第１回 全国連携展示 開催",
                ("会場：東京区政会館", "内容：パネル展示"),
            ),
        ),
        (
            *BASE,
            Item(
                "2023-11-02",
                "令和５年度 第１回 全国連携展示 開催",
                ("会場：東京区政会館", "内容：パネル展示"),
            ),
        ),
        [("removed", 10, None), ("added", None, 10)],
    ),
    (
        "other_entry_of_the_same_day",
        (*BASE, Item("2022-11-01", "区長会総会", ("報告",))),
        (*BASE, Item("2022-11-01", "正副会長と知事の懇談", ("要望",))),
        [("removed", 10, None), ("added", None, 10)],
    ),
    ("moved", BASE, (*BASE[:1], *BASE[2:6], BASE[1], *BASE[6:]), [("moved", 1, 5)]),
    (
        "moved_and_edited",
        BASE,
        (*BASE[:1], *BASE[2:6], replace(BASE[1], details=(*BASE[1].details, "追加の報告")), *BASE[6:]),
        [("edited", 1, 5)],
    ),
    ("one_of_two_equal_goes", (*BASE[:3], BASE[2], *BASE[3:]), BASE, [("removed", 3, None)]),
    (
        "first_of_two_alike_goes",
        (*BASE[:2], replace(BASE[2], details=("議会の日程について協議",)), *BASE[2:]),
        BASE,
        [("removed", 2, None)],
    ),
    (
        "split",
        BASE,
        (
            BASE[0],
            Item("2014-09-16", "区長会総会", ("特別区全国連携プロジェクトの実施を決定",)),
            Item("2014-09-16", "全国の市町村に向けてプロジェクトをお知らせ"),
            *BASE[2:],
        ),
        [("split", 1, 1), ("split", 1, 2)],
    ),
    (
        "split_under_a_headline_that_says_a_word_more",
        BASE,
        (
            BASE[0],
            Item("2014-09-16", "区長会総会", ("特別区全国連携プロジェクトの実施を決定",)),
            Item("2014-09-16", "区長会総会（臨時）", ("全国の市町村に向けてプロジェクトをお知らせ",)),
            *BASE[2:],
        ),
        [("split", 1, 1), ("split", 1, 2)],
    ),
    (
        "near_miss_detail_told_again_on_another_day",
        BASE,
        (
            *BASE[:2],
            Item("2014-09-20", "区長会総会（臨時）", ("全国の市町村に向けてプロジェクトをお知らせ",)),
            *BASE[2:],
        ),
        [("added", None, 2)],
    ),
    (
        "one_but_for_its_marker_comes_before_two_equal_ones",
        (*BASE[:1], MARKED, MARKED, *BASE[3:]),
        (
            *BASE[:1],
            replace(MARKED, details=((1, None, None, "議会の日程について報告"),)),
            MARKED,
            MARKED,
            *BASE[3:],
        ),
        [("added", None, 1)],
    ),
    (
        "nothing_in_common",
        BASE[:2],
        (Item("1950-01-01", "浄水場の竣工"), Item("1951-04-01", "町制施行")),
        [("removed", 0, None), ("removed", 1, None), ("added", None, 0), ("added", None, 1)],
    ),
    ("from_nothing", (), BASE[:1], [("added", None, 0)]),
]


@pytest.mark.parametrize(
    ("old", "new", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_links(old, new, expected):
    assert links_of(old, new) == expected


SWAPPED = {"added": "removed", "removed": "added", "split": "merged", "merged": "split"}


@pytest.mark.parametrize(
    ("old", "new", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_links_swapped(old, new, expected):
    """Swapping the editions swaps the two sides of every link; an equal one that goes may be the other."""
    turned = [(SWAPPED.get(kind, kind), right, left) for kind, left, right in expected]
    assert sorted(links_of(new, old), key=str) == sorted(turned, key=str)


def test_nothing_in_common_is_said():
    diff = compare_editions(edition(BASE, "old"), edition([Item("1950-01-01", "浄水場の竣工")], "new"))
    assert diff.has_nothing_in_common
    assert diff.summary.startswith("nothing in common")


def test_every_link_has_a_score_and_a_reason():
    diff = compare_editions(edition(BASE, "old"), edition((NEW, *SEVERAL_AT_ONCE[:-1]), "new"))
    assert all(0 <= link.score <= 1 and link.reason for link in diff.links)
    edited = next(link for link in diff.links if link.kind == "edited")
    assert edited.reason.startswith("date differs (0.80), headline alike 0.88, details alike 0.85")


def test_reversed_edition_is_one_change():
    """Newest first instead of oldest first: the whole order changed, no single entry moved."""
    diff = compare_editions(edition(BASE, "old"), edition(BASE[::-1], "new"))
    assert {link.kind for link in diff.links} == {"same"}
    assert [change.cause for change in diff.changes] == ["order"]


def test_assignment_is_best_overall():
    """The best single pair is given up where two others weigh more together."""
    assert assign({(0, 0): 5, (0, 1): 9, (1, 1): 8}) == [(0, 0), (1, 1)]
    assert assign({(0, 0): 0, (1, 1): -3}) == []


def test_as_few_as_can_be_moved():
    assert find_moved([0, 3, 1, 2], [0] * 4) == {1}
    assert find_moved([0, 1, 2], [0] * 3) == set()
