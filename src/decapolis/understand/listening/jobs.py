"""What workers do for listening."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from decapolis.plumbing.jobs.public import HOPELESS, Context, Patience, Schedule, job
from decapolis.understand.listening.models import Conversation
from decapolis_methods.errors import MethodError


@job(
    "listening.analyse",
    one_per=("conversation",),
    patience=Patience(lease=timedelta(minutes=2), hopeless=(*HOPELESS, MethodError)),
    doing={"analysing": _("Looking for groups and common ground")},
)
def analyse(context: Context, /, *, conversation: int) -> None:
    """Analyse a conversation and put its released result in the place of the one before."""
    from decapolis.understand.listening.actions import conversations  # noqa: PLC0415  # scipy is for workers, not for every page

    context.progress(0, doing="analysing")
    conversations.analyse_conversation(conversation=Conversation.objects.get(pk=conversation), by=context.by)


@job(
    "listening.refresh",
    one_per=("conversation",),
    patience=Patience(lease=timedelta(minutes=2), hopeless=(*HOPELESS, MethodError), rest=timedelta(seconds=15)),
    doing={"analysing": _("Looking for groups and common ground")},
)
def refresh(context: Context, /, *, conversation: int) -> None:
    """Make the result of a conversation anew, where enough people came in since, or it is over."""
    from decapolis.understand.listening.actions import results  # noqa: PLC0415  # as above

    context.progress(0, doing="analysing")
    results.refresh_result(conversation=Conversation.objects.get(pk=conversation), by=context.by)


@job("listening.close_due", schedule=Schedule(every=timedelta(hours=1)))
def close_due(context: Context, /) -> None:
    """Close conversations whose last day is over; their result is then made of all that was said."""
    from decapolis.understand.listening.actions import results  # noqa: PLC0415  # as above

    results.close_due_conversations(by=context.by)
