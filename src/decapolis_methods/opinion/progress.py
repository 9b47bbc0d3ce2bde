"""How an analysis says how far it is: a word of the code, what is done and of how much (0 where nobody knows)."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with a phase ("placing", "repeating", "counting"), what is done, and of how much."""


def silent(_phase: str, _done: int, _total: int) -> None:
    """Say nothing."""
