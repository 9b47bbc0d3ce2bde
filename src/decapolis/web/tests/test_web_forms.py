"""Forms: every one is written by the same templates, says what is needed and what is wrong, and where."""

import re

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override
from django_cotton.compiler_regex import CottonCompiler

FORM = engines["django"].from_string(CottonCompiler().process('<c-form :form="form" deed="Save" away="/away/" />'))


class MixedForm(forms.Form):
    """Some fields are needed, some not."""

    what = forms.CharField(label="What", help_text="In your words.", widget=forms.Textarea)
    how = forms.ChoiceField(label="How", choices=[("a", "Seen"), ("b", "Told")], widget=forms.RadioSelect)
    when = forms.DateField(label="When", required=False)
    again = forms.BooleanField(label="Again", required=False)


class WholeForm(forms.Form):
    """All fields are needed."""

    one = forms.CharField(label="One")
    two = forms.CharField(label="Two")


class FileForm(forms.Form):
    """A file."""

    file = forms.FileField(label="File")


def written(form):
    return str(FORM.render({"form": form}, RequestFactory().get("/")))


def test_form_says_what_is_wrong_first_and_leads_there():
    html = written(MixedForm({"when": "no day"}))
    summary = html[: html.index("</ul>")]

    assert "3 things have to be put right first. Nothing that you typed is lost." in summary
    assert re.findall(r'href="#([^"]+)">(\w+)</a>', summary) == [
        ("id_what", "What"),
        ("id_how_0", "How"),
        ("id_when", "When"),
    ]
    assert 'tabindex="-1" autofocus' in summary
    assert [name for name in ("id_what", "id_how_0", "id_when") if f'id="{name}"' not in html] == []


def test_one_thing_that_is_wrong_is_counted_as_one():
    assert "One thing has to be put right first" in written(WholeForm({"one": "x"}))


def test_error_stands_at_its_field_which_names_it():
    html = written(MixedForm({"what": ""}))

    (area,) = re.findall(r"<textarea[^>]*>", html)
    assert 'aria-invalid="true"' in area
    assert 'aria-describedby="id_what_helptext id_what_error"' in area
    assert '<p class="ds-validation-message" id="id_what_error">This field is required.</p>' in html


def test_form_without_error_shows_none():
    html = written(MixedForm())

    assert "ds-error-summary" not in html
    assert "ds-validation-message" not in html


def test_needed_and_other_fields_say_so_in_words_where_there_are_both():
    found = re.findall(r'>(\w+) <span class="dc-quiet dc-small">\((\w+)\)</span>', written(MixedForm()))

    assert found == [("What", "required"), ("How", "required"), ("When", "optional"), ("Again", "optional")]


def test_form_of_needed_fields_alone_says_so_once():
    html = written(WholeForm())

    assert html.count("Everything here has to be filled in.") == 1
    assert "(required)" not in html


def test_choices_are_a_group_with_a_name():
    html = written(MixedForm())

    assert re.search(r"<fieldset.*<legend[^>]*>How", html, re.DOTALL)
    assert re.search(r'id="id_how_1"[^>]*>\s*<label class="ds-label" for="id_how_1">Told', html)


def test_tick_stands_before_its_label():
    html = written(MixedForm())

    assert html.index('id="id_again"') < html.index('for="id_again"')


@pytest.mark.parametrize(("form", "is_sent_whole"), [(FileForm, True), (WholeForm, False)])
def test_form_with_a_file_is_sent_as_one(form, *, is_sent_whole):
    assert ('enctype="multipart/form-data"' in written(form())) is is_sent_whole


def test_what_was_typed_is_escaped_and_stays():
    html = written(WholeForm({"one": '"><b>'}))

    assert 'value="&quot;&gt;&lt;b&gt;"' in html


@pytest.mark.parametrize(("language", "words"), [("fr", "facultatif"), ("ar", "اختياري")])
def test_form_speaks_the_language_of_the_reader(language, words):
    with override(language):
        assert words in written(MixedForm())
