"""Memberships: who holds which role, from when to when, given by whom and confirmed by whom."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from decapolis.city.people.models import Account
from decapolis.plumbing.fates import Erase, Fates, days

AFTER_ITS_END = Erase(after=days(730), since="ends_on")


class Membership(models.Model):
    """A role held by an account for a time of at most a year. It is in force once it is confirmed.

    `ends_on` is the last day; ending it early moves it. `given_by` is empty for those that the operator gave at set-up.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    given_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    given_on = models.DateField()
    confirmed_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    confirmed_on = models.DateField(null=True, blank=True)

    fates: ClassVar[Fates] = dict.fromkeys(
        (
            "id",
            "account",
            "role",
            "starts_on",
            "ends_on",
            "reason",
            "given_by",
            "given_on",
            "confirmed_by",
            "confirmed_on",
        ),
        AFTER_ITS_END,
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="access_membership_has_time"),
            models.CheckConstraint(
                condition=Q(given_by=None) | ~Q(given_by=F("account")), name="access_membership_not_given_to_oneself"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None)
                | (~Q(confirmed_by=F("account")) & (Q(given_by=None) | ~Q(confirmed_by=F("given_by")))),
                name="access_membership_confirmed_by_a_third",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} until {self.ends_on}"
