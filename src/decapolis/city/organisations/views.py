"""The directory, and the desk of those who keep it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from decapolis.city.access.public import ANYONE, Permission, Viewer, actor_of, page, viewer_of
from decapolis.city.organisations import actions, queries
from decapolis.city.organisations.files import COLUMNS as FILE_COLUMNS
from decapolis.city.organisations.forms import ChoiceForm, DirectoryForm, OrganisationForm, TriedForm
from decapolis.city.organisations.public import Choice, Kind, Offering
from decapolis.city.places.public import place
from decapolis.plumbing.acting import Actor
from decapolis.plumbing.answering import answered
from decapolis.plumbing.drafts.public import filled, sent
from decapolis.plumbing.failures import Failure
from decapolis.plumbing.lists import Column, Listing, csv_of, listing_of, wants_csv

PUBLIC = "who offers help in the city is what residents look for; each organisation agreed to be listed"
KEEP = Permission.KEEP_ORGANISATIONS
NEW = "organisation:new"
COLUMNS = (
    Column("name", _("Name"), "name", text=lambda row: row.name),
    Column("kind", _("Kind"), "kind", text=lambda row: row.get_kind_display()),
    Column("offers", _("Offers"), text=lambda row: "; ".join(each.get_what_display() for each in row.offers.all())),
    Column("languages", _("Speaks"), text=lambda row: "; ".join(each.language for each in row.languages.all())),
    Column("current_on", _("Right on"), "current_on", text=lambda row: row.current_on.isoformat()),
)
CONTACTS = (
    Column("website", _("Website"), text=lambda row: row.website),
    Column("email", _("Mailbox"), text=lambda row: row.email),
    Column("phone", _("Telephone"), text=lambda row: row.phone),
)
"""What stands on the record and in the export, and would be too much in a list."""
STANDS = Column("listing", _("Listed"), "listing", text=lambda row: row.get_listing_display())


@page(open_because=PUBLIC)
def organisations(request: HttpRequest) -> HttpResponse:
    """Show the directory, as it is for everybody."""
    return _list(request, ANYONE, COLUMNS, "organisations/organisations.html")


@page(open_because=PUBLIC)
def organisation(request: HttpRequest, number: int) -> HttpResponse:
    """Show what an organisation says of itself."""
    found = queries.organisation(ANYONE, number)
    return render(request, "organisations/organisation.html", {"organisation": found, "place": _place(found.place)})


@page(access=KEEP)
def kept(request: HttpRequest) -> HttpResponse:
    """Show all organisations to those who keep the directory, also those that wait, are due or declined."""
    return _list(request, viewer_of(request), (*COLUMNS, STANDS), "organisations/kept.html")


@page(access=KEEP, posts=True)
def register(request: HttpRequest) -> HttpResponse:
    """Enter an organisation."""
    form = filled(request, OrganisationForm, NEW)

    def enter() -> HttpResponse:
        actions.register_organisation(description=form.description, origin=form.origin, by=actor_of(request))
        sent(request, NEW)
        return redirect("organisations:kept")

    return answered(form, enter) or render(request, "organisations/register.html", {"form": form})


@page(access=KEEP, posts=True)
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Show an entry to those who keep it; correct it, which confirms it."""
    found = queries.organisation(viewer_of(request), number)
    form = filled(request, OrganisationForm, f"organisation:{number}", initial=_said(found))

    def confirm() -> HttpResponse:
        row, agreed = queries.row(viewer_of(request), number), form.cleaned_data["is_agreed"]
        actions.confirm_organisation(
            organisation=row, description=form.description, is_agreed=agreed, by=actor_of(request)
        )
        sent(request, f"organisation:{number}")
        return redirect("organisations:kept")

    return answered(form, confirm) or render(
        request, "organisations/change.html", {"form": form, "organisation": found}
    )


@page(access=KEEP, posts=True)
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take an organisation out, after a question; its name stays, so that nobody enters it again."""
    row = queries.row(viewer_of(request), number)
    if request.method == "POST":
        actions.withdraw_organisation(organisation=row, by=actor_of(request))
        return redirect("organisations:kept")
    return render(request, "organisations/withdraw.html", {"organisation": row})


@page(access=KEEP, posts=True)
def bring(request: HttpRequest) -> HttpResponse:
    """Try a table of a public register: say what would come of it. Once that is confirmed, do it."""
    if "text" in request.POST:
        return _confirmed(request, TriedForm(request.POST))
    form, shown = DirectoryForm(request.POST or None, request.FILES or None), {}
    if form.is_valid():
        try:
            shown = _trial(form.tried, actor_of(request))
        except Failure as fault:
            form.add_error("file", str(fault))
    return render(request, "organisations/bring.html", {"form": form, "columns": FILE_COLUMNS, **shown})


def _trial(tried: TriedForm, by: Actor) -> dict[str, object]:
    """What an import would do, and the form that confirms it."""
    tried.full_clean()
    said = tried.said
    return {"tried": tried, "report": actions.check_import(directory=said["directory"], kind=said["kind"], by=by)}


def _confirmed(request: HttpRequest, tried: TriedForm) -> HttpResponse:
    """Import what was tried; where that cannot be any more, say why."""

    def enter() -> HttpResponse:
        actions.import_organisations(**tried.said, by=actor_of(request))
        return redirect("organisations:kept")

    return answered(tried, enter) or render(request, "organisations/bring.html", {"tried": tried})


def _list(request: HttpRequest, viewer: Viewer, columns: tuple[Column, ...], template: str) -> HttpResponse:
    form = ChoiceForm(request.GET)
    asked = form.chosen
    kind, offering = asked.get("kind"), asked.get("offering")
    choice = Choice(kind and Kind(kind), offering and Offering(offering), asked.get("language", ""))
    found = queries.listed(viewer, choice, asked.get("words", ""))
    if wants_csv(request.GET):
        return csv_of(request.GET, found, (*columns, *CONTACTS), "organisations")
    listing: Listing[queries.OrganisationFacts] = listing_of(request.GET, found, columns, form, dress=queries.shown)
    return render(request, template, {"listing": listing})


def _said(found: queries.OrganisationFacts) -> dict[str, object]:
    """An entry as the form shows it."""
    names = ("name", "kind", "offers", "languages", "website", "email", "phone", "place")
    return {**{name: getattr(found, name) for name in names}, "is_agreed": found.listing == "agreed"}


def _place(number: int | None) -> str:
    return place(ANYONE, number).name if number else ""
