"""A city is set up and joined in a real browser: first account, second factors, a colleague, passkeys."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.codes import code_now
from tests.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASSWORD = "three quiet green boats"
DEMO_PAGES = (
    "/workspace/", "/workspace/tasks/", "/workspace/changes/", "/workspace/search/?q=role",
    "/account/", "/account/password/", "/account/sessions/", "/account/second-factor/", "/colleagues/",
    "/colleagues/2/", "/colleagues/invite/", "/who-may-do-what/", "/account/confirm/",
)  # fmt: skip


@pytest.fixture(scope="module")
def new_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A city that nobody has set up yet."""
    site = Site(tmp_path_factory.mktemp("new"), "serve")
    try:
        site.port()
        yield site
    finally:
        site.end()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of its own."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield opened
    opened.close()


def lawful(page: Page) -> None:
    """Hold a page to the rules of axe."""
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"


def give(page: Page, **typed: str) -> None:
    """Fill in the first form of the page, and send it."""
    for name, value in typed.items():
        page.locator(f"main [name={name}]").first.fill(value)
    page.locator("main form button").first.click()


def sign_out(page: Page) -> None:
    page.locator(".dc-menus[data-end] summary").click()
    page.get_by_role("button", name="Sign out").click()


def code(secret: str) -> str:
    return code_now(secret)


def set_up_app(page: Page, password: str) -> list[str]:
    """Set up an app for codes; answers the recovery codes."""
    page.get_by_role("link", name="Set up an app").click()
    give(page, password=password)
    lawful(page)
    secret = page.locator("dd code").inner_text()
    give(page, code=code(secret))
    lawful(page)
    return page.locator("main li code").all_inner_texts()


def test_city_is_set_up_and_a_colleague_joins(new_site: Site, context: BrowserContext, browser: Browser) -> None:
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    (link,) = re.findall(r"http://localhost:\d+/first-account/\S+", new_site.output)
    address = link.partition("/first-account/")[0]

    page.goto(link)
    lawful(page)
    give(page, name="Lena Moor", email="lena@example.org", password=PASSWORD)
    give(page, login="lena@example.org", password=PASSWORD)
    expect(page.get_by_text("Your role needs a second factor")).to_be_visible()
    recovery = set_up_app(page, PASSWORD)
    assert len(recovery) == 10
    page.get_by_role("link", name="Workspace", exact=True).click()
    page.locator("summary", has_text="City").click()
    page.get_by_role("link", name="Colleagues and their roles").click()
    page.get_by_role("link", name="Invite a colleague").click()
    give(page, name="Vera Nys", email="vera@example.org")
    lawful(page)
    welcome = page.locator("main code").inner_text()
    page.get_by_role("link", name="Go on to the roles").click()
    page.get_by_label("Role", exact=True).select_option("elected_member")
    give(page, reason="Elected in June")
    expect(page.get_by_text("in force until")).to_be_visible()

    theirs = browser.new_context()
    other = theirs.new_page()
    other.goto(welcome)
    lawful(other)
    give(other, password="two brown horses singing")
    give(other, login="vera@example.org", password="two brown horses singing")
    expect(other.get_by_role("heading", name="Good day, Vera Nys")).to_be_visible()
    assert other.goto(f"{address}/colleagues/").status == 404  # type: ignore[union-attr]  # a page answered
    theirs.close()

    sign_out(page)
    page.goto(f"{address}/sign-in/")
    give(page, login="lena@example.org", password=PASSWORD)
    lawful(page)
    give(page, code=recovery[0])
    expect(page.get_by_role("heading", name="Good day, Lena Moor")).to_be_visible()
    assert wrong == []


def test_passkey_is_added_and_signs_in_alone(demo_site: str, demo_password: str, context: BrowserContext) -> None:
    page = context.new_page()
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = {**kind, "isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(f"{demo_site}/sign-in/")
    give(page, login="piet.lamers@ardenne.example", password=demo_password)

    page.goto(f"{demo_site}/account/second-factor/passkey/")
    give(page, password=demo_password)
    lawful(page)
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    sign_out(page)

    page.goto(f"{demo_site}/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Good day, Piet Lamers")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("", "light", 1280), ("", "dark", 390), ("/fr", "light", 390), ("/ar", "dark", 390)],
)
def test_pages_break_no_rule_and_fit_the_screen(
    demo_site: str, demo_password: str, browser: Browser, language: str, scheme: str, width: int
) -> None:
    size = {"width": width, "height": 800}
    opened = browser.new_context(base_url=demo_site, viewport=size, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # the three words of the parameters
    page = opened.new_page()
    page.goto(f"{language}/sign-in/")
    lawful(page)
    give(page, login="lena.moor@ardenne.example", password=demo_password)

    for address in DEMO_PAGES:
        page.goto(language + address)
        lawful(page)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, (
            address
        )
    opened.close()


def test_sign_in_works_without_scripts(demo_site: str, demo_password: str, browser: Browser) -> None:
    opened = browser.new_context(java_script_enabled=False)
    page = opened.new_page()
    page.goto(f"{demo_site}/sign-in/")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()

    give(page, login="ombuds.office@ardenne.example", password=demo_password)
    page.locator("summary", has_text="City").click()
    page.get_by_role("link", name="Record of what was done").click()

    expect(page.get_by_role("table")).to_be_visible()
    opened.close()
