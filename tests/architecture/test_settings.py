"""The environment is read in one place; everything else uses the settings."""

import ast
from collections.abc import Iterator

import pytest

from decapolis.web.environment import Environment, remedy
from tests.architecture.reading import Module, complaints, planted

READERS = (
    "decapolis/web/environment.py",
    "decapolis/web/application.py",
    "decapolis/__main__.py",
    "decapolis/web/commands/",
)


def strays(module: Module) -> Iterator[str]:
    """Complain of looks at the environment elsewhere."""
    if module.path.startswith(READERS):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "environb"):
            yield module.says(node.lineno, "the environment is read in web/environment.py: use django.conf.settings.")


@pytest.mark.parametrize("package", ["decapolis", "decapolis_methods"])
def test_the_environment_is_read_in_one_place(package):
    found = complaints(strays, package)

    assert not found, found


@pytest.mark.parametrize("look", ["os.environ['X']", "os.getenv('X')", "environment = os.environ"])
def test_a_planted_look_is_found(look):
    assert len(list(strays(planted("decapolis/city/people/models.py", look)))) == 1


@pytest.mark.parametrize("name", Environment.model_fields)
def test_every_setting_says_what_it_is_for_and_what_to_write(name):
    field = Environment.model_fields[name]

    assert str(field.description).endswith(".")
    assert remedy(name).startswith("give ")
