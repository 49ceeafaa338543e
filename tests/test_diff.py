"""One true change is one row; what only the page or the reading did is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.editions.diff import compare_editions
from tests.made_editions import Item, edition

BASE = Item(
    "2024-01-30",
    "令和5年度 第2回全国連携講演会",
    (
        (1, None, "テーマ", "全国連携で広がる支援の輪"),
        (1, None, "内容", ""),
        (2, "①", None, "基調講演"),
        (3, None, None, "東京都立大学法学部教授 大杉 覚 氏"),
        (2, "②", None, "事例紹介"),
        (3, "・", None, "熊本市復旧整備課長 岩佐 康弘 氏"),
    ),
    (("大杉 覚", "東京都立大学法学部教授", "基調講演"), ("岩佐 康弘", "熊本市復旧整備課長", "事例紹介")),
)
OTHERS = (Item("2014-09-16", "区長会総会", ("実施を決定",)), Item("2014-11-14", "ロゴマークの決定"))


def changes_of(new: Item, old: Item = BASE) -> list[tuple[str, str, str, str | None, str | None]]:
    diff = compare_editions(edition((*OTHERS, old), "old"), edition((*OTHERS, new), "new"))
    return [(change.table, change.field, change.cause, change.old, change.new) for change in diff.changes]


def details(*edits: tuple[int, tuple | None]) -> tuple:
    """The details with some replaced (by place from 0) or, for None, left out."""
    said = dict(edits)
    return tuple(
        said.get(at, detail) for at, detail in enumerate(BASE.details) if said.get(at, detail) is not None
    )


CASES = [
    ("date", replace(BASE, date="2024-01-31"), [("events", "date_edtf", "date", "2024-01-30", "2024-01-31")]),
    (
        "headline",
        replace(BASE, headline="令和5年度 第2回全国連携講演会（オンライン開催）"),
        [("events", "headline", "text", BASE.headline, "令和5年度 第2回全国連携講演会（オンライン開催）")],
    ),
    ("parent", replace(BASE, parent="講演会"), [("events", "parent", "text", None, "講演会")]),
    (
        "detail_added",
        replace(BASE, details=(*BASE.details, (1, "・", "会場", "東京区政会館"))),
        [("details", "text", "detail_added", None, "・会場：東京区政会館")],
    ),
    (
        "detail_removed",
        replace(BASE, details=details((0, None))),
        [("details", "text", "detail_removed", "テーマ：全国連携で広がる支援の輪", None)],
    ),
    (
        "detail_changed",
        replace(BASE, details=details((0, (1, None, "テーマ", "全国連携で広がる防災の輪")))),
        [("details", "text", "detail_changed", "全国連携で広がる支援の輪", "全国連携で広がる防災の輪")],
    ),
    (
        "other_value_of_a_label",
        replace(BASE, details=details((0, (1, None, "テーマ", "未定")))),
        [("details", "text", "detail_changed", "全国連携で広がる支援の輪", "未定")],
    ),
    (
        "label_changed",
        replace(BASE, details=details((0, (1, None, "主題", "全国連携で広がる支援の輪")))),
        [("details", "label", "detail_changed", "テーマ", "主題")],
    ),
    (
        "reordered",
        replace(BASE, details=(*BASE.details[1:], BASE.details[0])),
        [("details", "sequence", "detail_reordered", "1", "6")],
    ),
    (
        "numbers_count_on_when_one_is_put_in",
        replace(
            BASE,
            details=(
                *BASE.details[:2],
                (2, "①", None, "開会の挨拶"),
                (2, "②", None, "基調講演"),
                BASE.details[3],
                (2, "③", None, "事例紹介"),
                BASE.details[5],
            ),
        ),
        [("details", "text", "detail_added", None, "①開会の挨拶")],
    ),
    (
        "a_corrected_number_is_a_change",
        replace(BASE, details=details((4, (2, "③", None, "事例紹介")))),
        [("details", "marker", "detail_changed", "②", "③")],
    ),
    (
        "person_of_a_new_detail",
        replace(
            BASE,
            details=(*BASE.details, (3, "・", None, "文京区防災課課長補佐 矢部 裕二 氏")),
            people=(*BASE.people, ("矢部 裕二", "文京区防災課課長補佐", "事例紹介")),
        ),
        [
            ("details", "text", "detail_added", None, "・文京区防災課課長補佐 矢部 裕二 氏"),
            ("people", "name", "person_added", None, "矢部 裕二（文京区防災課課長補佐・事例紹介）"),
        ],
    ),
    (
        "person_with_another_post",
        replace(
            BASE,
            details=details((5, (3, "・", None, "熊本市復旧整備部長 岩佐 康弘 氏"))),
            people=(BASE.people[0], ("岩佐 康弘", "熊本市復旧整備部長", "事例紹介")),
        ),
        [
            (
                "details",
                "text",
                "detail_changed",
                "熊本市復旧整備課長 岩佐 康弘 氏",
                "熊本市復旧整備部長 岩佐 康弘 氏",
            ),
            ("people", "affiliation", "person_changed", "熊本市復旧整備課長", "熊本市復旧整備部長"),
        ],
    ),
    (
        "person_with_a_corrected_name",
        replace(
            BASE,
            details=details((5, (3, "・", None, "熊本市復旧整備課長 岩佐 泰弘 氏"))),
            people=(BASE.people[0], ("岩佐 泰弘", "熊本市復旧整備課長", "事例紹介")),
        ),
        [
            (
                "details",
                "text",
                "detail_changed",
                "熊本市復旧整備課長 岩佐 康弘 氏",
                "熊本市復旧整備課長 岩佐 泰弘 氏",
            ),
            ("people", "name", "person_changed", "岩佐 康弘", "岩佐 泰弘"),
        ],
    ),
]

NO_CHANGE = [
    ("spaces_and_widths", replace(BASE, headline="令和５年度　第２回 全国連携講演会")),
    ("page_and_lines", replace(BASE, extra={"page": 99, "line_first": 7})),
    ("date_as_it_stood", replace(BASE, date_text="1月30日")),
    (
        "cut_elsewhere",
        replace(
            BASE,
            details=(
                *BASE.details[:3],
                (3, None, None, "東京都立大学法学部教授"),
                (3, None, None, "大杉 覚 氏"),
                *BASE.details[4:],
            ),
        ),
    ),
    (
        "label_not_seen",
        replace(BASE, details=details((0, (1, None, None, "テーマ：全国連携で広がる支援の輪")))),
    ),
    (
        "headline_cut_elsewhere",
        replace(BASE, headline="令和5年度", details=("第2回全国連携講演会", *BASE.details)),
    ),
    (
        "level_read_otherwise",
        replace(BASE, details=details((3, (2, None, None, "東京都立大学法学部教授 大杉 覚 氏")))),
    ),
    ("person_read_otherwise", replace(BASE, people=BASE.people[:1])),
    ("municipality_read_otherwise", replace(BASE, places=("熊本市",))),
]


@pytest.mark.parametrize(("new", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_changes(new, expected):
    assert changes_of(new) == expected


@pytest.mark.parametrize("new", [case[1] for case in NO_CHANGE], ids=[case[0] for case in NO_CHANGE])
def test_no_change(new):
    assert changes_of(new) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("絆～未来", "絆〜未来"), ("ﾌｪｱ･市", "フェア・市"), ("(市)", "（市）"), ("1-2", "１－２")],
)
def test_signs_that_mean_the_same(old, new):
    assert changes_of(replace(BASE, headline=old), replace(BASE, headline=new)) == []


def test_a_person_follows_from_the_detail_that_names_it():
    new = next(case[1] for case in CASES if case[0] == "person_of_a_new_detail")
    diff = compare_editions(edition((BASE,), "old"), edition((new,), "new"))
    assert [change.follows for change in diff.changes] == [None, 1]
    assert diff.summary == "0 added, 1 changed (1 detail added), 0 removed"


def test_moved_with_a_corrected_date_is_one_change():
    """An entry whose date was corrected stands where the new date belongs: that is no change of its own."""
    moved = Item("2014-09-17", "東北六魂祭の開祭式")
    late = replace(moved, date="2014-12-17")
    old = edition((OTHERS[0], moved, OTHERS[1], BASE), "old")
    diff = compare_editions(old, edition((OTHERS[0], OTHERS[1], late, BASE), "new"))
    assert [(change.cause, change.old, change.new) for change in diff.changes] == [
        ("date", "2014-09-17", "2014-12-17")
    ]
