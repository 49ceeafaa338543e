"""One run over many sources: plan, read what is new, settle files of one edition, compare neighbours.

Takes paths and options. Gives a `Result`: a Summary for each source, and what each new edition changed.
A source that fails never stops the others, and the number of workers changes nothing in the tables.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError
from pipeline.mistakes import word_mistake
from pipeline.neighbours import Compared, compare_neighbours
from pipeline.opening import open_beside
from pipeline.rules.load import Rules, load_rules
from pipeline.sources import Job, Settings, find_jobs, find_rules, read_settings
from pipeline.state import Made, find_unchanged, hash_code, hash_file, read_state, write_state
from pipeline.summary import BUILT, FAILED, SET_ASIDE, UNCHANGED, Summary, fail
from pipeline.tables.beside import write_beside
from pipeline.twins import settle_twins
from pipeline.workers import run_tasks

if TYPE_CHECKING:
    from pipeline.tables.write import Write

Tick = Callable[[Summary], None]


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is done. `rules` wins over `rules.toml` beside the sources; `workers` None: as many as fit.

    `is_beside`: a single source has its tables written by a process of their own.
    """

    series: str | None = None
    rules: Path | None = None
    force: bool = False
    password: str | None = None
    workers: int | None = None
    is_beside: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One source to be read in this run; `version` covers all that its tables follow from."""

    path: Path
    out: Path
    settings: Settings
    rules: Path | None
    password: str | None
    version: str
    is_beside: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What a run did: a summary for each source in the order of the jobs, and comparisons of editions."""

    summaries: tuple[Summary, ...]
    compared: tuple[Compared, ...]
    out: Path


def build_all(
    paths: Iterable[Path], out: Path, options: Options, tick: Callable[[int], Tick] | None = None
) -> Result:
    """Reads every source under these paths into tables under `out`.

    `tick` is called with the number of sources to be read and gives what is called for each one done.
    SourceError where a path is not there or holds no source, RulesError for a bad `options.rules`;
    what fails in a single source is told in its Summary.
    """
    jobs = find_jobs(paths, out, options.series)
    if options.rules:
        _load(options.rules)
    plans = [_plan(job, out, options) for job in jobs]
    unread = [plan for plan in plans if isinstance(plan, Task)]
    done = dict(zip((id(task) for task in unread), _run(unread, options, tick), strict=True))
    read = [done[id(plan)] if isinstance(plan, Task) else plan for plan in plans]
    summaries: list[Summary] = []
    compared: list[Compared] = []
    for name in sorted({job.series for job in jobs}):
        places = [place for place, job in enumerate(jobs) if job.series == name]
        members = [(jobs[place], plans[place], read[place]) for place in places]
        settled = _settle_series(members, out, options)
        summaries += settled
        built = {each.edition for each in settled if each.status == BUILT}
        compared += compare_neighbours(out, name, built)
    return Result(tuple(summaries), tuple(compared), out)


def run_task(task: Task) -> Summary:
    """Reads one source; what goes wrong is told in the Summary, whatever it is."""
    try:
        with write_beside() if task.is_beside else nullcontext() as write:
            return _read(task, write)
    except PipelineError as error:
        return fail(task.path, task.settings.series, str(error))
    except Exception as error:  # one source's trouble, even a mistake of ours, must not end the others
        return fail(task.path, task.settings.series, f"{task.path.name}: {word_mistake(error)}")


def _read(task: Task, write: Write | None) -> Summary:
    rules = _load(task.rules)
    document = open_beside(task.path, task.password, rules)
    from pipeline.build import build_edition  # all stages, which a PDF's reading loads while it waits

    return build_edition(
        task.path, task.out, settings=task.settings, rules=rules, document=document, write=write
    )


@cache
def _load(path: Path | None) -> Rules:
    return load_rules(path)


