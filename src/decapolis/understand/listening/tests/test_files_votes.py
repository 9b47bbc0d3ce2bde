from array import array
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decapolis.understand.listening.files import FileFault, RawVotes, read_votes
from decapolis.understand.listening.files.votes import VoteLog

LOG = "timestamp,datetime,comment-id,voter-id,vote\n"
MORNING, EVENING, NEXT_DAY = 1403054214196, 1403090000000, 1403140000000  # 18, 18 and 19 June 2014


def write(folder: Path, text: str | bytes, name: str = "votes.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def triplets(votes: RawVotes) -> list[tuple[int, int, int]]:
    columns = (votes.participant.tolist(), votes.statement.tolist(), votes.value.tolist())
    return list(zip(*columns, strict=True))


def fault_of(path: Path, limit: int = 100) -> FileFault:
    with pytest.raises(FileFault) as caught:
        read_votes(path, limit=limit)
    return caught.value


class TestLog:
    def test_read_votes_takes_each_row_by_participant_and_statement(self, tmp_path: Path):
        rows = f"{MORNING},x,7,2,1\n{MORNING},x,3,2,-1\n{MORNING},x,7,1,0\n"
        assert triplets(read_votes(write(tmp_path, LOG + rows))) == [(1, 7, 0), (2, 3, -1), (2, 7, 1)]

    def test_read_votes_lets_the_later_vote_replace_the_earlier_whatever_the_order_of_rows(self, tmp_path: Path):
        rows = f"{NEXT_DAY},x,7,2,1\n{MORNING},x,7,2,-1\n{EVENING},x,7,2,0\n"
        assert triplets(read_votes(write(tmp_path, LOG + rows))) == [(2, 7, 1)]

    def test_read_votes_lets_the_lower_row_win_at_the_same_moment(self, tmp_path: Path):
        rows = f"{MORNING},x,7,2,1\n{MORNING},x,7,2,-1\n"
        assert triplets(read_votes(write(tmp_path, LOG + rows))) == [(2, 7, -1)]

    def test_read_votes_lets_the_lower_row_win_without_times(self, tmp_path: Path):
        votes = read_votes(write(tmp_path, "participant,statement,vote\n2,7,1\n2,7,-1\n"))
        assert triplets(votes) == [(2, 7, -1)]
        assert votes.day is None

    def test_read_votes_keeps_the_day_and_not_the_time(self, tmp_path: Path):
        days = read_votes(write(tmp_path, LOG + f"{MORNING},x,7,2,1\n{EVENING},x,8,2,1\n{NEXT_DAY},x,9,2,1\n")).day
        assert days is not None
        assert days.dtype == np.dtype("datetime64[D]")
        assert days.tolist() == [date(2014, 6, 18), date(2014, 6, 18), date(2014, 6, 19)]

    def test_read_votes_takes_times_in_seconds_as_newer_exports_give_them(self, tmp_path: Path):
        votes = read_votes(write(tmp_path, LOG + "1403140000,x,7,2,1\n1403054214,x,7,2,-1\n"))
        assert votes.day is not None
        assert (votes.value.tolist(), votes.day.tolist()) == ([1], [date(2014, 6, 19)])

    def test_read_votes_does_not_mind_byte_order_mark_line_ends_quotes_or_order_of_columns(self, tmp_path: Path):
        header = b'\xef\xbb\xbf"Vote",comment-id,note,VOTER-ID\r\n'
        text = header + b'1,"7","two\r\nlines, quoted ""so""",2\r\n\r\n-1,8,\xc3\xa9,2'
        assert triplets(read_votes(write(tmp_path, text))) == [(2, 7, 1), (2, 8, -1)]

    def test_read_votes_knows_a_log_by_its_columns_and_not_by_its_name(self, tmp_path: Path):
        assert len(read_votes(write(tmp_path, "pid,tid,vote\n2,7,1\n", "export-final.txt"))) == 1

    def test_read_votes_takes_whole_numbers_with_a_point(self, tmp_path: Path):
        assert triplets(read_votes(write(tmp_path, "pid,tid,vote\n2,7,1.0\n2,8,-1.0\n2,9,0.0\n"))) == [
            (2, 7, 1),
            (2, 8, -1),
            (2, 9, 0),
        ]

    def test_read_votes_of_a_header_alone_are_none(self, tmp_path: Path):
        assert len(read_votes(write(tmp_path, LOG))) == 0

    @settings(deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from([1, -1, 0])), max_size=40))
    def test_read_votes_gives_the_last_of_each_pair(
        self, tmp_path_factory: pytest.TempPathFactory, given_votes: list[tuple[int, int, int]]
    ):
        rows = "".join(f"{who},{what},{value}\n" for who, what, value in given_votes)
        path = write(tmp_path_factory.mktemp("votes"), "participant,statement,vote\n" + rows)
        last = {(who, what): value for who, what, value in given_votes}
        assert triplets(read_votes(path)) == sorted((who, what, value) for (who, what), value in last.items())


