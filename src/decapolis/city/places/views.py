"""The page of the city's places: a map, and a list with the same content."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page

from decapolis.city.access.public import ANYONE, page
from decapolis.city.places import queries
from decapolis.city.places.drawing import drawn
from decapolis.city.places.public import Level


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


def _place(given: str) -> queries.PlaceFacts | None:
    return queries.place(ANYONE, int(given)) if given.isascii() and given.isdigit() and len(given) < 19 else None


def _first(levels: tuple[Level, ...]) -> Level:
    """The level that is shown unless another is asked for: districts, or the largest that there is."""
    return Level.DISTRICT if Level.DISTRICT in levels or not levels else levels[0]


def _credits(found: Iterable[queries.Outlined]) -> list[str]:
    return sorted({each.place.credit for each in found} - {""})
