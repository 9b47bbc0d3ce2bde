"""`decapolis translations update | compile | check`: keep the French and Arabic catalogues."""

import argparse
import sys

from decapolis.web.catalogues import (
    PACKAGE,
    CatalogueFile,
    catalogue_files,
    compiled,
    faults,
    sentences,
    updated,
    written_catalogues,
)


def main(arguments: list[str]) -> int:
    """Do one of the three."""
    parser = argparse.ArgumentParser(prog="decapolis translations", description=__doc__)
    deeds = {"update": update, "compile": compile_all, "check": check}
    parser.add_argument("deed", choices=deeds, help="gather new sentences; compile for use; say what is not complete")
    return deeds[parser.parse_args(arguments).deed]()


def update() -> int:
    """Bring every catalogue up to date with code and templates."""
    gathered = sentences(PACKAGE)
    for file in catalogue_files(gathered):
        _write(file, updated(file, gathered[file.app]))
    return 0


def compile_all() -> int:
    """Compile what is newer than its compiled form."""
    for path in written_catalogues(PACKAGE):
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            target.write_bytes(compiled(path))
    return 0


def check() -> int:
    """Say what is missing in any catalogue."""
    gathered = sentences(PACKAGE)
    found = [f"{file}: {fault}" for file in catalogue_files(gathered) for fault in faults(file, gathered[file.app])]
    print("\n".join(found) or "Every sentence is translated.", file=sys.stderr if found else sys.stdout)
    return 1 if found else 0


def _write(file: CatalogueFile, content: bytes) -> None:
    if file.path.exists() and file.path.read_bytes() == content:
        return
    file.path.parent.mkdir(parents=True, exist_ok=True)
    file.path.write_bytes(content)
    print(f"{file}: changed")
