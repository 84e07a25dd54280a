"""Messages that Outlook saved."""

from datetime import UTC, datetime

import pytest

from panah.library.extractors import DocumentBomb, DocumentBroken
from panah.library.extractors.kinds import HEAD, MAIL, MSG, media_type
from panah.library.extractors.mail import Mail
from panah.library.extractors.msg import DEEPEST, Msg
from panah.library.extractors.outlook import (
    ADDRESS,
    BODY,
    CODE_PAGE,
    CONTENT,
    FILE_NAME,
    HEADERS,
    HTML_BODY,
    INTERNET_CODE_PAGE,
    MESSAGE_ID,
    METHOD,
    NAME,
    RECIPIENT_KIND,
    RTF_BODY,
    SENDER_ADDRESS,
    SENDER_NAME,
    SENT_AT,
    SHOWN_TO,
    SMTP_ADDRESS,
    SUBJECT,
    rich_text,
)  # fmt: skip
from support.outlook import compound, compressed, message, ticks

SENT = datetime(2019, 3, 1, 9, 0, tzinfo=UTC)
SAID = {
    SUBJECT: "Résumé 新疆",
    SENDER_NAME: "Gulnar A",
    SENDER_ADDRESS: "gulnar@example.org",
    SENT_AT: ticks(SENT),
    BODY: "پاناھ.",
}
HEAD_OF_IT = "From: Gulnar A <gulnar@example.org>\nDate: Fri, 01 Mar 2019 09:00:00 +0000\nSubject: Résumé 新疆"


def read(said, recipients=(), attachments=()):
    return Msg().read(compound(message(said, recipients, attachments)))


