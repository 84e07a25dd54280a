"""Archives, mailboxes and web archives: what stands in them is taken out as it is, and listed with what was left."""

from __future__ import annotations

import base64
import bz2
import gzip
import hashlib
import io
import json
import lzma
import zipfile
import zlib

import brotli
import pytest

from panah.library.extractors import LARGEST_INSIDE, DocumentBomb, DocumentBroken, DocumentLocked, NothingToRead
from panah.library.extractors.answers import answer_of, zstd
from panah.library.extractors.archive import Compressed, Tar, Zip
from panah.library.extractors.contents import Contents
from panah.library.extractors.kinds import ARC, BZIP2, GZIP, MBOX, TAR, WACZ, WARC, XZ, ZIP, media_type
from panah.library.extractors.mail import Mail
from panah.library.extractors.mbox import Mbox
from panah.library.extractors.wacz import Wacz
from panah.library.extractors.warc import Warc
from panah.proof.web_archives import SealDoesNotHold, archive_seal, recorded_digest_holds
from support.archives import TITLE, arc, mbox, signed_wacz, tar, wacz, warc, zipped
from support.authority import LocalAuthority


def inside(extracted):
    return [(each.name, each.content) for each in extracted.inside]


class TestZip:
    def test_gives_its_files_by_their_paths_as_they_are(self):
        content = zipped({"a.txt": b"one", "folder/b c.bin": bytes(9), "پاناھ.txt": b"two"})
        assert media_type(content[:100], content) == ZIP
        read = Zip().read(content)
        assert inside(read) == [("a.txt", b"one"), ("folder/b c.bin", bytes(9)), ("پاناھ.txt", b"two")]
        assert read.text.startswith("ZIP archive, 3 files\n\na.txt, 3 bytes, 1980-01-01\nfolder/b c.bin, 9 bytes")
        assert read.inside[0].about == {"date": "1980-01-01"}

    def test_keeps_names_that_lead_elsewhere_as_names(self):
        read = Zip().read(zipped({"../../etc/passwd": b"x", "/abs": b"y", "a\\b.txt": b"z"}))
        assert [each.name for each in read.inside] == ["../../etc/passwd", "/abs", "a/b.txt"]

    @pytest.mark.parametrize(
        ("name", "encoding"),
        [("证据材料清单以及其他的文件.txt", "gb18030"), ("документы и доказательства.txt", "cp866")],
    )
    def test_reads_names_that_do_not_say_how_they_are_written(self, name, encoding):
        raw = name.encode(encoding)
        placeholder = "x" * len(raw)
        content = zipped({placeholder: b"1"}).replace(placeholder.encode(), raw)
        read = Zip().read(content)
        assert [each.name for each in read.inside] == [raw.decode(read.found["names"])]
        assert encoding != "gb18030" or read.inside[0].name == name

    def test_leaves_what_is_locked_and_refuses_what_is_locked_entirely(self):
        content = bytearray(zipped({"a.txt": b"one", "b.txt": b"two"}))
        second = content.rindex(b"PK\x01\x02")
        content[second + 8] |= 1
        read = Zip().read(bytes(content))
        assert [each.name for each in read.inside] == ["a.txt"]
        assert "b.txt [not taken out: it is locked with a password]" in read.text
        first = content.index(b"PK\x01\x02")
        content[first + 8] |= 1
        with pytest.raises(DocumentLocked):
            Zip().read(bytes(content))

    def test_leaves_what_is_damaged_and_goes_on(self):
        content = bytearray(zipped({"a.txt": b"first words", "b.txt": b"two"}, packed=False))
        content[content.index(b"first words")] ^= 1
        read = Zip().read(bytes(content))
        assert inside(read) == [("b.txt", b"two")]
        assert "a.txt [not taken out: it cannot be unpacked (BadZipFile)]" in read.text

    def test_takes_out_no_more_than_there_is_room_for(self):
        third = bytes(LARGEST_INSIDE // 3 + 10)
        read = Zip().read(zipped({"a": third, "b": third, "c": third, "d": b"small"}))
        assert [each.name for each in read.inside] == ["a", "b", "d"]
        assert "c [not taken out: there is more in here than is taken out]" in read.text

    def test_without_files_has_nothing_to_read_and_a_part_of_one_is_broken(self):
        with pytest.raises(NothingToRead):
            Zip().read(zipped({}))
        with pytest.raises(DocumentBroken):
            Zip().read(zipped({"a": b"words" * 100})[:60])


class TestTar:
    def test_gives_its_files_and_lists_links(self):
        content = tar({"a.txt": b"one", "b/پ.txt": b"two"}, link="secret")
        assert media_type(content[:600]) == TAR
        read = Tar().read(content)
        assert inside(read) == [("a.txt", b"one"), ("b/پ.txt", b"two")]
        assert "secret [not taken out: it is a link or a device, not a file]" in read.text

    def test_that_breaks_off_gives_what_came_before(self):
        content = tar({"a.txt": b"one", "b.txt": bytes(5000)})
        read = Tar().read(content[:2600])
        assert inside(read) == [("a.txt", b"one")]


class TestCompressed:
    @pytest.mark.parametrize(("packs", "kind"), [(gzip.compress, GZIP), (bz2.compress, BZIP2), (lzma.compress, XZ)])
    def test_gives_the_file_in_it(self, packs, kind):
        content = packs(b"words of a letter")
        assert media_type(content) == kind
        assert inside(Compressed().read(content)) == [("Unpacked", b"words of a letter")]

    def test_calls_it_as_gzip_does(self):
        out = io.BytesIO()
        with gzip.GzipFile("letter.txt", "wb", fileobj=out) as packed:
            packed.write(b"words")
        assert inside(Compressed().read(out.getvalue())) == [("letter.txt", b"words")]

    def test_reads_an_archive_of_files_and_one_of_pages_as_such(self):
        assert inside(Compressed().read(lzma.compress(tar({"a.txt": b"one"})))) == [("a.txt", b"one")]
        assert Compressed().read(gzip.compress(warc(b"<p>A page."))).inside[0].content == b"<p>A page."
        assert Compressed().read(gzip.compress(arc(b"<p>A page."))).inside[0].content == b"<p>A page."

    def test_refuses_a_bomb_and_what_is_cut_short(self):
        with pytest.raises(DocumentBomb):
            Compressed().read(gzip.compress(bytes(LARGEST_INSIDE + 1), 1))
        with pytest.raises(DocumentBroken):
            Compressed().read(gzip.compress(b"words" * 100)[:-20])


class TestMbox:
    def test_gives_each_message_byte_for_byte(self):
        messages = [
            b"From: a@example.org\nSubject: One\n\nFrom here on.\n>From\n\n",
            b"From: b@example.org\nTo: c\n\nTwo.\n",
        ]
        content = mbox(*messages)
        assert media_type(content) == MBOX
        read = Mbox().read(content)
        assert [each.content for each in read.inside] == [messages[0] + b"\n", messages[1] + b"\n"]
        assert "00001.eml, 56 bytes, a@example.org, One" in read.text

    def test_of_one_message_is_that_message(self):
        read = Mbox().read(mbox(b"From: a@example.org\nSubject: One\n\nWords.\n"))
        assert (read.text, read.about) == ("From: a@example.org\nSubject: One\n\nWords.", {"title": "One"})
        assert not read.inside

    def test_what_only_begins_like_one_is_read_as_a_message(self):
        assert "Words." in Mbox().read(b"From  : a@example.org\nTo: b@example.org\n\nWords.\n").text


class TestMail:
    def test_gives_what_is_attached_and_a_saved_page_keeps_its_pictures(self):
        body = b"--x\r\nContent-Type: text/html\r\n\r\n<p>Words.\r\n--x\r\nContent-Type: image/png\r\n\r\nabc\r\n--x--"
        head = b"From: a\r\nTo: b\r\nContent-Type: multipart/related; boundary=x\r\n"
        assert inside(Mail().read(head + b"\r\n" + body)) == [("without a name", b"abc")]
        page = Mail().read(head + b"Snapshot-Content-Location: https://example.org/a\r\n\r\n" + body)
        assert (page.inside, page.about["url"]) == ([], "https://example.org/a")


class TestWarc:
    def test_gives_each_page_with_its_address_and_day(self):
        content = warc(b"<p>A page.")
        assert media_type(content) == WARC
        read = Warc().read(content)
        assert inside(read) == [("https://example.org/a", b"<p>A page.")]
        assert read.inside[0].about == {"url": "https://example.org/a", "accessed": "2024-05-01"}
        assert read.found == {"records": "1", "digests": "2", "digests_broken": "0"}
        assert "Digests compared: 2; all of them hold." in read.text

    def test_says_which_digest_does_not_hold(self):
        read = Warc().read(warc(b"<p>A page.").replace(b"A page", b"A pagE"))
        assert "of 1 records they do not hold" in read.text
        assert "block and payload digest does not hold" in read.text
        assert read.found["digests_broken"] == "1"

    @pytest.mark.parametrize("form", ["hex", "base32", "base64"])
    @pytest.mark.parametrize("algorithm", ["sha1", "sha256", "sha-256", "sha512"])
    def test_knows_digests_as_they_are_written(self, form, algorithm):
        digest = hashlib.new(algorithm.replace("-", ""), b"words").digest()
        forms = {
            "hex": digest.hex(),
            "base32": base64.b32encode(digest).decode(),
            "base64": base64.b64encode(digest).decode(),
        }
        assert recorded_digest_holds(f"{algorithm}:{forms[form]}", b"words")
        assert not recorded_digest_holds(f"{algorithm}:{forms[form]}", b"wordz")

    @pytest.mark.parametrize("said", ["", ":", "sha1", "sha9:abc", "sha256:ü", "shake_128:00", "sha1:" + "A" * 9999])
    def test_takes_nonsense_for_no_digest(self, said):
        assert not recorded_digest_holds(said, b"words")

    def test_that_breaks_off_gives_what_came_before(self):
        content = warc(b"<p>One.") + warc(b"<p>Two." * 50)[:-120]
        read = Warc().read(content)
        assert inside(read)[0] == ("https://example.org/a", b"<p>One.")
        assert "cut short" in read.text or "damaged after record" in read.text

    @pytest.mark.parametrize("kind", ["image/png", "text/css", "application/javascript"])
    def test_leaves_what_is_no_page(self, kind):
        read = Warc().read(warc(b"abc", kind=kind))
        assert not read.inside
        assert f"[not taken out: {kind}, no page to read]" in read.text

    def test_of_the_older_kind_is_read_too(self):
        content = arc(b"<p>A page.")
        assert media_type(content) == ARC
        read = Warc().read(content)
        assert (inside(read), read.inside[0].about["accessed"]) == (
            [("https://example.org/a", b"<p>A page.")],
            "2014-02-16",
        )

    @pytest.mark.parametrize(
        ("charset", "said"),
        [("GBK", "gbk"), ('"windows-1251"', "windows-1251"), ("'koi8-r' ", "koi8-r"), ("", None), ("ü", None)],
    )
    def test_hands_on_the_encoding_that_the_server_named(self, charset, said):
        assert Warc().read(warc(b"<p>A page.", charset=charset)).inside[0].about.get("charset") == said

    def test_hands_on_the_encoding_of_a_file_that_is_no_answer(self):
        content = warc(b"<p>A page.").replace(b"WARC-Type: response", b"WARC-Type: resource")
        kept = content.replace(
            b"Content-Type: application/http; msgtype=response", b"Content-Type: text/html;charset=big5"
        )
        assert Warc().read(kept).inside[0].about["charset"] == "big5"

    def test_without_a_record_is_refused(self):
        with pytest.raises((DocumentBroken, NothingToRead)):
            Warc().read(b"WARC/1.1\r\nnonsense")


class TestAnswers:
    @pytest.mark.parametrize(
        ("encoding", "packs"),
        [
            ("", bytes),
            ("gzip", gzip.compress),
            ("deflate", zlib.compress),
            ("deflate", lambda body: zlib.compress(body)[2:-4]),
            ("br", brotli.compress),
            ("zstd", zstd.compress),
            ("zstd", lambda body: zstd.compress(body[:90]) + zstd.compress(body[90:])),
        ],
    )
    def test_are_unpacked(self, encoding, packs):
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=x\r\nContent-Encoding: {encoding}\r\n\r\n".encode()
        answer = answer_of(head + packs(b"words " * 100))
        assert answer[:3] == (200, "text/html", "x")
        assert answer.body == b"words " * 100

    def test_are_put_together_from_chunks(self):
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        assert answer_of(head + b"3;x=y\r\nwor\r\n2\r\nds\r\n0\r\n\r\n").body == b"words"
        assert answer_of(head + b"no chunks at all").body == b"no chunks at all"

    @pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
    def test_that_are_damaged_or_packed_otherwise_have_no_body(self, encoding):
        head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\n\r\n".encode()
        assert answer_of(head + b"\x1f\x8bnonsense").body is None

    @pytest.mark.parametrize(
        ("encoding", "packs"),
        [
            (b"gzip", lambda body: gzip.compress(body, 1)),
            (b"br", lambda body: brotli.compress(body, quality=1)),
            (b"zstd", lambda body: zstd.compress(body, 1)),
        ],
    )
    def test_that_swell_have_no_body(self, encoding, packs):
        packed = packs(bytes(LARGEST_INSIDE + 1))
        assert answer_of(b"HTTP/1.1 200 OK\r\nContent-Encoding: " + encoding + b"\r\n\r\n" + packed).body is None

    def test_in_zstd_that_break_off_or_ask_for_too_much_memory_have_no_body(self):
        head = b"HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\n"
        assert answer_of(head + zstd.compress(b"words " * 100)[:-5]).body is None
        wide = zstd.compress(bytes(1 << 25), options={zstd.CompressionParameter.window_log: 25})
        assert answer_of(head + wide).body is None

    def test_are_none_where_there_is_no_status(self):
        assert answer_of(b"words") is None


class TestWacz:
    def test_gives_pages_with_their_titles(self):
        content = wacz(b"<p>A page.")
        assert media_type(content[:70], content) == WACZ
        read = Wacz().read(content)
        assert read.inside[0].about == {"url": "https://example.org/a", "accessed": "2024-05-01", "title": TITLE}
        assert "all of them are as they are listed" in read.text
        assert read.found["seal"] == "It has no seal."

    def test_says_which_file_is_not_as_listed(self):
        read = Wacz().read(wacz(b"<p>A page.", changed="pages/pages.jsonl"))
        assert "these are not as they are listed: pages/pages.jsonl." in read.text

    def test_checks_the_seal_of_a_key(self):
        assert (
            "Its seal holds: signed by a key of which nothing is known" in Wacz().read(signed_wacz(b"<p>A page.")).text
        )

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"hash": "sha256:00"}, "it is about other contents"),
            ({"signature": base64.b64encode(bytes(64)).decode()}, "the signature is not of this key"),
            ({"publicKey": "AAAA"}, "it cannot be read"),
            ({"signature": 5}, "it cannot be read"),
        ],
    )
    def test_says_why_a_seal_does_not_hold(self, change, said):
        assert (
            f"The seal of the web archive does not hold: {said}"
            in Wacz().read(signed_wacz(b"<p>A page.", **change)).text
        )

    @pytest.mark.parametrize("chain", [(), ("between", "root")])
    def test_says_when_a_seal_was_stamped_and_that_its_root_is_not_known(self, tmp_path, chain):
        text = Wacz().read(signed_wacz(b"<p>A page.", LocalAuthority(tmp_path, chain=chain))).text
        assert "UTC, signed by Clock of the tests, under Root of the tests, not among those that you trust." in text

    def test_says_that_a_root_is_known(self, tmp_path):
        clock, stranger = (LocalAuthority(tmp_path / name, chain=("between", "root")) for name in ("one", "two"))
        seal = json.loads(
            zipfile.ZipFile(io.BytesIO(signed_wacz(b"<p>A page.", clock))).read("datapackage-digest.json")
        )
        signed, digest = seal["signedData"], seal["hash"]
        assert archive_seal(signed, digest, clock.roots + stranger.roots).stamp.known
        assert not archive_seal(signed, digest, stranger.roots).stamp.known
        without = {**signed, "timestampCert": signed["timestampCert"].partition("-----END CERTIFICATE-----\n")[0]}
        with pytest.raises(SealDoesNotHold):
            archive_seal(without, digest, clock.roots)

    def test_says_that_a_seal_has_no_time_stamp(self):
        assert "It has no time-stamp." in Wacz().read(signed_wacz(b"<p>A page.")).text

    def test_of_another_signature_a_time_stamp_does_not_hold(self, tmp_path):
        clock = LocalAuthority(tmp_path)
        token = base64.b64encode(clock.stamp(b"another signature")).decode()
        text = Wacz().read(signed_wacz(b"<p>A page.", clock, timeSignature=token)).text
        assert "does not hold: its time-stamp is not of this signature (timestamp-broken)" in text

    @pytest.mark.parametrize("said", [{"timeSignature": "AAAA"}, {"timestampCert": ""}, {"timestampCert": "x"}])
    def test_a_time_stamp_that_is_none_does_not_hold(self, tmp_path, said):
        assert "does not hold" in Wacz().read(signed_wacz(b"<p>A page.", LocalAuthority(tmp_path), **said)).text

    @pytest.mark.parametrize("said", [b"[]", b"5", b"{", b"[" * 100_000])
    def test_that_says_nonsense_of_itself_is_broken(self, said):
        with pytest.raises(DocumentBroken):
            Wacz().read(zipped({"datapackage.json": said}))

    @pytest.mark.parametrize(
        "resources", [5, [5], [{}], [{"path": 5, "hash": []}], [{"path": "x", "hash": "sha256:0"}]]
    )
    def test_whose_list_of_files_is_nonsense_is_read(self, resources):
        parts = {
            "datapackage.json": json.dumps({"resources": resources}).encode(),
            "archive/a.warc": warc(b"<p>A page."),
        }
        assert len(Wacz().read(zipped(parts)).inside) == 1


class TestContents:
    def test_list_as_many_as_can_be_listed_and_count_the_rest(self, monkeypatch):
        monkeypatch.setattr("panah.library.extractors.contents.LONGEST_LIST", 2)
        contents = Contents()
        for name in "abcd":
            contents.leave(name, "no")
        assert contents.extracted(["Head"]).text.endswith("b [not taken out: no]\n[And 2 more]")

    def test_take_out_no_more_than_so_many(self, monkeypatch):
        monkeypatch.setattr("panah.library.extractors.contents.MOST_INSIDE", 2)
        contents = Contents()
        for name in "abc":
            contents.take(name, b"x")
        assert [each.name for each in contents.inside] == ["a", "b"]
        assert "c [not taken out" in contents.extracted([]).text
