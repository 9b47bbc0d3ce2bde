"""What other parts may use of organisations."""

from decapolis.city.organisations.actions import (
    Description,
    Origin,
    confirm_organisation,
    register_organisation,
    withdraw_organisation,
)
from decapolis.city.organisations.models import Kind, Listing, Offering, Organisation, Source
from decapolis.city.organisations.queries import Choice, OrganisationFacts, due, organisation, organisations

__all__ = [
    "Choice",
    "Description",
    "Kind",
    "Listing",
    "Offering",
    "Organisation",
    "OrganisationFacts",
    "Origin",
    "Source",
    "confirm_organisation",
    "due",
    "organisation",
    "organisations",
    "register_organisation",
    "withdraw_organisation",
]
