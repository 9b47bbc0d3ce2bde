"""A folder with a whole conversation, as another system exports it: topic, statements and votes that fit together."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from decapolis.understand.listening.files.faults import FileFault, quoted, unreadable
from decapolis.understand.listening.files.meters import Told, nobody
from decapolis.understand.listening.files.statements import StatementRow, read_statements
from decapolis.understand.listening.files.tables import MOST_DIGITS, ends_with_line_end, open_bytes, records_of
from decapolis.understand.listening.files.votes import MOST_VOTES, RawVotes, VoteLog, latest, read_log

VOTES = ("votes.csv", "participants-votes.csv", "participant-votes.csv", "votes.json")
STATEMENTS = ("comments.csv", "statements.csv")
SUMMARY = "summary.csv"
SIGNS = "vote-convention"
FACTS = ("topic", "conversation-description", "url")
MODERATION = "math-pca2.json"
LONGEST_RESULT = 256 * 1024 * 1024  # that of a conversation of 30,000 people has some 20 megabytes
REFUSED = -1
MOST_REPLACED = 0.1  # a matrix has the last votes only; where totals count a tenth more, they are of other votes


@dataclass(frozen=True)
class Note:
    """What was not taken, how many, and why: one line of the report."""

    number: int
    what: str
    why: str


@dataclass(frozen=True)
class ConversationFiles:
    """A conversation as read: nothing in it leads back to a person. `statements` are by number."""

    topic: str
    description: str
    address: str
    statements: tuple[StatementRow, ...]
    votes: RawVotes
    notes: tuple[Note, ...]


def read_conversation(folder: Path, *, limit: int = MOST_VOTES, told: Told = nobody) -> ConversationFiles:
    """Read all files of a folder, check that they belong together, and say what was not taken.

    `told` is told how many per cent of the votes, which are nearly all of it, have been read.
    """
    files = _files(folder)
    summary = _summary(files)
    listed = next((read_statements(files[name]) for name in STATEMENTS if name in files), None)
    log = _log(files, limit, listed, told)
    votes = latest(log)
    _check_summary(files, summary, votes, listed)
    more_stated = _check_totals(files, listed or [], log)
    notes = (*_notes_on_votes(log, votes, more_stated), *_notes_on_files(files, log, listed))
    topic, description, address = (summary.get(key, (0, ""))[1].strip() for key in FACTS)
    statements = tuple(_moderated(files, votes) if listed is None else map(_without_refused_text, listed))
    taken = tuple(note for note in notes if note.number)
    return ConversationFiles(topic, description, address, statements, votes, taken)


def _files(folder: Path) -> dict[str, Path]:
    try:
        files = {path.name.lower(): path for path in sorted(folder.iterdir()) if path.is_file()}
    except OSError as error:
        raise unreadable(folder, error) from error
    if not any(name in files for name in VOTES):
        raise FileFault(folder, None, "The folder has no votes.", f"Put {VOTES[0]}, {VOTES[1]} or {VOTES[-1]} into it.")
    return files


def _log(files: dict[str, Path], limit: int, listed: list[StatementRow] | None, told: Told) -> VoteLog:
    known = None if listed is None else {row.statement for row in listed}
    path = next(files[name] for name in VOTES if name in files)
    log = read_log(path, limit=limit, statements=known, told=told)
    if not log:
        raise FileFault(log.path, None, "There is no vote in it.", "Export it again, or leave this folder out.")
    return log


def _summary(files: dict[str, Path]) -> dict[str, tuple[int, str]]:
    """Line and value of each row of the summary."""
    if SUMMARY not in files:
        return {}
    with open_bytes(files[SUMMARY]) as file:
        return {cells[0]: (line, cells[1]) for line, cells in records_of(files[SUMMARY], file) if len(cells) == 2}


def _check_summary(
    files: dict[str, Path], summary: dict[str, tuple[int, str]], votes: RawVotes, listed: Sequence[StatementRow] | None
) -> None:
    people = len(set(votes.participant.tolist()))
    answered = len(set(votes.statement.tolist()))
    _check_signs(files, *summary.get(SIGNS, (0, "")))
    possible = {"voters": range(people, people + 1)}
    if listed is not None:
        possible["comments"] = range(answered, len(listed) + 1)
    for key, numbers in possible.items():
        line, text = summary.get(key, (0, ""))
        if text and text not in map(str, numbers):
            what = f"The summary states {quoted(text)} for {key}, the other files have {numbers[-1]}."
            raise FileFault(files[SUMMARY], line, what, f"Take all files from the same export, or leave {SUMMARY} out.")


def _check_signs(files: dict[str, Path], line: int, declared: str) -> None:
    """Newer exports declare their signs, since some earlier ones had agree and disagree the other way round."""
    signs = dict(part.strip().split("=", 1) for part in declared.split(";") if "=" in part)
    for answer, value in (("agree", "1"), ("disagree", "-1"), ("pass", "0")):
        if signs.get(answer, value).lstrip("+") != value:
            what = f"The file declares {answer} as {quoted(signs[answer])}, not as {value}."
            raise FileFault(files[SUMMARY], line, what, "Export the votes with agree as 1 and disagree as -1.")


def _check_totals(files: dict[str, Path], listed: Sequence[StatementRow], log: VoteLog) -> int:
    """Compare the totals that the list of statements states with the votes; answer how many more it states.

    Polis counts a vote again when it is changed. A log has those votes too and must agree to the last one; a matrix
    has only the last ones, so that somewhat fewer is no contradiction, and more is.
    """
    counted = Counter(zip(log.statement, log.value, strict=True))
    more = 0
    for row in sorted(listed, key=lambda row: row.line):
        for stated, value in ((row.agrees, 1), (row.disagrees, -1)):
            found = counted[row.statement, value]
            if stated is None:
                continue
            if stated < found or (stated > found and log.is_complete):
                raise _contradiction(files, row, f"{stated} votes of {value}", f"{found}")
            more += stated - found
    if more > MOST_REPLACED * len(log):
        raise _contradiction(files, listed[0], f"{more} votes more in all", "so few")
    return more


def _contradiction(files: dict[str, Path], row: StatementRow, stated: str, found: str) -> FileFault:
    path = next(files[name] for name in STATEMENTS if name in files)
    what = f"The totals contradict the votes: {stated} are stated for statement {row.statement}, there are {found}."
    remedy = "Take both files from the same export, or leave out the columns agrees and disagrees."
    return FileFault(path, row.line, what, remedy)


def _moderated(files: dict[str, Path], votes: RawVotes) -> Iterator[StatementRow]:
    """Statements without a list: those that were voted on, refused or meta where Polis's own result says so."""
    refused, meta = _moderation(files[MODERATION]) if MODERATION in files else (set(), set())
    for number in sorted({*votes.statement.tolist(), *refused, *meta}):
        yield StatementRow(number, REFUSED if number in refused - meta else 0, is_meta=number in meta, line=0)


