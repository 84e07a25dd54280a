"""Addresses about names."""

from __future__ import annotations

from django.urls import path

from panah.cases.naming import views

app_name = "names"
urlpatterns = [
    path("", views.look, name="names"),
    path("identify", views.identify, name="identify"),
    path("said", views.said, name="said"),
    path("said/<uuid:identification_id>/spelling", views.take, name="take-spelling"),
    path("absent", views.absent, name="absent"),
    path("absences/<uuid:absence_id>", views.absence, name="absence"),
    path("absences/<uuid:absence_id>/paper", views.shelve, name="shelve-absence"),
]
