"""Real exports from file to released result, as the command does it, and out again."""

import csv
import io
import json
import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from decapolis.__main__ import main
from decapolis.city.access.public import ANYONE
from decapolis.plumbing.acting import OPERATOR
from decapolis.understand.listening import ballots, queries
from decapolis.understand.listening.actions import conversations
from decapolis.understand.listening.factories import ardenne_conversation
from decapolis.understand.listening.files import read_conversation, read_votes
from decapolis.understand.listening.models import Conversation, Vote
from decapolis_methods.opinion.released import Released, from_document
from decapolis_methods.opinion.votes import Votes
from tests.data import shared_data

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FOLDERS = {
    "15-per-hour-seattle": (339, 2_872),
    "canadian-electoral-reform": (448, 11_950),
    "london.youth.policing": (26, 638),
    "scoop-hivemind.ubi": (234, 7_153),
    "vtaiwan.uberx": (1_921, 49_443),
    "polis_math_exports/25ptpt-3gp-no-strict-with-meta": (27, 1_386),
    "polis_math_exports/above-100-ptpts": (267, 5_216),
    "polis_math_exports/below-100-ptpts": (35, 504),
}
BOWLING_GREEN = "american-assembly.bowling-green"


OPTIONS = ("--slug", "real", "--question", "What?", "--bootstrap", "0", "--about-participants", "none")


def import_folder(name: str, *more: str) -> None:
    folder = str(shared_data("listening") / name)
    assert main(["listening", "import", folder, *OPTIONS, *more]) == 0


@pytest.mark.data
@pytest.mark.parametrize("name", FOLDERS)
def test_every_real_folder_is_imported_and_released(name: str):
    import_folder(name, "--show-unmoderated", "public in the source")
    page = queries.result(viewer=ANYONE, slug="real")
    people, votes = FOLDERS[name]
    assert (page.released.participants, Vote.objects.count()) == (people, votes)
    assert {each.statement for each in page.released.totals} <= page.statements.keys()


@pytest.mark.data
def test_london_shows_no_groups_because_too_few_answered():
    import_folder("london.youth.policing")
    released = queries.result(viewer=ANYONE, slug="real").released
    assert (released.groups, released.no_groups, released.map) == ((), "too few people", None)


@pytest.mark.data
def test_bowling_green_is_stored_within_fifteen_seconds_and_released():
    files = read_conversation(shared_data("listening") / BOWLING_GREEN)
    facts = conversations.Facts("bowling-green", conversations.Words(files.topic), "en")
    began = time.monotonic()
    conversations.import_conversation(files=files, facts=facts, by=OPERATOR)
    assert time.monotonic() - began < 15
    assert Vote.objects.count() == 225_524
    conversations.analyse_conversation(conversation=Conversation.objects.get(), by=OPERATOR, bootstrap=0)
    released = queries.result(viewer=ANYONE, slug="bowling-green").released
    assert (released.participants, released.statements, released.withheld.refused) == (2_031, 607, 289)


@pytest.mark.data
@pytest.mark.parametrize("name", ["scoop-hivemind.ubi", "london.youth.policing"])
def test_what_is_stored_is_what_was_in_the_file(name: str):
    raw = read_votes(shared_data("listening") / name / "votes.csv")
    import_folder(name, "--show-unmoderated", "public in the source")
    stored, _ = ballots.votes_of(Conversation.objects.get())
    read = Votes.from_triplets(raw.participant, raw.statement, raw.value, statements=stored.statements)
    assert stored.starts.tolist() == read.starts.tolist()
    assert stored.columns.tolist() == read.columns.tolist()
    assert stored.values.tolist() == read.values.tolist()


class TestRoundTrip:
    """What is downloaded says the same as what was released."""

    @pytest.fixture
    def released(self) -> Released:
        made = ardenne_conversation()
        conversations.import_conversation(files=made.files, facts=made.facts, by=OPERATOR)
        conversation = Conversation.objects.get()
        conversations.analyse_conversation(conversation=conversation, by=OPERATOR, bootstrap=0)
        return queries.result(viewer=ANYONE, slug=conversation.slug).released

    def download(self, client: Client, name: str) -> str:
        answer = client.get(reverse(f"listening:{name}", args=[Conversation.objects.get().slug]))
        assert answer.status_code == 200
        return bytes(answer.content).decode("utf-8-sig")

    def test_totals_in_json_read_again_are_the_same(self, client: Client, released: Released):
        document: Any = json.loads(self.download(client, "totals-json"))
        assert from_document(document["released"]) == released

    def test_totals_in_csv_read_again_are_the_same(self, client: Client, released: Released):
        rows = list(csv.reader(io.StringIO(self.download(client, "totals-csv"))))[1:]
        assert [int(row[0]) for row in rows] == [each.statement for each in released.totals]
        percents = [("" if each.agree.percent is None else each.agree.percent) for each in released.totals]
        assert [float(row[4]) if row[4] else "" for row in rows] == percents
