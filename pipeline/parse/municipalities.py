"""Municipalities: every city, town, village, ward and prefecture that an event names, with its code.

Takes Reading.events (with people, whose names are no places). Gives the same events with `places`,
one a mention. Reads rules/municipalities.csv and .toml.

A name that stands for several places is settled by what the entry says beside it, in its list,
anywhere, by its other municipalities; else it has no code and a finding. docs/municipalities.md
says how each case is decided and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.findings import Finding
from pipeline.model import Event, Place, Reading, Span
from pipeline.parse.municipalities_names import Hit, find_hits
from pipeline.parse.people_units import Unit, make_unit
from pipeline.rules.load import Rules
from pipeline.rules.municipalities import Gazetteer, Municipality, gazetteer

_LIST_GAP = frozenset("・、，, と及びおよ/／")
_MERGERS_END = date(2006, 4, 1)  # when the great mergers of the Heisei years were over


@dataclass(frozen=True, slots=True)
class Scope:
    """What the entry and the document say of where things are."""

    when: date | None
    prefectures: frozenset[str]  # named in the entry, or by a district
    cities: frozenset[str]  # designated cities that the entry names
    is_tokyo: bool  # the entry speaks of Tokyo or its special wards
    document_cities: frozenset[str]
    document_is_tokyo: bool
    document_prefectures: frozenset[str]


def find_municipalities(reading: Reading, rules: Rules) -> Reading:
    """The reading with the places of each event, and a finding for each name that stays open."""
    known, text = gazetteer(), reading.document.text
    whole = Scope(
        when=None,
        prefectures=frozenset(),
        cities=frozenset(),
        is_tokyo=False,
        document_cities=frozenset(city for city in _designated(known) if city in text),
        document_is_tokyo=any(word in text for word in known.mentions.special_ward_words),
        document_prefectures=frozenset(body.name for body in known.prefectures.values() if body.name in text),
    )
    events: list[Event] = []
    findings: list[Finding] = []
    for at, event in enumerate(reading.events):
        units = _units(text, event)
        hits = [_without_people(unit, find_hits(unit.text, known), event) for unit in units]
        scope = _scope(whole, event, units, hits, known)
        places, open_names = _places(text, units, hits, scope)
        events.append(replace(event, places=places))
        findings.extend(_finding(place, names, at) for place, names in open_names)
    return replace(reading, events=tuple(events), findings=(*reading.findings, *findings))


def _designated(known: Gazetteer) -> frozenset[str]:
    return frozenset(_city_of(body) for bodies in known.ward_cities.values() for body in bodies)


def _city_of(ward: Municipality) -> str:
    """札幌市 of 札幌市中央区."""
    return ward.name[: ward.name.index("市") + 1]


def _units(source: str, event: Event) -> list[Unit]:
    """The headline, and of each detail its label and its text."""
    units = [make_unit(source, event.headline)]
    for at, detail in enumerate(event.details):
        if detail.label is not None:
            units.append(make_unit(source, detail.label, at, detail))
        units.append(make_unit(source, detail.text, at, detail))
    return units


def _without_people(unit: Unit, hits: tuple[Hit, ...], event: Event) -> tuple[Hit, ...]:
    """The names that are no part of a person's name (東村 太郎 氏)."""
    taken = [span for person in event.people if person.detail == unit.index for span in person.name_spans]
    if not taken or not hits:
        return hits
    return tuple(hit for hit in hits if not any(_touch(unit, hit, span) for span in taken))


def _touch(unit: Unit, hit: Hit, span: Span) -> bool:
    return unit.strip.starts[hit.start] < span.end and span.start < unit.strip.ends[hit.end - 1]


def _scope(
    whole: Scope, event: Event, units: Sequence[Unit], hits: Sequence[Sequence[Hit]], known: Gazetteer
) -> Scope:
    """The document's scope with what this entry says of where things are."""
    found = [hit for listed in hits for hit in listed]
    prefectures = {hit.prefecture for hit in found if hit.prefecture}
    for unit in units:
        prefectures.update(_of_districts(unit.text, known))
    words = known.mentions.special_ward_words_of_entry
    return replace(
        whole,
        when=event.date.start,
        prefectures=frozenset(prefectures),
        cities=whole.document_cities & {hit.name for hit in found},
        is_tokyo=any(word in unit.text for unit in units for word in words),
    )


def _of_districts(text: str, known: Gazetteer) -> set[str]:
    """The prefectures whose districts a text names: 釧路管内 says 北海道."""
    return {
        prefecture
        for end in known.mentions.district_ends
        if end in text
        for district, prefecture in known.districts.items()
        if district + end in text
    }


