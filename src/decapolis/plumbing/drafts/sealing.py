"""What makes drafts safe: a form says, signed, whose it is; what was typed is sealed together with whose it is.

The tag goes to the browser with the form and comes back with what was typed. Without a tag of ours nothing is kept, and
with the tag of another account nothing either: no other page, and no colleague, can write a draft for somebody.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core import signing
from django.http import QueryDict
from django.utils.crypto import salted_hmac

from decapolis.plumbing.keys import cipher

FIELD = "draft-of"
"""Name of the hidden field that holds the tag."""
PURPOSE = "drafts"
VALID = timedelta(days=7)
"""How long a page may stay open before what it sends is no longer kept."""
LONGEST = 200_000
"""So many characters are kept of one form; about 60 pages."""

Typed = Mapping[str, list[str]]


class TooLong(ValueError):  # noqa: N818  # it says what the text is
    """More was typed than a draft holds."""


@dataclass(frozen=True)
class Tag:
    """Whose form it is: the account, the key of the form, the fields that may be kept, the page where it stands."""

    account: int
    key: str
    fields: tuple[str, ...]
    page: str


@dataclass(frozen=True)
class Content:
    """What was typed, with whose it is."""

    account: int
    key: str
    typed: Typed


def signed(tag: Tag) -> str:
    """Tag as the form carries it."""
    return signing.dumps([tag.account, tag.key, tag.fields, tag.page], salt=PURPOSE)


def tag_in(posted: QueryDict) -> Tag | None:
    """Tag that came back with what was typed; none where it is missing, old or not ours."""
    try:
        account, key, fields, page = signing.loads(posted.get(FIELD, ""), salt=PURPOSE, max_age=VALID)
    except signing.BadSignature:
        return None
    return Tag(account, key, tuple(fields), page)


def typed_in(posted: QueryDict, tag: Tag) -> Typed:
    """What was typed into the fields of a form, also nothing; never a password or a file, which no tag names."""
    typed = {name: posted.getlist(name) for name in tag.fields}
    if sum(len(value) for values in typed.values() for value in values) > LONGEST:
        raise TooLong
    return typed


def seal(content: Content) -> str:
    """Make unreadable for whoever has the database alone; the time that a sealed text would show is none."""
    text = json.dumps(asdict(content), ensure_ascii=False).encode()
    return cipher(PURPOSE, settings.SECRET_KEY).encrypt_at_time(text, 0).decode()


def opened(sealed: str, account: int) -> Content | None:
    """What was sealed for an account; nothing for another one, and nothing of what was changed."""
    try:
        content = Content(**json.loads(cipher(PURPOSE, settings.SECRET_KEY).decrypt(sealed)))
    except InvalidToken:
        return None
    return content if content.account == account else None


def place_of(account: int, key: str) -> str:
    """Where a draft is found."""
    return salted_hmac(PURPOSE, f"{account}:{key}", algorithm="sha256").hexdigest()
