"""What a part says of itself to the workspace, in its ``declarations.py``.

The workspace asks every application for these names, and takes what it finds: no part imports the workspace.

- ``PAGES``: `Signpost` of each page, for menus, breadcrumbs and search.
- ``standing(viewer) -> Standing``, of a step: where it stands, in one honest sentence.
- ``tasks(viewer) -> Iterable[Task]``: what waits for the viewer.
- ``CHANGES``: `Words` for each act of the record that colleagues may hear of.
- ``ACTS``: a sentence for each other act of the record, for those who read the record.
- ``search(viewer, words) -> Iterable[Found]``: things of the part in which every word is found; never persons.
- ``KINDS``: what each kind of row that goes one day is called, like ``{"listening.vote": _("Answers of residents")}``.

Each function asks the database the same number of questions however much there is.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any, Literal

from django.apps import apps

State = Literal["done", "going", "needs", "idle", "planned"]
Menu = Literal["", "city", "account"]


def always() -> bool:
    """Say yes."""
    return True


@dataclass(frozen=True)
class Signpost:
    """Where a page stands in the workspace: its name in the addresses, its title, and the page it stands under.

    `about` and `keywords` are what search looks in; `menu` is the menu that opens the page. Texts are marked for
    translation. Who may open the page is said by its own mark, and nowhere else; `is_there` says whether this city has
    it.
    """

    page: str
    title: str
    under: str = "workspace"
    menu: Menu = ""
    about: str = ""
    keywords: str = ""
    is_there: Callable[[], bool] = always


@dataclass(frozen=True)
class Standing:
    """Where a step stands: in order, under way, in need of a decision, not begun, planned; and the next thing to do.

    The sentence is in the reader's language, and true of what is in the database now.
    """

    state: State
    sentence: str
    next_title: str = ""
    next_url: str = ""


@dataclass(frozen=True)
class Task:
    """Something that waits for the viewer: a sentence, where it is done, which part asks, and by when."""

    sentence: str
    url: str
    origin: str
    due: date | None = None


@dataclass(frozen=True)
class Words:
    """What colleagues hear of an act: what changed, never who did it.

    `permission` is needed to hear of it. Where `names` (of the viewer and numbers of subjects) knows the subject,
    `named` says it with its name as ``%(what)s``.
    """

    sentence: str
    permission: str
    named: str = ""
    names: Callable[[Any, Collection[int]], Mapping[int, str]] | None = None


@dataclass(frozen=True)
class Found:
    """Something that search has found."""

    title: str
    url: str
    about: str = ""


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
def sentences() -> Mapping[str, str]:
    """What is said of each act of the record, before it is translated."""
    heard = {act: words.sentence for acts in declared("CHANGES") for act, words in acts.items()}
    return heard | {act: sentence for acts in declared("ACTS") for act, sentence in acts.items()}