def _places(
    source: str, units: Sequence[Unit], hits: Sequence[Sequence[Hit]], scope: Scope
) -> tuple[tuple[Place, ...], list[tuple[Place, list[str]]]]:
    """The places of an event, and those that stay open with the prefectures they could lie in."""
    sure = frozenset(
        bodies[0].prefecture
        for listed in hits
        for hit in listed
        if not hit.is_prefecture and len(bodies := _in_force(hit.bodies, scope.when)) == 1
    )
    places: list[Place] = []
    left_open: list[tuple[Place, list[str]]] = []
    for unit, listed in zip(units, hits, strict=True):
        last: tuple[int, str] | None = None
        for hit in sorted(listed, key=lambda hit: hit.start):
            listed_with = last[1] if last and set(unit.text[last[0] : hit.start]) <= _LIST_GAP else None
            bodies = _settle(hit, listed_with, scope, sure)
            if not bodies:
                continue
            one = bodies[0] if len(bodies) == 1 and _is_sure(bodies[0], scope) else None
            last = (hit.end, one.prefecture) if one else None
            if hit.is_mention:
                place = _place(source, unit, hit, one)
                places.append(place)
                if one is None:
                    left_open.append((place, [body.prefecture for body in bodies]))
    return tuple(places), left_open


def _place(source: str, unit: Unit, hit: Hit, body: Municipality | None) -> Place:
    text = unit.strip.part(source, hit.start, hit.end)
    return Place(
        name=text.value,
        prefecture=body.prefecture if body else None,
        code=body.code if body else None,
        detail=unit.index,
        spans=text.spans,
    )


def _settle(
    hit: Hit, listed_with: str | None, scope: Scope, sure: frozenset[str]
) -> tuple[Municipality, ...]:
    """The bodies a name can mean after all that is said around it; none where it is no municipality."""
    if hit.wards:
        return _settle_ward(hit, scope)
    bodies = _in_force(hit.bodies, scope.when)
    if len(bodies) < 2:
        return bodies
    for said in (_one(hit.prefecture), _one(listed_with), scope.prefectures, sure):
        fitting = tuple(body for body in bodies if body.prefecture in said)
        if len(fitting) == 1:
            return fitting
    return bodies


def _is_sure(body: Municipality, scope: Scope) -> bool:
    """Whether a town's or village's name still meant the same when the event was."""
    if body.kind not in ("town", "village") or scope.when is None or scope.when >= _MERGERS_END:
        return True
    return body.prefecture in scope.prefectures or body.prefecture in scope.document_prefectures


def _one(word: str | None) -> frozenset[str]:
    return frozenset((word,)) if word else frozenset()


def _settle_ward(hit: Hit, scope: Scope) -> tuple[Municipality, ...]:
    """A ward that special wards and designated cities share, or that designated cities alone have."""
    if hit.prefecture:
        fitting = tuple(body for body in (*hit.bodies, *hit.wards) if body.prefecture == hit.prefecture)
        if len(fitting) == 1:
            return fitting
    in_entry = tuple(body for body in hit.wards if _city_of(body) in scope.cities)
    if len(in_entry) == 1 and not (hit.bodies and scope.is_tokyo):
        return in_entry
    in_document = tuple(body for body in hit.wards if _city_of(body) in scope.document_cities)
    if len(in_document) == 1 and not scope.document_is_tokyo:
        return in_document
    return hit.bodies


def _in_force(bodies: tuple[Municipality, ...], when: date | None) -> tuple[Municipality, ...]:
    """The bodies that bore the name on that day; a former name later on still means the former body."""
    if len(bodies) < 2:
        return bodies
    now = tuple(body for body in bodies if body.until is None or (when is not None and when < body.until))
    return now or bodies


def _finding(place: Place, prefectures: list[str], event: int) -> Finding:
    start = place.spans[0].start if place.spans else None
    end = place.spans[-1].end if place.spans else None
    if len(prefectures) == 1:
        return Finding(
            code="municipality_unsure",
            message=(
                f"{place.name} is in {prefectures[0]} today; expected that the document names it, since before "
                f"{_MERGERS_END} a place that is gone could bear the name; its code is left empty"
            ),
            start=start,
            end=end,
            event=event,
        )
    return Finding(
        code="municipality_ambiguous",
        message=(
            f"{place.name} is the name of a place in each of {', '.join(prefectures)}; expected a prefecture, "
            "a district or a neighbour in the entry that settles it; its code is left empty"
        ),
        start=start,
        end=end,
        event=event,
    )
