"""E-mail: who wrote to whom, when, about what; what was written; what was attached."""

import base64
import hashlib
import json
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.errors import phrase_of
from panah.library.extractors import DocumentBroken, NothingToRead
from panah.library.extractors.kinds import MAIL
from panah.library.extractors.mail import MOST_PARTS, Mail

HEAD = "From: Gulnar A <gulnar@example.org>\nTo: legal@example.net\nDate: Fri, 01 Mar 2019 10:00:00 +0100\nSubject: Résumé 新疆"


def message():
    made = EmailMessage()
    made["From"], made["To"] = "Gulnar A <gulnar@example.org>", "legal@example.net"
    made["Date"], made["Subject"] = "Fri, 01 Mar 2019 10:00:00 +0100", "Résumé 新疆"
    return made


def text_of(made):
    return Mail().read(made.as_bytes() if isinstance(made, EmailMessage) else made).text


def raw(content_type, body, *more):
    """A message with this content type and body, as bytes."""
    head = ["From: a@example.org", "To: b@example.org", "MIME-Version: 1.0", f"Content-Type: {content_type}", *more]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def body_of(content):
    """What is read below the header."""
    return text_of(content).removeprefix("From: a@example.org\nTo: b@example.org").strip()


class TestHeader:
    def test_is_what_people_read(self):
        made = message()
        made["Cc"], made["Message-ID"], made["X-Mailer"] = "c@example.org, d@example.org", "<1@example.org>", "unread"
        made.set_content("Words.")
        head = HEAD.replace("\nDate", "\nCc: c@example.org, d@example.org\nDate") + "\nMessage-ID: <1@example.org>"
        assert text_of(made) == f"{head}\n\nWords."

    def test_says_what_the_message_is_about_and_when_it_was_written(self):
        assert Mail().read(message().as_bytes()).about == {"title": "Résumé 新疆", "date": "2019-03-01"}

    @pytest.mark.parametrize("date", ["yesterday", "", "Fri, 99 Mar 2019 10:00:00", "01/03/2019"])
    def test_a_date_that_is_none_is_shown_and_not_understood(self, date):
        found = Mail().read(f"From: a\nTo: b\nDate: {date}\n\nx".encode())
        assert "date" not in found.about
        assert f"Date: {date}".strip() in found.text

    @pytest.mark.parametrize(
        ("written", "shown"),
        [
            (b"Subject: =?utf-8?B?2b7Yp9mG2KfamA==?=", "Subject: پاناژ"),
            (b"Subject: =?utf-8?Q?R=C3=A9sum=C3=A9?=", "Subject: Résumé"),
            (b"Subject: =?gb2312?B?0MK9rg==?=", "Subject: 新疆"),
            (b"Subject: one\r\n two\r\n\tthree", "Subject: one two three"),
            (b"Subject: =?utf-8?B?!!!?=", "Subject:"),
            (b"Subject: =?x-unknown?Q?words?=", "words"),
            (b"Subject: \xff\xfe", "Subject: "),
            ("Subject: پاناھ".encode(), "Subject: پاناھ"),
        ],
    )
    def test_is_decoded_as_far_as_it_goes(self, written, shown):
        assert shown in text_of(b"From: a@example.org\r\nTo: b@example.org\r\n" + written + b"\r\n\r\nx")

    def test_said_twice_is_shown_twice(self):
        assert text_of(b"From: a@example.org\nFrom: b@example.org\nTo: c\n\nx").count("From:") == 2

    @pytest.mark.parametrize(
        ("written", "shown"),
        [
            (b"To: a@example.org; b@example.org", "To: a@example.org; b@example.org"),
            (b"To: undisclosed-recipients:;", "To: undisclosed-recipients:;"),
            (b"To: <a@example.org", "To: <a@example.org"),
            (b"Subject: =?utf-8?B?2Kbbh9mK?= =?utf-8?B?2Lrbh9ix?=", "Subject: ئۇيغۇر"),
            (b"Subject: =?utf-8?Q?=D8=A6=DB?=\r\n =?utf-8?Q?=87?=", "Subject: ئۇ"),
            (b"Subject: a =?utf-8*en?Q?b?= c", "Subject: a b c"),
            ("Subject: پاناھ =?utf-8?Q?=C3=A9?=".encode(), "Subject: پاناھ é"),
            ("Subject: Беженцы просят".encode("windows-1251"), "Subject: Беженцы просят"),
        ],
    )
    def test_nothing_is_left_out_of_it(self, written, shown):
        assert shown in text_of(b"From: a@example.org\r\nTo: c@example.org\r\n" + written + b"\r\n\r\nx").splitlines()

    def test_with_spaces_before_its_colons_is_one(self):
        assert text_of(b"From  : a@example.org\nTo\t: b@example.org\n\nwords : words") == (
            "From: a@example.org\nTo: b@example.org\n\nwords : words"
        )

    def test_cannot_begin_another_line(self):
        assert "\nBcc:" not in text_of(b"From: a@example.org\nTo: b\nSubject: =?utf-8?Q?x=0ABcc:_c?=\n\nx")

    def test_without_a_body_is_read(self):
        assert text_of(b"From: a@example.org\nTo: b@example.org\n\n") == "From: a@example.org\nTo: b@example.org"

    def test_without_a_header_and_a_body_is_refused(self):
        with pytest.raises(NothingToRead, match="neither a header nor a body"):
            text_of(b"\n\n")


