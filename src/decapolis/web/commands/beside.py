"""A worker beside the site: started with it, again if it ends by itself, and stopped with it. Standard library only."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

COMMAND = (sys.executable, "-m", "decapolis", "work", "--parent")
AGAIN_AFTER = 2.0
"""Seconds until a worker that ended by itself is started again."""
PATIENCE = 30.0
"""Seconds that a worker may take for the job in hand when the site stops; then the job is left to the next one."""


@contextmanager
def worker_beside() -> Iterator[None]:
    """Have a worker as long as the block runs."""
    is_over = threading.Event()
    keeper = threading.Thread(target=_keep_one, args=(is_over,), name="keeper of the worker")
    keeper.start()
    try:
        yield
    finally:
        is_over.set()
        keeper.join()


def _keep_one(is_over: threading.Event) -> None:
    while not is_over.is_set():
        with subprocess.Popen([*COMMAND, str(os.getpid())]) as worker:
            while not is_over.wait(0.1) and worker.poll() is None:
                pass
            _stop(worker)
        is_over.wait(AGAIN_AFTER)


def _stop(worker: "subprocess.Popen[bytes]") -> None:
    worker.terminate()
    with suppress(subprocess.TimeoutExpired):
        worker.wait(PATIENCE)
    worker.kill()
