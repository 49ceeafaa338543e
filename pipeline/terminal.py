"""What a run says to people: the words of build and check, for standard output.

Takes results as plain data. Gives lines of text; nothing is printed here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.findings import ERROR, NOTE, WARNING, severities
from pipeline.inspect import Inspection
from pipeline.series import Result
from pipeline.summary import BUILT, FAILED, SET_ASIDE, UNCHANGED, Summary

_FULL = 6  # editions that are told in full; with more, a line each
_GRADES = "A nothing doubtful, B a little, C look it over, D look at it first, E not read"


def render_build(result: Result) -> str:
    """The summary of a build: editions, events, details, findings by code, unread text, where the tables are."""
    told = [each for each in result.summaries if each.status in (BUILT, UNCHANGED)]
    lines = list(_render_many(told) if len(told) > _FULL else _render_few(told, result.out))
    for each in result.summaries:
        if each.status == SET_ASIDE:
            lines.append(
                f"{each.series}: {each.source} is the edition {each.edition} too; compared and set aside"
            )
    for compared in result.compared:
        where = f"; {compared.folder / 'report.md'}" if compared.folder else ""
        reason = f": {compared.error}" if compared.error else ""
        lines.append(f"{compared.series}: {compared.old} -> {compared.new}: {compared.line}{reason}{where}")
    counts = Counter(each.status for each in result.summaries)
    said = ", ".join(
        f"{counts[status]} {status}" for status in (BUILT, UNCHANGED, SET_ASIDE, FAILED) if counts[status]
    )
    lines.append(f"{_count(len(result.summaries), 'source')}: {said}; tables in {result.out}")
    return "\n".join(lines) + "\n"


def _render_few(summaries: Iterable[Summary], out: Path) -> Iterator[str]:
    for each in summaries:
        yield f"{each.series} {each.edition}: grade {each.grade}, {each.status} from {each.source}"
        counts = f"{_count(each.events, 'event')}, {_count(each.details, 'detail')}, {_count(each.people, 'person', 'people')}"
        undated = f", {_count(each.undated, 'entry', 'entries')} without date" if each.undated else ""
        yield f"  {counts}{undated}"
        yield f"  {each.unread} of {_count(each.characters, 'character')} unread"
        yield f"  findings: {_render_findings(each.findings)}"
        if each.replaced:
            yield f"  replaces the tables that were read from {each.replaced}"
        yield f"  tables: {out / each.series / each.edition}"


def _render_many(summaries: Iterable[Summary]) -> Iterator[str]:
    """A line an edition, those that need a look first, then the findings of all by code."""
    ordered = sorted(summaries, key=lambda each: (-ord(each.grade), each.series, each.edition))
    yield f"grade  events  unread  undated  findings  edition ({_GRADES})"
    findings: Counter[str] = Counter()
    for each in ordered:
        findings.update(each.findings)
        share = each.unread / max(each.characters, 1)
        doubtful = sum(each.severities.get(severity, 0) for severity in (ERROR, WARNING))
        name = f"{each.series}/{each.edition}"
        yield f"{each.grade:>5}  {each.events:>6}  {share:>6.1%}  {each.undated:>7}  {doubtful:>8}  {name}"
    yield f"findings: {_render_findings(findings)}"


def _render_findings(findings: dict[str, int]) -> str:
    """Findings by code, errors first: `2 warnings (unread_text 2), 1 note (date_in_text 1)`."""
    parts = []
    for severity in (ERROR, WARNING, NOTE):
        codes = {code: count for code, count in sorted(findings.items()) if severities()[code] == severity}
        if codes:
            listed = ", ".join(f"{code} {count}" for code, count in codes.items())
            parts.append(f"{_count(sum(codes.values()), severity)} ({listed})")
    return ", ".join(parts) or "none"


def render_inspections(inspections: Iterable[Inspection]) -> str:
    """What `nenpyo check` says: for each edition whether its tables hold, the account, the findings."""
    lines = []
    for each in inspections:
        lines.append(f"{each.folder}: {'wrong' if each.wrong else 'good'}")
        lines += [f"  {line}" for line in each.wrong]
        lines.append(
            f"  account: {', '.join(f'{role} {count}' for role, count in each.account.items()) or 'none'}"
        )
        found = ", ".join(_count(count, severity) for severity, count in each.severities.items())
        lines.append(f"  findings: {found or 'none'}")
    return "\n".join(lines) + "\n"


def _count(number: int, one: str, several: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else several or one + 's'}"
