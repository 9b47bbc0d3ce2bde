"""The page of the city's places: a map, and a list with the same content."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import conditional_page

from decapolis.city.access.public import ANYONE, Permission, actor_of, page
from decapolis.city.places import actions, queries
from decapolis.city.places.drawing import drawn, sketched
from decapolis.city.places.forms import PlacesForm, TriedForm
from decapolis.city.places.public import Level
from decapolis.plumbing.acting import Actor
from decapolis.plumbing.answering import answered
from decapolis.plumbing.failures import Failure


@page(open_because="where the city's districts lie is public, and so is how many people live in each")
@conditional_page
def places(request: HttpRequest) -> HttpResponse:
    """Show the places of one level, districts first, or those that lie in one place."""
    within = _place(request.GET.get("within", ""))
    number = within.number if within else None
    levels = queries.levels(ANYONE, number)
    asked = {level.name.lower(): level for level in levels}.get(request.GET.get("level", ""))
    level = asked or _first(levels)
    found = queries.outlines(ANYONE, level, number, request.GET.get("page"))
    map_ = drawn([(each.place.name, each.outline) for each in found])
    listed = list(zip(map_.shapes, found, strict=True))
    context = {"level": level, "levels": levels, "map": map_, "listed": listed, "credits": _credits(found)}
    return render(request, "places/places.html", {**context, "within": within, "page": found})


@page(access=Permission.IMPORT_PLACES, posts=True)
def bring(request: HttpRequest) -> HttpResponse:
    """Try a file of places: draw it, and say what would come of it. Once that is confirmed, store it."""
    if "text" in request.POST:
        return _confirmed(request, TriedForm(request.POST))
    form, shown = PlacesForm(request.POST or None, request.FILES or None), {}
    if form.is_valid():
        try:
            shown = _trial(form.tried, actor_of(request))
        except Failure as fault:
            form.add_error("file", str(fault))
    return render(request, "places/bring.html", {"form": form, **shown})


def _trial(tried: TriedForm, by: Actor) -> dict[str, object]:
    """What an import would do, as a map and in numbers, and the form that confirms it."""
    tried.full_clean()
    said = tried.said
    rows = said["file"].places
    sketches = sketched([row.geometry for row in rows])
    map_ = drawn([(row.name, sketch) for row, sketch in zip(rows, sketches, strict=True)])
    listed = list(zip(map_.shapes, rows, strict=True))
    return {"tried": tried, "report": actions.check_import(**said, by=by), "map": map_, "listed": listed}


def _confirmed(request: HttpRequest, tried: TriedForm) -> HttpResponse:
    """Store what was tried; where that cannot be any more, say why."""

    def store() -> HttpResponse:
        actions.import_places(**tried.said, by=actor_of(request))
        return redirect("places")

    return answered(tried, store) or render(request, "places/bring.html", {"tried": tried})


def _place(given: str) -> queries.PlaceFacts | None:
    return queries.place(ANYONE, int(given)) if given.isascii() and given.isdigit() and len(given) < 19 else None


def _first(levels: tuple[Level, ...]) -> Level:
    """The level that is shown unless another is asked for: districts, or the largest that there is."""
    return Level.DISTRICT if Level.DISTRICT in levels or not levels else levels[0]


def _credits(found: Iterable[queries.Outlined]) -> list[str]:
    return sorted({each.place.credit for each in found} - {""})
