"""What a part says of itself to the workspace, in its ``declarations.py``.

The workspace asks every application for these names, and takes what it finds: no part imports the workspace.

- ``PAGES``: `Signpost` of each page, for menus, breadcrumbs and search.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

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
