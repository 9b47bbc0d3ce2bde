import pytest
from django.core.exceptions import PermissionDenied

from decapolis.city.audit.models import Body
from decapolis.plumbing.acting import OPERATOR, Actor
from decapolis.plumbing.jobs.models import Job, State
from decapolis.plumbing.jobs.public import latest
from decapolis.plumbing.jobs.worker import work_once
from decapolis.understand.listening.actions.conversations import (
    analyse_conversation,
    ask_for_analysis,
    delete_conversation,
)
from decapolis.understand.listening.models import Result

pytestmark = pytest.mark.django_db


def state() -> tuple[str, str]:
    return Job.objects.values_list("state", "error").get()


@pytest.mark.slow
def test_an_analysis_that_was_asked_for_is_done_by_a_worker(quay):
    job = ask_for_analysis(conversation=quay, by=OPERATOR)
    assert not Result.objects.exists()

    assert work_once()

    found = latest("listening.analyse", conversation=quay.pk)
    assert found is not None
    assert (found.job, found.state) == (job, State.DONE)
    assert Result.objects.get().conversation == quay


def test_the_audit_says_who_asked_and_which_job_stored(quay):
    ask_for_analysis(conversation=quay, by=OPERATOR)
    work_once()
    acts = Body.objects.order_by("entry").values_list("actor_kind", "actor_key", "act")

    assert list(acts)[1:] == [
        ("operator", "", "listening.ask_for_analysis"),
        ("job", "listening.analyse", "listening.store_result"),
    ]


@pytest.mark.slow
def test_an_analysis_says_what_it_is_doing(quay):
    told = []

    analyse_conversation(
        conversation=quay, by=OPERATOR, progress=lambda phase, done, total: told.append((phase, done, total))
    )

    assert [phase for phase, _, _ in told] == ["reading", "placing", "counting"]


def test_asking_often_is_asking_once(quay):
    assert ask_for_analysis(conversation=quay, by=OPERATOR) == ask_for_analysis(conversation=quay, by=OPERATOR)


def test_somebody_without_the_permission_starts_nothing(quay):
    with pytest.raises(PermissionDenied):
        ask_for_analysis(conversation=quay, by=Actor("participant"))

    assert not Job.objects.exists()


def test_a_conversation_that_was_deleted_meanwhile_is_not_looked_for_again(quay):
    ask_for_analysis(conversation=quay, by=OPERATOR)
    delete_conversation(conversation=quay, by=OPERATOR)
    work_once()

    assert state()[0] == State.FAILED
    assert state()[1].endswith(".Conversation.DoesNotExist")
