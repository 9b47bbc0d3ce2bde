"""Fields of forms as Designsystemet draws them."""

from django import template
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext

register = template.Library()


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """What is typed into or chosen from; what it says of itself and its errors is named by its id."""
    return SafeString(field.as_widget(attrs={"class": "ds-input"}))


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether a field is ticked, so that its label stands after it."""
    return getattr(field.field.widget, "input_type", "") == "checkbox" and not field.use_fieldset


@register.filter
def target(field: BoundField) -> str:
    """Where a link to a field leads: to the first of its choices, where it has several."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def mark(field: BoundField) -> str:
    """Word beside the name of a field, where a form has fields that must be filled in and others."""
    if len({each.field.required for each in field.form.visible_fields()}) < 2:
        return ""
    return gettext("required") if field.field.required else gettext("optional")


@register.filter
def asks_for_all(form: BaseForm) -> bool:
    """Whether every field must be filled in, and there are several: then one sentence says it."""
    needed = [field.field.required for field in form.visible_fields()]
    return len(needed) > 1 and all(needed)


@register.filter
def wrong(form: BaseForm) -> int:
    """How many things have to be put right."""
    return sum(len(errors) for errors in form.errors.values())
