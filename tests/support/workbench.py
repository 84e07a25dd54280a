"""Work as people do it: at a desk in this process, or in a browser at a `panah serve` that runs as a process of its own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import panah
from support.members import code_now, codes_in, secret_in
from support.processes import MEMBER, PASSPHRASE, PASSWORD, papers_at

DEMO = Path(panah.__file__).parent / "site" / "demo"
"""The folder of the invented case."""
REFERENCE = "2026-001"
CHAT = "23/01/19, 11:25 - Gulnar: They came.\n24/01/19, 21:26 - Adil: Who?\n"
BEGINNING = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CHROMIUM = shutil.which("chromium")
WINDOWLESS = shutil.which("chromium-headless-shell") or CHROMIUM
"""Chromium without what it puts around a page: it shows the same pages in half of the time."""
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

_CASE, _DOCUMENT = "/cases/2026-001", "/library/documents"
PAGES = {
    "docket": "/", "keys": "/keys", "cases": "/cases/", "account": f"{_CASE}/", "facts": f"{_CASE}/facts",
    "fact": f"{_CASE}/facts/2", "a fact with doubt": f"{_CASE}/facts/6", "a contradiction not put": f"{_CASE}/facts/10",
    "inventory": f"{_CASE}/inventory", "differences": f"{_CASE}/contradictions", "interviews": f"{_CASE}/interviews",
    "two statements": f"{_CASE}/account/compare/1/3", "circumstances": f"{_CASE}/distortions",
    "a difference to mark": f"{_CASE}/contradictions/mark?a=1-0-5&b=2-0-5",
    "examination": f"{_CASE}/examination", "an answered element": f"{_CASE}/examination/echr-3/E3.fg",
    "applicable law": f"{_CASE}/law", "law": "/law/", "a body of law": "/law/apr-2024-1348/",
    "an open element": f"{_CASE}/examination/cat-3/CAT3.1", "evidence": f"{_CASE}/evidence?element=E3.fg&element=CAT3.1",
    "procedure": f"{_CASE}/procedure", "an item of the checklist": f"{_CASE}/procedure/B8?correct",
    "a topic": f"{_CASE}/procedure/topic/exclusion", "a new record": f"{_CASE}/procedure/records/track?item=A10",
    "a decision": f"{_CASE}/decision", "a reason of it": f"{_CASE}/decision/reasons/1",
    "grounds of appeal": f"{_CASE}/decision/grounds", "what recurs": "/cases/recurring",
    "words of the profile": f"{_CASE}/evidence/words", "research trail": f"{_CASE}/research",
    "names": "/names/", "a name": "/names/?q=Ayperi+Xiyal&for=2026-001", "what was said of names": "/names/said",
    "spellings of a name": f"{_CASE}/names", "a statement of absence": "/names/absences/{absence}",
    "whose a name is": "/names/identify?document={Medical report}&start=0&end=7&sought=Ayperi",
    "dossier": f"{_CASE}/dossier", "handing over": f"{_CASE}/hand-over",
    "a new profile": f"{_CASE}/profiles/new",
    "keeping": f"{_CASE}/keeping", "compartments": "/compartments/", "a compartment": "/compartments/{compartment}",
    "a quotation": "/cases/use/{quotation}",
    "library": "/library/", "hits": "/library/?q=passport+OR+پاسپورت+OR+护照", "no hits": "/library/?q=zebra",
    "a collection": "/library/?collection=Case+2026-001",
    "hits with filters": "/library/?q=passport+OR+护照&language=zh&language-is=none&order=newest",
    "saved searches": "/library/searches/", "a saved search": "/library/searches/{search}", "many questions": "/library/many",
    "a draft to check": "/library/check",
    "add": "/library/add",
    "a document with pages": f"{_DOCUMENT}/{{Medical report}}",
    "a document with hits": f"{_DOCUMENT}/{{Transcript of the second interview, in Uyghur}}?q=interpreter",
    "a quoted document": f"{_DOCUMENT}/{{Transcript of the screening interview, through Mandarin}}?quoted=0-9",
    "a document from right to left": f"{_DOCUMENT}/{{بايانىم (statement in her own hand)}}",
    "an older version": f"{_DOCUMENT}/{{People who come back (country note 14, 2018)}}",
    "a newer version": f"{_DOCUMENT}/{{People who come back (country note 14, second edition, 2025)}}",
    "a page of an Original": f"{_DOCUMENT}/{{Medical report}}/pages/1?q=examination",
    "hits of added words": "/library/?q=Xinjiang", "concepts": "/library/concepts/",
    "a concept": "/library/concepts/xinjiang", "sources": "/library/sources/", "a source": "/library/sources/{source}",
    "what changed": f"{_DOCUMENT}/{{People who come back (country note 14, second edition, 2025)}}/differences",
    "shared wording": f"{_DOCUMENT}/{{People who come back (country note 14, second edition, 2025)}}/wording",
    "who said it first": f"{_DOCUMENT}/{{People who come back (country note 14, second edition, 2025)}}/first?at=0",
    "roots": f"{_DOCUMENT}/{{Medical report}}/trace",
    "side by side": f"{_DOCUMENT}/{{Medical report}}/beside?with={{Transcript of the second interview, in Uyghur}}",
    "what it belongs to": f"{_DOCUMENT}/{{Medical report}}/belongs",
    "a refused document": f"{_DOCUMENT}/{{scan.jpg}}",
    "a chat": f"{_DOCUMENT}/{{A chat}}", "a scan": f"{_DOCUMENT}/{{A scan}}",
    "a document with others inside": f"{_DOCUMENT}/{{box.zip}}",
    "deliveries": "/library/deliveries/", "a delivery": "/library/deliveries/{delivery}",
    "captures": "/library/captures", "a capture": "/library/captures/{capture}",
    "a failed capture": "/library/captures/{failed capture}", "a captured document": f"{_DOCUMENT}/{{A captured notice}}",
    "added": "/library/added?new={scan.jpg}&new={box.zip}&old={Medical report}",
    "what is unsafe here": "/doctor", "team": "/team/", "what I sign in with": "/team/me",
    "another password": "/team/me/password", "a telephone": "/team/me/telephone", "a passkey": "/team/me/passkey",
    "is it still you": "/team/known?next=/team/me/password",
    "no such page": "/nowhere", "no such case": "/cases/2026-999/", "a broken question": "/library/?q=%22",
}  # fmt: skip
"""The address of each page there is to see, by what it shows; `{...}` is the id of a document with that title."""


def address_of(name: str, ids: Mapping[str, object]) -> str:
    """The address of a page, where the ids are known."""
    return re.sub(r"\{(.+?)\}", lambda title: str(ids[title[1]]), PAGES[name])


class Desk:
    """A member at work in this process, one second after another."""

    def __init__(self, member, readers) -> None:
        self.member = member
        self._readers = readers
        self._time = BEGINNING
        self._begin()

    def _begin(self) -> None:
        """The compartment that a workspace begins with."""
        from panah.team.queries import compartments
        from panah.vault.actions import LIBRARY, set_up

        if not compartments(self.member).exists():
            set_up(name=LIBRARY, **self.act)

    def __getstate__(self) -> dict:
        return {name: value for name, value in vars(self).items() if name != "_readers"}

    def with_readers(self, readers) -> Desk:
        """The same desk in another process."""
        self._readers = readers
        return self

    def now(self) -> datetime:
        """A second later than before."""
        self._time += timedelta(seconds=1)
        return self._time

    @property
    def act(self) -> dict:
        """Who acts, and when."""
        return {"by": self.member, "now": self.now()}

    def paper(self, content: str | bytes, *, shelf="Library", path="paper.txt", kind="text/plain", read=True, **said):
        """A document, taken in and read."""
        from panah.library import actions
        from panah.vault.data_keys import store_of

        place = self.shelf(shelf)
        kept = store_of(place.compartment.pk).keep([content.encode() if isinstance(content, str) else content])
        details = actions.Details(**said)
        document, *_ = actions.shelve(kept=kept, media_type=kind, path=path, shelf=place, details=details, **self.act)
        extractor = self._readers.extractors.get(kind)
        if read and actions.take_on(document=document, extractor=extractor, **self.act):
            self._readers.record(document, self._readers.read(document), **self.act)
        return document

    def delivered(self, *names: str):
        """Files that were handed in together: the first could not be read, the others wait."""
        from panah.library import actions

        place = self.shelf("Library")
        files = [(Path(name), f"People who come back/{name}") for name in names]
        delivery = actions.deliver(files=files, shelf=place, manifest=("", ""), **self.act)
        file = delivery.files.order_by("pk").first()
        actions.account(file=file.pk, outcome="refused", code="file-vanished", reason="It is not there.", document=None)
        actions.leave(delivery=delivery, now=self.now())
        return delivery

    def watch(self, name: str, question: str, compartment):
        """A search that is kept."""
        from panah.library.finding.actions import save
        from panah.library.finding.question import of_address

        return save(question=of_address(question), name=name, compartment=compartment, **self.act)

    def state_absence(self, case):
        """A statement that a name was looked for, in the compartment of a case."""
        from panah.cases.naming.actions import Kept, state_absence
        from panah.cases.naming.record import Asked

        asked = Asked(
            {"uyghur-latin": ("Ghopur Sabir",)}, ("Library",), papers=True, documents=9, unread=1, put_aside=2
        )
        kept = Kept(case.compartment)
        return state_absence(
            kept=kept, sought="Ghopur Sabir", asked=asked, reason="Nobody of her town bears it.", **self.act
        )

    def shelf(self, name: str):
        """Where a collection stands, or will."""
        from panah.library.queries import shelf

        return shelf(self.member, name)

    def seal(self, case, **said):
        """A sealed dossier."""
        from panah.cases.actions import seal

        return seal(case=case, by=self.member, clock=self.now, **said)

    def quote(self, document, words: str, **where):
        """Words of a document."""
        from panah.library.actions import quote

        return quote(document=document, words=words, **where, **self.act)

    def case(self, reference="", called="Ms Invented", frameworks=(), **said):
        """A case, under the law that is named."""
        from panah.cases import actions

        case = actions.open_case(called=called, reference=reference, **said, **self.act)
        actions.choose_frameworks(case=case, framework_ids=frameworks, **self.act)
        return case

    def fact(self, case, words="She was held in 2018.", *, supported_by=None, stance="supports", **said):
        """A fact, with something beside it where that is given."""
        from panah.cases import actions
        from panah.law import Stance
        from panah.library.models import Quotation

        fact = actions.state_fact(case=case, words=words, **said, **self.act)
        if supported_by is not None:
            as_what = "quotation" if isinstance(supported_by, Quotation) else "paper"
            actions.support(fact=fact, stance=Stance(stance), **{as_what: supported_by}, **self.act)
        return fact

    def imported(self, folder: Path = DEMO, **said):
        """A case from a folder."""
        from panah.cases.folder import import_case

        return import_case(folder, **said, by=self.member, clock=self.now)

    def exported(self, case, folder: Path) -> Path:
        """A case in a new folder."""
        from panah.cases.folder import export_case

        export_case(case, folder, **self.act)
        return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path in it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@contextmanager
def launched(playwright, program: str | None):
    """A Chromium, or a skip that says why not."""
    if program is None:
        pytest.skip("no Chromium on this machine, so the workbench was not opened")
    running = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
    yield running
    running.close()


def sign_in(page, address: str) -> None:
    """Sign in as the member of the workspace, who chooses on the way what she has not chosen yet."""
    papers = papers_at(urlsplit(address).netloc)
    page.goto(address)
    page.get_by_label("Name").fill(MEMBER)
    if MEMBER not in papers:
        page.get_by_label("Password").fill(PASSPHRASE)
        page.locator("main button").click()
        page.get_by_label("New password").fill(PASSWORD)
        page.get_by_label("The same again").fill(PASSWORD)
        page.locator("main button").click()
        page.get_by_role("button", name="A telephone").click()
        code = page.get_by_label("The code that it shows now")
        code.wait_for()
        code.fill(code_now(secret_in(page.locator("main").inner_text())))
        page.get_by_role("button", name="Take this telephone").click()
        done = page.get_by_role("button", name="I have them on paper")
        done.wait_for()
        papers[MEMBER] = codes_in(page.locator("main").inner_text())
        done.click()
    else:
        page.get_by_label("Password").fill(PASSWORD)
        page.locator("main button").click()
        page.get_by_label("Code").fill(papers[MEMBER].pop())
        page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(address)
