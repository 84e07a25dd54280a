"""Time-stamps, asked of a real authority (OpenSSL's) on the loopback."""

import contextlib
import socket
import sys
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.proof import Authority, TimestampRefused, stamp
from panah.proof.timestamp import LARGEST_TOKEN, TimestampBroken, TimestampUnchecked, read_stamp
from support.authority import LocalAuthority, answering_at_loopback

MESSAGE = b"ed25519 signature of a dossier"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return LocalAuthority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def stranger(tmp_path_factory):
    return LocalAuthority(tmp_path_factory.mktemp("stranger"))


@pytest.fixture(scope="module")
def answer(authority):
    return authority.stamp(MESSAGE, "-cert")


class TestStamp:
    @pytest.mark.parametrize(
        "chain",
        [(), ("root",), ("between",), ("between", "root"), ("root", "between")],
        ids=lambda chain: " then ".join(chain) or "no chain",
    )
    def test_of_an_authority_holds_whatever_certificates_it_sends_in_whatever_order(self, tmp_path, chain):
        authority = LocalAuthority(tmp_path, chain=chain)
        with authority.serving() as known:
            answer = stamp(MESSAGE, known)
        stamped = read_stamp(answer, MESSAGE, authority.roots)
        assert abs(datetime.now(UTC) - stamped.at) < timedelta(days=1)
        assert authority.openssl_agrees(answer, MESSAGE)
        assert not authority.openssl_agrees(answer, b"another message")

    def test_names_who_signed_it(self, answer, authority):
        """The subject of the certificate that signed, not the authority that issued this certificate."""
        assert "CN=Clock of the tests" in read_stamp(answer, MESSAGE, authority.roots).by

    def test_is_kept_as_the_authority_gave_it(self, authority):
        given_out = []

        def remembered(question):
            given_out.append(authority.answer(question))
            return 200, given_out[-1]

        with authority.serving(remembered) as known:
            assert stamp(MESSAGE, known) == given_out[0]

    def test_may_be_checked_against_any_of_several_roots(self, answer, authority, stranger):
        assert read_stamp(answer, MESSAGE, stranger.roots + authority.roots).at.tzinfo == UTC


class TestRefused:
    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"garbage",
            b"0",
            b"<html>Service unavailable</html>",
            bytes(1000),
            b"0\x80" * 1000,
            b"\x30\x03\x02\x01\x02",
        ],
    )
    def test_an_answer_that_is_no_time_stamp(self, authority, body):
        with authority.serving(lambda _question: (200, body)) as known, pytest.raises(TimestampRefused):
            stamp(MESSAGE, known)

    @pytest.mark.parametrize("left", [1, 10, 100, 500, -1])
    def test_an_answer_that_was_cut_short(self, authority, left):
        with (
            authority.serving(lambda question: (200, authority.answer(question)[:left])) as known,
            pytest.raises(TimestampRefused),
        ):
            stamp(MESSAGE, known)

    def test_an_answer_about_another_message(self, authority, answer):
        other = authority.stamp(b"another message", "-cert")
        with authority.serving(lambda _question: (200, other)) as known, pytest.raises(TimestampRefused):
            stamp(MESSAGE, known)

    def test_an_answer_to_another_question_about_the_same_message(self, authority, answer):
        with (
            authority.serving(lambda _question: (200, answer)) as known,
            pytest.raises(TimestampRefused, match="Nonce"),
        ):
            stamp(MESSAGE, known)

    def test_an_authority_that_refuses_itself(self, tmp_path):
        with LocalAuthority(tmp_path, digests="sha512").serving() as known, pytest.raises(TimestampRefused):
            stamp(MESSAGE, known)

    def test_an_authority_under_other_roots(self, authority, stranger):
        with authority.serving() as known, pytest.raises(TimestampRefused):
            stamp(MESSAGE, Authority(known.url, stranger.roots))

    @pytest.mark.parametrize(
        "roots", [b"", b"garbage", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
    )
    def test_an_authority_whose_roots_are_no_certificates(self, authority, roots):
        with authority.serving() as known, pytest.raises(TimestampRefused):
            stamp(MESSAGE, Authority(known.url, roots))

    @pytest.mark.parametrize("status", [400, 404, 500, 503])
    def test_an_authority_that_answers_with_an_error(self, authority, status):
        with (
            authority.serving(lambda question: (status, authority.answer(question))) as known,
            pytest.raises(TimestampRefused, match="does not answer"),
        ):
            stamp(MESSAGE, known)

    def test_an_answer_that_is_too_long(self, authority):
        with (
            authority.serving(lambda _question: (200, bytes(LARGEST_TOKEN + 1))) as known,
            pytest.raises(TimestampRefused, match="its answer is too long"),
        ):
            stamp(MESSAGE, known)

    def test_an_authority_that_cannot_be_reached(self, authority):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # nobody listens here
            url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
            with pytest.raises(TimestampRefused, match="does not answer"):
                stamp(MESSAGE, Authority(url, authority.roots))

    def test_an_authority_that_does_not_speak_http(self, authority):
        with _saying(b"SSH-2.0-OpenSSH_9.2\r\n") as url, pytest.raises(TimestampRefused):
            stamp(MESSAGE, Authority(url, authority.roots))

    def test_an_authority_that_sends_elsewhere_and_nobody_is_asked_there(self, authority):
        asked = []

        def elsewhere(question):
            asked.append(question)
            return 200, authority.answer(question)

        with (
            answering_at_loopback(elsewhere) as other,
            authority.serving(lambda _question: (302, other.encode())) as known,
            pytest.raises(TimestampRefused),
        ):
            stamp(MESSAGE, known)
        assert asked == []

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "127.0.0.1",
            "file:///etc/passwd",
            "ftp://127.0.0.1/",
            "gopher://127.0.0.1/",
            "HTTP",
            "javascript:1",
            "http:/x",
        ],
    )
    def test_an_address_that_is_neither_http_nor_https(self, authority, url):
        with pytest.raises(TimestampRefused, match="its address is neither http nor https"):
            stamp(MESSAGE, Authority(url, authority.roots))

    @pytest.mark.parametrize(
        "url", ["http://", "http:///x", "http://[::1", "http://127.0.0.1:port/", "http://127.0.0.1:1/a b"]
    )
    def test_an_address_that_is_none(self, authority, url):
        with pytest.raises(TimestampRefused):
            stamp(MESSAGE, Authority(url, authority.roots))

    def test_is_a_fault_of_somebody_else(self):
        assert TimestampRefused.status == 502


