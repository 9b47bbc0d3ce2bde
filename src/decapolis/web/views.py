"""Pages that belong to no single step: the public home, what the city does not do, accessibility, components, errors."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from decapolis.city.access.public import page


@page(open_because="the public home says what the city does, and holds no data of anyone")
def home(request: HttpRequest) -> HttpResponse:
    """Show the latest results and the ten steps, with what stands and what is planned."""
    return render(request, "web/home.html", {"results": [], "parts": []})


@page(open_because="what a public system does not do must be readable by everybody")
def what_we_do_not_do(request: HttpRequest) -> HttpResponse:
    """Say what the city does not do, and how the system sees to it."""
    return render(request, "web/what-we-do-not-do.html")


@page(open_because="who cannot use the site must be able to read how to get help")
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how accessible the site is, how that was checked, and what is not yet known."""
    return render(request, "web/accessibility.html")


@page(open_because="examples of components hold no data")
def components(request: HttpRequest) -> HttpResponse:
    """Show every component by an example, by day, by night and from right to left."""
    return render(request, "web/components.html")


@page(open_because="an error is shown to whoever meets it")
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """Answer what cannot be understood."""
    return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)
