"""Addresses of the library."""

from __future__ import annotations

from django.urls import path

from panah.library import views
from panah.library.bulk import views as delivering
from panah.library.captures import views as captures
from panah.library.checking import views as checking
from panah.library.concepts import views as concepts
from panah.library.finding import views as finding
from panah.library.kin import views as kin
from panah.library.pages import views as pages
from panah.library.sources import views as sources
from panah.library.versions import views as versions

app_name = "library"

urlpatterns = [
    path("", finding.search, name="search"),
    path("many", finding.many, name="many"),
    path("searches/", finding.searches, name="searches"),
    path("searches/<uuid:search_id>", finding.one, name="saved"),
    path("searches/<uuid:search_id>/delete", finding.delete, name="delete-search"),
    path("searches/<uuid:search_id>/looked", finding.looked, name="looked"),
    path("check", checking.check, name="check"),
    path("add", views.add, name="add"),
    path("capture", captures.ask, name="capture"),
    path("captures", captures.listed, name="captures"),
    path("captures/<uuid:capture_id>", captures.one, name="captured"),
    path("captures/<uuid:capture_id>/stamp", captures.stamp, name="stamp"),
    path("captures/<uuid:capture_id>/timestamp", captures.timestamp, name="timestamp"),
    path("added", views.added, name="added"),
    path("deliveries/", delivering.deliveries, name="deliveries"),
    path("deliveries/<uuid:delivery_id>", delivering.delivery, name="delivery"),
    path("deliveries/<uuid:delivery_id>/pause", delivering.pause, name="pause"),
    path("concepts/", concepts.concepts, name="concepts"),
    path("concepts/<slug:concept_id>", concepts.concept, name="concept"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<uuid:source_id>", sources.source, name="source"),
    path("documents/<uuid:document_id>", views.document, name="document"),
    path("documents/<uuid:document_id>/again", views.again, name="again"),
    path("documents/<uuid:document_id>/describe", views.describe, name="describe"),
    path("documents/<uuid:document_id>/original", views.original, name="original"),
    path("documents/<uuid:document_id>/pages/<int:page>", pages.page, name="page"),
    path("documents/<uuid:document_id>/pages/<int:page>/picture", pages.picture, name="picture"),
    path("documents/<uuid:document_id>/differences", versions.differences, name="differences"),
    path("documents/<uuid:document_id>/beside", versions.side_by_side, name="side-by-side"),
    path("documents/<uuid:document_id>/belongs", versions.belongs, name="belongs"),
    path("documents/<uuid:document_id>/supersede", versions.takes_the_place, name="supersede"),
    path("documents/<uuid:document_id>/no-translation", versions.no_translation, name="no-translation"),
    path("documents/<uuid:document_id>/quote", views.quote, name="quote"),
    path("documents/<uuid:document_id>/wording", kin.kindred, name="wording"),
    path("documents/<uuid:document_id>/first", kin.said_first, name="said-first"),
    path("documents/<uuid:document_id>/trace", kin.mark, name="trace"),
    path("documents/<uuid:document_id>/apart", kin.part, name="tell-apart"),
    path("documents/<uuid:document_id>/marks/<uuid:mark_id>/withdraw", kin.unmark, name="unmark"),
]
