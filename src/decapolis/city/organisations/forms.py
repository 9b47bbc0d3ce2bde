"""What is filled in about organisations, and what their list is narrowed by. Forms check; actions decide."""

from pathlib import Path
from typing import Any

from babel import Locale
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from decapolis.city.access.public import ANYONE
from decapolis.city.organisations.actions import Description, Origin
from decapolis.city.organisations.files import Directory, DirectoryFault, directory_of, text_of
from decapolis.city.organisations.models import Kind, Offering
from decapolis.city.places.public import tree
from decapolis.plumbing.lists import FilterForm

EVERY = [("", _("all"))]
LARGEST_TABLE = 2_000_000
MOST_LINES = 500
"""What a page takes in without keeping its reader waiting; the command line takes more."""
SPOKEN = ("ar", "de", "en", "es", "fa", "fr", "it", "ku", "nl", "pl", "pt", "ro", "ru", "so", "ti", "tr", "uk", "ur")
"""Languages that can be ticked; others come in by an import."""


def language_names() -> list[tuple[str, str]]:
    """Languages with their names in the reader's language, by name."""
    names = Locale.parse(get_language() or settings.LANGUAGE_CODE).languages
    return sorted(((code, str(names.get(code, code))) for code in SPOKEN), key=lambda pair: pair[1].casefold())


class ChoiceForm(FilterForm):
    """Which organisations are asked for."""

    words = forms.CharField(label=_("Name"), max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), choices=[*EVERY, *Kind.choices])
    offering = forms.ChoiceField(label=_("Offers"), choices=[*EVERY, *Offering.choices])
    language = forms.ChoiceField(label=_("Speaks"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # as Django's form
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [*EVERY, *language_names()]  # type: ignore[attr-defined]  # a choice


class OrganisationForm(forms.Form):
    """What an organisation says of itself."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    offers = forms.MultipleChoiceField(
        label=_("Offers"), choices=Offering.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(label=_("Speaks"), required=False, widget=forms.CheckboxSelectMultiple)
    website = forms.URLField(label=_("Website"), max_length=300, required=False, assume_scheme="https")
    email = forms.EmailField(
        label=_("Mailbox"),
        max_length=254,
        required=False,
        help_text=_("Of the organisation, like info@…, and never of a person."),
    )
    phone = forms.CharField(
        label=_("Telephone"), max_length=30, required=False, help_text=_("Of the organisation, not of a person.")
    )
    place = forms.TypedChoiceField(label=_("Place"), required=False, coerce=int, empty_value=None)
    is_agreed = forms.BooleanField(label=_("The organisation agreed to be listed publicly."), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # as Django's form
        super().__init__(*args, **kwargs)
        spoken = dict(language_names()) | {
            code: code for code in self.initial.get("languages", ()) if code not in SPOKEN
        }
        self.fields["languages"].choices = list(spoken.items())  # type: ignore[attr-defined]  # a choice
        districts = [part.place for top in tree(ANYONE) for part in (top, *top.parts)]
        self.fields["place"].choices = [("", _("not said")), *((each.number, each.name) for each in districts)]  # type: ignore[attr-defined]  # a choice

    @property
    def description(self) -> Description:
        """What was filled in."""
        said = self.cleaned_data
        own = {name: said[name] for name in ("name", "website", "email", "phone", "place")}
        offers, languages = tuple(map(Offering, said["offers"])), tuple(said["languages"])
        return Description(kind=Kind(said["kind"]), offers=offers, languages=languages, **own)

    @property
    def origin(self) -> Origin:
        """The organisation described itself, and agreed or not."""
        return Origin(is_agreed=self.cleaned_data["is_agreed"])


class DirectoryForm(forms.Form):
    """A table of organisations from a public register."""

    file = forms.FileField(
        label=_("Table (CSV in UTF-8)"),
        help_text=_("At most 500 lines and 2 MB; larger ones are brought in at the command line."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    kind = forms.ChoiceField(label=_("Kind of those that do not say their own"), choices=Kind.choices)
    source_url = forms.URLField(label=_("Address of the register"), max_length=300, assume_scheme="https")

    def clean_file(self) -> UploadedFile[bytes]:
        """The table, if it is not too large."""
        given: UploadedFile[bytes] = self.cleaned_data["file"]
        if (given.size or 0) > LARGEST_TABLE:
            raise forms.ValidationError(_("This table is larger than the 2 MB that are taken here."))
        return given

    @property
    def tried(self) -> "TriedForm":
        """The same as text, to be confirmed; raises `DirectoryFault` where it is no text."""
        said = self.cleaned_data
        name = said["file"].name[:200]
        carried = {"text": text_of(Path(name), said["file"].read()), "name": name}
        return TriedForm(carried | {"kind": said["kind"], "source_url": said["source_url"]})


class TriedForm(forms.Form):
    """A table that was tried. The page itself carries it to the confirmation: it is kept nowhere until then."""

    text = forms.CharField(strip=False, required=False, widget=forms.HiddenInput)
    name = forms.CharField(max_length=200, widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=Kind.choices, widget=forms.HiddenInput)
    source_url = forms.URLField(max_length=300, assume_scheme="https", widget=forms.HiddenInput)

    @property
    def directory(self) -> Directory:
        """What the table says; raises `DirectoryFault` where it is damaged or too long."""
        path = Path(self.cleaned_data["name"])
        found = directory_of(path, self.cleaned_data["text"])
        if len(found.rows) > MOST_LINES:
            what = gettext("It has more than %(number)s lines.") % {"number": MOST_LINES}
            remedy = gettext("Split it, or bring it in at the command line.")
            raise DirectoryFault(path, found.rows[MOST_LINES].line, what, remedy)
        return found

    @property
    def said(self) -> dict[str, Any]:
        """What is imported, as the action takes it."""
        given = self.cleaned_data
        return {"directory": self.directory, "kind": Kind(given["kind"]), "source_url": given["source_url"]}
