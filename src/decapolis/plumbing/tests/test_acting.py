import pytest
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from decapolis.plumbing.acting import OPERATOR, Actor, act, action, is_acting


@action
def shout(*, what: str, by: Actor) -> str:
    """Say loudly who is acting."""
    return f"{by.kind}: {what.upper()}, {is_acting()}"


@action
def stumble(*, by: Actor) -> None:
    """Fail in the middle."""
    raise ValueError(by.kind)


def test_nothing_is_acting_outside_of_an_act():
    assert not is_acting()


@pytest.mark.django_db
def test_act_opens_the_frame_and_closes_it():
    with act():
        assert is_acting()
    assert not is_acting()


@pytest.mark.django_db
def test_act_within_an_act_leaves_the_outer_one_open():
    with act():
        with act():
            pass
        assert is_acting()


@pytest.mark.django_db
def test_act_is_closed_after_an_error():
    with pytest.raises(ValueError, match="operator"):
        stumble(by=OPERATOR)
    assert not is_acting()


@pytest.mark.django_db
def test_action_hands_over_arguments_and_answer():
    assert shout(what="light", by=Actor("job", "recompute")) == "job: LIGHT, True"


def test_action_keeps_name_and_sentence_of_the_function():
    assert (shout.__name__, shout.__doc__) == ("shout", "Say loudly who is acting.")


@pytest.mark.django_db(transaction=True)
def test_act_is_one_transaction():
    assert not connections[DEFAULT_DB_ALIAS].in_atomic_block
    with act():
        assert connections[DEFAULT_DB_ALIAS].in_atomic_block
        assert not transaction.get_rollback()
    assert not connections[DEFAULT_DB_ALIAS].in_atomic_block
