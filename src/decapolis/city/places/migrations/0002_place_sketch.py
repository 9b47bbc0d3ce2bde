"""A simplified outline beside the exact one. It is made anew, finer or coarser, whenever places are imported."""

from typing import Any

import shapely
from django.db import migrations, models

FINENESS = 0.4 / 640


def sketch(apps: Any, _schema_editor: Any) -> None:
    """Simplify what is stored: to what can be seen on a map of all places of the same level."""
    place = apps.get_model("places", "Place")
    for level in place.objects.values_list("level", flat=True).distinct():
        same = place.objects.filter(level=level)
        box = same.aggregate(
            *(models.Min(each) for each in ("west", "south")), *(models.Max(each) for each in ("east", "north"))
        )
        extent = max(box["east__max"] - box["west__min"], box["north__max"] - box["south__min"])
        for each in same.iterator(chunk_size=100):
            each.sketch = shapely.to_wkb(shapely.from_wkb(bytes(each.geometry)).simplify(extent * FINENESS))
            each.save(update_fields=["sketch"])


class Migration(migrations.Migration):
    dependencies = [("places", "0001_places")]

    operations = [
        migrations.AddField("place", "sketch", models.BinaryField(null=True)),
        migrations.RunPython(sketch, migrations.RunPython.noop),
        migrations.AlterField("place", "sketch", models.BinaryField()),
    ]
