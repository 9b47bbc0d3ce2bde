import json
from datetime import date
from pathlib import Path

import pytest

from decapolis.understand.listening.files import ConversationFiles, FileFault, StatementRow, folders, read_conversation
from decapolis.understand.listening.tests.exports import (
    COMMENTS,
    LOG,
    MATRIX,
    SUMMARY,
    WITH_LOG,
    WITH_MATRIX,
    write_export,
)


def triplets(files: ConversationFiles) -> list[tuple[int, int, int]]:
    votes = files.votes
    return list(zip(votes.participant.tolist(), votes.statement.tolist(), votes.value.tolist(), strict=True))


def notes(files: ConversationFiles) -> dict[str, int]:
    return {note.what: note.number for note in files.notes}


def fault_of(folder: Path) -> FileFault:
    with pytest.raises(FileFault) as caught:
        read_conversation(folder)
    return caught.value


EXPECTED = [(11, 0, 1), (11, 1, 1), (12, 0, 1), (12, 1, -1), (13, 1, 0), (13, 2, -1)]


def test_read_conversation_takes_topic_statements_and_votes_of_a_log(tmp_path: Path):
    files = read_conversation(write_export(tmp_path, WITH_LOG))
    assert (files.topic, files.address) == ("Evenings by the quay", "https://example.org/quay")
    assert files.description == "What would make\nevenings better?"
    assert triplets(files) == EXPECTED
    assert [(row.statement, row.moderation) for row in files.statements] == [(0, 1), (1, 0), (2, -1)]
    assert files.statements[1].text == "The last bus leaves\ntoo early."


def test_read_conversation_says_what_it_did_not_take_from_a_log(tmp_path: Path):
    assert notes(read_conversation(write_export(tmp_path, WITH_LOG))) == {
        "times of day": 7,
        "earlier votes": 1,
        "authors of statements and times": 3,
        "texts of refused statements": 1,
        "stats-history.csv": 1,
    }


def test_read_conversation_takes_a_matrix(tmp_path: Path):
    files = read_conversation(write_export(tmp_path, WITH_MATRIX))
    assert triplets(files) == EXPECTED
    assert notes(files) == {
        "outer identifiers (xid)": 3,
        "authors of statements and times": 3,
        "texts of refused statements": 1,
        "published groups": 1,
    }


def test_read_conversation_takes_an_export_of_a_newer_polis(tmp_path: Path):
    """Other names, times in seconds, marks of importance, and the signs declared."""
    comments = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,importance,comment-body\n"
    summary = "topic,Evenings\nvoters,2\nvote-convention,agree=+1;disagree=-1;pass=0;format=polis-export/1"
    newer = {
        "summary.csv": summary,
        "comments.csv": comments + '1403049600,x,0,9,1,1,1,0,"The quay needs light."\n',
        "votes.csv": "timestamp,comment-id,voter-id,vote,important\n1403054214,0,1,1,1\n1403054215,0,2,-1,0\n",
        "participant-votes.csv": "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0\n1,,0,1,1,0,1\n",
        "participant-importance.csv": "participant,group-id,n-comments,n-votes,n-important,0\n1,,0,1,1,1\n",
    }
    files = read_conversation(write_export(tmp_path, newer))
    assert triplets(files) == [(1, 0, 1), (2, 0, -1)]
    assert files.statements[0].day == date(2014, 6, 18)
    assert notes(files).keys() >= {"participant-votes.csv", "participant-importance.csv"}


def test_read_conversation_says_that_people_without_a_vote_were_left_out(tmp_path: Path):
    silent = WITH_MATRIX | {"participants-votes.csv": MATRIX + "14,,,0,0,0,0,,,\n"}
    assert notes(read_conversation(write_export(tmp_path, silent)))["participants"] == 1


def test_read_conversation_prefers_the_log_to_the_matrix(tmp_path: Path):
    files = read_conversation(write_export(tmp_path, WITH_LOG | {"participants-votes.csv": MATRIX}))
    assert files.votes.day is not None
    assert notes(files)["participants-votes.csv"] == 1


def test_read_conversation_does_not_keep_the_text_of_a_refused_statement(tmp_path: Path):
    files = read_conversation(write_export(tmp_path, WITH_LOG))
    assert files.statements[2] == StatementRow(
        2, -1, is_meta=False, line=5, agrees=0, disagrees=1, day=date(2014, 6, 19)
    )