class TestMsg:
    def test_is_recognised_and_read_as_mail(self):
        made = compound(message(SAID))
        assert media_type(made[:HEAD], made[-HEAD:]) == MSG
        read = Msg().read(made)
        assert read.text == f"{HEAD_OF_IT}\n\nپاناھ."
        assert read.about == {"title": "Résumé 新疆", "date": "2019-03-01"}

    def test_says_to_whom_it_went(self):
        people = [
            {RECIPIENT_KIND: 1, NAME: "Legal, desk", SMTP_ADDRESS: "legal@example.net", ADDRESS: "/O=X/CN=LEGAL"},
            {RECIPIENT_KIND: 2, NAME: "adil@example.org", ADDRESS: "adil@example.org"},
            {RECIPIENT_KIND: 3, NAME: "'Hidden'"},
        ]
        text = read(SAID, people).text
        assert 'To: "Legal, desk" <legal@example.net>\nCc: adil@example.org\nBcc: Hidden\n' in text
        assert 'To: "Somebody, A", Else' in read({**SAID, SHOWN_TO: "Somebody, A; Else\0"}).text

    def test_its_own_header_goes_before_what_outlook_says(self):
        header = (
            "Received: by x\r\nFrom: =?utf-8?Q?G=C3=BClnar?= <g@example.org>\r\nDate: Fri, 01 Mar 2019 10:00:00 +0100\r\n"
            "Subject: one\r\n two\r\nContent-Type: text/plain; charset=x\r\nDKIM-Signature: v=1\r\n\r\n"
        )
        text = read({**SAID, HEADERS: header, MESSAGE_ID: "<1@example.org>"}).text
        assert text.startswith(
            "From: Gülnar <g@example.org>\nDate: Fri, 01 Mar 2019 10:00:00 +0100\nSubject: one two\n"
        )
        assert "Message-ID: <1@example.org>" in text

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ({BODY: "plain", HTML_BODY: b"<p>page"}, "plain"),
            ({HTML_BODY: "<p>ئۇ".encode()}, "ئۇ"),
            ({HTML_BODY: "<p>Беженцы".encode("windows-1251"), INTERNET_CODE_PAGE: 1251}, "Беженцы"),
            ({HTML_BODY: "<p>page"}, "page"),
            ({RTF_BODY: compressed(rb"{\rtf1\ansi rich \'e9 words}")}, "rich é words"),
            ({RTF_BODY: compressed(rb"{\rtf1\ansi rich \'e9 words}")[:-4]}, ""),
            ({}, ""),
        ],
    )
    def test_has_its_text_or_its_page_or_its_rich_text(self, said, words):
        assert read({SUBJECT: "x", **said}).text == f"Subject: x\n\n{words}".strip()

    @pytest.mark.parametrize(
        ("page", "encoding"), [(950, "big5"), (936, "gb18030"), (1256, "cp1256"), (65001, "utf-8")]
    )
    def test_words_in_an_older_encoding_are_read(self, page, encoding):
        words = "النفي" if page == 1256 else "格式測試" if page == 950 else "难民"
        made = read(
            {SUBJECT: words.encode(encoding), CODE_PAGE: page}, [{RECIPIENT_KIND: 1, NAME: words.encode(encoding)}]
        )
        assert made.text == f"To: {words}\nSubject: {words}"

    def test_a_page_that_is_not_known_is_taken_for_utf_8(self):
        assert "Subject: ئۇ" in read({SUBJECT: "ئۇ".encode(), CODE_PAGE: 77777}).text

    def test_what_is_attached_stands_inside_to_the_byte(self):
        content = bytes(range(256)) * 40
        made = read(
            SAID, attachments=[{FILE_NAME: "خەت (1).pdf", CONTENT: content}, {FILE_NAME: "a.txt", CONTENT: b"a\r\nb\n"}]
        )
        assert [(each.name, each.content) for each in made.inside] == [("خەت (1).pdf", content), ("a.txt", b"a\r\nb\n")]
        assert "[Attached: a.txt" in made.text

    def test_a_message_inside_is_a_message(self):
        inner = message(
            {SUBJECT: "Inside", BODY: "within"}, attachments=[{FILE_NAME: "deep.txt", CONTENT: b"deep"}], head=24
        )
        (each,) = read(SAID, attachments=[{"inner": inner}]).inside
        assert each.name == "Inside.eml"
        assert media_type(each.content) == MAIL
        within = Mail().read(each.content)
        assert "within" in within.text
        assert [(deep.name, deep.content) for deep in within.inside] == [("deep.txt", b"deep")]
        assert b"not the bytes that were sent" in each.content

    def test_what_cannot_be_taken_out_is_said(self):
        text = read(SAID, attachments=[{NAME: "Chart", METHOD: 6}, {FILE_NAME: "big.zip", METHOD: 4}]).text
        assert "[Attached, but not taken out: Chart, an object of another program]" in text
        assert "[Attached, but not taken out: big.zip, kept elsewhere]" in text

    def test_nothing_in_a_field_begins_another(self):
        text = read({**SAID, SUBJECT: "a\r\nBcc: x@example.org\r\n\r\nwords", SENDER_NAME: 'G" <x@example.org>\n'}).text
        assert "\nBcc" not in text

    def test_messages_nested_without_end_are_refused(self):
        inner = message({SUBJECT: "x"}, head=24)
        for _ in range(DEEPEST + 1):
            inner = message({SUBJECT: "x"}, attachments=[{"inner": inner}], head=24)
        with pytest.raises(DocumentBomb):
            read(SAID, attachments=[{"inner": inner}])

    @pytest.mark.parametrize("cut", [100, 600, 1500, 3000])
    def test_one_that_is_cut_short_is_refused(self, cut):
        with pytest.raises(DocumentBroken, match="Outlook"):
            Msg().read(compound(message(SAID))[:cut])


class TestRichText:
    def test_letters_that_refer_back_are_put_in_their_place(self):
        """The second example of MS-OXRTFCP, 3.1.2: what is written while it is read."""
        packed = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
        assert rich_text(packed) == rb"{\rtf1 WXYZWXYZWXYZWXYZWXYZ}"

    def test_what_is_not_packed_is_taken_as_it_is(self):
        assert rich_text(b"\x10\0\0\0\x04\0\0\0MELA\0\0\0\0rich") == b"rich"

    @pytest.mark.parametrize("packed", [b"", b"short", bytes(40), compressed(b"words")[:-1] + b"x"])
    def test_what_is_damaged_is_nothing(self, packed):
        assert rich_text(packed) == b""
