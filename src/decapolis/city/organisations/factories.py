"""Organisations for tests and for the demo."""

from decapolis.city.organisations.actions import Description, Origin, register_organisation
from decapolis.city.organisations.models import Kind, Offering, Organisation
from decapolis.plumbing.acting import OPERATOR


def make_organisation(
    name: str = "Library of the Quay", *, offers: tuple[Offering, ...] = (Offering.SPACE,), is_agreed: bool = True
) -> Organisation:
    """An association that described itself."""
    said = Description(
        name, Kind.ASSOCIATION, offers, languages=("fr", "ar"), website="https://example.org", email="info@example.org"
    )
    return register_organisation(description=said, origin=Origin(is_agreed=is_agreed), by=OPERATOR)
