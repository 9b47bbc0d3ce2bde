"""Second factors of one's own account: an app with codes, passkeys, codes for when both are lost."""

from allauth.account.views import ReauthenticateView as ByPassword
from allauth.mfa.base.views import IndexView
from allauth.mfa.base.views import ReauthenticateView as ByCode
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView as ByPasskey
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse_lazy

from decapolis.city.access.public import Permission, page
from decapolis.city.access.views.borrowed import borrowed

OVERVIEW = reverse_lazy("mfa_index")

_overview = borrowed(IndexView, "second_factor")
_add_app = borrowed(ActivateTOTPView, "app_add")
_remove_app = borrowed(DeactivateTOTPView, "factor_remove")
_add_passkey = borrowed(AddWebAuthnView, "passkey_add")
_remove_passkey = borrowed(RemoveWebAuthnView, "factor_remove", success_url=OVERVIEW)
_codes = borrowed(ViewRecoveryCodesView, "codes")
_new_codes = borrowed(GenerateRecoveryCodesView, "codes_new")
_by_password = borrowed(ByPassword, "reauthenticate")
_by_code = borrowed(ByCode, "reauthenticate")
_by_passkey = borrowed(ByPasskey, "reauthenticate")


@page(access=Permission.OWN_FACTOR)
def overview(request: HttpRequest) -> HttpResponseBase:
    """Show which second factors there are."""
    return _overview(request)


@page(access=Permission.OWN_FACTOR, posts=True)
def add_app(request: HttpRequest) -> HttpResponseBase:
    """Set up an app that shows codes."""
    return _add_app(request)


@page(access=Permission.OWN_FACTOR, posts=True)
def remove_app(request: HttpRequest) -> HttpResponseBase:
    """Take the app away."""
    return _remove_app(request)


@page(access=Permission.OWN_FACTOR, posts=True)
def add_passkey(request: HttpRequest) -> HttpResponseBase:
    """Add a passkey."""
    return _add_passkey(request)


@page(access=Permission.OWN_FACTOR, posts=True)
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a passkey away."""
    return _remove_passkey(request, pk=pk)


@page(access=Permission.OWN_FACTOR)
def codes(request: HttpRequest) -> HttpResponseBase:
    """Show the codes for when the other factors are lost, once."""
    return _codes(request)


@page(access=Permission.OWN_FACTOR, posts=True)
def new_codes(request: HttpRequest) -> HttpResponseBase:
    """Make new codes; the old ones are void."""
    return _new_codes(request)


@page(access=Permission.OWN_FACTOR, posts=True)
def confirm_by_password(request: HttpRequest) -> HttpResponseBase:
    """Say by the password that it is oneself, before something weighty."""
    return _by_password(request)


@page(access=Permission.OWN_FACTOR, posts=True)
def confirm_by_code(request: HttpRequest) -> HttpResponseBase:
    """Say by a code that it is oneself."""
    return _by_code(request)


@page(access=Permission.OWN_FACTOR, posts=True)
def confirm_by_passkey(request: HttpRequest) -> HttpResponseBase:
    """Say by a passkey that it is oneself."""
    return _by_passkey(request)
