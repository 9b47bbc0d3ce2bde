"""Pages that belong to no single step: the public home, what the city does not do, accessibility, components."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from decapolis.city.access.public import ANYONE, page
from decapolis.plumbing import clock
from decapolis.steps import PARTS, STEPS
from decapolis.understand.listening.public import latest_results, open_conversations
from decapolis.web.examples import samples

EXAMPLES = Path(__file__).resolve().parents[1] / "templates" / "web" / "examples"
RESULTS_SHOWN = 4


@page(open_because="the public home says what the city does; its results are released figures")
def home(request: HttpRequest) -> HttpResponse:
    """Show the latest results and the ten steps, with what stands and what is planned."""
    language = get_language() or ""
    results = latest_results(viewer=ANYONE, language=language, limit=RESULTS_SHOWN)
    return render(
        request,
        "web/home.html",
        {
            "asked": open_conversations(viewer=ANYONE, language=language, day=clock.today()),
            "latest": results[0] if results else None,
            "others": results[1:],
            "parts": [(name, [step for step in STEPS if step.part == part]) for part, name in PARTS.items()],
            "standing": sum(step.stands for step in STEPS),
        },
    )


@page(open_because="what a public system does not do must be readable by everybody")
def what_we_do_not_do(request: HttpRequest) -> HttpResponse:
    """Say what the city does not do, how the system sees to it, and what it cannot promise."""
    return render(request, "web/what-we-do-not-do.html")


@page(open_because="who cannot use the site must be able to read how to get help")
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how accessible the site is, how that was checked, and what is not known yet."""
    return render(request, "web/accessibility.html")


@page(open_because="examples of components hold no data")
def components(request: HttpRequest) -> HttpResponse:
    """Show every component by an example, by day, by night and from right to left."""
    examples = [(path.stem, path.read_text(encoding="utf-8")) for path in sorted(EXAMPLES.glob("*.html"))]
    without_token = {"csrf_token": ""}  # its forms are for show, and set no cookie
    return render(request, "web/components.html", {"examples": examples, **samples(), **without_token})
