"""Citations of cases, documents and provisions, recognised in a text and looked up in the law.

`recognise` finds them in running text of several languages, each with its place and with one value however it was written;
`held` says what the bodies of law here have of a provision, `fault` why there can be no such thing, `near` what one slip of
the hand away may have been meant. The forms are data: `forms.yaml` with its standards,
`instruments.yaml`, `grammar.yaml`.
"""

from panah.law.citations.faults import fault
from panah.law.citations.holding import Held, held
from panah.law.citations.loading import CitationsBroken, forms, instruments
from panah.law.citations.model import FORM_OF_IBID, FORM_OF_LAW, Citation, Form, Outcome, Provision
from panah.law.citations.nearness import near
from panah.law.citations.recognising import recognise

__all__ = [
    "FORM_OF_IBID",
    "FORM_OF_LAW",
    "Citation",
    "CitationsBroken",
    "Form",
    "Held",
    "Outcome",
    "Provision",
    "fault",
    "forms",
    "held",
    "instruments",
    "near",
    "recognise",
]
