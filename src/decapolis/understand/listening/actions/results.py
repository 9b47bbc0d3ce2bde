"""Results of conversations that are answered here: made anew while people answer, and once more at the end."""

from decapolis.city.access.public import Permission, require
from decapolis.city.audit.public import record
from decapolis.plumbing import clock
from decapolis.plumbing.acting import Actor, action
from decapolis.plumbing.jobs.public import enqueue
from decapolis.understand.listening import ballots
from decapolis.understand.listening.actions.conversations import store_result
from decapolis.understand.listening.models import Conversation, Result, Routing, State
from decapolis_methods.disclosure.shares import PUBLIC_FLOOR
from decapolis_methods.opinion.analyse import analyse
from decapolis_methods.opinion.analysis import Analysis
from decapolis_methods.opinion.release import release
from decapolis_methods.opinion.released import Released

REPEATS, FEWEST_REPEATS, VOTES_REPEATED = 100, 10, 5_000_000
"""How often groups are looked for again: fewer times where there are many votes, so that a result takes seconds."""
_PART = 100
"""A result is made anew when its people grew by this part, or by the smallest number that anything is said of."""


def refresh_result(*, conversation: Conversation, by: Actor) -> Result | None:
    """Make the result anew; None where it stays as it is.

    While people answer, at least ten of them wait for the next result, and it comes only with ten more. So nobody who
    keeps every result can find by subtraction what fewer than ten people said, and its figures are coarse. When the
    conversation is over, all who answered are in; that result is made once, with exact figures, and stays.
    """
    require(by, Permission.ANALYSE_CONVERSATION)
    is_over = conversation.state == State.CLOSED
    included = None if is_over else people_included(conversation.participants.count())
    shown, is_last = _standing(conversation)
    if is_last if is_over else not included or included <= shown:
        return None
    votes, moderation = ballots.votes_of(conversation, people=included)
    if not len(votes) or not moderation.analysed.any() or (not is_over and len(votes.participants) <= shown):
        return None
    repeats = max(FEWEST_REPEATS, min(REPEATS, VOTES_REPEATED // len(votes)))
    found = analyse(votes, moderation=moderation, bootstrap=repeats)
    return _store(conversation=conversation, released=release(found, is_running=not is_over), found=found, by=by)


def people_included(people: int) -> int:
    """Of so many people who answered so far, how many the result of a running conversation takes in: the first ones."""
    step = max(PUBLIC_FLOOR, people // _PART)
    return max(0, people - PUBLIC_FLOOR) // step * step


@action
def close_conversation(*, conversation: Conversation, by: Actor) -> None:
    """Take no more answers; the last result is made of all that were given."""
    require(by, Permission.CLOSE_CONVERSATION)
    Conversation.objects.filter(pk=conversation.pk).update(state=State.CLOSED)
    enqueue("listening.refresh", by=by, conversation=conversation.pk)
    record(by=by, act="listening.close_conversation", subject=f"listening.conversation:{conversation.pk}")


def close_due_conversations(*, by: Actor) -> int:
    """Close the conversations whose last day is over; answers how many that were."""
    due = Conversation.objects.filter(state=State.OPEN, closed_on__lt=clock.today())
    for conversation in due:
        close_conversation(conversation=conversation, by=by)
    return len(due)


@action
def _store(*, conversation: Conversation, released: Released, found: Analysis, by: Actor) -> Result:
    weights = {str(number): round(weight, 3) for number, weight in zip(found.statements, found.priorities, strict=True)}
    Routing.objects.update_or_create(conversation=conversation, defaults={"weights": weights})
    return store_result(conversation=conversation, released=released, by=by)


def _standing(conversation: Conversation) -> tuple[int, bool]:
    """How many people are in the result that stands, and whether it is the last one."""
    of_it = Result.objects.filter(conversation=conversation)
    shown, is_running = of_it.values_list("document__participants", "document__is_running").first() or (0, True)
    return int(shown), not is_running
