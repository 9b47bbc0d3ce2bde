"""Real conversations from file to page: each opens, says its sentence, and withholds what is too small."""

import re
from html import unescape

import pytest
from django.test import Client
from django.utils.html import strip_tags

from decapolis.__main__ import main
from tests.data import shared_data

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.data]

OPTIONS = ("--credit", "compdemocracy/openData", "--licence", "CC BY 4.0", "--about-participants", "none")
PNG = b"\x89PNG\r\n\x1a\n"
ADDRESS = "/listen/results/real/"


def import_folder(name: str, *options: str) -> None:
    folder = str(shared_data("listening") / name)
    assert main(["listening", "import", folder, "--slug", "real", "--bootstrap", "5", *OPTIONS, *options]) == 0


def sentence(client: Client, prefix: str = "") -> str:
    html = client.get(prefix + ADDRESS).content.decode()
    (said,) = re.findall(r'<p class="dc-plain">(.*?)</p>', html, re.DOTALL)
    return unescape(strip_tags(said))


@pytest.mark.parametrize(
    "name",
    [
        "15-per-hour-seattle",
        "american-assembly.bowling-green",
        "canadian-electoral-reform",
        "scoop-hivemind.ubi",
    ],
)
def test_real_result_reads_well_in_every_language(client: Client, name: str) -> None:
    import_folder(name)

    said = [sentence(client, prefix) for prefix in ("", "/fr", "/ar")]

    assert len(set(said)) == 3
    assert all(each.endswith(".") and 40 < len(each) < 500 for each in said), said
    assert client.get(f"{ADDRESS}statements/?sort=divided").status_code == 200
    html = client.get(ADDRESS).content
    assert html.count(b"compdemocracy/openData") >= 2
    assert len(html) < 60_000, "a page is read on an old phone"


def test_london_says_that_too_few_answered_and_shows_no_small_number(client: Client) -> None:
    import_folder("london.youth.policing")

    html = client.get(ADDRESS).content.decode()

    assert sentence(client).endswith("Only 26 people answered: too few to speak of groups.")
    assert "dc-map" not in html
    assert "Group A" not in html
    assert not re.search(r"<strong[^>]*>(?:[0-9]|[0-4][0-9])\s?%</strong>", html)


def test_chinese_statements_are_marked_and_drawn_without_empty_boxes(client: Client) -> None:
    import_folder("vtaiwan.uberx", "--language", "zh-Hant")

    html = client.get(ADDRESS).content.decode()
    drawn = client.get(f"{ADDRESS}bars.svg").content.decode()

    assert '<bdi lang="zh-Hant" dir="auto">' in html
    assert re.search("[\u4e00-\u9fff]", drawn)
    assert client.get(f"{ADDRESS}bars.png").content.startswith(PNG)
