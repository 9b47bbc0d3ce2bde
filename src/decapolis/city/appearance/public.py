"""What other parts may use of appearance."""

from django.conf import settings

from decapolis.city.appearance.actions import CHECKLIST, ITEMS, choose_appearance, send_trial_letter, settle
from decapolis.city.appearance.models import Appearance
from decapolis.city.appearance.published import Look, published
from decapolis.city.appearance.queries import chosen, settled


def city_name() -> str:
    """Name of the city: what it chose, or what the settings say."""
    return published().name or str(settings.CITY_NAME)


__all__ = [
    "CHECKLIST",
    "ITEMS",
    "Appearance",
    "Look",
    "choose_appearance",
    "chosen",
    "city_name",
    "published",
    "send_trial_letter",
    "settle",
    "settled",
]
