"""The same work on many parts, on every core at once, the results in the order of the parts.

For registers of many rows only: to begin costs as much as some hundred rows. Where the system cannot fork, or has one
core, the work is done here, part after part.
"""

from __future__ import annotations

import marshal
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

_work: Callable[[Any], Any] | None = None


def in_order(work: Callable[[Any], Any], parts: Iterable[Any], *, aside: bool) -> Iterator[Any]:
    """Yield what `work` makes of each part.

    Args:
        work: a function of a part alone; it may know anything, but what it changes is lost. It must not touch a file
            or a database that is open here.
        parts: lists, tuples, texts, numbers and None; taken as they are needed, in this process.
        aside: whether it is worth while to do it in processes of their own.
    """
    if not aside or not _several():
        yield from map(work, parts)
        return
    import gc
    from multiprocessing import get_context

    global _work
    _work, usual = work, gc.get_threshold()
    gc.set_threshold(_SELDOM)
    cores = min(len(os.sched_getaffinity(0)), 8)
    pool = get_context("fork").Pool(cores, initializer=_quiet)
    waiting: deque[Any] = deque()
    try:
        for part in parts:
            waiting.append(pool.apply_async(_done, (marshal.dumps(part),)))
            if len(waiting) > 2 * cores:
                yield marshal.loads(waiting.popleft().get())
        while waiting:
            yield marshal.loads(waiting.popleft().get())
    finally:
        pool.terminate()
        pool.join()
        _work = None
        gc.set_threshold(*usual)


def _several() -> bool:
    return hasattr(os, "fork") and hasattr(os, "sched_getaffinity") and len(os.sched_getaffinity(0)) > 1


def _quiet() -> None:
    """Leave Ctrl-C to the process that waits for this one, and which then ends it."""
    import gc
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()


_SELDOM = 100_000
"""So many things more than before are made before any that go in circles are looked for.

Hardly any do here, and to look for them as often as usual takes a sixth of the time.
"""


def _done(part: bytes) -> bytes:
    if _work is None:
        raise ValueError("there is no work")
    return marshal.dumps(_work(marshal.loads(part)))
