"""Addresses of compartments."""

from __future__ import annotations

from django.urls import path

from panah.site.compartments import views

urlpatterns = [
    path("", views.compartments, name="compartments"),
    path("<uuid:compartment_id>", views.compartment, name="compartment"),
    path("<uuid:compartment_id>/admit", views.admit, name="admit"),
    path("<uuid:compartment_id>/release", views.release, name="release"),
    path("<uuid:compartment_id>/erase", views.erase, name="erase"),
    path("<uuid:compartment_id>/share", views.share, name="share"),
    path("<uuid:compartment_id>/shares/<int:number>/end", views.unshare, name="unshare"),
]
