"""Components: each is one file, has an example, and is written by the rules of the house."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, RequestFactory
from django.test.html import parse_html
from django.utils.translation import override
from django.views import defaults
from django_cotton.compiler_regex import CottonCompiler

from decapolis.plumbing.jobs.models import State
from decapolis.web import failing
from decapolis.web.context import shell
from decapolis.web.examples import samples

WEB = Path(__file__).resolve().parents[1]
PACKAGE = WEB.parent
ASSETS = PACKAGE.parents[1] / "assets"
COMPONENTS = {path.stem: path for path in (WEB / "components").glob("*.html")}
EXAMPLES = {path.stem: path for path in (WEB / "templates" / "web" / "examples").glob("*.html")}
TEMPLATES = sorted(path for path in PACKAGE.rglob("*.html") if "tests" not in path.parts)
LONGEST_TEMPLATE = 150


def _render(source: str, path: str = "/", **context: object) -> str:
    request = RequestFactory().get(path)
    template = engines["django"].from_string(CottonCompiler().process(source))
    return str(template.render({**shell(request), **context}, request))


def test_every_component_stands_in_an_example() -> None:
    shown = "".join(path.read_text(encoding="utf-8") for path in EXAMPLES.values())

    assert [name for name in COMPONENTS if f"<c-{name.replace('_', '-')}" not in shown] == []


def test_every_example_is_of_a_component() -> None:
    assert EXAMPLES.keys() - COMPONENTS.keys() == set()


@pytest.mark.slow
def test_page_shows_every_example_by_day_by_night_and_from_right_to_left(client: Client) -> None:
    html = client.get("/components/").content.decode()

    assert re.findall(r'<h2 [^>]*id="(\w+)"', html) == sorted(EXAMPLES)
    assert html.count('class="dc-sample" data-color-scheme="light"') == len(EXAMPLES)
    assert html.count('class="dc-sample" data-color-scheme="dark"') == len(EXAMPLES)
    assert html.count('class="dc-sample" dir="rtl" lang="ar"') == len(EXAMPLES)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_is_short_and_has_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= LONGEST_TEMPLATE
    assert re.findall(r"<style|<script(?![^>]* src=)|\sstyle=|\son[a-z]+=", text) == []


@pytest.mark.parametrize("path", sorted(ASSETS.rglob("*.css")), ids=lambda path: path.name)
def test_stylesheet_names_no_colour_but_in_the_tokens_and_no_side_of_the_screen(path: Path) -> None:
    text = re.sub(
        r"/\*.*?\*/|url\([^)]*\)|#000, #fff|#fff; font", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
    )

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", text) == [] or path.name in {"tokens.css", "print.css"}
    assert re.findall(r"\b(?:margin|padding|border|inset)-(?:left|right)\b|\btext-align: (?:left|right)", text) == []


def test_every_class_of_ours_is_used_in_a_template() -> None:
    styled = set(re.findall(r"\.(dc-[\w-]+)", "".join(path.read_text() for path in ASSETS.rglob("*.css"))))
    used = set(re.findall(r"\bdc-[\w-]+", "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)))

    assert styled - used == set()
    assert used - styled == set()


@pytest.mark.parametrize("part", ["alert", "breadcrumbs", "button", "details", "link", "list", "pagination", "table"])
def test_part_of_designsystemet_that_is_bundled_is_used(part: str) -> None:
    used = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)

    assert f"ds-{part}" in used


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ('<c-button href="/x/">Go</c-button>', '<a class="ds-button" href="/x/">Go</a>'),
        ("<c-button>Go</c-button>", '<button class="ds-button" type="submit">Go</button>'),
        (
            '<c-button variant="secondary" name="answer" value="1">Go</c-button>',
            '<button class="ds-button" data-variant="secondary" type="submit" name="answer" value="1">Go</button>',
        ),
        ('<c-link-go href="/x/">Go</c-link-go>', '<a class="ds-link dc-go" href="/x/">Go</a>'),
        ('<c-status is="late">late</c-status>', '<span class="dc-status" data-is="late">late</span>'),
        ('<c-fact term="Who">All</c-fact>', "<div><dt>Who</dt><dd>All</dd></div>"),
        ('<c-crumb href="/x/">Up</c-crumb>', '<li><a class="ds-link" href="/x/">Up</a></li>'),
    ],
)
def test_small_component_is_written_as_expected(source: str, html: str) -> None:
    assert parse_html(_render(source)) == parse_html(html)


@pytest.mark.parametrize(
    ("current", "named"),
    [
        (1, "1 2 3 … 400"),
        (2, "1 2 3 4 … 400"),
        (200, "1 … 198 199 200 201 202 … 400"),
        (400, "1 … 398 399 400"),
    ],
)
def test_pagination_names_the_ends_and_what_is_near(current: int, named: str) -> None:
    html = _render('<c-pagination :page="page" />', page=Paginator(range(4000), 10).page(current))

    assert " ".join(re.findall(r">(\d+|…)<", html)) == named
    assert html.count('aria-current="true"') == 1


def test_component_escapes_what_it_is_given() -> None:
    html = _render('<c-fact term="{{ term }}">{{ value }}</c-fact>', term='"><b>', value="<i>")

    assert "&quot;&gt;&lt;b&gt;" in html
    assert "&lt;i&gt;" in html


def test_progress_without_value_does_not_say_how_far() -> None:
    assert " value=" not in _render('<c-progress label="Reading" />')
    assert ' value="60"' in _render('<c-progress label="Reading" value="60" />')


def test_table_is_a_named_region_that_the_keyboard_reaches() -> None:
    html = _render('<c-table caption="Who agrees"><tbody></tbody></c-table>')

    assert 'role="region" tabindex="0" aria-label="Who agrees"' in html
    assert "<caption>Who agrees</caption>" in html


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (400, partial(failing.bad_request, exception=ValueError())),
        (404, partial(failing.not_open, exception=ValueError())),
        (404, partial(failing.not_found, exception=ValueError())),
        (500, defaults.server_error),
    ],
)
def test_error_is_answered_in_the_shell(code: int, answer: Callable[[HttpRequest], HttpResponse]) -> None:
    with override("en"):
        response = answer(RequestFactory().get("/"))

    assert response.status_code == code
    assert "To the first page" in response.content.decode()


@pytest.mark.parametrize(
    ("state", "again", "looks", "words"),
    [
        ("running", "/again/", True, "Look again"),
        ("running", "", False, "Look again"),
        ("done", "/again/", False, "done"),
        ("cancelled", "/again/", False, "stopped"),
        ("failed", "/again/", False, "failed"),
    ],
)
def test_long_work_looks_again_by_itself_as_long_as_it_is_open(
    state: str, again: str, *, looks: bool, words: str
) -> None:
    job = replace(samples()["job"], state=State(state))  # type: ignore[type-var]  # the samples hold many types

    html = _render(f'<c-job :job="job" again="{again}" cancel="/stop/" />', job=job)

    assert ('hx-trigger="every 3s"' in html) is looks
    assert words in html
    assert ('action="/stop/"' in html) is (state == "running")
