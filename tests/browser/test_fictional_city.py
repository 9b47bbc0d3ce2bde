"""The fictional city as the demo serves it: compressed files, real headers, two worker processes."""

from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

Scheme = Literal["light", "dark"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("language", ["", "/fr", "/ar"])
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_the_way_from_the_first_page_to_a_result_is_clean(
    browser: Browser, demo_site: str, language: str, width: int, scheme: Scheme
):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page, asked, said = context.new_page(), [], []
    page.on("request", lambda request: asked.append(urlsplit(request.url)))
    page.on("console", lambda message: said.append(message.text))

    page.goto(f"{demo_site}{language}/")
    page.locator("a[href*='/results/']").first.click()

    assert "/results/" in page.url
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert {url.netloc for url in asked if url.scheme != "data"} == {urlsplit(demo_site).netloc}
    assert said == []
    context.close()
