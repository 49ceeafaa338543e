"""Dates that stand in a row, and texts below them: paired where the counts agree, told where they do not."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model import Reading
from pipeline.parse import untear
from pipeline.parse.memo import plain_texts
from pipeline.parse.sheet import make_sheet
from pipeline.read.text import read_text
from pipeline.rules.load import load_rules
from tests.made_documents import cut, entries, plain

DATES = "1990年4月\n1991年5月\n1993年6月\n1994年7月\n"


def test_as_many_texts_as_dates_are_paired() -> None:
    text = f"{DATES}組合を設立\n本店を移転\n支店を開設\n名称を変更"
    assert entries(plain(text)) == [
        ("1990-04", "組合を設立"),
        ("1991-05", "本店を移転"),
        ("1993-06", "支店を開設"),
        ("1994-07", "名称を変更"),
    ]
    assert "dates_without_texts" not in [finding.code for finding in cut(plain(text)).findings]


def test_dates_that_no_text_can_be_given_to_are_told() -> None:
    reading = cut(plain(f"{DATES}組合を設立\n本店を移転"))
    (finding,) = (each for each in reading.findings if each.code == "dates_without_texts")
    assert "4 dates in a row (to line 4)" in finding.message
    assert "found 2 lines" in finding.message
    source = reading.document.text
    assert source[finding.start : finding.end] == DATES.rstrip("\n")


def test_two_dates_in_a_row_may_be_a_misprint() -> None:
    reading = cut(plain("1990年4月\n1991年5月\n組合を設立"))
    assert "dates_without_texts" not in [finding.code for finding in reading.findings]


def test_lines_as_likely_as_each_other_are_put_together_alike_every_time() -> None:
    """Wherever the steps lie in memory: copies made in another order give the same paragraphs."""
    rules = load_rules()
    text = "\n".join(["組合の事務所を本町に移し業務を始め"] * 9)
    sheet = make_sheet(Reading(document=read_text(text.encode(), "a.txt")))
    steps = [step for step in plain_texts(sheet, rules) if step is not None]
    assert len(steps) == 9
    found = set()
    for turn in range(9):
        order = [*range(turn, 9), *range(turn)][:: 1 if turn % 2 else -1]
        copies = {place: replace(steps[place]) for place in order}
        texts = [copies[place] for place in range(9)]
        *_, last = untear._hypotheses(sheet, texts, 5, rules)
        found.add(tuple(tuple(step.lines for step in paragraph) for paragraph in last))
    assert len(found) == 1
