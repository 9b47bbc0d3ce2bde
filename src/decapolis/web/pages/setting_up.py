"""The checklist of a new city: what is still to do, why, and where."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from decapolis.city.access.public import Permission, Viewer, account_of, actor_of, holders, page, viewer_of
from decapolis.city.appearance import public as appearance
from decapolis.city.people.public import has_second_factor
from decapolis.city.places.public import are_there_places
from decapolis.plumbing.mail.public import can_write

BACKUP = "backup"


@dataclass(frozen=True)
class Item:
    """One thing to do. `address` is empty where it is done on the machine or by a button here."""

    key: str
    title: str | Promise
    why: str | Promise
    address: str
    is_done: bool
    is_aside: bool

    @property
    def is_open(self) -> bool:
        """Whether it is still to do."""
        return not (self.is_done or self.is_aside)


TITLES = {
    "name": (_("Give the city its name"), _("It stands on every page and in every letter.")),
    "logo": (_("Add the logo"), _("Residents see whose site this is.")),
    "colours": (_("Choose two colours"), _("The site looks like the city's others. Without them it has its own.")),
    "languages": (_("Choose the languages"), _("Residents find their own at the top of every page.")),
    "places": (_("Load the places"), _("Districts make it possible to say where something is.")),
    "colleagues": (_("Invite the first colleagues and give them roles"), _("Two people are needed to confirm roles.")),
    "factor": (_("Add a second factor to your account"), _("A stolen password alone then opens nothing.")),
    "mail": (_("See that mail works"), _("Invitations and lost passwords go by mail.")),
    BACKUP: (
        _("Arrange the backup"),
        _("The data folder holds everything. Copy it every night, and try to restore it once."),
    ),
}
PAGES = {
    "name": "appearance", "logo": "appearance", "colours": "appearance", "languages": "appearance",
    "places": "bring-places", "colleagues": "colleagues", "factor": "mfa_index",
}  # fmt: skip


@page(access=Permission.KEEP_INSTALLATION, posts=True)
def setting_up(request: HttpRequest) -> HttpResponse:
    """Show the checklist; a button settles one item, or sends a trial letter."""
    if request.method == "POST":
        return _settled(request)
    found = items(viewer_of(request), has_factor=has_second_factor(account_of(request)))
    left = sum(item.is_open for item in found)
    shown = {"items": found, "left": left, "done": len(found) - left, "can_write": can_write()}
    return render(request, "web/setting_up.html", shown | {"is_closed": appearance.published().is_settled})


def items(viewer: Viewer, *, has_factor: bool) -> list[Item]:
    """The checklist as it stands."""
    row, settled = appearance.chosen(viewer), appearance.settled(viewer)
    done = {
        "name": row is not None,
        "logo": bool(row and row.logo_id),
        "colours": bool(row and row.first_colour),
        "languages": row is not None,
        "places": are_there_places(viewer),
        "colleagues": sum(each.number for each in holders()) > 1,
        "factor": has_factor,
    }
    return [_item(key, settled, is_done=done.get(key, settled.get(key, False))) for key in TITLES]


def _item(key: str, settled: dict[str, bool], *, is_done: bool) -> Item:
    title, why = TITLES[key]
    address = reverse(PAGES[key]) if key in PAGES else ""
    return Item(key, title, why, address, is_done, key in settled and not is_done)


def _settled(request: HttpRequest) -> HttpResponse:
    deed, item = request.POST.get("deed", ""), request.POST.get("item", "")
    try:
        if deed == "trial":
            appearance.send_trial_letter(by=actor_of(request))
        elif deed in ("done", "aside"):
            appearance.settle(item=item, is_done=deed == "done" and item == BACKUP, by=actor_of(request))
    except ValidationError:
        raise Http404 from None
    return redirect("setting-up")
