"""Addresses of places."""

from django.urls import path

from decapolis.city.places.views import bring, places

urlpatterns = [path("places/", places, name="places"), path("places/bring/", bring, name="bring-places")]
