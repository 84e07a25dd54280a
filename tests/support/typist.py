"""Counsel at the pages who brings an invented case from stage to stage, as `three.Brought` does with the actions under them.

What is typed is what the folder of the case says; what the pages show then is read from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import yaml

import panah
from panah.law import shortened
from panah.law.checklist import Status
from support.forms import fill, send
from support.three import DIFFERENCE, Table, entries_of

OWN = "main form[method=post]:not([action])"
"""The form that a page is about."""
_USE = "main form[method=post]"
_STANDS = {
    "Examined, adequate": Status.ADEQUATE, "Examined, deficient": Status.DEFICIENT,
    "Does not apply": Status.NOT_APPLICABLE, "Not known, a paper is missing": Status.UNKNOWN,
}  # fmt: skip
_ANSWERED = "rows => rows.flatMap(row => [...row.querySelectorAll(':scope > p > strong')].map(each => [row.id, each.innerText]))"
_OFFERED = "boxes => boxes.map(box => [box.name, box.value])"
_MISSING = "links => links.map(link => [link.getAttribute('href'), link.innerText.trim()])"
_NUMBERED = {"facts": "{}", "contradictions": DIFFERENCE, "inventory": "all"}


class Typist:
    """One browser window, signed in, in which one case is brought from nothing to where it can be sealed."""

    def __init__(self, page: Any, address: str, table: Table) -> None:
        self._page, self._address, self._table = page, address.rstrip("/"), table
        self._entries = entries_of(table.folder)
        self._case = f"/cases/{self._entries.reference}/"
        self._documents: dict[str, str] = {}
        """The id of each paper, by its file."""
        self._quoted: dict[tuple[str, str], str] = {}
        """The id of each quotation, by its paper and its words."""
        self._used: set[str] = set()
        """The quotations that stand beside a fact or a question."""
        self._records: dict[int, str] = {}
        """What a record is called on the pages, by its place in the folder."""

    def to(self, stage: str) -> None:
        """Do the work of one stage; those before it are done. What the file answers by then is answered."""
        getattr(self, f"_do_{stage}")()
        for entry in self._entries.procedure.answers:
            if entry.item in self._table.answered_first_at(stage):
                self._answer(
                    entry.item, entry.status, entry.words, facts=entry.facts, papers=entry.papers, records=entry.records
                )

    def gaps(self) -> set[tuple[str, str]]:
        """What the page of the dossier says is missing: the rule, and what it is missing in."""
        self._goes("dossier")
        found = self._page.locator("ol.gaps").first.locator("a").evaluate_all(_MISSING)
        return {
            (_rule_of(sentence), self._about(where)) for where, sentence in found if not where.endswith("/procedure")
        }

    def answered(self) -> dict[str, str]:
        """How the page of the procedure says that each item stands which somebody answered."""
        self._goes("procedure")
        found = self._page.locator("ol.elements > li").evaluate_all(_ANSWERED)
        return {item: _STANDS[said].value for item, said in found}

    # the stages

    def _do_nothing(self) -> None:
        own = self._entries
        self._goes("/cases/")
        offered = {value for _, value in self._page.locator("[name=frameworks]").evaluate_all(_OFFERED)}
        laws = [each for each in own.frameworks if each in offered]
        self._sends(OWN, called=own.called, reference=own.reference, frameworks=laws)

    def _do_papers(self) -> None:
        for relative in self._entries.relatives:
            self._sends(self._to("relatives/add"), "", **relative._asdict())
        for entry in self._entries.papers:
            self._adds(entry)
        self._reads(*self._documents.values())
        for name in self._entries.names:
            paper, shown = self._titled(name.paper), name.quote is not None
            self._sends(self._to("names"), "names", name=name.name, script=name.script, paper=paper, shown=shown)
        for entry in self._entries.papers:
            if entry.supersedes:
                paper = f"/library/documents/{self._documents[entry.file]}"
                older = self._documents[entry.supersedes]
                self._sends(f"form[action='{paper}/supersede']", f"{paper}/belongs", older=older)
        self._settles_the_law()
        self._keeps_records()

    def _do_told(self) -> None:
        for told in self._entries.statements:
            self._sends(OWN, "", **told._asdict() | {"paper": self._titled(told.paper)})
        for fact in self._entries.facts:
            self._sends(OWN, "facts", words=fact.words, statement=fact.statement or "")
        for held in self._entries.interviews:
            chosen = {
                "mode": held.mode or "",
                "interpreter_sex": held.interpreter_sex,
                "read_back": _answer(held.read_back),
            }
            papers = {name: self._titled(getattr(held, name)) for name in ("recording", "transcript")}
            self._sends(OWN, "interviews", statement=self._told(held.statement), **chosen, **papers, **held.said)
        for taken in self._entries.distortions:
            told = self._told(taken.statement)
            self._sends(OWN, "distortions", factor=taken.factor, statement=told, words=taken.words)
        for number, difference in enumerate(self._entries.contradictions, start=1):
            self._marks(number, difference)
        self._keeps_records(of_facts=True)

    def _do_evidence(self) -> None:
        for number, fact in enumerate(self._entries.facts, start=1):
            place = f"facts/{number}"
            for said in fact.supports:
                self._supports(number, said)
            if fact.doubt:
                self._sends(self._to(f"{place}/weigh"), place, **{box.value: why for box, why in fact.doubt.items()})
            for each in fact.established.assessments:
                quotations = [self._quotes(quote.paper, quote.words) for quote in each.quotes]
                told = [self._told(statement) for statement in each.statements]
                form = self._to(f"{place}/assess/{each.indicator}")
                self._sends(form, place, words=each.words, quotations=quotations, statements=told)
            for sought in fact.established.explanations:
                said = {name: getattr(sought, name) for name in ("put_at", "asked", "her_answer")}
                self._sends(self._to(f"{place}/explain"), place, **said)
        for reason in self._entries.refusal.reasons:
            self._marks_a_reason(reason)

    def _do_findings(self) -> None:
        for entry in self._entries.findings:
            self._finds(entry.element, entry.words, entry.reasons, entry.facts, entry.quotes)
        for number, fact in enumerate(self._entries.facts, start=1):
            for said in fact.established.acceptances:
                self._work_conclude([number, said.accepted, said.reasons, said.past_harm])
        for slot in self._entries.inventory:
            papers = [self._titled(paper) for paper in slot.papers]
            form = self._to(f"inventory/{slot.slot}")
            self._sends(form, "inventory", presence=slot.presence, words=slot.words, papers=papers)
        self._works("findings")

    def _do_ready(self) -> None:
        self._works("ready")

    # one kind of thing each

    def _adds(self, entry: Any) -> None:
        self._goes("")
        own = self._page.get_by_role("link", name="Add papers to this case").get_attribute("href")
        self._goes(f"/library/add?collection={entry.collection}" if entry.collection else own)
        said = {name: words for name, words in entry.details._asdict().items() if words}
        self._sends("main form[enctype]:not([action])", papers=self._table.folder / entry.file, **said)
        self._documents[entry.file] = parse_qs(urlsplit(self._page.url).query)["new"][0]

    def _reads(self, *documents: str) -> None:
        """Stay until all of them are read."""
        self._goes("/library/added?" + "&".join(f"new={each}" for each in documents))
        self._page.get_by_role("cell", name="read", exact=True).nth(len(documents) - 1).wait_for()

    def _settles_the_law(self) -> None:
        came = self._entries.proceedings
        days = {day: on.isoformat() for day, on in vars(came.dates).items() if on}
        self._sends(self._to("law/days"), "law", state=came.state, **days)
        wanted = {*self._entries.frameworks, *came.choice}
        offered = self._page.locator(self._to("law/settle")).locator("[type=checkbox]").evaluate_all(_OFFERED)
        chosen = {name: [value for other, value in offered if other == name and value in wanted] for name, _ in offered}
        self._sends(self._to("law/settle"), "law", reason=came.reason, **chosen)

    def _keeps_records(self, *, of_facts: bool = False) -> None:
        """The records that name a fact, or those that name none."""
        for place, entry in enumerate(self._entries.procedure.records, start=1):
            if ("fact" in entry.said) == of_facts:
                self._goes(f"procedure/records/{entry.kind}")
                self._records[place] = f"{self._page.locator('main h2').inner_text()} {entry.number}"
                self._sends(OWN, paper=self._titled(entry.paper), **entry.said)

    def _marks(self, number: int, entry: Any) -> None:
        """Two places that differ, what that is taken for, and where it was put to the applicant."""
        said = {"a": self._told(entry.a.statement), "a_words": self._words(entry.a)}
        if hasattr(entry.b, "statement"):
            said |= {"b": self._told(entry.b.statement), "b_words": self._words(entry.b)}
        else:
            said |= {"quotation": self._quotes(entry.b.paper, entry.b.words)}
        said |= {"judged": entry.judged, "material": _answer(entry.material), "material_reason": entry.material_reason}
        self._sends(OWN, "contradictions/mark", **said, fact=self._fact(entry.fact))
        if entry.put_at:
            self._puts_difference(number, entry.put_at, entry.her_answer)

    def _puts_difference(self, number: int, put_at: str, her_answer: str) -> None:
        place = f"contradictions/{number}"
        self._sends(self._to(f"{place}/put"), place, put_at=put_at, her_answer=her_answer)

    def _quotes(self, paper: str, words: str) -> str:
        """The id of a quotation, which is made where it was not yet."""
        if (paper, words) not in self._quoted:
            self._goes(f"/library/documents/{self._documents[paper]}")
            self._sends("#quote form[data-quote]", words=words)
            self._quoted[paper, words] = urlsplit(self._page.url).path.rpartition("/")[2]
        return self._quoted[paper, words]

    def _supports(self, number: int, said: Any) -> None:
        own = {"stance": said.stance, "note": said.note}
        if said.quote:
            self._uses(self._quotes(said.quote.paper, said.quote.words), f"fact {number}", **own)
        else:
            place = f"facts/{number}"
            self._sends(self._to(f"{place}/paper"), place, paper=self._titled(said.paper), **own)
        if said.put_at:
            self._puts(number, said.quote.words, said.put_at, said.her_answer)

    def _uses(self, quotation: str, beside: str, **said: object) -> None:
        """Put a quotation beside a fact, or beside a question."""
        self._sends(_USE, f"/cases/use/{quotation}?case={self._entries.reference}", beside=beside, **said)
        self._used.add(quotation)

    def _finds(self, element: str, words: str, reasons: str, facts: list[int], quotes: Sequence[Any] = ()) -> None:
        """A finding; words of the library on which it rests are laid beside the question first, where they stand nowhere."""
        law = self._table.framework_of(element)
        quotations = [self._quotes(quote.paper, quote.words) for quote in quotes]
        for quote, quotation in zip(quotes, quotations, strict=True):
            if self._paper(quote.paper).collection and quotation not in self._used:
                self._uses(quotation, f"{law} {element}")
        rests_on = {"facts": [self._fact(number) for number in facts], "quotations": quotations}
        self._sends(OWN, f"examination/{law}/{element}", words=words, reasons=reasons, **rests_on)

    def _marks_a_reason(self, entry: Any) -> None:
        """A reason of a decision, by its words, and what it is about."""
        records = self._entries.procedure.records
        number = next(each.number for each in records if each.kind == "decision" and each.paper == entry.decision)
        place = f"decision/{number}"
        self._sends(
            self._to(f"{place}/mark"), place, words=entry.quote.words, note=entry.note,
            concludes=entry.concludes or "", bare=entry.bare,
            questions=["/".join(each) for each in entry.elements],
            facts=[self._fact(each) for each in entry.facts],
            contradictions=[self._difference(each) for each in entry.contradictions],
            supports=[self._beside(each.fact, each.place) for each in entry.supports],
            papers=[self._titled(each) for each in entry.papers],
        )  # fmt: skip

    def _puts(self, number: int, words: str, put_at: str, her_answer: str) -> None:
        """What contradicts a fact, to the applicant."""
        form = f"article.contradicts:has-text({words!r}) form[action$='/put']"
        self._sends(form, f"facts/{number}", put_at=put_at, her_answer=her_answer)

    def _answer(self, item: str, status: str, words: Mapping[str, str], **cited: Any) -> None:
        said = {name: words.get(name, "") for name in ("words", "reason", "nothing_found")}
        self._sends(
            OWN, f"procedure/{item}", stands=Status(status).value, **said,
            facts=[self._fact(number) for number in cited.get("facts", ())],
            papers=[self._titled(paper) for paper in cited.get("papers", ())],
            records=[self._records[place] for place in cited.get("records", ())],
        )  # fmt: skip

    # what a table says that counsel does beyond what the folder holds

    def _works(self, stage: str) -> None:
        for kind, listed in self._table.work(stage).items():
            for said in listed:
                getattr(self, f"_work_{kind}")(said)

    def _work_find(self, said: list[Any]) -> None:
        self._finds(*said)

    def _work_conclude(self, said: list[Any]) -> None:
        number, accepted, reasons, harm = said
        place = f"facts/{number}"
        form = self._to(f"{place}/conclude")
        self._sends(form, place, accepted=accepted, reasons=reasons, past_harm=bool(harm))

    def _work_weigh(self, said: dict[str, Any]) -> None:
        boxes = dict(said)
        place = f"facts/{boxes.pop('fact')}"
        self._sends(self._to(f"{place}/weigh"), place, **boxes)

    def _work_assess(self, said: dict[str, Any]) -> None:
        place = f"facts/{said['fact']}"
        quotation = self._quotes(said["paper"], said["quote"])
        self._sends(self._to(f"{place}/assess/{said['indicator']}"), place, words=said["words"], quotations=[quotation])

    def _work_put(self, said: dict[str, Any]) -> None:
        for words in self._on(said, "contradicts"):
            self._puts(said["fact"], words, said["put_at"], said["her_answer"])

    def _work_withdraw(self, said: dict[str, Any]) -> None:
        for words in self._on(said, "supports"):
            self._sends(f"article.supports:has-text({words!r}) form[action$='/withdraw']", f"facts/{said['fact']}")

    def _work_put_difference(self, said: dict[str, Any]) -> None:
        self._puts_difference(said["difference"], said["put_at"], said["her_answer"])

    def _work_judge(self, said: dict[str, Any]) -> None:
        place = f"contradictions/{said['difference']}"
        self._sends(OWN, place, judged=said["judged"], material="yes", material_reason=said["material"])
        self._work_put_difference(said)

    def _work_answer(self, said: dict[str, Any]) -> None:
        self._answer(said["item"], said["status"], said, facts=said.get("facts", ()), papers=said.get("papers", ()))

    # how things are called on the pages

    def _goes(self, place: str) -> None:
        """To a page of the case, or to any by its whole path; nowhere where that is already open."""
        address = self._address + (place if place.startswith("/") else self._case + place)
        if self._page.url.partition("#")[0] != address:
            self._page.goto(address, wait_until="commit")
        self._page.wait_for_load_state("domcontentloaded")

    def _sends(self, form: str, place: str | None = None, /, **said: object) -> None:
        """The form of a page, filled in."""
        if place is not None:
            self._goes(place)
        found = self._page.locator(form)
        fill(found, said)
        send(found)

    def _to(self, act: str) -> str:
        """The form that sends to an address of the case."""
        return f"form[action='{self._case}{act}'], form[action^='{self._case}{act}#']"

    def _told(self, number: int | None) -> str:
        return f"Statement {number} {self._entries.statements[number - 1].occasion}" if number else ""

    def _fact(self, number: int | None) -> str:
        return f"{number}. {self._entries.facts[number - 1].words}" if number else ""

    def _beside(self, number: int, place: int) -> str:
        said = self._entries.facts[number - 1].supports[place - 1]
        return f"{number}. {shortened(said.quote.words if said.quote else self._titled(said.paper))}"

    def _difference(self, number: int) -> str:
        return f"{number}. {shortened(self._words(self._entries.contradictions[number - 1].a))}"

    def _on(self, named: dict[str, Any], stance: str) -> list[str]:
        """The words that stand beside a fact, from a paper that is named, with this stance. There are some."""
        supports = self._entries.facts[named["fact"] - 1].supports
        quotes = [each.quote for each in supports if each.stance == stance and each.quote]
        found = [quote.words for quote in quotes if quote.paper == named["paper"]]
        assert found, named
        return found

    def _paper(self, file: str) -> Any:
        return next(each for each in self._entries.papers if each.file == file)

    def _titled(self, paper: str) -> str:
        return self._paper(paper).details.title if paper else ""

    def _words(self, place: Any) -> str:
        return self._entries.statements[place.statement - 1].words[place.start : place.end]

    def _about(self, where: str) -> str:
        """What a gap is about, by the address of the page that closes it."""
        kind, *rest = where.removeprefix(self._case).split("/")
        return rest[-1] if kind == "examination" else _NUMBERED[kind].format(*rest)


def _answer(said: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[said]


def _rule_of(sentence: str) -> str:
    """The rule that says a sentence."""
    [rule] = {rule for rule, pattern in _sentences() if pattern.fullmatch(" ".join(sentence.split()))}
    return rule


def _sentences() -> Iterator[tuple[str, re.Pattern[str]]]:
    said = yaml.safe_load((Path(panah.__file__).parent / "law" / "rules.yaml").read_text(encoding="utf-8"))["rules"]
    for rule, about in said.items():
        for words in (each for name, each in about.items() if name != "authority"):
            parts = re.split(r"\{[a-z]+\}", " ".join(words.split()))
            yield rule, re.compile(".+".join(map(re.escape, parts)))