class TestBody:
    @pytest.mark.parametrize(
        ("text", "charset"),
        [
            ("新疆", "gb2312"),
            ("新疆", "utf-16"),
            ("ışık", "windows-1254"),
            ("ışık", "iso-8859-9"),
            ("Беженцы", "koi8-r"),
            ("難民", "iso-2022-jp"),
            ("پاناھ", "utf-8"),
        ],
    )
    def test_is_decoded_from_its_charset(self, text, charset):
        content = raw(
            f"text/plain; charset={charset}",
            base64.b64encode(text.encode(charset)),
            "Content-Transfer-Encoding: base64",
        )
        assert body_of(content) == text

    @pytest.mark.parametrize("charset", ["x-unknown", '""', "utf-8", "us-ascii", "rot13", "zip", "idna"])
    def test_in_another_charset_than_it_says_is_decoded_as_it_looks(self, charset):
        content = raw(f"text/plain; charset={charset}", "پاناھ words".encode(), "Content-Transfer-Encoding: 8bit")
        assert body_of(content) == "پاناھ words"

    def test_in_quoted_printable_is_put_together(self):
        content = raw(
            "text/plain; charset=utf-8", b"caf=C3=A9 re=\r\nfoulement", "Content-Transfer-Encoding: quoted-printable"
        )
        assert body_of(content) == "café refoulement"

    def test_has_a_paragraph_between_empty_lines(self):
        found = Mail().read(raw("text/plain", b"one\r\ntwo\r\n\r\nthree"))
        assert [found.text[start:end] for start, end in found.paragraphs][1:] == ["one\ntwo", "three"]

    def test_of_html_is_read_as_a_page(self):
        assert body_of(raw("text/html", b"<p>one<p>two<script>run()</script>")) == "one\n\ntwo"

    def test_that_comes_as_text_and_as_html_is_read_once(self):
        made = message()
        made.set_content("The words.")
        made.add_alternative("<p>The words.</p>", subtype="html")
        assert text_of(made) == f"{HEAD}\n\nThe words."

    def test_that_comes_as_text_and_as_html_with_pictures_is_read_once(self):
        """As most programs send it: beside the text a related part, and in this the HTML and its pictures."""
        made = message()
        made.set_content("The words.")
        made.add_alternative("<p>The words.</p><img src='cid:1'>", subtype="html")
        made.get_payload()[1].add_related(b"picture", "image", "png", cid="<1>")
        assert text_of(made).count("The words.") == 1
        assert "image/png" in text_of(made)

    def test_that_comes_as_html_and_as_empty_text_is_read(self):
        made = message()
        made.set_content(" \n")
        made.add_alternative("<p>The words.</p>", subtype="html")
        assert text_of(made) == f"{HEAD}\n\nThe words."

    def test_of_a_message_that_could_not_be_delivered_is_read(self):
        report = (
            b"--x\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n"
        )
        report += b"Reporting-MTA: dns; example.org\r\n\r\nFinal-Recipient: rfc822; minister@example.org\r\nStatus: 5.1.1\r\n--x--"
        found = body_of(raw("multipart/report; boundary=x", report))
        assert "Sorry." in found
        assert "minister@example.org" in found


