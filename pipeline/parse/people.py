"""People: who an event names by family and given name, with affiliation and role.

Takes Reading.events. Gives the same events with `people`, in the order of the text. Reads
rules/people.toml, people_surnames.csv and the gazetteer. RECORDS, People.
Two rounds: a name that one place proves (段塚 克志 behind a post) is known at every other place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pipeline import chars
from pipeline.model import Person, Reading, Spans, Text
from pipeline.parse.people_names import Around, Name, find_names
from pipeline.parse.people_posts import Lines, Part, read_posts
from pipeline.parse.people_roles import find_role, role_behind
from pipeline.parse.people_units import WORD, Unit, make_units, skip_back
from pipeline.parse.people_words import is_affiliation
from pipeline.rules.load import Rules
from pipeline.rules.people import PeopleRules

_LONGEST_BARE = 60  # signs of a line that holds names alone
_LAST_SIGNS = 40  # of the line before that a name is told by


def find_people(reading: Reading, rules: Rules) -> Reading:
    """The reading with the people of each event."""
    source = reading.document.text
    units = [make_units(source, event) for event in reading.events]
    first = [_names(parts, {}, rules.people) for parts in units]
    known = _known(units, first)
    families = frozenset(name[:size] for name, size in known.items())
    events = tuple(
        replace(
            event,
            people=_people(source, parts, _again(parts, found, known, families, rules.people), rules.people),
        )
        for event, parts, found in zip(reading.events, units, first, strict=True)
    )
    return replace(reading, events=events)


def _known(units: Sequence[Sequence[Unit]], names: Sequence[Sequence[Sequence[Name]]]) -> dict[str, int]:
    """Every name found, without its blank, and how long its family name is."""
    known: dict[str, int] = {}
    for parts, found in zip(units, names, strict=True):
        for unit, listed in zip(parts, found, strict=True):
            for name in listed:
                if name.given:
                    family, given = name.read(unit.text).split(" ", 1)
                    known.setdefault(family + given, len(family))
    return known


def _names(units: Sequence[Unit], known: Mapping[str, int], rules: PeopleRules) -> list[tuple[Name, ...]]:
    """The names in each unit of an event."""
    found: list[tuple[Name, ...]] = []
    for at in range(len(units)):
        found.append(_names_in(units, at, found, known, rules))
    return found


def _again(
    units: Sequence[Unit],
    already: Sequence[tuple[Name, ...]],
    known: Mapping[str, int],
    families: frozenset[str],
    rules: PeopleRules,
) -> list[tuple[Name, ...]]:
    """The names once more, where a word starts with a family name known from anywhere in the document."""
    found = list(already)
    for at, unit in enumerate(units):
        if families and _starts_with(unit, families.__contains__):
            found[at] = _names_in(units, at, found, known, rules)
    return found


def _names_in(
    units: Sequence[Unit],
    at: int,
    found: Sequence[tuple[Name, ...]],
    known: Mapping[str, int],
    rules: PeopleRules,
) -> tuple[Name, ...]:
    unit = units[at]
    bare = len(unit.text) <= _LONGEST_BARE and _starts_with(unit, rules.is_surname)
    has_role = bare and _has_role(units, at, found, rules)
    if not (has_role or known or rules.proof_signs.search(unit.text)):
        return ()
    before = _line_before(units, at, found, rules)
    return find_names(unit, Around(before, has_role, known), rules)


def _starts_with(unit: Unit, is_family: Callable[[str], bool]) -> bool:
    """Whether a word of the unit starts with a family name."""
    for word in WORD.findall(unit.text):
        if is_family(word[:2]) or is_family(word[:3]) or is_family(word[:1]):
            return True
    return False


def _line_before(
    units: Sequence[Unit], at: int, found: Sequence[tuple[Name, ...]], rules: PeopleRules
) -> str:
    """The end of the line before, where it can be the post of a name that opens this one."""
    if at < 2 or found[at - 1]:
        return ""
    detail, above = units[at].detail, units[at - 1].text
    if detail is None or detail.marker or detail.label:
        return ""
    tail = above[: skip_back(above, len(above))][-_LAST_SIGNS:]
    words = tail.split()
    return tail if words and is_affiliation(words[-1], rules) else ""


def _has_role(units: Sequence[Unit], at: int, found: Sequence[tuple[Name, ...]], rules: PeopleRules) -> bool:
    """Whether a heading or a label above says a part: then a bare name under it is a person."""
    if at == 0:
        return False
    return find_role(Lines(units, found), at, rules) is not None


def _people(
    source: str, units: Sequence[Unit], names: Sequence[Sequence[Name]], rules: PeopleRules
) -> tuple[Person, ...]:
    lines = Lines(units, names)
    people: list[Person] = []
    for at, found in enumerate(names):
        floor = 0
        for name in found:
            posted = read_posts(lines, at, name, floor, rules)
            role = _role(source, lines, at, name, posted.role, rules)
            people.append(_person(source, lines, at, name, posted.affiliation, role))
            floor = max(posted.end, name.end)
    return tuple(people)


def _role(
    source: str, lines: Lines, at: int, name: Name, said: Part | None, rules: PeopleRules
) -> Text | None:
    """The role as its own text: said beside the name, else by the headings above it."""
    behind = role_behind(lines.units[at], name.end, rules)
    found = said or ((at, *behind) if behind else None) or (find_role(lines, at, rules) if at else None)
    if found is None or isinstance(found, Text):
        return found
    return chars.make_text(source, lines.units[found[0]].spans(found[1], found[2]))


def _person(
    source: str, lines: Lines, at: int, name: Name, parts: tuple[Part, ...], role: Text | None
) -> Person:
    unit = lines.units[at]
    family = unit.spans(*name.family)
    given = unit.spans(*name.given) if name.given else ()
    spans: Spans = tuple(span for part in parts for span in lines.units[part[0]].spans(part[1], part[2]))
    read = chars.read_spans(source, family)
    affiliation = chars.make_text(source, spans)
    return Person(
        name=f"{read} {chars.read_spans(source, given)}" if given else read,
        affiliation=affiliation.value or None,
        role=role.value if role else None,
        detail=unit.index,
        name_spans=(*family, *given),
        affiliation_spans=affiliation.spans,
        role_spans=role.spans if role else (),
    )
