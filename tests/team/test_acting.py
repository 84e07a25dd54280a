"""Who acts in a request, and when."""

from __future__ import annotations

from datetime import UTC

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from panah.team.acting import member_of, now


class TestMemberOf:
    def test_is_the_member_who_asks(self, member):
        request = RequestFactory().get("/")
        request.user = member
        assert member_of(request) == member

    def test_is_refused_where_a_stranger_asks(self):
        request = RequestFactory().get("/")
        request.user = AnonymousUser()
        with pytest.raises(PermissionDenied):
            member_of(request)


class TestNow:
    def test_is_a_time_with_its_zone_and_never_goes_back_between_two_acts(self):
        first, second = now(), now()
        assert first.tzinfo is second.tzinfo is UTC
        assert first <= second
