"""`decapolis work [--once]`: do the jobs that wait, those of lost workers and those of the schedule, until stopped."""

import argparse
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from os import getpid

from decapolis.plumbing.jobs.worker import Worker, tend

AGAIN_AFTER = 2.0
"""Seconds until a worker that ended by itself is started again."""
PATIENCE = 30.0
"""Seconds that a worker may take for the job in hand when the site stops; then the job is left to the next one."""


def main(arguments: list[str]) -> int:
    """Work until TERM or Ctrl-C, and finish the job in hand then."""
    parser = argparse.ArgumentParser(prog="decapolis work", description="Do the jobs that wait, until stopped.")
    parser.add_argument("--once", action="store_true", help="do what is due now, and end")
    parser.add_argument("--parent", type=int, metavar="PID", help="end when this process, which started it, has ended")
    options = parser.parse_args(arguments)
    worker = Worker(options.parent)
    worker.listen()
    if options.once:
        tend()
        worker.work_off()
    else:
        worker.work()
    return 0


@contextmanager
def worker_beside() -> Iterator[None]:
    """Have a worker beside this process as long as the block runs; one that ends by itself is started again."""
    is_over = threading.Event()
    keeper = threading.Thread(target=_keep_one, args=(is_over,), name="keeper of the worker")
    keeper.start()
    try:
        yield
    finally:
        is_over.set()
        keeper.join()


def _keep_one(is_over: threading.Event) -> None:
    command = [sys.executable, "-m", "decapolis", "work", "--parent", str(getpid())]
    while not is_over.is_set():
        with subprocess.Popen(command) as worker:
            while not is_over.wait(0.1) and worker.poll() is None:
                pass
            _stop(worker)
        is_over.wait(AGAIN_AFTER)


def _stop(worker: "subprocess.Popen[bytes]") -> None:
    worker.terminate()
    with suppress(subprocess.TimeoutExpired):
        worker.wait(PATIENCE)
    worker.kill()
