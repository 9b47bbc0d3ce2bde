"""What a file of places raises that cannot be taken: one sentence with the feature and the remedy."""

from pathlib import Path

from decapolis.plumbing.failures import Failure


class PlaceFault(Failure):
    """A file, or one feature of it (counted from 1), that cannot be taken as it is. Nothing of the file is kept."""

    def __init__(self, path: Path, feature: int | None, what: str, remedy: str) -> None:
        place = f"{path}, feature {feature}" if feature else f"{path}"
        super().__init__(f"{place}: {what} {remedy}")
        self.feature = feature
        self.what = what
        self.remedy = remedy
