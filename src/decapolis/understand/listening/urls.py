"""Addresses of step 2."""

from django.urls import path

from decapolis.understand.listening.views import downloads, pages

app_name = "listening"
urlpatterns = [
    path("results/", pages.results, name="results"),
    path("results/<slug:slug>/", pages.result, name="result"),
    path("results/<slug:slug>/statements/", pages.statements, name="statements"),
    path("results/<slug:slug>/totals.csv", downloads.totals_csv, name="totals-csv"),
    path("results/<slug:slug>/groups.csv", downloads.groups_csv, name="groups-csv"),
    path("results/<slug:slug>/totals.json", downloads.totals_json, name="totals-json"),
    path("results/<slug:slug>/<slug:chart>.svg", downloads.chart_svg, name="chart-svg"),
    path("results/<slug:slug>/<slug:chart>.png", downloads.chart_png, name="chart-png"),
]
