"""A worker that also knows the jobs of the tests: run as a process of its own, to be stopped or killed."""

import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    import_module("decapolis.plumbing.jobs.tests.trial_jobs")
    sys.exit(import_module("decapolis.web.commands.work").main(sys.argv[1:]))
