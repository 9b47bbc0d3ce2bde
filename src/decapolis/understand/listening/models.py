"""What a city asked, what was said in answer, and what may be published of it.

Nothing here says who a participant is: no name, no address, no token of another system, no time of day.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from decapolis.plumbing.fates import Erase, Fates, Keep, Scrub, days

PUBLIC = Keep("public record of what was asked and answered")
PART = Keep("as long as what it belongs to")
WITH_VOTES = Erase(after=days(0), since="conversation__votes_kept_until", is_fixed=True)
AGREE, DISAGREE, PASS = 1, -1, 0


class ConversationWords(models.Model):
    """What a conversation says of itself, in one language."""

    question = models.CharField(max_length=300)
    purpose = models.TextField(blank=True)
    asked_by = models.CharField(max_length=200, blank=True)
    paid_by = models.CharField(max_length=200, blank=True)
    what_happens_next = models.TextField(blank=True)
    not_heard = models.TextField(blank=True)

    fates: ClassVar[Fates] = dict.fromkeys(
        ("question", "purpose", "asked_by", "paid_by", "what_happens_next", "not_heard"), PUBLIC
    )

    class Meta:
        abstract = True


class State(models.TextChoices):
    """Where a conversation stands: what is asked in it may be changed, may be answered, or may be read."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Conversation(ConversationWords):
    """A question put to residents.

    It can be answered while its state is open, from the day `opened_on` to the day `closed_on`, planned or past.
    `answer_due_on` is the day by which the city has promised to answer. Where it `is_strict`, no statement is shown
    before a moderator accepted it. `votes_kept_until` is the day on which votes and participants are erased.
    """

    slug = models.SlugField(max_length=80, db_index=False)
    reference = models.CharField(max_length=20)
    language = models.CharField(max_length=12)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    votes_kept_until = models.DateField()
    credit = models.CharField(max_length=300, blank=True)
    credit_url = models.URLField(max_length=300, blank=True)
    licence = models.CharField(max_length=60, blank=True)
    is_fictional = models.BooleanField(default=False)
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    answer_due_on = models.DateField(null=True, blank=True)
    longest_statement = models.PositiveSmallIntegerField(default=140)
    is_strict = models.BooleanField(default=True)

    fates: ClassVar[Fates] = ConversationWords.fates | dict.fromkeys(
        (
            "id",
            "slug",
            "reference",
            "language",
            "opened_on",
            "closed_on",
            "votes_kept_until",
            "credit",
            "credit_url",
            "licence",
            "is_fictional",
            "state",
            "answer_due_on",
            "longest_statement",
            "is_strict",
        ),
        PUBLIC,
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["slug"], name="listening_conversation_slug_once"),
            models.UniqueConstraint(fields=["reference"], name="listening_conversation_reference_once"),
            models.CheckConstraint(condition=~Q(question=""), name="listening_conversation_has_question"),
            models.CheckConstraint(condition=~Q(language=""), name="listening_conversation_has_language"),
            models.CheckConstraint(
                condition=Q(opened_on=None) | Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="listening_conversation_opens_before_it_closes",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="listening_conversation_state"),
            models.CheckConstraint(
                condition=~Q(state=State.OPEN)
                | (
                    Q(opened_on__isnull=False, answer_due_on__isnull=False)
                    & ~Q(purpose="")
                    & ~Q(paid_by="")
                    & ~Q(what_happens_next="")
                ),
                name="listening_conversation_says_why_before_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ReferenceCount(models.Model):
    """How many references were given in a year: one that was given is never given again, whatever was deleted."""

    year = models.PositiveSmallIntegerField()
    given = models.PositiveIntegerField(default=0)

    fates: ClassVar[Fates] = dict.fromkeys(("id", "year", "given"), Keep("counts no person"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year"], name="listening_referencecount_one_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.given}"


class ConversationTranslation(ConversationWords):
    """A conversation's words in another language, written by a machine or approved by a person."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="translations", db_index=False)
    language = models.CharField(max_length=12)
    is_machine_written = models.BooleanField(default=True)

    fates: ClassVar[Fates] = ConversationWords.fates | dict.fromkeys(
        ("id", "conversation", "language", "is_machine_written"), PART
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation", "language"], name="listening_conversationtranslation_language_once"
            ),
            models.CheckConstraint(condition=~Q(question=""), name="listening_conversationtranslation_has_question"),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id} in {self.language}"


class Participant(models.Model):
    """Somebody who answered, known by nothing but their answers to this one conversation.

    Who answers here holds a random token, of which only a keyed hash is stored; `code_hash` is that of the receipt
    code, and `sealed_token` the token as only that code opens it, for another device. Imported ones have none of these.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="participants")
    token_hash = models.BinaryField(max_length=32, null=True)
    code_hash = models.BinaryField(max_length=32, null=True)
    sealed_token = models.BinaryField(max_length=16, null=True)

    fates: ClassVar[Fates] = dict.fromkeys(
        ("id", "conversation", "token_hash", "code_hash", "sealed_token"), WITH_VOTES
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["token_hash"], name="listening_participant_token_once"),
            models.UniqueConstraint(fields=["code_hash"], name="listening_participant_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Moderation(models.IntegerChoices):
    """What moderators said of a statement.

    What they have not yet looked at is shown where the conversation is not strict, as in the source of an import.
    """

    REFUSED = -1
    OPEN = 0
    ACCEPTED = 1


class Statement(models.Model):
    """One sentence that people agree or disagree with. `number` is its number in the source.

    `text` is empty where the source gives none, and always where it was refused in the source. `author` is who proposed
    it here: so it goes where they ask for everything to go. No page shows authors, not even to moderators.
    Before participants are deleted, `author` is emptied by one statement.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="statements", db_index=False)
    number = models.BigIntegerField()
    text = models.TextField(blank=True)
    language = models.CharField(max_length=12)
    moderation = models.SmallIntegerField(choices=Moderation.choices, default=Moderation.OPEN)
    is_meta = models.BooleanField(default=False)
    author = models.ForeignKey(Participant, models.DO_NOTHING, null=True, blank=True, related_name="proposals")
    proposed_on = models.DateField(null=True, blank=True)

    fates: ClassVar[Fates] = {
        **dict.fromkeys(
            ("id", "conversation", "number", "text", "language", "moderation", "is_meta", "proposed_on"), PUBLIC
        ),
        "author": Scrub(after=days(0), since="conversation__votes_kept_until", is_fixed=True),
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "number"], name="listening_statement_number_once"),
            models.CheckConstraint(
                condition=Q(moderation__in=Moderation.values), name="listening_statement_moderation"
            ),
            models.CheckConstraint(condition=Q(number__gte=0), name="listening_statement_number_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class StatementTranslation(models.Model):
    """A statement in another language, written by a machine or approved by a person."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="translations", db_index=False)
    language = models.CharField(max_length=12)
    text = models.TextField()
    is_machine_written = models.BooleanField(default=True)

    fates: ClassVar[Fates] = dict.fromkeys(("id", "statement", "language", "text", "is_machine_written"), PART)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["statement", "language"], name="listening_statementtranslation_language_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="listening_statementtranslation_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} in {self.language}"


class Vote(models.Model):
    """The last answer of a participant to a statement, and its day where the source tells.

    `probability` is the chance with which the statement was drawn when it was first answered, where that is known.
    Votes are deleted before what they belong to, by one statement: Django would ask for each of them otherwise.
    """

    pk = models.CompositePrimaryKey("participant", "statement")
    participant = models.ForeignKey(Participant, models.DO_NOTHING, related_name="votes", db_index=False)
    statement = models.ForeignKey(Statement, models.DO_NOTHING, related_name="votes")
    value = models.SmallIntegerField()
    day = models.DateField(null=True, blank=True)
    probability = models.FloatField(null=True, blank=True)

    fates: ClassVar[Fates] = dict.fromkeys(
        ("pk", "participant", "statement", "value", "day", "probability"),
        Erase(after=days(0), since="participant__conversation__votes_kept_until", is_fixed=True),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(value__in=(AGREE, DISAGREE, PASS)), name="listening_vote_value"),
            models.CheckConstraint(
                condition=Q(probability=None) | Q(probability__gt=0, probability__lte=1),
                name="listening_vote_probability",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value}"


class Result(models.Model):
    """What an analysis found, as far as it may be published: `document` holds released figures and nothing else.

    A conversation has one result. Keeping earlier ones would let small numbers be found by subtraction.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="results", db_index=False)
    computed_at = models.DateTimeField()
    mode = models.CharField(max_length=20)
    version = models.CharField(max_length=20)
    document = models.JSONField()

    fates: ClassVar[Fates] = dict.fromkeys(("id", "conversation", "computed_at", "mode", "version", "document"), PUBLIC)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation"], name="listening_result_one_a_conversation"),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}, {self.computed_at:%Y-%m-%d}"


class Routing(models.Model):
    """Weights with which statements are drawn, by number, as the last analysis gave them; of nobody in particular."""

    conversation = models.OneToOneField(Conversation, models.CASCADE, related_name="routing")
    weights = models.JSONField(default=dict)

    fates: ClassVar[Fates] = dict.fromkeys(("id", "conversation", "weights"), PART)

    def __str__(self) -> str:
        return f"{self.conversation_id}"
