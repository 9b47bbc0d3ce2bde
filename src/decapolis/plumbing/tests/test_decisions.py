"""Decisions have a reason."""

from datetime import date

import pytest

from decapolis.plumbing.decisions import Decision


@pytest.mark.parametrize("reason", ["", "  "])
def test_decision_without_reason_is_none(reason):
    with pytest.raises(ValueError, match="say why"):
        Decision("Open longer", reason, "the group", date(2026, 4, 21))


def test_decision_holds_what_it_was_given():
    assert Decision("Open longer", "94 asked", "the group", date(2026, 4, 21)).dissent == ()
