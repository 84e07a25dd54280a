"""The end of a compartment: nothing of it is left anywhere, and the ledger proves that it was erased, by whom and when."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.apps import apps

from panah.vault.fields import SealedText
from support.planted import ENGLISH, found_in, found_under, papers
from support.processes import MEMBER, Panah, one_line_error

TESTS = str(Path(__file__).parent.parent)
PLACE = f"Case {ENGLISH}"

_PLANTS = """
import sys
sys.path.insert(0, sys.argv[1])
from panah.cases import actions
from panah.cases.evidence.actions import describe
from panah.cases.models import Identification, Search, Verdict
from panah.cases.naming import actions as naming
from panah.cases.naming.record import Asked as AskedName
from panah.cases.refusal import actions as refusal
from panah.cases.research.actions import keep, open_from, use_from
from panah.cases.research.record import Added, Asked, Put
from panah.cases.procedure import actions as procedure
from panah.law import Acceptance, Judged, Presence, Stance
from panah.cases.method import actions as method
from panah.cases.telling.actions import Held, Judgement, Place, mark, put_contradiction, record_interview
from panah.law.checklist import Proposal, Status
from panah.library.bulk import Readers
from panah.library.queries import content as content_of
from panah.library.extractors.kinds import media_type
from panah.team.actions import admit, join, look
from panah.team.models import Member
from panah.team.rules import Role
from support.planted import ALL, ENGLISH, SENTENCE, papers
from support.workbench import Desk

readers = Readers(1)
desk = Desk(Member.objects.get(), readers)
desk.paper("What stays, in the library.", path="stays.txt", title="What stays")
case = desk.case(ENGLISH, ALL, ["cat-3"], note=ALL)
for path, content in papers().items():
    head = content[:65536]
    desk.paper(content, shelf=f"Case {ENGLISH}", path=path, kind=media_type(head, head), source=ALL, title=ALL, url=ALL)
actions.add_name(case=case, name=ALL, script="Latn", **desk.act)
told = actions.record_statement(case=case, words=ALL, occasion=ALL, interpreter=ALL, **desk.act)
paper = next(each for each in case.papers.documents.all() if each.path.endswith(".txt") and each.reading)
fact = desk.fact(case, ALL, statement=told, supported_by=desk.quote(paper, SENTENCE))
actions.support(fact=fact, stance=Stance("contradicts"), paper=paper, note=ALL, **desk.act)
actions.find(
    case=case, framework_id="cat-3", element_id="CAT3.1", words=ALL, reasons=ALL, facts=[fact],
    quotations=[fact.supports.get(paper=None).quotation], **desk.act,
)
record = procedure.keep_record(case=case, kind="child", said={"who": ALL}, paper=paper, **desk.act)
citing = procedure.Citing([fact.supports.get(paper=None).quotation], [record], [fact], [paper])
procedure.answer(
    case=case, item="E16", status=Status.NOT_APPLICABLE, words=ALL, reason=ALL, nothing_found=ALL, citing=citing,
    proposal=Proposal("E16", Status.UNKNOWN, ALL), **desk.act,
)
procedure.keep_dismissal(case=case, item="E15", proposed=ALL, reason=ALL, **desk.act)
about = refusal.About(note=ALL, facts=[fact], papers=[paper], supports=list(fact.supports.all()))
marked = refusal.mark(case=case, decision=paper, words=SENTENCE, about=about, **desk.act)
refusal.keep_verdict(
    case=case, decision=paper, ruled=refusal.Ruled("papers:1", ALL, ALL, Verdict.Outcome.CORRECTED, ALL, ALL, ALL),
    rests_on=refusal.RestsOn([marked.quotation], [record], [fact], [paper]), **desk.act,
)
desk.seal(case)
describe(case=case, words={"place": ALL, "other": ALL}, **desk.act)
asked = Asked((Put((ALL,), 1),), {"camp": Added(ALL, (ALL,))}, (ALL,), ALL, ALL)
search = keep(case=case, through=Search.Through.LIBRARY, asked=asked, **desk.act)
open_from(search=search, document=paper, **desk.act)
use_from(search=search, document=paper, words=ALL, **desk.act)
actions.add_relative(case=case, name=ALL, relation=ALL, whereabouts=ALL, note=ALL, **desk.act)
naming.write_beside(case=case, said={"born": ENGLISH, "county": ALL, "father": ALL}, **desk.act)
kept = naming.Kept(case.compartment, case)
naming.identify(
    kept=kept, sought=ALL, document=paper, words=SENTENCE, start=content_of(paper.reading).index(SENTENCE.encode()),
    outcome=Identification.Outcome.SAME, reason=ALL, **desk.act,
)
naming.state_absence(kept=kept, sought=ALL, asked=AskedName({"s": (ALL,)}, (ALL,), True, 1, 1, 1), reason=ALL, **desk.act)
naming.state_absence(
    kept=naming.Kept(case.compartment), sought=ALL, asked=AskedName({}, (ALL,), True, 1, 1, 1), reason=ALL, **desk.act
)
quoted = fact.supports.get(paper=None).quotation
method.assess(fact=fact, indicator="CI.det", words=ALL, quotations=[quoted], statements=[told], **desk.act)
method.conclude(fact=fact, accepted=Acceptance.NOT_ACCEPTED, reasons=ALL, **desk.act)
method.seek_explanation(fact=fact, put_at=ALL, asked=ALL, her_answer=ALL, **desk.act)
method.take_account(case=case, factor="trauma", words=ALL, statement=told, **desk.act)
method.take_inventory(case=case, slot="age", presence=Presence.PRESENT, words=ALL, papers=[paper], **desk.act)
judgement = Judgement(Judged.CONTRADICTION, True, ALL, fact)
put = mark(case=case, a=Place(told, 0, 3), b=quoted, judgement=judgement, **desk.act)
put_contradiction(contradiction=put, put_at=ALL, her_answer=ALL, **desk.act)
mark(case=case, a=Place(told, 0, 3), b=Place(told, 4, 9), **desk.act)
record_interview(case=case, held=Held(
    statement=told, place=ALL, objection=ALL, interviewer=ALL, present=ALL, corrections=ALL, recording=paper,
), **desk.act)
other = join(name="Invented Reader", now=desk.now())
admit(compartment=case.compartment, member=other, role=Role.READER, **desk.act)
look(kind="case", subject=case.reference, compartment=case.compartment, by=other, now=desk.now())
readers.stop()
print(case.compartment.pk)
"""

_DUMPS = """
import json
from django.db import connection
with connection.cursor() as cursor:
    free = cursor.execute("PRAGMA freelist_count").fetchone()[0]
    cursor.execute("ATTACH DATABASE %s AS plain KEY ''", [sys.argv[1]])
    cursor.execute("SELECT sqlcipher_export('plain')")
    cursor.execute("DETACH DATABASE plain")
