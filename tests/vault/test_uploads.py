"""Uploads: straight into the encrypted store, whole or not at all, and from no stranger."""

import io
import resource
import signal
import tempfile
import threading
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import UnreadablePostError
from django.test import Client, RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from panah import proof
from panah.library.models import Document
from panah.vault import uploads
from panah.vault.models import Original
from support.entered import entered
from support.members import signed_in
from support.processes import eventually
from support.stored import content_of

ADD = "/library/add"
PLANTED = "ئايپەرى-planted-护照"
PAPER = f"{PLANTED}. She left in 2016.\n".encode()


@pytest.fixture
def client(member, library):
    """The member's browser, with the checks that a browser meets."""
    client = signed_in(member, Client(enforce_csrf_checks=True, raise_request_exception=False))
    client.get(ADD)
    return client


@pytest.fixture
def post(client):
    def post(*files, collection="Library", **said):
        token = client.cookies[settings.CSRF_COOKIE_NAME].value
        return client.post(ADD, {"papers": list(files), "collection": collection, "csrfmiddlewaretoken": token, **said})

    return post


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """Where a program that is careless would leave what it received."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def nothing_waits():
    """Asserts that the threads which were started since are ended: one that waits for ever holds what it received."""
    before = set(threading.enumerate())

    def nothing_waits():
        eventually(lambda: set(threading.enumerate()) <= before, "the thread of the upload ends", seconds=10)

    return nothing_waits


@pytest.fixture
def disk_full():
    """No file of this process may grow, as on a full disk; threads and all."""
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limit[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    signal.signal(signal.SIGXFSZ, before)


def paper(content=PAPER, name="paper.txt"):
    return SimpleUploadedFile(name, content)


def refused_with(response):
    return response.status_code, response.content.decode()


class TestUpload:
    def test_is_stored_encrypted_and_shelved(self, post, home):
        assert post(paper()).status_code == 302
        document = Document.objects.get()
        assert document.original.digest == proof.digest_of(PAPER)
        assert content_of(document.original) == PAPER
        assert (document.path, document.original.size, document.original.media_type) == (
            "paper.txt",
            len(PAPER),
            "text/plain",
        )
        assert [line.verb for line in entered(subject=document.original.digest)] == ["taken in"]
        stored = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
        assert PLANTED.encode() not in stored
        assert b"left in 2016" not in stored

    @pytest.mark.parametrize("size", [10, 3_000_000, 9_000_000], ids=["small", "larger than Django keeps", "large"])
    def test_leaves_nothing_in_the_temporary_folder(self, post, temporary, store, size):
        content = (PAPER * (size // len(PAPER) + 1))[:size]
        assert post(paper(content)).status_code == 302
        assert list(temporary.iterdir()) == []
        assert store.content(proof.digest_of(content)) == content

    def test_takes_several_files_in_their_order(self, post):
        answer = post(paper(b"one", "1.txt"), paper(b"two", "2.txt"), paper(b"three", "3.txt"), title="not for three")
        new = parse_qs(urlsplit(answer["Location"]).query)["new"]
        assert [Document.objects.get(pk=each).path for each in new] == ["1.txt", "2.txt", "3.txt"]
        assert not Document.objects.exclude(title="").exists()

    def test_takes_what_is_said_of_one_file(self, post):
        post(
            paper(),
            title="ئايپەرى",
            source="A Society (invented)",
            date="2016-10",
            language="ug",
            url="https://example.org",
            licence="CC0",
        )
        document = Document.objects.get()
        assert (document.title, document.source.name, document.date) == ("ئايپەرى", "A Society (invented)", "2016-10")
        assert (document.language, document.url, document.licence) == ("ug", "https://example.org", "CC0")

    def test_says_which_file_was_here_already(self, post):
        post(paper())
        answer = post(paper(), paper(b"another", "other.txt"))
        asked = parse_qs(urlsplit(answer["Location"]).query)
        assert asked["old"] == [str(Document.objects.get(path="paper.txt").pk)]
        assert asked["new"] == [str(Document.objects.get(path="other.txt").pk)]
        assert len(entered(subject=proof.digest_of(PAPER))) == 2

    def test_takes_an_empty_file_too(self, post):
        assert post(paper(b"", "empty.txt")).status_code == 302
        assert Document.objects.get().original.size == 0

    def test_tells_the_kind_by_the_bytes(self, post):
        post(paper(b"%PDF-1.7 and so on", "letter.txt"))
        assert Document.objects.get().original.media_type == "application/pdf"

    @pytest.mark.parametrize(
        "name", ["../../etc/passwd", "a\u202etxt.exe", "ئايپەرى 护照.txt", "a" * 300 + ".txt", "a\nb.txt"]
    )
    def test_takes_any_name(self, post, name):
        answer = post(paper(name=name))
        assert answer.status_code in {302, 400}
        assert all("/" not in document.path for document in Document.objects.all())


class TestRefused:
    def test_without_a_file(self, post):
        code, page = refused_with(post())
        assert code == 400
        assert "This field is required" in page
        assert not Original.objects.exists()

    def test_from_a_stranger(self, db):
        stranger = Client()
        assert stranger.post(ADD, {"papers": paper(b"from a stranger"), "collection": "Library"}).status_code == 302
        assert not Original.objects.exists()

    def test_without_the_token_of_the_page(self, client):
        answer = client.post(ADD, {"papers": paper(b"forged"), "collection": "Library"})
        assert answer.status_code == 403
        assert "request-refused" in answer.content.decode()
        assert not Original.objects.exists()

    def test_when_it_is_too_large(self, post, monkeypatch):
        monkeypatch.setattr(uploads, "LARGEST", 1_000_000)
        code, page = refused_with(post(paper(bytes(1_000_001))))
        assert (code, "upload-too-large" in page, "panah ingest" in page) == (413, True, True)
        assert not Original.objects.exists()

    def test_when_it_is_too_large_and_leaves_nothing_waiting(self, post, monkeypatch, nothing_waits):
        monkeypatch.setattr(uploads, "LARGEST", 1_000_000)
        assert post(paper(bytes(1_000_001))).status_code >= 400
        nothing_waits()

    def test_when_the_disk_is_full(self, post, disk_full):
        code, page = refused_with(post(paper(PAPER + b"Nobody stored this before.\n")))
        assert (code, "disk-full" in page) == (507, True)
        assert not Original.objects.exists()

    def test_when_the_disk_is_full_and_leaves_nothing_waiting(self, post, disk_full, nothing_waits):
        assert post(paper(bytes(5_000_000))).status_code >= 400
        nothing_waits()

    def test_not_when_it_is_just_small_enough(self, post, monkeypatch):
        monkeypatch.setattr(uploads, "LARGEST", 1_000_000)
        assert post(paper(bytes(1_000_000))).status_code == 302


class GoesAway(io.RawIOBase):
    """A browser that sends a part of its request and is gone."""

    def __init__(self, sent: bytes, *, rudely: bool) -> None:
        self._sent = io.BytesIO(sent)
        self._rudely = rudely

    def read(self, size=-1):
        piece = self._sent.read(size)
        if not piece and self._rudely:
            raise ConnectionResetError
        return piece


class TestInterrupted:
    @pytest.fixture(params=[False, True], ids=["the stream ends", "the connection breaks"])
    def interrupt(self, request, member):
        """Sends the greater part of an upload."""
        rudely = request.param

        def interrupt():
            content = bytes(range(256)) * 8000
            whole = encode_multipart(BOUNDARY, {"collection": "Library", "papers": paper(content)})
            asked = RequestFactory().generic("POST", ADD, whole, content_type=MULTIPART_CONTENT)
            asked._stream = GoesAway(whole[:-300_000], rudely=rudely)
            asked.user = member
            try:
                assert not asked.FILES
            except UnreadablePostError:
                assert rudely

        return interrupt

    def test_keeps_nothing(self, interrupt, home):
        before = sorted(path for path in home.rglob("*") if path.is_file())
        interrupt()
        assert sorted(path for path in home.rglob("*") if path.is_file()) == before

    def test_leaves_nothing_waiting(self, interrupt, nothing_waits):
        interrupt()
        nothing_waits()
