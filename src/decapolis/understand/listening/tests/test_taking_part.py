"""Taking part over HTTP: what is asked, what is kept, what is said of what was not, and what of oneself comes back."""

import re
import time
from datetime import date

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from decapolis.plumbing.acting import act
from decapolis.understand.listening import queries
from decapolis.understand.listening.actions import answers
from decapolis.understand.listening.factories.open import make_open_conversation
from decapolis.understand.listening.models import Conversation, Moderation, Participant, Routing, Statement, Vote
from decapolis.understand.listening.views import participants, receipts, taking_part

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _nothing_is_held():
    queries._asked.clear()
    answers._waited_for.clear()
    cache.clear()


@pytest.fixture
def asked() -> Conversation:
    return make_open_conversation()


def address(conversation: Conversation, page: str = "") -> str:
    return f"/listen/take-part/{conversation.slug}/{page}"


def look(client: Client, conversation: Conversation, page: str = "") -> str:
    return client.get(address(conversation, page)).content.decode()


def shown(page: str) -> dict[str, str]:
    """Hidden fields of the statement on a page."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def press(client: Client, conversation: Conversation, answer: str = "agree", page: str | None = None, **headers: str):
    fields = shown(page or look(client, conversation))
    return client.post(address(conversation), {**fields, "answer": answer}, headers=headers)


def change(conversation: Conversation, **values: object) -> None:
    with act():
        Conversation.objects.filter(pk=conversation.pk).update(**values)


class TestAsking:
    def test_the_door_says_what_for_who_pays_and_what_happens_next(self, client, asked):
        page = look(client, asked)
        for said in ("To decide what is open after eight.", "The city", "The council answers each point.", "No name"):
            assert said in page

    def test_three_answers_stand_in_their_order_with_nothing_chosen(self, client, asked):
        page = look(client, asked)
        assert re.findall(r'name="answer" value="(\w+)"', page)[:3] == ["agree", "disagree", "pass"]
        assert "checked" not in page

    def test_looking_stores_nothing(self, client, asked):
        for page in ("", "receipt/", "answers/", "return/", "delete/", "propose/"):
            look(client, asked, page)
        assert not Participant.objects.exists()

    @pytest.mark.parametrize(("answer", "value"), [("agree", 1), ("disagree", -1), ("pass", 0)])
    def test_an_answer_is_kept_and_the_next_is_asked(self, client, asked, answer, value):
        response = press(client, asked, answer)
        assert (response.status_code, Vote.objects.get().value) == (302, value)
        page = client.get(response["Location"].partition("#")[0]).content.decode()
        assert "You have answered 1 statement." in page
        assert shown(page)["statement"] != str(Vote.objects.get().statement.number)

    def test_the_chance_of_the_draw_is_kept_with_the_answer(self, client, asked):
        press(client, asked)
        assert Vote.objects.get().probability == pytest.approx(1 / 3)

    def test_htmx_gets_the_part_alone(self, client, asked):
        response = press(client, asked, **HTMX)
        page = response.content.decode()
        assert response.status_code == 200
        assert "<html" not in page
        assert "autofocus" in page
        assert len(response.content) < 3_000

    def test_everything_answered_says_so(self, client, asked):
        for _ in range(3):
            press(client, asked)
        page = look(client, asked)
        assert "You have answered everything there is so far." in page
        assert "answer" not in shown(page)

    def test_skipping_keeps_nothing_and_asks_another(self, client, asked):
        page, seen = look(client, asked), set()
        for _ in range(3):
            seen.add(shown(page)["statement"])
            response = press(client, asked, "skip", page)
            page = client.get(response["Location"].partition("#")[0]).content.decode()
        assert seen == {"0", "1", "2"}
        assert shown(page)["statement"] in seen
        assert not Vote.objects.exists()

    @pytest.mark.parametrize(("values", "said"), [
        ({"state": "closed"}, "This conversation is over"),
        ({"closed_on": date(2026, 1, 2), "opened_on": date(2026, 1, 1)}, "This conversation is over"),
        ({"opened_on": date(2126, 1, 1), "closed_on": None}, "has not begun yet"),
    ])  # fmt: skip
    def test_what_cannot_be_answered_says_why(self, client, asked, values, said):
        press(client, asked)
        queries._asked.clear()
        change(asked, **values)
        page = look(client, asked)
        assert said in page
        assert 'value="agree"' not in page

    def test_a_conversation_without_statements_says_so(self, client):
        assert "There is nothing to answer yet." in look(client, make_open_conversation(()))

    def test_a_draft_is_not_there(self, client, asked):
        change(asked, state="draft")
        assert client.get(address(asked)).status_code == 404

    def test_the_list_names_what_is_open_today(self, client, asked):
        over = make_open_conversation(question="Over?", opened_on=date(2026, 1, 1), closed_on=date(2026, 1, 2))
        page = client.get("/listen/take-part/").content.decode()
        assert address(asked) in page
        assert over.slug not in page
        change(asked, state="closed")
        assert "Nothing is asked just now." in client.get("/listen/take-part/").content.decode()

    @pytest.mark.parametrize("statements", [1, 60])
    def test_a_vote_asks_the_database_three_times(self, client, statements):
        asked = make_open_conversation([f"Number {number}." for number in range(statements)])
        press(client, asked)
        page = look(client, asked)
        with CaptureQueriesContext(connection) as captured:
            client.post(address(asked), {"statement": "0", "draw": "", "answer": "pass", **shown(page)}, headers=HTMX)
        assert len(captured) <= 3, [each["sql"] for each in captured]


class TestNotKept:
    def test_a_conversation_closed_meanwhile_says_so(self, client, asked):
        press(client, asked)
        page = look(client, asked)
        change(asked, state="closed")
        response = press(client, asked, page=page)
        assert response.status_code == 409
        assert "This last answer was not kept" in response.content.decode()
        assert "The conversation has closed." in response.content.decode()
        assert Vote.objects.count() == 1

    def test_a_statement_refused_meanwhile_says_so(self, client, asked):
        page = look(client, asked)
        with act():
            asked.statements.filter(number=shown(page)["statement"]).update(moderation=Moderation.REFUSED)
        response = press(client, asked, page=page, **HTMX)
        assert response.status_code == 409
        assert "is not asked any more" in response.content.decode()

    def test_a_storage_that_fails_says_so(self, client, asked, monkeypatch):
        def fail(**_given: object) -> bool:
            raise DatabaseError("database or disk is full")

        page = look(client, asked)
        monkeypatch.setattr(answers, "give_answer", fail)
        response = press(client, asked, page=page)
        assert response.status_code == 503
        assert "Our storage does not answer just now." in response.content.decode()

    def test_without_cookie_nothing_is_kept_and_the_page_says_why(self, client, asked):
        page = look(client, asked)
        response = press(Client(), asked, page=page)
        assert response.status_code == 409
        assert "did not send back the cookie" in response.content.decode()
        assert not Participant.objects.exists()

    @pytest.mark.parametrize("fields", [
        {}, {"statement": "0"}, {"answer": "agree"}, {"statement": "x", "answer": "agree"},
        {"statement": "0", "answer": "1"}, {"statement": "9" * 30, "answer": "agree"},
        {"statement": "-1", "answer": "pass"}, {"statement": "٣", "answer": "agree"},
        {"statement": "0\x00", "answer": "agree"},
    ])  # fmt: skip
    def test_a_form_that_is_none_is_not_kept(self, client, asked, fields):
        look(client, asked)
        assert client.post(address(asked), fields).status_code == 400
        assert not Vote.objects.exists()

    @pytest.mark.parametrize("headers", [
        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ])  # fmt: skip
    @pytest.mark.parametrize("page", ["", "propose/", "answers/", "return/", "delete/", "leave/"])
    def test_a_form_of_another_site_is_refused(self, client, asked, headers, page):
        press(client, asked)
        response = client.post(address(asked, page), {"statement": "0", "answer": "agree"}, headers=headers)
        assert response.status_code == 403
        assert Vote.objects.count() == 1

    @pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}, {}])
    def test_a_form_of_our_own_is_taken(self, client, asked, headers):
        assert press(client, asked, **headers).status_code == 302


class TestDraws:
    def chance(self, conversation: Conversation) -> float | None:
        return Vote.objects.get(statement__conversation=conversation).probability

    @pytest.mark.parametrize("draw", ["", "x", "A" * 64, "é", "\x00", "x" * 10_000])
    def test_a_forged_draw_leaves_the_chance_empty(self, client, asked, draw):
        fields = shown(look(client, asked)) | {"draw": draw}
        assert client.post(address(asked), {**fields, "answer": "agree"}).status_code == 302
        assert self.chance(asked) is None

    def test_a_draw_of_somebody_else_leaves_it_empty(self, client, asked):
        theirs = shown(look(Client(), asked))
        look(client, asked)
        client.post(address(asked), {**theirs, "answer": "agree"})
        assert self.chance(asked) is None

    def test_a_draw_of_another_statement_leaves_it_empty(self, client, asked):
        fields = shown(look(client, asked))
        other = (int(fields["statement"]) + 1) % 3
        client.post(address(asked), {**fields, "statement": str(other), "answer": "agree"})
        assert self.chance(asked) is None

    def test_a_draw_of_another_conversation_leaves_it_empty(self, client, asked):
        other = make_open_conversation()
        theirs, ours = shown(look(client, other)), shown(look(client, asked))
        client.post(
            address(asked), {**ours, "statement": theirs["statement"], "draw": theirs["draw"], "answer": "pass"}
        )
        assert self.chance(asked) is None

    def test_an_old_draw_leaves_it_empty_and_a_clock_that_went_back_too(self, client, asked, monkeypatch):
        fields, now = shown(look(client, asked)), time.time()
        for later in (participants.GOOD_FOR + 1, -10):
            monkeypatch.setattr(time, "time", lambda later=later: now + later)
            client.post(address(asked), {**fields, "answer": "agree"})
            assert self.chance(asked) is None

    def test_a_draw_sent_again_changes_the_answer_alone(self, client, asked):
        page = look(client, asked)
        for answer in ("agree", "disagree"):
            press(client, asked, answer, page)
        vote = Vote.objects.get()
        assert vote.value == -1
        assert vote.probability == pytest.approx(1 / 3)

    def test_a_page_does_not_tell_the_chance(self, client, asked):
        with act():
            Routing.objects.create(conversation=asked, weights={"0": 100, "1": 0, "2": 0})
        assert "0.8" not in look(client, asked)


class TestOwnThings:
    def test_own_answers_are_seen_and_changed(self, client, asked):
        press(client, asked)
        vote = Vote.objects.get()
        page = look(client, asked, "answers/")
        assert 'value="agree" aria-pressed="true"' in page
        number = vote.statement.number
        response = client.post(address(asked, "answers/"), {"statement": number, "answer": "pass"})
        assert response["Location"] == address(asked, f"answers/#s{number}")
        assert Vote.objects.get().value == 0

    def test_nobody_else_sees_them(self, client, asked):
        press(client, asked)
        assert "There are no answers of yours on this device." in look(Client(), asked, "answers/")

    def test_a_proposal_is_seen_by_its_author_alone_until_it_is_accepted(self, client, asked):
        response = client.post(address(asked, "propose/"), {"text": "More toilets."})
        assert "with the moderators" in client.get(response["Location"]).content.decode()
        assert "Waits for a moderator" in look(client, asked, "answers/")
        other = Client()
        for page in ("", "answers/", "receipt/"):
            assert "More toilets." not in look(other, asked, page)
        with act():
            Statement.objects.filter(text="More toilets.").update(moderation=Moderation.ACCEPTED)
        queries._asked.clear()
        for each in range(3):
            other.post(address(asked), {"statement": str(each), "answer": "pass"})
        assert "More toilets." in look(other, asked)

    def test_the_receipt_opens_the_answers_on_another_device(self, client, asked):
        press(client, asked)
        (code,) = re.findall(r"<output[^>]*>([A-Z-]+)</output>", look(client, asked, "receipt/"))
        other = Client()
        response = other.post(address(asked, "return/"), {"code": code.lower().replace("-", " ")})
        assert response["Location"] == address(asked, "answers/")
        assert 'aria-pressed="true"' in look(other, asked, "answers/")
        assert 'aria-pressed="true"' in look(client, asked, "answers/")

    @pytest.mark.parametrize("code", ["", "BCDF-GHJK-MNPQ", "x", "'; DROP TABLE", "\x00" * 12, "B" * 5000])
    def test_a_wrong_code_opens_nothing_and_says_so(self, client, asked, code):
        press(Client(), asked)
        response = client.post(address(asked, "return/"), {"code": code})
        assert response.status_code == 400
        assert f"part-{asked.pk}" not in response.cookies

    def test_codes_cannot_be_tried_without_end(self, client, asked, monkeypatch):
        monkeypatch.setattr(receipts, "TRIES", 2)
        tried = [client.post(address(asked, "return/"), {"code": "BCDFGHJKMNPQ"}).status_code for _ in range(3)]
        assert tried == [400, 400, 429]

    def test_without_answers_there_is_no_code(self, client, asked):
        look(client, asked)
        assert "<output" not in look(client, asked, "receipt/")

    def test_everything_is_deleted_after_asking_once(self, client, asked):
        press(client, asked)
        assert "1 answer goes" in look(client, asked, "delete/")
        response = client.post(address(asked, "delete/"))
        assert "Everything is deleted" in client.get(response["Location"]).content.decode()
        assert not Participant.objects.exists()
        assert client.cookies[f"part-{asked.pk}"].value == ""

    def test_answers_can_be_deleted_when_the_conversation_is_over(self, client, asked):
        press(client, asked)
        change(asked, state="closed")
        queries._asked.clear()
        client.post(address(asked, "delete/"))
        assert not Vote.objects.exists()

    def test_a_device_forgets_and_the_answers_stay(self, client, asked):
        press(client, asked)
        client.post(address(asked, "leave/"))
        assert "There are no answers of yours" in look(client, asked, "answers/")
        assert Vote.objects.count() == 1

    def test_the_cookie_is_closed_to_scripts_and_other_sites_and_is_of_one_conversation(self, client, asked, settings):
        settings.SESSION_COOKIE_SECURE = True
        cookie = client.get(address(asked)).cookies[f"part-{asked.pk}"]
        assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", True)
        assert len(cookie.value) == 22

    def test_no_other_cookie_and_no_session_is_made(self, client, asked):
        press(client, asked)
        assert set(client.cookies) == {f"part-{asked.pk}"}

    def test_nothing_of_it_is_cached_on_the_way(self, client, asked):
        for page in ("", "receipt/", "answers/", "return/", "delete/"):
            assert "no-store" in client.get(address(asked, page))["Cache-Control"]

    @pytest.mark.parametrize("value", ["x", "A" * 22 + "=", "é", "%00", "x" * 4000])
    def test_a_forged_cookie_is_nobody(self, client, asked, value):
        client.cookies[f"part-{asked.pk}"] = value
        response = client.post(address(asked), {"statement": "0", "answer": "agree"})
        assert response.status_code == 409
        assert not Participant.objects.exists()


class TestCrowds:
    def test_newcomers_of_one_place_wait_when_they_are_too_many_and_those_who_are_in_go_on(self, asked, monkeypatch):
        monkeypatch.setattr(taking_part, "NEWCOMERS", 2)
        people = [Client() for _ in range(3)]
        assert [press(each, asked).status_code for each in people] == [302, 302, 429]
        assert press(people[0], asked).status_code == 302
        assert press(Client(REMOTE_ADDR="10.9.9.9"), asked).status_code == 302

    def test_a_limit_holds_no_address(self, asked):
        client = Client(REMOTE_ADDR="203.0.113.77")
        press(client, asked)
        assert "203.0.113.77" not in repr(vars(cache).items()) + repr(getattr(cache, "_cache", {}))


class TestProposals:
    def send(self, client: Client, conversation: Conversation, text: str):
        return client.post(address(conversation, "propose/"), {"text": text})

    @pytest.mark.parametrize(("typed", "kept"), [
        ("  Two\n lines.\t", "Two lines."),
        ("<script>alert(1)</script> light", "<script>alert(1)</script> light"),
        ("Light \u202egnihtyna\u202c here", "Light gnihtyna here"),
        ("Cafe\u0301 au quai", "Café au quai"),
        ("ze\u200bro wi\u00addth", "zero width"),
        ("نريد إنارة على الرصيف", "نريد إنارة على الرصيف"),
        ("Больше света", "Больше света"),
    ])  # fmt: skip
    def test_a_sentence_is_kept_as_it_reads(self, client, asked, typed, kept):
        assert self.send(client, asked, typed).status_code == 302
        assert Statement.objects.get(number=3).text == kept

    @pytest.mark.parametrize("typed", [
        "", "   ", "…!?", "\u202e\u200b", "x" * 141, "x" * 10_000, "x" * 100_000, "zero\x00byte",
        "Pоlice in the street",
    ])  # fmt: skip
    def test_a_sentence_that_cannot_be_kept_says_why_and_stands_there(self, client, asked, typed):
        response = self.send(client, asked, typed)
        assert response.status_code == 400
        assert Statement.objects.count() == 3

    def test_what_is_too_long_is_not_lost(self, client, asked):
        response = self.send(client, asked, "Light " * 30)
        page = response.content.decode()
        assert "Your sentence has 179 characters; at most 140 fit." in page
        assert "Light Light" in page

    def test_script_that_was_let_through_runs_nowhere(self, client, asked):
        self.send(client, asked, "<script>alert(1)</script>")
        with act():
            Statement.objects.filter(number=3).update(moderation=Moderation.ACCEPTED)
        queries._asked.clear()
        for page in ("", "answers/"):
            assert "<script>alert" not in look(client, asked, page)

    def test_a_closed_conversation_takes_none(self, client, asked):
        change(asked, state="closed")
        response = self.send(client, asked, "Light.")
        assert response.status_code == 409
        assert "Your sentence was not kept" in response.content.decode()

    def test_one_place_does_not_flood_the_moderators(self, client, asked, monkeypatch):
        monkeypatch.setattr(taking_part, "PROPOSALS", 1)
        assert [self.send(client, asked, "Light.").status_code for _ in range(2)] == [302, 429]


class TestRowsStayClosed:
    def test_counting_up_finds_no_row_of_anybody(self, client, asked):
        """Whoever asks for every page with made-up cookies learns nothing but what everybody sees."""
        press(client, asked)
        participant = Participant.objects.get()
        other = Client()
        for value in (str(participant.pk), bytes(participant.token_hash or b"").hex()[:22], "A" * 22):
            other.cookies[f"part-{asked.pk}"] = value
            assert "aria-pressed" not in look(other, asked, "answers/")
            assert "<output" not in look(other, asked, "receipt/")

    def test_pages_of_strangers_are_alike(self, asked):
        pages = [Client().get(address(asked, "answers/")).content for _ in range(2)]
        assert pages[0] == pages[1]


def test_what_is_held_is_looked_at_again_after_five_seconds(client, asked, monkeypatch):
    look(client, asked)
    change(asked, question="What else?")
    assert "What else?" not in look(client, asked)
    moment = time.monotonic() + queries.FRESH + 1
    monkeypatch.setattr(queries, "monotonic", lambda: moment)
    assert "What else?" in look(client, asked)
