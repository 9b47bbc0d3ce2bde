"""What an older release stored is carried over, on whichever database."""

import pytest
import shapely
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from decapolis.city.places.models import Place
from decapolis.plumbing.acting import act

BEFORE, AFTER = ("places", "0001_places"), ("places", "0002_place_sketch")


def migrate(to: tuple[str, str]) -> Apps:
    executor = MigrationExecutor(connection)
    return executor.migrate([to]).apps


@pytest.fixture
def older(transactional_db):
    """The tables as the release before left them; afterwards all is as it was."""
    yield migrate(BEFORE)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def store(apps, west, steps, **others):
    """A round place with so many corners."""
    outline = shapely.Point(west, 51).buffer(0.05, quad_segs=steps)
    box = dict(zip(("west", "south", "east", "north"), outline.bounds, strict=True))
    facts = {"level": 2, "longitude": west, "latitude": 51, "imported_on": "2026-01-01", **box, **others}
    return apps.get_model("places", "Place").objects.create(geometry=shapely.to_wkb(outline), **facts)


@pytest.mark.slow
def test_places_that_were_stored_get_their_sketch(older):
    with act():
        around = store(older, 5.85, 8, level=1)
        fine = store(older, 5.8, 2000, parent_id=around.pk, parent_level=1)
        coarse = store(older, 5.9, 2, parent_id=around.pk, parent_level=1)

    migrate(AFTER)

    sketches = {each.pk: shapely.from_wkb(bytes(each.sketch)) for each in Place.objects.all()}
    exact = shapely.from_wkb(bytes(Place.objects.get(pk=fine.pk).geometry))
    assert shapely.get_num_coordinates(sketches[fine.pk]) < 100 < shapely.get_num_coordinates(exact)
    assert sketches[fine.pk].symmetric_difference(exact).area < exact.area / 100
    assert shapely.get_num_coordinates(sketches[coarse.pk]) == 9
    assert len(sketches) == 3


@pytest.mark.slow
def test_a_city_without_places_is_carried_over(older):
    migrate(AFTER)

    assert not Place.objects.exists()
