"""Files by a signed link."""

from django.http import HttpRequest, HttpResponse

from decapolis.city.access.public import page
from decapolis.plumbing.files.public import answer, ticketed


@page(open_because="the signed link is the key, for an hour")
def signed_file(_request: HttpRequest, ticket: str) -> HttpResponse:
    """Hand a file out to whoever was given the link."""
    return answer(ticketed(ticket))
