"""The worker: takes one job after the other, gives lost ones back, and enqueues what the schedule says."""

import os
import signal
import time
from types import FrameType

import structlog
from django.conf import settings
from django.db import Error, connections

from decapolis.plumbing.clock import now
from decapolis.plumbing.jobs import store
from decapolis.plumbing.jobs.registry import scheduled
from decapolis.plumbing.jobs.running import perform
from decapolis.plumbing.maintenance import current

PAUSE = 0.25
"""Seconds until an idle worker looks again; so it also hears within that time that it is to stop."""
TENDING = 5.0
"""Seconds between two looks after lost jobs and the schedule."""

log = structlog.get_logger("decapolis.plumbing.jobs")


class Worker:
    """Works until it is told to stop, or until the process that started it is gone (`parent`)."""

    def __init__(self, parent: int | None = None) -> None:
        self.parent = parent
        self.is_stopping = False
        self.is_cut_off = False
        self._tended_at = float("-inf")

    def listen(self) -> None:
        """Stop on TERM and INT, after the job in hand."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self.stop)

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Take no further job."""
        self.is_stopping = True

    def work(self) -> None:
        """Do jobs and wait for jobs."""
        while not self._is_to_stop():
            if not self._turn():
                connections.close_all()  # an idle reader would keep SQLite's log of changes from being emptied
                time.sleep(PAUSE)
        self._leave()

    def work_off(self) -> None:
        """Do what is due now, and stop."""
        while not self._is_to_stop() and not current(settings.DATA) and work_once():
            pass
        self._leave()

    def _turn(self) -> bool:
        """Do one job; answers whether there was one. A database that is away for a while ends no worker.

        While somebody works on the site none is taken.
        """
        if current(settings.DATA):
            return False
        try:
            self._tend()
            found = work_once()
        except Error:
            self._note_database(is_there=False)
            return False
        self._note_database(is_there=True)
        return found

    def _note_database(self, *, is_there: bool) -> None:
        """Log once that the database is away, and once that it is back."""
        if is_there == self.is_cut_off:
            self.is_cut_off = not is_there
            log.warning("worker reached the database again" if is_there else "worker lost the database")

    def _tend(self) -> None:
        if time.monotonic() - self._tended_at >= TENDING:
            self._tended_at = time.monotonic()
            tend()

    def _leave(self) -> None:
        try:
            store.leave()
        except Error:
            log.warning("worker lost the database")

    def _is_to_stop(self) -> bool:
        return self.is_stopping or (self.parent is not None and os.getppid() != self.parent)


def work_once() -> bool:
    """Do one job that is due; answers whether there was one."""
    run = store.take()
    if run is None:
        return False
    perform(run)
    return True


def tend() -> None:
    """Take the jobs of lost workers back, enqueue what the schedule says, and give a sign of life."""
    lost = store.reap()
    if lost:
        log.warning("workers were lost", jobs=lost)
    moment = now()
    for registered in scheduled():
        if registered.schedule:
            store.enqueue_slot(registered, registered.schedule.slot(moment))
    store.sign()
