"""Laws of comparing, on generated pairs of editions."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.editions.diff import Diff, compare_editions
from pipeline.editions.read import make_edition
from tests.made_editions import Item, edition, make_rows
from tests.test_apply import assert_exact

HEADS = (
    "区長会総会",
    "特別区制度懇談会",
    "全国連携展示の開催",
    "ロゴマークの決定",
    "第1回講演会",
    "第2回講演会",
    "意見交換会",
)
WORDS = (
    "アンケート結果（速報）について報告",
    "取り組み状況を報告",
    "会場は東京区政会館",
    "支援の輪",
    "実施を決定",
    "顧問を依頼",
)
WRAPS = (("～", "〜"), ("（", "("), ("2", "２"), ("の", "の "))

dates = st.dates(
    min_value=__import__("datetime").date(2014, 4, 1), max_value=__import__("datetime").date(2015, 9, 30)
)
details = st.tuples(
    st.integers(1, 2),
    st.sampled_from([None, "・", "①"]),
    st.sampled_from([None, "会場", "内容"]),
    st.sampled_from(WORDS),
)
items = st.builds(
    Item,
    date=dates.map(str),
    headline=st.sampled_from(HEADS),
    details=st.lists(details, max_size=4).map(tuple),
)
editions = st.lists(items, max_size=9).map(tuple)


@st.composite
def pairs(draw) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """An edition and what a few edits made of it."""
    old = draw(editions)
    new = list(old)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(0, len(new) - 1)))
        edit = draw(st.sampled_from(["add", "drop", "date", "headline", "detail", "move", "wrap", "shuffle"]))
        if edit == "add" or not new:
            new.insert(at, draw(items))
        elif edit == "drop":
            del new[at]
        elif edit == "date":
            new[at] = replace(new[at], date=str(draw(dates)))
        elif edit == "headline":
            new[at] = replace(new[at], headline=draw(st.sampled_from(HEADS)) + "の開催")
        elif edit == "detail":
            new[at] = replace(new[at], details=(*new[at].details, draw(details)))
        elif edit == "move":
            new.insert(draw(st.integers(0, len(new) - 1)), new.pop(at))
        elif edit == "wrap":
            new[at] = wrap(new[at])
        else:
            new[at] = replace(new[at], details=tuple(draw(st.permutations(new[at].details))))
    return old, tuple(new)


def wrap(item: Item) -> Item:
    """The same entry as another page sets it."""
    said = item.headline
    texts = [detail[3] for detail in item.details]
    for old, new in WRAPS:
        said, texts = said.replace(old, new), [text.replace(old, new) for text in texts]
    lines = tuple((*detail[:3], text) for detail, text in zip(item.details, texts, strict=True))
    return replace(item, headline=said, details=lines, extra={"page": 77, "line_first": 7777})


def compare(old, new) -> Diff:
    return compare_editions(edition(old, "old"), edition(new, "new"))


SWAPPED = {"added": "removed", "removed": "added", "split": "merged", "merged": "split"}


def swap_cause(cause: str) -> str:
    for old, new in SWAPPED.items():
        if cause.endswith(f"_{old}") or cause == f"event_{old}":
            return cause.removesuffix(old) + new
    return cause


def told(diff: Diff, swapped: bool = False) -> list:
    """Links and changes by what they say; equal entries are one, so ids with a counter are cut to their hash."""
    rows: list = []
    for link in diff.links:
        sides = [(link.old_event_id or "").split("-")[0], (link.new_event_id or "").split("-")[0]]
        kind = SWAPPED.get(link.kind, link.kind) if swapped else link.kind
        rows.append(("link", kind, *(reversed(sides) if swapped else sides)))
    for change in diff.changes:
        sides = [change.old or "", change.new or ""]
        if change.field == "sequence":  # 1-5 becomes 4-1: turned around, whichever of the two is the old one
            sides = ["-".join(sorted(side.split("-"))) for side in sides]
        cause = swap_cause(change.cause) if swapped else change.cause
        rows.append((change.table, change.field, cause, *(reversed(sides) if swapped else sides)))
    return sorted(rows)


@given(editions)
def test_an_edition_against_itself_has_no_change(old):
    diff = compare(old, old)
    assert diff.is_same
    assert {link.kind for link in diff.links} <= {"same"}


@given(editions)
def test_wraps_widths_and_pages_are_no_change(old):
    assert compare(old, tuple(wrap(item) for item in old)).is_same


@settings(max_examples=200)
@given(pairs())
def test_applying_the_changes_gives_the_new_tables(pair):
    assert_exact(compare(*pair))


def turned_around(marker: str | None) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Two details that say the same, one perhaps with a marker, and a third that goes from first to last."""
    first, place = (1, None, None, "取り組み状況を報告"), (1, None, None, "会場は東京区政会館")
    said, again = (1, None, None, "結果について報告"), (1, marker, None, "結果について報告")
    sides = (first, place, said, again), (said, place, again, first)
    old, new = ((Item("2014-04-01", "区長会総会", side),) for side in sides)
    return old, new


def alike_and_turned() -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Entries that say the same, one with a detail, in an edition that counts as turned around."""
    plain, detailed = Item("2014-04-01", "区長会総会"), (1, None, None, "アンケート結果（速報）について報告")
    first, other = Item("2014-04-01", "区長会総会", (detailed,)), Item("2014-04-01", "特別区制度懇談会")
    return (first, other, plain, plain, plain), (plain, other, first, plain)


@settings(max_examples=200)
@example(turned_around(None))
@example(turned_around("・"))
@example(alike_and_turned())
@given(pairs())
def test_swapping_turns_the_diff_around(pair):
    assert told(compare(*pair)) == told(compare(*pair[::-1]), swapped=True)


@given(pairs())
def test_every_event_is_linked(pair):
    """Each event of either side stands in a link, and in one only unless it was split or merged."""
    diff = compare(*pair)
    for side in ("old_event_id", "new_event_id"):
        ids = [getattr(link, side) for link in diff.links if link.kind not in ("split", "merged")]
        single = [event_id for event_id in ids if event_id]
        assert len(single) == len(set(single))
    events = {event.event_id for event in diff.old.events}
    assert {link.old_event_id for link in diff.links} - {None} == events


@given(editions, items)
def test_inserting_at_the_top_changes_nothing_else(old, item):
    kinds = [link.kind for link in compare(old, (item, *old)).links]
    assert sorted(kinds) == sorted(["added"] + ["same"] * len(old))


@given(pairs(), st.integers(0, 99))
def test_the_order_of_rows_does_not_matter(pair, seed):
    chance = random.Random(seed)
    plain = [make_rows(items, name) for items, name in zip(pair, ("old", "new"), strict=True)]
    mixed = [{table: chance.sample(rows, len(rows)) for table, rows in tables.items()} for tables in plain]
    diffs = [compare_editions(make_edition(old), make_edition(new)) for old, new in (plain, mixed)]
    assert diffs[0].links == diffs[1].links
    assert diffs[0].changes == diffs[1].changes
