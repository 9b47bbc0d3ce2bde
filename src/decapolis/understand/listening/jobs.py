"""What workers do for listening."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from decapolis.city.gates.public import GateClosed
from decapolis.plumbing.failures import Failure
from decapolis.plumbing.jobs.public import HOPELESS, Context, Patience, Schedule, job
from decapolis.understand.listening.models import Conversation
from decapolis_methods.errors import MethodError


@job(
    "listening.analyse",
    one_per=("conversation",),
    patience=Patience(lease=timedelta(minutes=2), hopeless=(*HOPELESS, Failure, GateClosed, MethodError)),
    doing={
        "reading": _("Reading the answers"),
        "placing": _("Looking for groups and common ground"),
        "repeating": _("Repeating it with others left out, to see how sure it is"),
        "counting": _("Counting"),
    },
    title=_("Analyse a conversation"),
)
def analyse(context: Context, /, *, conversation: int, again: int = 0) -> None:
    """Analyse a conversation and put its released result in the place of the one before."""
    from decapolis.understand.listening.actions import conversations  # noqa: PLC0415  # scipy is for workers only

    def tell(phase: str, done: int, total: int) -> None:
        context.progress(done, total, phase)

    found = Conversation.objects.get(pk=conversation)
    conversations.analyse_conversation(conversation=found, by=context.by, again=bool(again), progress=tell)


@job(
    "listening.refresh",
    one_per=("conversation",),
    patience=Patience(
        lease=timedelta(minutes=2), hopeless=(*HOPELESS, GateClosed, MethodError), rest=timedelta(seconds=15)
    ),
    doing={"analysing": _("Looking for groups and common ground")},
    title=_("Make a result anew, where enough people answered"),
)
def refresh(context: Context, /, *, conversation: int) -> None:
    """Make the result of a conversation anew, where enough people came in since, or it is over."""
    from decapolis.understand.listening.actions import results  # noqa: PLC0415  # as above

    context.progress(0, doing="analysing")
    results.refresh_result(conversation=Conversation.objects.get(pk=conversation), by=context.by)


@job(
    "listening.close_due",
    schedule=Schedule(every=timedelta(hours=1)),
    title=_("Close conversations whose last day is over"),
)
def close_due(context: Context, /) -> None:
    """Close conversations whose last day is over; their result is then made of all that was said."""
    from decapolis.understand.listening.actions import results  # noqa: PLC0415  # as above

    results.close_due_conversations(by=context.by)
