"""Chooses what the city looks like, and settles items of the checklist."""

from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from decapolis.city.access.public import Permission, require
from decapolis.city.appearance.colours import HEX, is_readable, nearest_readable
from decapolis.city.appearance.models import ONLY, Appearance, Settled
from decapolis.city.appearance.published import Look, publish
from decapolis.city.audit.public import record
from decapolis.city.people.public import account
from decapolis.plumbing import clock
from decapolis.plumbing.acting import Actor, action
from decapolis.plumbing.files.public import PICTURES, FileRefused, Limits, StoredFile, discard, keep
from decapolis.plumbing.mail.public import Reader, write_letter

LOGO = Limits(PICTURES, size=2_000_000, pixels=16_000_000, side=400)
CHECKLIST = "checklist"
ITEMS = ("name", "logo", "colours", "languages", "places", "colleagues", "factor", "mail", "backup", CHECKLIST)


@dataclass(frozen=True)
class Choice:
    """What the city chooses; a colour that is empty is that of the theme."""

    name: str
    languages: tuple[str, ...]
    first_colour: str = ""
    second_colour: str = ""


@action
def choose_appearance(
    *, choice: Choice, by: Actor, logo: File[bytes] | None = None, no_logo: bool = False
) -> Appearance:
    """Take what the city chose; colours that cannot be read are refused with the nearest that can."""
    require(by, Permission.KEEP_INSTALLATION)
    _refuse_what_cannot_be(choice)
    row = Appearance.objects.select_for_update().filter(pk=ONLY).first() or Appearance(pk=ONLY)
    before = row.logo
    row.name = " ".join(choice.name.split())
    row.first_colour, row.second_colour = choice.first_colour, choice.second_colour
    row.languages = sorted({settings.LANGUAGE_CODE, *choice.languages})
    if logo or no_logo:
        row.logo = _kept(logo) if logo else None
    row.save()
    if before and before != row.logo:
        discard(before)
    record(by=by, act="appearance.choose_appearance", subject=f"appearance.appearance:{ONLY}")
    transaction.on_commit(partial(publish, _look(row)))
    return row


@action
def settle(*, item: str, is_done: bool, by: Actor) -> None:
    """Say that an item of the checklist needs no more: it is done, or the city does without."""
    require(by, Permission.KEEP_INSTALLATION)
    if item not in ITEMS:
        raise ValidationError(_("There is no such item."))
    row = Settled.objects.filter(item=item).first() or Settled(item=item)
    row.is_done, row.settled_on = is_done, clock.today()
    row.save()
    record(by=by, act="appearance.settle", subject=f"appearance.settled:{row.pk}")
    if item == CHECKLIST:
        transaction.on_commit(partial(publish, _look(Appearance.objects.filter(pk=ONLY).first())))


@action
def send_trial_letter(*, by: Actor) -> bool:
    """Send a letter to whoever asks for it; answers whether mail reaches anybody here."""
    require(by, Permission.KEEP_INSTALLATION)
    asking = account(int(by.key))
    if asking is None:
        raise ValidationError(_("Nobody is signed in."))
    is_posted = write_letter("mail/trial.txt", Reader(asking.email, asking.language), by=by)
    if is_posted:
        settle(item="mail", is_done=True, by=by)
    return is_posted


def _refuse_what_cannot_be(choice: Choice) -> None:
    if not choice.name.strip() or len(choice.name) > 80:
        raise ValidationError({"name": _("Give a name of 1 to 80 characters.")})
    if not set(choice.languages) <= {code for code, _name in settings.LANGUAGES}:
        raise ValidationError({"languages": _("The site does not speak this language.")})
    for field in ("first_colour", "second_colour"):
        _refuse_colour(field, getattr(choice, field))


def _refuse_colour(field: str, colour: str) -> None:
    if colour and not HEX.fullmatch(colour):
        raise ValidationError({field: _("Write a colour like #0d5c58.")})
    if colour and not is_readable(colour):
        said = _("Not everybody could read text in %(colour)s. The nearest colour that can be read is %(nearest)s.")
        raise ValidationError({field: said % {"colour": colour, "nearest": nearest_readable(colour)}})


def _kept(logo: File[bytes]) -> StoredFile:
    try:
        return keep(logo, LOGO)
    except FileRefused as refusal:
        raise ValidationError({"logo": str(refusal.reason)}) from None


def _look(row: Appearance | None) -> Look:
    """What pages are to know."""
    is_settled = Settled.objects.filter(item=CHECKLIST).exists()
    if row is None:
        return Look(is_settled=is_settled)
    logo = row.logo.name if row.logo else ""
    return Look(row.name, row.first_colour, row.second_colour, tuple(row.languages), logo, is_settled)
