"""Reads organisations: the directory, which is the same for everybody but those who keep it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.http import Http404

from decapolis.city.access.public import Permission, Viewer
from decapolis.city.organisations.models import KEPT_FOR, LISTED_FOR, Kind, Listing, Offering, Organisation, Source
from decapolis.plumbing import clock


@dataclass(frozen=True)
class Choice:
    """Which organisations are asked for; what is empty does not narrow."""

    kind: Kind | None = None
    offering: Offering | None = None
    language: str = ""
    place: int | None = None


@dataclass(frozen=True)
class OrganisationFacts:
    """An organisation as it is shown. `is_due` says that a year has passed since it was last known to be right."""

    number: int
    name: str
    kind: Kind
    offers: tuple[Offering, ...]
    languages: tuple[str, ...]
    website: str
    email: str
    phone: str
    place: int | None
    source: Source
    source_url: str
    listing: Listing
    current_on: date
    is_due: bool


def organisations(viewer: Viewer, choice: Choice | None = None) -> tuple[OrganisationFacts, ...]:
    """Organisations that the viewer may see, by name; three questions to the database, however many."""
    found = _narrowed(_visible(viewer), choice or Choice()).prefetch_related("offers", "languages")
    return tuple(map(_facts, sorted(found, key=lambda row: (row.name.casefold(), row.pk))))


def listed(viewer: Viewer, choice: Choice | None = None, words: str = "") -> QuerySet[Organisation]:
    """The same as rows that wait to be sorted and paged, by name; `words` narrows to names that hold them."""
    found = _narrowed(_visible(viewer), choice or Choice()).prefetch_related("offers", "languages")
    return (found.filter(name__icontains=words.strip()) if words.strip() else found).order_by(Lower("name"), "pk")


def shown(rows: Sequence[Organisation]) -> list[OrganisationFacts]:
    """Rows of `listed` as they are shown."""
    return list(map(_facts, rows))


def organisation(viewer: Viewer, number: int) -> OrganisationFacts:
    """One organisation."""
    return _facts(row(viewer, number))


def due(viewer: Viewer) -> tuple[OrganisationFacts, ...]:
    """Organisations that left the directory because nobody confirmed them for a year; for those who keep it."""
    return tuple(facts for facts in organisations(viewer) if facts.is_due and facts.listing == Listing.AGREED)


def row(viewer: Viewer, number: int) -> Organisation:
    """The one function that fetches an organisation for a viewer."""
    found = _visible(viewer).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _visible(viewer: Viewer) -> QuerySet[Organisation]:
    """The directory; for those who keep it, also what waits, is due, or declined. What is to be erased, for nobody."""
    kept = Organisation.objects.filter(current_on__gt=clock.today() - KEPT_FOR)
    if viewer.may(Permission.KEEP_ORGANISATIONS):
        return kept
    return kept.filter(listing=Listing.AGREED, current_on__gt=clock.today() - LISTED_FOR)


def _narrowed(found: QuerySet[Organisation], choice: Choice) -> QuerySet[Organisation]:
    asked = {
        "kind": choice.kind,
        "offers__what": choice.offering,
        "languages__language": choice.language or None,
        "place": choice.place,
    }
    return found.filter(**{name: value for name, value in asked.items() if value is not None})


def _facts(found: Organisation) -> OrganisationFacts:
    return OrganisationFacts(
        number=found.pk,
        name=found.name,
        kind=Kind(found.kind),
        offers=tuple(sorted(Offering(offer.what) for offer in found.offers.all())),
        languages=tuple(sorted(each.language for each in found.languages.all())),
        website=found.website,
        email=found.email,
        phone=found.phone,
        place=found.place_id,
        source=Source(found.source),
        source_url=found.source_url,
        listing=Listing(found.listing),
        current_on=found.current_on,
        is_due=found.current_on <= clock.today() - LISTED_FOR,
    )
