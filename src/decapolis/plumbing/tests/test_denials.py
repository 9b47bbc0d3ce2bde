from dataclasses import dataclass, field

import pytest
from django.core.exceptions import PermissionDenied

from decapolis.plumbing import acting
from decapolis.plumbing.acting import OPERATOR, Actor, act, action, is_acting, name_of_act, on_denial

pytestmark = pytest.mark.django_db
PERSON = Actor("person", "7")


@dataclass
class Ear:
    """Keeps what it is told, and whether an act was open then."""

    heard: list[tuple[Actor, str, bool]] = field(default_factory=list)

    def __call__(self, *, by: Actor, act: str) -> None:
        self.heard.append((by, act, is_acting()))


@pytest.fixture
def ear(monkeypatch: pytest.MonkeyPatch) -> Ear:
    """Listen alone."""
    ear = Ear()
    monkeypatch.setattr(acting, "_denial_listeners", [])
    on_denial(ear)
    return ear


@action
def refuse(*, by: Actor) -> None:
    """Deny it to everybody."""
    raise PermissionDenied(by.kind)


@action
def have_refused(*, by: Actor) -> None:
    """Let another action deny it, to another actor."""
    refuse(by=Actor("job", f"listening.for_{by.kind}"))


@action
def stumble(*, by: Actor) -> None:
    """Fail for a reason of its own."""
    raise ValueError(by.kind)


def test_a_denial_is_told_once_the_act_is_over(ear):
    with pytest.raises(PermissionDenied):
        refuse(by=PERSON)
    assert ear.heard == [(PERSON, "test_denials.refuse", False)]


def test_a_denial_inside_is_told_once_of_the_outermost_action(ear):
    with pytest.raises(PermissionDenied):
        have_refused(by=PERSON)
    assert ear.heard == [(PERSON, "test_denials.have_refused", False)]


def test_a_denial_in_an_act_without_name_is_not_told(ear):
    with pytest.raises(PermissionDenied), act():
        refuse(by=PERSON)
    assert ear.heard == []


def test_another_error_is_not_told(ear):
    with pytest.raises(ValueError, match="person"):
        stumble(by=PERSON)
    assert ear.heard == []


def test_every_listener_is_told(ear):
    other = Ear()
    on_denial(other)
    with pytest.raises(PermissionDenied):
        refuse(by=OPERATOR)
    assert ear.heard == other.heard != []


def test_a_denial_without_actor_is_not_told(ear):
    with pytest.raises(PermissionDenied):
        action(lambda: refuse(by=PERSON))()
    assert ear.heard == []


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("decapolis.understand.listening.actions", "listening.close"),
        ("decapolis.engage.programmes.actions.sessions", "programmes.close"),
    ],
)
def test_name_of_act_is_its_step_and_its_own(module, name):
    def close() -> None:
        """Nothing."""

    close.__module__ = module
    assert name_of_act(close) == name
