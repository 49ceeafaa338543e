"""Every table and column that nenpyo writes, declared once.

Takes nothing. Gives `EDITION_TABLES` and `DIFF_TABLES`: names, kinds, keys, allowed values, meanings.
Frames, checks, Parquet types, the Data Package descriptor and the data dictionary are made from here.
"""

from __future__ import annotations

from pipeline.tables.columns import DATE, INTEGER, NUMBER, OF, TABLE_ID, TEXT, Column, Reference, Table
from pipeline.tables.schema_annex import AGREEMENTS, ANNEX_CELLS, COMPANY_AGREEMENTS, PARTNER_COUNTS

ROLES = (
    *("title", "year", "date", "headline", "marker", "label", "detail"),
    *("annex", "note", "furniture", "blank", "unread"),
)
PRECISIONS = ("day", "month", "year", "fiscal_year")
SEVERITIES = ("error", "warning", "note")
LINK_KINDS = ("same", "edited", "moved", "split", "merged", "added", "removed")


_EVENT = Column("event_id", TEXT, "the event", pattern=r"e[a-z2-7]{12}(-\d+)?")
_DETAIL_OR_NULL = Column("detail_id", TEXT, "the detail it stands in; null: the headline", null=True)
_TO_EVENT = Reference(("event_id",), "events")
_TO_DETAIL = Reference(("detail_id",), "details")
_LINE = "of the source file, from 1 (for a PDF, of its text as read)"

EDITIONS = Table(
    "editions",
    "the document itself, one row",
    (
        *OF,
        Column("series_title", TEXT, "the chronology's name as series.toml gives it", null=True),
        Column("title", TEXT, "its title as printed", null=True),
        Column("issued_on", DATE, "the stamp's date", null=True),
        Column("body", TEXT, "the body it was put before", null=True),
        Column("label", TEXT, "its label, such as 資料５", null=True),
        Column("source_file", TEXT, "name of the file it was read from"),
        Column("source_sha256", TEXT, "hash of that file", pattern=r"[0-9a-f]{64}"),
        Column("source_kind", TEXT, "text, csv, tsv, markdown or pdf"),
        Column("encoding", TEXT, "how its bytes were read as characters", null=True),
        Column("page_count", INTEGER, "pages of the source", minimum=0, unit="pages"),
        Column("event_count", INTEGER, "rows of events", minimum=0, unit="events"),
        Column(
            "unread_characters",
            INTEGER,
            "characters, blanks apart, that no record took",
            minimum=0,
            unit="characters",
        ),
        Column("pipeline_version", TEXT, "version of nenpyo"),
        Column("rules_version", TEXT, "hash of the rules it was read with"),
    ),
    ("series", "edition"),
)

EVENTS = Table(
    "events",
    "what happened, one row an event, in the order of the document",
    (
        *OF,
        Column(
            "event_id",
            TEXT,
            "the same in every edition that leaves the entry as it is",
            pattern=_EVENT.pattern,
        ),
        Column("sequence", INTEGER, "1, 2, … in the order of the document", minimum=1),
        Column("parent", TEXT, "heading shared by events whose dates are numbered under it", null=True),
        Column("start_date", DATE, "first day the date covers", null=True),
        Column("end_date", DATE, "last day the date covers; null for an open end", null=True),
        Column("date_precision", TEXT, "of what was written", null=True, allowed=PRECISIONS),
        Column("date_edtf", TEXT, "the date in EDTF (ISO 8601-2)", null=True),
        Column("date_text", TEXT, "the date as it stood", empty=True),
        Column("fiscal_year", INTEGER, "April to March, of start_date", null=True),
        Column(
            "event_type",
            TEXT,
            "what it is about: cabinet_decision, agreement, exhibition, lecture, promotion, meeting, visit, "
            "publication, programme, other, or a type of the user's own rules",
            pattern=r"[a-z][a-z0-9_]*",
        ),
        Column("headline", TEXT, "the entry's first paragraph", empty=True),
        Column("text", TEXT, "all of the entry, a line a paragraph", empty=True),
        Column("page", INTEGER, "page it starts on", minimum=1, unit="page"),
        Column("line_first", INTEGER, f"its first line {_LINE}", minimum=1, unit="line"),
        Column("line_last", INTEGER, f"its last line {_LINE}", minimum=1, unit="line"),
    ),
    ("event_id",),
)

DETAILS = Table(
    "details",
    "the paragraphs under a headline, one row each, in the order of the document",
    (
        *OF,
        _EVENT,
        Column(
            "detail_id", TEXT, "the same while event, label and text are", pattern=r"d[a-z2-7]{12}(-\d+)?"
        ),
        Column("sequence", INTEGER, "1, 2, … within the event", minimum=1),
        Column("parent_detail_id", TEXT, "the detail it stands under", null=True),
        Column("level", INTEGER, "1 under the headline, 2 under a detail of level 1, …", minimum=1),
        Column("marker", TEXT, "the sign it starts with (・ ① (1) ○ ※)", null=True),
        Column("label", TEXT, "the field's name before a colon, blanks dropped", null=True),
        Column("text", TEXT, "the paragraph without marker and label", empty=True),
    ),
    ("detail_id",),
    (_TO_EVENT, Reference(("parent_detail_id",), "details")),
)

