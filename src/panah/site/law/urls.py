"""Addresses of the law."""

from __future__ import annotations

from django.urls import path

from panah.site.law import views

urlpatterns = [
    path("", views.bodies, name="laws"),
    path("<slug:framework_id>/", views.body, name="law"),
]
