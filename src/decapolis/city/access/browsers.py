"""The family of a browser: enough to know one's own session again, and no more."""

FAMILIES = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))


def family(agent: str) -> str:
    """Name of the family in what a browser says of itself; empty where it is none of the known."""
    return next((name for mark, name in FAMILIES if mark in agent), "")
