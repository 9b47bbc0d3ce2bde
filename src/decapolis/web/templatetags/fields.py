"""Fields of forms as Designsystemet draws them."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """What is typed into or chosen from; what it says of itself and its errors is named by its id."""
    return SafeString(field.as_widget(attrs={"class": "ds-input"}))


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether a field is ticked, so that its label stands after it."""
    return getattr(field.field.widget, "input_type", "") == "checkbox"
