"""CSV in which no cell is a formula."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decapolis.plumbing.documents.tables import BYTE_ORDER_MARK, FORMULA_STARTS, harmless, table

cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


@pytest.mark.parametrize("text", ["=1+1", "+49", "-3", "@SUM(A1)", "\tx", "\rx", "\nx", "  =1+1"])
def test_harmless_marks_what_a_spreadsheet_would_run(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "light", "1 = 1", "l'eau", "’tis"])
def test_harmless_leaves_the_rest_alone(text: str) -> None:
    assert harmless(text) == text


def test_table_writes_numbers_as_numbers_and_nothing_as_nothing() -> None:
    written = table(("a", "b", "c"), [(-0.5, None, "x, y")])

    assert written == BYTE_ORDER_MARK + 'a,b,c\r\n-0.5,,"x, y"\r\n'


@given(st.lists(st.tuples(cells, cells), max_size=8))
def test_table_reads_back_as_it_was_but_for_apostrophes(rows: list[tuple[str, str]]) -> None:
    written = table(("one", "two"), rows).removeprefix(BYTE_ORDER_MARK)

    read = list(csv.reader(StringIO(written, newline="")))[1:]

    assert read == [[harmless(cell) for cell in row] for row in rows]
    assert not any(cell.startswith(FORMULA_STARTS) for row in read for cell in row)
