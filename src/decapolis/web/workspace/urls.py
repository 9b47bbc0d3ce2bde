"""Addresses of the home of signed-in people."""

from django.urls import path

from decapolis.web.workspace import views

urlpatterns = [
    path("", views.home, name="workspace"),
    path("tasks/", views.all_tasks, name="tasks"),
    path("changes/", views.all_changes, name="changes"),
    path("search/", views.find, name="search"),
]
