"""What ends a command: one sentence for the person at the keyboard, and no traceback."""


class Failure(Exception):  # noqa: N818  # it is told, not debugged: "Failure: the port is taken"
    """One clear sentence: what is wrong, and what to do. The command line prints it and ends with status 2."""
