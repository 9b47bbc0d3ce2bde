"""Who stands at the door: a token in a cookie of one conversation, and nothing else: no session, account or address.

Forms come from our own pages alone: the browser says from where (`from_own_pages`), so that no second cookie is needed.
"""

import random
import struct
import time
from collections.abc import Callable, Collection
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase, HttpResponseForbidden
from django.utils.cache import add_never_cache_headers

from decapolis.city.access.public import client_address
from decapolis.plumbing import clock, tokens
from decapolis.plumbing.acting import Actor
from decapolis.understand.listening.actions.answers import Voice
from decapolis.understand.listening.queries import Asked, AskedStatement
from decapolis_methods.opinion.drawing import draw

RESIDENT = Actor("participant")
COOKIE_DAYS = 90
GOOD_FOR = 24 * 3600
"""Seconds for which a draw is believed."""
DRAW = struct.Struct(">qdI")
View = Callable[..., HttpResponseBase]


def from_own_pages(view: View) -> View:
    """Refuse forms that another site sends, and keep every answer out of caches."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401  # whatever the address holds
        if request.method == "POST" and _is_from_elsewhere(request):
            return HttpResponseForbidden("This form was sent from another site. Nothing was kept.", "text/plain")
        answer = view(request, *args, **kwargs)
        add_never_cache_headers(answer)
        return answer

    guarded.csrf_exempt = True  # type: ignore[attr-defined]  # a view carries its own mark; asked above in another way
    return guarded


def voice_of(request: HttpRequest, conversation: int) -> Voice | None:
    """Who takes part, by the cookie of this conversation."""
    token = tokens.token_from_text(request.COOKIES.get(_cookie(conversation), ""))
    return Voice(conversation, token) if token else None


def new_voice(conversation: int) -> Voice:
    """Somebody who was not here before."""
    return Voice(conversation, tokens.new_token())


def remember(response: HttpResponseBase, voice: Voice) -> None:
    """Give the browser its token; scripts cannot read it, and other sites cannot send it."""
    response.set_cookie(
        _cookie(voice.conversation),
        tokens.token_as_text(voice.token),
        max_age=COOKIE_DAYS * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget(response: HttpResponseBase, conversation: int) -> None:
    """Take the token out of the browser."""
    response.delete_cookie(_cookie(conversation), samesite="Lax")


def draw_next(asked: Asked, voice: Voice, *, without: Collection[int]) -> tuple[AskedStatement, str] | None:
    """Draw what is asked next, and seal the draw for this voice; None where everything is answered."""
    left = [each for number, each in asked.statements.items() if number not in without]
    if not left:
        return None
    drawn = draw([each.weight for each in left], at=random.random())  # noqa: S311  # chance, no secret
    content = DRAW.pack(left[drawn.place].number, drawn.probability, int(time.time()))
    return left[drawn.place], tokens.seal("listening.draw", content, for_holder=voice.token_hash)


def chance_of(given: str, voice: Voice, statement: int) -> float | None:
    """Chance with which a statement was drawn for this voice; None where the draw is forged, of another, or old."""
    content = tokens.unseal("listening.draw", given, for_holder=voice.token_hash)
    if content is None or len(content) != DRAW.size:
        return None
    drawn, probability, at = DRAW.unpack(content)
    is_good = drawn == statement and 0 <= time.time() - at < GOOD_FOR
    return float(probability) if is_good else None


def is_within(what: str, request: HttpRequest, *, most: int, seconds: int) -> bool:
    """Whether a place has done something at most so often; where the count is kept, there is no address."""
    mark = tokens.keyed_hash(f"listening.{what}.{clock.today()}", client_address(request).encode()).hex()
    key = f"{what}:{mark}:{int(time.time() // seconds)}"
    cache.add(key, 0, timeout=seconds)
    try:
        return bool(cache.incr(key) <= most)
    except ValueError:
        return True  # it ran out in this moment


def _is_from_elsewhere(request: HttpRequest) -> bool:
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site:
        return site not in ("same-origin", "none")
    return bool(origin) and urlsplit(origin).netloc != request.get_host()


def _cookie(conversation: int) -> str:
    return f"part-{conversation}"
