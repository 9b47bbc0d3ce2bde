"""What an act refuses is said in the form."""

from collections.abc import Callable

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse

from decapolis.plumbing.answering import answered
from decapolis.plumbing.failures import Failure


class NameForm(forms.Form):
    name = forms.CharField()


def refusing(error: Exception) -> Callable[[], HttpResponse]:
    def deed() -> HttpResponse:
        raise error

    return deed


def test_answered_gives_what_the_deed_answers():
    answer = HttpResponse("done")

    assert answered(NameForm({"name": "x"}), lambda: answer) is answer


def test_answered_does_nothing_where_the_form_is_not_in_order():
    form = NameForm({})

    assert answered(form, refusing(AssertionError())) is None
    assert list(form.errors) == ["name"]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValidationError(["No.", "Never."]), {"__all__": ["No.", "Never."]}),
        (ValidationError({"name": "Too short."}), {"name": ["Too short."]}),
        (ValidationError({"slug": "Taken."}), {"__all__": ["Taken."]}),
        (Failure("The file is gone."), {"__all__": ["The file is gone."]}),
    ],
)
def test_answered_says_in_the_form_what_the_act_refused(error, said):
    form = NameForm({"name": "x"})

    assert answered(form, refusing(error)) is None
    assert form.errors == said


def test_answered_hides_no_other_error():
    with pytest.raises(ZeroDivisionError):
        answered(NameForm({"name": "x"}), refusing(ZeroDivisionError()))
