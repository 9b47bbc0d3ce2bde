from datetime import date
from pathlib import Path

import pytest

from decapolis.understand.listening.files import FileFault, StatementRow, read_groups, read_statements
from decapolis.understand.listening.files.statements import LONGEST_TEXT

COMMENTS = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
GOOD = "1403067224363,Wed Jun 18,48,215,38,18,1,The quay needs light.\n"


def write(folder: Path, text: str) -> Path:
    path = folder / "comments.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_read_statements_takes_comments_without_their_authors(tmp_path: Path):
    assert read_statements(write(tmp_path, COMMENTS + GOOD)) == [
        StatementRow(
            48, 1, is_meta=False, line=2, text="The quay needs light.", agrees=38, disagrees=18, day=date(2014, 6, 18)
        )
    ]
    assert not any("215" in str(value) for value in vars(read_statements(tmp_path / "comments.csv")[0]).values())


def test_read_statements_takes_numbers_moderation_and_meta_alone(tmp_path: Path):
    rows = read_statements(write(tmp_path, "statement,moderated,meta\n4,-1,0\n2,0,1\n3,1,true\n"))
    assert [(row.statement, row.moderation, row.is_meta, row.text) for row in rows] == [
        (2, 0, True, None),
        (3, 1, True, None),
        (4, -1, False, None),
    ]


def test_read_statements_without_a_column_for_meta_takes_none_as_meta(tmp_path: Path):
    assert [row.is_meta for row in read_statements(write(tmp_path, "statement,moderated\n4,1\n"))] == [False]


def test_read_statements_keeps_texts_of_several_lines_and_scripts(tmp_path: Path):
    text = '"我覺得…\r\n""so"", نعم"'
    assert (
        read_statements(write(tmp_path, f"statement,moderated,text\r\n1,0,{text}\r\n"))[0].text
        == '我覺得…\r\n"so", نعم'
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1403067224363,x,49,215,38,18,1,", "“comment-body” is empty, not the text of a statement"),
        ('1403067224363,x,49,215,38,18,1,"  "', "“comment-body” is empty"),
        ("1403067224363,x,48,215,38,18,1,Again", "Statement 48 stands there twice, first on line 2"),
        ("1403067224363,x,49,215,38,18,2,Text", "“moderated” is “2”, not one of -1, 0, 1"),
        ("1403067224363,x,49,215,38,18,,Text", "“moderated” is empty"),
        ("1403067224363,x,49,215,many,18,1,Text", "“agrees” is something else, not a whole number"),
        ("1403067224363,x,49,215,3,-18,1,Text", "“disagrees” is “-18”"),
        ("Wed Jun 18,x,49,215,3,18,1,Text", "not in seconds or milliseconds"),
        ("1403067224363,x,no,215,3,18,1,Text", "“comment-id” is something else"),
        ("1403067224363,x,49,215,3", "5 columns where the first line names 8"),
    ],
)
def test_read_statements_names_the_line_of_a_damaged_row(tmp_path: Path, row: str, said: str):
    with pytest.raises(FileFault) as caught:
        read_statements(write(tmp_path, COMMENTS + GOOD + row))
    assert caught.value.line == 3
    assert said in str(caught.value)


@pytest.mark.parametrize("header", ["moderated,meta", "statement,meta"])
def test_read_statements_names_a_missing_column(tmp_path: Path, header: str):
    with pytest.raises(FileFault, match="is missing among the") as caught:
        read_statements(write(tmp_path, f"{header}\n1,1\n"))
    assert caught.value.line == 1


def test_read_groups_leaves_people_without_group_out(tmp_path: Path):
    assert read_groups(write(tmp_path, "participant,group\n1,0\n2,\n3,4\n")) == {1: 0, 3: 4}


def test_read_groups_takes_the_published_groups_of_a_matrix(tmp_path: Path):
    assert read_groups(write(tmp_path, "participant,xid,group-id,0,1\n1,,1,1,\n2,,,,1\n")) == {1: 1}


@pytest.mark.parametrize(
    ("row", "said"),
    [("1,b", "“group” is something else"), ("1,-1", "“group” is “-1”"), ("0,1", "This participant stands there twice")],
)
def test_read_groups_names_the_line_of_a_damaged_row(tmp_path: Path, row: str, said: str):
    with pytest.raises(FileFault) as caught:
        read_groups(write(tmp_path, f"participant,group\n0,\n{row}\n"))
    assert caught.value.line == 3
    assert said in str(caught.value)


class TestTexts:
    HEADER = "comment-id,moderated,comment-body\n"

    @pytest.mark.parametrize(("length", "moderated"), [(LONGEST_TEXT, 1), (LONGEST_TEXT + 1, -1), (60_000, -1)])
    def test_read_statements_takes_texts_that_can_be_shown_or_will_not_be(
        self, tmp_path: Path, length: int, moderated: int
    ):
        (row,) = read_statements(write(tmp_path, f"{self.HEADER}0,{moderated},{'a' * length}\n"))
        assert row.text == "a" * length

    @pytest.mark.parametrize("moderated", [0, 1])
    def test_read_statements_refuses_a_text_that_is_too_long_and_says_what_to_do(self, tmp_path: Path, moderated: int):
        rows = f"0,1,Light.\n1,{moderated},{'a' * (LONGEST_TEXT + 1)}\n"
        with pytest.raises(FileFault, match="line 3: The statement has 1,001 characters, more than 1,000") as caught:
            read_statements(write(tmp_path, self.HEADER + rows))
        assert caught.value.remedy == "Shorten it, or mark it as refused (moderated -1)."

    @pytest.mark.parametrize(
        "letter", ["\x01", "\x08", "\x0b", "\x1b", "\x7f", "\x85", "\ufdd0", "\uffff", "\U0010fffe"]
    )
    def test_read_statements_refuses_characters_that_no_text_has(self, tmp_path: Path, letter: str):
        rows = f"0,1,Light.\n1,1,a{letter}b\n"
        with pytest.raises(FileFault, match="line 3: There is a character that no text has") as caught:
            read_statements(write(tmp_path, self.HEADER + rows))
        assert f"U+{ord(letter):04X}" in caught.value.what

    @pytest.mark.parametrize("text", ["a\tb", '"two\r\nlines"', "می\u200cخواهم", "light 😀", "我覺得"])
    def test_read_statements_takes_what_people_write(self, tmp_path: Path, text: str):
        (row,) = read_statements(write(tmp_path, f"{self.HEADER}0,1,{text}\n"))
        assert row.text == text.strip('"')
