"""Addresses of the library."""

from __future__ import annotations

from django.urls import path

from panah.library import views
from panah.library.bulk import views as delivering

app_name = "library"

urlpatterns = [
    path("", views.search, name="search"),
    path("add", views.add, name="add"),
    path("added", views.added, name="added"),
    path("deliveries/", delivering.deliveries, name="deliveries"),
    path("deliveries/<uuid:delivery_id>", delivering.delivery, name="delivery"),
    path("deliveries/<uuid:delivery_id>/pause", delivering.pause, name="pause"),
    path("documents/<uuid:document_id>", views.document, name="document"),
    path("documents/<uuid:document_id>/again", views.again, name="again"),
    path("documents/<uuid:document_id>/describe", views.describe, name="describe"),
    path("documents/<uuid:document_id>/original", views.original, name="original"),
    path("documents/<uuid:document_id>/quote", views.quote, name="quote"),
]
