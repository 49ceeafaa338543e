"""Runs tasks one after the other or in several processes; the results come in the order of the tasks.

Takes a function, tasks, and how many processes there may be. Gives one result a task, always.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")
R = TypeVar("R")
_FEWEST = 4  # with fewer sources, starting processes takes longer than it saves


def run_tasks(
    run: Callable[[T], R],
    tasks: Sequence[T],
    workers: int | None,
    done: Callable[[R], None] | None,
    died: Callable[[T], R],
) -> list[R]:
    """`run` of each task, in order; `done` hears of each as it comes.

    `died` gives the result of a task whose process was ended; the tasks that were in flight with it
    are run again, each in a process of its own, so that only the one that kills is lost.
    """
    count = min(workers or (os.cpu_count() or 1), len(tasks))
    if count <= 1 or (workers is None and len(tasks) < _FEWEST):
        return [_tell(run(task), done) for task in tasks]
    results = _run_pool(run, tasks, count, done)
    for place, task in enumerate(tasks):
        if place not in results:
            alone = _run_pool(run, [task], 1, done)
            results[place] = alone[0] if alone else _tell(died(task), done)
    return [results[place] for place in range(len(tasks))]


def _run_pool(
    run: Callable[[T], R], tasks: Sequence[T], count: int, done: Callable[[R], None] | None
) -> dict[int, R]:
    """The results of the tasks that came to an end, by place; some are missing where a process died."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool

    results: dict[int, R] = {}
    fresh = multiprocessing.get_context("spawn")  # a fork would copy threads of Arrow and of the progress bar
    with ProcessPoolExecutor(count, mp_context=fresh) as pool:
        futures: dict[Future[R], int] = {pool.submit(run, task): place for place, task in enumerate(tasks)}
        for future in as_completed(futures):
            try:
                results[futures[future]] = _tell(future.result(), done)
            except BrokenProcessPool:
                continue
    return results


def _tell(result: R, done: Callable[[R], None] | None) -> R:
    if done:
        done(result)
    return result
