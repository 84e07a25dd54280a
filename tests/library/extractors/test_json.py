"""JSON: the chats of programs, message by message; of all else what stands in it, by name."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.library.extractors import DocumentBomb, DocumentBroken, NothingToRead
from panah.library.extractors.json import Json
from panah.library.extractors.kinds import HEAD, media_type
from panah.library.extractors.texts import JSON, PLAIN

NOON = 1_548_244_800
"""The 23rd of January 2019."""


def read(value):
    return Json().read(value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode())


def paragraphs(value):
    extracted = read(value)
    return [extracted.text[start:end] for start, end in extracted.paragraphs]


def telegram(*messages, **chat):
    return {"name": "Family", "type": "private_group", "id": 1, **chat, "messages": list(messages)}


def sent(number, text, **more):
    return {"id": number, "type": "message", "date": "2019-01-23T13:00:00", "date_unixtime": str(NOON + number), "from": "Gulnar",
            "from_id": "user1", "text": text, **more}  # fmt: skip


def mojibake(text):
    return text.encode().decode("latin-1")


class TestTelegram:
    def test_each_message_says_when_and_who(self):
        made = telegram(sent(1, "Hello"), sent(2, "پاناھ"))
        assert paragraphs(made) == [
            "[Chat] Family",
            "2019-01-23 12:00:01 Gulnar: Hello",
            "2019-01-23 12:00:02 Gulnar: پاناھ",
        ]
        found = read(made).found
        assert (found["chat"], found["clock"], found["messages"], found["senders"]) == ("Telegram", "UTC", "2", "1")
        assert read(made).about == {"title": "Family", "date": "2019-01-23"}

    def test_of_all_chats_each_is_under_its_name(self):
        every = {"about": "x", "contacts": {"list": [{"first_name": "unread"}]},
                 "chats": {"list": [telegram(sent(1, "one")), telegram(sent(2, "two"), name="Work"), telegram(name="Empty")]},
                 "left_chats": {"list": [telegram(sent(3, "three"), name="Left")]}}  # fmt: skip
        told = paragraphs(every)
        assert [line for line in told if line.startswith("[Chat]")] == ["[Chat] Family", "[Chat] Work", "[Chat] Left"]
        assert len(told) == 6
        assert "title" not in read(every).about

    def test_text_in_parts_is_one_text_and_hidden_addresses_are_shown(self):
        parts = [
            "see ",
            {"type": "text_link", "text": "here", "href": "https://example.org"},
            {"type": "bold", "text": "!"},
        ]
        assert paragraphs(telegram(sent(1, parts)))[1].endswith("see here (https://example.org)!")

    def test_what_was_sent_along_is_named(self):
        made = telegram(sent(1, "", photo="photos/p.jpg", width=3), sent(2, "x", forwarded_from="Adil"))
        assert paragraphs(made)[1:] == [
            "2019-01-23 12:00:01 Gulnar: [photo: photos/p.jpg]",
            "2019-01-23 12:00:02 Gulnar: x [forwarded_from: Adil]",
        ]

    def test_an_answer_says_to_what(self):
        made = telegram(sent(1, "x"), sent(2, "y", reply_to_message_id=1), sent(3, "z", reply_to_message_id=77))
        assert paragraphs(made)[2].endswith("y [in reply to Gulnar, 2019-01-23 12:00:01]")
        assert paragraphs(made)[3].endswith("z [in reply to a message that is not here]")

    def test_what_the_program_says_is_marked(self):
        joined = {"id": 1, "type": "service", "date_unixtime": str(NOON), "actor": "Gulnar", "action": "invite_members",
                  "members": ["Adil"], "text": ""}  # fmt: skip
        assert (
            paragraphs(telegram(joined))[1]
            == "2019-01-23 12:00:00 [System] Gulnar [action: invite_members] [members: Adil]"
        )

    def test_a_message_without_a_name_or_a_time_is_there(self):
        odd = {"id": 1, "type": "message", "date_unixtime": "never", "from": None, "text": 5}
        assert paragraphs(telegram(odd))[1] == "[without a time] [without a name]: 5"

    def test_without_messages_is_read_as_what_it_is(self):
        assert paragraphs(telegram()) == ["name: Family\ntype: private_group\nid: 1"]


class TestMeta:
    MESSAGES = [
        {"sender_name": mojibake("Gülnar"), "timestamp_ms": (NOON + 2) * 1000, "content": mojibake("پاناھ ❤")},
        {"sender_name": "Adil", "timestamp_ms": NOON * 1000, "content": "café", "photos": [{"uri": "photos/1.jpg"}]},
    ]

    def test_letters_are_put_together_again_and_messages_in_the_order_of_time(self):
        made = {"title": mojibake("ئۇيغۇر"), "participants": [], "messages": self.MESSAGES}
        assert paragraphs(made) == [
            "[Chat] ئۇيغۇر",
            "2019-01-23 12:00:00 Adil: café [photos.uri: photos/1.jpg]",
            "2019-01-23 12:00:02 Gülnar: پاناھ ❤",
        ]

    def test_reactions_are_kept(self):
        loved = {**self.MESSAGES[1], "reactions": [{"reaction": mojibake("❤"), "actor": "Gulnar"}]}
        assert paragraphs({"messages": [loved]})[0].endswith("[reactions.reaction: ❤] [reactions.actor: Gulnar]")


class TestSignal:
    LINES = [
        {"version": "1", "backupTimeMs": "1"},
        {"account": {"profileKey": "secret", "givenName": "Adil", "familyName": "T"}},
        {"recipient": {"id": "1", "self": {}}},
        {"recipient": {"id": "2", "contact": {"e164": "+100", "profileGivenName": "Gulnar"}}},
        {"recipient": {"id": "3", "group": {"snapshot": {"title": {"title": "Family"}}}}},
        {"chat": {"id": "9", "recipientId": "3"}},
        {"chatItem": {"chatId": "9", "authorId": "2", "dateSent": str(NOON * 1000), "incoming": {},
                      "standardMessage": {"text": {"body": "Hello"},
                                          "attachments": [{"pointer": {"fileName": "a.jpg", "key": "secret"}}]}}},
        {"chatItem": {"chatId": "9", "authorId": "1", "dateSent": str(NOON * 1000 + 1000), "outgoing": {},
                      "standardMessage": {"text": {"body": "Hi"}}}},
        {"chatItem": {"chatId": "9", "authorId": "7", "dateSent": str(NOON * 1000 + 2000), "incoming": {},
                      "remoteDeletedMessage": {}}},
        {"chatItem": {"chatId": "9", "authorId": "2", "dateSent": str(NOON * 1000 + 3000), "directionless": {},
                      "updateMessage": {"simpleUpdate": {"type": "JOINED_SIGNAL"}}}},
    ]  # fmt: skip

    def test_each_message_says_when_and_who(self):
        content = "\n".join(json.dumps(line) for line in self.LINES).encode()
        assert media_type(content) == JSON
        assert paragraphs(content) == [
            "[Chat] Family",
            "2019-01-23 12:00:00 Gulnar: Hello [attachments.pointer.fileName: a.jpg]",
            "2019-01-23 12:00:01 Adil T: Hi",
            "2019-01-23 12:00:02 [recipient 7]: [remoteDeletedMessage]",
            "2019-01-23 12:00:03 [System] Gulnar [simpleUpdate.type: JOINED_SIGNAL]",
        ]


class TestJson:
    def test_each_object_is_a_paragraph_and_each_member_a_line(self):
        made = {"a": "x", "n": [1, 2.50], "o": {"b": "y", "c": None}, "l": [{"d": True}, {"d": "z"}]}
        assert paragraphs(made) == ["a: x", "n: 1\nn: 2.5", "o.b: y\no.c: null", "l.d: true", "l.d: z"]

    def test_numbers_stay_as_they_are_written(self):
        assert paragraphs(b'{"a": 1.50, "b": 1e3, "c": 123456789012345678901234567890}') == [
            "a: 1.50\nb: 1e3\nc: 123456789012345678901234567890"
        ]

    def test_of_a_name_that_is_given_twice_nothing_is_lost(self):
        assert paragraphs(b'{"a": "x", "a": "y"}') == ["a: x\na′: y"]

    def test_lines_are_read_as_a_list(self):
        assert paragraphs(b'{"a": "x"}\n\n{"a": "y"}\n') == ["a: x", "a: y"]

    @pytest.mark.parametrize("content", [b'{"a": "x"', b'{"a" "x"}', b'["a",]', b'{"a": "x"}\n{"b"'])
    def test_what_is_broken_is_refused_with_the_line(self, content):
        with pytest.raises(DocumentBroken, match="at line"):
            Json().read(content)

    @pytest.mark.parametrize("content", [b"[]", b"{}", b'[{"a": []}]'])
    def test_what_is_empty_is_refused(self, content):
        with pytest.raises(NothingToRead):
            Json().read(content)

    def test_what_is_nested_without_end_is_refused(self):
        with pytest.raises(DocumentBomb):
            Json().read(b'["a", ' * 100_000)

    @given(
        st.recursive(
            st.text() | st.integers() | st.booleans(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
        )
    )
    def test_every_string_is_in_the_text(self, value):
        try:
            text = read({"all": value}).text
        except NothingToRead:
            return
        for words in strings(value):
            assert words.strip() in text


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for member in value:
            yield from strings(member)
    elif isinstance(value, dict):
        for member in value.values():
            yield from strings(member)


class TestRecognised:
    @pytest.mark.parametrize(
        "content",
        [b'{"a": 1}', b'\xef\xbb\xbf[ "a" ]', b'\n{"a": [1, true, null, -2.5e3]}', '{"a": "پ"}'.encode("utf-16")],
    )
    def test_json_is(self, content):
        assert media_type(content) == JSON

    def test_the_beginning_of_a_long_one_is(self):
        content = json.dumps([{"text": "word " * 100, "n": 1, "t": True}] * 500).encode()
        assert all(media_type(content[: HEAD - cut]) == JSON for cut in range(600))

    @pytest.mark.parametrize(
        "content",
        [
            b"[1] See page 3",
            b'{\\a "words" }',
            b'[sic] "words"',
            b"{}",
            b"[]",
            b'["words"] and others',
            b'{"a": tru e}',
        ],
    )
    def test_text_in_brackets_is_not(self, content):
        assert media_type(content) == PLAIN
