"""Writes organisations: entered, confirmed, withdrawn."""

import re
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from decapolis.city.access.public import Permission, require
from decapolis.city.audit.public import record
from decapolis.city.organisations.files import Directory, DirectoryFault, DirectoryRow, looks_like_a_person
from decapolis.city.organisations.models import Kind, Listing, Offer, Offering, Organisation, Source, SpokenLanguage
from decapolis.plumbing import clock
from decapolis.plumbing.acting import Actor, action
from decapolis.plumbing.failures import Failure

PHONE = re.compile(r"\+?[0-9][0-9 ()/.-]{4,28}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
CONTACTS = ("website", "email", "phone")


@dataclass(frozen=True)
class Description:
    """What an organisation says of itself, or a public register of it."""

    name: str
    kind: Kind
    offers: tuple[Offering, ...] = ()
    languages: tuple[str, ...] = ()
    website: str = ""
    email: str = ""
    phone: str = ""
    place: int | None = None


@dataclass(frozen=True)
class Origin:
    """Where a description comes from, and whether the organisation agreed to be listed."""

    source: Source = Source.ITSELF
    source_url: str = ""
    is_agreed: bool = False


@dataclass(frozen=True)
class ImportReport:
    """How many were entered, were there already, or had declined and were left alone; and what was not taken."""

    entered: int
    known: int
    declined: int
    notes: tuple[str, ...]


class NotStored(Failure):
    """An organisation that cannot be stored as asked; what was there is as it was."""


@action
def register_organisation(*, description: Description, origin: Origin, by: Actor) -> Organisation:
    """Enter an organisation. It stands in the directory once it agreed to."""
    require(by, Permission.KEEP_ORGANISATIONS)
    _check_free(description.name)
    today = clock.today()
    entered = Organisation(source=origin.source, source_url=origin.source_url, registered_on=today, current_on=today)
    if origin.is_agreed:
        entered.listing, entered.listing_on = Listing.AGREED, today
    _describe(entered, description)
    record(by=by, act="organisations.register_organisation", subject=_subject(entered))
    return entered


@action
def confirm_organisation(
    *, organisation: Organisation, by: Actor, description: Description | None = None, is_agreed: bool | None = None
) -> Organisation:
    """Write that the organisation said today that its entry is right, with what it changed; and whether it agreed."""
    require(by, Permission.KEEP_ORGANISATIONS)
    if organisation.listing == Listing.DECLINED and not is_agreed:
        raise NotStored(_("This organisation asked not to be listed. It has to agree first."))
    today = clock.today()
    organisation.current_on = today
    if is_agreed is not None:
        organisation.listing = Listing.AGREED if is_agreed else Listing.NOT_ASKED
        organisation.listing_on = today if is_agreed else None
    if description is None:
        organisation.save(update_fields=["current_on", "listing", "listing_on"])
    else:
        _describe(organisation, description)
    record(by=by, act="organisations.confirm_organisation", subject=_subject(organisation))
    return organisation


@action
def withdraw_organisation(*, organisation: Organisation, by: Actor) -> None:
    """Take an organisation out at once: what is left is its name, and that it does not want to be listed."""
    require(by, Permission.KEEP_ORGANISATIONS)
    organisation.offers.all().delete()
    organisation.languages.all().delete()
    for contact in CONTACTS:
        setattr(organisation, contact, "")
    organisation.place = None
    organisation.listing, organisation.listing_on = Listing.DECLINED, clock.today()
    organisation.current_on = clock.today()
    organisation.save()
    record(by=by, act="organisations.withdraw_organisation", subject=_subject(organisation))


@action
def import_organisations(*, directory: Directory, kind: Kind, source_url: str, by: Actor) -> ImportReport:
    """Enter all organisations of a public register that are not known yet; none is listed before it agreed."""
    report, new = _checked(directory, kind, by)
    origin = Origin(Source.REGISTER, source_url)
    for description in new:
        register_organisation(description=description, origin=origin, by=by)
    return report


def check_import(*, directory: Directory, kind: Kind, by: Actor) -> ImportReport:
    """Say what an import would do; nothing is written."""
    return _checked(directory, kind, by)[0]


def _checked(directory: Directory, kind: Kind, by: Actor) -> tuple[ImportReport, list[Description]]:
    require(by, Permission.KEEP_ORGANISATIONS)
    known = {name.casefold(): listing for name, listing in Organisation.objects.values_list("name", "listing")}
    read = [(row, _description(directory, row, kind)) for row in directory.rows]
    new = [(row, description) for row, description in read if row.name.casefold() not in known]
    for row, description in new:
        _check_row(directory, row, description)
    declined = sum(known.get(row.name.casefold()) == Listing.DECLINED for row in directory.rows)
    return ImportReport(len(new), len(read) - len(new) - declined, declined, directory.notes), [
        each for _row, each in new
    ]


def _check_row(directory: Directory, row: DirectoryRow, description: Description) -> None:
    """Refuse at the trial already what could not be stored."""
    try:
        _fill(Organisation(source=Source.ITSELF, registered_on=clock.today(), current_on=clock.today()), description)
    except NotStored as fault:
        remedy = _("Correct it, or leave the line out.")
        raise DirectoryFault(directory.path, row.line, str(fault), remedy) from None


def _description(directory: Directory, row: DirectoryRow, kind: Kind) -> Description:
    wrong = [word for word in row.offers if word not in Offering.values]
    wrong += [row.kind] if row.kind and row.kind not in Kind.values else []
    if wrong:
        what = _("“%(word)s” is neither a kind nor an offer that is known here.") % {"word": wrong[0][:40]}
        known = {"kinds": ", ".join(Kind.values), "offers": ", ".join(Offering.values)}
        remedy = _("Kinds are %(kinds)s. Offers are %(offers)s.") % known
        raise DirectoryFault(directory.path, row.line, what, remedy)
    contacts = {name: getattr(row, name) for name in CONTACTS}
    offers, own = tuple(map(Offering, row.offers)), Kind(row.kind) if row.kind else kind
    return replace(Description(row.name, own, offers, row.languages), **contacts)


def _check_free(name: str) -> None:
    found = Organisation.objects.filter(name__iexact=name.strip()).first()
    if found is None:
        return
    if found.listing == Listing.DECLINED:
        raise NotStored(_("“%(name)s” asked not to be listed.") % {"name": found.name})
    raise NotStored(_("“%(name)s” is there already. Confirm it instead.") % {"name": found.name})


def _describe(entered: Organisation, description: Description) -> None:
    """Write what is said of an organisation, once it is in order."""
    _fill(entered, description)
    entered.save()
    entered.offers.all().delete()
    entered.languages.all().delete()
    Offer.objects.bulk_create(Offer(organisation=entered, what=what) for what in dict.fromkeys(description.offers))
    SpokenLanguage.objects.bulk_create(
        SpokenLanguage(organisation=entered, language=language) for language in dict.fromkeys(description.languages)
    )


def _fill(entered: Organisation, description: Description) -> None:
    """Give an organisation what is said of it, or say what of it cannot be."""
    _check(description)
    entered.name, entered.kind, entered.place_id = description.name.strip(), description.kind, description.place
    for contact in CONTACTS:
        setattr(entered, contact, getattr(description, contact).strip())
    try:
        entered.full_clean(validate_constraints=False)
    except ValidationError as error:
        raise NotStored(f"{', '.join(error.message_dict)}: {' '.join(error.messages)}") from None


def _check(description: Description) -> None:
    if looks_like_a_person(description.email):
        raise NotStored(_("This looks like the address of a person. Give a mailbox of the organisation, like info@…."))
    if description.phone.strip() and not PHONE.fullmatch(description.phone.strip()):
        raise NotStored(_("This is no telephone number. Write it in digits, like +32 4 220 00 00."))
    if description.website.strip() and not description.website.strip().startswith(("http://", "https://")):
        raise NotStored(_("This is no address of a website. Write it whole, like https://example.org."))
    wrong = [language for language in description.languages if not LANGUAGE.fullmatch(language)]
    if wrong:
        raise NotStored(
            _("%(given)s is no language. Write it as a code, like fr or ar.") % {"given": repr(wrong[0][:40])}
        )


def _subject(organisation: Organisation) -> str:
    return f"organisations.organisation:{organisation.pk}"
