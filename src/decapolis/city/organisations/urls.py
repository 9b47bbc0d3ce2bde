"""Addresses of organisations."""

from django.urls import path

from decapolis.city.organisations import views

app_name = "organisations"
urlpatterns = [
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/kept/", views.kept, name="kept"),
    path("organisations/register/", views.register, name="register"),
    path("organisations/bring/", views.bring, name="bring"),
    path("organisations/<int:number>/", views.organisation, name="organisation"),
    path("organisations/<int:number>/change/", views.change, name="change"),
    path("organisations/<int:number>/withdraw/", views.withdraw, name="withdraw"),
]
