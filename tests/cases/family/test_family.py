"""One family, several persons: what is shared is shared by somebody, and nothing else is."""

from __future__ import annotations

import pytest

from panah.cases import queries as cases
from panah.cases.actions import put_to_applicant, support
from panah.cases.family import actions, queries
from panah.law import Stance
from panah.team.queries import NotAllowed
from support.members import signed_in
from support.roles import colleague

WIFE, HUSBAND = "2026-014", "2026-015"


@pytest.fixture
def couple(desk, case):
    husband = desk.case(HUSBAND, "Mr Invented", ["cat-3"])
    actions.tie(case=case, other=husband, relation="Husband", back="Wife", **desk.act)
    return case, husband


class TestTie:
    def test_stands_in_both_cases_with_what_each_is_to_the_other(self, desk, couple):
        wife, husband = couple
        assert [(each.case, each.relation) for each in queries.family(desk.member, wife)] == [(husband, "Husband")]
        assert [(each.case, each.relation) for each in queries.family(desk.member, husband)] == [(wife, "Wife")]

    def test_can_be_said_otherwise_and_taken_back(self, desk, couple):
        wife, husband = couple
        actions.tie(case=husband, other=wife, relation="Former wife", back="Former husband", **desk.act)
        assert [each.relation for each in queries.family(desk.member, wife)] == ["Former husband"]
        actions.untie(case=wife, other=husband, **desk.act)
        assert queries.family(desk.member, husband) == []

    def test_needs_two_cases_and_words(self, desk, couple):
        wife, husband = couple
        with pytest.raises(actions.TiedToItself):
            actions.tie(case=wife, other=wife, relation="A", back="B", **desk.act)
        with pytest.raises(actions.RelationUntold):
            actions.tie(case=wife, other=husband, relation=" ", back="B", **desk.act)

    def test_is_not_there_for_whoever_sees_one_case_alone(self, desk, couple):
        wife, husband = couple
        clerk = colleague(desk, husband.compartment, "worker")
        assert queries.family(clerk, husband) == []
        assert [each.others for each in queries.shared(clerk, husband)] == []
        with pytest.raises(NotAllowed):
            actions.untie(case=husband, other=wife, by=clerk, now=desk.now())
        assert queries.family(desk.member, husband)


class TestShare:
    def test_states_the_fact_there_with_what_was_chosen_and_no_answer_of_hers(self, desk, couple):
        wife, husband = couple
        report, own = (
            desk.paper("The village was emptied."),
            desk.paper("She is ill.", shelf="Case 2026-014", path="ill"),
        )
        fact = desk.fact(wife, "The village was emptied in 2018.", supported_by=report)
        against = support(fact=fact, stance=Stance.CONTRADICTS, paper=own, **desk.act)
        put_to_applicant(support=against, put_at="Page 3", her_answer="It is another village.", **desk.act)
        there = actions.share(
            fact=fact, case=husband, supports=[each.pk for each in fact.supports.all()][:1], **desk.act
        )
        assert (there.case, there.words, there.shared_from) == (husband, fact.words, fact)
        assert [each.paper for each in there.supports.all()] == [report]
        again = actions.share(fact=fact, case=husband, supports=[against.pk], **desk.act)
        assert again == there
        assert sorted((each.paper.title, each.put_at) for each in there.supports.all()) == sorted(
            [(report.title, ""), (own.title, "")]
        )

    def test_goes_back_to_the_fact_it_came_from(self, desk, couple):
        wife, husband = couple
        fact = desk.fact(wife, "A.")
        there = actions.share(fact=fact, case=husband, **desk.act)
        assert actions.share(fact=there, case=wife, **desk.act) == fact
        [row] = queries.shared(desk.member, husband)
        assert row.others == [(queries.family(desk.member, husband)[0], fact)]

    def test_reaches_no_case_outside_the_family(self, desk, couple):
        wife, _ = couple
        with pytest.raises(actions.NotOfTheFamily):
            actions.share(fact=desk.fact(wife, "A."), case=desk.case("2026-016"), **desk.act)

    def test_leaves_the_findings_of_each_to_each(self, desk, couple):
        wife, husband = couple
        fact = desk.fact(wife, "A.", supported_by=desk.paper("So."))
        actions.share(fact=fact, case=husband, **desk.act)
        assert [gap.rule for gap in cases.gaps(husband) if gap.fact] == ["fact-without-support"]
        assert not [gap for gap in cases.gaps(wife) if gap.rule == "fact-without-support"]


class TestPages:
    def test_tie_share_and_untie(self, desk, case):
        client = signed_in(desk.member)
        desk.case(HUSBAND, "Mr Invented", ["cat-3"])
        paper, own = desk.paper("So."), desk.paper("Hers.", shelf="Case 2026-014", path="own.txt")
        fact = desk.fact(case, "A.", supported_by=paper)
        support(fact=fact, stance=Stance.SILENT, paper=own, **desk.act)
        page = f"/cases/{WIFE}/family"
        assert client.post(page, {"other": HUSBAND, "relation": "", "back": "Wife"}).status_code == 400
        assert client.post(page, {"other": WIFE, "relation": "Husband", "back": "Wife"}).status_code == 400
        assert client.post(page, {"other": HUSBAND, "relation": "Husband", "back": "Wife"}).status_code == 302
        assert "Husband" in client.get(page).content.decode()
        shown = client.get(f"/cases/{WIFE}/facts/1/share?for={HUSBAND}").content.decode()
        assert shown.count("checked") == 1  # what is hers alone is not chosen
        chosen = str(fact.supports.get(paper=paper).pk)
        answer = client.post(f"/cases/{WIFE}/facts/1/share", {"case": HUSBAND, "supports": [chosen]})
        assert answer.headers["Location"] == f"/cases/{HUSBAND}/facts/1"
        assert f"/cases/{HUSBAND}/facts/1" in client.get(page).content.decode()
        assert client.post(f"{page}/{HUSBAND}/untie").status_code == 302
        assert "No other person of the family" in client.get(page).content.decode()

    @pytest.mark.parametrize("nonsense", [{"case": "x"}, {"case": HUSBAND, "supports": ["x"]}])
    def test_refuse_nonsense(self, desk, couple, nonsense):
        wife, _ = couple
        desk.fact(wife, "A.")
        assert signed_in(desk.member).post(f"/cases/{WIFE}/facts/1/share", nonsense).status_code == 400

    def test_let_a_reader_read(self, desk, couple):
        wife, _ = couple
        reader = colleague(desk, wife.compartment, "reader")
        client = signed_in(reader)
        assert "Mr Invented" not in client.get(f"/cases/{WIFE}/family").content.decode()
        assert client.get(f"/cases/{WIFE}/facts/1/share").status_code == 403
        assert client.post(f"/cases/{WIFE}/family/{HUSBAND}/untie").status_code == 404
