"""Drafts as an application of Django."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """Forms that are not sent yet."""

    name = "decapolis.plumbing.drafts"
    label = "drafts"