print(json.dumps(free))
"""


_LEADS_THERE = """
import json
from django.apps import apps
from panah.team.models import Compartment
print(json.dumps([
    kind._meta.label for kind in apps.get_models() for field in kind._meta.get_fields()
    if field.concrete and field.related_model is Compartment
    and kind._base_manager.filter(**{field.name: sys.argv[1]}).exists()
]))
"""


@pytest.fixture(scope="module")
def planted(new_workspace, tmp_path_factory) -> tuple[Panah, str]:
    """A workspace in which the words stand in everything that a compartment can hold; and the compartment's id."""
    panah = new_workspace.copied(tmp_path_factory.mktemp("panah-planted"))
    done = panah.python(_PLANTS, TESTS)
    assert done.code == 0, done
    return panah.without(PANAH_MEMBER=MEMBER), done.out.split()[-1]


@pytest.fixture
def copy(planted, tmp_path) -> Panah:
    return planted[0].copied(tmp_path).without(PANAH_MEMBER=MEMBER)


def erased(panah: Panah) -> Panah:
    """The same workspace, without the compartment."""
    done = panah.run("erase", PLACE, "--reason", "asked_for", "--confirm", PLACE)
    assert done.code == 0, done
    return panah


def in_plain(panah: Panah, to: Path) -> bytes:
    """The database without its encryption, down to its last byte; nothing may be left in pages that it does not use."""
    done = panah.python(_DUMPS, str(to))
    assert (done.code, json.loads(done.out)) == (0, 0), done
    return to.read_bytes()


