"""The ten steps, in one table. The public home, the documents and a test are made from it.

Names and sentences are marked for translation; a page translates them where it shows them.
"""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_noop as _

Part = Literal["understand", "build", "engage", "connect"]

PARTS: dict[Part, str] = {
    "understand": _("Understand"),
    "build": _("Build"),
    "engage": _("Engage"),
    "connect": _("Connect"),
}
"""The four parts in their order, with what they are called."""


@dataclass(frozen=True)
class Step:
    """One step: what the city does in it, and where it stands in the code, on the site and in the documents.

    `app` is the application of Django, `page` the name of its first public page, `document` the path of its page
    under ``docs/``; all three are None while the step is planned.
    """

    number: int
    name: str
    part: Part
    sentence: str
    app: str | None = None
    page: str | None = None
    document: str | None = None

    @property
    def stands(self) -> bool:
        """Whether the step can be used; else it is planned."""
        return self.app is not None


STEPS = (
    Step(
        1,
        _("Assessment"),
        "understand",
        _("The city finds out, with residents, where risks, tensions and grievances lie and what people need."),
    ),
    Step(
        2,
        _("Listening"),
        "understand",
        _("The city asks its residents what matters to them, and shows where people agree and where they differ."),
        app="decapolis.understand.listening",
        page="listening:results",
        document="how-to/import-a-conversation.md",
    ),
    Step(
        3,
        _("Trust"),
        "understand",
        _("The city builds trust between communities and local police, with civil society, teachers and educators."),
    ),
    Step(
        4,
        _("Spaces"),
        "understand",
        _("The city opens places that everybody can reach and use, so that people meet who would not meet otherwise."),
    ),
    Step(
        5,
        _("Stakeholders"),
        "build",
        _("The city knows who can help in housing, schools, work, welfare, sport, religion and culture."),
    ),
    Step(
        6,
        _("Framework"),
        "build",
        _("The city agrees on a local framework with a clear mandate, or makes prevention part of one it has."),
    ),
    Step(
        7,
        _("Programmes and support"),
        "engage",
        _("The city offers positive alternatives early, and practitioners support people without doing them harm."),
    ),
    Step(
        8,
        _("Resources"),
        "engage",
        _("The city gives local grants fairly, and brings partners and money together where they are needed."),
    ),
    Step(
        9,
        _("Practices"),
        "connect",
        _("The city gathers what worked and what did not, so that plans near and far can learn from it."),
    ),
    Step(
        10,
        _("Exchange"),
        "connect",
        _("The city works with other cities, regions and countries, and shares what it may share."),
    ),
)
