"""What people fill in about agreements and stops. Forms check what was typed; actions decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

AGREES, REFUSES = "agrees", "refuses"


class SignatureForm(forms.Form):
    """An agreement, or a refusal."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[(AGREES, _("I agree")), (REFUSES, _("I refuse"))],
        widget=forms.RadioSelect,
    )
    document = forms.CharField(
        label=_("What was agreed to"), required=False, max_length=300, help_text=_("Title and day of the document.")
    )
    document_url = forms.URLField(
        label=_("Where it can be read"), required=False, max_length=500, assume_scheme="https"
    )
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed where you refuse. Everybody can read it. Name nobody."),
    )


class ReasonForm(forms.Form):
    """Why something is stopped, or goes on."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody can read it. Name nobody."),
    )
