"""Dates that stand in a row, and texts below them: paired where the counts agree, told where they do not."""

from __future__ import annotations

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
