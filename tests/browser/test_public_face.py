"""The shell, the public home and the components in a real browser: by rules, narrow, large, by keyboard, on paper."""

from collections.abc import Iterator
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

PAGES = ("/", "/what-we-do-not-do/", "/accessibility/", "/components/", "/no-such-page/")
LANGUAGES = ("", "/ar")
NARROW, PHONE, WIDE = 320, 390, 1280

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def page(browser: Browser, demo_site: str) -> Iterator[Page]:
    """Open a page of a phone."""
    context = browser.new_context(base_url=demo_site, viewport={"width": PHONE, "height": 800})
    yield context.new_page()
    context.close()


def _overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("", "light", WIDE), ("", "dark", PHONE), ("/ar", "light", PHONE), ("/ar", "dark", WIDE)],
)
def test_page_breaks_no_rule_of_axe(
    page: Page, address: str, language: str, scheme: Literal["light", "dark"], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(language + address)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_fits_a_narrow_screen_and_text_of_twice_its_size(page: Page, address: str, language: str) -> None:
    page.set_viewport_size({"width": NARROW, "height": 800})
    page.goto(language + address)
    assert _overflow(page) <= 0

    page.set_viewport_size({"width": WIDE, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert _overflow(page) <= 0


@pytest.mark.parametrize("address", PAGES)
def test_page_asks_nobody_else_and_meets_no_objection_of_the_browser(page: Page, demo_site: str, address: str) -> None:
    asked, said = [], []
    page.on("request", lambda request: asked.append(urlsplit(request.url)))
    page.on("console", lambda message: said.append(message.text))

    page.goto(address, wait_until="networkidle")

    assert {url.netloc for url in asked if url.scheme != "data"} == {urlsplit(demo_site).netloc}
    assert [text for text in said if "status of 404" not in text] == []


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_pressed_is_large_enough(page: Page, address: str, language: str) -> None:
    page.goto(language + address)

    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, summary")]
            .filter(each => !each.closest("p, .ds-skip-link") && each.getClientRects().length)
            .filter(each => each.getBoundingClientRect().height < 24)
            .map(each => each.outerHTML)"""
    )

    assert small == []


@pytest.mark.parametrize("address", ["/", "/ar/accessibility/"])
def test_focus_is_seen_wherever_the_keyboard_goes(page: Page, address: str) -> None:
    page.goto(address)
    stops = page.locator("a:visible, button:visible, summary:visible").count()

    for _stop in range(stops):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const style = getComputedStyle(document.activeElement);
                return style.outlineStyle !== "none" || style.boxShadow !== "none"
                    || document.activeElement.matches(".ds-skip-link") }"""
        )
        assert seen, page.evaluate("document.activeElement.outerHTML")


def test_skip_link_comes_first_and_leads_to_the_content(page: Page) -> None:
    page.goto("/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    assert page.locator(".ds-skip-link").bounding_box()["height"] >= 24  # type: ignore[index]  # it is on the page
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_language_switch_leads_to_the_same_page(page: Page) -> None:
    page.goto("/accessibility/")

    page.get_by_role("link", name="العربية").click()

    assert urlsplit(page.url).path == "/ar/accessibility/"
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.get_by_role("heading", level=1).inner_text() == "سهولة الوصول"


def test_everything_works_without_javascript(browser: Browser, demo_site: str) -> None:
    context = browser.new_context(base_url=demo_site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/components/")

    page.locator("summary").first.click()

    assert page.locator("details[open] pre").first.is_visible()
    context.close()


def test_motion_stops_for_those_who_ask(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto("/components/")

    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")]
            .filter(each => parseFloat(getComputedStyle(each).transitionDuration) > 0).length"""
    )

    assert moving == 0


def test_print_leaves_out_what_paper_cannot_do(page: Page) -> None:
    page.goto("/")

    page.emulate_media(media="print")

    assert not page.locator(".dc-top").is_visible()
    assert not page.locator(".dc-foot nav").is_visible()
    assert page.get_by_role("heading", level=1).is_visible()


def test_text_is_there_before_any_font(page: Page) -> None:
    page.route("**/*.woff2", lambda route: route.abort())

    page.goto("/")

    assert page.get_by_role("heading", level=1).is_visible()
    assert page.evaluate("[...document.fonts].every(font => font.status !== 'loaded')")
