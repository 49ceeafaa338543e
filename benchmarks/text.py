"""What reading text costs, beside ja-timex tagging the same text: ratios, measured side by side in one process.

`python -m benchmarks.text` prints three things: the reading of text (bytes to lines with places) and the
whole reading (every stage up to the checks) against ja-timex; how the cost grows with the text; and what
hostile lines take. Processor time, the least of several runs; ja-timex is skipped where it is missing.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.build import read_chronology
from pipeline.parse.dates import Said, find_date
from pipeline.read.source import open_source
from pipeline.rules.load import load_rules

SOURCE = Path(__file__).resolve().parents[1] / "raw" / "zenkoku-renkei" / "2024-03-08.txt"
RUNS = 5
HOSTILE = ("1" * 20000, "平成" * 10000, "（" * 20000, "1月" * 10000, "①" * 20000, "一" * 20000, "・" * 20000)


def least(work: Callable[[], object], runs: int = RUNS) -> float:
    """Seconds of processor time, the least of these runs."""
    found = []
    for _ in range(runs):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def compare() -> list[str]:
    """A line for each reader: seconds and the ratio to ja-timex."""
    rules, text = load_rules(), SOURCE.read_text("utf-8")
    ours = least(lambda: open_source(SOURCE))
    whole = least(lambda: read_chronology(SOURCE, rules))
    lines = [f"reading text            {ours:.3f} s", f"the whole reading       {whole:.3f} s"]
    if importlib.util.find_spec("ja_timex") is None:
        return [*lines, "ja-timex                skipped: not installed"]
    from ja_timex import TimexParser

    theirs = least(lambda: TimexParser().parse(text))
    lines.append(f"ja-timex, tags only     {theirs:.3f} s")
    lines.append(f"ja-timex / reading text {theirs / ours:.1f}")
    lines.append(f"ja-timex / whole        {theirs / whole:.2f}")
    return lines


def grow() -> list[str]:
    """Seconds for the chronology written 1, 2 and 4 times over, and the ratio to one."""
    rules, text = load_rules(), SOURCE.read_text("utf-8")
    body = text[: text.index(" 広域連携協定締結団体一覧")]
    lines, first = [], 0.0
    with TemporaryDirectory() as folder:
        for times in (1, 2, 4):
            path = Path(folder) / f"{times}.txt"
            path.write_text("\n".join([body] * times), "utf-8")
            cost = least(lambda path=path: read_chronology(path, rules), 2)  # type: ignore[misc]
            first = first or cost
            lines.append(f"{times} x the text            {cost:.3f} s, {cost / first:.1f} times one")
    return lines


def attack() -> list[str]:
    """Seconds that each hostile line takes, as a date and as a whole document."""
    rules = load_rules()
    lines = []
    with TemporaryDirectory() as folder:
        for sign in HOSTILE:
            path = Path(folder) / "hostile.txt"
            path.write_text(f"平成26年\n9月10日 総会\n{sign}\n", "utf-8")
            alone = least(lambda sign=sign: find_date(sign, Said(), rules.dates), 1)  # type: ignore[misc]
            whole = least(lambda path=path: read_chronology(path, rules), 1)  # type: ignore[misc]
            lines.append(f"{sign[:4]}… x {len(sign)}  date {alone:.3f} s, document {whole:.3f} s")
    return lines


def main() -> None:
    """Prints all three."""
    for name, lines in (("Text", compare()), ("Growth", grow()), ("Hostile lines", attack())):
        print(f"== {name}", *lines, sep="\n")


if __name__ == "__main__":
    main()