def test_read_conversation_keeps_nothing_that_leads_back_to_people(tmp_path: Path):
    everything = repr(read_conversation(write_export(tmp_path, WITH_LOG | WITH_MATRIX | {"comments.csv": COMMENTS})))
    for trace in ("anna@example.org", "901", "902", "1403054214196", "16:"):
        assert trace not in everything


def test_read_conversation_does_not_mind_capital_letters_in_names_of_files(tmp_path: Path):
    assert triplets(read_conversation(write_export(tmp_path, {"Comments.CSV": COMMENTS, "VOTES.csv": LOG}))) == EXPECTED


def test_read_conversation_takes_a_list_of_statements_without_texts(tmp_path: Path):
    listed = "statement,moderated,meta\n0,1,0\n1,0,1\n2,-1,0\n"
    files = read_conversation(write_export(tmp_path, {"STATEMENTS.csv": listed, "votes.csv": LOG}))
    assert [(row.moderation, row.is_meta) for row in files.statements] == [(1, False), (0, True), (-1, False)]
    assert notes(files)["texts of statements"] == 1


def test_read_conversation_knows_refused_and_meta_statements_from_the_result_of_polis(tmp_path: Path):
    records = [{"pid": 1, "tid": number, "vote": 1} for number in (0, 1, 2)]
    moderation = {"mod-out": [1, 2, 5], "meta-tids": [2]}
    texts = {"votes.json": json.dumps(records), "math-pca2.json": json.dumps(moderation)}
    files = read_conversation(write_export(tmp_path, texts))
    assert [(row.statement, row.moderation, row.is_meta) for row in files.statements] == [
        (0, 0, False),
        (1, -1, False),
        (2, 0, True),
        (5, -1, False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[",
        "[]",
        '{"mod-out": [1]}',
        '{"mod-out": 1, "meta-tids": []}',
        '{"mod-out": "12", "meta-tids": []}',
        '{"mod-out": [Infinity], "meta-tids": []}',
        '{"mod-out": [NaN], "meta-tids": []}',
        '{"mod-out": [1.7], "meta-tids": []}',
        '{"mod-out": [1.0], "meta-tids": []}',
        '{"mod-out": [-5], "meta-tids": []}',
        '{"mod-out": [1e22], "meta-tids": []}',
        f'{{"mod-out": [{10**18}], "meta-tids": []}}',
        '{"mod-out": [true], "meta-tids": []}',
        '{"mod-out": [], "meta-tids": ["2"]}',
        "[" * 100_000,
        '{"a":' * 100_000,
    ],
)
def test_read_conversation_refuses_a_result_of_polis_that_does_not_say_what_was_refused(tmp_path: Path, text: str):
    fault = fault_of(write_export(tmp_path, {"votes.csv": LOG, "math-pca2.json": text}))
    assert fault.what == "It does not say which statements were refused."


def test_read_conversation_does_not_read_a_result_of_polis_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(folders, "LONGEST_RESULT", 40)
    text = '{"mod-out": [1], "meta-tids": []}'
    whole = write_export(tmp_path, {"votes.csv": LOG, "math-pca2.json": text.ljust(40)})
    assert [row.moderation for row in read_conversation(whole).statements] == [0, -1, 0]
    fault = fault_of(write_export(tmp_path, {"math-pca2.json": text.ljust(41)}))
    assert (fault.path.name, fault.what) == ("math-pca2.json", "It has more than 40 bytes.")


def test_read_conversation_remarks_an_open_last_line(tmp_path: Path):
    cut = WITH_LOG | {"comments.csv": COMMENTS.rstrip("\n")}
    assert "line end of the last line of comments.csv" in notes(read_conversation(write_export(tmp_path, cut)))


def test_read_conversation_takes_somewhat_higher_totals_beside_a_matrix(tmp_path: Path):
    """Polis counts a vote again when it is changed; a matrix has the last ones only."""
    many = {"comments.csv": "comment-id,moderated,comment-body,agrees,disagrees\n0,1,Light.,21,0\n"}
    rows = "".join(f"{who},1\n" for who in range(20))
    files = read_conversation(write_export(tmp_path, many | {"participants-votes.csv": "participant,0\n" + rows}))
    assert notes(files)["votes stated in the totals only"] == 1


class TestDamage:
    def test_a_folder_without_votes(self, tmp_path: Path):
        fault = fault_of(write_export(tmp_path, {"comments.csv": COMMENTS}))
        assert (fault.line, fault.what) == (None, "The folder has no votes.")
        assert "votes.csv" in fault.remedy

    def test_a_folder_that_is_not_there(self, tmp_path: Path):
        assert "No such file" in str(fault_of(tmp_path / "nowhere"))

    def test_a_file_in_the_place_of_a_folder(self, tmp_path: Path):
        assert "cannot be read" in str(fault_of(write_export(tmp_path, WITH_LOG) / "votes.csv"))

    def test_votes_without_a_single_one(self, tmp_path: Path):
        fault = fault_of(write_export(tmp_path, WITH_LOG | {"votes.csv": LOG.splitlines()[0]}))
        assert fault.what == "There is no vote in it."

    def test_a_statement_without_text(self, tmp_path: Path):
        fault = fault_of(
            write_export(tmp_path, WITH_LOG | {"comments.csv": COMMENTS.replace("The quay needs light.", "")})
        )
        assert (fault.line, fault.path.name) == (2, "comments.csv")

    def test_a_vote_on_a_statement_that_is_not_listed(self, tmp_path: Path):
        fault = fault_of(write_export(tmp_path, WITH_LOG | {"votes.csv": LOG.replace(",2,13,-1", ",9,13,-1")}))
        assert (fault.line, fault.path.name) == (7, "votes.csv")

    @pytest.mark.parametrize(
        ("stated", "line"), [("0,901,3,1", 2), ("0,901,2,0", 2), ("2,903,0,2", 5), ("2,903,1,1", 5)]
    )
    def test_totals_that_contradict_a_log(self, tmp_path: Path, stated: str, line: int):
        right = stated[:6] + ("2,1" if line == 2 else "0,1")
        fault = fault_of(write_export(tmp_path, WITH_LOG | {"comments.csv": COMMENTS.replace(right, stated)}))
        assert (fault.line, fault.path.name) == (line, "comments.csv")
        assert "contradict" in fault.what

    def test_a_log_that_was_cut_off_between_two_lines(self, tmp_path: Path):
        cut = "".join(LOG.splitlines(keepends=True)[:-2])
        assert "contradict" in fault_of(write_export(tmp_path, WITH_LOG | {"votes.csv": cut, "summary.csv": ""})).what

    def test_totals_lower_than_a_matrix(self, tmp_path: Path):
        lower = WITH_MATRIX["comments.csv"].replace(",2,0,1,The", ",1,0,1,The")
        fault = fault_of(write_export(tmp_path, WITH_MATRIX | {"comments.csv": lower}))
        assert (fault.line, "1 votes of 1 are stated for statement 0, there are 2" in fault.what) == (2, True)

    def test_totals_much_higher_than_a_matrix(self, tmp_path: Path):
        higher = WITH_MATRIX["comments.csv"].replace(",2,0,1,The", ",4,0,1,The")
        assert "contradict" in fault_of(write_export(tmp_path, WITH_MATRIX | {"comments.csv": higher})).what

    @pytest.mark.parametrize(("key", "line"), [("voters", 3), ("comments", 4)])
    def test_a_summary_that_contradicts_the_other_files(self, tmp_path: Path, key: str, line: int):
        summary = SUMMARY.replace(f"{key},3", f"{key},4")
        fault = fault_of(write_export(tmp_path, WITH_LOG | {"summary.csv": summary}))
        assert (fault.line, fault.path.name) == (line, "summary.csv")
        assert f"states “4” for {key}" in fault.what

    @pytest.mark.parametrize("declared", ["agree=-1;disagree=+1;pass=0", "agree=1; disagree=-1; pass=2"])
    def test_signs_that_are_declared_the_other_way_round(self, tmp_path: Path, declared: str):
        fault = fault_of(write_export(tmp_path, WITH_LOG | {"summary.csv": f"{SUMMARY}vote-convention,{declared}\n"}))
        assert (fault.line, fault.path.name) == (7, "summary.csv")
        assert "declares" in fault.what

    def test_a_summary_that_is_not_utf_8(self, tmp_path: Path):
        folder = write_export(tmp_path, WITH_LOG)
        (folder / "summary.csv").write_bytes("topic,Soirées\n".encode("latin-1"))
        assert fault_of(folder).what == "The text is not in UTF-8."
