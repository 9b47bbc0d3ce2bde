"""What may be taken along: the same figures as on the page, and nothing else."""

import csv
import json
from dataclasses import replace
from io import StringIO
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from decapolis.plumbing.documents.pictures import PictureError
from decapolis.understand.listening.tests import sample_results as samples
from decapolis.understand.listening.tests.sample_results import EVERY_CASE, page_of, store
from decapolis.understand.listening.views import downloads
from decapolis.understand.listening.views.drawings import drawing
from decapolis_methods.opinion.released import from_document

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ADDRESS = "/listen/results/evenings/"
SVG = "{http://www.w3.org/2000/svg}"


def read_table(client: Client) -> list[dict[str, str]]:
    content = client.get(f"{ADDRESS}totals.csv").content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(content, newline="")))


def texts_of(drawn: str) -> str:
    return " ".join(element.text or "" for element in ET.fromstring(drawn).iter(f"{SVG}text"))  # noqa: S314  # our own


def test_table_gives_released_shares(client: Client) -> None:
    store(samples.THREE_GROUPS)

    first, _, third, *_rest = read_table(client)

    assert first["agree_is"] == "exact"
    assert (first["agree_percent"], first["agree_low"], first["agree_high"], first["answered"]) == (
        "88",
        "85",
        "91",
        "571",
    )
    assert (third["agree_is"], third["agree_percent"], third["disagree_is"]) == ("nearly all", "", "few")


def test_table_leaves_withheld_figures_empty(client: Client) -> None:
    store(samples.THREE_GROUPS)

    (withheld,) = [row for row in read_table(client) if row["agree_is"] == "withheld"]

    empty = {name for name, value in withheld.items() if value == ""}
    assert empty >= {"agree_percent", "agree_low", "agree_high", "disagree_percent", "answered"}


def test_groups_table_gives_the_released_shares_by_group_and_no_other(client: Client) -> None:
    store(samples.THREE_GROUPS)
    released = samples.THREE_GROUPS

    content = client.get(f"{ADDRESS}groups.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(content, newline="")))

    assert len(rows) == 3 * (len(released.common) + len(released.dividing)) + 2 * len(released.special)
    first, share = rows[0], released.common[0].by_group[0]
    assert (first["why"], first["group"], first["answer"]) == ("common", "a", released.common[0].direction)
    assert (first["percent"], first["answered"]) == (f"{share.percent:g}", f"{share.n}")
    named = {
        *(each.statement for each in released.common),
        *(each.statement for each in released.dividing),
        *(each.statement for each in released.special),
    }
    assert {int(row["statement"]) for row in rows} == named


def test_groups_table_is_not_there_without_groups(client: Client) -> None:
    store(samples.NO_GROUPS)

    assert client.get(f"{ADDRESS}groups.csv").status_code == 404
    assert "groups.csv" not in client.get(ADDRESS).content.decode()


def test_table_runs_no_formula(client: Client) -> None:
    store(samples.THREE_GROUPS)

    assert [row["text"][:6] for row in read_table(client) if "SUM" in row["text"]] == ["'=SUM("]


def test_json_gives_everything_released(client: Client) -> None:
    store(samples.THREE_GROUPS)

    document = json.loads(client.get(f"{ADDRESS}totals.json").content)

    assert from_document(document["released"]) == samples.THREE_GROUPS
    assert document["statements"]["3"]["language"] == "fr"
    assert document["conversation"]["licence"] == "CC BY 4.0"


def test_json_gives_no_text_of_a_statement_that_has_no_figures(client: Client) -> None:
    store(replace(samples.THREE_GROUPS, totals=samples.THREE_GROUPS.totals[:8]))

    document = json.loads(client.get(f"{ADDRESS}totals.json").content)

    assert set(document["statements"]) == {str(each.statement) for each in samples.THREE_GROUPS.totals[:8]}


def test_png_that_a_reader_has_already_is_not_drawn_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    store(samples.THREE_GROUPS)
    name = client.get(f"{ADDRESS}bars.png").headers["ETag"]
    monkeypatch.setattr(downloads, "_picture", _fail)

    again = client.get(f"{ADDRESS}bars.png", headers={"If-None-Match": name})

    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", name)


def test_png_of_another_result_has_another_name(client: Client) -> None:
    store(samples.THREE_GROUPS)
    name = client.get(f"{ADDRESS}map.png").headers["ETag"]
    store(samples.FIVE_GROUPS, "mornings")

    other = client.get("/listen/results/mornings/map.png", headers={"If-None-Match": name})

    assert (other.status_code, other.headers["ETag"] == name) == (200, False)


def test_png_that_cannot_be_drawn_is_not_there(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    store(samples.THREE_GROUPS)
    monkeypatch.setattr(downloads, "_picture", _fail)

    assert client.get(f"{ADDRESS}bars.png").status_code == 404


def _fail(drawn: str) -> bytes:
    raise PictureError(drawn[:0])


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("totals.csv", "text/csv; charset=utf-8"),
        ("groups.csv", "text/csv; charset=utf-8"),
        ("totals.json", "application/json"),
        ("bars.svg", "image/svg+xml"),
        ("map.svg", "image/svg+xml"),
        ("bars.png", "image/png"),
        ("map.png", "image/png"),
    ],
)
def test_files_are_named_by_the_slug(client: Client, name: str, kind: str) -> None:
    store(samples.THREE_GROUPS)

    response = client.get(ADDRESS + name)

    assert response.headers["Content-Type"] == kind
    assert response.headers["Content-Disposition"].startswith('attachment; filename="evenings')
    assert len(response.content) > 500


@pytest.mark.parametrize(("chart", "case"), [("map", "no groups"), ("bars", "nothing common"), ("pie", "three groups")])
@pytest.mark.parametrize("ending", ["svg", "png"])
def test_charts_that_are_not_there_are_not_found(client: Client, chart: str, case: str, ending: str) -> None:
    store(EVERY_CASE[case])

    assert client.get(f"{ADDRESS}{chart}.{ending}").status_code == 404


def test_page_offers_only_charts_that_are_there(client: Client) -> None:
    store(samples.NO_GROUPS)

    html = client.get(ADDRESS).content.decode()

    assert "bars.svg" in html
    assert "map.svg" not in html


@pytest.mark.parametrize("chart", ["bars", "map"])
@pytest.mark.parametrize("case", ["three groups", "two groups", "five groups"])
def test_drawing_stands_alone(chart: str, case: str) -> None:
    drawn = drawing(page_of(EVERY_CASE[case]), chart)

    assert drawn is not None
    tree = ET.fromstring(drawn)  # noqa: S314  # our own
    assert tree.find(f"{SVG}title") is not None
    assert not [
        element
        for element in tree.iter()
        if "style" in element.attrib or element.tag in (f"{SVG}style", f"{SVG}script")
    ]
    assert "Ardenne open data, CC BY 4.0" in texts_of(drawn)
    assert "643 people, 18,904 answers" in texts_of(drawn)


def test_drawing_for_our_fonts_names_statements_that_they_cannot_write() -> None:
    chinese = replace(samples.THREE_GROUPS.common[0], statement=10)
    found = page_of(replace(samples.THREE_GROUPS, common=(chinese,)))

    for_readers, for_us = drawing(found, "bars"), drawing(found, "bars", for_our_fonts=True)

    assert for_readers is not None
    assert for_us is not None
    assert "我覺得" in texts_of(for_readers)
    assert "我覺得" not in texts_of(for_us)
    assert "Statement 10" in texts_of(for_us)
