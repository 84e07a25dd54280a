"""Addresses of the team: its members, and what each of them signs in with."""

from __future__ import annotations

from django.urls import path

from panah.team import views

app_name = "team"
urlpatterns = [
    path("", views.team, name="team"),
    path("invitations", views.invite, name="invite"),
    path("invitations/<int:number>/withdraw", views.withdraw, name="withdraw"),
    path("members/<int:number>/remove", views.remove, name="remove"),
    path("join/<str:token>", views.join, name="join"),
    path("begin", views.begin, name="begin"),
    path("known", views.known_again, name="known"),
    path("me", views.me, name="me"),
    path("me/password", views.password, name="password"),
    path("me/telephone", views.telephone, name="telephone"),
    path("me/telephone/remove", views.remove_telephone, name="remove-telephone"),
    path("me/passkey", views.passkey, name="passkey"),
    path("me/passkeys/<int:number>/remove", views.remove_passkey, name="remove-passkey"),
    path("me/codes", views.codes, name="codes"),
    path("me/sessions/<int:number>/end", views.end_session, name="end-session"),
    path("me/sessions/end", views.end_others, name="end-others"),
]
