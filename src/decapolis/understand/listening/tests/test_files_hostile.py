"""Whatever bytes come: they are read, or refused by a fault that names the file. Nothing else is ever raised."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from decapolis.understand.listening.files import FileFault, read_conversation, read_groups, read_statements, read_votes
from decapolis.understand.listening.tests.exports import COMMENTS, LOG, MATRIX, WITH_LOG, write_export

HEADERS = [
    b"participant,statement,vote\n",
    b"timestamp,comment-id,voter-id,vote\n",
    b"participant,group,0,4\n",
    b"comment-id,moderated,comment-body,agrees,disagrees,timestamp\n",
    b'[{"pid": 1, "tid": 2, "vote": 1},',
    b"",
]
CELLS = st.sampled_from(
    [b"1", b"-1", b"0", b"", b'"', b",", b"\n", b"\r", b"\r\n", b"\0", b"\xff", b"\xe9", b"[", b"}", b"9" * 30]
)
READERS = (read_votes, read_statements, read_groups)


def refusal(read: Callable[[Path], object], path: Path) -> FileFault | None:
    """The fault, or None where the file was read."""
    try:
        read(path)
    except FileFault as fault:
        return fault
    return None


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile") / "file.csv"


@pytest.mark.slow
@pytest.mark.parametrize("header", HEADERS)
@settings(deadline=None)
@given(cells=st.lists(CELLS, max_size=30))
@example(cells=[b"1,1,1\n", b"\xff\xfe"])
def test_readers_read_or_raise_a_fault(path: Path, header: bytes, cells: list[bytes]):
    path.write_bytes(header + b"".join(cells))
    faults = [refusal(read, path) for read in READERS]
    assert all(fault is None or str(path) in str(fault) for fault in faults)


@pytest.mark.slow
@settings(deadline=None)
@given(content=st.binary(max_size=200))
def test_readers_stand_any_bytes(path: Path, content: bytes):
    path.write_bytes(content)
    for read in READERS:
        with pytest.raises(FileFault):
            read(path)


@pytest.mark.slow
@settings(deadline=None)
@given(place=st.integers(0, len(LOG) - 1), byte=st.integers(0, 255))
def test_one_wrong_byte_is_a_fault_or_does_not_matter(tmp_path_factory: pytest.TempPathFactory, place: int, byte: int):
    """Totals see most of what the log itself does not show."""
    folder = write_export(tmp_path_factory.mktemp("byte"), WITH_LOG)
    content = bytearray(LOG.encode())
    content[place] = byte
    (folder / "votes.csv").write_bytes(bytes(content))
    fault = refusal(read_conversation, folder)
    assert len(read_conversation(folder).votes) == 6 if fault is None else fault.remedy


@pytest.mark.slow
@pytest.mark.parametrize("text", [COMMENTS, LOG, MATRIX])
def test_a_file_that_is_cut_anywhere_is_read_or_refused(path: Path, text: str):
    for end in range(len(text)):
        path.write_bytes(text.encode()[:end])
        faults = [refusal(read, path) for read in READERS]
        assert all(fault is None or fault.path == path for fault in faults)


@pytest.mark.slow
def test_of_votes_cut_off_anywhere_only_a_last_pass_can_go_unseen(tmp_path: Path):
    """The totals of the source count agreement and disagreement, and no passes."""
    folder = write_export(tmp_path, WITH_LOG)
    last_line = LOG.rindex("\n", 0, -1) + 1
    unseen = []
    for end in range(len(LOG) - 1):
        (folder / "votes.csv").write_text(LOG[:end], encoding="utf-8")
        if refusal(read_conversation, folder) is None:
            unseen.append(end)
    assert unseen == [last_line - 1, last_line]
