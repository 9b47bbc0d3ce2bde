"""What the city chose, as pages read it: from a file, so that none asks the database, and all know it without one."""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from django.conf import settings

from decapolis.city.appearance.colours import Shade, shades

FAMILIES = {"first_colour": "accent", "second_colour": "brand1"}
"""Which family of the theme's tokens a colour gives."""


@dataclass(frozen=True)
class Look:
    """What a city chose; what it did not is empty. `is_settled` says that the checklist was closed."""

    name: str = ""
    first_colour: str = ""
    second_colour: str = ""
    languages: tuple[str, ...] = ()
    logo: str = ""
    is_settled: bool = False

    @property
    def css(self) -> str:
        """Stylesheet of the two colours; empty where neither was chosen."""
        made = {
            f"--ds-color-{family}-{name}": shade
            for colour, family in FAMILIES.items()
            if getattr(self, colour)
            for name, shade in shades(getattr(self, colour)).items()
        }
        return _sheet(made) if made else ""

    @property
    def digest(self) -> str:
        """What stands in the address of the stylesheet, and changes with it; empty where there is none."""
        return sha256(self.css.encode()).hexdigest()[:16] if self.css else ""

    def offers(self, language: str) -> bool:
        """Whether the city offers a language; all, as long as it chose none."""
        return not self.languages or language in self.languages


def published() -> Look:
    """What the city chose."""
    try:
        read = json.loads(_path().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Look()
    return Look(**{**read, "languages": tuple(read["languages"])})


def publish(look: Look) -> None:
    """Put a new file in the place of the old one, so that a reader finds the one or the other whole."""
    draft = _path().with_name(f"appearance-{token_hex(4)}")
    draft.write_text(json.dumps(asdict(look)), encoding="utf-8")
    draft.replace(_path())


def _path() -> Path:
    return Path(settings.DATA) / "appearance.json"


def _sheet(made: dict[str, Shade]) -> str:
    """Pairs by `light-dark`, and for browsers that do not know it as two plain blocks."""
    day = "".join(f"{name}:{shade.day};" for name, shade in made.items())
    night = "".join(f"{name}:{shade.night};" for name, shade in made.items())
    pairs = "".join(f"{name}:light-dark({shade.day},{shade.night});" for name, shade in made.items())
    plain = f":root{{{day}}}@media (prefers-color-scheme:dark){{:root{{{night}}}}}"
    return f":root,[data-color-scheme]{{{pairs}}}\n@supports not (color:light-dark(#000,#fff)){{{plain}}}\n"
