"""Forms whose act may refuse: what it refuses is said in the form, and nothing that was typed is lost."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpResponse

from decapolis.plumbing.failures import Failure


def answered(form: BaseForm, deed: Callable[[], HttpResponse]) -> HttpResponse | None:
    """Answer of a deed where the form is in order; None where it is not, or where the act refused, which it then says.

    A view says ``return answered(form, deed) or render(…, {"form": form})``.
    """
    if not form.is_valid():
        return None
    try:
        return deed()
    except Failure as fault:
        form.add_error(None, str(fault))
    except ValidationError as wrong:
        named = getattr(wrong, "error_dict", {})
        # What an act says of a field stands at that field, where the form has it.
        form.add_error(None, wrong if named and named.keys() <= form.fields.keys() else wrong.messages)
    return None
