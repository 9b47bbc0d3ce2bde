"""What is filled in when places are loaded. Forms check; the reader and the action decide."""

from pathlib import Path
from typing import Any

import shapely
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from decapolis.city.access.public import ANYONE
from decapolis.city.places.actions import YEARS, PlacesFacts
from decapolis.city.places.files import Fields, PlaceFault, PlaceFile, read_places
from decapolis.city.places.models import Level
from decapolis.city.places.queries import tree
from decapolis.plumbing.files.public import Kind, Limits

LIMITS = Limits(frozenset({Kind.GEOJSON}), size=2_000_000)
MOST_PLACES, MOST_POINTS = 500, 100_000
"""What a page takes in without keeping its reader waiting; the command line takes more."""


class FactsForm(forms.Form):
    """What a file of places does not say by itself."""

    level = forms.TypedChoiceField(label=_("They are"), choices=Level.choices, coerce=lambda given: Level(int(given)))
    parent = forms.TypedChoiceField(label=_("They lie in"), required=False, coerce=int, empty_value=None)
    whole = forms.CharField(
        label=_("Name, if the whole file is one place"),
        max_length=200,
        required=False,
        help_text=_("For the limits of the city, for example. Otherwise name the field below."),
    )
    name_field = forms.CharField(
        label=_("Field that holds the name"), max_length=100, required=False, help_text=_("As in the file, like name.")
    )
    population_field = forms.CharField(label=_("Field that holds the population"), max_length=100, required=False)
    population_year = forms.IntegerField(
        label=_("Counted in"), required=False, min_value=YEARS.start, max_value=YEARS.stop - 1
    )
    population_source = forms.CharField(label=_("Counted by"), max_length=200, required=False)
    credit = forms.CharField(label=_("Source of the outlines"), max_length=200, required=False)
    skip_unnamed = forms.BooleanField(label=_("Leave out what has no name"), required=False)
    replace = forms.BooleanField(
        label=_("Replace the places of this level in the same place"),
        required=False,
        help_text=_("Those of the same name get the new outline; those that the file no longer has go."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # as Django's form
        super().__init__(*args, **kwargs)
        above = [part.place for top in tree(ANYONE) for part in (top, *top.parts)]
        lies_in = [("", _("nothing larger")), *((each.number, each.name) for each in above)]
        self.fields["parent"].choices = lies_in  # type: ignore[attr-defined]  # a choice

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two ways to name places."""
        said = self.cleaned_data
        if bool(said.get("whole")) == bool(said.get("name_field")):
            self.add_error("name_field", _("Give either this field, or one name for the whole file."))
        return said


class PlacesForm(FactsForm):
    """A file of places, and what it does not say."""

    file = forms.FileField(
        label=_("GeoJSON"),
        help_text=_("In longitudes and latitudes. At most 2 MB, 500 places and 100,000 points."),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
    )
    field_order = ["file"]  # noqa: RUF012  # as Django's form has it

    def clean_file(self) -> UploadedFile[bytes]:
        """The file, if it is not too large."""
        given: UploadedFile[bytes] = self.cleaned_data["file"]
        if (given.size or 0) > LIMITS.size:
            raise forms.ValidationError(_("This file is larger than 2 MB. Simplify it, or use the command line."))
        return given

    @property
    def tried(self) -> "TriedForm":
        """The same as text, to be confirmed."""
        given = self.cleaned_data["file"]
        path = Path(given.name[:200])
        said = {name: self.data.get(name, "") for name in self.fields}
        return TriedForm({**said, "text": text_of(path, given.read()), "name": path.name})


class TriedForm(FactsForm):
    """A file that was tried. The page itself carries it to the confirmation: it is kept nowhere until then."""

    text = forms.CharField(strip=False, required=False)
    name = forms.CharField(max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # as Django's form
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget = field.hidden_widget()

    @property
    def said(self) -> dict[str, Any]:
        """What is imported, as the action takes it; raises `PlaceFault` where the file is damaged or too large."""
        given = self.cleaned_data
        names = ("level", "parent", "population_year", "population_source", "credit")
        facts = PlacesFacts(**{name: given[name] for name in names})
        return {"file": self._read(), "facts": facts, "replace": given["replace"]}

    def _read(self) -> PlaceFile:
        given, language = self.cleaned_data, get_language() or "en"
        fields = Fields(
            {language: given["name_field"]},
            given["population_field"],
            given["whole"],
            skip_unnamed=given["skip_unnamed"],
        )
        found = read_places(Path(given["name"]), fields, language, given["text"].encode())
        _check_size(found)
        return found


def text_of(path: Path, content: bytes) -> str:
    """Text of a file; `PlaceFault` where it is none."""
    try:
        return content.decode("utf-8-sig").replace("\0", "\N{REPLACEMENT CHARACTER}")
    except UnicodeDecodeError:
        what, remedy = gettext("The file is not text in UTF-8."), gettext("Export it as GeoJSON in UTF-8.")
        raise PlaceFault(path, None, what, remedy) from None


def _check_size(found: PlaceFile) -> None:
    points = int(shapely.get_num_coordinates([row.geometry for row in found.places]).sum())
    if len(found.places) > MOST_PLACES or points > MOST_POINTS:
        what = gettext("It has %(places)s places with %(points)s points.")
        remedy = gettext("Simplify or split it, or load it at the command line.")
        raise PlaceFault(found.path, None, what % {"places": len(found.places), "points": points}, remedy)
