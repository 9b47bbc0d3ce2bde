"""What every page needs around its content: the city, its languages, the direction of writing."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_info, gettext, gettext_noop, override

from decapolis.city.appearance.public import Look, published

REVIEWED_LANGUAGES = frozenset({"en"})
DEFAULT_OFFICE = gettext_noop("City prevention office")


@dataclass(frozen=True)
class Language:
    """One language in which this page can be read, and where."""

    code: str
    name: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Shell:
    """The shell of a page: `is_reviewed` is false where no person has read the translation."""

    city: str
    office: str
    language: str
    direction: str
    is_reviewed: bool
    is_fictional: bool
    languages: tuple[Language, ...]
    look: Look


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Give every template ``shell``."""
    code, look = get_language() or settings.LANGUAGE_CODE, published()
    return {
        "shell": Shell(
            city=look.name or settings.CITY_NAME,
            office=gettext(settings.CITY_OFFICE),
            language=code,
            direction="rtl" if get_language_info(code)["bidi"] else "ltr",
            is_reviewed=code in REVIEWED_LANGUAGES,
            is_fictional=settings.FICTIONAL,
            languages=tuple(_languages(request, code)),
            look=look,
        )
    }


def _languages(request: HttpRequest, current: str) -> list[Language]:
    offered = [(code, name) for code, name in settings.LANGUAGES if published().offers(code) or code == current]
    return [Language(code, name, _address(request, code), code == current) for code, name in offered]


def _address(request: HttpRequest, code: str) -> str:
    """Find this page in another language; where there is no page (an error), the home in that language."""
    if request.resolver_match:
        return translate_url(request.get_full_path(), code)
    with override(code):
        return reverse("home")
