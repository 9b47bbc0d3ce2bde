"""What is filled in about the look of the city. Forms check what was typed; actions decide."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class AppearanceForm(forms.Form):
    """Name, logo, colours, languages."""

    name = forms.CharField(label=_("Name of the city"), max_length=80)
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("A PNG, JPEG or WebP picture, up to 2 MB. It stands beside the name on every page."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    no_logo = forms.BooleanField(label=_("Show no logo"), required=False)
    first_colour = forms.CharField(
        label=_("First colour"),
        required=False,
        max_length=7,
        help_text=_("For links and buttons, like #0d5c58. Empty for the colour of the theme."),
    )
    second_colour = forms.CharField(
        label=_("Second colour"),
        required=False,
        max_length=7,
        help_text=_("For what needs somebody, like #724a04. Empty for the colour of the theme."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("In which the city offers its pages. English is always one of them."),
        required=False,
    )

    def clean_first_colour(self) -> str:
        """Written small."""
        return str(self.cleaned_data["first_colour"]).strip().lower()

    def clean_second_colour(self) -> str:
        """Written small."""
        return str(self.cleaned_data["second_colour"]).strip().lower()