def _plan(job: Job, out: Path, options: Options) -> Task | Summary:
    """The task of reading this source, or its summary where it need not be read or cannot be."""
    rules = options.rules or find_rules(job.path)
    try:
        said = read_settings(job.path.parent)
        version = _version(job, _load(rules), repr(said))
    except PipelineError as error:
        return fail(job.path, job.series, str(error))
    settings = Settings(job.series, said.title, expected=said.expected)
    task = Task(job.path, out, settings, rules, options.password, version)
    if options.force:
        return task
    made = read_state(out / job.series).get(job.path.name)
    return find_unchanged(made, version, out / job.series) or task


def _version(job: Job, rules: Rules, settings: str) -> str:
    said = "\n".join((hash_code(), rules.version, settings, job.series, job.path.name, hash_file(job.path)))
    return hashlib.sha256(said.encode()).hexdigest()


def _run(tasks: list[Task], options: Options, tick: Callable[[int], Tick] | None) -> list[Summary]:
    if options.is_beside and len(tasks) == 1:
        tasks = [replace(tasks[0], is_beside=True)]
    done = tick(len(tasks)) if tick and tasks else None
    return run_tasks(run_task, tasks, options.workers, done, _died)


def _died(task: Task) -> Summary:
    message = f"{task.path.name}: the process that read it was ended from outside, perhaps for want of memory"
    return fail(task.path, task.settings.series, message)


Member = tuple[Job, Task | Summary, Summary]


def _settle_series(members: list[Member], out: Path, options: Options) -> list[Summary]:
    """The summaries of one series after files of one edition were settled; keeps its state."""
    folder = out / members[0][0].series
    state = read_state(folder)
    paths = {job.path.name: job.path for job, _, _ in members}
    summaries = {job.path.name: summary for job, _, summary in members}
    known = {name: made.group for name, made in state.items()}
    for decision in settle_twins(_with_earlier(summaries, state, members), known):
        path = paths.get(decision.used.source, members[0][0].path.parent / decision.used.source)
        settings = replace(_settings_of(members), edition=decision.edition, rivals=decision.rivals)
        task = Task(path, out, settings, options.rules or find_rules(path), options.password, "")
        used = run_task(task)
        summaries[path.name] = replace(used, group=decision.group)
        for other in decision.set_aside:
            summaries[other.source] = replace(
                other, status=SET_ASIDE, edition=decision.edition, group=decision.group
            )
    _keep_state(folder, state, members, summaries)
    return [summaries[name] for name in (*paths, *sorted(set(summaries) - set(paths)))]


def _settings_of(members: list[Member]) -> Settings:
    said = read_settings(members[0][0].path.parent)
    return Settings(members[0][0].series, said.title, expected=said.expected)


def _with_earlier(
    summaries: dict[str, Summary], state: dict[str, Made], members: list[Member]
) -> Iterator[Summary]:
    """The sources of this run, and those of earlier runs that still lie beside them."""
    yield from (each for each in summaries.values() if each.status != FAILED)
    folder = members[0][0].path.parent
    for name, made in state.items():
        if name not in summaries and hash_file(folder / name) == made.summary.sha256:
            aside = made.summary.status == SET_ASIDE
            yield made.summary if aside else replace(made.summary, status=UNCHANGED)


def _keep_state(
    folder: Path, state: dict[str, Made], members: list[Member], summaries: dict[str, Summary]
) -> None:
    """Writes how each source was made; one that failed is forgotten, so that it is read again."""
    if not folder.is_dir():
        return
    versions = {job.path.name: plan.version for job, plan, _ in members if isinstance(plan, Task)}
    kept = dict(state)
    for name, summary in summaries.items():
        kept.pop(name, None)
        version = versions.get(name) or (state[name].version if name in state else "")
        if summary.status != FAILED and version:
            package = hash_file(folder / summary.edition / "datapackage.json")
            kept[name] = Made(version, package, summary.group, summary)
    write_state(folder, kept)
