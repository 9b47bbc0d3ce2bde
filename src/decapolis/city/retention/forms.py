"""What people fill in about times and holds. Forms check what was typed; actions decide."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PeriodForm(forms.Form):
    """How long the city keeps something."""

    days = forms.IntegerField(label=_("Days"), min_value=0, max_value=36_500)
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=500,
        help_text=_("Needed where it is kept longer than usual. Everybody can read it."),
    )


class HoldForm(forms.Form):
    """What is not to be erased, until when and why."""

    row = forms.CharField(
        label=_("Number of the record"), required=False, max_length=40, help_text=_("Empty: all records of this kind.")
    )
    ends_on = forms.DateField(
        label=_("Last day"), help_text=_("Within a year."), widget=forms.DateInput(attrs={"type": "date"})
    )
    reason = forms.CharField(label=_("Why"), max_length=500, help_text=_("Everybody can read it. Name nobody."))
