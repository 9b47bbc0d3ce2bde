"""Accounts of staff and partners, and links by which a new colleague sets a first password."""

from typing import ClassVar

from django.contrib.auth import hashers
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from decapolis.plumbing.fates import Erase, Fates, days

WITH_ACCOUNT = Erase(after=days(365), since="left_on")
WITH_LINK = Erase(after=days(30), since="expires_on")


class Accounts(BaseUserManager["Account"]):
    """How accounts are found: an address is one address however it is written."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """The account of an e-mail address, in capitals or not."""
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """Somebody who signs in. What they may do stands in memberships; there is no superuser.

    `left_on` is the day the last membership ended, or empty. When somebody last signed in is not kept.
    """

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=12, default="en")
    created_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    last_login = None  # a time of last sign-in would follow colleagues about

    objects = Accounts()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    fates: ClassVar[Fates] = dict.fromkeys(
        ("id", "email", "name", "language", "password", "created_on", "left_on", "is_active"), WITH_ACCOUNT
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="people_account_email_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="people_account_has_name"),
        ]

    def __str__(self) -> str:
        return f"account {self.pk}"

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password. Unlike Django's, it never writes: a hash is renewed with the next password."""
        return hashers.check_password(raw_password or "", self.password)


class Welcome(models.Model):
    """A link by which a new colleague sets a password, once. Only the hash of its secret is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="welcomes")
    secret_hash = models.CharField(max_length=64)
    expires_on = models.DateField()

    fates: ClassVar[Fates] = dict.fromkeys(("id", "account", "secret_hash", "expires_on"), WITH_LINK)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["secret_hash"], name="people_welcome_secret_once")]

    def __str__(self) -> str:
        return f"welcome {self.pk}"
