"""What workers do for listening."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from decapolis.plumbing.jobs.public import HOPELESS, Context, Patience, job
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
