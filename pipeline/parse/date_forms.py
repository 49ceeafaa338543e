"""The patterns of dates, built once from the rules.

Takes DateRules. Gives `Forms`, one compiled pattern a piece of a date; date_points puts them together.
Every pattern is matched at one place, has no nested repetition and only possessive or bounded
repetitions, so that no text makes it run away. Reads rules/dates.toml and eras.csv.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from pipeline import chars
from pipeline.parse.date_numbers import FIRST_YEAR, parse_number
from pipeline.parse.date_signs import CLOSES, OPENS, continuing_signs, first_signs, words
from pipeline.rules.dates import DateRules
from pipeline.rules.eras import Era

GAP = r"[ \n]{0,12}+"  # inside what is not finished: a number and its unit, an era and its year
LINE_JOIN = r"[ ]{0,12}+"  # between finished pieces: a line's end parts them
CELL_JOIN = GAP  # in a table cell it does not


class Forms:
    """The patterns of `_patterns` by their names, each compiled when it is first asked for.

    `join` patterns depend on line or cell; `opening` are the brackets that a whole date may stand in.
    """

    def __init__(self, rules: DateRules, cell: bool, era_of_form: dict[str, Era]) -> None:
        self.rules, self.cell, self.era_of_form = rules, cell, era_of_form
        self.opening = frozenset(pair[0] for pair in rules.brackets)
        parts = _parts(rules, list(era_of_form), CELL_JOIN if cell else LINE_JOIN)
        self.written = _patterns(parts)

    def __getattr__(self, name: str) -> regex.Pattern[str]:
        """The pattern of this name, compiled and kept."""
        try:
            compiled = regex.compile(self.written[name])
        except KeyError:
            raise AttributeError(name) from None
        setattr(self, name, compiled)
        return compiled


@lru_cache(maxsize=8)
def forms(rules: DateRules, cell: bool = False) -> Forms:
    """The patterns of these rules, for a line or for a whole table cell."""
    era_forms = {form: era for era in rules.eras for form in (era.name, *era.short)}
    return Forms(rules, cell, era_forms)


def read_number(found: regex.Match[str], name: str, rules: DateRules) -> int | None:
    """The number in this group of a match, or None where the group is empty or no number."""
    written = found.group(name)
    return None if written is None else parse_number(written, rules.numerals)


def _parts(rules: DateRules, era_forms: list[str], join: str) -> dict[str, str]:
    """The named parts that the patterns are built from."""
    kanji = "".join(rules.numerals)
    letters = [form for form in era_forms if form.isascii()]
    named = [form for form in era_forms if not form.isascii()]
    modern = [era.name for era in rules.eras if era.start]
    ends = words(
        [*rules.signs["from_words"], *rules.signs["until"], *rules.open["after"], *rules.open["before"]]
    )
    not_after = {key: words(value) for key, value in rules.not_after.items()}
    not_after["year"] += r"(?<!前(?=半|期|後)|後(?=半|期)|半(?=ば))"
    signs = words([*rules.weekdays, *rules.holidays])
    weekday = rf"(?:{signs}(?:曜日?)?)"
    return {
        **{f"not_{key}": value for key, value in not_after.items()},
        **_word_parts(rules),
        "J": join,
        "G": GAP,
        "KANJI": kanji,
        "NUM": rf"(?:\d{{1,4}}(?!\d)|[{kanji}]{{1,9}}+)",
        "TWO": rf"(?:\d{{1,2}}(?!\d)|[{kanji}]{{1,4}}+)",
        "ERA": rf"(?:{words(named, blanks=True)}|{words(letters)}(?=\.?[ ]{{0,2}}[\d{FIRST_YEAR}])\.?)",
        "SQUARE": words(form for form in era_forms if len(form) == 1 and not form.isalpha()),
        "MODERN": words(modern, blanks=True),
        "FIRST": FIRST_YEAR,
        "WEST": words(rules.words["western"]),
        "UNKNOWN": words(rules.unknown_eras) if rules.unknown_eras else "(?!)",
        "SAME": words(rules.words["same"]),
        "DITTO": words(rules.words["ditto"]),
        "NEXT": words(rules.words["next"]),
        "STOP": rf"(?=[ \n]|$|[^\p{{L}}\p{{N}}]|頃|ごろ|ころ|に|の|{ends})",
        "ANYWHERE": words(rules.inexact["anywhere"]),
        "ATEND": words(rules.inexact["at_the_end"]),
        "WITHIN": words(rules.inexact["within"]),
        "ERAPART": words(rules.inexact["era"]),
        "ERAWHOLE": words(rules.words["era_whole"]),
        "ENDED": words((era.name for era in rules.eras if era.last_year), blanks=True),
        "AFTER": words(rules.open["after"]),
        "BEFORE": words(rules.open["before"]),
        "WEEKDAY": weekday,
        "SIGNS": words(rules.weekdays),
        "HALF": words(rules.half_days),
        "CLOCKWORD": words(rules.clock_words),
        "CLOCKABOUT": words(rules.clock_about),
        "WAVE": words(rules.signs["waves"]),
        "DASH": words(rules.signs["dashes"]),
        "FROM": words(rules.signs["from_words"]),
        "UNTIL": words(rules.signs["until"]),
        "COMMA": words(rules.signs["commas"]),
        "AND": words(rules.signs["joins"]),
        "OPEN": OPENS,
        "CLOSE": CLOSES,
        "BLANKS": chars.BLANKS,
        "CONTINUE": continuing_signs(rules),
        "START": first_signs(rules, era_forms),
    }


def _word_parts(rules: DateRules) -> dict[str, str]:
    """The named parts that are words instead of numbers, or stand behind a date."""
    return {
        "LAST": words(rules.words["last_day"]),
        "FIRSTDAY": words(rules.words["first_day"]),
        "BEHIND": words([*rules.words["behind"], *rules.words["not_known"]]),
        "NOTKNOWN": words(rules.words["not_known"]),
        "QUARTER": words(rules.words["quarter"]),
        "HALVES": words(rules.halves),
        "LEAP": words(rules.words["leap"]),
        "NEWYEAR": words(rules.words["new_year"]),
        "SEASON": words(rules.seasons),
        "MONTHS": words(rules.months),
        "STEM": f"[{''.join(rules.stems)}]",
        "BRANCH": f"[{''.join(rules.branches)}]",
    }


def _patterns(part: dict[str, str]) -> dict[str, str]:
    """Each pattern of Forms, by name."""
    clock = (
        r"(?:{HALF}{G})?(?:(?P<h>\d{{1,2}})[ ]?[:：][ ]?(?P<mi>\d{{2}})(?::\d{{2}})?(?!\d)"
        r"|(?P<h>{TWO}){G}時(?!間|点|代|期|刻)(?:{G}(?P<mi>{TWO}){G}分(?!の|間|科|団)|半)?"
        r"|(?P<again>{SAME})[ ]?(?P<mi>{TWO}){G}分(?!の|間|科|団)"
        r"|(?P<word>{CLOCKWORD})(?=(?:{ANYWHERE})?(?:[ \n]|$)))(?:{ANYWHERE}|{CLOCKABOUT}(?=[ \n]|$|から))?"
    )
    year = r"(?:(?P<era>{ERA}){G}(?P<n>{FIRST}|{NUM})|(?:{WEST}[ ]?)?(?P<w>\d{{3,4}}|[{KANJI}]{{3,9}}+))"
    table = {
        **_year_patterns(year),
        **_month_and_day_patterns(),
        **_other_patterns(),
        **_dotted_patterns(),
        "ditto": r"{DITTO}{J}(?P<dot>[.・][ ]{{0,3}})?",
        "same": r"{SAME}(?:上|じ)?(?=[ \n]*+$|[ \n]++(?!\d))",
        "dotted_part": r"(?P<m>{TWO})[ ]{{0,3}}[./][ ]{{0,3}}(?=(?:[上中下初]旬|末)(?:頃|ごろ)?(?:[ \n]|$))",
        "dotted_season": r"[ ]{{0,3}}[./・][ ]{{0,3}}(?P<s>{SEASON})(?:季|期)?{STOP}",
        "season": r"{J}(?P<s>{SEASON})(?:季|期)?{STOP}",
        "inexact": r"{J}(?:(?P<any>{ANYWHERE})|(?P<end>{ATEND}){STOP}(?:{ANYWHERE})?|(?P<within>{WITHIN}){STOP})",
        "opens": r"{J}(?:(?P<after>{AFTER})|(?P<before>{BEFORE}))",
        "weekday": r"{J}(?:{OPEN}{G}(?P<days>{WEEKDAY}(?:[ ]?(?:[・･/／、,，~～〜-]|[）)][（(])?[ ]?{WEEKDAY}){{0,6}})"
        r"{G}{CLOSE}|(?P<days>{SIGNS}曜日?)(?![・･]?(?!午[前後])[^\W\d_]))",
        "weekday_sign": r"{WEEKDAY}",
        "clock": r"{J}" + clock,
        "clock_to": r"[ ]?(?:{WAVE}|{DASH}|{FROM})[ ]?" + clock + r"(?:{UNTIL})?",
        "iso_span": r"\d{{4}}-\d\d(?:-\d\d)?(?P<to>/)\d{{4}}-\d\d(?:-\d\d)?(?![-/\d])",
        "clock_open": r"[ ]?(?:{WAVE}|{FROM})(?=[ \n]|$)",
        "clock_held": r"{DASH}|{FROM}",
        "range_sign": r"[ \n]*+(?:(?P<wave>{WAVE}{{1,3}}+)|(?P<dash>{DASH}{{1,3}}+)|(?P<word>{FROM}))[ \n]*+",
        "list_sign": r"(?:[ \n]*+{COMMA}[ \n]*+|[ ]*+{AND}[ \n]*+)",
        "until": r"[ ]?{UNTIL}",
        "open_start": r"{WAVE}{{1,3}}+[ ]*+",
        "era_alone": r"(?P<name>{MODERN})(?:時代|期|年間|の部|以降)?",
        "join": r"{J}",
        "after_ditto": r"(?P<a>{TWO})(?:[ ]{{0,3}}[.・][ ]{{0,3}}(?P<b>{TWO}))?(?:\.(?![ ]?\d))?(?![./・\d])",
        "behind": r"{J}(?:{BEHIND}(?=[ \n]|$)|{OPEN}{NOTKNOWN}{CLOSE})",
        "part_of_year": r"{J}(?:第[ ]?(?P<quarter>[1-4一二三四])[ ]?{QUARTER}|(?P<half>{HALVES})){STOP}",
        "about": r"(?:頃|ごろ|ころ)",
        "stop": r"[ \n]|$",
        "century": r"{G}(?P<century>世紀)",
        "cell_list": r"[ ]*+\n[ \n]*+",
        "goes_on": r"{not_weak_particles}?+{not_particles}",
        "kana": r"{not_kana}",
        "weak": r"{not_weak_particles}",
        "counts": r"{not_counts}",
        "word": r"[\p{{L}}\p{{N}}]",
        "wave": r"{WAVE}",
        "open_word": r"[ ]?{FROM}(?=[ \n]|$)",
        "open_wave": r"(?P<sign>{WAVE}{{1,3}}+(?P<stop>(?=[ ]*+(?:\n|$)))?|{WAVE}{{1,3}}+|{DASH}(?P<stop>(?=[ ]*+(?:\n|$)))"
        r"|[ ]{{1,4}}{WAVE}{{1,3}}+(?:(?P<stop>(?=[ ]*+(?:\n|$)))|(?=[ ])))",
        "decoration": r"(?:(?!{SQUARE}|['’‘]\d)[\p{{P}}\p{{S}}\sー])*+",
        "stop_or_sign": r"[ \n]|$|[^\p{{L}}\p{{N}}]|{UNTIL}",
        "cell_tail": r"{OPEN}?(?:{not_cell_tail}){CLOSE}?",
        "sentence": r"[）)」』】〕］\]〉》。％%℃°./]|[,，][0-9]",
        "plain": r"(?:(?:(?P<era>{MODERN}){G}(?P<n>{FIRST}|[1-9]\d?)|(?P<w>(?:1[89]|20)\d\d)){G}年{J})?"
        r"(?P<m>\d{{1,2}}){G}月{J}(?P<d>\d{{1,2}}){G}日(?=[ ]*+(?:$|[^ \n\p{{N}}{CONTINUE}]))",
        "first": r"[{BLANKS}]*+(?:[{START}]|[.．・･][{BLANKS}]*+[.．・･0-9０-９])",
    }
    return {name: pattern.format_map(part) for name, pattern in table.items()}


def _year_patterns(year: str) -> dict[str, str]:
    one = r"(?:{ERA}{G}(?:{FIRST}|{NUM})|(?:{WEST}[ ]?)?(?:\d{{3,4}}|[{KANJI}]{{3,9}}+)(?!\d))"
    return {
        "era_year": r"(?P<era>{ERA}){G}(?P<n>{FIRST}|{NUM})",
        "era_span": r"(?P<era>{ENDED})(?:(?:[・、，,/／]|{WAVE}|{DASH}|{FROM})?(?P<until>{ENDED}))?"
        r"(?:{ERAWHOLE}(?P<part>{ERAPART})?|(?P<part>の?{ERAPART})){STOP}",
        "era_years": r"{J}{OPEN}(?P<a>\d{{3,4}})年?[ ]?(?:{WAVE}|{DASH})[ ]?(?P<b>\d{{2,4}})年?{CLOSE}",
        "doubt": r"{OPEN}?[?？]{CLOSE}?(?=[ \n]|$)",
        "count_behind": r"[ ]{{1,3}}/[ ]{{1,3}}(?P<n>{FIRST}|\d{{1,2}})(?=[ \n]|$)",
        "unknown_year": r"(?P<era>{UNKNOWN}){G}(?P<n>{FIRST}|{NUM}){G}年",
        "next_era": r"{NEXT}[ ]?(?={ERA})",
        "western": r"(?:(?P<said>{WEST}){G}(?P<w>\d{{1,4}}|[{KANJI}]{{1,9}}+)|(?P<w>\d{{4}}|[{KANJI}]{{4,9}}+))(?!\d)",
        "old_western": r"(?P<w>\d{{3}})(?!\d)",
        "count_in_brackets": r"[ ]?[（(][ ]?(?P<n>{FIRST}|{TWO})[ ]?[）)](?=[ ]{{0,3}}(?:[./・年]|頃|ごろ|$|[ \n]))",
        "quoted": r"['’‘](?P<w>\d\d)(?!\d)",
        "bare_year": r"(?P<n>{FIRST}|{TWO})",
        "year_behind": r"(?:(?:{SEASON})(?:季|期)?|(?:{ATEND})(?:{ANYWHERE})?|{AFTER}|{BEFORE})(?=[ \n]|$)",
        "same_year": r"(?:{SAME}|(?P<sign>{DITTO}|{NEXT})){G}(?P<n>{FIRST}|{TWO})",
        "step_year": r"(?:(?P<next>{NEXT})|{SAME}|{DITTO})[ ]?年(?P<fiscal>度)?",
        "cycle": r"(?P<blank>{J})(?P<stem>{STEM})(?P<branch>{BRANCH})(?:の?[年歳](?!{not_year_named}))?"
        r"|{J}(?P<open>{OPEN}){G}(?P<stem>{STEM})(?P<branch>{BRANCH})年?{G}{CLOSE}年?"
        r"|(?P<branch>{BRANCH})(?:の?年(?!{not_year_named})|(?={TWO}{G}月|{NEWYEAR}))",
        "cycle_ends": r"[ \n]|$|[^\p{{L}}\p{{N}}]|(?:{LEAP}[ ]?)?{TWO}{G}月|{NEWYEAR}|{SEASON}{STOP}|{ANYWHERE}",
        "cycle_word": r"(?:の?年)?{not_cycle}",
        "unit": r"{G}年(?:(?P<fiscal>度)(?!間)|(?P<decade>代)|(?!{not_year}))",
        "unit_loose": r"{G}(?:年(?:(?P<fiscal>度)|(?P<decade>代)|(?!{not_year_named}))|(?P<century>世紀))",
        "gloss": r"{J}(?:[/／]{J})?{OPEN}{G}(?P<in>"
        + r"(?:{STEM}{BRANCH}年?[ ]?[・、,，/／]?[ ]?)?"
        + one
        + r"(?:{G}年度?)?(?:[ ]?(?:[/／・、,，]|から|～|=|＝)?[ ]?"
        + one
        + r"(?:{G}年度?)?){{0,2}}(?:[ ]?[・、,，/／]?[ ]?{STEM}{BRANCH}年?)?)"
        r"(?:[ ]?(?P<m>\d{{1,2}})月(?:[ ]?(?P<d>\d{{1,2}})日)?)?{G}{CLOSE}",
        "gloss_year": year + r"{G}(?:年(?P<fiscal>度)?)?",
        "beside": r"(?P<sep>[ \n]*+[/／・=＝]?[ \n]*+)"
        + year
        + r"(?:{G}(?P<unit>年)(?P<fiscal>度)?|(?=[ \n]|$))(?P<apart>(?=[ \n]|$|{TWO}{G}月))?",
    }


def _month_and_day_patterns() -> dict[str, str]:
    month = r"{J}(?:(?P<leap>{LEAP})[ ]?)?(?:(?P<m>{TWO}){G}月(?!{%s})|(?P<new>{NEWYEAR}))"
    day = r"{J}(?:(?P<d>{TWO}){G}日(?!{%s})|(?P<last>{LAST})|(?P<first>{FIRSTDAY})(?![\p{{L}}\p{{N}}]))"
    return {
        "month": month % "not_month",
        "month_named": month % "not_month_named"
        + r"|{J}(?P<name>{MONTHS})(?={TWO}日|{LAST}|{FIRSTDAY}|{STOP})",
        "month_beside": r"(?<=[12][0-9]{{3}})[ \n]{{1,3}}(?:1[0-2]|0?[1-9])[ ]?月(?!間)",
        "month_again": r"[ \n]{{1,8}}(?P<m>{TWO})月(?={G}{TWO}日)",
        "step_month": r"{J}(?:(?P<next>{NEXT})|{SAME}|{DITTO})[ ]?月(?!間)",
        "day_in_brackets": r"{J}{OPEN}{G}(?P<d>{TWO}){G}日{G}{CLOSE}",
        "day": day % "not_day",
        "day_named": day % "not_day_named",
        "step_day": r"{J}(?:(?P<next>{NEXT})[ ]?|{SAME}[ ]{{0,6}}+|{DITTO}[ ]?)日(?!常|本|程|付(?!け?(?:[ \n]|$))|立)",
        "bare_number": r"{J}(?P<n>{TWO})(?!\d)",
    }


def _dotted_patterns() -> dict[str, str]:
    """Numbers with a sign between them: behind a year, and alone."""
    return {
        "dotted": r"[ ]{{0,3}}(?P<sep>[./・-])[ ]{{0,3}}(?P<m>{TWO})(?:(?P<unit>[ ]?月)|"
        r"[ ]{{0,3}}(?P=sep)[ ]{{0,3}}(?P<d>{TWO})(?:日|[ ]日(?![\p{{L}}]))?(?:\.(?![ ]?\d))?|(?P<trail>\.(?![ ]?\d)))?",
        "bare_dotted": r"(?P<a>{TWO})[ ]{{0,3}}(?P<sep>[./])[ ]{{0,3}}(?P<b>{TWO})"
        r"(?:[ ]{{0,3}}(?P=sep)[ ]{{0,3}}(?P<c>{TWO}))?(?P<trail>\.(?![ ]?\d))?(?![./\d])",
        "middle_day": r"(?P<a>1[0-2]|[1-9])(?P<sep>・)(?P<b>3[01]|[12]\d|[1-9])(?![\d・.])(?=[ \n]|$|{WAVE}|{COMMA})",
        "padded_day": r"(?P<m>0[1-9]|1[0-2])/(?P<d>0[1-9]|[12]\d|3[01])(?![/\d.])",
        "padded_month": r"(?P<m>0[1-9]|1[0-2])/(?=[^\W\d_])",
        "dash_day": r"[ ]{{0,3}}\.?[ ]{{0,3}}[―—–ー─－‐-](?=[ \n]*$)",
        "first_dotted": r"{FIRST}[ ]{{0,3}}\.[ ]{{0,3}}(?P<b>{TWO})(?:[ ]{{0,3}}\.[ ]{{0,3}}(?P<c>{TWO}))?"
        r"(?:\.(?![ ]?\d))?(?![./\d])",
        "empty_before": r"(?:\.[ ]{{0,3}}|(?:[.・][ ]{{0,3}}){{2,3}}+)(?=[\d{KANJI}])",
        "empty_behind": r"(?:[ ]{{0,3}}[.・]){{2,3}}+(?=[ \n]|$)",
        "empty_day": r"(?:[ ]{{0,3}}[.・]){{1,2}}+(?=[ \n]|$)",
        "middle_dotted": r"(?P<a>{TWO})[ ]{{0,3}}(?P<sep>・)[ ]{{0,3}}(?P<b>{TWO})[ ]{{0,3}}・[ ]{{0,3}}(?P<c>{TWO})"
        r"(?![./・\d])",
    }


def _other_patterns() -> dict[str, str]:
    """What carries on, what only looks like a date, and what is misprinted."""
    return {
        "compact": r"(?P<y>(?:1[89]|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)",
        "era_behind": r"(?:[ ]?{OPEN}{MODERN}{CLOSE})?(?:[ ]?{STEM}{BRANCH})?",
        "name_behind": r"{not_day_kanji}",
        "digit_before_month": r"\d[ \n]*+月",
        "misprint": r"{ERA}{G}(?:\d{{1,2}}|{FIRST})[ ]?月[ ]?\d{{1,2}}[ ]?月",
        "year_word": r"年(?P<fiscal>度)?(?=(?:{ATEND})(?:[ \n]|$))",
        "carry": r"(?:(?P<next>{NEXT})|{SAME}|{DITTO}){J}",
        "row_sign": r"[ \n]*+(?:{WAVE}|{DASH}|{COMMA}|{AND})",
        "about_number": r"[ ]{{0,3}}(?:頃|ごろ|ころ)(?=[ \n]|$)",
        "part_behind": r"(?=(?:[上中下初]旬|末)(?:頃|ごろ)?(?:[ \n]|$))",
        "part_of_month": r"(?=[上中下初]旬(?:頃|ごろ)?(?:[ \n]|$))",
    }
