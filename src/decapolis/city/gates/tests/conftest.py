"""What tests of gates share: the toy step, and those who sign."""

from collections.abc import Iterator

import pytest

from decapolis.city.gates import declared
from decapolis.city.gates.tests.toys import AUTHORS, declare_toys, make_actor
from decapolis.plumbing.acting import Actor


@pytest.fixture(autouse=True)
def toys() -> Iterator[None]:
    """Declare the toy step; the registry, which is filled at import, is afterwards as it was."""
    kept = dict(declared._gates)
    declare_toys()
    yield
    AUTHORS.clear()
    declared._gates.clear()
    declared._gates.update(kept)


@pytest.fixture
def overseer() -> Actor:
    return make_actor("Ada", "overseer")


@pytest.fixture
def officer() -> Actor:
    return make_actor("Noor", "data_protection_officer")


@pytest.fixture
def councillor() -> Actor:
    return make_actor("Elis", "elected_member")
