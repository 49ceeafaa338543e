"""A diff in words: for the terminal, as Markdown, as a page of HTML, as JSON and as CSV.

Takes a Diff. Gives text. The only place, with the templates beside it, that makes sentences of a diff.
Every text from a document is escaped: in HTML by jinja2, in Markdown by standing inside a fence that
no line of it can close, or with each sign of Markdown escaped.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.editions.records import ADDED, EDITED, MERGED, MOVED, REMOVED, SPLIT
from pipeline.editions.view import Block, Line, View, make_view

if TYPE_CHECKING:
    from jinja2 import Environment

    from pipeline.editions.diff import Diff

SIGNS = {ADDED: "+", REMOVED: "-", EDITED: "~", MOVED: ">", SPLIT: "<", MERGED: "="}
_MARKDOWN = re.compile(r"([\\`*_\[\]|~$#])")
_STARTS = re.compile(r"^(\d+(?=[.)])|(?=[-+=]))")  # what would start a list or underline a heading
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
MOST_LINES = 40  # of the terminal's form; the report has them all


def render_html(diff: Diff) -> str:
    """One page of HTML in Japanese: no script, nothing loaded from elsewhere."""
    return render_page(make_view(diff))


def render_markdown(diff: Diff) -> str:
    """The report as Markdown, changes in fences that read as a diff."""
    return render_pull_request(make_view(diff))


def render_page(view: View) -> str:
    """The page of HTML of a view that is made already."""
    return _render("report.html.jinja", view)


def render_pull_request(view: View) -> str:
    """The Markdown of a view that is made already."""
    return _render("report.md.jinja", view)


def render_text(diff: Diff) -> str:
    """The short form for the terminal: the summary, then a few lines for each change."""
    view = make_view(diff)
    lines = [f"{view.series} {view.old['edition']} -> {view.new['edition']}: {view.summary}"]
    for _, blocks in view.groups:
        for block in blocks:
            lines += _text_block(block)
    lines += [
        f"  annex {one_line(one.table)} {one_line(one.where)}: {_text_sides(one.line)}" for one in view.annex
    ]
    if len(lines) > MOST_LINES:
        lines[MOST_LINES:] = [f"  … and {len(lines) - MOST_LINES} lines more in the report"]
    return "\n".join(lines) + "\n"


def render_json(diff: Diff) -> str:
    """Summary, links and changes as one JSON object."""
    said = {
        "series": diff.new.series,
        "old_edition": diff.old.edition,
        "new_edition": diff.new.edition,
        "summary": diff.summary,
        "is_same": diff.is_same,
        "links": [asdict(link) for link in diff.links],
        "changes": [
            {**asdict(change), "record": json.loads(change.record) if change.record else None}
            for change in diff.changes
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def render_csv(diff: Diff) -> str:
    """The changes as CSV, a row each; formulas guarded as in the tables."""
    from pipeline.editions.frames import change_rows
    from pipeline.editions.write import guard

    rows = change_rows(diff)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(rows.columns)
    writer.writerows([guard(value) for value in row] for row in rows.rows)
    return out.getvalue()


FORMATS: Mapping[str, Callable[[Diff], str]] = {
    "text": render_text,
    "md": render_markdown,
    "html": render_html,
    "json": render_json,
    "csv": render_csv,
}


def render(diff: Diff, form: str = "text") -> str:
    """The diff in this form: text, md, html, json or csv; ValueError names them for any other."""
    if form not in FORMATS:
        raise ValueError(f"{form!r} is no form of a report; there are {', '.join(FORMATS)}")
    return FORMATS[form](diff)


def one_line(text: str) -> str:
    """The text on one line: line ends and signs that steer a terminal are a blank."""
    return _BREAKS.sub(" ", text)


def escape_markdown(text: str) -> str:
    """The text so that Markdown shows it as it is: `a|b` gives `a\\|b`."""
    signs = _STARTS.sub(r"\1\\", _MARKDOWN.sub(r"\\\1", one_line(text)))
    return signs.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fence(block: Block) -> str:
    """The changed lines of an entry as a fenced diff that none of its texts can close."""
    return _fence([part for line in block.changed for part in _diff_lines(line)])


def fence_line(line: Line) -> str:
    """One line of the annex as a fenced diff."""
    return _fence(_diff_lines(line)[1:])


def _fence(lines: list[str]) -> str:
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    ticks = "`" * max(3, longest + 1)
    return "\n".join([f"{ticks}diff", *lines, ticks])


def _diff_lines(line: Line) -> list[str]:
    old = [f"- {one_line(line.old_text)}"] if line.old else []
    new = [f"+ {one_line(line.new_text)}"] if line.new else []
    if line.state == "moved":
        return [f"  {line.field} (another place)", f"  {one_line(line.new_text)}"]
    return [f"  {line.field}", *old, *new]


def _text_block(block: Block) -> list[str]:
    head = f"{SIGNS[block.kind]} {one_line(block.date)} {one_line(block.headline)}"
    if block.kind in (ADDED, REMOVED):
        return [head]
    if block.kind in (SPLIT, MERGED):
        return [f"{head} ({block.kind})"]
    return [head, *(f"    {line.field}: {_text_sides(line)}" for line in block.changed)]


def _text_sides(line: Line) -> str:
    old, new = one_line(line.old_text), one_line(line.new_text)
    if line.state == "moved":
        return f"at another place: {new}"
    return f"{old} -> {new}" if old and new else f"+ {new}" if new else f"- {old}"


def _render(template: str, view: View) -> str:
    return _environment().get_template(template).render(view=view, **_tools())


def _tools() -> dict[str, Any]:
    return {"fence": fence, "fence_line": fence_line}


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("pipeline.editions", ""),
        autoescape=lambda name: bool(name) and ".html" in str(name),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = escape_markdown
    return environment


__all__ = [
    "FORMATS",
    "View",
    "render",
    "render_csv",
    "render_html",
    "render_json",
    "render_markdown",
    "render_text",
]
