"""Everything that is installed to run, and every package that the stylesheets are made of, has a licence that fits."""

import json
import re
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

import pytest

from tests.architecture.reading import ROOT

ALLOWED = re.compile(
    r"""^(
      MIT(-0|-CMU|\sLicense)?|BSD(-[23]-Clause|\sLicense)?|Apache([ -]2\.0|\sSoftware\sLicense|\sLicense\s2\.0)?|ISC|
      PSF-2\.0|PSFL?|Python-2\.0|MPL-2\.0|LGPL-[23]\.[01]-(only|or-later)|GNU\sLesser\sGeneral\sPublic\sLicense.*|LGPLv3|
      Zlib|Unlicense|CC0-1\.0|0BSD|OFL-1\.1|GCC-exception-3\.1|GPL-3\.0-or-later\sWITH\sGCC-exception-3\.1
    )$""",
    re.VERBOSE | re.IGNORECASE,
)
"""docs/adr/0005 says why. The compiler's run-time library comes with numpy and scipy under its exception."""
LOCKED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)", re.MULTILINE)


def is_allowed(expression: str) -> bool:
    """Whether an SPDX expression can be satisfied: all of "AND", one of "OR"."""
    parts = re.split(r"\s+AND\s+|\s*,\s*|\s*&\s*", expression.strip())
    return all(_one_of(part.strip("() ")) for part in parts if part)


def _one_of(part: str) -> bool:
    return any(ALLOWED.match(choice.strip("() ")) for choice in re.split(r"\s+OR\s+|/", part))


def of_python(package: Distribution) -> str:
    """Licence that a Python package declares."""
    declared = package.metadata.json
    if "license_expression" in declared:
        return str(declared["license_expression"])
    classifiers = [each.split("::")[-1].strip() for each in declared.get("classifier", []) if "License ::" in each]
    return " OR ".join(classifiers) or str(declared.get("license", "none")).splitlines()[0]


def locked(text: str) -> list[str]:
    """Names of the packages of a lock."""
    return sorted({found["name"] for found in LOCKED.finditer(text)})


def installed(names: Iterable[str]) -> Iterator[Distribution]:
    """Those that are installed here: a lock also names packages for other systems."""
    for name in names:
        try:
            yield distribution(name)
        except PackageNotFoundError:
            continue


def unfit(licences: Iterable[tuple[str, str]]) -> list[str]:
    """Complain of packages whose licence does not fit."""
    return [f"{name} is under {licence}: see docs/adr/0005." for name, licence in licences if not is_allowed(licence)]


def of_node() -> list[tuple[str, str]]:
    """Packages of the lock for the stylesheets, and their licences."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    return [(path, str(entry.get("license", "none"))) for path, entry in lock["packages"].items() if path]


@pytest.mark.parametrize("lock", ["run", "all"])
def test_python_packages_have_licences_that_fit(lock):
    names = locked((ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8"))

    found = unfit((package.name, of_python(package)) for package in installed(names))

    assert len(list(installed(names))) > 15
    assert not found, "\n".join(found)


def test_node_packages_have_licences_that_fit():
    assert of_node()
    assert unfit(of_node()) == []


@pytest.mark.parametrize(
    "licence",
    ["GPL-3.0-only", "AGPL-3.0-or-later", "MIT AND GPL-2.0-only", "Proprietary", "none", "SSPL-1.0", "BUSL-1.1"],
)
def test_a_planted_licence_is_found(licence):
    assert unfit([("planted", licence)]) == [f"planted is under {licence}: see docs/adr/0005."]


@pytest.mark.parametrize(
    "licence", ["MIT", "Apache-2.0 OR GPL-3.0-only", "BSD-3-Clause AND MIT", "(MIT OR Apache-2.0)"]
)
def test_a_licence_that_fits_is_not_found(licence):
    assert is_allowed(licence)


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.stem)
def test_locks_name_no_host_and_hash_everything(lock):
    text = lock.read_text(encoding="utf-8")

    assert "://" not in text
    assert "--index" not in text
    assert text.count("--hash=") >= len(locked(text)) > 0


def test_the_lock_of_node_names_no_host():
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")

    assert '"resolved"' not in text
    assert text.count('"integrity"') == len(of_node())
