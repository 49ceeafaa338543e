"""The gate before writing: every frame against its schema, and the tables against each other.

Takes the frames of an edition. Gives the list of what is wrong, empty when they keep the contract;
`pass_gate` raises SchemaError with it. pandera is loaded here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from pipeline.errors import SchemaError
from pipeline.tables.columns import Column, Table
from pipeline.tables.frames import Frames, arrow_type
from pipeline.tables.schema import EDITION_TABLES

if TYPE_CHECKING:
    import pandas as pd

_SHOWN = 5  # failures that a message names


def pass_gate(frames: Frames, where: str) -> None:
    """Returns when the tables keep the contract; else SchemaError names table, column and values."""
    wrong = check_frames(frames)
    if wrong:
        more = f" (and {len(wrong) - _SHOWN} more)" if len(wrong) > _SHOWN else ""
        raise SchemaError(f"{where}: {'; '.join(wrong[:_SHOWN])}{more}")


def check_frames(frames: Frames) -> list[str]:
    """What is wrong, a sentence each: columns and types first, and only when those hold, the records."""
    missing = [
        f"{table.name}: expected this table, found none"
        for table in EDITION_TABLES
        if table.name not in frames
    ]
    wrong = missing or [line for table in EDITION_TABLES for line in check_columns(table, frames[table.name])]
    return wrong or [line for check in RECORD_CHECKS for line in check(frames)]


def check_columns(table: Table, frame: pd.DataFrame) -> list[str]:
    """The frame against its schema: columns in order, types, nulls, allowed values, bounds, patterns."""
    import pandera.pandas as pandera

    columns = {column.name: _pandera_column(column) for column in table.columns}
    schema = pandera.DataFrameSchema(columns, strict=True, ordered=True)
    try:
        schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        return [
            f"{table.name}{_word_failure(row)}"
            for row in errors.failure_cases.head(_SHOWN).to_dict("records")
        ]
    return []


def _word_failure(row: dict[str, Any]) -> str:
    column = f".{row['column']}" if isinstance(row["column"], str) else ""
    return f"{column}: fails {row['check']} with {row['failure_case']!r}"


def _pandera_column(column: Column) -> Any:
    import pandas as pd
    import pandera.pandas as pandera

    check, checks = pandera.Check, []
    if column.allowed:
        checks.append(check.isin(column.allowed))
    if column.pattern:
        checks.append(
            check(lambda series, whole=column.pattern: series.str.fullmatch(whole), name=column.pattern)
        )
    if column.minimum is not None:
        checks.append(check.ge(column.minimum))
    if column.maximum is not None:
        checks.append(check.le(column.maximum))
    return pandera.Column(pd.ArrowDtype(arrow_type(column)), checks, nullable=column.null)


def check_keys(frames: Frames) -> Iterator[str]:
    """A key stands once in its table."""
    for table in EDITION_TABLES:
        frame = frames[table.name]
        doubled = frame[frame.duplicated(list(table.key))] if table.key else frame[:0]
        if len(doubled):
            key = ", ".join(str(value) for value in doubled.iloc[0][list(table.key)])
            yield f"{table.name}: the key {key} stands twice; expected once"


def check_references(frames: Frames) -> Iterator[str]:
    """What a table names in another table is there."""
    for table in EDITION_TABLES:
        for reference in table.references:
            (column,) = reference.columns
            there = frames[reference.table][_key_of(reference.table)]
            named = frames[table.name][column].dropna()
            lost = named[~named.isin(there)]
            if len(lost):
                yield f"{table.name}.{column}: {lost.iloc[0]} is no row of {reference.table}"


def check_one_edition(frames: Frames) -> Iterator[str]:
    """There is one edition, and every row of every table is of it."""
    if len(frames["editions"]) != 1:
        yield f"editions: expected one row, found {len(frames['editions'])}"
        return
    of = frames["editions"].iloc[0]
    for name, frame in frames.items():
        for column in ("series", "edition"):
            if (frame[column] != of[column]).any():
                yield f"{name}.{column}: expected {of[column]} in every row"


def check_account(frames: Frames) -> Iterator[str]:
    """The account covers every character once: no hole, no overlap, from 0 on; and it counts the unread."""
    account = frames["account"]
    starts, ends = account["char_start"].to_list(), account["char_end"].to_list()
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        expected = ends[place - 1] if place else 0
        if start != expected or end <= start:
            yield f"account: row {place + 1} is {start} to {end}; expected it to start at {expected}"
            return
    unread = account[account["role"] == "unread"]
    counted = int((unread["char_end"] - unread["char_start"]).sum())
    said = int(frames["editions"]["unread_characters"].sum())
    if counted != said:
        yield f"editions.unread_characters: is {said}; the account has {counted}"


def check_places(frames: Frames) -> Iterator[str]:
    """A place lies inside the account and is not empty."""
    places, account = frames["places"], frames["account"]
    length = int(account["char_end"].max()) if len(account) else 0
    outside = places[(places["char_end"] <= places["char_start"]) | (places["char_end"] > length)]
    if len(outside):
        row = outside.iloc[0]
        yield f"places: {row['record_id']} {row['field']} is {row['char_start']} to {row['char_end']} of {length} characters"


def check_sequences(frames: Frames) -> Iterator[str]:
    """Events are numbered 1, 2, … and so is what stands inside each event."""
    events = frames["events"]["sequence"].to_list()
    if events != list(range(1, len(events) + 1)):
        yield "events.sequence: expected 1, 2, … in the order of the rows"
    for name in ("details", "people", "municipalities"):
        frame = frames[name]
        if len(frame) and (frame.groupby("event_id").cumcount() + 1 != frame["sequence"]).any():
            yield f"{name}.sequence: expected 1, 2, … within each event"


def check_dates(frames: Frames) -> Iterator[str]:
    """A date with EDTF has a precision, and no date ends before it starts."""
    events = frames["events"]
    backwards = events[(events["end_date"] < events["start_date"]).fillna(False)]
    if len(backwards):
        yield f"events: {backwards['event_id'].iloc[0]} ends before it starts"
    unsaid = events[events["date_edtf"].isna() != events["date_precision"].isna()]
    if len(unsaid):
        yield f"events: {unsaid['event_id'].iloc[0]} has one of date_edtf and date_precision; expected both or none"


def check_counts(frames: Frames) -> Iterator[str]:
    """The edition's event_count is the number of events."""
    said, counted = int(frames["editions"]["event_count"].sum()), len(frames["events"])
    if said != counted:
        yield f"editions.event_count: is {said}; events has {counted} rows"


RECORD_CHECKS: tuple[Callable[[Frames], Iterator[str]], ...] = (
    check_keys,
    check_references,
    check_one_edition,
    check_sequences,
    check_dates,
    check_places,
    check_account,
    check_counts,
)


def _key_of(name: str) -> str:
    return next(table.key[0] for table in EDITION_TABLES if table.name == name)
