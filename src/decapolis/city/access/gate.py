"""How a page is reached, who reads it, who acts on it: asked anew at every request."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, TypeVar, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render, resolve_url
from django.utils.cache import add_never_cache_headers

from decapolis.city.access.permissions import Permission
from decapolis.city.access.queries import needs_second_factor, permissions_of
from decapolis.city.audit.public import note_denial
from decapolis.city.people.public import Account, has_second_factor
from decapolis.plumbing.acting import Actor
from decapolis.plumbing.drafts.public import rescue

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True)
class Access:
    """How a page is reached: with a permission, or openly, with the reason why it is open; and whether it is posted."""

    permission: Permission | None
    open_because: str
    posts: bool = False

    @property
    def methods(self) -> tuple[str, ...]:
        """Ways in which the page may be asked for."""
        return ("GET", "HEAD", "POST") if self.posts else ("GET", "HEAD")


@dataclass(frozen=True)
class Viewer:
    """Who reads: every function of a ``queries.py`` takes one and returns only what it may see."""

    kind: Literal["anyone", "person", "operator"]
    account: Account | None = None
    permissions: frozenset[Permission] = frozenset()
    lacks_second_factor: bool = False

    def may(self, permission: str, /) -> bool:
        """Whether the viewer holds a permission. Whoever has the command line has the machine."""
        return self.kind == "operator" or permission in self.permissions


ANYONE = Viewer("anyone")


def client_address(request: HttpRequest) -> str:
    """Address of a browser, to be made a mark of at once; behind a proxy, the one that the proxy saw."""
    if settings.BEHIND_PROXY and "HTTP_X_FORWARDED_FOR" in request.META:
        return str(request.META["HTTP_X_FORWARDED_FOR"]).rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def viewer_of(request: HttpRequest) -> Viewer:
    """Who reads this request, with what the account's roles allow now; read once a request."""
    return cast("Viewer", vars(request).setdefault("viewer", None) or _remember(request))


def actor_of(request: HttpRequest) -> Actor:
    """Who acts by this request: the account that is signed in."""
    viewer = viewer_of(request)
    if viewer.account is None:
        raise PermissionDenied("nobody is signed in")
    return Actor("person", str(viewer.account.pk))


def account_of(request: HttpRequest) -> Account:
    """The account that is signed in, on a page that asks for a permission."""
    actor_of(request)
    return cast("Account", viewer_of(request).account)


def page(*, access: Permission | None = None, open_because: str = "", posts: bool = False) -> Callable[[View], View]:
    """Mark a view with how it is reached, and hold it to that. One without this mark fails the architecture tests."""
    if (access is None) == (not open_because):
        raise ValueError("A page has either access= or open_because=, and not both.")
    mark = Access(access, open_because, posts)

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401  # whatever the address holds
            answer = _refusal(request, mark) or _answer(view, request, *args, **kwargs)
            if mark.permission is not None:
                add_never_cache_headers(answer)
            return answer

        guarded.access = mark  # type: ignore[attr-defined]  # a view carries its own mark
        guarded.csrf_exempt = not posts  # type: ignore[attr-defined]  # what takes no form says so, and asks for no token
        return cast("View", guarded)

    return guard


def _remember(request: HttpRequest) -> Viewer:
    viewer = vars(request)["viewer"] = _viewer(request)
    return viewer


def _viewer(request: HttpRequest) -> Viewer:
    account = request.user
    if not isinstance(account, Account):
        return ANYONE
    held = permissions_of(account.pk)
    if settings.FICTIONAL or not needs_second_factor(account.pk) or has_second_factor(account):
        return Viewer("person", account, held)
    return Viewer("person", account, held & {Permission.OWN_FACTOR}, lacks_second_factor=True)


def _refusal(request: HttpRequest, mark: Access) -> HttpResponseBase | None:
    """Why a page is not answered: the way is wrong, nobody is signed in, a second factor is missing, or not allowed."""
    if request.method not in mark.methods:
        return HttpResponseNotAllowed(mark.methods)
    if mark.permission is None:
        return None
    viewer = viewer_of(request)
    if viewer.kind == "anyone":
        return _to_sign_in(request)
    if viewer.may(mark.permission):
        return None
    if viewer.lacks_second_factor and viewer.account and mark.permission in permissions_of(viewer.account.pk):
        return redirect("mfa_index")
    note_denial(by=actor_of(request), act=mark.permission.value)
    raise _lost(request)


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Ask to sign in; what was typed into a form is there again afterwards, or shown where it is too long."""
    rescued = rescue(request)
    if rescued.texts:
        return render(request, "access/session_ended.html", {"rescued": rescued}, status=403)
    if rescued.as_:
        return redirect_to_login(rescued.page, f"{resolve_url(settings.LOGIN_URL)}?kept=yes")
    return redirect_to_login(request.get_full_path())


def _answer(view: View, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
    """Answer; what was refused or is not there looks like an address that does not exist."""
    try:
        return view(request, *args, **kwargs)
    except (PermissionDenied, Http404):
        raise _lost(request) from None


def _lost(request: HttpRequest) -> Http404:
    """Make the answer that says nothing of this page, not even by its links to itself in other languages."""
    request.resolver_match = None
    return Http404()
