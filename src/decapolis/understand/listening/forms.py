"""What residents may write: one sentence, in letters that show what they are."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_TYPED = 10_000
UNSEEN = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff\u00ad")
"""Signs that turn the direction of writing or cannot be seen: a statement has its own direction without them."""
LOOK_ALIKE = ("LATIN", "GREEK", "CYRILLIC")
"""Scripts whose letters look like one another's."""


class ProposalForm(forms.Form):
    """One statement in one's own words."""

    text = forms.CharField(
        label=_("One idea, one sentence"),
        help_text=_("Please no names: neither yours nor anyone else’s. A moderator reads it before others see it."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "ds-input"}),
        max_length=MOST_TYPED,
        error_messages={"required": _("Write a sentence first.")},
    )

    def __init__(self, *given: object, longest: int, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]  # whatever Django's own form takes
        self.longest = longest
        self.fields["text"].widget.attrs["maxlength"] = longest

    def clean_text(self) -> str:
        """The sentence on one line, without what cannot be seen; refused where it is too long or in mixed letters."""
        text = plain(self.cleaned_data["text"])
        if not any(letter.isalpha() for letter in text):
            raise ValidationError(_("Write a sentence first."))
        if len(text) > self.longest:
            said = _("Your sentence has %(length)s characters; at most %(longest)s fit. It was not sent.")
            raise ValidationError(said, params={"length": len(text), "longest": self.longest})
        if any(mixes_scripts(word) for word in text.split()):
            raise ValidationError(_("A word mixes letters of different alphabets. Type it again in one alphabet."))
        return text


class CodeForm(forms.Form):
    """The receipt code, as somebody typed it."""

    code = forms.CharField(
        label=_("Your receipt code"),
        help_text=_("Twelve letters, with or without dashes."),
        widget=forms.TextInput(
            attrs={"class": "ds-input", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        max_length=100,
        error_messages={"required": _("Type your code first.")},
    )


def plain(text: str) -> str:
    """Text on one line, in composed letters, without signs that cannot be seen."""
    composed = unicodedata.normalize("NFC", text)
    shown = "".join(sign for sign in composed if sign not in UNSEEN and (sign.isspace() or sign.isprintable()))
    return " ".join(shown.split())


def mixes_scripts(word: str) -> bool:
    """Whether a word is made of letters of scripts that look alike, so that it is not what it seems."""
    names = (unicodedata.name(letter, "") for letter in word if letter.isalpha())
    return len({name.split(" ")[0] for name in names} & set(LOOK_ALIKE)) > 1
