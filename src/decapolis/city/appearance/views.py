"""The page on which a city chooses its look, its stylesheet and its logo."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from decapolis.city.access.public import ANYONE, Permission, actor_of, page, viewer_of
from decapolis.city.appearance import queries
from decapolis.city.appearance.actions import Choice, choose_appearance
from decapolis.city.appearance.forms import AppearanceForm
from decapolis.city.appearance.public import Appearance, city_name, published
from decapolis.plumbing.answering import answered
from decapolis.plumbing.files.public import answer

FOR_EVER = "public, max-age=31536000, immutable"


@page(access=Permission.KEEP_INSTALLATION, posts=True)
def appearance(request: HttpRequest) -> HttpResponse:
    """Choose name, logo, colours and languages."""
    row = queries.chosen(viewer_of(request))
    form = AppearanceForm(request.POST or None, request.FILES or None, initial=_initial(row))
    page_again = {"form": form, "look": published()}
    return answered(form, lambda: _choose(request, form)) or render(request, "appearance/appearance.html", page_again)


@page(open_because="the colours of the city are on every page")
def stylesheet(_request: HttpRequest, digest: str) -> HttpResponse:
    """The two colours as a stylesheet; its address changes with them, so that it may be kept for ever."""
    look = published()
    if digest != look.digest:
        raise Http404
    return HttpResponse(look.css, content_type="text/css; charset=utf-8", headers={"Cache-Control": FOR_EVER})


@page(open_because="the logo of the city is on every page")
def logo(_request: HttpRequest, name: str) -> HttpResponse:
    """The logo."""
    response = answer(queries.logo_named(ANYONE, name), inline=True)
    response.headers["Cache-Control"] = FOR_EVER
    return response


def _initial(row: Appearance | None) -> dict[str, object]:
    if row is None:
        return {"name": city_name(), "languages": [code for code, _name in settings.LANGUAGES]}
    fields = ("name", "first_colour", "second_colour", "languages")
    return {field: getattr(row, field) for field in fields}


def _choose(request: HttpRequest, form: AppearanceForm) -> HttpResponse:
    given = form.cleaned_data
    chosen = Choice(given["name"], tuple(given["languages"]), given["first_colour"], given["second_colour"])
    choose_appearance(choice=chosen, by=actor_of(request), logo=given["logo"], no_logo=given["no_logo"])
    return redirect("setting-up")
