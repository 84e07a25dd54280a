"""Which addresses are asked for: those of the open web, however somebody writes another one to look like it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from panah.errors import PanahError
from panah.library.captures.addresses import (
    AddressForbidden,
    AddressUnusable,
    Neighbours,
    address_of,
    literal,
    require_name,
    require_open,
)

NOBODY = Neighbours()
PUBLIC = "http://example.org/"


class TestWritten:
    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("http://Example.ORG", "http://example.org/"),
            (" https://example.org:443/a b?q=ü&r=%20#part ", "https://example.org/a%20b?q=%C3%BC&r=%20"),
            ("http://example.org:8080/", "http://example.org:8080/"),
            ("https://بىلىم.example/ئۇيغۇر", "https://xn--ngb0ddob.example/%D8%A6%DB%87%D9%8A%D8%BA%DB%87%D8%B1"),
            ("http://[2001:4860:4860::8888]/x", "http://[2001:4860:4860::8888]/x"),
            ("http://example.org./", "http://example.org/"),
        ],
    )
    def test_is_read_as_it_is_asked_for(self, written, read):
        assert str(address_of(written)) == read

    @pytest.mark.parametrize(
        "written",
        [
            "", "example.org", "//example.org/", "file:///etc/hostname", "ftp://example.org/", "javascript:alert(1)",
            "data:text/html,x", "http:///x", "http://user:secret@example.org/", "http://example.org:99999/",
            "http://example.org:a/", "http://exa mple.org/", "http://a..b/", "http://[::1/", "http://[fe80::1%25eth0]/",
            "http://2130706433/", "http://0x7f.1/", "http://127.1/", "http://１２７.0.0.1/", "http://-a.org/",
            "http://" + "a" * 64 + ".org/", "http://example.org/" + "a" * 2000,
        ],
    )  # fmt: skip
    def test_is_refused_with_a_sentence(self, written):
        with pytest.raises(AddressUnusable) as refused:
            address_of(written)
        assert "cannot be captured" in refused.value.sentence

    @given(some.text())
    def test_is_read_or_refused_whatever_it_is(self, written):
        try:
            read = address_of(written)
        except AddressUnusable:
            return
        assert str(read).isascii()
        assert str(read).isprintable()
        assert address_of(str(read)) == read

    @given(some.text())
    def test_by_a_page_is_read_or_refused_whatever_it_is(self, written):
        with suppress(AddressUnusable):
            assert str(address_of(written, address_of(PUBLIC))).startswith(("http://", "https://"))


class TestOpen:
    @pytest.mark.parametrize(
        "written",
        [
            "http://localhost/", "http://intranet/", "http://a.localhost/", "http://printer.local/", "http://wiki.internal/",
            "http://127.0.0.1/", "http://127.8.8.8/", "http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.1.1/",
            "http://169.254.169.254/latest/meta-data", "http://100.64.0.1/", "http://0.0.0.0/", "http://224.0.0.1/",
            "http://255.255.255.255/", "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[fe80::1]/",
            "http://[fd00::1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[ff02::1]/",
        ],
    )  # fmt: skip
    def test_is_none_of_this_machine_and_its_neighbours(self, written):
        with pytest.raises(AddressForbidden):
            require_name(address_of(written), NOBODY)

    @pytest.mark.parametrize("port", [1, 22, 25, 110, 143, 587, 993])
    def test_is_no_port_of_other_services(self, port):
        with pytest.raises(AddressUnusable, match="not one of the web's"):
            require_name(address_of(f"http://example.org:{port}/"), NOBODY)

    @pytest.mark.parametrize(
        "written", [PUBLIC, "http://8.8.8.8/", "https://[2001:4860:4860::8888]/", "http://a.org:8080/"]
    )
    def test_is_the_web(self, written):
        require_name(address_of(written), NOBODY)
        assert (
            literal(address_of(written).host) is None
            or require_open("", literal(address_of(written).host), NOBODY) is None
        )

    def test_is_what_the_operator_allows_and_no_more(self):
        some_of_us = Neighbours.of(["127.0.0.2", "10.1.0.0/16", " wiki.internal", ""])
        for fine in ("http://127.0.0.2:25/", "http://10.1.2.3/", "http://wiki.internal:99/"):
            require_name(address_of(fine), some_of_us)
        for other in ("http://127.0.0.1/", "http://10.2.0.1/", "http://other.internal/"):
            with pytest.raises(PanahError):
                require_name(address_of(other), some_of_us)