class TestDamagedLog:
    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("1,7,2", "“vote” is “2”"),
            ("1,7,", "“vote” is empty"),
            ("1,7,agree", "“vote” is something else"),
            ("1,7,-", "“vote” is something else"),
            ("1,7,٠", "“vote” is something else"),
            ("x,7,1", "“participant” is something else"),
            ("-1,7,1", "“participant” is “-1”"),
            ("1,,1", "“statement” is empty"),
            ("1,7.5,1", "“statement” is “7.5”"),
            ("1,٣,1", "“statement” is something else"),
            ("1,9999999999999999999,1", "“statement” is"),
            ("1,7", "2 columns where the first line names 3"),
            ("1,7,1,4", "4 columns where the first line names 3"),
            ('1,7,"1', "cannot be read"),
            ('1,7,"1"x', "cannot be read"),
        ],
    )
    def test_read_votes_names_the_line_of_a_damaged_row(self, tmp_path: Path, row: str, said: str):
        fault = fault_of(write(tmp_path, f"participant,statement,vote\n1,1,1\n{row}"))
        assert fault.line == 3
        assert said in str(fault)

    def test_read_votes_counts_lines_within_quotes(self, tmp_path: Path):
        fault = fault_of(write(tmp_path, 'participant,statement,vote,note\n1,1,1,"a\nb\nc"\n1,2,5,\n'))
        assert fault.line == 5

    def test_read_votes_names_the_line_where_an_open_quotation_mark_begins(self, tmp_path: Path):
        fault = fault_of(write(tmp_path, 'participant,statement,vote,note\n1,1,1,"a\n1,2,1,\n1,3,1,\n'))
        assert fault.line == 2
        assert "quotation mark" in fault.remedy

    @pytest.mark.parametrize("missing", ["participant", "statement", "vote"])
    def test_read_votes_names_a_missing_column(self, tmp_path: Path, missing: str):
        names = [name for name in ("participant", "statement", "vote") if name != missing]
        fault = fault_of(write(tmp_path, f"{','.join(names)}\n1,1\n"))
        assert fault.line == 1
        assert "the first line names" in fault.what or "is missing among the" in fault.what

    def test_read_votes_refuses_a_column_that_stands_twice(self, tmp_path: Path):
        fault = fault_of(write(tmp_path, "participant,statement,vote,Vote\n1,1,1,1\n"))
        assert (fault.line, fault.what) == (1, "Columns 3 and 4 have the same name.")

    @pytest.mark.parametrize(
        "moment", ["14030542", "140305421419", "tomorrow", "", "-5", "99999999999999", "１４０３０５４２１４"]
    )
    def test_read_votes_refuses_a_time_that_is_none(self, tmp_path: Path, moment: str):
        fault = fault_of(write(tmp_path, f"{LOG}{moment},x,7,2,1\n"))
        assert fault.line == 2
        assert "milliseconds" in fault.what

    @pytest.mark.parametrize("encoded", ["né".encode("latin-1"), "né".encode("utf-16")])
    def test_read_votes_names_the_line_that_is_not_utf_8(self, tmp_path: Path, encoded: bytes):
        fault = fault_of(write(tmp_path, b"participant,statement,vote,note\n1,1,1,a\n1,2,1," + encoded + b"\n"))
        assert fault.line == 3
        assert fault.what in ("The text is not in UTF-8.", "There is a zero byte.")

    def test_read_votes_refuses_a_whole_file_in_utf_16(self, tmp_path: Path):
        fault = fault_of(write(tmp_path, "participant,statement,vote\n1,1,1\n".encode("utf-16")))
        assert fault.line == 1

    def test_read_votes_names_the_line_of_a_zero_byte(self, tmp_path: Path):
        fault = fault_of(write(tmp_path, b"participant,statement,vote\n1,1,1\n1,\0,1\n"))
        assert (fault.line, fault.what) == (3, "There is a zero byte.")

    @pytest.mark.parametrize("nothing", ["", "\n", "\ufeff"])
    def test_read_votes_refuses_an_empty_file(self, tmp_path: Path, nothing: str):
        assert "is empty" in str(fault_of(write(tmp_path, nothing)))

    def test_read_votes_refuses_more_votes_than_the_limit_and_names_the_line(self, tmp_path: Path):
        path = write(tmp_path, "participant,statement,vote\n" + "".join(f"{who},1,1\n" for who in range(101)))
        fault = fault_of(path, limit=100)
        assert fault.line == 102
        assert "more than 100 votes" in fault.what
        assert len(read_votes(path, limit=101)) == 101

    def test_the_limit_is_ten_million_votes(self, tmp_path: Path):
        log = VoteLog(tmp_path / "votes.csv", (), value=array("b", bytes(10_000_000)))
        with pytest.raises(FileFault, match="line 10000002: There are more than 10,000,000 votes"):
            log.add(10_000_002, 1, 1, 1)

    def test_read_votes_refuses_a_vote_on_an_unknown_statement(self, tmp_path: Path):
        path = write(tmp_path, "participant,statement,vote\n1,1,1\n1,9,1\n")
        with pytest.raises(FileFault, match="line 3: Statement 9 is not in the list"):
            read_votes(path, statements={1, 2})

    def test_read_votes_refuses_an_endless_line(self, tmp_path: Path):
        fault = fault_of(write(tmp_path, "participant,statement,vote\n1,1," + "1" * (8 * 1024 * 1024 + 1)))
        assert fault.line == 2

    def test_read_votes_says_that_a_file_is_not_there(self, tmp_path: Path):
        fault = fault_of(tmp_path / "votes.csv")
        assert fault.line is None
        assert "No such file" in fault.what

    def test_read_votes_says_that_a_folder_is_no_file(self, tmp_path: Path):
        assert "cannot be read" in str(fault_of(tmp_path))

    def test_a_fault_is_one_sentence_with_place_and_remedy(self, tmp_path: Path):
        fault = fault_of(write(tmp_path, "participant,statement,vote\n1,7,2\n"))
        place, said = str(fault).split(": ", 1)
        assert place == f"{tmp_path}/votes.csv, line 2"
        assert said == "The column “vote” is “2”, not one of 1 (agree), -1 (disagree) and 0 (pass). Correct this line."


