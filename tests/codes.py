"""Codes of an app for second factors, as its holder reads them."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

STEP = 30
"""Seconds for which a code counts (RFC 6238)."""


def code_now(secret: str, *, lasts: float = 3) -> str:
    """The code of this moment; one that counts for less than so many seconds is waited out, as a person would."""
    left = STEP - time.time() % STEP
    if left < lasts:
        time.sleep(left)
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))
