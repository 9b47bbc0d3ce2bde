"""The result of a conversation in a real browser: by rules, narrow, large, mirrored, on paper, without JavaScript."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from decapolis.understand.listening.tests.sample_results import EVERY_CASE, store

NARROW, PHONE, WIDE = 320, 390, 1280
CASES = {case.replace(" ", "-"): released for case, released in EVERY_CASE.items()}
PAGES = ("/listen/results/", "/listen/results/three-groups/statements/", "/listen/results/five-groups/")

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Open a page without JavaScript of its own, on a phone, with every result stored."""
    for slug, released in CASES.items():
        store(released, slug)
    context = browser.new_context(base_url=live_server.url, viewport={"width": PHONE, "height": 800})
    yield context.new_page()
    context.close()


def _look(page: Page, address: str, scheme: Literal["light", "dark"], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")


def _overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("", "light", WIDE), ("", "dark", PHONE), ("/ar", "light", PHONE), ("/fr", "dark", WIDE)],
)
def test_result_breaks_no_rule_of_axe(page: Page, language: str, scheme: Literal["light", "dark"], width: int) -> None:
    for address in (*PAGES, *(f"/listen/results/{slug}/" for slug in ("three-groups", "two-groups", "no-groups"))):
        _look(page, language + address, scheme, width)

        found = Axe().run(page)

        assert found.violations_count == 0, f"{language}{address}: {found.generate_report()}"


@pytest.mark.parametrize("language", ["", "/fr", "/ar"])
def test_result_fits_a_narrow_screen_and_text_of_twice_its_size(page: Page, language: str) -> None:
    for address in (*PAGES, *(f"/listen/results/{slug}/" for slug in CASES)):
        _look(page, language + address, "light", NARROW)
        assert _overflow(page) <= 0, address

        page.set_viewport_size({"width": WIDE, "height": 800})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert _overflow(page) <= 0, address


def test_marks_lie_beside_their_labels(page: Page) -> None:
    for size in ("100%", "200%"):
        page.goto("/listen/results/five-groups/")
        page.evaluate(f"document.documentElement.style.fontSize = '{size}'")

        furthest = page.evaluate(
            """() => { const box = each => each.getBoundingClientRect()
                const middle = each => (box(each).top + box(each).bottom) / 2
                const lanes = document.querySelector(".dc-lanes"), labels = lanes.querySelectorAll("li")
                return Math.max(...[...lanes.querySelectorAll("g > line")].map(
                    (mark, place) => Math.abs(middle(mark) - middle(labels[place])))) }"""
        )

        assert furthest < 3, size


def test_labels_of_the_map_stay_inside_it_on_a_phone(page: Page) -> None:
    for slug in ("two-groups", "three-groups", "five-groups"):
        for language in ("", "/fr", "/ar"):
            page.goto(f"{language}/listen/results/{slug}/")

            outside = page.evaluate(
                """() => { const map = document.querySelector(".dc-map").getBoundingClientRect()
                    return [...document.querySelectorAll(".dc-map text")].filter(each => {
                        const box = each.getBoundingClientRect()
                        return box.left < map.left || box.right > map.right || box.bottom > map.bottom + 1
                    }).map(each => each.textContent) }"""
            )

            assert outside == [], (slug, language)


def test_strips_are_mirrored_in_arabic_and_the_map_is_not(page: Page) -> None:
    page.goto("/ar/listen/results/three-groups/")

    bar = page.locator(".dc-strip .bar").first.bounding_box()
    track = page.locator(".dc-strip .track").first.bounding_box()
    assert bar is not None
    assert track is not None
    assert bar["x"] + bar["width"] == pytest.approx(track["x"] + track["width"], abs=1)

    direction = page.locator(".dc-map").evaluate(
        "each => [getComputedStyle(each).direction, getComputedStyle(each).scale]"
    )
    assert direction == ["ltr", "none"]


def test_statements_are_chosen_by_keyboard_without_javascript(
    browser: Browser, page: Page, live_server: LiveServer
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/listen/results/three-groups/statements/")

    plain.get_by_label("Order").select_option("divided")
    plain.get_by_role("button", name="Apply").press("Enter")
    plain.wait_for_url("**sort=divided**")
    first = plain.locator(".dc-bars li").first.inner_text()
    context.close()

    assert first.startswith("Under-18s should leave at ten.")


def test_paper_shows_numbers_and_charts(page: Page) -> None:
    page.goto("/listen/results/three-groups/")
    page.emulate_media(media="print", color_scheme="dark")

    hidden = page.evaluate("getComputedStyle(document.querySelector('.dc-top')).display")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert hidden == "none"
    assert ground == "rgb(255, 255, 255)"
    assert page.locator("table").first.is_visible()
    assert page.locator(".dc-map").is_visible()