def _moderation(path: Path) -> tuple[set[int], set[int]]:
    try:
        result = json.loads(_whole(path))
        return _numbers(result["mod-out"]), _numbers(result["meta-tids"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        what = "It does not say which statements were refused."
        raise FileFault(path, None, what, "Export it again, or take it out of the folder.") from error


def _whole(path: Path) -> bytes:
    """All of a file that is held in memory at once, and therefore may not be of any length."""
    with open_bytes(path) as file:
        content = file.read(LONGEST_RESULT + 1)
    if len(content) > LONGEST_RESULT:
        what = f"It has more than {LONGEST_RESULT:,} bytes."
        raise FileFault(path, None, what, "Take it out of the folder: no statement is refused then.")
    return content


def _numbers(given: object) -> set[int]:
    """Numbers of statements in a list of JSON, where anything may stand."""
    if not isinstance(given, list):
        raise TypeError("not a list")
    if not all(type(number) is int and 0 <= number < 10**MOST_DIGITS for number in given):
        raise ValueError("not whole numbers of 0 or more")
    return set(given)


def _without_refused_text(row: StatementRow) -> StatementRow:
    """A refused statement keeps its number; what was refused is often a name or an insult, and nobody will read it."""
    return replace(row, text=None) if row.moderation == REFUSED else row


def _notes_on_votes(log: VoteLog, votes: RawVotes, more_stated: int) -> Iterator[Note]:
    yield Note(log.rows if "xid" in log.columns else 0, "outer identifiers (xid)", "they could lead back to people")
    yield Note(len(log.moment), "times of day", "the day is enough")
    yield Note(len(log) - len(votes), "earlier votes", "the same participant changed them later")
    yield Note(more_stated, "votes stated in the totals only", "they were changed later; totals are counted anew")
    silent = 0 if log.is_complete else log.rows - len(set(votes.participant.tolist()))
    yield Note(max(silent, 0) if "participant" in log.columns else 0, "participants", "they have no vote")


def _notes_on_files(files: dict[str, Path], log: VoteLog, listed: Sequence[StatementRow] | None) -> Iterator[Note]:
    with_votes = [name for name in VOTES if name in files]
    with_list = [name for name in STATEMENTS if name in files]
    taken = {with_votes[0], *with_list[:1], SUMMARY, *({MODERATION} if listed is None else ())}
    if with_list[:1] == ["comments.csv"]:
        yield Note(len(listed or ()), "authors of statements and times", "they could lead back to people")
    refused = sum(row.moderation == REFUSED and row.text is not None for row in listed or ())
    yield Note(refused, "texts of refused statements", "they are neither shown nor analysed")
    if listed is None or any(row.text is None for row in listed):
        yield Note(1, "texts of statements", "no list of statements with texts is in the folder")
    if "group-id" in log.columns:
        yield Note(1, "published groups", "groups are found anew, with how sure they are")
    for name in with_votes[1:]:
        yield Note(1, name, f"the votes were read from {with_votes[0]}")
    for name in sorted(files.keys() - taken - set(with_votes)):
        yield Note(1, name, "not needed")
    for name in sorted(files.keys() & taken):
        if name.endswith(".csv") and not ends_with_line_end(files[name]):
            yield Note(1, f"line end of the last line of {name}", "is missing; was the file cut off there?")
