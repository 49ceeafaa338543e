"""The command line: build, check, diff, show. Takes arguments, calls what does the work, says the result.

Results go to standard output, everything else to standard error. Exit code 0: done, or no difference;
1: findings of severity error, or editions differ; 2: could not run.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import __version__
from pipeline.errors import PipelineError
from pipeline.mistakes import word_mistake

if TYPE_CHECKING:
    from pipeline.summary import Summary

DONE, FOUND, FAILED = 0, 1, 2
FORMATS = ("text", "json", "md", "csv", "html")
_PATH = click.Path(path_type=Path)
_out = click.option(
    "--out",
    type=_PATH,
    default=Path("output"),
    show_default=True,
    metavar="DIR",
    help="Folder for the tables.",
)
_password = click.option(
    "--password", metavar="WORD", help="Opens an encrypted PDF; - asks for it without showing it."
)
_rules = click.option(
    "--rules",
    type=_PATH,
    metavar="FILE",
    help="A TOML file with rules of your own, added to the shipped ones.",
)


class Command(click.Command):
    """A command whose broken assumptions end in one sentence and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """The command's exit code."""
        try:
            code = super().invoke(ctx)
        except PipelineError as error:
            say(f"nenpyo: {error}")
            code = FAILED
        except (click.exceptions.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            say(f"nenpyo: {word_mistake(error)}")
            code = FAILED
        ctx.exit(code or DONE)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="nenpyo")
def main() -> None:
    """Reads Japanese chronologies (これまでの経過, 沿革, 年表) into tables, and says what changed."""


@main.command(cls=Command)
@click.argument("paths", nargs=-1, type=_PATH, metavar="[PATH]...")
@_out
@click.option("--series", metavar="NAME", help="Name of the series; by default that of the source's folder.")
@_rules
@click.option("--force", is_flag=True, help="Read every source, also what is as it was.")
@_password
@click.option("--workers", type=click.IntRange(1), metavar="N", help="How many processes may read at once.")
def build(
    paths: tuple[Path, ...],
    out: Path,
    series: str | None,
    rules: Path | None,
    force: bool,
    password: str | None,
    workers: int | None,
) -> int:
    """Reads sources (files or folders; by default raw/) into tables under output/.

    Only what is new or changed is read; each new edition is compared with the one before.
    """
    from pipeline.series import Options, build_all
    from pipeline.summary import FAILED as NOT_READ
    from pipeline.terminal import render_build

    options = Options(series, rules, force, ask_password(password), workers, is_beside=True)
    result = build_all(paths or (Path("raw"),), out, options, progress if sys.stderr.isatty() else None)
    failed = [each for each in result.summaries if each.status == NOT_READ]
    for each in failed:
        say(f"nenpyo: {each.error}")
    if len(failed) < len(result.summaries):
        click.echo(render_build(result), nl=False)
    if failed:
        return FAILED
    return FOUND if any(each.severities.get("error") for each in result.summaries) else DONE


@main.command(cls=Command)
@click.argument("old", type=_PATH)
@click.argument("new", type=_PATH)
@click.option("--out", type=_PATH, metavar="DIR", help="Output folder; by default that of the editions.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="Words for it."
)
@_rules
@_password
def diff(old: Path, new: Path, out: Path | None, form: str, rules: Path | None, password: str | None) -> int:
    """Says what NEW changed against OLD: two edition folders, or two source files.

    Links, changes and reports go to DIR/SERIES/diff/OLD..NEW/.
    """
    from pipeline.editions import diff_editions
    from pipeline.editions.report import render

    with tempfile.TemporaryDirectory(prefix="nenpyo-") as folder:
        word = ask_password(password)
        older, newer = (
            path if path.is_dir() else build_aside(path, Path(folder) / side, rules, word)
            for side, path in (("old", old), ("new", new))
        )
        default = new.resolve().parent.parent if new.is_dir() else Path("output")
        found = diff_editions(older, newer, out or default)
    click.echo(render(found, form), nl=False)
    return DONE if found.is_same else FOUND


@main.command(cls=Command)
@click.argument("folder", type=_PATH, default=Path("output"), metavar="[DIR]")
def check(folder: Path) -> int:
    """Looks over tables that stand in DIR (by default output/): do they keep the contract?"""
    from pipeline.inspect import check_all
    from pipeline.terminal import render_inspections

    inspections = list(check_all(folder))
    click.echo(render_inspections(inspections), nl=False)
    return FOUND if any(each.wrong or each.severities.get("error") for each in inspections) else DONE


@main.command(cls=Command)
@click.argument("source", type=_PATH)
@click.option(
    "--line", type=click.IntRange(1), metavar="N", help="A line of the source; by default the first entry."
)
@_rules
@_password
def show(source: Path, line: int | None, rules: Path | None, password: str | None) -> int:
    """Shows one entry on its way through every stage, and which rules made it so."""
    from pipeline.build import read_chronology
    from pipeline.rules.load import load_rules
    from pipeline.show import render_entry
    from pipeline.sources import find_rules

    loaded = load_rules(rules or find_rules(source))
    click.echo(
        render_entry(read_chronology(source, loaded, password=ask_password(password)), loaded, line), nl=False
    )
    return DONE


def build_aside(path: Path, out: Path, rules: Path | None, password: str | None) -> Path:
    """The edition folder of a source that is read only to be compared."""
    from pipeline.build import build_edition
    from pipeline.rules.load import load_rules
    from pipeline.sources import Settings, find_rules

    settings = Settings(path.resolve().parent.name or "series")
    loaded = load_rules(rules or find_rules(path))
    summary = build_edition(path, out, settings=settings, rules=loaded, password=password)
    return out / summary.series / summary.edition


def ask_password(password: str | None) -> str | None:
    """The password as given; `-` asks for it and shows nothing of what is typed."""
    if password != "-":
        return password
    return str(click.prompt("Password", hide_input=True, err=True))


def progress(count: int) -> Callable[[Summary], None]:
    """A progress bar on standard error, from the second source on; what to call for each source that is done."""
    if count < 2:
        return lambda summary: None
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    task = bar.add_task("reading", total=count)
    bar.start()

    def done(summary: Summary) -> None:
        bar.update(task, advance=1, description=summary.source)
        if bar.finished:
            bar.stop()

    return done


def say(message: str) -> None:
    """A sentence on standard error."""
    click.echo(message, err=True)
