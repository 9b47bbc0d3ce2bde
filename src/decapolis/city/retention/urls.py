"""Addresses of retention."""

from django.urls import path

from decapolis.city.retention import views

KEPT = "what-is-kept/<str:key>/"

urlpatterns = [
    path("what-is-kept/", views.what_is_kept, name="what-is-kept"),
    path(KEPT, views.kept, name="kept-for"),
    path(KEPT + "decide/", views.decide, name="decide-period"),
    path(KEPT + "hold/", views.hold, name="ask-for-hold"),
    path(KEPT + "hold/<int:number>/confirm/", views.confirm, name="confirm-hold"),
    path(KEPT + "hold/<int:number>/end/", views.end, name="end-hold"),
    path("certificates/", views.certificates, name="certificates"),
    path("certificates/<int:number>/", views.certificate, name="certificate"),
    path("certificates/<int:number>/certificate.pdf", views.certificate_pdf, name="certificate-pdf"),
]
