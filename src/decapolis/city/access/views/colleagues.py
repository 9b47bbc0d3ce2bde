"""Colleagues and their roles: invited, given, confirmed, ended; and what everybody may know of it."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from decapolis.city.access import actions, queries
from decapolis.city.access.forms import ColleagueFilterForm, InvitationForm, RoleForm
from decapolis.city.access.public import Permission, actor_of, holders, page, viewer_of
from decapolis.city.audit.public import note_reading
from decapolis.city.people.public import Account
from decapolis.plumbing.answering import answered
from decapolis.plumbing.drafts.public import filled, sent
from decapolis.plumbing.lists import Column, listing_of

COLUMNS = (Column("name", _("Name"), "name"), Column("roles", _("Roles")))


@page(open_because="who may do what in a city is nobody's secret; numbers only, no names")
def who_may_do_what(request: HttpRequest) -> HttpResponse:
    """Show the roles, why each exists, and how many hold it."""
    return render(request, "access/who_may_do_what.html", {"holders": holders()})


@page(access=Permission.READ_MEMBERSHIPS)
def colleagues(request: HttpRequest) -> HttpResponse:
    """Show everybody who may sign in, with their roles."""
    viewer, filters = viewer_of(request), ColleagueFilterForm(request.GET)
    found = queries.colleagues(viewer, **filters.chosen)
    listing = listing_of(request.GET, found, COLUMNS, filters, dress=queries.with_roles)
    shown = {"listing": listing, "may_invite": viewer.may(Permission.INVITE_COLLEAGUE)}
    return render(request, "access/colleagues.html", shown)


@page(access=Permission.INVITE_COLLEAGUE, posts=True)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a colleague; the link that sets the password is shown this once."""
    form = filled(request, InvitationForm, "invite")

    def deed() -> HttpResponse:
        account, secret = actions.invite_colleague(by=actor_of(request), **form.cleaned_data)
        sent(request, "invite")
        return _link_once(request, account, secret)

    return answered(form, deed) or render(request, "access/invite.html", {"form": form})


@page(access=Permission.INVITE_COLLEAGUE, posts=True)
def new_link(request: HttpRequest, number: int) -> HttpResponse:
    """Open a fresh link for a colleague who has no password yet."""
    account = queries.colleague(viewer_of(request), number).account
    if request.method != "POST":
        raise Http404
    try:
        return _link_once(request, account, actions.new_welcome(account=account, by=actor_of(request)))
    except ValidationError as wrong:
        return _show(request, number, RoleForm(), wrong.messages)


@page(access=Permission.READ_MEMBERSHIPS)
def colleague(request: HttpRequest, number: int) -> HttpResponse:
    """Show a colleague's roles, and what can be done; that somebody looked is noted first."""
    queries.colleague(viewer_of(request), number)
    note_reading(by=actor_of(request), subject=f"people.account:{number}")
    return _show(request, number, _role_form(request, number))


@page(access=Permission.GIVE_ROLE, posts=True)
def give(request: HttpRequest, number: int) -> HttpResponse:
    """Give a role; where it cannot be given, say why."""
    account = queries.colleague(viewer_of(request), number).account
    form = _role_form(request, number)

    def deed() -> HttpResponse:
        role, term = form.cleaned_data.pop("role"), actions.Term(**form.cleaned_data)
        actions.give_role(account=account, role=role, term=term, by=actor_of(request))
        sent(request, f"give-role:{number}")
        return redirect("colleague", number)

    return answered(form, deed) or _show(request, number, form)


@page(access=Permission.CONFIRM_ROLE, posts=True)
def confirm(request: HttpRequest, number: int, membership: int) -> HttpResponse:
    """Confirm a role that somebody else gave."""
    _find(request, number, membership, {"waits"})
    try:
        actions.confirm_role(membership=membership, by=actor_of(request))
    except ValidationError as wrong:
        return _show(request, number, RoleForm(), wrong.messages)
    return redirect("colleague", number)


@page(access=Permission.GIVE_ROLE, posts=True)
def end(request: HttpRequest, number: int, membership: int) -> HttpResponse:
    """End a role."""
    _find(request, number, membership, {"waits", "in force", "begins later"})
    actions.end_role(membership=membership, by=actor_of(request))
    return redirect("colleagues")


def _find(request: HttpRequest, number: int, membership: int, states: set[str]) -> None:
    """Make sure that this is posted, and for a membership of this colleague in one of these states."""
    held = queries.colleague(viewer_of(request), number).held
    if request.method != "POST" or not any(each.row.pk == membership and each.state in states for each in held):
        raise Http404


def _role_form(request: HttpRequest, number: int) -> RoleForm:
    return filled(request, RoleForm, f"give-role:{number}")


def _show(request: HttpRequest, number: int, form: RoleForm, problems: list[str] | None = None) -> HttpResponse:
    viewer = viewer_of(request)
    found = queries.colleague(viewer, number)
    shown = {
        "colleague": found,
        "history": queries.history_of_colleague(viewer, found),
        "form": form,
        "problems": problems,
        "may_give": viewer.may(Permission.GIVE_ROLE),
        "may_confirm": viewer.may(Permission.CONFIRM_ROLE),
        "may_invite": viewer.may(Permission.INVITE_COLLEAGUE),
        "needs_two": queries.needs_two(),
    }
    return render(request, "access/colleague.html", shown)


def _link_once(request: HttpRequest, account: Account, secret: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("welcome", args=[secret]))
    is_posted = actions.post_welcome(account=account, link=link, by=actor_of(request))
    return render(request, "access/invited.html", {"account": account, "link": link, "is_posted": is_posted})
