"""Signing in and out, and the two links by which an account gets its first password."""

from allauth.account.views import LoginView, LogoutView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from decapolis.city.access.actions import Facts, set_up_first_account
from decapolis.city.access.first_link import is_open
from decapolis.city.access.forms import FirstAccountForm, PasswordForm
from decapolis.city.access.public import page
from decapolis.city.access.views.borrowed import borrowed
from decapolis.city.people.public import invited_by, set_first_password
from decapolis.plumbing.acting import OPERATOR, Actor
from decapolis.plumbing.answering import answered


class PasskeySignInView(LoginWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Sign-in by a passkey alone; one that is not known is said on the page of sign-in."""

    def form_invalid(self, form: object) -> HttpResponse:
        """Say that it did not work."""
        del form
        return HttpResponseRedirect(reverse("account_login") + "?passkey=unknown")


_by_password = borrowed(LoginView, "sign_in")
_by_second_factor = borrowed(AuthenticateView, "sign_in_code")
_by_passkey = borrowed(PasskeySignInView, "sign_in")
_leave = borrowed(LogoutView, "sign_in")


@page(open_because="whoever signs in is not signed in yet", posts=True)
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Sign in by address and password."""
    return _by_password(request)


@page(open_because="whoever gives a second factor is not signed in yet", posts=True)
def sign_in_code(request: HttpRequest) -> HttpResponseBase:
    """Give the second factor."""
    return _by_second_factor(request)


@page(open_because="whoever signs in by a passkey is not signed in yet", posts=True)
def sign_in_passkey(request: HttpRequest) -> HttpResponseBase:
    """Sign in by a passkey."""
    return _by_passkey(request)


@page(open_because="signing out harms nobody, and must work when the session has ended", posts=True)
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Sign out; only when it is posted, so that no link can do it."""
    return _leave(request) if request.method == "POST" else redirect("home")


@page(open_because="the link that was handed over is the key", posts=True)
def welcome(request: HttpRequest, secret: str) -> HttpResponse:
    """Set the first password of an account, once."""
    account = invited_by(secret)
    if account is None:
        raise Http404
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        try:
            by = Actor("person", str(account.pk))
            set_first_password(secret=secret, password=form.cleaned_data["password"], by=by)
            return redirect("account_login")
        except ValidationError as wrong:
            form.add_error("password", wrong)
    return render(request, "access/welcome.html", {"form": form, "account": account})


@page(open_because="before there is any account, the link that the start printed is the key", posts=True)
def first_account(request: HttpRequest, secret: str) -> HttpResponse:
    """Make the account of the first administrator, once."""
    if not is_open(secret):
        raise Http404
    form = FirstAccountForm(request.POST or None)

    def deed() -> HttpResponse:
        secret_word = form.cleaned_data.pop("password")
        set_up_first_account(facts=Facts(**form.cleaned_data), password=secret_word, by=OPERATOR)
        return redirect(reverse("account_login") + "?next=" + reverse("setting-up"))

    return answered(form, deed) or render(request, "access/first_account.html", {"form": form})
