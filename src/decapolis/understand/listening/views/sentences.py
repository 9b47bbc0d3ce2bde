"""A result in plain words, made by rules from its figures: nothing is guessed and nothing is paraphrased."""

from collections.abc import Callable, Iterable, Mapping
from itertools import accumulate

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decapolis.understand.listening.queries import StatementText
from decapolis.understand.listening.views import words
from decapolis_methods.disclosure.shares import Share
from decapolis_methods.opinion.headline import Headline, headline
from decapolis_methods.opinion.released import Certainty, Finding, Released, Withheld

Texts = Mapping[int, StatementText]
Quotes = Callable[[tuple[int, ...]], SafeString]

READ = 150
"""Letters of statements that one sentence may quote together."""
PRECISE, FAIRLY_PRECISE = 5, 10
"""Half widths of an interval, in per cent, up to which a share is called precise or fairly precise."""
HELD, MOSTLY_HELD = 0.8, 0.5
"""From where the groups are said to have come back, or mostly: the smaller of how like the picture the repeats were and
of how many of them found as many groups."""


def summary(released: Released, texts: Texts) -> SafeString:
    """Say what a result is in one to four sentences, quoting few statements: it is read in ten seconds."""
    return words.sentences(_said(released, headline(released, most_dividing=1), texts))


def first_sentence(finding: Finding, texts: Texts) -> SafeString:
    """Say the first thing of the same, quoting one statement: for a list of results."""
    return _said(finding, headline(finding, most_common=1, most_dividing=1), texts)[0]


def _said(found: Released | Finding, head: Headline, texts: Texts) -> list[SafeString]:
    def quotes(numbers: tuple[int, ...]) -> SafeString:
        return words.listed([words.quote(texts[each]) for each in _short(numbers, texts)])

    if found.groups:
        return [*_shared(head, quotes), _divided(head, quotes)]
    return [*_of_most(head, quotes), SafeString(why_no_groups(found))]


def _short(numbers: tuple[int, ...], texts: Texts) -> tuple[int, ...]:
    """Keep the first statement, and those after it as long as they stay short together."""
    lengths = accumulate(min(len(texts[each].text), words.LONGEST_QUOTE) for each in numbers)
    return tuple(
        each for place, (each, length) in enumerate(zip(numbers, lengths, strict=True)) if not place or length <= READ
    )


def _shared(head: Headline, quotes: Quotes) -> list[SafeString]:
    """Say what all groups lean to together."""
    said = []
    if head.agreed:
        said.append(format_html(_("Whatever else divides them, people agree: {quotes}."), quotes=quotes(head.agreed)))
    if head.rejected:
        pattern = (
            _("Together they reject: {quotes}.") if said else _("Whatever else divides them, people reject: {quotes}.")
        )
        said.append(format_html(pattern, quotes=quotes(head.rejected)))
    return said


def _divided(head: Headline, quotes: Quotes) -> SafeString:
    """Say what divides the groups, or that nothing stands out."""
    if head.case == "common and dividing":
        return format_html(_("They divide over {quotes}."), quotes=quotes(head.dividing))
    if head.case == "only dividing":
        pattern = _("There is no statement on which all groups lean the same way. They divide most over {quotes}.")
        return format_html(pattern, quotes=quotes(head.dividing))
    if head.case == "only common":
        return SafeString(_("No statement clearly sets one group against another."))
    return SafeString(_("No statement stands out: none is shared by all groups, and none clearly divides them."))


def _of_most(head: Headline, quotes: Quotes) -> list[SafeString]:
    """Say what most people lean to where there are no groups."""
    said = []
    if head.agreed:
        said.append(format_html(_("Most people agree: {quotes}."), quotes=quotes(head.agreed)))
    if head.rejected:
        said.append(format_html(_("Most people reject: {quotes}."), quotes=quotes(head.rejected)))
    return said or [SafeString(_("No statement is clearly shared by most people."))]


def why_no_groups(released: Released | Finding) -> str:
    """Say why there are no groups; nothing where there are."""
    if released.no_groups == "too few people":
        return ngettext(
            "Only %(count)s person answered: too few to speak of groups.",
            "Only %(count)s people answered: too few to speak of groups.",
            released.participants,
        ) % {"count": words.number(released.participants)}
    reasons = {
        "no structure": _("The answers do not fall into groups: people agree and differ in many ways."),
        "too small": _("The groups that could be seen are too small to be shown without showing people."),
        "not stable": _("Groups could be seen, but they did not hold when the analysis was repeated."),
    }
    return reasons.get(released.no_groups, "")


