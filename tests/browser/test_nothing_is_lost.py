"""Somebody types, the session ends, they sign in again: all is there, with and without scripts."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def give(page: Page, **typed: str) -> None:
    for name, value in typed.items():
        page.locator(f"main [name={name}]").first.fill(value)


def sign_in(page: Page, password: str) -> None:
    give(page, login="lena.moor@ardenne.example", password=password)
    page.locator("main form button").first.click()


@pytest.mark.parametrize("scripts", [True, False])
def test_form_comes_back_as_it_was_typed(
    demo_site: str, demo_password: str, browser: Browser, *, scripts: bool
) -> None:
    opened = browser.new_context(java_script_enabled=scripts)
    page = opened.new_page()
    page.goto(f"{demo_site}/sign-in/")
    sign_in(page, demo_password)
    page.goto(f"{demo_site}/colleagues/invite/")
    give(page, name="Karim of the quay", email="karim@example.org")
    if scripts:
        expect(page.get_by_text("Draft kept")).to_be_visible(timeout=10_000)

    opened.clear_cookies(name=re.compile("^decapolis$"))
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_text("What you typed is kept")).to_be_visible()
    sign_in(page, demo_password)

    expect(page).to_have_url(f"{demo_site}/colleagues/invite/")
    expect(page.get_by_label("Name")).to_have_value("Karim of the quay")
    expect(page.get_by_label("E-mail address")).to_have_value("karim@example.org")
    page.get_by_role("button", name="Throw the draft away").click()
    expect(page.get_by_label("Name")).to_have_value("")
    opened.close()
