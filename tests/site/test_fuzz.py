"""Whatever is asked of the workbench, it answers: never with a fault, never with markup that somebody typed, always guarded."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings

from panah.site import often
from support.fuzzing import NEEDLE, Asked, field_names, patterns, requests

FEW, MANY = 150, 10_000
CALMLY = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.target],
    database=None,
)
GUARDS = {
    "Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Permissions-Policy", "Cache-Control",
    "Cross-Origin-Opener-Policy", "Cross-Origin-Embedder-Policy", "Cross-Origin-Resource-Policy",
}  # fmt: skip


@pytest.fixture
def known(desk, monkeypatch) -> dict[str, list[str]]:
    """Parts of addresses of things that are there. A case that can be sealed is not among them: that takes seconds."""
    from panah.library.models import Document, Quotation

    monkeypatch.setattr(often, "COSTLY", {})
    desk.case("F-1")
    desk.fact(desk.case("F-2"))
    ids = [str(model.objects.order_by("pk").first().pk) for model in (Document, Quotation)]
    return {"str": ["F-1", "F-2", "cat-3", "echr-3", "E3.fg"], "int": ["1", "2"], "uuid": ids}


def answered(client: Client, asked: Asked) -> None:
    """Ask, and look at the answer."""
    with transaction.atomic():
        send = client.generic if asked.method == "patch" else getattr(client, asked.method)
        arguments = ("PATCH", asked.address) if asked.method == "patch" else (asked.address,)
        said = {} if asked.method in {"patch", "put", "delete", "options"} else {"data": asked.fields}
        answer = send(*arguments, **said, headers=asked.headers)
    assert answer.status_code < 500, (asked, answer.status_code)
    assert not [name for name in GUARDS if not answer.has_header(name)], asked
    assert "Set-Cookie" not in answer.headers
    if not answer.streaming and answer["Content-Type"].startswith("text/html"):
        assert NEEDLE not in answer.content.decode(), asked


def run(client: Client, known, most: int) -> int:
    """How many requests were made."""
    made = []

    @settings(CALMLY, max_examples=most)
    @given(requests(known))
    def every(asked):
        made.append(answered(client, asked))

    every()
    return len(made)


class TestEveryAddress:
    def test_is_in_the_map_and_every_form_has_its_fields(self):
        assert len(patterns()) > 20
        assert {"words", "password", "papers", "called"} <= set(field_names())

    def test_answers_a_member_whatever_is_asked(self, client, known):
        assert run(client, known, FEW) >= FEW

    def test_answers_a_stranger_whatever_is_asked(self, stranger, known, monkeypatch):
        from panah.vault import workspace

        monkeypatch.setattr(workspace, "passphrase_opens", lambda words: False)  # Argon2 is not what is tried here
        assert run(stranger, known, FEW) >= FEW

    @pytest.mark.attack
    def test_answers_a_member_ten_thousand_times(self, client, known):
        assert run(client, known, MANY) >= MANY

    @pytest.mark.attack
    def test_answers_a_stranger_ten_thousand_times(self, stranger, known, monkeypatch):
        from panah.vault import workspace

        monkeypatch.setattr(workspace, "passphrase_opens", lambda words: False)
        assert run(stranger, known, MANY) >= MANY
