"""Every address of the workbench. Addresses are permanent and say what they are."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from panah.site import views

urlpatterns = [
    path("", views.docket, name="docket"),
    path("sign-in", views.sign_in, name="sign-in"),
    path("sign-in/second", views.second_factor, name="second-factor"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("keys", views.keys, name="keys"),
    path("doctor", views.doctor, name="doctor"),
    path("language", login_not_required(set_language), name="set_language"),
    path("team/", include("panah.team.urls")),
    path("compartments/", include("panah.site.compartments.urls")),
    path("library/", include("panah.library.urls")),
    path("cases/", include("panah.cases.urls")),
    path("names/", include("panah.cases.naming.urls")),
    path("law/", include("panah.site.law.urls")),
]

handler400 = handler403 = views.refused
handler404 = views.not_found
handler500 = views.failed
