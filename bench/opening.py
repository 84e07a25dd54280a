"""How long the page of a document takes: processor time, what is queried and what is rendered, for a member who asks.

Prints two numbers, in milliseconds: the largest document without words to mark, and from a search, with its words marked.
Its arguments are the questions; the second number is the median of theirs. It runs in a workspace that is there, and
changes nothing in it.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Sequence

from panah.site.command import set_up

set_up()
from django.contrib.sessions.backends.base import SessionBase  # noqa: E402
from django.test import RequestFactory  # noqa: E402

from panah.library import views  # noqa: E402
from panah.library.models import Document  # noqa: E402
from panah.team.models import Member  # noqa: E402
from panah.vault import workspace  # noqa: E402
from panah.vault.commands import acting_member  # noqa: E402

TIMES = 9


def main(questions: Sequence[str]) -> None:
    workspace.unlock(workspace.given_passphrase() or "")
    member = acting_member()
    document = Document.objects.filter(reading__isnull=False).order_by("-reading__size", "pk")[0]
    print(least(member, document, ""))
    print(statistics.median(least(member, document, words) for words in questions))


def least(member: Member, document: Document, words: str) -> float:
    """The least processor time of several runs: more than that is what other programs take."""
    return min(opened(member, document, words) for _ in range(TIMES))


def opened(member: Member, document: Document, words: str) -> float:
    request = RequestFactory().get("/", {"q": words} if words else {})
    request.user, request.session = member, SessionBase()
    begun = time.process_time()
    assert views.document(request, document.pk).status_code == 200
    return 1000 * (time.process_time() - begun)


if __name__ == "__main__":
    main(sys.argv[1:])
