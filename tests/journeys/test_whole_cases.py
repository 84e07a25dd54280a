"""The invented cases in the browser, form by form, from nothing to a sealed dossier.

After each stage the pages say that what is missing is what a hand-made table says.
"""

from __future__ import annotations

import pytest

from support.lawyer import Lawyer
from support.three import STAGES, Table
from support.typist import Typist

pytestmark = [pytest.mark.journey, pytest.mark.attack]


@pytest.fixture
def counsel(browser, panah):
    """Signed in, in a workspace in which there is nothing."""
    with panah.served() as (address, _):
        lawyer = Lawyer(browser.new_context(accept_downloads=True, locale="en").new_page(), address)
        lawyer.signs_in()
        yield lawyer


def bring(counsel, table):
    """Through all stages; what the pages show at each is compared."""
    typist = Typist(counsel.page, counsel.address, table)
    for stage in STAGES:
        typist.to(stage)
        assert typist.gaps() == table.open_at(stage), stage
        assert typist.answered() == table.standing_at(stage), stage


def verifies(counsel, panah, folder, reader):
    """Whether a stranger verifies what is sealed for a reader."""
    fingerprint = counsel.seals(reader)
    return panah.run(counsel.downloads(folder), "--key", fingerprint, program="panah-verify").code == 0


def test_a_hearing_through_mandarin_from_nothing_to_a_dossier_that_verifies(counsel, panah, tmp_path):
    bring(counsel, Table("interpreted"))
    page, case = counsel.page, f"{counsel.address}cases/2026-004/"
    counsel.opens(case, "Account")
    page.get_by_role("link", name="Interviews").click()
    page.get_by_text("The applicant asked for Uyghur; the interpreter spoke Chinese (Mandarin).").wait_for()
    counsel.opens(case, "Procedure")
    page.get_by_role("link", name="Assurances of another state").click()
    page.get_by_role("heading", name="Diplomatic assurance 1").wait_for()
    assert page.get_by_text("it can be neither watched nor enforced").count() == 1
    assert verifies(counsel, panah, tmp_path, "a committee of the United Nations")


def test_a_couple_from_nothing_to_a_dossier_that_verifies(counsel, panah, tmp_path):
    bring(counsel, Table("couple"))
    assert verifies(counsel, panah, tmp_path, "a court")


def test_a_student_from_nothing_to_a_dossier_that_verifies(counsel, panah, tmp_path):
    bring(counsel, Table("student"))
    assert verifies(counsel, panah, tmp_path, "a court")
