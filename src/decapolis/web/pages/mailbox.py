"""The mailbox of a fictional city: its letters, which nobody is sent."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from decapolis.city.access.public import Permission, page
from decapolis.plumbing.mail import public as mail


@page(access=Permission.KEEP_INSTALLATION)
def mailbox(request: HttpRequest) -> HttpResponse:
    """Show the letters; where letters are really sent, or no show is made, there is no such page."""
    if not mail.has_mailbox():
        raise Http404
    return render(request, "web/mailbox.html", {"letters": mail.mailbox()})
