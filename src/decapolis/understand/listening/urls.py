"""Addresses of step 2."""

from django.urls import path

from decapolis.understand.listening.views import desk, downloads, pages, receipts, taking_part

app_name = "listening"
urlpatterns = [
    path("take-part/", taking_part.conversations, name="conversations"),
    path("take-part/<slug:slug>/", taking_part.take_part, name="take-part"),
    path("take-part/<slug:slug>/propose/", taking_part.propose, name="propose"),
    path("take-part/<slug:slug>/receipt/", receipts.receipt, name="receipt"),
    path("take-part/<slug:slug>/answers/", receipts.own_answers, name="own-answers"),
    path("take-part/<slug:slug>/return/", receipts.come_back, name="come-back"),
    path("take-part/<slug:slug>/delete/", receipts.take_back, name="take-back"),
    path("take-part/<slug:slug>/leave/", receipts.leave, name="leave"),
    path("conversations/", desk.analyses, name="analyses"),
    path("conversations/<int:number>/compute/", desk.compute, name="compute"),
    path("conversations/<int:number>/stop/", desk.stop, name="stop"),
    path("results/", pages.results, name="results"),
    path("results/<slug:slug>/", pages.result, name="result"),
    path("results/<slug:slug>/statements/", pages.statements, name="statements"),
    path("results/<slug:slug>/totals.csv", downloads.totals_csv, name="totals-csv"),
    path("results/<slug:slug>/groups.csv", downloads.groups_csv, name="groups-csv"),
    path("results/<slug:slug>/totals.json", downloads.totals_json, name="totals-json"),
    path("results/<slug:slug>/<slug:chart>.svg", downloads.chart_svg, name="chart-svg"),
    path("results/<slug:slug>/<slug:chart>.png", downloads.chart_png, name="chart-png"),
]
