"""Every answer of every address in every language carries the headers that keep a page closed."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, translate_url
from django.utils.translation import override

from decapolis.web.security import HEADERS
from tests.architecture.test_addresses import addresses

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    **HEADERS,
}
EXAMPLES = {"str": "x", "slug": "x", "int": "1", "uuid": "00000000-0000-0000-0000-000000000000", "path": "x"}


def every_address():
    """Every address of the resolver, with something in the place of each parameter, in every language."""
    for language, _ in settings.LANGUAGES:
        with override(language):
            for address, pattern in addresses(get_resolver().url_patterns):
                yield _filled(address, pattern), language


def _filled(address, pattern):
    for name, converter in pattern.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        address = address.replace(f"<{kind}:{name}>", EXAMPLES.get(kind, "x")).replace(f"<{name}>", "x")
    return "/" + address


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def check(response):
    policy = dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))
    assert policy == POLICY
    for name, value in EXPECTED.items():
        assert response.headers.get(name) == value, name
    assert "camera=()" in response["Permissions-Policy"]
    assert len(response["X-Request-Id"]) == 32


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "language"), sorted(set(every_address())))
def test_every_address_in_every_language_is_closed(client, address, language):
    response = client.get(address)

    check(response)
    assert response.status_code < 500


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "delete", "options", "head"])
def test_every_method_is_answered_closed(client, method):
    for address, _ in every_address():
        check(getattr(client, method)(address))


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/nowhere", "/fr/nulle-part/", "/ar/x/", "/static/nothing.css", "/%00", "/..%2f"])
def test_what_is_not_there_is_answered_closed(client, address):
    response = client.get(address)

    check(response)
    assert response.status_code in (400, 404)


@pytest.mark.django_db
def test_a_page_that_fails_is_answered_closed(client, monkeypatch):
    pattern = next(pattern for address, pattern in addresses(get_resolver().url_patterns) if address == "healthz")
    monkeypatch.setattr(pattern, "callback", lambda request: 1 / 0)

    response = client.get("/healthz")

    check(response)
    assert response.status_code == 500
    assert b"ZeroDivision" not in response.content


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example.org", "localhost.evil.example.org", "a b", ""])
def test_a_foreign_host_is_refused(client, host):
    response = client.get("/healthz", headers={"host": host})

    check(response)
    assert response.status_code == 400


@pytest.mark.django_db
def test_a_large_body_is_refused_unread(client):
    length = str(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)

    response = client.generic("POST", "/healthz", b"x", CONTENT_LENGTH=length)

    check(response)
    assert response.status_code == 413


@pytest.mark.django_db
@pytest.mark.parametrize("length", ["", "x", "-5", "²"])
def test_a_senseless_length_does_no_harm(client, length):
    response = client.generic("POST", "/healthz", b"", CONTENT_LENGTH=length)

    check(response)
    assert response.status_code in (400, 403, 405)


@pytest.mark.django_db
def test_browsers_are_told_to_stay_with_https(client, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    secure = Client().get("/healthz", headers={"x-forwarded-proto": "https"})
    plain = Client().get("/healthz")

    assert secure["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in plain


SIGN_IN = re.compile(r"/(\w\w/)?(sign-in|welcome|first-account)/")
"""Pages with a form that is open to everybody: it carries a mark against forgery, in a cookie of its own."""


@pytest.mark.django_db
def test_no_page_sets_a_cookie_but_to_guard_its_form(client):
    for address, _ in every_address():
        client.cookies.clear()

        response = client.get(address)

        guards = {"csrftoken"} if b'method="post"' in getattr(response, "content", b"") else set()
        assert response.cookies.keys() <= guards, address


def test_every_language_is_an_address():
    with override("en"):
        assert translate_url("/", "fr") == "/fr/"
