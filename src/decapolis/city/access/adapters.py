"""What allauth asks of us: no address is kept, nothing is written but by actions, secrets lie encrypted."""

import hmac
import secrets
import time
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Any, ClassVar

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.translation import override
from qrcode.image.svg import SvgPathFillImage

from decapolis.city.access.browsers import family
from decapolis.city.access.gate import account_of, client_address, viewer_of
from decapolis.city.access.permissions import Permission
from decapolis.city.people.public import Account, change_password
from decapolis.plumbing import clock
from decapolis.plumbing.acting import Actor
from decapolis.plumbing.drafts.public import land
from decapolis.plumbing.keys import cipher
from decapolis.plumbing.sessions.store import BEGAN_ON, BROWSER

SPAN = 2
PASSWORDS_IN_A_SPAN = 4
"""So many passwords are looked at in so many seconds by one process; more are refused unread."""


class DailyKey:
    """Key of a day, in memory only: what it made of addresses yesterday cannot be found again today."""

    _of: ClassVar[dict[date, bytes]] = {}

    @classmethod
    def mark(cls, text: str) -> str:
        """Stand-in of a text that is the same all day in this process."""
        today = clock.today()
        if today not in cls._of:
            cls._of = {today: secrets.token_bytes(32)}
        return hmac.new(cls._of[today], text.encode(), sha256).hexdigest()


def is_flooded() -> bool:
    """Whether this process has looked at as many passwords as it may just now; asking counts as one more.

    A password takes a quarter of a second of work. Without this, a flood from many addresses would stop every page.
    """
    now = f"passwords:{int(time.monotonic() // SPAN)}"
    cache.add(now, 0, timeout=2 * SPAN)
    return cache.incr(now) > PASSWORDS_IN_A_SPAN


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Accounts by address and password. One that is closed is answered as one that does not exist."""

    @classmethod
    def _stash_user(cls, user: Account | None) -> None:
        del user


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-in as a city needs it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: colleagues are invited."""
        del request
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Stand-in for the address of a browser, for limits of rates."""
        return DailyKey.mark(client_address(request))

    def pre_authenticate(self, request: HttpRequest, **credentials: str) -> None:
        """Refuse what is too much before any password is looked at."""
        super().pre_authenticate(request, **credentials)
        if is_flooded():
            raise self.validation_error("too_many_login_attempts")

    def login(self, request: HttpRequest, user: Account) -> None:
        """Sign in; the session knows the family of the browser and the day, and of the address nothing."""
        super().login(request, user)
        request.session[BROWSER] = family(request.headers.get("User-Agent", ""))
        request.session[BEGAN_ON] = clock.today().isoformat()
        for step in request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, []):
            step.pop("email", None)
        request.session.clear_expired()
        land(request.session, user.pk)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where one lands, in one's own language: the workspace, or the own account as long as no role is held."""
        vars(request).pop("viewer", None)
        with override(account_of(request).language):
            return resolve_url("workspace" if viewer_of(request).may(Permission.WORKSPACE) else "own-account")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the own account."""
        del request
        return resolve_url("own-account")

    def set_password(self, user: Account, password: str) -> None:
        """Set a password, by our action."""
        change_password(account=user, password=password, by=Actor("person", str(user.pk)))

    def reauthenticate(self, user: Account, password: str) -> bool:
        """Whether the one who is signed in knows the password."""
        return bool(self.authenticate(context.request, email=user.email, password=password) == user)


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Second factors: their secrets are encrypted under the key of the installation."""

    def encrypt(self, text: str) -> str:
        """Make unreadable for whoever has the database alone."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Make readable again."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """Draw the secret on white, so that a phone reads it by night too."""
        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawn)
        return drawn.getvalue().decode()

    def get_totp_issuer(self) -> str:
        """Name under which an app shows the codes."""
        return str(settings.CITY_NAME)

    def _get_site_name(self) -> str:
        return str(settings.CITY_NAME)

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        """What a passkey keeps of an account: its number and its name."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "display_name": user.name}


def _cipher() -> Fernet:
    return cipher("second factors", settings.SECRET_KEY)
