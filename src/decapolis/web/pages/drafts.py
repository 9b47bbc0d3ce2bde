"""Keeping and throwing away what was typed into a form and not sent."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from decapolis.city.access.public import page
from decapolis.plumbing.drafts.public import FormDraft, forget, rescue, tag_in


@page(open_because="whose session has ended is told so; without a form of ours nothing is kept", posts=True)
def keep_draft(request: HttpRequest) -> HttpResponse:
    """Keep what was typed so far, asked by the button or, while somebody types, by htmx."""
    rescued = rescue(request)
    if not rescued.page:
        raise Http404
    if "HX-Request" in request.headers:
        return render(request, "web/form/_kept.html", {"rescued": rescued, "draft": FormDraft("")})
    if rescued.as_ == "draft":
        return redirect(rescued.page)
    if rescued.as_ == "waiting":
        return redirect(f"{reverse('account_login')}?{urlencode({'kept': 'yes', 'next': rescued.page})}")
    return render(request, "web/not_kept.html", {"rescued": rescued}, status=413)


@page(open_because="the signed tag of the form says whose draft it is, and nobody else throws it away", posts=True)
def forget_draft(request: HttpRequest) -> HttpResponse:
    """Throw one's own draft away, and show the form as it begins."""
    tag = tag_in(request.POST)
    if tag is None or tag.account != request.user.pk:
        raise Http404
    forget(tag.account, tag.key)
    return redirect(tag.page)
