"""What other parts may read of step 2."""

from datetime import date

from decapolis.city.access.public import Viewer
from decapolis.understand.listening import queries
from decapolis.understand.listening.queries import OpenConversation, ResultSummary


def latest_results(*, viewer: Viewer, language: str, limit: int) -> list[ResultSummary]:
    """Results that the viewer may see, the newest conversation first, with their questions in `language`."""
    return queries.results(viewer=viewer, language=language)[:limit]


def open_conversations(*, viewer: Viewer, language: str, day: date) -> list[OpenConversation]:
    """Conversations that anybody may answer on a day, with their questions in `language`."""
    return queries.open_conversations(viewer=viewer, language=language, day=day)
