"""Which rules there are, what is due by them, and what went."""

from dataclasses import dataclass
from datetime import date, timedelta
from graphlib import TopologicalSorter
from typing import Any

from django.apps import apps
from django.db.models import CASCADE, Count, ForeignKey, Model, Prefetch, QuerySet
from django.http import Http404

from decapolis.city.access.public import Permission, Viewer
from decapolis.city.retention.foreign import FATES
from decapolis.city.retention.models import Certificate, CertificateLine, Hold, Period
from decapolis.plumbing import clock, dues
from decapolis.plumbing.dues import Rule, rules_of


@dataclass(frozen=True)
class Standing:
    """A rule with the time that the city keeps to, why, and how many rows are due today."""

    rule: Rule
    after: timedelta
    reason: str
    holds: tuple[Hold, ...]
    due: int


def every_rule() -> list[Rule]:
    """All rules, those of rows that hang on others before those of the others."""
    models = {model._meta.label: model for model in apps.get_models()}  # noqa: SLF001 - the way to a model's name
    fates = {label: getattr(model, "fates", None) or FATES.get(label, {}) for label, model in models.items()}
    return [rule for label in _children_first(models) for rule in rules_of(models[label], fates[label])]


def find_rule(key: str) -> Rule:
    """Rule of this name; KeyError where there is none."""
    return {rule.key: rule for rule in every_rule()}[key]


def due(rule: Rule, on: date) -> "QuerySet[Any]":
    """Rows that a rule applies to on a day, without those on hold, or on which such hang."""
    rows = dues.due(rule, on, period_of(rule))
    held = _held(on)
    if any(hold.rule == rule.key and not hold.row for hold in held):
        return rows.none()
    for hold in held:
        rows = _without(rows, rule, hold)
    return rows


def standings(viewer: Viewer) -> list[Standing]:
    """Every rule and where it stands, for those who look after them."""
    if not viewer.may(Permission.READ_RETENTION):
        return []
    reasons = dict(Period.objects.values_list("rule", "reason"))
    holds = list(Hold.objects.filter(ends_on__gte=clock.today()).order_by("ends_on"))
    return [
        Standing(
            rule,
            period_of(rule),
            reasons.get(rule.key, ""),
            tuple(hold for hold in holds if hold.rule == rule.key),
            due(rule, clock.today()).count(),
        )
        for rule in every_rule()
    ]


def certificates(viewer: Viewer) -> "QuerySet[Certificate]":
    """Certificates of purges, the last first, each with the number of its lines."""
    if not viewer.may(Permission.READ_RETENTION):
        return Certificate.objects.none()
    return Certificate.objects.exclude(finished_on=None).annotate(kinds=Count("lines")).order_by("-pk")


def certificate(viewer: Viewer, number: int) -> Certificate:
    """One of them with its lines."""
    lines = Prefetch("lines", CertificateLine.objects.order_by("rule", "kind"))
    found = certificates(viewer).filter(pk=number).prefetch_related(lines).first()
    if found is None:
        raise Http404
    return found


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


def period_of(rule: Rule) -> timedelta:
    """Time after which a rule applies: the city's own, or that of the rule."""
    own = Period.objects.filter(rule=rule.key).values_list("days", flat=True).first()
    return rule.fate.after if own is None else timedelta(days=own)


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
