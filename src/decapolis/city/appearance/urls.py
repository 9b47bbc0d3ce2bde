"""Addresses of the look of the city."""

from django.urls import path

from decapolis.city.appearance import views

urlpatterns = [
    path("appearance/", views.appearance, name="appearance"),
    path("appearance/<slug:digest>.css", views.stylesheet, name="city-stylesheet"),
    path("appearance/logo/<slug:name>", views.logo, name="city-logo"),
]
