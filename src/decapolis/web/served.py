"""The application as a web process loads it: in a process group of its own.

Ctrl-C in a terminal reaches every process of the group in the foreground. The server alone hears it and stops its
workers one by one; one that is told twice hangs until it is killed.
"""

import os

from decapolis.web.application import application

__all__ = ["application"]

os.setpgid(0, 0)
