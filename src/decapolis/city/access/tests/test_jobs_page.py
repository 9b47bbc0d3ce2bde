"""The page of jobs: what runs, how it ended, what can be done; never what a job was about."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decapolis.city.audit.models import Body
from decapolis.plumbing.acting import OPERATOR, act
from decapolis.plumbing.jobs import store
from decapolis.plumbing.jobs.models import Job, Sign, State
from decapolis.plumbing.jobs.public import enqueue
from decapolis.plumbing.jobs.store import Ending, Step

pytestmark = pytest.mark.django_db
SECRET_ARGUMENT = 987_654_321


@pytest.fixture
def administrator(sign_in, member):
    return sign_in(member("Lena Moor", "administrator"))


def asked(number=SECRET_ARGUMENT):
    with act():
        return enqueue("listening.analyse", by=OPERATOR, conversation=number)


def taken():
    run = store.take()
    assert run is not None
    return run


def failed():
    job = asked()
    run = taken()
    store.end(run, Ending(State.FAILED, "builtins.ValueError", ("secret.py:1",), is_hopeless=True))
    return job


def text_of(client, query=""):
    response = client.get("/jobs/" + query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_running_job_says_what_it_does_and_how_far_it_is(administrator):
    job = asked()
    run = taken()
    store.renew(run, Step(3, 4, "placing"))

    text = text_of(administrator)

    assert "Looking for groups and common ground" in text
    assert 'value="75"' in text
    assert f"/jobs/{job}/cancel/" in text


def test_nothing_of_what_a_job_was_about_is_shown(administrator):
    failed()
    asked()

    text = text_of(administrator)

    assert str(SECRET_ARGUMENT) not in text
    assert "ValueError" not in text
    assert "secret.py" not in text


def test_a_failed_job_is_tried_again_and_the_record_says_who_asked(administrator):
    job = failed()
    assert "Try again" in text_of(administrator, "?state=failed")
    assert "No job ended so" in text_of(administrator, "?state=done")

    assert administrator.post(f"/jobs/{job}/retry/")["Location"] == "/jobs/"

    row = Job.objects.get(pk=job)
    assert (row.state, row.failures, row.error, row.finished_at) == (State.WAITING, 0, "", None)
    assert taken().job == job
    assert Body.objects.get(act="access.retry_job").subject == f"jobs.job:{job}"


def test_a_failed_job_waits_no_second_time_beside_the_same(administrator):
    job = failed()
    again = asked()

    administrator.post(f"/jobs/{job}/retry/")

    assert Job.objects.get(pk=job).state == State.FAILED
    assert Job.objects.get(pk=again).state == State.WAITING


def test_a_waiting_job_is_cancelled_and_the_record_says_so(administrator):
    job = asked()

    administrator.post(f"/jobs/{job}/cancel/")

    assert Job.objects.get().state == State.CANCELLED
    assert Body.objects.get(act="access.cancel_job").subject == f"jobs.job:{job}"


def test_a_job_that_is_not_there_is_not_found(administrator):
    assert administrator.post("/jobs/404/retry/").status_code == 404
    assert administrator.get(f"/jobs/{asked()}/cancel/").status_code == 404


def test_the_page_says_whether_a_worker_is_alive(administrator, freeze_clock):
    assert "No worker gives a sign of life" in text_of(administrator)
    store.sign()
    assert "No worker gives a sign of life" not in text_of(administrator)
    with act():
        Sign.objects.update(seen_at="2020-01-01T00:00Z")

    text = text_of(administrator)

    assert "No worker gives a sign of life" in text
    assert "gives no sign" in text


def test_the_page_lists_what_comes_by_itself(administrator):
    text = text_of(administrator)

    assert "Erase what is due" in text
    assert "every 1 day" in text
    assert "not yet" in text


@pytest.mark.parametrize("number", [1, 40])
def test_the_page_asks_the_database_as_often_for_one_job_as_for_many(administrator, number):
    for each in range(number):
        asked(each)
        if each % 2:
            store.end(taken(), Ending(State.DONE))
    with CaptureQueriesContext(connection) as questions:
        text_of(administrator)

    assert len(questions) == 9