def precision_of_shares(shares: Iterable[Share]) -> str:
    """Say how precise the shares of what people have in common are, from their widest interval."""
    known = list(shares)
    if not known:
        return _("There is nothing that most people clearly agree on.")
    if all(share.bound != "exact" for share in known):
        return _("Few people answered: shares are only known within a range.")
    widest = max(_half_width(share) for share in known if share.bound == "exact")
    if widest <= PRECISE:
        pattern = _("Shares of what people agree on are precise, to %(points)s points either way or better.")
        return pattern % {"points": words.number(PRECISE)}
    if widest <= FAIRLY_PRECISE:
        pattern = _("Shares of what people agree on are fairly precise, to %(points)s points either way or better.")
        return pattern % {"points": words.number(FAIRLY_PRECISE)}
    return _("Shares of what people agree on are rough: few people answered.")


def stability_of_groups(certainty: Certainty) -> str:
    """Say how stable the groups are, from the repeats."""
    if not certainty.rounds:
        return _("How firm the groups are was not tested.")
    held = min(certainty.agreement, certainty.same_number / certainty.rounds)
    if held >= HELD:
        return _("The groups came back when the analysis was repeated.")
    if held >= MOSTLY_HELD:
        return _("The groups mostly came back when the analysis was repeated.")
    return _("The groups often did not come back when the analysis was repeated: read the map with care.")


def repeats(certainty: Certainty, groups: int) -> str:
    """Say how often the same number of groups came back."""
    if not certainty.rounds:
        return ""
    came_back = ngettext(
        "When the sums were repeated %(rounds)s times with some people and statements left out, "
        "the same number of groups (%(groups)s) came back %(same)s time.",
        "When the sums were repeated %(rounds)s times with some people and statements left out, "
        "the same number of groups (%(groups)s) came back %(same)s times.",
        certainty.same_number,
    )
    numbers = (certainty.rounds, certainty.same_number, groups)
    rounds, same, count = map(words.number, numbers)
    return came_back % {"rounds": rounds, "same": same, "groups": count}


def undecided(certainty: Certainty) -> str:
    """Say how many people changed group too often to be counted in one."""
    if not certainty.rounds or not certainty.undecided:
        return ""
    return _("About %(share)s of those who could be placed changed group too often: they are counted in no group.") % {
        "share": words.percent(100 * certainty.undecided)
    }


def withheld(kept_back: Withheld, minimum: int) -> list[str]:
    """Say what is not shown and why, one sentence a reason."""
    ten = words.spelled(minimum)
    said = [
        (kept_back.few_answers, _few_answers(kept_back.few_answers)),
        (kept_back.refused, _refused(kept_back.refused)),
        (kept_back.about_participants, _about_participants(kept_back.about_participants)),
        (kept_back.bounded, _bounded(kept_back.bounded)),
        (kept_back.by_group, _by_group(kept_back.by_group)),
        (kept_back.small_groups, _small_groups(kept_back.small_groups)),
    ]
    return [sentence % {"count": words.number(count), "minimum": ten} for count, sentence in said if count]


def _few_answers(count: int) -> str:
    return ngettext(
        "%(count)s statement is not shown: fewer than %(minimum)s people answered it.",
        "%(count)s statements are not shown: fewer than %(minimum)s people answered them.",
        count,
    )


def _refused(count: int) -> str:
    return ngettext(
        "%(count)s statement was refused by moderators: neither shown nor analysed.",
        "%(count)s statements were refused by moderators: neither shown nor analysed.",
        count,
    )


def _about_participants(count: int) -> str:
    return ngettext(
        "%(count)s statement is about the participants themselves and has no figures: how many people say what of "
        "themselves is no result of a conversation.",
        "%(count)s statements are about the participants themselves and have no figures: how many people say what of "
        "themselves is no result of a conversation.",
        count,
    )


def _by_group(count: int) -> str:
    return ngettext(
        "%(count)s statement has no figures by group: subtracted from those of everybody, they could give away the "
        "answers of a few people.",
        "%(count)s statements have no figures by group: subtracted from those of everybody, they could give away the "
        "answers of a few people.",
        count,
    )


def _bounded(count: int) -> str:
    return ngettext(
        "%(count)s share is given as a range, such as “fewer than %(minimum)s”, "
        "so that no single person’s answer can be worked out.",
        "%(count)s shares are given as a range, such as “fewer than %(minimum)s”, "
        "so that no single person’s answer can be worked out.",
        count,
    )


def _small_groups(count: int) -> str:
    return ngettext(
        "%(count)s group has fewer than %(minimum)s people: they are counted in no group.",
        "%(count)s groups have fewer than %(minimum)s people: they are counted in no group.",
        count,
    )


def _half_width(share: Share) -> float:
    return ((share.high or 0.0) - (share.low or 0.0)) / 2
