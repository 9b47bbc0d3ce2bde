"""Somebody starts an analysis, and sees by itself how it stands; without scripts, by looking again."""

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def sign_in(page: Page, site: str, login: str, password: str) -> None:
    page.goto(f"{site}/sign-in/")
    page.locator("main [name=login]").first.fill(login)
    page.locator("main [name=password]").first.fill(password)
    page.locator("main form button").first.click()
    expect(page).to_have_url(f"{site}/workspace/")


def look_again(page: Page) -> None:
    """Press the link until the work is over, as somebody would."""
    for _ in range(90):
        link = page.get_by_role("link", name="Look again")
        if not link.count():
            return
        link.first.click()
        page.wait_for_timeout(1000)


@pytest.mark.parametrize("scripts", [True, False])
def test_analysis_is_started_and_followed_to_its_end(
    demo_site: str, demo_password: str, browser: Browser, *, scripts: bool
) -> None:
    opened = browser.new_context(java_script_enabled=scripts)
    page, said = opened.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    sign_in(page, demo_site, "mina.roos@ardenne.example", demo_password)
    page.goto(f"{demo_site}/listen/conversations/")

    page.get_by_role("button", name="Compute again").first.click()

    expect(page.get_by_text("You may close this page: the work goes on.")).to_be_visible()
    expect(page.get_by_role("button", name="Stop it")).to_be_visible()
    if not scripts:
        look_again(page)
    expect(page.get_by_role("button", name="Compute again").first).to_be_visible(timeout=90_000)
    expect(page.get_by_role("button", name="Stop it")).to_have_count(0)
    assert said == []
    opened.close()
