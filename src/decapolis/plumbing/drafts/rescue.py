"""What becomes of what was typed when a form cannot be answered: the session ended, the page was too old, we failed.

Whoever is signed in finds it again as the draft of the form. Where nobody is, it waits, sealed, in the session of this
browser, until the account to which the form was given signs in there; for any other account it is thrown away. What
cannot be kept is shown in the answer, to be copied: it goes to whoever sent it, and to nobody else.
"""

from dataclasses import dataclass, field
from typing import Literal

from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from decapolis.plumbing.drafts import store
from decapolis.plumbing.drafts.sealing import Content, Tag, TooLong, opened, seal, tag_in, typed_in

WAITING = "waiting-draft"
"""Where a session holds what was typed before anybody signed in."""
UNREADABLE = (MultiPartParserError, RequestDataTooBig, SuspiciousOperation, UnreadablePostError)


@dataclass(frozen=True)
class Rescued:
    """What became of it: a draft, or waiting for the account to sign in; the page of the form; texts to be copied."""

    as_: Literal["", "draft", "waiting"] = ""
    page: str = ""
    texts: tuple[str, ...] = field(default=())


def rescue(request: HttpRequest) -> Rescued:
    """Keep what was typed, as well as it can be."""
    posted = _posted(request)
    tag = tag_in(posted) if posted else None
    if posted is None or tag is None:
        return Rescued()
    try:
        how = _keep(request, Content(tag.account, tag.key, typed_in(posted, tag)))
    except (TooLong, DatabaseError):
        how = ""
    return Rescued(how, tag.page) if how else Rescued(page=tag.page, texts=_texts(posted, tag))


def land(session: SessionBase, account: int) -> None:
    """Make what waits in a session the draft of the account that has just signed in, if it was this account's form."""
    content = opened(session.pop(WAITING, ""), account)
    if content:
        store.keep(content)


def _keep(request: HttpRequest, content: Content) -> Literal["", "draft", "waiting"]:
    user = getattr(request, "user", None)
    if user is None:
        return ""
    if user.is_authenticated:
        if user.pk != content.account:
            return ""
        store.keep(content)
        return "draft"
    request.session[WAITING] = seal(content)
    return "waiting"


def _posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, or none where it cannot be read."""
    try:
        return request.POST if request.method == "POST" else None
    except UNREADABLE:
        return None


def _texts(posted: QueryDict, tag: Tag) -> tuple[str, ...]:
    return tuple(text for name in tag.fields for text in posted.getlist(name) if text.strip())
