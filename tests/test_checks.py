"""Every check bites: one bad table for each, and the good tables pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from pipeline.errors import SchemaError
from pipeline.tables import checks
from pipeline.tables.checks import RECORD_CHECKS, check_frames, pass_gate
from pipeline.tables.frames import Frames, make_frames
from pipeline.tables.records import About, make_records

from .made_readings import make_reading


def good() -> Frames:
    return make_frames(make_records(make_reading(), About("made", "2024-03-08", "0.1.0", "abc")).rows)


def test_good_tables_pass() -> None:
    assert check_frames(good()) == []
    pass_gate(good(), "made")


def put(table: str, column: str, row: int, value: Any) -> Callable[[Frames], None]:
    """A change of one cell."""

    def change(frames: Frames) -> None:
        frame = frames[table].copy()
        frame.loc[row, column] = value
        frames[table] = frame

    return change


def drop_table(frames: Frames) -> None:
    del frames["places"]


def drop_column(frames: Frames) -> None:
    frames["people"] = frames["people"].drop(columns=["role"])


def turn_columns(frames: Frames) -> None:
    frames["people"] = frames["people"][list(reversed(frames["people"].columns))]


def make_text(frames: Frames) -> None:
    frames["events"]["sequence"] = frames["events"]["sequence"].astype("string[pyarrow]")


COLUMNS = [
    ("table", drop_table, "places: expected this table"),
    ("column", drop_column, "role"),
    ("order", turn_columns, "people: fails column_ordered with 'role'"),
    ("type", make_text, "events.sequence"),
    ("null", put("events", "headline", 0, None), "events.headline"),
    ("allowed", put("events", "date_precision", 0, "week"), "'week'"),
    ("pattern", put("municipalities", "code", 0, "1234"), "'1234'"),
    ("minimum", put("details", "level", 0, 0), "details.level"),
]


@pytest.mark.parametrize(("spoil", "said"), [row[1:] for row in COLUMNS], ids=[row[0] for row in COLUMNS])
def test_a_frame_against_its_schema(spoil: Callable[[Frames], None], said: str) -> None:
    frames = good()
    spoil(frames)
    assert said in " ".join(check_frames(frames))


def double_row(frames: Frames) -> None:
    frames["people"] = pd.concat([frames["people"]] * 2, ignore_index=True)
    frames["people"]["sequence"] = frames["people"]["sequence"].where([True, False], 2)


BAD = {
    "check_keys": (double_row, "people: the key"),
    "check_references": (
        put("details", "parent_detail_id", 1, "daaaaaaaaaaaa"),
        "details.parent_detail_id: daaaaaaaaaaaa is no row of details",
    ),
    "check_one_edition": (put("account", "edition", 3, "2023-03-10"), "account.edition: expected 2024-03-08"),
    "check_sequences": (put("details", "sequence", 1, 3), "details.sequence"),
    "check_dates": (put("events", "end_date", 0, date(2014, 9, 9)), "ends before it starts"),
    "check_places": (put("places", "char_end", 0, 100_000), "100000 of"),
    "check_account": (put("account", "char_start", 2, 1), "expected it to start at"),
    "check_counts": (put("editions", "event_count", 0, 3), "is 3; events has 2 rows"),
}


def test_there_is_a_bad_row_for_every_check() -> None:
    assert set(BAD) == {check.__name__ for check in RECORD_CHECKS}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_row_is_found_by_its_check_alone(name: str) -> None:
    spoil, said = BAD[name]
    frames = good()
    spoil(frames)
    assert said in " ".join(getattr(checks, name)(frames))
    others = [check for check in RECORD_CHECKS if check.__name__ != name]
    assert [line for check in others for line in check(frames)] == []


MORE = [
    ("unread is counted", put("editions", "unread_characters", 0, 7), "is 7; the account has 0"),
    ("half a date", put("events", "date_edtf", 1, None), "expected both or none"),
    ("event not there", put("people", "event_id", 0, "eaaaaaaaaaaaa"), "is no row of events"),
    ("events out of order", put("events", "sequence", 0, 5), "events.sequence"),
]


@pytest.mark.parametrize(("spoil", "said"), [row[1:] for row in MORE], ids=[row[0] for row in MORE])
def test_other_bad_rows(spoil: Callable[[Frames], None], said: str) -> None:
    frames = good()
    spoil(frames)
    assert said in " ".join(check_frames(frames))


def test_the_gate_names_the_source_and_a_few_failures() -> None:
    frames = good()
    frames["details"]["level"] = frames["details"]["level"] - 5
    put("account", "role", 0, "advertisement")(frames)
    with pytest.raises(SchemaError, match=r"a\.txt: details\.level: .*advertisement"):
        pass_gate(frames, "a.txt")


def test_an_empty_edition_passes() -> None:
    empty = replace(make_reading(), events=(), entries=(), tables=())
    frames = make_frames(make_records(empty, About("made", "x", "0.1.0", "abc")).rows)
    assert check_frames(frames) == []
    assert frames["editions"]["unread_characters"].iloc[0] > 0