PEOPLE = Table(
    "people",
    "people named by family and given name, one row for each place that names them",
    (
        *OF,
        Column("person_id", TEXT, "the mention: event, name and a counter", pattern=r"p[a-z2-7]{12}(-\d+)?"),
        _EVENT,
        _DETAIL_OR_NULL,
        Column("sequence", INTEGER, "1, 2, … within the event", minimum=1),
        Column("name", TEXT, "family, one space, given", pattern=r".+"),
        Column("affiliation", TEXT, "body and post as written, joined", null=True),
        Column("role", TEXT, "the part played, as the text's heading says it", null=True),
    ),
    ("person_id",),
    (_TO_EVENT, _TO_DETAIL),
)

MUNICIPALITIES = Table(
    "municipalities",
    "municipalities and prefectures named in an event, one row a mention",
    (
        *OF,
        Column("mention_id", TEXT, "the mention: event, name and a counter", pattern=r"m[a-z2-7]{12}(-\d+)?"),
        _EVENT,
        _DETAIL_OR_NULL,
        Column("sequence", INTEGER, "1, 2, … within the event", minimum=1),
        Column("name", TEXT, "as written", pattern=r".+"),
        Column("prefecture", TEXT, "the prefecture it lies in", null=True),
        Column(
            "code",
            TEXT,
            "全国地方公共団体コード; null where several places bear the name",
            null=True,
            pattern=r"\d{6}",
        ),
    ),
    ("mention_id",),
    (_TO_EVENT, _TO_DETAIL),
)

FINDINGS = Table(
    "findings",
    "what was doubtful: what was read, what was expected, what was done",
    (
        *OF,
        Column("finding_id", TEXT, "code, what it is about and a counter", pattern=r"f[a-z2-7]{12}(-\d+)?"),
        Column("code", TEXT, "the kind of finding", pattern=r"[a-z][a-z0-9_]*"),
        Column("severity", TEXT, "how much it matters", allowed=SEVERITIES),
        Column("event_id", TEXT, "the event it is about", null=True, pattern=_EVENT.pattern),
        Column("table_id", TEXT, "the annex table it is about", null=True, pattern=TABLE_ID.pattern),
        Column("page", INTEGER, "page it is about", null=True, minimum=1, unit="page"),
        Column("line", INTEGER, f"line {_LINE}", null=True, minimum=1, unit="line"),
        Column("message", TEXT, "what was read, what was expected, what was done"),
        Column("source_text", TEXT, "the characters it is about", null=True),
    ),
    ("finding_id",),
    (_TO_EVENT,),
)

PLACES = Table(
    "places",
    "where each field came from; the rows of a field, one after the other, are its characters",
    (
        *OF,
        Column(
            "record_id",
            TEXT,
            "event, detail, person, mention, cell, annex table or row, finding, or the edition",
        ),
        Column("field", TEXT, "column of that record"),
        Column(
            "char_start", INTEGER, "first character of the source text, from 0", minimum=0, unit="characters"
        ),
        Column("char_end", INTEGER, "behind the last character", minimum=0, unit="characters"),
        Column("page", INTEGER, "page it stands on", null=True, minimum=1, unit="page"),
        Column("line", INTEGER, f"line {_LINE}", null=True, minimum=1, unit="line"),
        Column("x0", NUMBER, "left edge on the page; null for text", null=True, unit="PDF points"),
        Column("top", NUMBER, "upper edge from the page's top; null for text", null=True, unit="PDF points"),
        Column("x1", NUMBER, "right edge; null for text", null=True, unit="PDF points"),
        Column(
            "bottom", NUMBER, "lower edge from the page's top; null for text", null=True, unit="PDF points"
        ),
    ),
    ("record_id", "field", "char_start"),
)

ACCOUNT = Table(
    "account",
    "the whole source text cut into runs: every character once",
    (
        *OF,
        Column(
            "char_start", INTEGER, "first character of the source text, from 0", minimum=0, unit="characters"
        ),
        Column("char_end", INTEGER, "behind the last character", minimum=1, unit="characters"),
        Column("role", TEXT, "what the run is", allowed=ROLES),
        Column("record_id", TEXT, "the event, detail, cell or annex table that took it", null=True),
    ),
    ("char_start",),
)

EDITION_TABLES = (
    EDITIONS,
    EVENTS,
    DETAILS,
    PEOPLE,
    MUNICIPALITIES,
    AGREEMENTS,
    COMPANY_AGREEMENTS,
    PARTNER_COUNTS,
    ANNEX_CELLS,
    FINDINGS,
    PLACES,
    ACCOUNT,
)

_OLD_NEW = (
    Column("old_event_id", TEXT, "the event in the old edition", null=True),
    Column("new_event_id", TEXT, "the event in the new edition", null=True),
)
LINKS = Table(
    "links",
    "which event of the old edition is which of the new one",
    (
        *_OLD_NEW,
        Column("kind", TEXT, "what became of it", allowed=LINK_KINDS),
        Column("score", NUMBER, "how sure the link is", minimum=0, maximum=1),
        Column("reason", TEXT, "what the link rests on"),
    ),
    (),
)
CHANGES = Table(
    "changes",
    "what changed, one row a field",
    (
        *_OLD_NEW,
        Column("table", TEXT, "the table that the change is in"),
        Column("field", TEXT, "the column that the change is in"),
        Column("old", TEXT, "what it said", null=True),
        Column("new", TEXT, "what it says", null=True),
        Column("cause", TEXT, "date, text, order, detail_added, detail_removed, annex, …"),
    ),
    (),
)
DIFF_TABLES = (LINKS, CHANGES)
