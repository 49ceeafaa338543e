"""One entry on its way through every stage: lines, date, event, details, people, account, and the rules.

Takes a Reading, the rules it was read with, and a line. Gives text for the terminal. Nothing is read
anew: what is shown is what the stages filled in, and the rules are asked which of them fits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline import chars
from pipeline.errors import SourceError
from pipeline.model import Detail, Event, Line, Reading, Span, Text
from pipeline.rules.load import Rules
from pipeline.tables.account import Run, cut_account
from pipeline.tables.ids import Ids, make_ids

_NOTHING = "-"


def render_entry(reading: Reading, rules: Rules, number: int | None = None) -> str:
    """The entry that this line of the source belongs to, or the line alone where it is of no entry.

    Without a number the first entry. SourceError where the source has no such line.
    """
    ids = make_ids(reading)
    lines = reading.document.lines
    places = [place for place, line in enumerate(lines) if line.number == number]
    chosen = _choose_events(reading, number, places)
    if not chosen and not places:
        last = max((line.number for line in lines), default=0)
        name = reading.document.source.name
        raise SourceError(f"{name}: line {number} is empty or not there; expected one from 1 to {last}")
    shown = [row for event in chosen for row in _show_event(reading, rules, ids, event)]
    return "\n".join(shown or _show_lines(reading, rules, ids, places)) + "\n"


def _choose_events(reading: Reading, number: int | None, places: list[int]) -> list[int]:
    """The events of a line; those around it where the line is empty; the first where none is asked for."""
    if number is None:
        return [0] if reading.events else []
    if not places:
        events = enumerate(reading.events)
        return [place for place, event in events if event.line_first <= number <= event.line_last]
    found = (_find_event(reading, place) for place in places)
    return sorted({event for event in found if event is not None})


def _find_event(reading: Reading, place: int) -> int | None:
    """The event that a line has characters in; furniture inside an entry is of none."""
    span = reading.document.lines[place].span
    if reading.roles and reading.roles[place]:
        return None
    for number, event in enumerate(reading.events):
        if any(each.start < span.end and span.start < each.end for each in _spans(event)):
            return number
    return None


def _spans(event: Event) -> tuple[Span, ...]:
    details = (span for detail in event.details for span in detail.text.spans)
    return (*event.date.text.spans, *event.headline.spans, *details, *event.spans)


def _show_event(reading: Reading, rules: Rules, ids: Ids, number: int) -> Iterator[str]:
    event = reading.events[number]
    start = min(span.start for span in _spans(event))
    end = max(span.end for span in _spans(event))
    yield from _show_source(reading, rules, Span(start, end))
    parent = f" · under {event.parent.value}" if event.parent else ""
    lines = f"lines {event.line_first} to {event.line_last}, page {event.page}"
    yield _row("entry", f"{lines} · date text {event.date.text.value or _NOTHING}{parent}")
    when = event.date
    bounds = f"{when.start or _NOTHING} to {when.end or _NOTHING}"
    yield _row(
        "date", f"{when.edtf or 'could not be read'} · {bounds} · precision {when.precision or _NOTHING}"
    )
    yield _row("event", f"{ids.events[number]} · {event.event_type} · {event.headline.value}")
    yield _row("", f"type by {_explain_type(event, rules)}")
    for place, detail in enumerate(event.details):
        yield from _show_detail(detail, ids.details[number][place], rules)
    for person in event.people:
        role = f" · role {person.role}" if person.role else ""
        yield _row("person", f"{person.name} · {person.affiliation or _NOTHING}{role} (people.toml)")
    for mention in event.places:
        yield _row(
            "place", f"{mention.name} · {mention.prefecture or _NOTHING} · {mention.code or 'no code'}"
        )
    yield from _show_findings(reading, Span(start, end), number)
    yield _row("account", _count_roles(reading, ids, Span(start, end)))


def _show_source(reading: Reading, rules: Rules, span: Span) -> Iterator[str]:
    """The lines that these characters lie in, with wraps and furniture."""
    name = "lines"
    roles = reading.roles or ("",) * len(reading.document.lines)
    for line, role in zip(reading.document.lines, roles, strict=True):
        if line.span.start < span.end and span.start < line.span.end:
            text = reading.document.text[line.span.start : line.span.end].strip(chars.BLANKS)
            cell = f", cell {'.'.join(map(str, line.cell))}" if line.cell else ""
            sign = f"{role} by {_explain_furniture(role, text, rules)}" if role else f"{line.wrap}{cell}"
            yield _row(name, f"{line.number:>5}  {text}  [{sign}]")
            name = ""


def _show_detail(detail: Detail, detail_id: str, rules: Rules) -> Iterator[str]:
    marker, label = (_value(each) for each in (detail.marker, detail.label))
    yield _row(
        "detail",
        f"{detail_id} · level {detail.level} · marker {marker} · label {label} · {detail.text.value}",
    )
    reasons = []
    if detail.marker:
        reasons.append(f"marker by {_explain_marker(detail.marker.value, rules)}")
    if detail.label:
        reasons.append(f"label by {_explain_label(detail.label.value, rules)}")
    if reasons:
        yield _row("", ", ".join(reasons))


def _show_lines(reading: Reading, rules: Rules, ids: Ids, places: list[int]) -> Iterator[str]:
    """Lines that belong to no entry: what region they are in and who took them."""
    for place in places:
        line = reading.document.lines[place]
        yield from _show_source(reading, rules, line.span)
        region = reading.regions[place] if reading.regions else ""
        yield _row("region", region or _NOTHING)
        yield from _show_cells(reading, ids, line)
        yield from _show_findings(reading, line.span, None)
        yield _row("account", _count_roles(reading, ids, line.span))


def _show_cells(reading: Reading, ids: Ids, line: Line) -> Iterator[str]:
    for table, cell_ids in zip(reading.tables, ids.cells, strict=True):
        for cell, cell_id in zip(table.cells, cell_ids, strict=True):
            if any(each.start < line.span.end and line.span.start < each.end for each in cell.text.spans):
                names = f"{cell.row_name or _NOTHING} · {cell.column_name or _NOTHING}"
                value = "" if cell.value is None else f" · value {cell.value:g}"
                recipe = f"recipe {table.kind} of annex.toml" if table.kind else "no recipe"
                yield _row("cell", f"{cell_id} · {names} · {cell.text.value}{value} ({recipe})")


def _show_findings(reading: Reading, span: Span, number: int | None) -> Iterator[str]:
    for finding in reading.findings:
        lies_in = finding.start is not None and span.start <= finding.start < span.end
        if lies_in or (number is not None and finding.event == number):
            yield _row("finding", f"{finding.severity} {finding.code}: {finding.message}")


def _count_roles(reading: Reading, ids: Ids, span: Span) -> str:
    """How many of these characters are what: `date 6 · headline 5 · blank 3 · unread 0`."""
    counts: Counter[str] = Counter()
    for run in cut_account(reading, ids).runs:
        counts[run.role] += _overlap(run, span)
    unread = counts.pop("unread", 0)
    said = [f"{role} {count}" for role, count in counts.items() if count]
    return " · ".join([*said, f"unread {unread}"])


def _overlap(run: Run, span: Span) -> int:
    return max(0, min(run.end, span.end) - max(run.start, span.start))


def _explain_type(event: Event, rules: Rules) -> str:
    """Which rule gave the event its type, and the word that it fits by."""
    for rule in rules.event_types.types:
        if rule.type != event.event_type:
            continue
        for words, where in ((rule.when, "headline"), (rule.in_details, "text")):
            text = event.headline.value if where == "headline" else event.text
            word = next((each for each in words if each in text), None)
            if word:
                return f"event_types.toml: {rule.type}, {word} in the {where}"
    return "event_types.toml: no type before it fits"


def _explain_marker(sign: str, rules: Rules) -> str:
    found = rules.markers.find(chars.fold(sign).text)
    return f"markers.toml: {found[0].kind}" if found else "the run of numbers that it stands in"


def _explain_label(label: str, rules: Rules) -> str:
    name = label.replace(" ", "")
    if name in rules.labels.names:
        return f"labels.toml: {name} is listed"
    ending = next((end for end in rules.labels.ends if name.endswith(end)), None)
    return f"labels.toml: ends with {ending}" if ending else "its place in front of a colon"


def _explain_furniture(role: str, text: str, rules: Rules) -> str:
    key = chars.key(text)
    form = next((form.form for form in rules.furniture.page_forms if form.read(key) is not None), None)
    if role == "page_number" and form:
        return f"furniture.toml: {form}"
    return "furniture.toml" if role == "stamp" else "its place on the page and its coming back"


def _value(text: Text | None) -> str:
    return text.value if text and text.value else _NOTHING


def _row(name: str, text: str) -> str:
    return f"{name:<8} {text}"
