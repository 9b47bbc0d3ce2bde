"""Which rules there are, how long the city keeps to each, and which rows are due: the same for every reader."""

from datetime import date, timedelta
from graphlib import TopologicalSorter
from typing import Any

from django.apps import apps
from django.db.models import CASCADE, ForeignKey, Model, QuerySet

from decapolis.city.retention.foreign import FATES
from decapolis.city.retention.models import Hold, Period
from decapolis.plumbing import dues
from decapolis.plumbing.dues import Rule, rules_of


def every_rule() -> list[Rule]:
    """All rules, those of rows that hang on others before those of the others."""
    models = {model._meta.label: model for model in apps.get_models()}  # noqa: SLF001 - the way to a model's name
    fates = {label: getattr(model, "fates", None) or FATES.get(label, {}) for label, model in models.items()}
    return [rule for label in _children_first(models) for rule in rules_of(models[label], fates[label])]


def find_rule(key: str) -> Rule:
    """Rule of this name; KeyError where there is none."""
    return {rule.key: rule for rule in every_rule()}[key]


def period_of(rule: Rule) -> timedelta:
    """Time after which a rule applies: the city's own, or that of the rule."""
    own = Period.objects.filter(rule=rule.key).values_list("days", flat=True).first()
    return rule.fate.after if own is None else timedelta(days=own)


def due(rule: Rule, on: date) -> "QuerySet[Any]":
    """Rows that a rule applies to on a day, without those on hold, or on which such hang."""
    rows = dues.due(rule, on, period_of(rule))
    held = _held(on)
    if any(hold.rule == rule.key and not hold.row for hold in held):
        return rows.none()
    for hold in held:
        rows = _without(rows, rule, hold)
    return rows


def _children_first(models: dict[str, type[Model]]) -> list[str]:
    """Labels of models in an order in which what hangs on a row comes before it."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for label, model in sorted(models.items()):
        sorter.add(label)
        for field in _foreign_keys(model):
            parent = field.related_model._meta.label  # noqa: SLF001 - as above
            if parent != label:
                sorter.add(parent, label)
    return list(sorter.static_order())


def _foreign_keys(model: type[Model]) -> "list[ForeignKey[Any, Any]]":
    return [field for field in model._meta.fields if isinstance(field, ForeignKey)]  # noqa: SLF001 - as above


def _held(on: date) -> list[Hold]:
    return list(Hold.objects.filter(confirmed_on__isnull=False, ends_on__gte=on))


def _without(rows: "QuerySet[Any]", rule: Rule, hold: Hold) -> "QuerySet[Any]":
    """Leave out rows that are on hold, and those whose end would be the end of such."""
    held = find_rule(hold.rule).model
    which = held._base_manager.filter(**({"pk": hold.row} if hold.row else {}))  # noqa: SLF001 - every row
    for path in _ways_up(held, rule.model):
        rows = rows.exclude(pk__in=which.values(path))
    return rows


def _ways_up(held: type[Model], model: type[Model]) -> list[str]:
    """Paths from a model to another on which it hangs, such that it would go with it; "pk" for the model itself."""
    if held is model:
        return ["pk"]
    found = []
    for field in _foreign_keys(held):
        if field.remote_field.on_delete is CASCADE and field.related_model is not held:
            ways = _ways_up(field.related_model, model)
            found += [field.name if way == "pk" else f"{field.name}__{way}" for way in ways]
    return found
