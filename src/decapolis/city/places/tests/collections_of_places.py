"""GeoJSON for tests: small, and easily damaged."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SQUARE = [[5.80, 50.40], [5.81, 50.40], [5.81, 50.41], [5.80, 50.41], [5.80, 50.40]]


def polygon(*rings: Sequence[Sequence[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def square(west: float = 5.80, south: float = 50.40, side: float = 0.01) -> list[list[float]]:
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(name: object = "Quay", geometry: object = None, **properties: object) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"name": name, **properties},
        "geometry": geometry or polygon(SQUARE),
    }


def collection(*features: object, **members: object) -> dict[str, Any]:
    return {"type": "FeatureCollection", **members, "features": list(features)}


def write(folder: Path, content: object, name: str = "places.geojson") -> Path:
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path
