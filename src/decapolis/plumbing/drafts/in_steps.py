"""Tasks in steps: one question a page, back and forth, all answers checked before anything is done.

What was answered is the draft of the form, so that a task may be left and taken up again. A view says::

    task = in_steps(request, SomeForm, "some-form", STEPS)
    if task.leads_to:
        return redirect(task.leads_to)
    if task.is_ready:
        do_it(**task.form.cleaned_data)
        sent(request, "some-form")

and its template ``<c-task :task="task" deed="…" />``. The form has all fields; its `clean` must
bear that some are missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic
from urllib.parse import urlencode

from django.forms import BoundField
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from decapolis.plumbing.drafts import store
from decapolis.plumbing.drafts.filling import Form, account_in, filled, kept_fields
from decapolis.plumbing.drafts.sealing import Content, Typed

CHECK = "check"
"""What the address says of the last page, where all answers are checked."""


@dataclass(frozen=True)
class Step:
    """One page: its key in the address, its question, and the fields that answer it."""

    key: str
    question: str | Promise
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Answered:
    """A step as the last page shows it: what was answered to each field, and where it is changed."""

    step: Step
    answers: tuple[tuple[str | Promise, str | Promise], ...]
    change: str


@dataclass(frozen=True)
class TaskInSteps(Generic[Form]):
    """One page of a task: a step with its form, or, without `step`, the check of what was `answered`."""

    form: Form
    number: int
    total: int
    step: Step | None = None
    back: str = ""
    leads_to: str = ""
    is_ready: bool = False
    answered: tuple[Answered, ...] = ()


def in_steps(request: HttpRequest, kind: type[Form], key: str, steps: Sequence[Step]) -> TaskInSteps[Form]:
    """Page of the task that the address asks for; one that comes too early leads to the first open question."""
    whole = kind()
    if set(kept_fields(whole)) != {name for step in steps for name in step.fields}:
        raise ValueError("Every field stands in a step; passwords, files and hidden fields cannot be asked in steps.")
    typed = _typed(request, key)
    asked = request.GET.get("step", "")
    current = next((number for number, step in enumerate(steps) if step.key == asked), 0)
    if asked == CHECK:
        current = len(steps)
    first_open = next((n for n, step in enumerate(steps) if not _part(kind, step, typed).is_valid()), len(steps))
    is_answer = request.method == "POST" and current < len(steps)
    if first_open < current and not is_answer:
        return TaskInSteps(whole, first_open + 1, len(steps), leads_to=request.path + _address(steps[first_open].key))
    if current == len(steps):
        return _check(request, kind, steps, typed)
    return _question(request, kind, key, steps, current)


def _question(
    request: HttpRequest, kind: type[Form], key: str, steps: Sequence[Step], current: int
) -> TaskInSteps[Form]:
    """One step; answered, it is kept and leads on: to the next, or back to the check it came from."""
    step, is_change = steps[current], "change" in request.GET
    form = filled(request, kind, key, fields=step.fields, says_so="step" not in request.GET)
    after = CHECK if is_change or current + 1 == len(steps) else steps[current + 1].key
    before = CHECK if is_change else steps[current - 1].key if current else ""
    leads_to = ""
    if form.is_valid():
        given = {name: request.POST.getlist(name) for name in step.fields}
        store.keep(Content(account_in(request), key, given))
        leads_to = request.path + _address(after)
    back = _address(before) if before else ""
    return TaskInSteps(form, current + 1, len(steps), step, back, leads_to)


def _check(request: HttpRequest, kind: type[Form], steps: Sequence[Step], typed: Typed) -> TaskInSteps[Form]:
    """Last page: what was answered; sent, it is ready unless the answers do not go together."""
    form = kind(_query(typed))
    is_ready = form.is_valid() and request.method == "POST"
    answered = tuple(
        Answered(step, tuple((form[name].label, _in_words(form[name])) for name in step.fields), _change(step.key))
        for step in steps
    )
    back = _address(steps[-1].key)
    return TaskInSteps(form, len(steps), len(steps), None, back, is_ready=is_ready, answered=answered)


def _typed(request: HttpRequest, key: str) -> Typed:
    kept = store.kept(account_in(request), key)
    return kept.typed if kept else {}


def _part(kind: type[Form], step: Step, typed: Typed) -> Form:
    """Form of one step as it was answered; unbound, and so not valid, where it never was."""
    is_answered = any(name in typed for name in step.fields)
    form = kind(_query(typed)) if is_answered else kind()
    for name in set(form.fields) - set(step.fields):
        del form.fields[name]
    return form


def _query(typed: Typed) -> QueryDict:
    given = QueryDict(mutable=True)
    for name, values in typed.items():
        if values:
            given.setlist(name, values)
    return given


def _in_words(field: BoundField) -> str:
    """Answer as it was given: the words of a choice, never its key."""
    value = field.value()
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    chosen = [str(each) for each in (value if isinstance(value, list) else [value])]
    names = {str(key): str(words) for key, words in getattr(field.field, "choices", ())}
    return ", ".join(names.get(each, each) for each in chosen if each not in ("", "None"))


def _address(step: str) -> str:
    return "?" + urlencode({"step": step})


def _change(step: str) -> str:
    return "?" + urlencode({"step": step, "change": "yes"})
