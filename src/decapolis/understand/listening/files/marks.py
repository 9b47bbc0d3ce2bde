"""Statements about the participants themselves, marked by whoever imports: few sources say which they are."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from decapolis.plumbing.failures import Failure
from decapolis.understand.listening.files.folders import ConversationFiles


def mark_about_participants(folder: Path, files: ConversationFiles, numbers: Collection[int]) -> ConversationFiles:
    """Mark statements, by their numbers, as being about the participants, beside those of which the files say so."""
    unknown = sorted(set(numbers) - {row.statement for row in files.statements})
    if unknown:
        said = ", ".join(map(str, unknown))
        raise Failure(
            f"{folder}: There is no statement {said} to be marked as about the participants. Nothing is kept."
        )
    marked = (replace(row, is_meta=row.is_meta or row.statement in numbers) for row in files.statements)
    return replace(files, statements=tuple(marked))
