"""What others may use of retention: the purge."""

from collections.abc import Callable
from datetime import date

from decapolis.city.retention import actions
from decapolis.city.retention.models import Certificate
from decapolis.city.retention.rules import every_rule
from decapolis.plumbing.acting import Actor

__all__ = ["purge"]


def purge(*, on: date, by: Actor, tell: Callable[[int, int], None] = lambda _done, _total: None) -> Certificate | None:
    """Erase, scrub and blur what is due on a day; answers the certificate, or None where nothing was.

    In batches, each an act of its own: broken off, it goes on where it stopped, and twice is as good as once. `tell`
    is told how many of the rules are done.
    """
    certificate = actions.open_certificate(due_on=on, by=by)
    if certificate is None:
        return None
    rules, changed = every_rule(), {}
    for done, rule in enumerate(rules):
        tell(done, len(rules))
        while actions.purge_batch(certificate=certificate, rule=rule, by=by):
            changed[rule.model] = True
    is_settled = not changed or actions.settle(list(changed))
    actions.close_certificate(certificate=certificate, is_settled=is_settled, by=by)
    return certificate
