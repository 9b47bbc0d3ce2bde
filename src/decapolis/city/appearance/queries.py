"""What was chosen and settled, for those who look after the site."""

from django.http import Http404

from decapolis.city.access.public import Permission, Viewer
from decapolis.city.appearance.models import ONLY, Appearance, Settled
from decapolis.plumbing.files.models import StoredFile


def chosen(viewer: Viewer) -> Appearance | None:
    """What the city chose, or None as long as it chose nothing."""
    _require(viewer)
    return Appearance.objects.select_related("logo").filter(pk=ONLY).first()


def settled(viewer: Viewer) -> dict[str, bool]:
    """Items of the checklist that need no more; true for those that are done, false for those put aside."""
    _require(viewer)
    return dict(Settled.objects.values_list("item", "is_done"))


def logo_named(viewer: Viewer, name: str) -> StoredFile:
    """The logo, by its random name: everybody sees it, and no other file."""
    del viewer
    found = Appearance.objects.select_related("logo").filter(pk=ONLY, logo__name=name).first()
    if found is None or found.logo is None:
        raise Http404
    return found.logo


def _require(viewer: Viewer) -> None:
    if not viewer.may(Permission.KEEP_INSTALLATION):
        raise Http404
