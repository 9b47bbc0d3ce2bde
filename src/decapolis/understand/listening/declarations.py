"""What listening shows in the workspace."""

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext_noop as _

from decapolis.city.access.public import Permission, Viewer
from decapolis.city.gates.public import Gate, declare
from decapolis.plumbing.declaring import Signpost, Standing, State, Words
from decapolis.understand.listening.queries import is_known, tally

RESULTS, ANALYSES = "listening:results", "listening:analyses"

PAGES = (
    Signpost(RESULTS, _("Results"), about=_("What residents said, in figures that were released.")),
    Signpost(
        ANALYSES,
        _("Analyses of conversations"),
        about=_("What residents were asked, and how the analysis of their answers stands."),
    ),
    Signpost("listening:compute", _("Compute the result"), ANALYSES),
    Signpost("listening:stop", _("Stop the analysis"), ANALYSES),
)


def _is_there(subject: str) -> bool:
    """Whether there is such a conversation, draft or not: whatever there is can be stopped."""
    number = subject.partition(":")[2]
    return len(number) < len(str(2**63)) and is_known(viewer=Viewer("operator"), number=int(number))


declare(
    Gate(
        "listening",
        gettext_lazy("Listening"),
        gettext_lazy(
            "Residents are asked only as long as nobody is harmed by it. A stop holds for every conversation."
        ),
        (),
    )
)
declare(
    Gate(
        "listening.conversation",
        gettext_lazy("Conversation"),
        gettext_lazy("A single conversation can be stopped: nothing is answered, proposed or published until then."),
        (),
        is_there=_is_there,
    )
)

CHANGES = {
    "listening.import_conversation": Words(_("A conversation was loaded."), Permission.WORKSPACE),
    "listening.delete_conversation": Words(_("A conversation was deleted."), Permission.WORKSPACE),
    "listening.store_result": Words(_("A result was published."), Permission.WORKSPACE),
}

ACTS = {
    "listening.ask_for_analysis": _("An analysis was asked for."),
    "listening.stop_analysis": _("An analysis was stopped."),
    "listening.close_conversation": _("A conversation was closed."),
}


def standing(viewer: Viewer) -> Standing:
    """Say how many conversations are open, have a public result, or are closed and have none yet."""
    found, url = tally(viewer=viewer), reverse(RESULTS)
    said = [
        sentence
        for sentence, number in (
            (_without_result(found.without_result), found.without_result),
            (_open(found.open), found.open),
            (_with_result(found.with_result), found.with_result),
        )
        if number
    ]
    if not said:
        return Standing(
            "idle", gettext("Nothing has been asked of residents yet."), gettext("See what will stand here"), url
        )
    state: State = "needs" if found.without_result else "going" if found.open else "done"
    return Standing(state, " ".join(said), gettext("Read the results"), url)


def _without_result(number: int) -> str:
    said = ngettext(
        "One conversation is closed and has no result yet.",
        "%(number)d conversations are closed and have no result yet.",
        number,
    )
    return said % {"number": number}


def _open(number: int) -> str:
    said = ngettext("One conversation is open.", "%(number)d conversations are open.", number)
    return said % {"number": number}


def _with_result(number: int) -> str:
    said = ngettext("One conversation has a public result.", "%(number)d conversations have a public result.", number)
    return said % {"number": number}


KINDS = {
    "listening.vote": _("Answers of residents"),
    "listening.participant": _("Who answered: a mark without name"),
    "listening.statement.author": _("Who proposed a statement: a mark without name"),
}
