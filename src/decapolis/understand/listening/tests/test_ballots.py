from collections.abc import Callable
from dataclasses import replace

import pytest

from decapolis.understand.listening import ballots
from decapolis.understand.listening.files import StatementRow
from decapolis.understand.listening.models import Conversation
from decapolis.understand.listening.tests.conftest import FACTS
from decapolis.understand.listening.tests.exports import wide

pytestmark = pytest.mark.django_db
Store = Callable[..., Conversation]


class TestVotesOf:
    def test_votes_of_gives_votes_by_numbers_of_the_source(self, quay: Conversation):
        votes, moderation = ballots.votes_of(quay)
        assert votes.shape == (3, 3)
        assert votes.statements.tolist() == [0, 1, 2]
        assert votes.rows.tolist() == [0, 0, 1, 1, 2, 2]
        assert votes.columns.tolist() == [0, 1, 0, 1, 1, 2]
        assert votes.values.tolist() == [1, 1, 1, -1, 0, -1]
        assert moderation.refused.tolist() == [False, False, True]
        assert moderation.meta.tolist() == [False, False, False]

    def test_votes_of_keeps_statements_that_nobody_voted_on_and_knows_meta_ones(self, store: Store):
        files = wide(3)
        rows = (
            *files.statements[:2],
            replace(files.statements[2], is_meta=True),
            StatementRow(9, 0, is_meta=False, line=0),
        )
        votes, moderation = ballots.votes_of(store(replace(files, statements=rows)))
        assert votes.statements.tolist() == [0, 1, 2, 9]
        assert moderation.meta.tolist() == [False, False, True, False]

    def test_votes_of_one_conversation_hold_none_of_another(self, quay: Conversation, store: Store):
        store(wide(5), replace(FACTS, slug="wide"))
        assert len(ballots.votes_of(quay)[0]) == 6

    def test_votes_of_needs_no_order_of_keys(self, store: Store):
        """Keys of statements follow the order of storing, not that of their numbers."""
        files = wide(4)
        votes, _ = ballots.votes_of(store(replace(files, statements=files.statements[::-1])))
        assert votes.columns.tolist() == [0, 1, 2, 3]

    def test_votes_of_goes_over_the_ends_of_chunks(self, store: Store, monkeypatch: pytest.MonkeyPatch):
        conversation = store(wide(10))
        monkeypatch.setattr(ballots, "CHUNK", 3)
        assert len(ballots.votes_of(conversation)[0]) == 10
