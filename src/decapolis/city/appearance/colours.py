"""Colours of a city: whether they can be read, the nearest that can, and their shades by day and by night.

Lightness is that of OKLCH, in which equal steps look equal, so that a colour stays itself while it is made darker.
"""

import re
from dataclasses import dataclass
from math import atan2, cbrt, cos, hypot, sin

HEX = re.compile(r"#[0-9a-f]{6}")
AA = 4.5
AIM_AT_NIGHT = 7.0
DAY, NIGHT = ("#fbf8f2", "#f4ede1", "#ffffff"), ("#1b1a18", "#312d28", "#06231f")
"""What text stands on: paper, sand, and what stands on a button, by day and by night; as the theme has them."""

RGB = tuple[float, float, float]


@dataclass(frozen=True)
class Shade:
    """One colour by day and by night."""

    day: str
    night: str


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as WCAG defines it: from 1 to 21.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 2)


def is_readable(colour: str) -> bool:
    """Whether text in this colour can be read on every ground of the day, and white on it."""
    return _least(colour, DAY) >= AA


def nearest_readable(colour: str) -> str:
    """The lightest colour of the same hue, not lighter than this one, that can be read by day."""
    return colour if is_readable(colour) else _moved(colour, DAY, AA, step=-0.005)


def by_night(colour: str) -> str:
    """The same hue for the night: as much lighter as it has to be to be read on dark ground."""
    return _moved(colour, NIGHT, AIM_AT_NIGHT, step=0.005)


def shades(colour: str) -> dict[str, Shade]:
    """Shades of a colour by the names that the theme gives them."""
    night = by_night(colour)
    tints = {
        "background-tinted": 4,
        "surface-tinted": 10,
        "surface-hover": 16,
        "surface-active": 24,
        "border-subtle": 34,
    }
    made = {name: Shade(_mixed(DAY[0], colour, part), _mixed(NIGHT[0], night, part)) for name, part in tints.items()}
    return made | {
        "background-default": Shade(DAY[0], NIGHT[0]),
        "surface-default": Shade("#fffefb", "#282521"),
        "border-default": Shade(_mixed(DAY[0], colour, 82), _mixed(NIGHT[0], night, 72)),
        "border-strong": Shade(colour, night),
        "text-subtle": Shade(colour, night),
        "text-default": Shade(_mixed("#000000", colour, 55), _mixed("#ffffff", night, 30)),
        "base-default": Shade(colour, night),
        "base-hover": Shade(_mixed("#000000", colour, 80), _mixed("#ffffff", night, 80)),
        "base-active": Shade(_mixed("#000000", colour, 65), _mixed("#ffffff", night, 62)),
        "base-contrast-default": Shade("#ffffff", NIGHT[2]),
        "base-contrast-subtle": Shade(_mixed("#ffffff", colour, 14), _mixed(NIGHT[2], night, 14)),
    }


def _least(colour: str, grounds: tuple[str, ...]) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def _moved(colour: str, grounds: tuple[str, ...], needed: float, *, step: float) -> str:
    """Change the lightness step by step until the contrast is there; the very dark and the very light have it."""
    lightness, chroma, hue = _oklch(colour)
    moved = colour
    while _least(moved, grounds) < needed and 0 <= lightness <= 1:
        lightness += step
        moved = _from_oklch(lightness, chroma, hue)
    return moved


def _mixed(ground: str, colour: str, part: int) -> str:
    """So many hundredths of a colour on a ground."""
    pairs = zip(_channels(ground), _channels(colour), strict=True)
    return _written(tuple(a + (b - a) * part / 100 for a, b in pairs))


def _channels(colour: str) -> RGB:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _written(channels: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(min(max(each, 0), 1) * 255):02x}" for each in channels)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _luminance(colour: str) -> float:
    red, green, blue = map(_linear, _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklch(colour: str) -> RGB:
    """Lightness, chroma and hue (Ottosson 2020)."""
    r, g, b = map(_linear, _channels(colour))
    l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)  # noqa: E741  # as the formula has it
    m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    along = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s
    across = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    return 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s, hypot(along, across), atan2(across, along)


def _from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """Colour on a screen; where none is so strong, a paler one of the same lightness and hue."""
    for share in range(10, -1, -1):
        linear = _linear_of(lightness, chroma * share / 10, hue)
        if all(-0.0005 <= each <= 1.0005 for each in linear):
            break
    return _written(tuple(_gamma(max(each, 0)) for each in linear))


def _linear_of(lightness: float, chroma: float, hue: float) -> RGB:
    along, across = chroma * cos(hue), chroma * sin(hue)
    l = (lightness + 0.3963377774 * along + 0.2158037573 * across) ** 3  # noqa: E741  # as the formula has it
    m = (lightness - 0.1055613458 * along - 0.0638541728 * across) ** 3
    s = (lightness - 0.0894841775 * along - 1.2914855480 * across) ** 3
    return (
        4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    )
