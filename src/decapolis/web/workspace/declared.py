"""Finds what the parts declare to the workspace."""

from functools import cache

from decapolis.plumbing.declaring import Signpost, declared


@cache
def signposts() -> dict[str, Signpost]:
    """Every page of the workspace, by its name in the addresses."""
    return {each.page: each for pages in declared("PAGES") for each in pages}