class TestPassedOn:
    """A message inside a message: who threatened whom, and when, often stands only there."""

    @pytest.fixture
    def inner(self):
        made = EmailMessage()
        made["From"], made["To"], made["X-Mailer"] = "Office <office@example.org>", "gulnar@example.org", "unread"
        made["Date"], made["Subject"] = "Mon, 04 Feb 2019 08:30:00 +0800", "回国"
        made.set_content("Come back.\n\nYour brother is here.")
        return made

    BLOCK = "From: Office <office@example.org>\nTo: gulnar@example.org\nDate: Mon, 04 Feb 2019 08:30:00 +0800\nSubject: 回国"

    def test_is_read_with_its_own_fields_before_its_words(self, inner):
        outer = message()
        outer.set_content("See below.")
        outer.add_attachment(inner)
        found = Mail().read(outer.as_bytes())
        assert [found.text[start:end] for start, end in found.paragraphs] == [
            HEAD, "See below.", self.BLOCK, "Come back.", "Your brother is here.",
        ]  # fmt: skip

    def test_does_not_say_what_the_outer_one_is_about(self, inner):
        outer = message()
        outer.set_content("See below.")
        outer.add_attachment(inner)
        assert Mail().read(outer.as_bytes()).about == {"title": "Résumé 新疆", "date": "2019-03-01"}

    def test_in_another_one_is_read_too(self, inner):
        middle, outer = message(), message()
        middle.set_content("It came like this.")
        middle.add_attachment(inner)
        outer.set_content("See below.")
        outer.add_attachment(middle)
        assert text_of(outer) == (
            f"{HEAD}\n\nSee below.\n\n{HEAD}\n\nIt came like this.\n\n{self.BLOCK}\n\nCome back.\n\nYour brother is here."
        )

    def test_in_a_digest_each_has_its_own(self):
        body = b"--x\r\n\r\nFrom: one@example.org\r\n\r\nFirst.\r\n--x\r\n\r\nFrom: two@example.org\r\n\r\nSecond.\r\n--x--"
        found = body_of(raw("multipart/digest; boundary=x", body))
        assert found == "From: one@example.org\n\nFirst.\n\nFrom: two@example.org\n\nSecond."

    @pytest.mark.parametrize("kind", ["rfc822", "global", "news"])
    def test_cannot_begin_another_line_by_its_fields(self, kind):
        inside = b"From: c@example.org\r\nSubject: =?utf-8?Q?x=0ABcc:_d?=\r\n\r\nWords."
        assert body_of(raw(f"message/{kind}", inside)) == "From: c@example.org\nSubject: x Bcc: d\n\nWords."

    def test_without_fields_is_its_words(self):
        assert body_of(raw("message/rfc822", b"\r\nWords.")) == "Words."


class TestAttached:
    def test_is_named_and_not_read(self):
        made = message()
        made.set_content("See the file.")
        made.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="Қарар 新.pdf")
        made.add_attachment("words", filename="notes.txt")
        listed = "[Attached: Қарар 新.pdf, application/pdf, 5 bytes]\n[Attached: notes.txt, text/plain, 6 bytes]"
        assert text_of(made) == f"{HEAD}\n\nSee the file.\n\n{listed}"

    def test_without_a_name_is_named_so(self):
        assert "[Attached: without a name, image/png, 3 bytes]" in body_of(raw("image/png", b"abc"))

    def test_cannot_begin_another_line_by_its_name(self):
        content = raw("application/zip", b"x", "Content-Disposition: attachment; filename*=utf-8''a%0A%00b%FF")
        assert body_of(content).count("\n") == 0
        assert body_of(content).startswith("[Attached: a b")

    @pytest.mark.parametrize(
        "disposition",
        [
            "attachment; filename*=x''%",
            "attachment; filename*0*=",
            ";attachment*",
            ";;",
            "\xff",
            "attachment; filename",
        ],
    )
    def test_with_a_broken_disposition_is_still_listed(self, disposition):
        content = raw("application/zip", b"x", f"Content-Disposition: {disposition}")
        assert body_of(content).startswith("[Attached: ")

    def test_beyond_a_number_of_parts_says_that_the_rest_was_not_read(self):
        body = b"--x\r\n\r\npart\r\n" * (MOST_PARTS + 10) + b"--x--"
        assert f"[Not read: more than {MOST_PARTS} parts]" in body_of(raw("multipart/mixed; boundary=x", body))


