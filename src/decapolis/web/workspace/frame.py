"""The frame around every page of the workspace: four menus of steps, the city, the account, the way to this page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, ResolverMatch, resolve, reverse
from django.utils.translation import gettext

from decapolis.city.access.public import Viewer, viewer_of
from decapolis.plumbing.declaring import Menu, Signpost
from decapolis.steps import PARTS, STEPS, Step
from decapolis.web.workspace.declared import signposts

HOME = "workspace"


@dataclass(frozen=True)
class Link:
    """A page that can be opened; `number` and `is_planned` are of steps."""

    title: str
    url: str
    is_here: bool = False
    number: int = 0
    is_planned: bool = False


@dataclass(frozen=True)
class PartMenu:
    """One of the four parts with its steps."""

    title: str
    steps: tuple[Link, ...]

    @property
    def is_here(self) -> bool:
        """Whether the page belongs to one of the steps."""
        return any(step.is_here for step in self.steps)


@dataclass(frozen=True)
class Frame:
    """Everything around a page. What the viewer may not open is not in it."""

    parts: tuple[PartMenu, ...]
    city: tuple[Link, ...]
    account: tuple[Link, ...]
    crumbs: tuple[Link, ...]


def frame(request: HttpRequest) -> Frame:
    """Build the frame of the page that is asked for."""
    viewer, match = viewer_of(request), request.resolver_match
    here = match.view_name if match else ""
    return Frame(
        parts=tuple(_part(part, name, match) for part, name in PARTS.items()),
        city=_menu(viewer, "city", here),
        account=_menu(viewer, "account", here),
        crumbs=_crumbs(viewer, here, match.kwargs if match else {}),
    )


def pages_open_to(viewer: Viewer) -> list[tuple[Signpost, str]]:
    """Pages that the viewer may open and that need no number in their address, each with its address."""
    found = ((post, address_of(post.page)) for post in signposts().values() if post.is_there())
    return [(post, url) for post, url in found if url and is_open(viewer, url)]


def address_of(page: str, kwargs: Mapping[str, object] | None = None) -> str:
    """Address of a page with as many of the values, from the first, as it takes; empty where it needs others."""
    values = list((kwargs or {}).items())
    for taken in range(len(values), -1, -1):
        try:
            return reverse(page, kwargs=dict(values[:taken]))
        except NoReverseMatch:
            continue
    return ""


def is_open(viewer: Viewer, url: str) -> bool:
    """Whether the viewer may open a page of ours, by the page's own mark."""
    permission = resolve(url).func.access.permission  # type: ignore[attr-defined]  # every view of ours carries it
    return permission is None or viewer.may(permission)


def _part(part: str, name: str, match: ResolverMatch | None) -> PartMenu:
    return PartMenu(gettext(name), tuple(_step(step, match) for step in STEPS if step.part == part))


def _step(step: Step, match: ResolverMatch | None) -> Link:
    """A step that stands leads to its page, a planned one to what the home says of it."""
    url = reverse(step.page) if step.page else f"{reverse(HOME)}#step-{step.number}"
    is_here = bool(step.app and match and match.func.__module__.startswith(f"{step.app}."))
    return Link(gettext(step.name), url, is_here, step.number, is_planned=not step.stands)


def _menu(viewer: Viewer, menu: Menu, here: str) -> tuple[Link, ...]:
    return tuple(
        Link(gettext(post.title), url, is_here=post.page == here)
        for post, url in pages_open_to(viewer)
        if post.menu == menu
    )


def _crumbs(viewer: Viewer, here: str, kwargs: Mapping[str, object]) -> tuple[Link, ...]:
    """Pages above this one, the home first; one that the viewer may not open is left out."""
    way, post = [], signposts().get(here)
    while post and post.page != HOME and (post := signposts().get(post.under)):
        way.append(Link(gettext(post.title), address_of(post.page, kwargs)))
    return tuple(link for link in reversed(way) if link.url and is_open(viewer, link.url))
