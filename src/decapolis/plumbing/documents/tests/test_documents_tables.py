"""CSV in which no cell is a formula."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decapolis.plumbing.documents.tables import BYTE_ORDER_MARK, FORMULA_STARTS, TURNING, harmless, table

cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+49",
        "-3",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\nx",
        "  =1+1",
        "＝1+1",
        "＋49",
        "－3",
        "＠SUM(A1)",
        "\u00a0=1+1",
        "\u200b=1+1",
        "\ufeff=1+1",
        "\u2003\u200b ＝1+1",
    ],
)
def test_harmless_marks_what_a_spreadsheet_would_run(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", " ", "light", "1 = 1", "l'eau", "’tis", "مرحبا", "\u00a0light", "–3", "１"])
def test_harmless_leaves_the_rest_alone(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("turning", [chr(number) for number in TURNING])
def test_harmless_leaves_out_what_turns_the_direction(turning: str) -> None:
    assert harmless(f"light{turning} on the quay") == "light on the quay"
    assert harmless(f"{turning}=1+1") == "'=1+1"


def test_harmless_leaves_marks_that_belong_to_arabic_and_persian() -> None:
    assert harmless("می\u200cخواهم\u200f") == "می\u200cخواهم\u200f"


def test_table_writes_numbers_as_numbers_and_nothing_as_nothing() -> None:
    written = table(("a", "b", "c"), [(-0.5, None, "x, y")])

    assert written == BYTE_ORDER_MARK + 'a,b,c\r\n-0.5,,"x, y"\r\n'


@given(st.lists(st.tuples(cells, cells), max_size=8))
def test_table_reads_back_as_it_was_but_for_apostrophes(rows: list[tuple[str, str]]) -> None:
    written = table(("one", "two"), rows).removeprefix(BYTE_ORDER_MARK)

    read = list(csv.reader(StringIO(written, newline="")))[1:]

    assert read == [[harmless(cell) for cell in row] for row in rows]
    assert not any(cell.startswith(FORMULA_STARTS) for row in read for cell in row)
