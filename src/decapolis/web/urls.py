"""Every address of the site."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from decapolis.web.pages import drafts, home
from decapolis.web.pages.downloads import signed_file
from decapolis.web.pages.health import health
from decapolis.web.pages.mailbox import mailbox
from decapolis.web.pages.setting_up import setting_up

handler400 = "decapolis.web.failing.bad_request"
handler403 = "decapolis.web.failing.not_open"
handler404 = "decapolis.web.failing.not_found"
handler429 = "decapolis.web.failing.too_many"
handler500 = "decapolis.web.failing.server_fault"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health, name="health"),
    *i18n_patterns(
        path("", home.home, name="home"),
        path("what-we-do-not-do/", home.what_we_do_not_do, name="what-we-do-not-do"),
        path("accessibility/", home.accessibility, name="accessibility"),
        path("components/", home.components, name="components"),
        path("files/<str:ticket>/", signed_file, name="signed-file"),
        path("setting-up/", setting_up, name="setting-up"),
        path("mailbox/", mailbox, name="mailbox"),
        path("drafts/keep/", drafts.keep_draft, name="keep-draft"),
        path("drafts/forget/", drafts.forget_draft, name="forget-draft"),
        path("workspace/", include("decapolis.web.workspace.urls")),
        path("", include("decapolis.city.access.urls")),
        path("", include("decapolis.city.appearance.urls")),
        path("", include("decapolis.city.places.urls")),
        path("", include("decapolis.city.organisations.urls")),
        path("", include("decapolis.city.retention.urls")),
        path("", include("decapolis.city.gates.urls")),
        path("listen/", include("decapolis.understand.listening.urls")),
        prefix_default_language=False,
    ),
]
