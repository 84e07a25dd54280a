"""Contacts and appointments."""

import base64

import pytest

from panah.library.extractors import NothingToRead
from panah.library.extractors.cards import Cards
from panah.library.extractors.kinds import media_type
from panah.library.extractors.texts import CALENDAR, VCARD


def card(*fields, end="\r\n"):
    return end.join(["BEGIN:VCARD", "VERSION:3.0", *fields, "END:VCARD", ""]).encode()


def paragraphs(content):
    extracted = Cards().read(content)
    return [extracted.text[start:end] for start, end in extracted.paragraphs]


class TestCards:
    def test_each_contact_is_a_paragraph(self):
        made = card("FN:Gulnar A", "TEL;TYPE=CELL:+100") + card("FN:Adil", "EMAIL;TYPE=home,pref:a@example.org")
        assert media_type(made) == VCARD
        assert paragraphs(made) == ["FN: Gulnar A\nTEL (CELL): +100", "FN: Adil\nEMAIL (home,pref): a@example.org"]
        assert Cards().read(made).found["cards"] == "2"

    @pytest.mark.parametrize(
        ("fields", "shown"),
        [
            (["NOTE:one", " two"], "NOTE: onetwo"),
            (["NOTE;ENCODING=QUOTED-PRINTABLE:=D8=A6=", "=DB=87"], "NOTE: ئۇ"),
            (["NOTE;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=C0=C1"], "NOTE: АБ"),
            (["NOTE;CHARSET=x-none;ENCODING=QUOTED-PRINTABLE:a=20b"], "NOTE: a b"),
            (["NOTE:one\\, two\\nthree"], "NOTE: one, two\n  three"),
            (["item1.TEL;HOME:+1"], "TEL (HOME): +1"),
            (['ADR;LABEL="a; b: c":x'], "ADR (a; b: c): x"),
            (["NOTE:one", "two is no field"], "NOTE: one\n  two is no field"),
            (["TEL;TYPE=WORK;TYPE=PREF:+1"], "TEL (WORK, PREF): +1"),
        ],
    )
    def test_fields_as_they_are_meant(self, fields, shown):
        assert paragraphs(card(*fields)) == [shown]
        assert paragraphs(card(*fields, end="\n")) == [shown]

    @pytest.mark.parametrize(
        "field", ["PHOTO;ENCODING=b;TYPE=JPEG:{}", "PHOTO:data:image/jpeg;base64,{}", "PHOTO;BASE64;JPEG:{}"]
    )
    def test_a_picture_stands_inside(self, field):
        picture = b"\xff\xd8\xff picture"
        read = Cards().read(card("FN:Gulnar", field.format(base64.b64encode(picture).decode())))
        assert [(inside.name, inside.content) for inside in read.inside] == [("photo 1", picture)]
        assert "PHOTO: [11 bytes, kept as photo 1]" in read.text

    def test_a_picture_that_is_none_is_words(self):
        assert "PHOTO (JPEG): !" in paragraphs(card("PHOTO;ENCODING=b;TYPE=JPEG:!"))[0]

    def test_each_appointment_is_a_paragraph(self):
        made = (
            b"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nDTSTART;TZID=Asia/Urumqi:20190123T120000\nSUMMARY:Hearing\n"
            b"BEGIN:VALARM\nACTION:DISPLAY\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR\n"
        )
        assert media_type(made) == CALENDAR
        assert paragraphs(made) == ["DTSTART (Asia/Urumqi): 20190123T120000\nSUMMARY: Hearing", "ACTION: DISPLAY"]

    def test_an_empty_one_is_refused(self):
        with pytest.raises(NothingToRead):
            Cards().read(card())
