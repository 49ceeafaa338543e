"""The declarations keep the contract of names, and everything made from them is up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.tables.columns import DATE, INTEGER, LIST, NUMBER, TEXT, Table
from pipeline.tables.dictionary import render_dictionary, render_overview
from pipeline.tables.package import make_table_schema
from pipeline.tables.schema import DIFF_TABLES, EDITION_TABLES

ROOT = Path(__file__).resolve().parent.parent
ALL = (*EDITION_TABLES, *DIFF_TABLES)
# Names that users, tests and other programs rely on: more may come, none may go.
CONTRACT = {
    "editions": "title issued_on body label source_file source_sha256 page_count event_count "
    "unread_characters pipeline_version rules_version",
    "events": "event_id sequence parent start_date end_date date_precision date_edtf date_text fiscal_year "
    "event_type headline text page line_first line_last",
    "details": "event_id detail_id sequence parent_detail_id level marker label text",
    "people": "event_id detail_id sequence name affiliation role",
    "municipalities": "event_id detail_id name prefecture code",
    "agreements": "organisation signed_on municipality_count",
    "company_agreements": "company former_name signed_on initiatives",
    "partner_counts": "category fiscal_year as_of count",
    "annex_cells": "table_id caption row column row_name column_name text value",
    "findings": "finding_id code severity event_id table_id line message source_text",
    "places": "record_id field char_start char_end page line x0 top x1 bottom",
    "account": "char_start char_end role record_id",
    "links": "old_event_id new_event_id kind score reason",
    "changes": "old_event_id new_event_id table field old new cause",
}


def test_every_table_of_the_contract_is_declared() -> None:
    assert {table.name for table in ALL} >= set(CONTRACT)


@pytest.mark.parametrize(
    "table", [table for table in ALL if table.name in CONTRACT], ids=lambda table: table.name
)
def test_every_column_of_the_contract_is_declared_in_order(table: Table) -> None:
    expected = CONTRACT[table.name].split()
    assert [name for name in table.names if name in expected] == expected


@pytest.mark.parametrize("table", EDITION_TABLES, ids=lambda table: table.name)
def test_a_table_of_an_edition(table: Table) -> None:
    assert table.names[:2] == ("series", "edition")
    assert table.key, "a row can be named"
    assert set(table.key) <= set(table.names)
    assert not any(column.null for column in table.columns if column.name in table.key)
    assert all(set(each.columns) <= set(table.names) for each in table.references)


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_columns_are_told_apart_and_explained(table: Table) -> None:
    assert len(set(table.names)) == len(table.names)
    assert all(
        column.about and column.kind in (TEXT, INTEGER, NUMBER, DATE, LIST) for column in table.columns
    )
    assert not any(column.null and column.empty for column in table.columns), "an empty cell means one thing"


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_suffixes_tell_the_kind(table: Table) -> None:
    kinds = {
        "_id": TEXT,
        "_date": DATE,
        "_on": DATE,
        "_year": INTEGER,
        "_count": INTEGER,
        "_code": TEXT,
        "_text": TEXT,
    }
    for column in table.columns:
        for suffix, kind in kinds.items():
            assert not column.name.endswith(suffix) or column.kind == kind, column.name


def test_the_table_schema_says_keys_and_constraints() -> None:
    details = next(table for table in EDITION_TABLES if table.name == "details")
    schema = make_table_schema(details)
    fields = {field["name"]: field for field in schema["fields"]}
    assert schema["primaryKey"] == ["detail_id"]
    assert {"fields": ["parent_detail_id"], "reference": {"resource": "", "fields": ["detail_id"]}} in schema[
        "foreignKeys"
    ]
    assert fields["level"]["constraints"] == {"required": True, "minimum": 1}
    assert "constraints" not in fields["text"], "a detail's text may be empty"


def test_the_data_dictionary_is_up_to_date() -> None:
    assert (ROOT / "docs" / "tables.md").read_text("utf-8") == render_dictionary(), "run `make golden`"


def test_the_overview_names_every_table() -> None:
    assert all(f"| `{table.name}` |" in render_overview() for table in EDITION_TABLES)
