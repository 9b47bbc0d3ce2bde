"""Addresses of places."""

from django.urls import path

from decapolis.city.places.views import places

urlpatterns = [path("places/", places, name="places")]