class TestMatrix:
    HEADER = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,4\n"

    def test_read_votes_takes_the_cells_that_are_not_empty(self, tmp_path: Path):
        votes = read_votes(write(tmp_path, self.HEADER + "3,1,0,2,1,1,1,-1\n5,,0,1,0,0,,0\n"))
        assert triplets(votes) == [(3, 0, 1), (3, 4, -1), (5, 4, 0)]
        assert votes.day is None

    def test_read_votes_does_not_look_at_outer_identifiers(self, tmp_path: Path):
        votes = read_votes(write(tmp_path, "participant,xid,group-id,0\n3,anna@example.org,,1\n"))
        assert triplets(votes) == [(3, 0, 1)]

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("3,1,0,2,1,1,1,2", "“4” is “2”, not empty or one of"),
            ("3,1,0,3,1,1,1,-1", "“n-votes” is “3”, not 2"),
            ("3,1,0,2,2,1,1,-1", "“n-agree” is “2”, not 1"),
            ("3,1,0,2,1,0,1,-1", "“n-disagree” is “0”, not 1"),
            ("3,1,0,2,1,,1,-1", "“n-disagree” is empty"),
            ("2,1,0,0,0,0,,", "This participant stands there twice"),
            ("3,1,0,2,1", "5 columns where the first line names 8"),
            ("p3,1,0,2,1,1,1,-1", "“participant” is something else"),
        ],
    )
    def test_read_votes_names_the_line_of_a_damaged_row(self, tmp_path: Path, row: str, said: str):
        fault = fault_of(write(tmp_path, f"{self.HEADER}2,,0,0,0,0,,\n{row}\n"))
        assert fault.line == 3
        assert said in str(fault)

    def test_read_votes_refuses_a_column_of_an_unknown_statement(self, tmp_path: Path):
        path = write(tmp_path, self.HEADER)
        with pytest.raises(FileFault, match="line 1: Statement 4 is not in the list"):
            read_votes(path, statements={0})

    def test_read_votes_refuses_a_statement_that_stands_there_twice(self, tmp_path: Path):
        fault = fault_of(write(tmp_path, "participant,7,007\n1,1,-1\n"))
        assert (fault.line, fault.what) == (1, "Statement 7 stands there twice.")

    def test_read_votes_names_the_column_as_it_is_written(self, tmp_path: Path):
        assert "“007” is “5”" in str(fault_of(write(tmp_path, "participant,007\n1,5\n")))

    def test_read_votes_refuses_more_votes_than_the_limit(self, tmp_path: Path):
        path = write(tmp_path, "participant,0,4\n1,1,1\n2,1,1\n")
        assert fault_of(path, limit=3).line == 3

    def test_read_votes_does_not_take_marks_of_importance_for_votes(self, tmp_path: Path):
        fault = fault_of(write(tmp_path, "participant,group-id,n-comments,n-votes,n-important,0,4\n3,,0,2,1,1,0\n"))
        assert "These are no votes" in fault.what

    def test_read_votes_says_that_another_table_has_no_votes(self, tmp_path: Path):
        fault = fault_of(write(tmp_path, "n-votes,n-comments,n-visitors\n1,2,3\n"))
        assert fault.line == 1
        assert "These are no votes" in fault.what
