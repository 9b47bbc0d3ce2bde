"""What people fill in about accounts and roles. Forms check what was typed; actions decide."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from decapolis.city.access.roles import ROLES
from decapolis.plumbing import clock
from decapolis.plumbing.lists import FilterForm

USUAL_TERM = timedelta(days=365)


class OwnFactsForm(forms.Form):
    """What an account says of its holder."""

    name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class PasswordForm(forms.Form):
    """A new password."""

    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least twelve characters. Three or four words that nobody would guess are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class InvitationForm(OwnFactsForm):
    """Whom to invite."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    field_order = ["name", "email", "language", "password"]  # noqa: RUF012  # as Django's form has it


class FirstAccountForm(InvitationForm, PasswordForm):
    """The account of the first administrator."""


class RoleForm(forms.Form):
    """A role to be given, from when to when and why."""

    role = forms.ChoiceField(label=_("Role"))
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(
        label=_("Last day"),
        help_text=_("A year later at most."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # as Django's form
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.key, _(role.name)) for role in ROLES]  # type: ignore[attr-defined]  # a choice
        for name, day in (("starts_on", clock.today()), ("ends_on", clock.today() + USUAL_TERM)):
            self.fields[name].initial = day.isoformat()


class ColleagueFilterForm(FilterForm):
    """Which colleagues are asked for."""

    role = forms.ChoiceField(
        label=_("Role"), choices=[("", _("all roles")), *((each.key, _(each.name)) for each in ROLES)]
    )


class RecordFilterForm(FilterForm):
    """Which entries of the record are asked for; all of it stands in the address."""

    since = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), widget=forms.DateInput(attrs={"type": "date"}))
    account = forms.IntegerField(label=_("Account number"), min_value=1)
    act = forms.CharField(label=_("Act"), max_length=100)
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("", _("all")), ("done", _("done")), ("denied", _("denied")), ("read", _("read"))],
    )
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
