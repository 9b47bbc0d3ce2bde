"""What the first page weighs on its way to a phone."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

LIMIT = 100_000
FIRST_LINES = 45_000

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def _file(address: str) -> Path:
    path = finders.find(address.removeprefix("/static/"))
    assert path, f"{address} is not built: script/setup builds it"
    return Path(path)


def _weight(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def _parts(client: Client, address: str) -> tuple[int, int, int]:
    """Give the weight of the page, of all it links to, and of the fonts that a phone fetches."""
    page = client.get(address).content
    linked = [_file(found) for found in re.findall(r'<link [^>]*href="([^"]+)"', page.decode())]
    style = next(path for path in linked if path.suffix == ".css")
    without_wide = re.sub(r"@media[^{]*width[^{]*\{@font-face\{.*?\}\}", "", style.read_text(encoding="utf-8"))
    fonts = {style.parent / name for name in re.findall(r"url\(\"?(\./fonts/[^)\"]+)", without_wide)}
    weights = sum(_weight(path.read_bytes()) for path in linked)
    return _weight(page), weights, sum(path.stat().st_size for path in fonts)


@pytest.mark.parametrize("address", ["/", "/fr/", "/ar/"])
def test_first_page_with_everything_a_phone_fetches_is_light(client: Client, address: str) -> None:
    assert sum(_parts(client, address)) <= LIMIT


@pytest.mark.parametrize("address", ["/", "/fr/", "/ar/"])
def test_first_page_can_be_read_before_any_font(client: Client, address: str) -> None:
    page, linked, _fonts = _parts(client, address)

    assert page + linked <= FIRST_LINES


def test_no_text_waits_for_a_font() -> None:
    style = _file("dist/decapolis.css").read_text(encoding="utf-8")

    faces = re.findall(r"@font-face\{([^}]*)\}", style)

    assert len(faces) == 2
    assert [face for face in faces if "font-display:optional" not in face] == []


def test_older_browsers_get_every_colour_in_plain_values() -> None:
    style = _file("dist/decapolis.css").read_text(encoding="utf-8")
    paired = set(re.findall(r"(--[\w-]+): *light-dark\(#", style))
    (plain,) = re.findall(r"@supports not \(color: ?light-dark\(#000,#fff\)\)\{(.*?)\}\}\}", style)

    assert paired
    assert [name for name in paired if plain.count(f"{name}:") != 2] == []


def test_documents_find_their_fonts() -> None:
    folder = _file("dist/decapolis.css").parent / "fonts-ttf"

    assert {path.name.split("_")[0] for path in folder.glob("*.ttf")} == {"Inter", "NotoSansArabic"}
