"""Polis's published algorithm, so that results can be compared with those of Polis."""

from decapolis_methods.opinion.polis.method import analyse_polis

__all__ = ["analyse_polis"]
