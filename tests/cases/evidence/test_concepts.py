"""What the law's questions are about has a name in the thesaurus."""

from __future__ import annotations

import pytest

from panah import law
from panah.library.concepts.asking import thesaurus

ELEMENTS = [element for framework in law.frameworks().values() for element in framework.elements]


@pytest.mark.parametrize("element", ELEMENTS, ids=lambda element: element.id)
def test_every_concept_of_an_element_is_in_the_thesaurus(element):
    assert set(element.concepts) <= set(thesaurus().concepts)
