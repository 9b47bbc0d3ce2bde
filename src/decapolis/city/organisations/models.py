"""Organisations, what they offer and in which languages.

What is missing here is missing on purpose: persons, beliefs, origins, notes, and ties between organisations.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from decapolis.city.places.public import Place
from decapolis.plumbing.fates import Erase, Fates, days

LISTED_FOR = days(365)
"""How long an entry stays in the directory after it was last known to be right."""
KEPT_FOR = days(730)
UNCONFIRMED = Erase(after=KEPT_FOR, since="current_on")
WITH_ORGANISATION = Erase(after=KEPT_FOR, since="organisation__current_on")


class Kind(models.TextChoices):
    """What an organisation is by law, and by nothing else."""

    PUBLIC_SERVICE = "public_service", _("public service")
    SCHOOL = "school", _("school or university")
    ASSOCIATION = "association", _("association")
    FOUNDATION = "foundation", _("foundation")
    COOPERATIVE = "cooperative", _("cooperative")
    COMPANY = "company", _("company")
    INITIATIVE = "initiative", _("residents' initiative")


class Offering(models.TextChoices):
    """What an organisation offers to people."""

    ADVICE = "advice", _("advice and information")
    COUNSELLING = "counselling", _("counselling")
    EDUCATION = "education", _("education and help with learning")
    FAMILY = "family", _("support for families")
    HEALTH = "health", _("health care")
    HOUSING = "housing", _("housing")
    LANGUAGE = "language", _("language courses")
    LEGAL_AID = "legal_aid", _("legal aid")
    MEDIA = "media", _("media literacy")
    MEDIATION = "mediation", _("mediation")
    SPACE = "space", _("rooms to meet")
    SPORT = "sport", _("sport")
    CULTURE = "culture", _("arts and culture")
    VICTIMS = "victims", _("help for victims")
    WORK = "work", _("work and training")
    YOUTH = "youth", _("youth work")


class Source(models.TextChoices):
    """Where an entry comes from."""

    ITSELF = "itself", _("the organisation itself")
    REGISTER = "register", _("a public register")


class Listing(models.TextChoices):
    """Whether an organisation agreed to stand in the directory."""

    NOT_ASKED = "not_asked", _("not asked yet")
    AGREED = "agreed", _("agreed")
    DECLINED = "declined", _("declined")


class Organisation(models.Model):
    """An organisation. `current_on` is the day it was last known to be right: it was entered or confirmed.

    One that declined keeps its name alone, so that nobody enters it again by mistake.
    """

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    website = models.URLField(max_length=300, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=10, choices=Source)
    source_url = models.URLField(max_length=300, blank=True)
    listing = models.CharField(max_length=10, choices=Listing, default=Listing.NOT_ASKED)
    listing_on = models.DateField(null=True, blank=True)
    registered_on = models.DateField()
    current_on = models.DateField()

    fates: ClassVar[Fates] = dict.fromkeys(
        (
            *("id", "name", "kind", "website", "email", "phone", "place", "source", "source_url"),
            *("listing", "listing_on", "registered_on", "current_on"),
        ),
        UNCONFIRMED,
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["listing", "current_on"], name="organisations_by_listing")]
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("name"), name="organisations_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="organisations_has_name"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="organisations_kind"),
            models.CheckConstraint(
                condition=Q(source=Source.ITSELF) | (Q(source=Source.REGISTER) & ~Q(source_url="")),
                name="organisations_register_has_address",
            ),
            models.CheckConstraint(
                condition=Q(listing=Listing.NOT_ASKED, listing_on=None)
                | Q(listing__in=(Listing.AGREED, Listing.DECLINED), listing_on__isnull=False),
                name="organisations_listing_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(listing=Listing.DECLINED) | Q(website="", email="", phone="", place=None),
                name="organisations_declined_keeps_name_alone",
            ),
        ]

    def __str__(self) -> str:
        return f"organisation {self.pk}"


class Offer(models.Model):
    """One thing that an organisation offers."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="offers")
    what = models.CharField(max_length=20, choices=Offering)

    fates: ClassVar[Fates] = dict.fromkeys(("id", "organisation", "what"), WITH_ORGANISATION)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "what"], name="organisations_offer_once"),
            models.CheckConstraint(condition=Q(what__in=Offering.values), name="organisations_offer"),
        ]

    def __str__(self) -> str:
        return self.what


class SpokenLanguage(models.Model):
    """A language in which an organisation can be spoken to; it says nothing of who works there."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="languages")
    language = models.CharField(max_length=12)

    fates: ClassVar[Fates] = dict.fromkeys(("id", "organisation", "language"), WITH_ORGANISATION)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "language"], name="organisations_language_once"),
            models.CheckConstraint(condition=~Q(language=""), name="organisations_language_is_said"),
        ]

    def __str__(self) -> str:
        return self.language
