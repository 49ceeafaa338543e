"""What building from a PDF costs, beside what pdfplumber alone needs for the characters of its pages.

`python -m benchmarks.pdf [FILE]` (the PDF of the test editions by default) runs each in a process of its own,
three times, and shows the best: seconds from start to end, peak memory of the process and of its children.
Then the same pages over and over, up to 1,000 of them, for how memory grows.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOOKALIKE = ROOT / "tests" / "pdf_editions" / "2024-03-08-lookalike.pdf"
LIMIT = 1.25  # of what pdfplumber alone needs: the most that a whole build may take
MOST_MEMORY = 256  # MiB, for the whole build
REPEATS = 3
COUNTS = (27, 270, 1000)

PEAK = """
import resource
print(max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024)
"""
PLUMBER = """
import pdfplumber
with pdfplumber.open({path!r}) as document:
    for page in document.pages:
        page.chars
        page.close()
"""
READ = """
from pathlib import Path
from pipeline.read.pdf import read_pdf
read_pdf(Path({path!r}), reader={reader!r})
"""
BUILD = """
import sys
from pipeline.cli import main
sys.argv = ["nenpyo", "build", {path!r}, "--series", "bench", "--force", "--out", {out!r}]
try:
    main()
except SystemExit:
    pass
"""
REPEAT = """
import pypdfium2
pages, made = pypdfium2.PdfDocument({path!r}), pypdfium2.PdfDocument.new()
for number in range({count}):
    made.import_pages(pages, [number % len(pages)])
made.save({out!r})
"""


@dataclass(frozen=True)
class Cost:
    """Seconds from start to end, and the peak memory of the largest process in MiB."""

    seconds: float
    memory: int


def measure(code: str, repeats: int = REPEATS) -> Cost:
    """The best of several runs, each in a new process."""
    runs = []
    for _ in range(repeats):
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", code + PEAK], cwd=ROOT, capture_output=True, text=True, check=True
        )
        runs.append(Cost(time.perf_counter() - start, int(done.stdout.split()[-1])))
    return min(runs, key=lambda run: run.seconds)


def main(arguments: list[str]) -> None:
    """Prints what was measured."""
    path = str(Path(arguments[0]).resolve() if arguments else LOOKALIKE)
    with tempfile.TemporaryDirectory() as folder:
        plumber = measure(PLUMBER.format(path=path))
        rows = {
            "pdfplumber, characters alone": plumber,
            "nenpyo, characters to Document": measure(READ.format(path=path, reader="pdfium")),
            "nenpyo, whole build": measure(BUILD.format(path=path, out=folder)),
        }
        print(f"{'':32} {'seconds':>8} {'of pdfplumber':>14} {'peak MiB':>9}")
        for name, cost in rows.items():
            share = cost.seconds / plumber.seconds
            print(f"{name:32} {cost.seconds:8.2f} {share:13.2f}x {cost.memory:9}")
        print(f"a whole build may take {LIMIT} x and {MOST_MEMORY} MiB\n")
        print(f"{'pages':>6} {'seconds':>8} {'ms a page':>10} {'peak MiB':>9}")
        for count in COUNTS:
            long = Path(folder) / f"{count}.pdf"
            # in a process of its own: what this one holds would count as its children's peak
            measure(REPEAT.format(path=path, count=count, out=str(long)), 1)
            cost = measure(READ.format(path=str(long), reader="pdfium"), 1)
            long.unlink()
            print(f"{count:6} {cost.seconds:8.2f} {1000 * cost.seconds / count:10.1f} {cost.memory:9}")


if __name__ == "__main__":
    main(sys.argv[1:])
