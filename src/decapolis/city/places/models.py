"""Places one inside the other, with their outlines, and what they are called in each language."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from decapolis.plumbing.fates import Fates, Keep

GEOGRAPHY = Keep("public geography: it says nothing of any person")
POPULATION = ("population", "population_year", "population_source")


class Level(models.IntegerChoices):
    """How large a place is; one lies only in a larger one."""

    CITY = 1, _("city")
    DISTRICT = 2, _("district")
    NEIGHBOURHOOD = 3, _("neighbourhood")
    SITE = 4, _("site")


class Place(models.Model):
    """A part of the city.

    `parent_level` repeats the level of the parent, so that the database itself can see that no place lies in a smaller
    one: where every step goes up, there is no loop. A level never changes. `geometry` is WKB of longitudes and
    latitudes, `sketch` the same simplified to what can be seen on a map of the city; `longitude` and `latitude` are of
    a point inside.
    """

    level = models.PositiveSmallIntegerField(choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    parent_level = models.PositiveSmallIntegerField(null=True, blank=True)
    geometry = models.BinaryField()
    sketch = models.BinaryField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    longitude = models.FloatField()
    latitude = models.FloatField()
    population = models.PositiveIntegerField(null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(null=True, blank=True)
    population_source = models.CharField(max_length=200, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    imported_on = models.DateField()

    fates: ClassVar[Fates] = dict.fromkeys(
        (
            *("id", "level", "parent", "parent_level", "geometry", "sketch", "west", "south", "east", "north"),
            *("longitude", "latitude", "credit", "imported_on", *POPULATION),
        ),
        GEOGRAPHY,
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["west", "east", "south", "north"], name="places_place_by_box")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="places_place_level"),
            models.CheckConstraint(
                condition=Q(parent=None, parent_level=None)
                | Q(parent__isnull=False, parent_level__isnull=False, parent_level__lt=F("level")),
                name="places_place_lies_in_a_larger_one",
            ),
            models.CheckConstraint(
                condition=Q(west__gte=-180, west__lte=F("longitude"), longitude__lte=F("east"), east__lte=180)
                & Q(south__gte=-90, south__lte=F("latitude"), latitude__lte=F("north"), north__lte=90),
                name="places_place_box_holds_its_point",
            ),
            models.CheckConstraint(
                condition=Q(population=None, population_year=None, population_source="")
                | (Q(population__isnull=False, population_year__isnull=False) & ~Q(population_source="")),
                name="places_place_population_has_year_and_source",
            ),
        ]

    def __str__(self) -> str:
        return f"place {self.pk}"


class PlaceName(models.Model):
    """What a place is called in one language."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="names")
    language = models.CharField(max_length=12)
    name = models.CharField(max_length=200)

    fates: ClassVar[Fates] = dict.fromkeys(("id", "place", "language", "name"), GEOGRAPHY)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "language"], name="places_name_once_a_language"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(language=""), name="places_name_is_said"),
        ]

    def __str__(self) -> str:
        return self.name
