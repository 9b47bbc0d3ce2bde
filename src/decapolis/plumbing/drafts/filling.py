"""Forms that are filled with their drafts.

A view says ``form = filled(request, SomeForm, "some-form")`` in place of ``SomeForm(request.POST or None)``, and
``sent(request, "some-form")`` once its action is done; ``<c-form>`` does the rest.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm, FileField, PasswordInput
from django.http import HttpRequest, QueryDict

from decapolis.plumbing.clock import today
from decapolis.plumbing.drafts import store
from decapolis.plumbing.drafts.models import KEPT
from decapolis.plumbing.drafts.sealing import Tag, Typed, signed

Form = TypeVar("Form", bound=BaseForm)


@dataclass(frozen=True)
class FormDraft:
    """What a form carries of its draft: the signed tag, and the day of the draft that it was filled with."""

    tag: str
    kept_on: date | None = None

    @property
    def stays_until(self) -> date:
        """Last day of what is kept today."""
        return today() + KEPT - timedelta(days=1)


def filled(
    request: HttpRequest,
    kind: type[Form],
    key: str,
    *,
    fields: Collection[str] = (),
    says_so: bool = True,
    **options: Any,  # noqa: ANN401  # as the form takes
) -> Form:
    """Form with what was posted; else with the draft that this account has of it; else as it begins.

    With `fields`, the form has these alone; unless it `says_so`, it does not tell that it was filled with a draft.
    """
    account = account_in(request)
    form = kind(request.POST, request.FILES, **options) if request.method == "POST" else kind(**options)
    for name in set(form.fields) - set(fields) if fields else ():
        del form.fields[name]
    kept = None if form.is_bound else store.kept(account, key)
    if kept:
        form.initial = {**form.initial, **_values(form, kept.typed)}
    tag = Tag(account, key, tuple(form.add_prefix(name) for name in kept_fields(form)), request.get_full_path())
    vars(form)["draft"] = FormDraft(signed(tag), kept.kept_on if kept and says_so else None)  # read by <c-form>
    return form


def sent(request: HttpRequest, key: str) -> None:
    """Forget the draft of a form that did what it was for."""
    store.forget(account_in(request), key)


def account_in(request: HttpRequest) -> int:
    """Account that is signed in."""
    if request.user.pk is None:
        raise PermissionDenied("drafts belong to accounts: nobody is signed in")
    return request.user.pk


def kept_fields(form: BaseForm) -> list[str]:
    """Fields whose text may be kept: what is shown, and neither a password nor a file."""
    shown = ((field.name, field.field) for field in form.visible_fields())
    return [
        name
        for name, field in shown
        if not isinstance(field, FileField) and not isinstance(field.widget, PasswordInput)
    ]


def _values(form: BaseForm, typed: Typed) -> dict[str, Any]:
    """What was typed, as the widgets of the form read it."""
    given = QueryDict(mutable=True)
    for name, values in typed.items():
        if values:
            given.setlist(name, values)
    return {
        name: form.fields[name].widget.value_from_datadict(given, {}, form.add_prefix(name))
        for name in kept_fields(form)
    }
