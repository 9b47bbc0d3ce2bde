"""The default mode: what the research on such conversations recommends, sparse and deterministic throughout."""

from decapolis_methods.opinion.default.method import VERSION, analyse_default

__all__ = ["VERSION", "analyse_default"]