class TestErase:
    def test_the_search_finds_the_words_before(self, planted, tmp_path):
        panah, _ = planted
        panah.python("from panah.vault.actions import compact\ncompact()")
        plain = in_plain(panah, tmp_path / "plain.db")
        assert found_in(plain)
        assert panah.lines("find", ENGLISH)

    def test_leaves_no_word_in_the_database_the_journal_or_the_files(self, copy, tmp_path):
        erased(copy)
        assert found_in(in_plain(copy, tmp_path / "plain.db")) == set()
        journal = copy.home / "workspace.db-wal"
        assert not journal.exists() or journal.stat().st_size == 0
        assert found_under(copy.home) == {}

    def test_leaves_the_objects_of_others_alone(self, copy):
        before = copy.files()
        erased(copy)
        after = {name for name in copy.files() if name.startswith("objects/")}
        assert len(after) == 1  # of the paper in the library, which is its own reading
        assert after < before.keys()
        assert [line["title"] for line in copy.lines("find", "stays")] == ["What stays"]

    def test_leaves_no_row_that_leads_there_but_who_was_in_it(self, planted, copy):
        erased(copy)
        done = copy.python(_LEADS_THERE, planted[1])
        assert json.loads(done.out) == ["team.Membership"], done

    def test_destroys_the_key_so_that_an_older_copy_of_the_files_does_not_open(self, planted, copy):
        _, compartment = planted
        before = copy.files()
        erased(copy)
        for name, content in before.items():
            if name.startswith("objects/"):
                (copy.home / name).parent.mkdir(exist_ok=True)
                (copy.home / name).write_bytes(content)
        program = f"""
from uuid import UUID
from panah.vault.data_keys import KeyDestroyed, of
try:
    of(UUID("{compartment}"))
except KeyDestroyed as destroyed:
    print(destroyed.code)
"""
        assert copy.python(program).out == "key-destroyed\n"

    def test_is_one_line_that_says_how_much_it_was_and_nothing_else(self, planted, copy):
        erased(copy)
        said = copy.python(
            "from panah.team.models import LedgerLine\n"
            "line = LedgerLine.objects.get(verb='erased')\n"
            "print(__import__('json').dumps([line.by, line.kind, line.subject, line.details]))"
        )
        by, kind, subject, details = json.loads(said.out)
        assert (by, kind, subject) == (MEMBER, "compartment", planted[1])
        assert details == {
            "reason": "asked_for", "cases": 1, "documents": len(papers()) + 1, "dossiers": 1,  # one is attached to the message
            "contents": details["contents"],
        }  # fmt: skip

    def test_leaves_a_ledger_that_verifies(self, copy):
        erased(copy)
        assert copy.does("ledger", "verify").out.startswith("OK")

    def test_is_out_of_reach_of_every_command(self, copy):
        erased(copy)
        assert copy.lines("find", ENGLISH) == []
        assert copy.lines("case", "list") == []
        assert one_line_error(copy.run("erase", PLACE, "--reason", "other", "--confirm", PLACE))[0] == (
            "compartment-unknown"
        )

    def test_wants_the_name_once_more(self, copy):
        before = copy.lines("find", ENGLISH)
        assert one_line_error(copy.run("erase", PLACE, "--reason", "other"))[0] == "not-confirmed"
        assert one_line_error(copy.run("erase", PLACE, "--reason", "other", "--confirm", "Case"))[0] == "not-confirmed"
        assert copy.lines("find", ENGLISH) == before

    @pytest.mark.parametrize(
        "rests",
        [
            "desk.fact(case, supported_by=words)",
            "actions.find(case=case, framework_id='cat-3', element_id='CAT3.1', words='Yes.', reasons='', quotations=[words], **desk.act)",
            "method.assess(fact=desk.fact(case), indicator='CI.det', words='It is.', quotations=[words], **desk.act)",
        ],
        ids=["fact", "finding", "indicator"],
    )
    def test_refuses_what_is_cited_in_other_work(self, copy, rests):
        cites = f"""
import sys
sys.path.insert(0, sys.argv[1])
from panah.cases import actions
from panah.cases.method import actions as method
from panah.library.models import Document
from panah.team.models import Member
from support.planted import SENTENCE
from support.workbench import Desk
desk = Desk(Member.objects.order_by('pk').first(), None)
paper = next(each for each in Document.objects.all() if each.path.endswith(".txt") and "stays" not in each.path and each.reading)
case, words = desk.case("OTHER"), desk.quote(paper, SENTENCE[:20])
{rests}
"""
        done = copy.python(cites, TESTS)
        assert done.code == 0, done
        code, sentence = one_line_error(copy.run("erase", PLACE, "--reason", "other", "--confirm", PLACE))
        assert (code, "in 1 places" in sentence) == ("still-cited", True)
        assert len(copy.lines("case", "list")) == 2

    @pytest.mark.attack
    @pytest.mark.parametrize("delay", [number / 20 for number in range(100)])
    def test_killed_at_any_moment_all_is_there_or_nothing_is(self, copy, delay, tmp_path):
        process = copy.start("erase", PLACE, "--reason", "other", "--confirm", PLACE)
        try:
            process.wait(timeout=delay)
        except Exception:  # noqa: BLE001  it still runs
            process.kill()
        process.communicate()
        there = len(copy.lines("case", "list"))
        assert copy.does("ledger", "verify").out.startswith("OK")
        if there:
            assert copy.lines("find", ENGLISH)
            erased(copy)
        copy.python("from panah.vault.actions import compact\ncompact()")
        assert found_in(in_plain(copy, tmp_path / "plain.db")) == set()


class TestModels:
    def test_every_sealed_field_leads_to_a_compartment(self):
        """What rotation and erasure go through is found by its kind: a way that leads nowhere would be passed over."""
        for kind in apps.get_models():
            for field in kind._meta.get_fields():
                if isinstance(field, SealedText):
                    row = kind
                    *ways, last = field.compartment.split(".")
                    for way in ways:
                        row = row._meta.get_field(way).related_model
                    assert last == "compartment_id"
                    assert row._meta.get_field("compartment").related_model._meta.label == "team.Compartment"
