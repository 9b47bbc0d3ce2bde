"""`decapolis work [--once]`: do the jobs that wait, those of lost workers and those of the schedule, until stopped."""

import argparse

from decapolis.plumbing.jobs.worker import Worker, tend


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
