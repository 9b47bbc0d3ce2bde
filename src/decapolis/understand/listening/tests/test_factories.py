"""The fictional conversation of Ardenne-sur-Lys."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from decapolis.plumbing.acting import OPERATOR
from decapolis.understand.listening.actions.conversations import import_conversation
from decapolis.understand.listening.factories import FictionalConversation, ardenne_conversation
from decapolis_methods.opinion.analyse import analyse
from decapolis_methods.opinion.analysis import Moderation
from decapolis_methods.opinion.release import release
from decapolis_methods.opinion.released import Released
from decapolis_methods.opinion.votes import Votes


@pytest.fixture(scope="module")
def ardenne() -> FictionalConversation:
    return ardenne_conversation()


@pytest.fixture(scope="module")
def released(ardenne: FictionalConversation) -> Released:
    rows, votes = ardenne.files.statements, ardenne.files.votes
    moderation = Moderation(
        refused=np.array([row.moderation == -1 for row in rows]), meta=np.array([row.is_meta for row in rows])
    )
    numbers = [row.statement for row in rows]
    found = analyse(
        Votes.from_triplets(votes.participant, votes.statement, votes.value, statements=numbers),
        moderation=moderation,
        bootstrap=12,
    )
    return release(found)


def text(ardenne: FictionalConversation, number: int) -> str:
    return ardenne.files.statements[number].text or ""


def test_ardenne_has_the_people_and_statements_it_says(ardenne: FictionalConversation) -> None:
    assert len(np.unique(ardenne.files.votes.participant)) == 1400
    assert [row.statement for row in ardenne.files.statements] == list(range(71))
    assert sum(row.moderation == -1 for row in ardenne.files.statements) == 5
    assert sum(row.is_meta for row in ardenne.files.statements) == 2


def test_ardenne_is_the_same_for_the_same_seed() -> None:
    one, two, other = ardenne_conversation(7), ardenne_conversation(7), ardenne_conversation(8)
    np.testing.assert_array_equal(one.files.votes.value, two.files.votes.value)
    np.testing.assert_array_equal(one.groups, two.groups)
    assert not np.array_equal(one.groups, other.groups)


def test_ardenne_votes_are_sorted_and_single(ardenne: FictionalConversation) -> None:
    votes = ardenne.files.votes
    assert (np.diff(votes.participant * 71 + votes.statement) > 0).all()
    assert set(votes.value.tolist()) == {-1, 0, 1}
    assert votes.value.dtype == np.int8


def test_ardenne_nobody_voted_on_what_was_refused(ardenne: FictionalConversation) -> None:
    refused = [row.statement for row in ardenne.files.statements if row.moderation == -1]
    assert not np.isin(ardenne.files.votes.statement, refused).any()
    assert all(ardenne.files.statements[number].text is None for number in refused)


def test_ardenne_late_statements_have_too_few_answers_to_show(ardenne: FictionalConversation) -> None:
    late = [row.statement for row in ardenne.files.statements if row.day == date(2026, 3, 28)]
    answered = np.bincount(ardenne.files.votes.statement, minlength=71)
    assert answered[late].tolist() == [8, 8]
    days = ardenne.files.votes.day
    assert days is not None
    assert set(days[np.isin(ardenne.files.votes.statement, late)].tolist()) == {date(2026, 3, 28)}


def test_ardenne_was_open_from_the_3rd_to_the_28th_of_march(ardenne: FictionalConversation) -> None:
    days = ardenne.files.votes.day
    assert days is not None
    assert set(days.tolist()) == {date(2026, 3, day) for day in range(3, 29)}


def test_ardenne_each_person_answers_on_one_day(ardenne: FictionalConversation) -> None:
    days = ardenne.files.votes.day
    assert days is not None
    assert len(np.unique(np.stack([ardenne.files.votes.participant, days.astype(int)]), axis=1).T) == 1400


def test_ardenne_is_told_in_three_languages(ardenne: FictionalConversation) -> None:
    shown = {row.statement for row in ardenne.files.statements if row.moderation == 1}
    for language in ("fr", "ar"):
        assert set(ardenne.facts.statement_translations[language]) == shown
        assert all(ardenne.facts.translations[language].__dict__.values())
    for number in shown:
        texts = {text(ardenne, number), *(ardenne.facts.statement_translations[each][number] for each in ("fr", "ar"))}
        assert len(texts) == 3


def test_ardenne_says_that_it_is_made_up(ardenne: FictionalConversation) -> None:
    assert ardenne.facts.is_fictional
    assert "Made up" in ardenne.facts.credit
    assert all(ardenne.facts.words.__dict__.values())


@pytest.mark.slow
def test_ardenne_shows_the_groups_that_were_planted(ardenne: FictionalConversation, released: Released) -> None:
    planted = sorted((int((ardenne.groups == group).sum()) for group in range(3)), reverse=True)
    assert len(released.groups) == 3
    for group, members in zip(released.groups, planted, strict=True):
        assert 0.6 * members < group.people < 1.1 * members
    assert released.withheld.few_answers == 2
    assert released.withheld.refused == 5


@pytest.mark.slow
def test_ardenne_agrees_on_light_and_divides_over_rules(ardenne: FictionalConversation, released: Released) -> None:
    common = " ".join(text(ardenne, one.statement) for one in released.common)
    apart = [one.statement for one in released.dividing] + [one.statement for one in released.special]
    dividing = " ".join(text(ardenne, number) for number in apart)
    assert "quay needs light" in common
    assert "stays open after eight" in common
    assert "Under-18s should leave at ten" in dividing
    assert "Adults may visit when we invite them" in dividing
    assert "quay needs light" not in dividing


@pytest.mark.slow
@pytest.mark.django_db
def test_ardenne_is_taken_by_an_import_as_it_is(ardenne: FictionalConversation) -> None:
    some = ardenne.files.votes.participant < 40
    votes = ardenne.files.votes
    assert votes.day is not None
    few = replace(
        votes,
        participant=votes.participant[some],
        statement=votes.statement[some],
        value=votes.value[some],
        day=votes.day[some],
    )
    report = import_conversation(files=replace(ardenne.files, votes=few), facts=ardenne.facts, by=OPERATOR)
    assert (report.participants, report.statements, report.refused) == (40, 71, 5)
