"""Small exported conversations to read: made-up, and whole unless a test breaks them."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from decapolis.understand.listening.files import ConversationFiles, RawVotes, StatementRow

COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1403049600000,Wed Jun 18,0,901,2,1,1,The quay needs light.
1403049600000,Wed Jun 18,1,902,1,1,0,"The last bus leaves
too early."
1403136000000,Thu Jun 19,2,903,0,1,-1,Somebody said something about somebody.
"""
LOG = """timestamp,datetime,comment-id,voter-id,vote
1403054214196,Wed Jun 18,0,11,-1
1403054214197,Wed Jun 18,0,12,1
1403140000000,Thu Jun 19,0,11,1
1403140000001,Thu Jun 19,1,11,1
1403140000002,Thu Jun 19,1,12,-1
1403140000003,Thu Jun 19,2,13,-1
1403140000004,Thu Jun 19,1,13,0
"""
MATRIX = """participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2
11,anna@example.org,0,1,2,2,0,1,1,
12,,1,0,2,1,1,1,-1,
13,,,0,2,0,1,,0,-1
"""
SUMMARY = """topic,Evenings by the quay
url,https://example.org/quay
voters,3
comments,3
conversation-description,"What would make
evenings better?"
"""
WITH_LOG = {"comments.csv": COMMENTS, "votes.csv": LOG, "summary.csv": SUMMARY, "stats-history.csv": "n-votes\n1\n"}
WITH_MATRIX = {"comments.csv": COMMENTS.replace(",2,1,1,The", ",2,0,1,The"), "participants-votes.csv": MATRIX}


def write_export(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files into a folder."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def wide(statements: int) -> ConversationFiles:
    """One participant who agrees with every statement."""
    numbers = np.arange(statements)
    votes = RawVotes(np.ones_like(numbers), numbers, np.ones(statements, dtype=np.int8), None)
    rows = tuple(
        StatementRow(number, 1, is_meta=False, line=0, text=f"Sentence {number}.") for number in range(statements)
    )
    return ConversationFiles("Wide", "", "", rows, votes, ())
