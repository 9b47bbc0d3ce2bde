"""What the examples on the page of components show: made up, said by nobody."""

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from decapolis.plumbing.charts.clouds import Cloud, plane
from decapolis.plumbing.charts.strips import Reading, bar, lanes

QUAY = {"text": _("The quay needs light."), "language": ""}
BUS = {"text": _("The last bus leaves too early."), "language": ""}
CIRCLE = ((0.0, 0.0), (3.0, 0.0), (4.0, 2.0), (3.0, 4.0), (0.0, 4.0), (-1.0, 2.0))


def samples() -> dict[str, object]:
    """Everything that the examples name."""
    return {
        "quay": QUAY,
        "shares": _shares(),
        "divided": _divided(),
        "numbers": {
            "head": ("%", "n"),
            "rows": ({"text": QUAY, "cells": (88, 571)}, {"text": BUS, "cells": (79, 544)}),
        },
        "map": {
            "plane": plane([_cloud("a", 0.0), _cloud("b", 9.0)]),
            "title": _("Opinion map"),
            "description": _("Two groups beside each other."),
        },
        "many": _many(),
    }


def _shares() -> tuple[dict[str, object], ...]:
    readings = ((QUAY, Reading(88, 85, 91), "88 %", "n 571"), (BUS, Reading(None, 71, 84), "71–84 %", "n 19"))
    return tuple(
        {"text": text, "bar": bar(reading), "share": share, "answer": _("agree"), "details": (count,)}
        for text, reading, share, count in readings
    )


def _divided() -> tuple[dict[str, object], ...]:
    entries = ({"voice": "a", "name": "A", "share": "28 %"}, {"voice": "b", "name": "B", "share": "81 %"})
    strip = lanes([("a", Reading(28, 22, 34)), ("b", Reading(81, 75, 87))])
    return ({"text": BUS, "lanes": strip, "entries": entries, "details": ("n 229, 168",)},)


def _cloud(voice: str, across: float) -> Cloud:
    def move(scale: float) -> tuple[tuple[float, float], ...]:
        return tuple((across + 1.5 + scale * (x - 1.5), 2 + scale * (y - 2)) for x, y in CIRCLE)

    return Cloud(voice, voice.upper(), move(0.6), move(1.0), move(1.3))


def _many() -> Page[int]:
    return Paginator(range(1000), 50).page(6)
