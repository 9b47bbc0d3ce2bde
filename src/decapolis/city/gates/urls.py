"""Addresses of gates."""

from django.urls import path

from decapolis.city.gates import views

GATE = "agreements/<str:subject>/"

urlpatterns = [
    path("agreements/", views.agreements, name="agreements"),
    path(GATE, views.agreement, name="agreement"),
    path(GATE + "sign/<str:kind>/", views.sign, name="sign"),
    path(GATE + "stop/", views.stop, name="overseer-stop"),
    path(GATE + "lift/", views.lift, name="overseer-lift"),
]
