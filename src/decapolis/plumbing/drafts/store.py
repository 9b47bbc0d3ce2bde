"""Every write of a draft, and how one is found."""

from dataclasses import dataclass
from datetime import date

from decapolis.plumbing.acting import act
from decapolis.plumbing.clock import today
from decapolis.plumbing.drafts.models import KEPT, Draft
from decapolis.plumbing.drafts.sealing import Content, Typed, opened, place_of, seal

MOST = 100
"""So many drafts an account may have; the oldest gives way."""


@dataclass(frozen=True)
class Kept:
    """A draft as its account finds it: what was typed, and the day it was last kept."""

    typed: Typed
    kept_on: date


def keep(content: Content) -> None:
    """Keep what an account typed into a form, each field in place of what was kept of it before."""
    place = place_of(content.account, content.key)
    with act():
        before = kept(content.account, content.key)
        whole = Content(content.account, content.key, {**(before.typed if before else {}), **content.typed})
        values = {"account": content.account, "sealed": seal(whole), "kept_on": today()}
        Draft.objects.update_or_create(place=place, defaults=values)
        newest = Draft.objects.filter(account=content.account).order_by("-kept_on", "-pk")
        Draft.objects.filter(pk__in=list(newest.values_list("pk", flat=True)[MOST:])).delete()


def kept(account: int, key: str) -> Kept | None:
    """Draft of an account for a form."""
    row = Draft.objects.filter(place=place_of(account, key), kept_on__gt=today() - KEPT).first()
    content = opened(row.sealed, account) if row else None
    return Kept(content.typed, row.kept_on) if row and content and content.key == key else None


def forget(account: int, key: str) -> None:
    """Delete the draft of an account for a form: it was sent, or is not wanted."""
    with act():
        Draft.objects.filter(place=place_of(account, key)).delete()