class TestHostile:
    @pytest.mark.parametrize(
        "content",
        [
            raw("multipart/mixed; boundary=x", b"--x\r\n\r\nwords"),
            raw("multipart/mixed; boundary=x", b"--x--"),
            raw("multipart/mixed", b"--x\r\n\r\nwords"),
            raw("multipart/alternative; boundary=x", b"--x\r\nContent-Type: x/\r\n\r\nwords\r\n--x--"),
            raw("text/plain; charset=utf-8; charset=utf-16; charset*=a'b'c", b"words"),
            raw("a/b/c;;;=", b"words"),
            raw("text/plain", b"!!!!", "Content-Transfer-Encoding: base64"),
            raw("text/plain", b"begin 644 x\r\n!!!\r\nend", "Content-Transfer-Encoding: x-uuencode"),
            b"From: " + b"(" * 5000 + b"\nTo: " + b'"' * 999 + b"\n\nwords",
            b"From: a@example.org\nTo: " + b"<" * 2000 + b"," * 2000 + b"\n\nwords",
            b"From: a\nTo: b\nSubject: " + b"=?utf-8?Q?a?= " * 2000 + b"\n\nwords",
            b"From:\nTo:\nMessage-ID: <<<[[[\nIn-Reply-To: >\nSender: @@\n\nwords",
        ],
        ids=str,
    )
    def test_what_breaks_the_rules_is_read_as_far_as_it_goes(self, content):
        found = Mail().read(content)
        assert found.text.startswith("From:")
        assert all(found.text[start:end] for start, end in found.paragraphs)

    @pytest.mark.parametrize("content_type", [";attachment*", "text/plain;name*"])
    def test_a_content_type_that_python_cannot_parse_is_passed_over(self, content_type):
        assert body_of(raw(content_type, b"words")).startswith(("words", "[Attached: "))

    @pytest.mark.parametrize(
        "content",
        [
            b"".join(
                b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level) for level in range(2000)
            ),
            b"Content-Type: message/rfc822\n\nFrom: a\n" * 3000,
        ],
        ids=["parts in parts", "messages in messages"],
    )
    def test_what_is_nested_too_deep_is_refused(self, content):
        with pytest.raises(DocumentBroken, match="cannot be parsed as a message"):
            Mail().read(b"From: a\nTo: b\n" + content)

    @given(st.binary(max_size=200), st.binary(max_size=200))
    def test_any_bytes_are_read_or_refused(self, header, body):
        try:
            text = text_of(b"From: a\nTo: b\n" + header + b"\n\n" + body)
        except DocumentBroken as error:
            text = error.sentence
        assert text.encode()

    def test_a_message_is_read_behind_the_fence_too(self, read):
        found = read(MAIL, raw("text/plain; charset=utf-8", "پاناھ".encode()))
        assert found.content.decode().endswith("پاناھ")


class TestSignatures:
    def test_say_of_whom_they_are_and_that_the_key_was_not_looked_up(self):
        digest = base64.b64encode(hashlib.sha256(b"words\r\n").digest())
        head = (
            b"From: a\nTo: b\nDKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=one; h=From; b=AAAA; l=7; bh="
            + digest
        )
        found = Mail().read(head + b"\n\nwords\n").found
        said = (
            "example.org (one, rsa-sha256): the body is as it was signed; the key was not looked up; only 7 bytes of it"
            " were signed"
        )
        assert found["dkim"] == said
        assert [phrase_of(parts) for parts in json.loads(found["dkim_parts"])] == [said]
        assert "not as it was signed" in Mail().read(head + b"\n\nother\n").found["dkim"]

    def test_none_are_not_spoken_of(self):
        assert Mail().read(b"From: a\nTo: b\n\nwords").found == {}