@contextlib.contextmanager
def _saying(words):
    """An address at which whoever connects is told these words."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def once():
            connection, _address = listening.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(words)

        thread = Thread(target=once)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        thread.join()


class TestReadStamp:
    def test_is_not_checked_where_the_package_for_it_is_missing(self, answer, authority, monkeypatch):
        monkeypatch.setitem(sys.modules, "rfc3161_client", None)
        with pytest.raises(TimestampUnchecked, match="rfc3161-client is not installed here"):
            read_stamp(answer, MESSAGE, authority.roots)

    def test_of_another_message_does_not_hold(self, answer, authority):
        with pytest.raises(TimestampBroken, match="does not belong to this seal"):
            read_stamp(answer, MESSAGE + b".", authority.roots)

    def test_under_other_roots_does_not_hold(self, answer, stranger):
        with pytest.raises(TimestampBroken):
            read_stamp(answer, MESSAGE, stranger.roots)

    def test_without_the_certificate_that_signed_it_does_not_hold(self, authority):
        with pytest.raises(TimestampBroken):
            read_stamp(authority.stamp(MESSAGE), MESSAGE, authority.roots)

    def test_with_another_nonce_does_not_hold(self, answer, authority):
        with pytest.raises(TimestampBroken, match="Nonce"):
            read_stamp(answer, MESSAGE, authority.roots, nonce=1)

    @pytest.mark.parametrize(
        ("der", "changed"),
        [
            (
                "06092a864886f70d010702",
                "06092a864886f70d010703",
            ),  # the content is called another thing than signed data
            ("06092a864886f70d010702", "06092a864886f70d01077f"),  # ... and a thing that nobody knows
            ("a003020102", "a003020103"),  # a certificate of version 4
            ("a003020102", "a003020109"),  # ... and of version 10
            ("06082a8648ce3d040302", "06082a8648ce3d040309"),  # an unknown signature
        ],
    )
    def test_that_was_rewritten_does_not_hold(self, answer, authority, der, changed):
        rewritten = answer.replace(bytes.fromhex(der), bytes.fromhex(changed))
        assert rewritten != answer
        with pytest.raises(TimestampBroken):
            read_stamp(rewritten, MESSAGE, authority.roots)

    @pytest.mark.filterwarnings("ignore:Parsed a serial number")
    @settings(deadline=None, max_examples=25)
    @given(st.data())
    def test_with_any_bit_changed_is_refused_or_says_the_same(self, answer, authority, data):
        """What the authority did not sign may change without harm, such as the certificates that it sent along."""
        at = data.draw(st.integers(0, 8 * len(answer) - 1))
        changed = bytearray(answer)
        changed[at // 8] ^= 1 << at % 8
        with contextlib.suppress(TimestampBroken):
            assert (
                read_stamp(bytes(changed), MESSAGE, authority.roots).at
                == read_stamp(answer, MESSAGE, authority.roots).at
            )
