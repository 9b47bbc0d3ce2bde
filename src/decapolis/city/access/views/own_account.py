"""One's own account: name, language, password, sessions."""

from allauth.account.views import PasswordChangeView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import override

from decapolis.city.access.forms import OwnFactsForm
from decapolis.city.access.public import Permission, account_of, actor_of, page
from decapolis.city.access.queries import held, memberships_of
from decapolis.city.access.sessions import end_others, end_own, own_sessions
from decapolis.city.access.views.borrowed import borrowed
from decapolis.city.people.public import change_own_facts
from decapolis.plumbing.drafts.public import filled, sent

_change_password = borrowed(PasswordChangeView, "password")


@page(access=Permission.OWN_ACCOUNT, posts=True)
def own_account(request: HttpRequest) -> HttpResponse:
    """Show one's own account, and change its name and language."""
    account = account_of(request)
    own = {"name": account.name, "language": account.language}
    form = filled(request, OwnFactsForm, "own-account", initial=own)
    if form.is_valid():
        change_own_facts(account=account, by=actor_of(request), **form.cleaned_data)
        sent(request, "own-account")
        with override(account.language):
            return redirect("own-account")
    roles = [held(row) for row in memberships_of(account.pk)]
    return render(request, "access/own_account.html", {"form": form, "held": roles})


@page(access=Permission.OWN_ACCOUNT, posts=True)
def password(request: HttpRequest) -> HttpResponseBase:
    """Change one's password; all other sessions end."""
    return _change_password(request)


@page(access=Permission.OWN_ACCOUNT, posts=True)
def sessions(request: HttpRequest) -> HttpResponse:
    """Show where one is signed in, and end one session or all others."""
    number, key = account_of(request).pk, request.session.session_key or ""
    if request.method == "POST":
        ended = end_own(number, request.POST["session"]) if "session" in request.POST else end_others(number, key)
        if not ended:
            raise Http404
        return redirect("own-sessions")
    return render(request, "access/sessions.html", {"sessions": own_sessions(number, key)})
