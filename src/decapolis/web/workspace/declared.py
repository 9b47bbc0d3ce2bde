"""Finds what the parts declare: the names in their ``declarations.py`` that `decapolis.plumbing.declaring` lists."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.apps import apps

from decapolis.plumbing.declaring import Signpost


@cache
def modules() -> tuple[ModuleType, ...]:
    """Declarations of our own applications, in the order in which they are installed."""
    names = [config.name for config in apps.get_app_configs() if config.name.startswith("decapolis.")]
    return tuple(declaration(name) for name in names if find_spec(f"{name}.declarations"))


def declaration(app: str) -> ModuleType:
    """Declarations of one application."""
    return import_module(f"{app}.declarations")


def declared(name: str) -> list[Any]:
    """What is declared under this name, of each part that declares it."""
    return [getattr(module, name) for module in modules() if hasattr(module, name)]


@cache
def signposts() -> dict[str, Signpost]:
    """Every page of the workspace, by its name in the addresses."""
    return {each.page: each for pages in declared("PAGES") for each in pages}
