"""What a file of places raises that cannot be taken: one sentence with the feature and the remedy."""

from pathlib import Path

from django.utils.translation import gettext as _

from decapolis.plumbing.failures import Failure


class PlaceFault(Failure):
    """A file, or one feature of it (counted from 1), that cannot be taken as it is. Nothing of the file is kept."""

    def __init__(self, path: Path, feature: int | None, what: str, remedy: str) -> None:
        where = _("%(file)s, feature %(feature)s") % {"file": path, "feature": feature} if feature else str(path)
        super().__init__(_("%(where)s: %(what)s") % {"where": where, "what": f"{what} {remedy}"})
        self.feature = feature
        self.what = what
        self.remedy = remedy
